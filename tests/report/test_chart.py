"""Draw charts: the same figures give the same picture, whatever they are."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import pytest
from PIL import Image

from workbook_tools.report.chart import draw_chart
from workbook_tools.report.content import Bar, BarChart, YearChart, YearPair


def bars(*values: str | None) -> BarChart:
    return BarChart(
        tuple(
            Bar(f"{n}. Indikator", None if v is None else Decimal(v), f"{v} %", "1B7837")
            for n, v in enumerate(values, start=1)
        )
    )


def years(*pairs: tuple[str | None, str | None]) -> YearChart:
    made = (
        YearPair(
            2018 + n,
            None if target is None else Decimal(target),
            str(target),
            None if actual is None else Decimal(actual),
            str(actual),
        )
        for n, (target, actual) in enumerate(pairs)
    )
    return YearChart("persen", tuple(made))


def pixels(chart: BarChart | YearChart, colour: tuple[int, int, int]) -> int:
    """Count the pixels of a colour, or very near it, in a drawn chart."""
    image = Image.open(BytesIO(draw_chart(chart))).convert("RGB")
    counted = image.getcolors(maxcolors=1 << 20)
    assert counted is not None
    near = [
        number
        for number, value in counted
        if isinstance(value, tuple)
        and all(abs(a - b) <= 12 for a, b in zip(value, colour, strict=True))
    ]
    return sum(near)


GREEN, BLUE = (0x1B, 0x78, 0x37), (0x1F, 0x4E, 0x79)


def test_a_bar_is_as_long_as_its_value() -> None:
    half, whole = pixels(bars("50", "0"), GREEN), pixels(bars("100", "0"), GREEN)
    assert whole == pytest.approx(2 * half, rel=0.02)


def test_a_value_far_beyond_the_scale_leaves_the_others_their_length() -> None:
    beyond = pixels(bars("100", "23427.99"), GREEN) - pixels(bars("0", "23427.99"), GREEN)
    at_its_end = pixels(bars("100", "200"), GREEN) - pixels(bars("0", "200"), GREEN)
    assert beyond == pytest.approx(at_its_end, rel=0.02)


def test_a_column_is_as_high_as_its_value() -> None:
    half = pixels(years(("100", "50")), BLUE)
    whole = pixels(years(("100", "100")), BLUE)
    legend = pixels(years(("100", None)), BLUE)
    assert whole - legend == pytest.approx(2 * (half - legend), rel=0.02)


@pytest.mark.parametrize(
    "chart",
    [
        bars(None),
        bars("0"),
        bars("-40", None, "1E+30"),
        years(("0", "0")),
        years((None, None), ("0", None)),
        years(("-5", "-10"), ("5", "10")),
        years(("1E-9", "1E+15")),
    ],
)
def test_odd_figures_give_a_picture_of_full_width(chart: BarChart | YearChart) -> None:
    image = Image.open(BytesIO(draw_chart(chart)))
    assert (image.format, image.width) == ("PNG", 1650)


def test_equal_figures_give_equal_bytes() -> None:
    assert draw_chart(bars("50", None)) == draw_chart(bars("50", None))
