"""Turn a chart's figures into a small PNG that prints sharply and says nothing by colour alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

from workbook_tools.report.content import Bar, BarChart, YearChart

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH_MM = 165
_WIDTH = 1650  # pixels: 254 to the inch
_INK, _GREY, _PALE = "#222222", "#6B6B6B", "#E4E4E4"
_TARGET, _ACTUAL = "#C9D6E3", "#1F4E79"
_TEXT = 30
_SMALL = 26

_ROW, _THICK, _TOP = 62, 34, 60
_LABELS, _WORDS = 690, 390
_LEAST_SCALE, _MOST_SCALE = Decimal(120), Decimal(200)
_HUNDRED = Decimal(100)

_PLOT, _HEAD, _FOOT, _SIDE = 330, 120, 60, 30
_BAR_SHARE = 0.34


@dataclass(frozen=True, slots=True)
class _Pen:
    """What draws, with its two sizes of letters."""

    draw: ImageDraw
    text: FreeTypeFont
    small: FreeTypeFont

    def write(
        self, at: tuple[float, float], words: str, *, anchor: str = "lm", fill: str = _INK
    ) -> None:
        self.draw.text(at, _drawable(words), font=self.text, anchor=anchor, fill=fill)

    def note(
        self, at: tuple[float, float], words: str, *, anchor: str = "lm", fill: str = _GREY
    ) -> None:
        self.draw.text(at, _drawable(words), font=self.small, anchor=anchor, fill=fill)

    def fitting(self, words: str, width: float) -> str:
        """Cut words to a width in pixels."""
        if self.text.getlength(words) <= width:
            return words
        while words and self.text.getlength(f"{words}…") > width:
            words = words[:-1]
        return f"{words.rstrip()}…"


def _drawable(words: str) -> str:
    """Give words with plain spaces: the font has no glyph for one that does not break."""
    return words.replace("\N{NO-BREAK SPACE}", " ")


def draw_chart(chart: BarChart | YearChart) -> bytes:
    """Draw a chart as PNG; equal figures give equal bytes."""
    from PIL import Image, ImageDraw, ImageFont

    height = _height(chart)
    image = Image.new("RGB", (_WIDTH, height), "white")
    small, text = ImageFont.load_default(_SMALL), ImageFont.load_default(_TEXT)
    if isinstance(small, ImageFont.ImageFont) or isinstance(text, ImageFont.ImageFont):
        raise TypeError("Pillow was built without FreeType")
    pen = _Pen(ImageDraw.Draw(image), text, small)
    if isinstance(chart, BarChart):
        _draw_bars(pen, chart.bars, height)
    else:
        _draw_years(pen, chart)
    buffer = BytesIO()
    image.quantize(64).save(buffer, "PNG", optimize=True, dpi=(254, 254))
    return buffer.getvalue()


def _height(chart: BarChart | YearChart) -> int:
    if isinstance(chart, BarChart):
        return _TOP + _ROW * len(chart.bars) + 10
    return _HEAD + _PLOT + _FOOT


def _draw_bars(pen: _Pen, bars: Sequence[Bar], height: int) -> None:
    """Draw capaian as bars; one longer than the scale is cut with a double stroke."""
    highest = max((bar.value for bar in bars if bar.value is not None), default=_HUNDRED)
    scale = min(max(highest, _LEAST_SCALE), _MOST_SCALE)
    room = _WIDTH - _LABELS - _WORDS

    def across(value: Decimal) -> float:
        return _LABELS + room * float(min(max(value, Decimal(0)), scale) / scale)

    for number, bar in enumerate(bars):
        middle = _TOP + _ROW * number + _ROW / 2
        pen.write((0, middle), pen.fitting(bar.label, _LABELS - 20))
        if bar.value is not None:
            end = across(bar.value)
            box = (_LABELS, middle - _THICK / 2, end, middle + _THICK / 2)
            pen.draw.rectangle(box, fill=f"#{bar.colour}")
            if bar.value > scale:
                _cut(pen, end - 36, middle)
        ink = _GREY if bar.value is None else _INK
        pen.write((_LABELS + room + 24, middle), bar.words, fill=ink)
        low = middle + _ROW / 2
        pen.draw.line((0, low, _WIDTH, low), fill=_PALE, width=2)
    hundred = across(_HUNDRED)
    pen.note((hundred, _TOP / 2), "100 %", anchor="mm")
    pen.draw.line((hundred, _TOP - 8, hundred, height), fill=_INK, width=3)
    pen.draw.line((_LABELS, _TOP - 8, _LABELS, height), fill=_GREY, width=2)


def _cut(pen: _Pen, at: float, middle: float) -> None:
    """Show that a bar goes on beyond the scale."""
    for shift in (0, 14):
        pen.draw.line(
            (at + shift - 8, middle + _THICK, at + shift + 8, middle - _THICK),
            fill="white",
            width=6,
        )


def _draw_years(pen: _Pen, chart: YearChart) -> None:
    """Draw target and realisasi of each year side by side, from a common zero."""
    values = [v for pair in chart.pairs for v in (pair.target, pair.actual) if v is not None]
    high, low = max([*values, Decimal(0)]), min([*values, Decimal(0)])
    span = (high - low) or Decimal(1)

    def level(value: Decimal) -> float:
        return _HEAD + _PLOT * float((high - value) / span)

    zero = level(Decimal(0))
    step = (_WIDTH - 2 * _SIDE) / len(chart.pairs)
    half = step * _BAR_SHARE
    for number, pair in enumerate(chart.pairs):
        middle = _SIDE + step * (number + 0.5)
        for value, said, left, fill in (
            (pair.target, pair.target_words, middle - half, _TARGET),
            (pair.actual, pair.actual_words, middle + 4, _ACTUAL),
        ):
            if value is not None:
                _column(pen, (left, half - 4), (zero, level(value)), fill=fill, words=said)
        if pair.actual is None and pair.actual_words:
            pen.note((middle + 4 + half / 2, zero - 22), "tidak ada", anchor="mm")
        pen.write((middle, _HEAD + _PLOT + _FOOT / 2 + 4), str(pair.year), anchor="mm")
    _legend(pen, chart.unit)
    pen.draw.line((_SIDE, zero, _WIDTH - _SIDE, zero), fill=_INK, width=3)


def _column(
    pen: _Pen,
    across: tuple[float, float],
    between: tuple[float, float],
    *,
    fill: str,
    words: str,
) -> None:
    left, width = across
    zero, end = between
    box = (left, min(zero, end), left + width, max(zero, end))
    pen.draw.rectangle(box, fill=fill, outline=_GREY)
    below = end > zero
    at = (left + width / 2, end + (8 if below else -8))
    pen.note(at, words, anchor="mt" if below else "mb", fill=_INK)


def _legend(pen: _Pen, unit: str) -> None:
    middle = 26
    pen.draw.rectangle((_SIDE, middle - 14, _SIDE + 28, middle + 14), fill=_TARGET, outline=_GREY)
    pen.note((_SIDE + 40, middle), "Target", fill=_INK)
    pen.draw.rectangle((_SIDE + 190, middle - 14, _SIDE + 218, middle + 14), fill=_ACTUAL)
    pen.note((_SIDE + 230, middle), "Realisasi", fill=_INK)
    pen.note((_WIDTH - _SIDE, middle), f"dalam {unit}" if unit else "", anchor="rm")
