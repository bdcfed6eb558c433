"""Turn deliveries into the units of the board with the state of each of their forms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from workbook_tools.board import words
from workbook_tools.board.facts import (
    BELUM,
    DITERIMA,
    DITOLAK,
    LEWAT,
    TERLAMBAT,
    TIDAK_TERBIT,
    Cell,
    Gathered,
    Return,
    Trend,
    Unit,
)
from workbook_tools.form.submission import Delivery
from workbook_tools.indicators.achievement import Average, band_of
from workbook_tools.indicators.period import due_date
from workbook_tools.master.figures import Consolidated
from workbook_tools.master.words import local
from workbook_tools.registry.model import TRIWULAN, Position, Registry, Rules

_NO_AVERAGE = Average(None, 0, 0)


def units_of(registry: Registry, gathered: Gathered) -> tuple[Unit, ...]:
    """Give every reporting unit of the year, in the register's order."""
    accepted = _accepted(gathered.returns)
    mine = {(d.unit, d.year, d.period): d for d in gathered.deliveries}
    mistakes: Counter[str] = Counter()
    for one in gathered.returns:
        if not one.is_accepted and one.year == gathered.year:
            mistakes[one.unit] += len(one.codes)
    found: list[Unit] = []
    for unit, filler in registry.reporting_units():
        cells = tuple(
            _cell(
                gathered,
                mine.get((unit, gathered.year, period)),
                newest=gathered.newest.get((filler, gathered.year, period)),
                accepted=accepted.get((filler, gathered.year, period), {}),
                due=due_date(gathered.year, period, day=registry.rules.due_day_unit),
                rules=registry.rules,
                period=period,
            )
            for period in TRIWULAN
        )
        position = registry.position(unit)
        other = registry.position(filler) if filler != unit else None
        average = _average(gathered, unit)
        band = band_of(average.mean, registry.rules.predikat_policy, scale=registry.rules.scale)
        found.append(
            Unit(
                id=unit,
                name=words.name(position.label if position else unit),
                filler="" if filler == unit else _filler(other, filler),
                cells=cells,
                late=sum(cell.late for cell in cells),
                errors=mistakes[unit],
                average=average,
                predikat=words.NOTHING if band is None else band.label,
                band=None if band is None else registry.rules.scale.index(band),
                trend=Trend(
                    tuple(words.tw(period) for period in TRIWULAN),
                    tuple(
                        _mean_after(cut, unit, period)
                        for period, cut in enumerate(gathered.cuts, start=1)
                    ),
                ),
                years=Trend(
                    tuple(str(year.year) for year in (*gathered.earlier, *gathered.cuts[-1:])),
                    tuple(
                        (year.average(unit) or _NO_AVERAGE).mean
                        for year in (*gathered.earlier, *gathered.cuts[-1:])
                    ),
                ),
            )
        )
    return tuple(found)


def _filler(position: Position | None, unit: str) -> str:
    """Name the form through which a unit is filled."""
    if position is not None and position.jenis == "IKU":
        return "formulir IKU"
    return words.name(position.label if position else unit)


def _mean_after(cut: Consolidated, unit: str, period: int) -> Decimal | None:
    """Give a unit's mean after a triwulan, None where it did not report that one."""
    if all(row.period != period for row in cut.of_unit(unit)):
        return None
    return (cut.average(unit) or _NO_AVERAGE).mean


def _average(gathered: Gathered, unit: str) -> Average:
    return (gathered.cuts[-1].average(unit) if gathered.cuts else None) or _NO_AVERAGE


def _accepted(
    returns: Iterable[Return],
) -> Mapping[tuple[str, int, int], Mapping[int | None, Return]]:
    found: dict[tuple[str, int, int], dict[int | None, Return]] = {}
    for one in returns:
        if one.is_accepted:
            found.setdefault((one.unit, one.year, one.period), {})[one.revision] = one
    return found


def _cell(
    gathered: Gathered,
    delivery: Delivery | None,
    *,
    newest: Return | None,
    accepted: Mapping[int | None, Return],
    due: date,
    rules: Rules,
    period: int,
) -> Cell:
    if delivery is None or (gathered.year, period) not in gathered.known:
        return Cell(period, TIDAK_TERBIT, None, 0, 0, None, False, None, due)  # noqa: FBT003
    received = delivery.received_at
    counting = accepted.get(delivery.revision) if delivery.status == DITERIMA else newest
    is_refused = newest is not None and not newest.is_accepted
    return Cell(
        period=period,
        state=state_of(delivery),
        at=None if received is None else local(received, rules).date(),
        late=delivery.late_days,
        errors=len(newest.codes) if newest is not None and is_refused else 0,
        revision=delivery.revision,
        is_revision_refused=delivery.status == DITERIMA and is_refused,
        href=None if counting is None else counting.href,
        due=due,
    )


def state_of(delivery: Delivery) -> str:
    """Give the state of a form that went out."""
    if delivery.status == DITERIMA:
        return TERLAMBAT if delivery.late_days else DITERIMA
    if delivery.status == DITOLAK:
        return DITOLAK
    return LEWAT if delivery.late_days else BELUM
