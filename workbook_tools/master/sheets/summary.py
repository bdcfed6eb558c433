"""Turn the year into the first page: what was reached, by whom, what is missing, what to check."""

from __future__ import annotations

from workbook_tools import fit
from workbook_tools.master import paging
from workbook_tools.master.layout import ANALYSES, IKU, LISTS, RINGKASAN, first_cell
from workbook_tools.master.report import Report
from workbook_tools.master.sheets import page
from workbook_tools.master.sheets.attention import oddities, write_attention
from workbook_tools.master.sheets.cards import write_cards
from workbook_tools.master.sheets.overview import write_overview
from workbook_tools.master.sheets.signature import write_signatures
from workbook_tools.master.styles import print_on_folio
from workbook_tools.xlsx import Book, Sheet

_SIGNED = ((page.NUMBER, page.UNIT), (page.SCOPE_AVERAGE, page.LAST))
"""Where the secretary and the head sign."""

_LINK_SLOTS = (
    (1, 2),
    (3, 4),
    (5, 6),
    (7, 8),
    (9, 9),
    (10, 11),
    (12, 12),
    (13, 14),
    (15, 15),
    (16, 16),
)


def write_summary(book: Book, report: Report) -> None:
    """Write the first sheet."""
    sheet = book.sheet(RINGKASAN)
    sheet.widths(page.WIDTHS)
    odd = oddities(report)
    row = _write_title(sheet, report)
    row = _write_links(sheet, report, row)
    row = write_cards(sheet, report, row, odd=len(odd))
    row = write_overview(book, sheet, report, row)
    attention = row
    row = write_attention(sheet, report, row, odd=odd) + 1
    left, right = ((row, first, row, last) for first, last in _SIGNED)
    write_signatures(sheet, report, left=left, right=right)
    row += 1
    print_on_folio(sheet, footer=report.footer, repeat=None)
    sheet.worksheet.print_area(0, 0, row - 1, page.LAST - 1)
    sheet.worksheet.center_horizontally()
    if paging.fits_one_page(sheet, row - 1, widths=page.WIDTHS.values()):
        sheet.worksheet.fit_to_pages(1, 1)
    else:
        sheet.worksheet.set_h_pagebreaks([attention - 1])
    sheet.worksheet.set_zoom(85)
    sheet.worksheet.activate()


def _write_title(sheet: Sheet, report: Report) -> int:
    agency = report.registry.agency
    sheet.text((1, 1), f"Capaian Kinerja IKU dan IKI Tahun {report.year}", style="title")
    sheet.height(1, 26)
    sheet.text((2, 1), f"{agency.name} · {agency.region}", style="subtitle")
    sheet.text((3, 1), f"{report.as_of} · workbook_tools {report.version}", style="subtitle")
    if not report.notice:
        return 4
    sheet.merge((4, 1, 4, page.LAST), report.notice, style="notice")
    width = page.room(1, page.LAST)
    sheet.height(4, fit.height([(report.notice, width)], size=11) + 6)
    return 5


def _write_links(sheet: Sheet, report: Report, row: int) -> int:
    """Link to every sheet that no table of this page links to."""
    linked = {plan.sheet for plan in report.measured_plans if plan.position.jenis != "IKU"}
    wanted = [name for name in report.sheet_names if name not in linked]
    order = [IKU, *ANALYSES, *LISTS]
    wanted.sort(key=lambda name: order.index(name) if name in order else len(order))
    for place, name in enumerate(wanted):
        first, last = _LINK_SLOTS[place % len(_LINK_SLOTS)]
        line = row + place // len(_LINK_SLOTS)
        sheet.merge((line, first, line, last), "", style="nav")
        sheet.link((line, first), first_cell(name), text=name, style="nav")
        sheet.height(line, 16)
    row += -(-len(wanted) // len(_LINK_SLOTS))
    sheet.height(row, 6)
    return row + 1
