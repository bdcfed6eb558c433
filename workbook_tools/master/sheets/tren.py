"""Turn the years that the ledger has into one table side by side, with a chart per IKU."""

from __future__ import annotations

from decimal import Decimal

from workbook_tools import fit
from workbook_tools.indicators.achievement import achievement_of
from workbook_tools.master import live
from workbook_tools.master.figures import Row
from workbook_tools.master.layout import TREN, TRIWULAN_NAMES
from workbook_tools.master.report import INDENT, Report, figure_width
from workbook_tools.master.sheets.frame import open_page
from workbook_tools.master.sheets.growth import chart_rows, write_growth
from workbook_tools.master.sheets.tren_columns import (
    FIGURE,
    NAME_LEAST,
    NAME_MOST,
    PERCENT,
    Columns,
)
from workbook_tools.master.sheets.tren_row import actual, lines_of, write_line
from workbook_tools.master.styles import print_on_folio
from workbook_tools.xlsx import Book, Sheet, absolute_name, cell_name, quoted

_NO_YEARS = "Belum ada realisasi tahun sebelumnya; kolomnya muncul begitu formulirnya diterima."
_CHARTS = 3
_KNOWN_HEADS = ("No", "Indikator", "Indikator kinerja", "Satuan")


def columns_of(report: Report) -> Columns:
    """Choose the years of which the ledger has any realisasi, and this year."""
    known = {
        year for row in report.consolidated.rows for year, value in row.actuals if value is not None
    }
    earlier = [year for year in report.registry.years if year in known and year < report.year]
    rows = report.consolidated.rows
    years = (*earlier, report.year)
    targets = (row.indicator.target(year) for row in rows for year in years)
    figures = [
        *(target.value for target in targets if target),
        *(value for row in rows for value in (*row.tw, row.realisasi_sd)),
        *(value for row in rows for _, value in row.actuals),
    ]
    rates = [value for row in rows for value in (row.achievement.shown, row.change)]
    rates += [_shown(row, year, report) for row in rows for year in earlier]
    names = (row.indicator.indikator for row in rows)
    return Columns(
        years=years,
        planned=report.registry.years,
        figure_width=figure_width(figures, least=FIGURE - INDENT),
        percent_width=figure_width(rates, least=PERCENT - INDENT),
        name_width=fit.column(names, least=NAME_LEAST, most=NAME_MOST),
    )


def _shown(measured: Row, year: int, report: Report) -> Decimal | None:
    """Give the shown capaian of an earlier year."""
    target = measured.indicator.target(year)
    reached, rules = actual(measured, year), report.registry.rules
    return achievement_of(measured.indicator, reached, target=target, rules=rules).shown


def write_trends(book: Book, report: Report) -> None:
    """Write the charts of the IKU with their findings, below them the table of all."""
    columns = columns_of(report)
    widths = columns.widths()
    sheet = open_page(book, report, TREN, title="Tren antartahun dan antartriwulan", widths=widths)
    head = _CHARTS + chart_rows(report)
    lines = lines_of(report, first=head + 2)
    write_growth(
        book,
        sheet,
        [line for line in lines if line.measured.jenis == "IKU"],
        report=report,
        columns=columns,
        row=_CHARTS,
    )
    _write_heads(sheet, report, columns, head)
    for number, line in enumerate(lines, start=1):
        write_line(sheet, line, number=number, report=report, columns=columns)
    last = head + 1 + max(len(lines), 1)
    if len(columns.years) == 1:
        sheet.merge((last + 2, 1, last + 2, columns.pattern), _NO_YEARS, style="muted")
    _colour(sheet, columns, first=head + 2, last=last)
    sheet.worksheet.autofilter(head, 0, last - 1, columns.pattern - 1)
    sheet.worksheet.set_column(
        columns.pattern + 1, columns.last - 1, 11, None, {"level": 1, "hidden": True}
    )
    sheet.worksheet.set_column(columns.last, columns.last, None, None, {"collapsed": True})
    sheet.worksheet.print_area(0, 0, last + 1, columns.pattern - 1)
    print_on_folio(sheet, footer=report.footer, repeat=(head, head + 1))


def direction_range(report: Report) -> str:
    """Give the address, with its sheet, of the cells that say where each indicator went."""
    column = columns_of(report).direction
    first = _CHARTS + chart_rows(report) + 2
    last = first + max(len(report.consolidated.rows), 1) - 1
    return f"{quoted(TREN)}!{absolute_name((first, column))}:{absolute_name((last, column))}"


def _write_heads(sheet: Sheet, report: Report, columns: Columns, head: int) -> None:
    """Write two rows of heads: the year, below it what each column holds."""
    for column, text in enumerate(_KNOWN_HEADS, start=1):
        sheet.text((head, column), text, style="head")
        sheet.blank((head + 1, column), style="head")
    heads: dict[int, str] = {}
    for year in columns.years:
        first = columns.target(year)
        sheet.merge((head, first, head, columns.capaian(year)), str(year), style="head")
        heads |= {first: "Target", first + 1: "Realisasi", first + 2: "Capaian (%)"}
    sheet.merge(
        (head, columns.change, head, columns.direction),
        f"Dibanding {report.year - 1}",
        style="head",
    )
    sheet.merge(
        (head, columns.triwulan, head, columns.pattern),
        f"Realisasi per triwulan {report.year}",
        style="head",
    )
    heads |= {columns.change: "Ubah (%)", columns.direction: "Arah"}
    heads |= {columns.triwulan + place: name for place, name in enumerate(TRIWULAN_NAMES)}
    heads[columns.pattern] = "Pola"
    for column, text in heads.items():
        sheet.text((head + 1, column), text, style="head")
    widths = columns.widths()
    sheet.height(head, 18)
    sheet.height(
        head + 1,
        fit.height(((text, widths[column - 1] - 3) for column, text in heads.items()), minimum=2),
    )


def _colour(sheet: Sheet, columns: Columns, *, first: int, last: int) -> None:
    """Colour the direction by its word; what cannot be compared is grey."""
    area = (first, columns.direction, last, columns.direction)
    cell = cell_name(area[:2])
    for word, style in ((live.BETTER, "good"), (live.WORSE, "bad"), (live.NOT_COMPARED, "grey")):
        sheet.conditional(
            area,
            {
                "type": "formula",
                "criteria": f'=ISNUMBER(SEARCH("{word}",{cell}))',
                "format": style,
            },
        )
