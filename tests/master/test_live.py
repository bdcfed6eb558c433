"""What the core says of a figure is what the live cell says."""

from __future__ import annotations

from decimal import Decimal

import pytest

from workbook_tools.master import live
from workbook_tools.registry.model import Polarity


@pytest.mark.parametrize(
    ("change", "polarity", "said"),
    [
        ("5", Polarity.MAXIMIZE, "▲ Naik, membaik"),
        ("5", Polarity.MINIMIZE, "▲ Naik, memburuk"),
        ("-5", Polarity.MINIMIZE, "▼ Turun, membaik"),
        ("-5", Polarity.STABILIZE, "▼ Turun"),
        ("0.004", Polarity.MAXIMIZE, "■ Tetap"),
        (None, Polarity.MAXIMIZE, "– Belum dapat dibandingkan"),
    ],
)
def test_a_direction_says_whether_it_is_good(
    change: str | None, polarity: Polarity, said: str
) -> None:
    assert live.direction(None if change is None else Decimal(change), polarity) == said


@pytest.mark.parametrize(
    ("values", "drawn"),
    [
        ((1, 2, 3, 4), "▃▅▆█"),
        ((0, 0, None, 0), "▁▁·▁"),
        ((None, None, None, None), "····"),
        ((-1, 0, 1, None), "▁▅█·"),
    ],
)
def test_a_pattern_draws_figures_from_zero(values: tuple[int | None, ...], drawn: str) -> None:
    assert live.pattern([None if v is None else Decimal(v) for v in values]) == drawn


def test_a_number_is_said_with_a_comma_and_two_decimals() -> None:
    assert live.said(Decimal("1234.005")) == "1234,01"
