"""Own the columns of the sheet Ringkasan; its cards, tables and lists ask here."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from workbook_tools.indicators.achievement import Average
from workbook_tools.indicators.achievement import average as mean_of
from workbook_tools.master.layout import PositionPlan
from workbook_tools.master.report import Report

NUMBER, UNIT, TW1, AVERAGE, GRADE, ASSESSED, BARS = 1, 2, 3, 7, 8, 9, 10
GAP = 11
SCOPE, SCOPE_AVERAGE, SCOPE_GRADE, SCOPE_ASSESSED, SCOPE_BARS = 12, 13, 14, 15, 16
LAST = SCOPE_BARS
WIDTHS = {
    NUMBER: 4.5,
    UNIT: 45.0,
    TW1: 11.0,
    TW1 + 1: 11.0,
    TW1 + 2: 11.0,
    TW1 + 3: 11.0,
    AVERAGE: 11.5,
    GRADE: 16.5,
    ASSESSED: 16.0,
    BARS: 16.0,
    GAP: 2.0,
    SCOPE: 35.0,
    SCOPE_AVERAGE: 11.5,
    SCOPE_GRADE: 16.5,
    SCOPE_ASSESSED: 16.0,
    SCOPE_BARS: 16.0,
}
ROW_POINTS = 18.0


def room(first: int, last: int) -> float:
    """Give the width of merged columns."""
    return sum(WIDTHS[column] for column in range(first, last + 1))


def mean(report: Report, plans: Sequence[PositionPlan]) -> Average:
    """Give the average over all indicators of some positions."""
    units = {plan.position.id for plan in plans}
    shown = [
        row.achievement.shown for row in report.consolidated.rows if row.indicator.unit in units
    ]
    return mean_of(shown, report.registry.rules.cap_average)


def or_dash(value: Decimal | None) -> Decimal | str:
    """Give what a cell with an average holds."""
    return "-" if value is None else value
