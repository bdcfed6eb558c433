"""Turn dates, figures and trends of the board into words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from workbook_tools.board.facts import Trend
from workbook_tools.indicators.numbers import format_number
from workbook_tools.indicators.period import MONTHS, ROMAN
from workbook_tools.visible import one_line

LONGEST_NAME = 160
LONGEST_TEXT = 300
LONGEST_UNIT = 40
NOTHING = "–"
_SHORT_MONTH = 3


def short_date(day: date) -> str:
    """Write a day without its year: 3 Apr."""
    return f"{day.day} {MONTHS[day.month - 1][:_SHORT_MONTH]}"


def tw(period: int) -> str:
    """Name a triwulan: TW I."""
    return f"TW {ROMAN[period - 1]}"


def percent(value: Decimal | None) -> str:
    """Write a capaian with two decimals, a dash where there is none."""
    return NOTHING if value is None else format_number(value, decimals=2)


def quantity(value: Decimal | None) -> str:
    """Write a figure with two decimals at most, a dash where there is none."""
    if value is None:
        return NOTHING
    text = format_number(value, decimals=2)
    return text.removesuffix(",00")


def name(text: str) -> str:
    """Write a name on one line, with all it holds and no more than fits."""
    return one_line(text, longest=LONGEST_NAME)


def file(path: str) -> str:
    """Write where a file lies, from the inbox on."""
    return name(path.removeprefix("inbox/"))


def unit(given: str) -> str:
    """Write a unit of measure on one line."""
    return one_line(given, longest=LONGEST_UNIT)


def text(given: str) -> str:
    """Write a longer text on one line."""
    return one_line(given, longest=LONGEST_TEXT)


def of_trend(trend: Trend) -> str:
    """Say a trend for who cannot see it: TW I 20,00; TW II 45,50."""
    said = [
        f"{label} {percent(value)}"
        for label, value in zip(trend.labels, trend.values, strict=True)
        if value is not None
    ]
    return "; ".join(said)


def of_counts(labels: Sequence[str], counts: Sequence[int]) -> str:
    """Say counts over time: TW I 3, TW II 0."""
    return ", ".join(f"{label} {count}" for label, count in zip(labels, counts, strict=True))


def joined(parts: Sequence[str]) -> str:
    """Join parts of a sentence: a, b dan c."""
    if len(parts) < 2:  # noqa: PLR2004 - nothing to join
        return "".join(parts)
    return f"{', '.join(parts[:-1])} dan {parts[-1]}"
