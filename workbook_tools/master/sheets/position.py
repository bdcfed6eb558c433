"""Turn one position into its page: as printed on the left, measured by live formulas beside it."""

from __future__ import annotations

from collections.abc import Mapping

from workbook_tools import fit
from workbook_tools.indicators import expressions
from workbook_tools.master import paging, words
from workbook_tools.master.layout import (
    RINGKASAN,
    TRIWULAN_FIELDS,
    Field,
    PositionPlan,
    Table,
    first_cell,
)
from workbook_tools.master.report import Report, figure_width
from workbook_tools.master.sheets.heading import write_heads, write_top
from workbook_tools.master.sheets.measured import write_helpers, write_measured
from workbook_tools.master.sheets.signature import (
    SIGNATURE_WIDTH,
    write_own_signatures,
    write_signatures,
)
from workbook_tools.master.styles import print_on_folio, shade, tint
from workbook_tools.registry.model import Indicator, Position
from workbook_tools.xlsx import Area, Book, Sheet, area_name

FROZEN_LIMIT = 230.0
"""Points of frozen rows that still leave room for the table on a small screen."""

FROZEN_WIDTH = 90.0
"""Characters of frozen columns that still leave room for the figures."""

_FIXED_WIDTHS: Mapping[Field, float] = {
    Field.NUMBER: 4.5,
    Field.SYMBOL: 3.5,
    Field.PREDIKAT: 12.5,
    Field.TARGET_STATUS: 9.5,
    Field.NOTE: 20,
}
_RATE_WIDTH = 8.0
_WIDEST = 130.0
_ABOUT = (
    "Kolom sebelah kiri apa adanya dari dokumen cetak. Kolom pengukuran dihitung dari "
    "lembar Isian; kolom bantu tersembunyi di sebelah kanan."
)
_LOST_WIDTH = 110.0


def write_position(book: Book, report: Report, plan: PositionPlan) -> None:
    """Write the page of one position; one without indicators gets only its note."""
    sheet = book.sheet(plan.sheet)
    if plan.position.lost:
        _write_lost(sheet, report, plan.position)
        return
    widths = _widths(report, plan)
    sheet.widths(widths)
    heights = write_top(sheet, report, plan, widths)
    heights += write_heads(sheet, report, plan, widths)
    for row, measured in enumerate(
        report.consolidated.of_unit(plan.position.id), start=plan.first_row
    ):
        texts = _write_printed(sheet, row, measured.indicator, report.table)
        write_measured(sheet, row, measured, report)
        write_helpers(sheet, row, measured, report)
        texts |= {
            Field.SATUAN: measured.indicator.satuan,
            Field.STATUS: measured.achievement.status,
            Field.NOTE: words.notes(measured),
        }
        cells = [(text, widths[report.table.column(field)]) for field, text in texts.items()]
        cells += [
            (target.printed, widths[report.table.printed_target(target.year)])
            for target in measured.indicator.targets
        ]
        sheet.height(row, fit.height(cells, minimum=2))
    end = _write_foot(sheet, report, plan, widths)
    _colour(sheet, report, plan)
    _set_up(sheet, report, plan, widths, frozen=heights, end=end)


def _widths(report: Report, plan: PositionPlan) -> dict[int, float]:
    """Choose widths at which no printed word or figure is broken."""
    table, rows = report.table, report.consolidated.of_unit(plan.position.id)
    indicators = [row.indicator for row in rows]
    widths = {table.column(field): width for field, width in _FIXED_WIDTHS.items()}
    texts: dict[Field, tuple[list[str], float, float]] = {
        Field.SASARAN: ([i.sasaran for i in indicators], 21, 28),
        Field.INDIKATOR: ([i.indikator for i in indicators], 21, 28),
        Field.PENJELASAN: ([i.penjelasan for i in indicators], 17, 26),
        Field.SUMBER: ([i.sumber_data for i in indicators], 11, 16),
        Field.STATUS: ([row.achievement.status for row in rows], 8, 24),
        Field.SATUAN: ([i.satuan for i in indicators], 8, 12),
    }
    for field, (said, least, most) in texts.items():
        whole = fit.width(said, least=least, most=most)
        widths[table.column(field)] = fit.column(said, least=whole, most=_WIDEST)
    for year in table.years:
        printed = [t.printed for i in indicators for t in i.targets if t.year == year]
        widths[table.printed_target(year)] = fit.width(printed, least=6.5, most=14)
    figures = [value for row in rows for value in (*row.tw, row.realisasi_sd, row.target_value)]
    width = figure_width(figures, least=7.5)
    for field in (Field.TARGET, *TRIWULAN_FIELDS, Field.TO_DATE):
        widths[table.column(field)] = width
    rates = {
        Field.CAPAIAN: [row.achievement.shown for row in rows],
        Field.CAPAIAN_TO_DATE: [row.to_date.shown for row in rows if row.to_date],
        Field.RENSTRA: [row.renstra.shown for row in rows if row.renstra],
        Field.CHANGE: [row.change for row in rows],
    }
    for field, values in rates.items():
        widths[table.column(field)] = figure_width(values, least=_RATE_WIDTH)
    return widths


def _write_printed(sheet: Sheet, row: int, indicator: Indicator, table: Table) -> dict[Field, str]:
    """Write one printed row verbatim; give its texts for the row's height."""
    texts = {
        Field.NUMBER: indicator.number,
        Field.SASARAN: indicator.sasaran,
        Field.INDIKATOR: indicator.indikator,
        Field.PENJELASAN: indicator.penjelasan,
        Field.SUMBER: indicator.sumber_data,
    }
    for field, text in texts.items():
        style = "centre" if field is Field.NUMBER else "cell"
        sheet.text((row, table.column(field)), text, style=style)
    for target in indicator.targets:
        column = table.printed_target(target.year)
        sheet.text((row, column), target.printed, style="centre")
    return texts


def _write_foot(
    sheet: Sheet, report: Report, plan: PositionPlan, widths: Mapping[int, float]
) -> int:
    """Write what is to be known about the page and who signs it; give the last row."""
    last = report.table.last_measured
    said = [_ABOUT]
    if plan.position.note:
        said.insert(0, f"Catatan atas dokumen cetak: {plan.position.note}")
    width = sum(widths.get(column, 0.0) for column in range(1, last + 1))
    row = plan.last_row + 1
    for text in said:
        row += 1
        sheet.merge((row, 1, row, last), text, style="muted")
        sheet.height(row, fit.height([(text, width)], size=9))
    row += 2
    left, right = (row, 1, row, report.table.column(Field.INDIKATOR)), _right_end(row, widths, last)
    if plan.position.jenis == "IKU":
        write_signatures(sheet, report, left=left, right=right)
    else:
        write_own_signatures(sheet, report, plan.position, left=left, right=right)
    return row


def _right_end(row: int, widths: Mapping[int, float], last: int) -> Area:
    """Give so many of the last columns as a signature needs."""
    first, width = last + 1, 0.0
    while width < SIGNATURE_WIDTH:
        first -= 1
        width += widths.get(first, 0.0)
    return row, first, row, last


def _colour(sheet: Sheet, report: Report, plan: PositionPlan) -> None:
    """Colour symbol and predikat by their word; whatever is not OK is grey."""
    table = report.table
    first, last = plan.first_row, plan.last_row
    predikat = f"${_letters(table.column(Field.PREDIKAT))}{first}"
    status = f"${_letters(table.column(Field.STATUS))}{first}"
    bands = (first, table.column(Field.CAPAIAN), last, table.column(Field.PREDIKAT))
    for band in report.registry.rules.scale:
        sheet.conditional(
            bands,
            {
                "type": "formula",
                "criteria": f'=AND({status}="OK",{predikat}={expressions.text(band.label)})',
                "format": {"font_color": shade(band.colour), "bg_color": tint(band.colour)},
            },
        )
    sheet.conditional(
        (first, table.column(Field.CAPAIAN), last, table.column(Field.RENSTRA) - 1),
        {"type": "formula", "criteria": f'={status}<>"OK"', "format": "grey"},
    )


def _letters(column: int) -> str:
    return area_name((1, column, 1, column)).split(":", maxsplit=1)[0].rstrip("1")


def _set_up(
    sheet: Sheet,
    report: Report,
    plan: PositionPlan,
    widths: Mapping[int, float],
    *,
    frozen: float,
    end: int,
) -> None:
    table, page = report.table, sheet.worksheet
    rows = plan.header_row + 1 if frozen <= FROZEN_LIMIT else 0
    names = table.column(Field.INDIKATOR)
    is_wide = fit.heading_width(widths, 1, names) > FROZEN_WIDTH
    page.freeze_panes(rows, 1 if is_wide else names)
    page.set_column(
        table.first_helper - 1, table.last_helper - 1, 11, None, {"level": 1, "hidden": True}
    )
    page.set_column(table.last_helper, table.last_helper, None, None, {"collapsed": True})
    shown = dict(widths)
    if not any(row.to_date for row in report.consolidated.of_unit(plan.position.id)):
        unused = table.column(Field.CAPAIAN_TO_DATE)
        page.set_column(unused - 1, unused - 1, None, None, {"hidden": True})
        del shown[unused]
    page.autofilter(plan.header_row, 0, plan.last_row - 1, table.last_measured - 1)
    page.print_area(0, 0, end - 1, table.last_measured - 1)
    heads = (plan.header_row, plan.header_row + 1)
    print_on_folio(sheet, footer=report.footer, repeat=heads)
    if paging.fits_one_page(sheet, end, widths=shown.values()):
        page.fit_to_pages(1, 1)
    else:
        kept = range(plan.last_row - 1, end)
        flow = paging.Flow(last=end, repeat=heads, kept=kept)
        paging.set_breaks(sheet, flow, widths=shown.values())
    page.set_zoom(90)


def _write_lost(sheet: Sheet, report: Report, position: Position) -> None:
    sheet.widths({1: _LOST_WIDTH})
    sheet.text((1, 1), position.jabatan, style="title")
    sheet.height(1, 26)
    sheet.link((2, 1), first_cell(RINGKASAN), text="← Ringkasan", style="link")
    explained = (
        "Halaman jabatan ini tidak ada pada dokumen cetak, sehingga tidak ada indikator yang "
        "dapat diukur. Lengkapi registri bila dokumennya ditemukan."
    )
    for row, text in enumerate((explained, position.note), start=4):
        sheet.text((row, 1), text, style="body")
        sheet.height(row, fit.height([(text, _LOST_WIDTH)]))
    print_on_folio(sheet, footer=report.footer, repeat=None)
