"""Turn accepted submissions into one row per indicator: realisasi, capaian, predikat."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pandas as pd

from workbook_tools.indicators import measure
from workbook_tools.indicators.achievement import (
    DI_ANTARA_BATAS,
    Achievement,
    Average,
    achievement,
    achievement_of,
    average,
    between_bounds,
    classify,
    symbol,
)
from workbook_tools.master.layout import DATA_COLUMNS
from workbook_tools.registry.model import (
    METHOD_KEYS,
    TRIWULAN,
    Indicator,
    Polarity,
    Registry,
    Rules,
    Target,
    TargetStatus,
)

if TYPE_CHECKING:
    from workbook_tools.form.submission import Submission

DATA_TERAKHIR = "DATA_TERAKHIR"

_Index = Mapping[tuple[str, int, int], "Submission"]
_DTYPES = {
    "tahun": "int64",
    "target": "float64",
    "tw1": "float64",
    "tw2": "float64",
    "tw3": "float64",
    "tw4": "float64",
    "realisasi_sd": "float64",
    "capaian": "float64",
    "revisi": "Int64",
}


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

    def of_unit(self, unit: str) -> tuple[Row, ...]:
        """Give a unit's rows in the order of the document."""
        return tuple(row for row in self.rows if row.indicator.unit == unit)

    def average(self, unit: str) -> Average | None:
        """Give a unit's average, None for a unit without indicators."""
        return dict(self.averages).get(unit)

    def predikat_counts(self) -> Mapping[str, int]:
        """Count the rows per predikat; "-" counts those without one."""
        return Counter(row.predikat for row in self.rows)


def consolidate(registry: Registry, submissions: Sequence[Submission], year: int) -> Consolidated:
    """Measure every indicator of a year from the submissions that count, of all years.

    `submissions` holds at most one per unit, year and triwulan; their order is of no
    account. An indicator that mirrors another computes with its own formula from the
    inputs of that other.
    """
    index: _Index = {(s.unit, s.year, s.period): s for s in submissions}
    rows = tuple(_row(registry, indicator, index, year=year) for indicator in registry.indicators)
    received = [s.received_at for s in submissions if s.year == year]
    return Consolidated(
        year=year,
        rows=rows,
        averages=_averages(registry, rows),
        as_of=max(received, default=None),
    )


def data_frame(consolidated: Consolidated) -> pd.DataFrame:
    """Give the sheet `Data` as a frame, one row per indicator, blank as NaN or NA.

    Columns and dtypes: jenis, unit, indikator, satuan, polaritas, predikat, status,
    berkas_sha256 str; tahun int64; target, tw1..tw4, realisasi_sd (in `satuan`) and
    capaian (percent, shown) float64; revisi Int64.
    """
    records = [_record(row) for row in consolidated.rows]
    return pd.DataFrame(records, columns=list(DATA_COLUMNS)).astype(_DTYPES)


def _record(row: Row) -> tuple[str | int | Decimal | None, ...]:
    return (
        row.jenis,
        row.indicator.unit,
        row.indicator.id,
        row.year,
        row.indicator.satuan,
        str(row.indicator.polarity),
        row.target_value,
        *row.tw,
        row.realisasi_sd,
        row.achievement.shown,
        row.predikat,
        row.achievement.status,
        row.revision,
        row.sha256,
    )


def _row(registry: Registry, indicator: Indicator, index: _Index, *, year: int) -> Row:
    source = registry.source(indicator)
    rules = registry.rules
    quarters = _quarters(indicator, source, index, year=year)
    accepted = [q.period for q in quarters if q]
    period = max(accepted, default=None)
    newest = index[source.unit, year, period] if period else None
    reached = _to_date(indicator, source, quarters)
    target = indicator.target(year)
    target_sd = _target_to_date(indicator, target, period)
    compared = achievement_of(indicator, reached.value, target=target, rules=rules)
    actuals = _earlier(indicator, source, index, registry, year=year)
    known = dict(actuals) | {year: reached.value}
    position = registry.position(indicator.unit)
    return Row(
        jenis=position.jenis if position else "",
        indicator=indicator,
        source=source,
        year=year,
        quarters=quarters,
        period=period,
        realisasi_sd=reached.value,
        last_period=reached.triwulan,
        target=target,
        target_to_date=target_sd,
        achievement=compared,
        to_date=_achieved_to_date(indicator, reached.value, target, target_sd, rules),
        renstra=(
            measure.renstra(indicator, year=year, actuals=known, rules=rules)
            if year in registry.years
            else None
        ),
        actuals=actuals,
        change=measure.change(reached.value, known.get(year - 1)),
        predikat=classify(compared.shown, rules.predikat_policy, scale=rules.scale),
        symbol=symbol(compared.shown, rules.predikat_policy, scale=rules.scale),
        flags=_flags(compared, rules, reached),
        revision=newest.revision if newest else None,
        sha256=newest.sha256 if newest else "",
    )


def _quarters(
    indicator: Indicator, source: Indicator, index: _Index, *, year: int
) -> tuple[Quarter | None, Quarter | None, Quarter | None, Quarter | None]:
    first, second, third, fourth = (
        _quarter(indicator, source, index.get((source.unit, year, period))) for period in TRIWULAN
    )
    return first, second, third, fourth


def _quarter(
    indicator: Indicator, source: Indicator, submission: Submission | None
) -> Quarter | None:
    if submission is None:
        return None
    inputs = {key: submission.values.get((source.id, key)) for key in METHOD_KEYS[indicator.method]}
    texts = () if indicator.mirrors else _texts(indicator, submission)
    return Quarter(
        period=submission.period,
        inputs=tuple(inputs.items()),
        realisasi=measure.realisasi(indicator.method, inputs),
        texts=texts,
    )


def _texts(indicator: Indicator, submission: Submission) -> tuple[tuple[str, str], ...]:
    return tuple(
        sorted(
            (field, text)
            for (owner, field), text in submission.texts.items()
            if owner == indicator.id
        )
    )


def _to_date(
    indicator: Indicator, source: Indicator, quarters: Sequence[Quarter | None]
) -> measure.ToDate:
    """Join the triwulan up to the newest accepted one; later ones say nothing yet."""
    last = max((q.period for q in quarters if q), default=0)
    return measure.to_date(
        indicator, source.inputs, [dict(q.inputs) if q else None for q in quarters[:last]]
    )


def _earlier(
    indicator: Indicator, source: Indicator, index: _Index, registry: Registry, *, year: int
) -> tuple[tuple[int, Decimal | None], ...]:
    years = sorted({y for y in registry.years if y < year} | {year - 1})
    return tuple(
        (y, _to_date(indicator, source, _quarters(indicator, source, index, year=y)).value)
        for y in years
    )


def _target_to_date(
    indicator: Indicator, target: Target | None, period: int | None
) -> Decimal | None:
    if target is None or period is None or indicator.polarity is Polarity.RANGE:
        return None
    return measure.target_to_date(indicator.aggregation, target.tw, period)


def _achieved_to_date(
    indicator: Indicator,
    actual: Decimal | None,
    target: Target | None,
    target_sd: Decimal | None,
    rules: Rules,
) -> Achievement | None:
    if target is None or target_sd is None:
        return None
    return achievement(
        actual,
        target_sd,
        polarity=indicator.polarity,
        worst=indicator.worst,
        target_status=target.status,
        floor=rules.floor,
        cap_report=rules.cap_report,
        min_variant=rules.min_variant,
    )


def _flags(compared: Achievement, rules: Rules, reached: measure.ToDate) -> tuple[str, ...]:
    flags = list(compared.flags)
    if between_bounds(compared.shown, scale=rules.scale):
        flags.append(DI_ANTARA_BATAS)
    if reached.is_stale:
        flags.append(DATA_TERAKHIR)
    return tuple(flags)


def _averages(registry: Registry, rows: Sequence[Row]) -> tuple[tuple[str, Average], ...]:
    shown: dict[str, list[Decimal | None]] = {}
    for row in rows:
        shown.setdefault(row.indicator.unit, []).append(row.achievement.shown)
    cap = registry.rules.cap_average
    return tuple((unit, average(values, cap)) for unit, values in shown.items())
