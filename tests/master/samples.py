"""Seeded years of submissions over a register, and deliveries that fit them."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal

from workbook_tools.form.submission import Delivery, Submission
from workbook_tools.registry.model import (
    TRIWULAN,
    Aggregation,
    Indicator,
    InputSpec,
    Method,
    Registry,
)


def a_year(
    registry: Registry, year: int, *, seed: int, periods: Sequence[int] = TRIWULAN
) -> list[Submission]:
    """Give a submission of every unit for each of the periods, some inputs left blank."""
    chance = random.Random(seed)
    return [
        _submission(registry, unit, (year, period), chance)
        for unit in registry.form_units()
        for period in periods
    ]


def deliveries(registry: Registry, submissions: Sequence[Submission], year: int) -> list[Delivery]:
    """Give the state of every unit and triwulan of a year."""
    known = {(s.unit, s.year, s.period): s for s in submissions}
    return [
        _delivery(registry, unit, (year, period), known.get((unit, year, period)))
        for unit in registry.form_units()
        for period in TRIWULAN
    ]


def _submission(
    registry: Registry, unit: str, when: tuple[int, int], chance: random.Random
) -> Submission:
    year, period = when
    values: dict[tuple[str, str], Decimal | None] = {}
    texts: dict[tuple[str, str], str] = {}
    for indicator in registry.of_unit(unit):
        if indicator.mirrors:
            continue
        for spec in indicator.inputs:
            is_blank = chance.random() < 0.08
            number = _number(indicator, spec, year, chance)
            values[indicator.id, spec.key] = None if is_blank else number
        if chance.random() < 0.3:
            texts[indicator.id, "penghambat"] = "Anggaran baru cair pada akhir triwulan"
    digest = hashlib.sha256(f"{unit} {year} {period}".encode()).hexdigest()
    return Submission(
        unit=unit,
        year=year,
        period=period,
        issue=1,
        revision=chance.randint(1, 3),
        sha256=digest,
        file=f"{unit}.xlsx",
        received_at=datetime(year, 3 * period, 28, 4, chance.randint(0, 59), tzinfo=UTC),
        values=values,
        texts=texts,
        people={},
        warnings=chance.randint(0, 2),
    )


def _number(indicator: Indicator, spec: InputSpec, year: int, chance: random.Random) -> Decimal:
    if indicator.method is Method.RATA_RATA_PERTUMBUHAN:
        return Decimal(chance.randint(9000, 12000))
    if indicator.method is not Method.LANGSUNG:
        return Decimal(
            chance.choice([0, *range(50, 500)]) if spec.key == "b" else chance.randint(0, 500)
        )
    target = indicator.target(year)
    base = float(target.value) if target and target.value is not None else 10.0
    share = 4 if indicator.aggregation is Aggregation.SUM else 1
    return Decimal(str(round(base / share * chance.uniform(0, 1.6), spec.decimals)))


def _delivery(
    registry: Registry, unit: str, when: tuple[int, int], submission: Submission | None
) -> Delivery:
    position = registry.position(unit)
    return Delivery(
        unit=unit,
        name=position.label if position else unit,
        year=when[0],
        period=when[1],
        status="diterima" if submission else "belum",
        received_at=submission.received_at if submission else None,
        revision=submission.revision if submission else None,
        late_days=0 if submission else 3,
        errors=0,
        warnings=submission.warnings if submission else 0,
    )
