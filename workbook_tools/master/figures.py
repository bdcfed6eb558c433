"""Hold one year's measured indicators: what every sheet of the master and the board show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from workbook_tools.indicators.achievement import Achievement, Average
from workbook_tools.registry.model import Indicator, Target, TargetStatus

DATA_TERAKHIR = "DATA_TERAKHIR"


@dataclass(frozen=True, slots=True)
class Quarter:
    """What one accepted triwulan says about one indicator.

    `inputs` are (key, number) in the order of the form; `texts` are (field, text), only
    on the indicator that was asked and not on one that mirrors it.
    """

    period: int
    inputs: tuple[tuple[str, Decimal | None], ...]
    realisasi: Decimal | None
    texts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator of one year, measured.

    `tw` holds the realisasi of TW I-IV and `realisasi_sd` the one to date, unrounded;
    `period` is the newest triwulan accepted (of the unit whose form asks), `last_period`
    the one on which `realisasi_sd` stands. `achievement` compares with the year's target,
    `to_date` with the targets per triwulan where those exist, `renstra` with the end of
    the Renstra, `change` (percent) with the year before. `actuals` are (year, realisasi)
    of earlier years. `revision` and `sha256` are those of the newest triwulan's return.
    """

    jenis: str
    indicator: Indicator
    source: Indicator
    year: int
    quarters: tuple[Quarter | None, Quarter | None, Quarter | None, Quarter | None]
    period: int | None
    realisasi_sd: Decimal | None
    last_period: int | None
    target: Target | None
    target_to_date: Decimal | None
    achievement: Achievement
    to_date: Achievement | None
    renstra: Achievement | None
    actuals: tuple[tuple[int, Decimal | None], ...]
    change: Decimal | None
    predikat: str
    symbol: str
    flags: tuple[str, ...]
    revision: int | None
    sha256: str

    @property
    def tw(self) -> tuple[Decimal | None, ...]:
        """Give the realisasi of TW I-IV."""
        return tuple(q.realisasi if q else None for q in self.quarters)

    @property
    def target_value(self) -> Decimal | None:
        """Give the year's target as a number."""
        return self.target.value if self.target else None

    @property
    def target_status(self) -> TargetStatus:
        """Give the status of the year's target; a year without one counts as blank."""
        return self.target.status if self.target else TargetStatus.KOSONG


@dataclass(frozen=True, slots=True)
class Consolidated:
    """One year of all indicators, in the register's order.

    `averages` are (unit, average) in the register's order; `as_of` is when the newest
    return of the year arrived (aware, UTC), None while nothing was accepted.
    """

    year: int
    rows: tuple[Row, ...]
    averages: tuple[tuple[str, Average], ...]
    as_of: datetime | None
    _by_unit: Mapping[str, tuple[Row, ...]] = field(init=False, repr=False, compare=False)
    _averages: Mapping[str, Average] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Build the look-ups once."""
        units: dict[str, list[Row]] = {}
        for row in self.rows:
            units.setdefault(row.indicator.unit, []).append(row)
        object.__setattr__(self, "_by_unit", {u: tuple(rows) for u, rows in units.items()})
        object.__setattr__(self, "_averages", dict(self.averages))

    def of_unit(self, unit: str) -> tuple[Row, ...]:
        """Give a unit's rows in the order of the document."""
        return self._by_unit.get(unit, ())

    def average(self, unit: str) -> Average | None:
        """Give a unit's average, None for a unit without indicators."""
        return self._averages.get(unit)

    def predikat_counts(self) -> Mapping[str, int]:
        """Count the rows per predikat; "-" counts those without one."""
        return Counter(row.predikat for row in self.rows)
