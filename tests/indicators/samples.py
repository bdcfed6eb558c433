"""Small indicators for tests, with every part that a test does not name left plain."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from workbook_tools.registry.model import (
    METHOD_KEYS,
    Aggregation,
    Frequency,
    Indicator,
    InputSpec,
    Kind,
    Method,
    Polarity,
    Target,
)


def inputs(
    method: Method, aggregations: Mapping[str, Aggregation] | None = None
) -> tuple[InputSpec, ...]:
    """Give a method's inputs, each `last` unless named."""
    rules = aggregations or {}
    return tuple(
        InputSpec(
            indicator="x/01",
            key=key,
            label=key,
            unit="unit",
            kind=Kind.COUNT,
            decimals=0,
            aggregation=rules.get(key, Aggregation.LAST),
        )
        for key in METHOD_KEYS[method]
    )


def indicator(
    *,
    method: Method = Method.LANGSUNG,
    aggregation: Aggregation = Aggregation.SUM,
    polarity: Polarity = Polarity.MAXIMIZE,
    worst: Decimal | None = None,
    targets: tuple[Target, ...] = (),
) -> Indicator:
    """Give an indicator of which only the rules matter."""
    return Indicator(
        id="x/01",
        unit="x",
        number="1",
        sasaran="",
        indikator="",
        penjelasan="",
        sumber_data="",
        satuan="unit",
        polarity=polarity,
        method=method,
        aggregation=aggregation,
        kind=Kind.COUNT,
        decimals=0,
        frequency=Frequency.TRIWULAN,
        minimum=None,
        maximum=None,
        worst=worst,
        mirrors=None,
        note="",
        inputs=inputs(method),
        targets=targets,
    )
