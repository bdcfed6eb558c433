"""Turn figures into words twice: as the text the core computes and as the live expression.

Each pair stands side by side, as in `indicators.formulas`; expressions use functions of
Excel 2010 only and come without "=".
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext

from workbook_tools.indicators import expressions
from workbook_tools.indicators.achievement import ARITHMETIC, round_shown
from workbook_tools.indicators.numbers import format_number
from workbook_tools.registry.model import Polarity

BARS = "▁▂▃▄▅▆▇█"
NO_BAR = "·"
UP, DOWN, SAME = "▲ Naik", "▼ Turun", "■ Tetap"
NOT_COMPARED = "– Belum dapat dibandingkan"
BETTER, WORSE = ", membaik", ", memburuk"
_GUARD = Decimal("1E-11")
_STEPS = len(BARS) - 1


def said(value: Decimal) -> str:
    """Write a number with two decimals and a comma, as `said_of` does."""
    return format_number(round_shown(value), decimals=2).replace(".", "")


def said_of(cell: str) -> str:
    """Write the number of a cell so on a machine of any language."""
    return f'SUBSTITUTE(FIXED({expressions.rounded(cell)},2,TRUE),".",",")'


def direction(change: Decimal | None, polarity: Polarity) -> str:
    """Say which way a figure went against the year before, and whether that is good."""
    if change is None:
        return NOT_COMPARED
    rounded = round_shown(change)
    up, down = _directions(polarity)
    if rounded == 0:
        return SAME
    return up if rounded > 0 else down


def direction_of(cell: str, polarity: Polarity) -> str:
    """Say so for the cell with the change in percent."""
    up, down = _directions(polarity)
    change = expressions.rounded(cell)
    told = f'IF({change}>0,"{up}",IF({change}<0,"{down}","{SAME}"))'
    return f'IF(ISNUMBER({cell}),{told},"{NOT_COMPARED}")'


def _directions(polarity: Polarity) -> tuple[str, str]:
    if polarity is Polarity.MAXIMIZE:
        return UP + BETTER, DOWN + WORSE
    if polarity is Polarity.MINIMIZE:
        return UP + WORSE, DOWN + BETTER
    return UP, DOWN


def pattern(values: Sequence[Decimal | None]) -> str:
    """Draw figures as bars of text, measured from the lowest (or 0) to the highest (or 0)."""
    known = [value for value in values if value is not None]
    low, high = min([Decimal(0), *known]), max([Decimal(0), *known])
    return "".join(_bar(value, low, high) for value in values)


def _bar(value: Decimal | None, low: Decimal, high: Decimal) -> str:
    if value is None:
        return NO_BAR
    if high == low:
        return BARS[0]
    with localcontext(ARITHMETIC):
        share = (_STEPS * (value - low) / (high - low)).quantize(_GUARD)
        return BARS[int(share.quantize(Decimal(1), rounding=ROUND_HALF_UP))]


def pattern_of(cells: Sequence[str]) -> str:
    """Draw the figures of cells so."""
    low, high = (f"{function}(0,{','.join(cells)})" for function in ("MIN", "MAX"))

    def bar(cell: str) -> str:
        share = f"ROUND(ROUND({_STEPS}*({cell}-{low})/({high}-{low}),11),0)"
        drawn = f'IF({high}={low},"{BARS[0]}",MID("{BARS}",1+{share},1))'
        return f'IF(ISNUMBER({cell}),{drawn},"{NO_BAR}")'

    return "&".join(bar(cell) for cell in cells)
