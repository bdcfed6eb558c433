"""Turn a form's inputs into realisasi, per triwulan, to date and over the Renstra.

domain.md sections 2 and 3. A blank is never 0 and never carried: a triwulan has a realisasi
only when all inputs of the method are there and no denominator is 0. To date, each input is
joined by its own rule over the triwulan in which it is known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from itertools import pairwise

from workbook_tools.indicators.achievement import (
    ARITHMETIC,
    HUNDRED,
    Achievement,
    achievement,
    achievement_of,
)
from workbook_tools.registry.model import (
    METHOD_KEYS,
    Aggregation,
    Indicator,
    InputSpec,
    Method,
    Polarity,
    Rules,
    Target,
    TargetStatus,
)

DENOMINATORS: dict[Method, tuple[str, ...]] = {
    Method.LANGSUNG: (),
    Method.RASIO: ("b",),
    Method.PERTUMBUHAN: ("b",),
    Method.PERTUMBUHAN_PER_N: ("a",),
    Method.RATA_RATA_PERTUMBUHAN: ("p0", "p1", "p2"),
}
"""The inputs each method divides by."""


@dataclass(frozen=True, slots=True)
class ToDate:
    """The realisasi to date and the last triwulan it stands on (None: nothing reported).

    `is_stale` marks an end-of-period figure kept from an earlier triwulan: `DATA_TERAKHIR`;
    `triwulan` is then that of the oldest such figure.
    """

    value: Decimal | None
    triwulan: int | None
    is_stale: bool


def zero_denominators(method: Method, inputs: Mapping[str, Decimal | None]) -> tuple[str, ...]:
    """Name the inputs that are 0 where the method divides by them (problem N05)."""
    return tuple(key for key in DENOMINATORS[method] if inputs.get(key) == 0)


def realisasi(method: Method, inputs: Mapping[str, Decimal | None]) -> Decimal | None:
    """Compute one triwulan's realisasi; None when an input is missing or a denominator 0."""
    values = {key: inputs.get(key) for key in METHOD_KEYS[method]}
    known = {key: value for key, value in values.items() if value is not None}
    if len(known) < len(values) or zero_denominators(method, known):
        return None
    with localcontext(ARITHMETIC):
        if method is Method.RATA_RATA_PERTUMBUHAN:
            return _mean(monthly_rates(known))
        return _combine(method, known)


def monthly_rates(inputs: Mapping[str, Decimal | None]) -> tuple[Decimal, ...]:
    """Give the monthly growth rates in percent that a triwulan's known prices allow."""
    prices = [inputs.get(key) for key in METHOD_KEYS[Method.RATA_RATA_PERTUMBUHAN]]
    with localcontext(ARITHMETIC):
        return tuple(
            HUNDRED * (now - before) / before
            for before, now in pairwise(prices)
            if before is not None and now is not None and before != 0
        )


def aggregate(aggregation: Aggregation, values: Sequence[Decimal]) -> Decimal | None:
    """Join the reported triwulan into one figure; None where nothing was reported."""
    if not values:
        return None
    with localcontext(ARITHMETIC):
        match aggregation:
            case Aggregation.SUM:
                return sum(values, Decimal(0))
            case Aggregation.LAST:
                return values[-1]
            case Aggregation.AVERAGE:
                return _mean(values)
            case Aggregation.MAX:
                return max(values)


Quarters = Sequence[Mapping[str, Decimal | None] | None]
"""The inputs per triwulan from TW I on; None where nothing was sent."""


def joined_inputs(
    indicator: Indicator, inputs: Sequence[InputSpec], quarters: Quarters
) -> dict[str, Decimal | None]:
    """Join each input over its own known triwulan by its own rule (domain.md section 3).

    A triwulan in which one input of a ratio is not known still brings the other one in.
    """
    return {
        key: aggregate(rule, [value for _, value in _known(quarters, key)])
        for key, rule in _rules(indicator, inputs).items()
    }


def to_date(indicator: Indicator, inputs: Sequence[InputSpec], quarters: Quarters) -> ToDate:
    """Compute the realisasi from TW I to the last of `quarters`.

    `inputs` are the source's where the indicator mirrors another; method and direct
    aggregation are the indicator's own.
    """
    if indicator.method is Method.RATA_RATA_PERTUMBUHAN:
        return _price_to_date(quarters)
    value = realisasi(indicator.method, joined_inputs(indicator, inputs, quarters))
    if value is None:
        return ToDate(None, None, is_stale=False)
    rules = _rules(indicator, inputs)
    newest = {key: _known(quarters, key)[-1][0] for key in rules}
    oldest_position = min(
        (newest[key] for key, rule in rules.items() if rule is Aggregation.LAST),
        default=len(quarters),
    )
    is_stale = oldest_position < len(quarters)
    return ToDate(value, oldest_position if is_stale else max(newest.values()), is_stale)


def _known(quarters: Quarters, key: str) -> list[tuple[int, Decimal]]:
    """Give (triwulan, value) of one input wherever it is known."""
    return [
        (number, value)
        for number, quarter in enumerate(quarters, start=1)
        if quarter is not None and (value := quarter.get(key)) is not None
    ]


def target_to_date(
    aggregation: Aggregation, tw_targets: Sequence[Decimal | None], period: int
) -> Decimal | None:
    """Give the target to date; None where the register has no targets per triwulan."""
    known = [value for value in tw_targets if value is not None]
    if len(known) < len(tw_targets):
        return None
    return aggregate(aggregation, known[:period])


def accumulates(indicator: Indicator) -> bool:
    """Tell whether years add up: plain sums do, percentages never."""
    return indicator.aggregation is Aggregation.SUM and indicator.method is Method.LANGSUNG


def renstra(
    indicator: Indicator, *, year: int, actuals: Mapping[int, Decimal | None], rules: Rules
) -> Achievement:
    """Compare what is reached at `year` with the Renstra's end target.

    `actuals` maps a year to its realisasi. Sums compare the known years up to `year`
    with all years' targets together, everything else this year's with the last target.
    One unconfirmed or blank target makes the sum of targets unusable.
    """
    targets = indicator.targets
    if not targets:
        return achievement_of(indicator, None, target=None, rules=rules)
    if not accumulates(indicator):
        return achievement_of(indicator, actuals.get(year), target=targets[-1], rules=rules)
    known = [
        value
        for target in targets
        if target.year <= year and (value := actuals.get(target.year)) is not None
    ]
    high = _total([target.value for target in targets])
    low = _total([target.low for target in targets])
    return achievement(
        aggregate(Aggregation.SUM, known),
        (low, high) if indicator.polarity is Polarity.RANGE else high,
        polarity=indicator.polarity,
        worst=indicator.worst,
        target_status=_worst_status(targets),
        floor=rules.floor,
        cap_report=rules.cap_report,
        min_variant=rules.min_variant,
    )


def change(this: Decimal | None, before: Decimal | None) -> Decimal | None:
    """Give the change against the year before in percent; None where that is missing or 0."""
    if this is None or before is None or before == 0:
        return None
    with localcontext(ARITHMETIC):
        return HUNDRED * (this - before) / abs(before)


def _rules(indicator: Indicator, inputs: Sequence[InputSpec]) -> dict[str, Aggregation]:
    if indicator.method is Method.LANGSUNG:
        return {"a": indicator.aggregation}
    own = {spec.key: spec.aggregation for spec in inputs}
    return {key: own[key] for key in METHOD_KEYS[indicator.method]}


def _combine(method: Method, known: Mapping[str, Decimal]) -> Decimal:
    a = known["a"]
    if method is Method.LANGSUNG:
        return a
    b = known["b"]
    if method is Method.RASIO:
        return HUNDRED * a / b
    return HUNDRED * (a - b) / (b if method is Method.PERTUMBUHAN else a)


def _price_to_date(quarters: Sequence[Mapping[str, Decimal | None] | None]) -> ToDate:
    rates = [monthly_rates(quarter) if quarter else () for quarter in quarters]
    latest = max((n for n, known in enumerate(rates, start=1) if known), default=None)
    every = [rate for known in rates for rate in known]
    return ToDate(aggregate(Aggregation.AVERAGE, every), latest, is_stale=False)


def _mean(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0)) / len(values)


def _total(values: Sequence[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return aggregate(Aggregation.SUM, known) if len(known) == len(values) else None


def _worst_status(targets: Sequence[Target]) -> TargetStatus:
    statuses = {target.status for target in targets}
    for status in (TargetStatus.KOSONG, TargetStatus.PERLU_KONFIRMASI):
        if status in statuses:
            return status
    return TargetStatus.OK
