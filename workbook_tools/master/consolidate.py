"""Turn accepted submissions into one row per indicator: realisasi, capaian, predikat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from workbook_tools.form.submission import Submission
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
from workbook_tools.master.figures import DATA_TERAKHIR, Consolidated, Quarter, Row
from workbook_tools.registry.model import (
    METHOD_KEYS,
    TRIWULAN,
    Indicator,
    Polarity,
    Registry,
    Rules,
    Target,
)

DATA_COLUMNS = (
    "jenis",
    "unit",
    "indikator",
    "tahun",
    "satuan",
    "polaritas",
    "target",
    "tw1",
    "tw2",
    "tw3",
    "tw4",
    "realisasi_sd",
    "capaian",
    "predikat",
    "status",
    "revisi",
    "berkas_sha256",
)
"""The columns of the sheet `Data`, fixed by the Contract (design.md section 6)."""

if TYPE_CHECKING:
    import pandas as pd

_Index = Mapping[tuple[str, int, int], Submission]
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


def consolidate(registry: Registry, submissions: Sequence[Submission], year: int) -> Consolidated:
    """Measure every indicator of a year from the submissions that count, of all years.

    `submissions` holds at most one per unit, year and triwulan; their order is of no
    account. An indicator that mirrors another computes with its own formula from the
    inputs of that other.
    """
    index: _Index = {(s.unit, s.year, s.period): s for s in submissions}
    rows = tuple(
        measured(registry, indicator, index, year=year) for indicator in registry.indicators
    )
    return brought_together(registry, rows, submissions, year=year)


def brought_together(
    registry: Registry, rows: tuple[Row, ...], submissions: Sequence[Submission], *, year: int
) -> Consolidated:
    """Give the measured rows of a year, in the register's order, with their averages."""
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
    import pandas as pd  # noqa: PLC0415 - a second that a master needs not

    records = [record(row) for row in consolidated.rows]
    return pd.DataFrame(records, columns=list(DATA_COLUMNS)).astype(_DTYPES)


def record(row: Row) -> tuple[str | int | Decimal | None, ...]:
    """Give one row of the sheet `Data`, exact, in the order of `DATA_COLUMNS`."""
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


def measured(registry: Registry, indicator: Indicator, index: _Index, *, year: int) -> Row:
    """Measure one indicator of a year from the returns of the unit whose form asks it."""
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
    return tuple((y, _reached(indicator, source, index, year=y)) for y in years)


def _reached(
    indicator: Indicator, source: Indicator, index: _Index, *, year: int
) -> Decimal | None:
    """Give the realisasi of an earlier year; of most years nothing was ever sent."""
    if not any((source.unit, year, period) in index for period in TRIWULAN):
        return None
    return _to_date(indicator, source, _quarters(indicator, source, index, year=year)).value


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
