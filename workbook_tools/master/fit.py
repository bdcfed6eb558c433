"""Turn texts and column widths into row heights and widths at which nothing is cut off.

Excel fits rows itself only while nobody has fixed a height and no cell is merged; both
happen here, so lines are counted from the mean width of Calibri's letters.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping

POINTS_PER_LINE = {8: 11.0, 9: 12.2, 10: 13.4, 11: 15.0, 12: 16.2, 14: 19.0, 16: 21.5}
_COLUMN_UNIT_PIXELS = 7.0
_PIXELS_PER_LETTER = {8: 5.4, 9: 6.0, 10: 6.6, 11: 7.2, 12: 7.9, 14: 9.2, 16: 10.5}
_BOLD_FACTOR = 1.06
MAXIMUM_HEIGHT = 409.0


def letters_per_line(width: float, size: int) -> int:
    """Give how many letters of Calibri `size` surely fit into a column of `width`."""
    return max(1, int((width * _COLUMN_UNIT_PIXELS - 4) / _PIXELS_PER_LETTER[size]))


def lines(text: str, width: float, *, size: int = 10) -> int:
    """Count the lines that a wrapped text takes in a column of `width`."""
    room = letters_per_line(width, size)
    return sum(
        max(1, len(textwrap.wrap(part, room, break_on_hyphens=True))) for part in text.split("\n")
    )


def height(cells: Iterable[tuple[str, float]], *, size: int = 10, minimum: int = 1) -> float:
    """Give the height in points that shows every (text, column width) of one row in full."""
    most = max((lines(text, width, size=size) for text, width in cells), default=1)
    return min(MAXIMUM_HEIGHT, max(most, minimum) * POINTS_PER_LINE[size] + 3)


def width(texts: Iterable[str], *, least: float, most: float, size: int = 10) -> float:
    """Give a width between two bounds at which no word of the texts must be broken."""
    words = [word for text in texts for word in text.replace("/", "/ ").split()]
    longest = max((len(word) for word in words), default=0)
    needed = (longest * _PIXELS_PER_LETTER[size] * _BOLD_FACTOR + 8) / _COLUMN_UNIT_PIXELS
    return min(most, max(least, round(needed, 1)))


def heading_width(widths: Mapping[int, float], first: int, last: int) -> float:
    """Give the width of merged columns from `first` to `last`."""
    return sum(widths[column] for column in range(first, last + 1))
