"""Turn the IKU's years into small charts, each finding in words in a cell above them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from workbook_tools import fit
from workbook_tools.indicators import expressions
from workbook_tools.indicators.achievement import round_shown
from workbook_tools.master import live
from workbook_tools.master.report import Report
from workbook_tools.master.sheets.tren_columns import Columns
from workbook_tools.master.sheets.tren_row import Line, actual
from workbook_tools.master.styles import GREY_FILL, GREY_INK, MEASURED_HEAD, MUTED
from workbook_tools.xlsx import Book, Sheet, absolute_name, quoted

_PER_LINE = 4
_CHART_POINTS = 168.0
_PIXELS_PER_POINT = 96 / 72
_TARGET_COLOUR = "#B9C3CC"
_LONGEST_TITLE = 62


def chart_rows(report: Report) -> int:
    """Count the rows that section, findings and charts take, with a blank one below."""
    count = sum(row.jenis == "IKU" for row in report.consolidated.rows)
    return 0 if count == 0 else 1 + count + -(-count // _PER_LINE) + 1


def write_growth(
    book: Book, sheet: Sheet, lines: Sequence[Line], *, report: Report, columns: Columns, row: int
) -> None:
    """Write a sentence per IKU from row `row`, then the charts, four side by side."""
    if not lines:
        return
    sheet.merge(
        (row, 1, row, columns.pattern), "IKU: target dan realisasi per tahun", style="section"
    )
    sheet.height(row, 20)
    room = sum(columns.widths())
    for place, line in enumerate(lines, start=1):
        expression, text = _finding(line, report, columns)
        sheet.merge((row + place, 1, row + place, columns.pattern), "", style="finding")
        sheet.formula((row + place, 1), expression, value=text, style="finding")
        sheet.height(row + place, fit.height([(text, room)], size=11) + 3)
        _write_years(sheet, line, report, columns)
    for place, year in enumerate(columns.planned):
        sheet.text((row, columns.planned_first + place), str(year), style="helper")
    widths = columns.widths()
    pixels = sum(int(width * 7 + 5) for width in widths)
    for place, line in enumerate(lines):
        at = (row + len(lines) + 1 + place // _PER_LINE, 1)
        sheet.height(at[0], _CHART_POINTS)
        _place_chart(
            book,
            sheet,
            line,
            at=at,
            columns=columns,
            years=row,
            box=(place % _PER_LINE, pixels // _PER_LINE),
        )


def _finding(line: Line, report: Report, columns: Columns) -> tuple[str, str]:
    """Say how this year's realisasi stands and where it went, as expression and as text."""
    year, unit = report.year, line.measured.indicator.satuan
    name = absolute_name(line.at(3))
    reached, shown, change = (
        line.name(column)
        for column in (columns.actual(year), columns.capaian(year), columns.change)
    )
    suffix, went = expressions.text(f" {unit}"), expressions.rounded(change)
    expression = (
        f'{name}&": "&IF(ISNUMBER({reached}),"realisasi {year} "&{live.said_of(reached)}'
        f'&{suffix}&IF(ISNUMBER({shown}),", capaian "&{live.said_of(shown)}&" %",'
        f'", belum dapat dinilai")&IF(ISNUMBER({change}),"; "&IF({went}>=0,"naik ",'
        f'"turun ")&{live.said_of(f"ABS({change})")}&" % dari {year - 1}.",'
        f'"; tidak ada pembanding {year - 1}."),"belum ada realisasi {year}.")'
    )
    return expression, f"{line.measured.indicator.indikator}: {_told(line, year)}"


def _told(line: Line, year: int) -> str:
    measured = line.measured
    if measured.realisasi_sd is None:
        return f"belum ada realisasi {year}."
    text = f"realisasi {year} {live.said(measured.realisasi_sd)} {measured.indicator.satuan}"
    shown = measured.achievement.shown
    text += ", belum dapat dinilai" if shown is None else f", capaian {live.said(shown)} %"
    if measured.change is None:
        return f"{text}; tidak ada pembanding {year - 1}."
    went = "naik" if round_shown(measured.change) >= 0 else "turun"
    return f"{text}; {went} {live.said(abs(measured.change))} % dari {year - 1}."


def _write_years(sheet: Sheet, line: Line, report: Report, columns: Columns) -> None:
    """Write the hidden cells that a chart draws: the Renstra's targets, then the realisasi."""
    measured, table = line.measured, report.table
    first = columns.planned_first
    for place, year in enumerate(columns.planned):
        target = measured.indicator.target(year)
        source = line.source(table.target_parts(year)[0])
        _write(sheet, line.at(first + place), source, target.value if target else None)
        at = line.at(first + len(columns.planned) + place)
        if year in columns.years:
            reached = line.name(columns.actual(year))
            _write(sheet, at, reached, actual(measured, year))


def _write(sheet: Sheet, at: tuple[int, int], source: str, value: Decimal | None) -> None:
    sheet.formula(
        at,
        f'IF(ISNUMBER({source}),{source},"")',
        value="" if value is None else value,
        style="helper",
    )


def _least(line: Line, columns: Columns) -> int | None:
    """Let bars begin at zero, or lower where a figure is below it."""
    targets = [line.measured.indicator.target(year) for year in columns.planned]
    values = [
        *(target.value for target in targets if target),
        *(actual(line.measured, year) for year in columns.years),
    ]
    return None if any(value is not None and value < 0 for value in values) else 0


def _place_chart(
    book: Book,
    sheet: Sheet,
    line: Line,
    *,
    at: tuple[int, int],
    columns: Columns,
    years: int,
    box: tuple[int, int],
) -> None:
    chart = book.column_chart()
    source, count = quoted(sheet.name), len(columns.planned)
    name = line.measured.indicator.indikator
    first = columns.planned_first
    heads = f"{absolute_name((years, first))}:{absolute_name((years, first + count - 1))}"
    for offset, (label, colour) in enumerate(
        (("Target", _TARGET_COLOUR), ("Realisasi", MEASURED_HEAD))
    ):
        start = first + offset * count
        cells = f"{absolute_name(line.at(start))}:{absolute_name(line.at(start + count - 1))}"
        chart.add_series(
            {
                "name": label,
                "categories": f"={source}!{heads}",
                "values": f"={source}!{cells}",
                "fill": {"color": colour},
                "gap": 60,
                "overlap": -5,
            }
        )
    short = name if len(name) <= _LONGEST_TITLE else f"{name[: _LONGEST_TITLE - 1]}…"
    chart.set_title({"name": short, "name_font": {"size": 9, "bold": True}, "overlay": False})
    chart.set_legend({"position": "bottom", "font": {"size": 8, "color": MUTED}})
    chart.set_x_axis(
        {"num_font": {"size": 8}, "line": {"color": GREY_INK}, "label_position": "low"}
    )
    chart.set_y_axis(
        {
            "num_font": {"size": 8},
            "num_format": "#,##0",
            "line": {"none": True},
            "min": _least(line, columns),
            "major_gridlines": {"visible": True, "line": {"color": GREY_FILL}},
        }
    )
    chart.set_chartarea({"border": {"color": GREY_FILL}})
    chart.show_hidden_data()
    place, width = box
    chart.set_size({"width": width - 8, "height": int(_CHART_POINTS * _PIXELS_PER_POINT) - 8})
    sheet.chart(
        at,
        chart,
        options={
            "x_offset": place * width + 4,
            "y_offset": 4,
            "description": f"Diagram target dan realisasi per tahun: {name}",
            "object_position": 2,
        },
    )
