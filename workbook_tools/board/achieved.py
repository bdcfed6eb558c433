"""Turn measured years into the indicators of the board, their trends and what stands out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from workbook_tools.board import words
from workbook_tools.board.facts import Gathered, Measure, Trend, Unit
from workbook_tools.indicators.achievement import HUNDRED, OK, band_of
from workbook_tools.master.figures import Row
from workbook_tools.master.words import STATUS_WORDS
from workbook_tools.registry.model import TRIWULAN, Polarity, Registry


def measures_of(registry: Registry, gathered: Gathered) -> tuple[Measure, ...]:
    """Give every indicator of the year, in the register's order."""
    if not gathered.cuts:
        return ()
    cuts = [{row.indicator.id: row for row in cut.rows} for cut in gathered.cuts]
    years = [*gathered.earlier, gathered.cuts[-1]]
    by_year = [{row.indicator.id: row for row in year.rows} for year in years]
    labels = tuple(words.tw(period) for period in TRIWULAN)
    return tuple(
        _measure(
            registry,
            row,
            trend=Trend(labels, _to_date(cuts, row)),
            years=Trend(tuple(str(year.year) for year in years), _capaian(by_year, row)),
        )
        for row in gathered.cuts[-1].rows
    )


def _capaian(frames: Sequence[dict[str, Row]], row: Row) -> tuple[Decimal | None, ...]:
    found = (frame.get(row.indicator.id) for frame in frames)
    return tuple(None if one is None else one.achievement.shown for one in found)


def _to_date(cuts: Sequence[dict[str, Row]], row: Row) -> tuple[Decimal | None, ...]:
    """Give the capaian after each triwulan that was reported; another one says nothing."""
    found = [cut.get(row.indicator.id) for cut in cuts]
    return tuple(
        one.achievement.shown if one is not None and one.period == period else None
        for period, one in enumerate(found, start=1)
    )


def _measure(registry: Registry, row: Row, *, trend: Trend, years: Trend) -> Measure:
    rules = registry.rules
    position = registry.position(row.indicator.unit)
    shown = row.achievement.shown
    band = band_of(shown, rules.predikat_policy, scale=rules.scale)
    status = row.achievement.status
    return Measure(
        id=row.indicator.id,
        name=words.text(row.indicator.indikator) or row.indicator.id,
        unit=row.indicator.unit,
        unit_name=words.name(position.label if position else row.indicator.unit),
        is_iku=row.jenis == "IKU",
        satuan=words.unit(row.indicator.satuan),
        target=_target(row),
        actual=words.quantity(row.realisasi_sd),
        capaian=shown,
        predikat=words.NOTHING if band is None else band.label,
        band=None if band is None else rules.scale.index(band),
        note="" if status == OK else STATUS_WORDS[status],
        trend=trend,
        years=years,
    )


def _target(row: Row) -> str:
    target = row.target
    if target is None:
        return words.NOTHING
    if row.indicator.polarity is Polarity.RANGE and target.low is not None:
        return f"{words.quantity(target.low)}-{words.quantity(target.value)}"
    return words.quantity(target.value)


def finding_iku(iku: Sequence[Measure]) -> str:
    """Say how many IKU have reached their target, and which is the furthest from it."""
    known = [(m.capaian, m) for m in iku if m.capaian is not None]
    if not known:
        return "Belum ada IKU yang dapat dinilai." if iku else "Registri belum memuat IKU."
    reached = sum(1 for capaian, _ in known if capaian >= HUNDRED)
    lowest = min(known, key=lambda pair: pair[0])
    count = reached or "Belum satu pun"
    said = f"{count} dari {len(known)} IKU yang dapat dinilai mencapai targetnya"
    return f"{said}; yang terendah {lowest[1].name} ({words.percent(lowest[0])} %)."


def finding_units(units: Sequence[Unit]) -> str:
    """Say which unit stands highest and lowest, and how many are below 100."""
    known = [(u.average.mean, u.name) for u in units if u.average.mean is not None]
    if not known:
        return "Belum ada unit yang capaiannya dapat dinilai."
    below = sum(1 for mean, _ in known if mean < HUNDRED)
    high, low = max(known, key=lambda one: one[0]), min(known, key=lambda one: one[0])
    if len(known) == 1:
        return f"Satu unit dapat dinilai: {high[1]} ({words.percent(high[0])} %)."
    return (
        f"{below} dari {len(known)} unit rata-ratanya di bawah 100 %; tertinggi {high[1]} "
        f"({words.percent(high[0])} %), terendah {low[1]} ({words.percent(low[0])} %)."
    )
