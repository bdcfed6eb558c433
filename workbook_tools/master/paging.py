"""Turn the heights of a sheet's rows into page breaks that leave no heading behind.

Excel and LibreOffice break a page wherever it is full: a heading may stand alone at its foot,
and a block of signatures alone on the next. Here the breaks are set a little before a page is
full, above the heading that belongs to the next row.
"""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from workbook_tools.master.styles import (
    FOLIO_HIGH,
    FOLIO_WIDE,
    MARGIN_BOTTOM,
    MARGIN_SIDE,
    MARGIN_TOP,
)
from workbook_tools.xlsx import Sheet

USUAL_HEIGHT = 15.0
A_LITTLE_OVER = 1.25
"""So much too high may a page be that is printed smaller rather than on two."""

_SAFETY = 0.98  # printers and programs round rows up
_POINTS_PER_INCH = 72.0
_PIXELS_PER_INCH = 96.0
_COLUMN_UNIT_PIXELS, _PADDING_PIXELS = 7, 5


@dataclass(frozen=True, slots=True)
class Flow:
    """The rows that are printed: from 1 to `last`, `repeat` on top of every later page.

    `kept` are rows that must not be the last of their page.
    """

    last: int
    repeat: tuple[int, int]
    kept: Container[int]


def room(widths: Iterable[float]) -> float:
    """Give the height in points of a folio page on which columns of these widths fit."""
    pixels = sum(int(width * _COLUMN_UNIT_PIXELS + _PADDING_PIXELS) for width in widths)
    wide = FOLIO_WIDE - 2 * MARGIN_SIDE
    scale = min(1.0, math.floor(100 * wide * _PIXELS_PER_INCH / pixels) / 100)
    return (FOLIO_HIGH - MARGIN_TOP - MARGIN_BOTTOM) * _POINTS_PER_INCH / scale * _SAFETY


def used(heights: Mapping[int, float], first: int, last: int) -> float:
    """Give the height in points of rows `first` to `last`."""
    return sum(heights.get(row, USUAL_HEIGHT) for row in range(first, last + 1))


def fits_one_page(sheet: Sheet, last: int, *, widths: Iterable[float]) -> bool:
    """Tell whether rows 1 to `last` can still be read when printed on one page."""
    return used(sheet.heights, 1, last) <= room(widths) * A_LITTLE_OVER


def breaks(heights: Mapping[int, float], flow: Flow, *, points: float) -> tuple[int, ...]:
    """Give the rows after which a page ends; a page holds `points`."""
    found: list[int] = []
    top, height = 1, 0.0
    for row in range(1, flow.last + 1):
        height += heights.get(row, USUAL_HEIGHT)
        if height <= points or row == top:
            continue
        end = row - 1
        while end > top and end in flow.kept:
            end -= 1
        if end == top and end in flow.kept:
            end = row - 1  # nothing but headings: break where the page is full
        found.append(end)
        top = end + 1
        height = used(heights, *flow.repeat) + used(heights, top, row)
    return tuple(found)


def set_breaks(sheet: Sheet, flow: Flow, *, widths: Iterable[float]) -> None:
    """Break the pages of a sheet that is printed one page wide."""
    found = breaks(sheet.heights, flow, points=room(widths))
    if found:
        sheet.worksheet.set_h_pagebreaks(list(found))
