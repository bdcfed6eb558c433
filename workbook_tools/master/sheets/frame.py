"""Turn the columns of a list into the frame that all lists share: title, heads, filter, page."""

from __future__ import annotations

from collections.abc import Sequence

from workbook_tools import fit
from workbook_tools.master.layout import RINGKASAN, first_cell, sheet_name
from workbook_tools.master.report import Report
from workbook_tools.master.styles import print_on_folio
from workbook_tools.xlsx import Book, Sheet

Columns = Sequence[tuple[str, float]]
"""The heads of a list with the widths of their columns."""

HEAD = 3
BODY = 4


def open_page(
    book: Book, report: Report, name: str, *, title: str, widths: Sequence[float]
) -> Sheet:
    """Begin a sheet: its widths, its title, a way back."""
    sheet = book.sheet(name)
    sheet.widths(dict(enumerate(widths, start=1)))
    sheet.text((1, 1), f"{title} — tahun {report.year}", style="title")
    sheet.height(1, 26)
    sheet.link((2, 1), first_cell(RINGKASAN), text="← Ringkasan", style="link")
    return sheet


def write_list_heads(sheet: Sheet, columns: Columns, *, row: int) -> None:
    """Write the heads of a list, high enough for the longest."""
    for column, (head, _) in enumerate(columns, start=1):
        sheet.text((row, column), head, style="head")
    sheet.height(row, fit.height(((head, width - 2) for head, width in columns), minimum=2))


def open_list(book: Book, report: Report, name: str, columns: Columns, *, title: str) -> Sheet:
    """Begin a sheet that is one list, its heads in row 3 and always in sight."""
    sheet = open_page(book, report, name, title=title, widths=[width for _, width in columns])
    write_list_heads(sheet, columns, row=HEAD)
    sheet.worksheet.freeze_panes(HEAD, 0)
    print_on_folio(sheet, footer=report.footer, repeat=(HEAD, HEAD))
    return sheet


def close_list(sheet: Sheet, columns: Columns, count: int, *, head: int = HEAD) -> int:
    """Finish a list of `count` rows and give its last row; an empty one says so."""
    first = head + 1
    last = first + max(count, 1) - 1
    if count == 0:
        sheet.merge((first, 1, first, len(columns)), "Tidak ada.", style="cell")
    sheet.worksheet.autofilter(head - 1, 0, last - 1, len(columns) - 1)
    return last


def write_link(sheet: Sheet, at: tuple[int, int], name: str, report: Report) -> None:
    """Write the id of an indicator or a unit as a link to its sheet; other names as text."""
    indicator = report.registry.indicator(name)
    position = report.registry.position(indicator.unit if indicator else name)
    if position is None:
        sheet.text(at, name, style="cell")
    else:
        sheet.link(
            at, first_cell(sheet_name(position, report.registry)), text=name, style="grid_link"
        )
