"""Turn texts and column widths into row heights and widths at which nothing is cut off.

Excel fits rows itself only while nobody has fixed a height and no cell is merged; both
happen here, so lines are counted from the widths of Calibri's letters.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import zip_longest

MAXIMUM_HEIGHT = 409.0
_COLUMN_UNIT_PIXELS = 7.0
_PADDING_PIXELS = 6.0
_PIXELS_PER_POINT = 96 / 72
_LINE_SPACING = 1.28
_SAFETY = 1.03  # screens round letters up now and then

_LONGEST = 20  # of a column's texts; a shorter one needs no more room
_STEP = 4.0
_LETTERS_PER_BREAK = 25

_LETTERS_BY_WIDTH = {
    0.23: " 'il,j",
    0.27: ".:;I",
    0.31: "()-[]`f",
    0.33: "!J{}",
    0.35: "rt",
    0.39: "/\\",
    0.41: '"sz',
    0.43: "Lcx",
    0.47: "?FSZkvy|",
    0.49: "ETYag",
    0.51: "#$*+0123456789<=>^_e~",
    0.53: "KPXbdhnopqu",
    0.55: "BCR",
    0.58: "VA",
    0.63: "DH",
    0.65: "GNU",
    0.69: "O&Q",
    0.73: "%w",
    0.80: "m",
    0.90: "MW@",
}
_EM = {letter: width for width, letters in _LETTERS_BY_WIDTH.items() for letter in letters}
_WIDEST = max(_LETTERS_BY_WIDTH)


def pixels(text: str, size: float) -> float:
    """Give the width in pixels of one line of Calibri of `size` points."""
    return _ems(text) * size * _PIXELS_PER_POINT * _SAFETY


@lru_cache(maxsize=1 << 15)  # the same words stand in every row of every sheet
def _ems(text: str) -> float:
    return sum(_EM.get(letter, _WIDEST) for letter in text)


@lru_cache(maxsize=1 << 12)  # a row's height asks again what its columns' widths asked
def lines(text: str, width: float, *, size: float = 10) -> int:
    """Count the lines that a wrapped text takes in a column of `width`."""
    room = width * _COLUMN_UNIT_PIXELS - _PADDING_PIXELS
    return sum(_wrapped(part, room, size) for part in text.split("\n"))


def height(cells: Iterable[tuple[str, float]], *, size: float = 10, minimum: int = 1) -> float:
    """Give the height in points that shows every (text, column width) of one row in full."""
    most = max((lines(text, width, size=size) for text, width in cells), default=1)
    return min(MAXIMUM_HEIGHT, round(max(most, minimum) * size * _LINE_SPACING + 3, 1))


def column(texts: Iterable[str], *, least: float, most: float, size: float = 10) -> float:
    """Give the least width, in steps of 4, at which each text fits into the highest row."""
    room = int((MAXIMUM_HEIGHT - 3) // (size * _LINE_SPACING))
    longest = sorted(set(texts), key=_bulk)[-_LONGEST:]
    needed = least
    while needed < most and any(lines(text, needed, size=size) > room for text in longest):
        needed += _STEP
    return min(needed, most)


def parted(texts: Sequence[str], widths: Sequence[float]) -> tuple[tuple[str, ...], ...]:
    """Spread the texts of one row over as many rows as the longest of them needs.

    What is shorter is "" in the rows that follow; there is always a first row.
    """
    columns = [pieces(text, width) for text, width in zip(texts, widths, strict=True)]
    return tuple(zip_longest(*columns, fillvalue="")) or (tuple("" for _ in texts),)


def pieces(text: str, width: float, *, size: float = 10) -> tuple[str, ...]:
    """Part a text at its words so that each piece fits into the highest row; "" gives none."""
    room = int((MAXIMUM_HEIGHT - 3) // (size * _LINE_SPACING))
    if text and lines(text, width, size=size) <= room:
        return (text,)
    found: list[str] = []
    for part in re.findall(r"\S+[^\S\n]*\n?|\s+", text):
        for word in _cut(part, width, size=size, room=room):
            longer = found[-1] + word if found else word
            if found and lines(longer, width, size=size) <= room:
                found[-1] = longer
            else:
                found.append(word)
    return tuple(piece.rstrip() for piece in found if piece.strip())


def _bulk(text: str) -> int:
    """Tell about how much room a text takes: a line break fills the rest of its line."""
    return len(text) + _LETTERS_PER_BREAK * text.count("\n")


def _cut(word: str, width: float, *, size: float, room: int) -> tuple[str, ...]:
    """Cut a word that fills more than a row by itself."""
    if lines(word, width, size=size) <= room:
        return (word,)
    half = len(word) // 2
    return tuple(
        part
        for side in (word[:half], word[half:])
        for part in _cut(side, width, size=size, room=room)
    )


def width(texts: Iterable[str], *, least: float, most: float, size: float = 10) -> float:
    """Give a width between two bounds at which no word of the texts must be broken."""
    words = {word for text in texts for word in text.split()}
    widest = max((pixels(word, size) for word in words), default=0.0)
    needed = (widest + _PADDING_PIXELS) / _COLUMN_UNIT_PIXELS
    return min(most, max(least, math.ceil(needed * 10) / 10))


def heading_width(widths: Mapping[int, float], first: int, last: int) -> float:
    """Give the width of merged columns from `first` to `last`."""
    return sum(widths[column] for column in range(first, last + 1))


def _wrapped(part: str, room: float, size: float) -> int:
    """Count the lines of one paragraph; a word wider than the column breaks inside."""
    count, used = 1, 0.0
    for word in re.findall(r"\S+\s*", part):
        bare = pixels(word.rstrip(), size)
        if used and used + bare > room:
            count, used = count + 1, 0.0
        if bare > room > 0:
            count += int(bare // room)
            used = bare % room
        else:
            used += pixels(word, size)
    return count
