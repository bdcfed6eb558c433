"""Turn values into the small Excel expressions of which all formulas are made."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

NOTHING = '""'
_LONGEST_TEXT = 120  # Excel allows 255 letters in a constant, with quotes doubled


@lru_cache(maxsize=1 << 10)  # the same words stand in the formulas of every row
def text(value: str) -> str:
    """Write a text as a constant of a formula, in pieces that Excel allows."""
    pieces = [value[at : at + _LONGEST_TEXT] for at in range(0, len(value), _LONGEST_TEXT)] or [""]
    return "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces)


def repeated(ref: str) -> str:
    """Repeat a cell's number, "" where it holds none."""
    return f"IF(ISNUMBER({ref}),{ref},{NOTHING})"


@lru_cache(maxsize=1 << 10)
def number(value: Decimal) -> str:
    """Write a number as a constant of a formula."""
    return format(value.normalize(), "f")


def rounded(value: str) -> str:
    """Round an expression half up to 2 decimals, as `round_shown` does."""
    # The inner rounding takes off what binary arithmetic adds: 20.005 is held as
    # 20.00499..., and a quotient may miss it by a unit more than ROUND forgives.
    return f"ROUND(ROUND({value},11),2)"
