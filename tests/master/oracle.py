"""Compute the sheet `Data` again with fractions, straight from domain.md."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from workbook_tools.form.submission import Submission
from workbook_tools.registry.model import Indicator, Registry

Inputs = Mapping[str, Fraction | None]
Figures = tuple[str | int | Fraction | None, ...]


def data(registry: Registry, submissions: Sequence[Submission], year: int) -> list[Figures]:
    """Give the rows of `Data`, exact, in the order of the Contract's columns."""
    return [_row(registry, indicator, submissions, year) for indicator in registry.indicators]


def _row(
    registry: Registry, indicator: Indicator, submissions: Sequence[Submission], year: int
) -> Figures:
    asked = registry.indicator(indicator.mirrors) if indicator.mirrors else indicator
    assert asked is not None
    own = {s.period: s for s in submissions if s.unit == asked.unit and s.year == year}
    quarters: dict[int, Inputs] = {
        period: {
            key: None if value is None else Fraction(value)
            for (name, key), value in submission.values.items()
            if name == asked.id
        }
        for period, submission in sorted(own.items())
    }
    tw = [_one(indicator.method, quarters.get(period, {})) for period in (1, 2, 3, 4)]
    to_date = _to_date(indicator, asked, quarters)
    target = next((t for t in indicator.targets if t.year == year), None)
    value = None if target is None or target.value is None else Fraction(target.value)
    shown, status = _capaian(indicator, to_date, value, target.status if target else "kosong")
    newest = own[max(own)] if own else None
    position = registry.position(indicator.unit)
    assert position is not None
    return (
        position.jenis,
        indicator.unit,
        indicator.id,
        year,
        indicator.satuan,
        indicator.polarity.value,
        value,
        *tw,
        to_date,
        shown,
        _predikat(shown),
        status,
        newest.revision if newest else None,
        newest.sha256 if newest else "",
    )


def _one(method: str, given: Inputs) -> Fraction | None:
    if method == "rata_rata_pertumbuhan":
        prices = [given.get(key) for key in ("p0", "p1", "p2", "p3")]
        rates = _rates(prices)
        return sum(rates, Fraction()) / 3 if len(rates) == 3 else None
    a, b = given.get("a"), given.get("b")
    if method == "langsung":
        return a
    if a is None or b is None:
        return None
    top, bottom = {
        "rasio": (a, b),
        "pertumbuhan": (a - b, b),
        "pertumbuhan_per_n": (a - b, a),
    }[method]
    return None if bottom == 0 else 100 * top / bottom


def _rates(prices: Sequence[Fraction | None]) -> list[Fraction]:
    pairs = pairwise(prices)
    return [100 * (now - old) / old for old, now in pairs if old and now is not None]


def _to_date(
    indicator: Indicator, asked: Indicator, quarters: Mapping[int, Inputs]
) -> Fraction | None:
    method = indicator.method
    if method == "rata_rata_pertumbuhan":
        keys = ("p0", "p1", "p2", "p3")
        rates = [r for q in quarters.values() for r in _rates([q.get(k) for k in keys])]
        return sum(rates, Fraction()) / len(rates) if rates else None
    if method == "langsung":
        return _join(indicator.aggregation, [q.get("a") for q in quarters.values()])
    rules = {spec.key: spec.aggregation for spec in asked.inputs}
    joined = {k: _join(rules[k], [q.get(k) for q in quarters.values()]) for k in ("a", "b")}
    return _one(method, joined)


def _join(rule: str, values: Sequence[Fraction | None]) -> Fraction | None:
    known = [value for value in values if value is not None]
    if not known:
        return None
    if rule == "sum":
        return sum(known, Fraction())
    if rule == "last":
        return known[-1]
    return max(known) if rule == "max" else sum(known, Fraction()) / len(known)


def _capaian(
    indicator: Indicator, actual: Fraction | None, target: Fraction | None, state: str
) -> tuple[Fraction | None, str]:
    """Give the shown capaian and the status; only what the real register needs."""
    if target is None or state == "kosong":
        return None, "TIDAK_DINILAI"
    if state == "perlu konfirmasi":
        return None, "TARGET_PERLU_KONFIRMASI"
    if actual is None:
        return None, "BELUM_DIISI"
    if target == 0:
        return None, "TARGET_NOL"
    raw = 100 * actual / target
    if indicator.polarity == "minimize":
        raw = 100 * (2 * target - actual) / target
    shown = max(raw, Fraction())
    return Fraction(math.floor(shown * 100 + Fraction(1, 2)), 100), "OK"


def _predikat(shown: Fraction | None) -> str:
    if shown is None:
        return "-"
    bounds = ((91, "Sangat Tinggi"), (76, "Tinggi"), (66, "Sedang"), (51, "Rendah"))
    return next((word for bound, word in bounds if shown >= bound), "Sangat Rendah")
