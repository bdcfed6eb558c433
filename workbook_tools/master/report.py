"""Hold what every sheet of one master needs: the figures, the register, the plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from workbook_tools import fit
from workbook_tools.form.submission import Delivery
from workbook_tools.indicators.numbers import format_number
from workbook_tools.master import words
from workbook_tools.master.figures import Consolidated
from workbook_tools.master.folding import fold_words
from workbook_tools.master.layout import (
    ANALYSES,
    LISTS,
    IsianPlan,
    PositionPlan,
    Table,
    plan_isian,
    plan_position,
)
from workbook_tools.master.trail import Received
from workbook_tools.registry.finding import Finding
from workbook_tools.registry.model import TRIWULAN, Indicator, Registry, Rules

INDENT = 1.4
"""Width in characters of one step of indentation."""

_WIDEST_FIGURE = 40.0


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that the sheets of one master show."""

    consolidated: Consolidated
    registry: Registry
    deliveries: tuple[Delivery, ...]
    findings: tuple[Finding, ...]
    trail: tuple[Received, ...]
    version: str
    notice: str
    table: Table
    isian: IsianPlan
    plans: tuple[PositionPlan, ...]
    as_of: str
    """Up to when the data go, in words."""

    fillers: Mapping[str, str]
    """The unit whose form fills each unit that has indicators, most often itself."""

    @property
    def year(self) -> int:
        """Give the year that is measured."""
        return self.consolidated.year

    @property
    def forms(self) -> tuple[Delivery, ...]:
        """Give the deliveries of units that have a form of their own, not of their mirrors."""
        return tuple(d for d in self.deliveries if self.fillers.get(d.unit) == d.unit)

    @property
    def footer(self) -> str:
        """Give the left part of every page's foot."""
        return words.settings(self.registry.rules)

    @property
    def measured_plans(self) -> tuple[PositionPlan, ...]:
        """Give the plans of the positions that have indicators."""
        return tuple(plan for plan in self.plans if plan.count)

    @property
    def sheet_names(self) -> tuple[str, ...]:
        """Give the sheets in order, without the first."""
        agency = [plan.sheet for plan in self.agency_plans]
        positions = [plan.sheet for plan in self.position_plans]
        return (*agency, *ANALYSES, *positions, *LISTS)

    @property
    def agency_plans(self) -> tuple[PositionPlan, ...]:
        """Give the plan of the agency's own indicators, the IKU."""
        return tuple(plan for plan in self.plans if plan.position.jenis == "IKU")

    @property
    def position_plans(self) -> tuple[PositionPlan, ...]:
        """Give the plans of the positions as printed."""
        return tuple(plan for plan in self.plans if plan.position.jenis != "IKU")


def plan_report(
    consolidated: Consolidated,
    registry: Registry,
    *,
    deliveries: Sequence[Delivery],
    findings: Sequence[Finding],
    trail: Sequence[Received],
    version: str,
    notice: str,
) -> Report:
    """Place every position and input before the first cell is written; fold endless words."""
    consolidated, registry = fold_words(consolidated, registry)
    year = consolidated.year
    before = tuple(sorted({y for y in registry.years if y < year} | {year - 1}))
    return Report(
        consolidated=consolidated,
        registry=registry,
        deliveries=tuple(one for one in deliveries if one.year == year),
        findings=tuple(findings),
        trail=tuple(one for one in trail if one.year == year),
        version=version,
        notice=notice,
        table=Table(years=registry.years, before=before),
        isian=plan_isian(registry),
        plans=tuple(plan_position(registry, position) for position in registry.positions),
        as_of=_as_of(consolidated, registry.rules),
        fillers=dict(registry.reporting_units()),
    )


def _as_of(consolidated: Consolidated, rules: Rules) -> str:
    """Say up to when the data go."""
    moment = consolidated.as_of
    if moment is None:
        return "Belum ada formulir yang diterima"
    until = f"Data sampai dengan {words.long_time(moment, rules)}"
    newest = max((row.period or 0 for row in consolidated.rows), default=0)
    if newest in (0, TRIWULAN[-1]):
        return until
    return (
        f"{until} · ANGKA SEMENTARA sampai {words.triwulan(newest)}, dibandingkan dengan "
        "target setahun"
    )


def has_decimals(indicator: Indicator, values: Sequence[Decimal | None]) -> bool:
    """Tell whether an indicator's figures want decimals: by its kind, or by what is there."""
    broken = any(value is not None and value != value.to_integral_value() for value in values)
    return indicator.decimals > 0 or broken


def figure_width(values: Iterable[Decimal | None], *, least: float) -> float:
    """Give the width of a column that shows every figure with two decimals, and its indent."""
    shown = (_shown(value) for value in values if value is not None)
    return fit.width(shown, least=least, most=_WIDEST_FIGURE) + INDENT


@lru_cache(maxsize=1 << 12)  # a figure stands on several sheets
def _shown(value: Decimal) -> str:
    return format_number(value, decimals=2)
