"""Turn two pictures of a page into where they look different, in words.

The mean colours of small squares are compared: another smoothing of the letters is then no
difference, and ink that moved, went or changed its colour is one.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageChops

SQUARE = 12  # dots: a fifth of an inch, about a line of text
COLOURS = 32
CLEAR = 32
"""A page differs where the mean of one square differs by more than so many of 255 levels. Pages
smoothed by another program (cairo in the place of splash) or drawn at 61 and 72 dots to the inch
differ by up to 29, printing again differs by 0, what `test_prints.py` plants by 43 and more."""

FAINT, MANY = 20, 30
"""It differs too where more than `MANY` squares differ by more than `FAINT`: pale yellow that
became pale green is 29 levels in 156 squares, the other smoothing is over 20 in up to 12."""

_LEVELS = 255
_PLACES = (
    ("top left", "top", "top right"),
    ("left", "middle", "right"),
    ("bottom left", "bottom", "bottom right"),
)


@dataclass(frozen=True, slots=True)
class Look:
    """How far two pictures differ: the largest difference of a square, and where, in words.

    `words` is blank where the pictures look the same.
    """

    worst: int
    words: str


def compare(kept: Image.Image, made: Image.Image) -> Look:
    """Compare a page with the kept picture of it."""
    if kept.size != made.size:
        before, after = ("{} x {}".format(*picture.size) for picture in (kept, made))
        return Look(_LEVELS, f"size {before} → {after} dots")
    difference = ImageChops.difference(_coarse(kept), _coarse(made))
    red, green, blue = difference.split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    worst = max(level for level, count in enumerate(most.histogram()) if count)
    faint = _over(most, FAINT)
    squares = faint.histogram()[_LEVELS]
    if worst <= CLEAR and squares <= MANY:
        return Look(worst, "")
    box = faint.getbbox() or (0, 0, *faint.size)
    return Look(
        worst, f"{squares} squares differ by up to {worst} of 255, {_where(box, most.size)}"
    )


def _over(picture: Image.Image, level: int) -> Image.Image:
    return picture.point([_LEVELS * (value > level) for value in range(_LEVELS + 1)])


def _where(box: Sequence[int], size: tuple[int, int]) -> str:
    across, down = (3 * (box[i] + box[i + 2]) // (2 * size[i]) for i in (0, 1))
    wide, high = (100 * (box[i + 2] - box[i]) // size[i] for i in (0, 1))
    return (
        f"around the {_PLACES[down][across]}, over {wide} % of the width and {high} % of the height"
    )


def _coarse(picture: Image.Image) -> Image.Image:
    return small(picture).convert("RGB").reduce(SQUARE)


def small(picture: Image.Image) -> Image.Image:
    """Give a picture with few colours, as it is kept."""
    return picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)


def png(picture: Image.Image) -> bytes:
    """Write a picture as it is kept."""
    written = io.BytesIO()
    small(picture).save(written, "PNG", optimize=True)
    return written.getvalue()
