"""Turn one position into its page: as printed on the left, measured by live formulas beside it."""

from __future__ import annotations

from collections.abc import Mapping

from workbook_tools import fit
from workbook_tools.indicators import expressions
from workbook_tools.indicators.numbers import format_number
from workbook_tools.master import words
from workbook_tools.master.layout import (
    RINGKASAN,
    TRIWULAN_FIELDS,
    Field,
    PositionPlan,
    Table,
    first_cell,
)
from workbook_tools.master.report import Report
from workbook_tools.master.sheets.heading import write_heads, write_top
from workbook_tools.master.sheets.measured import write_helpers, write_measured
from workbook_tools.master.styles import print_on_folio, shade, tint
from workbook_tools.registry.model import Indicator, Position
from workbook_tools.xlsx import Book, Sheet, area_name

INDENT = 1.4
"""Width in characters of one step of indentation."""

FROZEN_LIMIT = 230.0
"""Points of frozen rows that still leave room for the table on a small screen."""

_FIXED_WIDTHS: Mapping[Field, float] = {
    Field.NUMBER: 4.5,
    Field.SYMBOL: 3.5,
    Field.PREDIKAT: 12.5,
    Field.TARGET_STATUS: 10.5,
    Field.CAPAIAN_TO_DATE: 10,
    Field.CAPAIAN: 10,
    Field.RENSTRA: 10,
    Field.CHANGE: 10,
    Field.NOTE: 22,
}
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
    _write_foot(sheet, report, plan)
    _colour(sheet, report, plan)
    _set_up(sheet, report, plan, frozen=heights)


def _widths(report: Report, plan: PositionPlan) -> dict[int, float]:
    """Choose widths at which no printed word or figure is broken."""
    table, rows = report.table, report.consolidated.of_unit(plan.position.id)
    indicators = [row.indicator for row in rows]
    widths = {table.column(field): width for field, width in _FIXED_WIDTHS.items()}
    texts: dict[Field, tuple[list[str], float, float]] = {
        Field.SASARAN: ([i.sasaran for i in indicators], 23, 28),
        Field.INDIKATOR: ([i.indikator for i in indicators], 23, 28),
        Field.PENJELASAN: ([i.penjelasan for i in indicators], 19, 26),
        Field.SUMBER: ([i.sumber_data for i in indicators], 12, 16),
        Field.STATUS: ([row.achievement.status for row in rows], 9, 24),
        Field.SATUAN: ([i.satuan for i in indicators], 8, 12),
    }
    for field, (said, least, most) in texts.items():
        widths[table.column(field)] = fit.width(said, least=least, most=most)
    for year in table.years:
        printed = [t.printed for i in indicators for t in i.targets if t.year == year]
        widths[table.printed_target(year)] = fit.width(printed, least=6.5, most=14)
    figures = [value for row in rows for value in (*row.tw, row.realisasi_sd, row.target_value)]
    shown = [format_number(value, decimals=2) for value in figures if value is not None]
    for field in (Field.TARGET, *TRIWULAN_FIELDS, Field.TO_DATE):
        widths[table.column(field)] = fit.width(shown, least=8.5, most=18) + INDENT
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


def _write_foot(sheet: Sheet, report: Report, plan: PositionPlan) -> None:
    row = plan.last_row + 2
    if plan.position.note:
        sheet.merge(
            (row, 1, row, report.table.last_measured),
            f"Catatan atas dokumen cetak: {plan.position.note}",
            style="muted",
        )
        row += 1
    sheet.merge(
        (row, 1, row, report.table.last_measured),
        "Kolom sebelah kiri apa adanya dari dokumen cetak. Kolom pengukuran dihitung dari "
        "lembar Isian; kolom bantu tersembunyi di sebelah kanan.",
        style="muted",
    )


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


def _set_up(sheet: Sheet, report: Report, plan: PositionPlan, *, frozen: float) -> None:
    table, page = report.table, sheet.worksheet
    rows = plan.header_row + 1 if frozen <= FROZEN_LIMIT else 0
    page.freeze_panes(rows, table.column(Field.INDIKATOR))
    page.set_column(
        table.first_helper - 1, table.last_helper - 1, 11, None, {"level": 1, "hidden": True}
    )
    page.set_column(table.last_helper, table.last_helper, None, None, {"collapsed": True})
    if not any(row.to_date for row in report.consolidated.of_unit(plan.position.id)):
        unused = table.column(Field.CAPAIAN_TO_DATE) - 1
        page.set_column(unused, unused, None, None, {"hidden": True})
    page.print_area(0, 0, plan.last_row + 3, table.last_measured - 1)
    print_on_folio(sheet, footer=report.footer, repeat=(plan.header_row, plan.header_row + 1))
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
