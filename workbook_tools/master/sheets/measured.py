"""Turn one measured row into live formulas that carry the value the core computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from workbook_tools.indicators import expressions, formulas, tallies
from workbook_tools.indicators.achievement import OK, Achievement, clamp, round_shown
from workbook_tools.master import words
from workbook_tools.master.figures import Row
from workbook_tools.master.layout import TRIWULAN_FIELDS, Field
from workbook_tools.master.report import Report, has_decimals
from workbook_tools.registry.model import (
    METHOD_KEYS,
    TRIWULAN,
    Aggregation,
    Indicator,
    Polarity,
    TargetStatus,
)
from workbook_tools.xlsx import Sheet, cell_name


class _Cells:
    """The addresses of one row's cells, as its formulas want them."""

    def __init__(self, row: int, measured: Row, report: Report) -> None:
        self._row = row
        self._report = report
        self._measured = measured

    def at(self, field: Field) -> tuple[int, int]:
        return self._row, self._report.table.column(field)

    def name(self, field: Field) -> str:
        return cell_name(self.at(field))

    def inputs(self, triwulan: int) -> Mapping[str, str]:
        source = self._measured.source.id
        keys = METHOD_KEYS[self._measured.indicator.method]
        return {key: self._report.isian.cell(source, key, triwulan) for key in keys}

    def target(self, year: int) -> formulas.TargetRef:
        value, low, _ = self._report.table.target_parts(year)
        upper = cell_name((self._row, value))
        if self._measured.indicator.polarity is Polarity.RANGE:
            return cell_name((self._row, low)), upper
        return upper

    def year_target(self) -> formulas.TargetRef:
        """Give the year's target: the visible cell, with its hidden lower bound for a range."""
        known = self.target(self._report.year) if self._measured.target else ""
        if isinstance(known, tuple):
            return known[0], self.name(Field.TARGET)
        return self.name(Field.TARGET)

    def parts(self, year: int) -> tuple[tuple[int, int], tuple[int, int], tuple[int, int]]:
        value, low, status = self._report.table.target_parts(year)
        return (self._row, value), (self._row, low), (self._row, status)

    def target_status(self, year: int) -> str:
        return cell_name((self._row, self._report.table.target_parts(year)[2]))

    def actual(self, year: int) -> str:
        return cell_name((self._row, self._report.table.actual(year)))

    def tw_target(self, triwulan: int) -> str:
        return cell_name((self._row, self._report.table.tw_target(triwulan)))


def write_measured(sheet: Sheet, row: int, measured: Row, report: Report) -> None:
    """Write the measured block of one row."""
    cells = _Cells(row, measured, report)
    indicator = measured.indicator
    sheet.text(cells.at(Field.SATUAN), indicator.satuan, style="centre")
    wanted = has_decimals(indicator, (*measured.tw, measured.realisasi_sd))
    _write_target(sheet, cells, measured)
    style = "decimal" if wanted else "whole"
    for triwulan, field in enumerate(TRIWULAN_FIELDS, start=1):
        sheet.formula(
            cells.at(field),
            formulas.realisasi(indicator.method, cells.inputs(triwulan)),
            value=_or_blank(measured.tw[triwulan - 1]),
            style=style,
        )
    sheet.formula(
        cells.at(Field.TO_DATE),
        formulas.to_date(
            indicator,
            measured.source.inputs,
            [cells.inputs(triwulan) for triwulan in TRIWULAN],
            tw=[cells.name(field) for field in TRIWULAN_FIELDS],
        ),
        value=_or_blank(measured.realisasi_sd),
        style=style,
    )
    _write_capaian(sheet, cells, measured, report)
    _write_comparisons(sheet, cells, measured, report)
    sheet.text(cells.at(Field.NOTE), words.notes(measured), style="small")


def _write_target(sheet: Sheet, cells: _Cells, measured: Row) -> None:
    value = measured.target_value
    style = "typed_decimal" if has_decimals(measured.indicator, [value]) else "typed_whole"
    sheet.number(cells.at(Field.TARGET), value, style=style)
    sheet.text(cells.at(Field.TARGET_STATUS), str(measured.target_status), style="centre")


def _write_capaian(sheet: Sheet, cells: _Cells, measured: Row, report: Report) -> None:
    indicator, rules = measured.indicator, report.registry.rules
    status, capaian = cells.name(Field.STATUS), cells.name(Field.CAPAIAN)
    sheet.formula(
        cells.at(Field.STATUS),
        formulas.status(
            actual=cells.name(Field.TO_DATE),
            target=cells.year_target(),
            target_status=cells.name(Field.TARGET_STATUS),
            indicator=indicator,
        ),
        value=measured.achievement.status,
        style="small_centre",
    )
    sheet.formula(
        cells.at(Field.CAPAIAN),
        formulas.capaian(
            actual=cells.name(Field.TO_DATE),
            target=cells.year_target(),
            status=status,
            indicator=indicator,
            rules=rules,
        ),
        value=_or_blank(measured.achievement.shown),
        style="percent",
    )
    sheet.formula(
        cells.at(Field.SYMBOL),
        formulas.symbol(capaian=capaian, status=status, rules=rules),
        value=measured.symbol,
        style="symbol",
    )
    sheet.formula(
        cells.at(Field.PREDIKAT),
        formulas.predikat(capaian=capaian, status=status, rules=rules),
        value=measured.predikat,
        style="centre",
    )


def _write_comparisons(sheet: Sheet, cells: _Cells, measured: Row, report: Report) -> None:
    indicator, rules = measured.indicator, report.registry.rules
    if measured.to_date is None:
        sheet.blank(cells.at(Field.CAPAIAN_TO_DATE), style="decimal")
    else:
        sheet.formula(
            cells.at(Field.CAPAIAN_TO_DATE),
            formulas.capaian(
                actual=cells.name(Field.TO_DATE),
                target=cells.name(Field.TARGET_TO_DATE),
                status=cells.name(Field.STATUS_TO_DATE),
                indicator=indicator,
                rules=rules,
            ),
            value=_or_blank(measured.to_date.shown),
            style="decimal",
        )
    if measured.renstra is None:
        sheet.blank(cells.at(Field.RENSTRA), style="decimal")
    else:
        years = report.table.years
        earlier = [cells.actual(year) for year in years if year < report.year]
        sheet.formula(
            cells.at(Field.RENSTRA),
            formulas.renstra(
                actuals=[*earlier, cells.name(Field.TO_DATE)],
                targets=[cells.target(year) for year in years],
                target_statuses=[cells.target_status(year) for year in years],
                indicator=indicator,
                rules=rules,
            ),
            value=_or_blank(measured.renstra.shown),
            style="decimal",
        )
    sheet.formula(
        cells.at(Field.CHANGE),
        formulas.change(this=cells.name(Field.TO_DATE), before=cells.actual(report.year - 1)),
        value="n/a" if measured.change is None else measured.change,
        style="decimal",
    )


def write_helpers(sheet: Sheet, row: int, measured: Row, report: Report) -> None:
    """Write the hidden cells on which the measured block stands."""
    cells, table = _Cells(row, measured, report), report.table
    rules = report.registry.rules
    compared = measured.achievement
    sheet.formula(
        cells.at(Field.CAPAIAN_UNBOUND),
        formulas.capaian(
            actual=cells.name(Field.TO_DATE),
            target=cells.year_target(),
            status=cells.name(Field.STATUS),
            indicator=measured.indicator,
            rules=replace(rules, floor=None, cap_report=None),
        ),
        value="" if compared.raw is None else round_shown(compared.raw),
        style="helper",
    )
    sheet.formula(
        cells.at(Field.FOR_AVERAGE),
        tallies.for_average(
            capaian=cells.name(Field.CAPAIAN), status=cells.name(Field.STATUS), rules=rules
        ),
        value=_for_average(compared, rules.cap_average),
        style="helper",
    )
    for year in table.years:
        _write_target_parts(sheet, cells, measured, year=year, is_shown=year == report.year)
    for year, actual in measured.actuals:
        sheet.number((row, table.actual(year)), actual, style="helper")
    _write_target_to_date(sheet, row, measured, report)


def _write_target_parts(
    sheet: Sheet, cells: _Cells, measured: Row, *, year: int, is_shown: bool
) -> None:
    """Write a year's target, lower bound and status; the year on show repeats its own cells."""
    value, low, status = cells.parts(year)
    target = measured.indicator.target(year)
    known = target.value if target else None
    said = str(target.status if target else TargetStatus.KOSONG)
    sheet.number(low, target.low if target else None, style="helper")
    if not is_shown:
        sheet.number(value, known, style="helper")
        sheet.text(status, said, style="helper")
        return
    sheet.formula(
        value,
        expressions.repeated(cells.name(Field.TARGET)),
        value=_or_blank(known),
        style="helper",
    )
    sheet.formula(status, cells.name(Field.TARGET_STATUS), value=said, style="helper")


def _write_target_to_date(sheet: Sheet, row: int, measured: Row, report: Report) -> None:
    if measured.target is None:
        return
    cells, table = _Cells(row, measured, report), report.table
    for triwulan, value in zip(TRIWULAN, measured.target.tw, strict=True):
        sheet.number((row, table.tw_target(triwulan)), value, style="helper")
    if measured.target_to_date is None or measured.to_date is None or measured.period is None:
        return
    first, last = cells.tw_target(1), cells.tw_target(measured.period)
    sheet.formula(
        cells.at(Field.TARGET_TO_DATE),
        _target_to_date(measured.indicator, first, last),
        value=measured.target_to_date,
        style="helper",
    )
    sheet.formula(
        cells.at(Field.STATUS_TO_DATE),
        formulas.status(
            actual=cells.name(Field.TO_DATE),
            target=cells.name(Field.TARGET_TO_DATE),
            target_status=cells.name(Field.TARGET_STATUS),
            indicator=measured.indicator,
        ),
        value=measured.to_date.status,
        style="helper",
    )


def _target_to_date(indicator: Indicator, first: str, last: str) -> str:
    """Join the targets of TW I to the newest triwulan, as `measure.target_to_date` does."""
    joined = {
        Aggregation.SUM: f"SUM({first}:{last})",
        Aggregation.LAST: last,
        Aggregation.AVERAGE: f"AVERAGE({first}:{last})",
        Aggregation.MAX: f"MAX({first}:{last})",
    }
    return joined[indicator.aggregation]


def _for_average(compared: Achievement, cap: Decimal | None) -> Decimal | str:
    if compared.status != OK or compared.shown is None:
        return ""
    return clamp(compared.shown, floor=None, cap=cap)


def _or_blank(value: Decimal | None) -> Decimal | str:
    return "" if value is None else value
