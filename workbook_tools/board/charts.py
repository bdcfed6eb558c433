"""Turn numbers into the geometry of small SVG charts, drawn by the templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

SPARK_WIDTH, SPARK_HEIGHT = 72, 28
SPARK_TOP = Decimal(150)
"""Capaian above this (percent) is drawn at the upper edge; its text says the figure."""
_EDGE = 3
COLUMN_WIDTH, COLUMN_HEIGHT = 9, 20
_YEAR = 4  # digits


@dataclass(frozen=True, slots=True)
class Column:
    """One upright bar, `x` and `y` its upper left corner."""

    x: int
    y: int
    width: int
    height: int
    value: int
    label: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """Give the label with its year, where it has one, on a line of its own: TW I, 2020."""
        first, year = self.label[:-_YEAR], self.label[-_YEAR:]
        return (first.rstrip(), year) if year.isdecimal() else (self.label,)


def spark(values: Sequence[Decimal | None]) -> str:
    """Give the path through what is known, "" where nothing is.

    A gap stays a gap, and a value that stands alone is a dot; the style sheet marks the last
    point and draws the line of 100 percent.
    """
    last = len(values) - 1
    path, pen_is_down = "", False
    for place, value in enumerate(values):
        if value is None:
            pen_is_down = False
            continue
        point = f"{_across(place, last)} {_height(value)}"
        path += f"L{point}" if pen_is_down else f"M{point}h0"
        pen_is_down = True
    return path


def _across(place: int, last: int) -> int:
    span = SPARK_WIDTH - 2 * _EDGE
    return _EDGE + (span * place // last if last else span // 2)


def _height(value: Decimal) -> int:
    share = min(max(value, Decimal(0)), SPARK_TOP) / SPARK_TOP
    return SPARK_HEIGHT - _EDGE - int((SPARK_HEIGHT - 2 * _EDGE) * share)


def mini_columns(counts: Sequence[int], top: int) -> tuple[Column, ...]:
    """Draw counts as small upright bars under a common `top`; 0 is a line on the ground."""
    bars: list[Column] = []
    for place, count in enumerate(counts):
        height = max(1, round(COLUMN_HEIGHT * count / top)) if top else 1
        x = place * (COLUMN_WIDTH + 3)
        bars.append(Column(x, COLUMN_HEIGHT - height, COLUMN_WIDTH, height, count))
    return tuple(bars)


def columns(
    counts: Sequence[int], labels: Sequence[str], *, width: int, height: int
) -> tuple[Column, ...]:
    """Draw counts as upright bars over the whole width."""
    top = max(counts, default=0)
    step = width // max(len(counts), 1)
    broad = min(step * 3 // 5, 56)
    bars: list[Column] = []
    for place, (count, label) in enumerate(zip(counts, labels, strict=True)):
        tall = max(1, round(height * count / top)) if top else 1
        x = place * step + (step - broad) // 2
        bars.append(Column(x, height - tall, broad, tall, count, label))
    return tuple(bars)


def bar_length(value: Decimal | None) -> str:
    """Give the length of a lying bar in percent of capaian, cut at the scale's end."""
    if value is None:
        return "0"
    return f"{min(max(value, Decimal(0)), SPARK_TOP):.1f}"
