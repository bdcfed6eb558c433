"""Turn one indicator into its row of years: live references that carry the core's values."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from workbook_tools import fit
from workbook_tools.indicators import formulas
from workbook_tools.indicators.achievement import achievement_of
from workbook_tools.master import live
from workbook_tools.master.figures import Row
from workbook_tools.master.layout import TRIWULAN_FIELDS, Field, PositionPlan
from workbook_tools.master.report import Report, has_decimals
from workbook_tools.master.sheets.frame import write_link
from workbook_tools.master.sheets.tren_columns import ID, NAME, NUMBER, UNIT, Columns
from workbook_tools.registry.model import Polarity
from workbook_tools.xlsx import Sheet, absolute_name, cell_name, quoted


@dataclass(frozen=True, slots=True)
class Line:
    """Where one indicator stands: its row in Tren, and its row in its position's sheet."""

    row: int
    measured: Row
    plan: PositionPlan
    source_row: int

    def source(self, column: int) -> str:
        """Give the address of a cell of the position's sheet."""
        return f"{quoted(self.plan.sheet)}!{absolute_name((self.source_row, column))}"

    def at(self, column: int) -> tuple[int, int]:
        """Give a place in the row in Tren."""
        return self.row, column

    def name(self, column: int) -> str:
        """Give the name of a cell of the row in Tren."""
        return cell_name((self.row, column))


def lines_of(report: Report, *, first: int) -> tuple[Line, ...]:
    """Place every indicator from row `first`, in the register's order."""
    plans = {plan.position.id: plan for plan in report.plans}
    used: dict[str, int] = {}
    found = []
    for row, measured in enumerate(report.consolidated.rows, start=first):
        unit = measured.indicator.unit
        place = used.get(unit, 0)
        used[unit] = place + 1
        plan = plans[unit]
        found.append(Line(row, measured, plan, plan.first_row + place))
    return tuple(found)


def write_line(sheet: Sheet, line: Line, *, number: int, report: Report, columns: Columns) -> None:
    """Write one row."""
    indicator = line.measured.indicator
    sheet.number(line.at(NUMBER), number, style="count")
    write_link(sheet, line.at(ID), indicator.id, report)
    sheet.text(line.at(NAME), indicator.indikator, style="cell")
    sheet.text(line.at(UNIT), indicator.satuan, style="centre")
    for year in columns.years:
        _write_year(sheet, line, year, report=report, columns=columns)
    _write_change(sheet, line, report=report, columns=columns)
    _write_triwulan(sheet, line, report=report, columns=columns)
    texts = (indicator.id, indicator.indikator, indicator.satuan)
    sheet.height(line.row, fit.height(zip(texts, columns.known_widths[1:], strict=True)))


def actual(measured: Row, year: int) -> Decimal | None:
    """Give an indicator's realisasi of this year or an earlier one."""
    return dict(measured.actuals).get(year) if year != measured.year else measured.realisasi_sd


def _style(measured: Row, columns: Columns) -> str:
    values = [actual(measured, year) for year in columns.years]
    targets = [measured.indicator.target(year) for year in columns.years]
    known = [*values, *(target.value for target in targets if target), *measured.tw]
    return "decimal" if has_decimals(measured.indicator, known) else "whole"


def _write_year(sheet: Sheet, line: Line, year: int, *, report: Report, columns: Columns) -> None:
    measured, table = line.measured, report.table
    indicator, rules = measured.indicator, report.registry.rules
    is_now = year == report.year
    target = indicator.target(year)
    value, low, status = (line.source(column) for column in table.target_parts(year))
    if is_now:
        value = line.source(table.column(Field.TARGET))
    reached = table.column(Field.TO_DATE) if is_now else table.actual(year)
    style = _style(measured, columns)
    _write_reference(
        sheet, line.at(columns.target(year)), value, target.value if target else None, style=style
    )
    _write_reference(
        sheet,
        line.at(columns.actual(year)),
        line.source(reached),
        actual(measured, year),
        style=style,
    )
    place = line.at(columns.capaian(year))
    if is_now:
        shown = measured.achievement.shown
        source = line.source(table.column(Field.CAPAIAN))
        _write_reference(sheet, place, source, shown, style="percent")
        return
    compared = achievement_of(indicator, actual(measured, year), target=target, rules=rules)
    visible = line.name(columns.target(year))
    reference = (low, visible) if indicator.polarity is Polarity.RANGE else visible
    sheet.formula(
        line.at(columns.status(year)),
        formulas.status(
            actual=line.name(columns.actual(year)),
            target=reference,
            target_status=status,
            indicator=indicator,
        ),
        value=compared.status,
        style="helper",
    )
    sheet.formula(
        place,
        formulas.capaian(
            actual=line.name(columns.actual(year)),
            target=reference,
            status=line.name(columns.status(year)),
            indicator=indicator,
            rules=rules,
        ),
        value="" if compared.shown is None else compared.shown,
        style="percent",
    )


def _write_reference(
    sheet: Sheet, at: tuple[int, int], source: str, value: Decimal | None, *, style: str
) -> None:
    """Show the number of another cell, nothing where that has none."""
    sheet.formula(
        at, f'IF(ISNUMBER({source}),{source},"")', value="" if value is None else value, style=style
    )


def _write_change(sheet: Sheet, line: Line, *, report: Report, columns: Columns) -> None:
    measured = line.measured
    source = line.source(report.table.column(Field.CHANGE))
    sheet.formula(
        line.at(columns.change),
        source,
        value="n/a" if measured.change is None else measured.change,
        style="decimal",
    )
    polarity = measured.indicator.polarity
    sheet.formula(
        line.at(columns.direction),
        live.direction_of(line.name(columns.change), polarity),
        value=live.direction(measured.change, polarity),
        style="cell",
    )


def _write_triwulan(sheet: Sheet, line: Line, *, report: Report, columns: Columns) -> None:
    measured = line.measured
    cells = []
    for place, (field, value) in enumerate(zip(TRIWULAN_FIELDS, measured.tw, strict=True)):
        column = columns.triwulan + place
        source = line.source(report.table.column(field))
        style = _style(measured, columns)
        _write_reference(sheet, line.at(column), source, value, style=style)
        cells.append(line.name(column))
    sheet.formula(
        line.at(columns.pattern),
        live.pattern_of(cells),
        value=live.pattern(measured.tw),
        style="pattern",
    )
