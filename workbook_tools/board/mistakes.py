"""Turn refused returns into errors per code and per unit over time, and say what stands out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from workbook_tools.board import words
from workbook_tools.board.facts import Gathered, Mistakes, Period, Return, Tally
from workbook_tools.problems.catalogue import CATALOGUE
from workbook_tools.registry.model import Registry

MOST_PERIODS = 8
MOST_ROWS = 15


def mistakes_of(registry: Registry, gathered: Gathered) -> Mistakes:
    """Count the errors of refused returns per triwulan, code and unit."""
    periods = tuple(sorted({(r.year, r.period) for r in gathered.returns}))[-MOST_PERIODS:]
    refused = [
        r for r in gathered.returns if not r.is_accepted and (r.year, r.period) in set(periods)
    ]
    labels = _labels(periods)
    by_code = _tallies(
        [(code, r) for r in refused for code in r.codes],
        periods,
        names={code: entry.name for code, entry in CATALOGUE.items()},
    )
    units = {p.id: words.name(p.label) for p in registry.positions}
    by_unit = _tallies([(r.unit, r) for r in refused for _ in r.codes], periods, names=units)
    totals = tuple(
        sum(len(r.codes) for r in refused if (r.year, r.period) == period) for period in periods
    )
    return Mistakes(
        periods=labels,
        totals=totals,
        codes=by_code[:MOST_ROWS],
        units=by_unit[:MOST_ROWS],
        finding=_over_time(labels, totals),
        finding_codes=_per_code(by_code),
        finding_units=_per_unit(by_unit, len(registry.form_units())),
        is_one_year=_is_one_year(periods),
    )


def _is_one_year(periods: Sequence[Period]) -> bool:
    """Tell whether the page's own year is all that has to be said."""
    return len({year for year, _ in periods}) <= 1


def _labels(periods: Sequence[Period]) -> tuple[str, ...]:
    """Name the triwulan, with their year where there are several."""
    if _is_one_year(periods):
        return tuple(words.tw(period) for _, period in periods)
    return tuple(f"{words.tw(period)} {year}" for year, period in periods)


def _tallies(
    found: Sequence[tuple[str, Return]], periods: Sequence[Period], *, names: Mapping[str, str]
) -> tuple[Tally, ...]:
    """Count what was found per key and period, the most frequent first."""
    counted = Counter((key, r.year, r.period) for key, r in found)
    who: dict[str, set[str]] = {}
    for key, r in found:
        who.setdefault(key, set()).add(r.unit)
    tallies = [
        Tally(
            key,
            names.get(key, key),
            tuple(counted[key, year, period] for year, period in periods),
            len(units),
        )
        for key, units in who.items()
    ]
    return tuple(sorted(tallies, key=lambda tally: (-tally.total, tally.key)))


def _over_time(labels: Sequence[str], totals: Sequence[int]) -> str:
    if not any(totals):
        return "Belum ada kiriman yang ditolak karena kesalahan isian."
    most = max(totals)
    said = f"{sum(totals)} kesalahan ditemukan; terbanyak pada {labels[totals.index(most)]} ({most}"
    if totals[-1] == most:
        return f"{said})."
    return f"{said}), pada {labels[-1]} tinggal {totals[-1]}."


def _per_code(codes: Sequence[Tally]) -> str:
    if not codes:
        return ""
    first = codes[0]
    return (
        f"Yang paling sering: {first.name.lower()} ({first.key}), {first.total} kali di "
        f"{first.units} unit."
    )


def _per_unit(units: Sequence[Tally], forms: int) -> str:
    if not units:
        return ""
    first = units[0]
    clean = max(0, forms - len(units))
    return (
        f"Terbanyak pada {first.name} ({first.total}); {clean} dari {forms} unit belum pernah "
        "ditolak karena kesalahan isian."
    )
