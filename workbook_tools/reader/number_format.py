"""Turn a cell's number and number format into the text of a number, date or time."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "mm-dd-yy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "m/d/yy h:mm",
    37: "#,##0_);(#,##0)",
    38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)",
    41: '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)',
    42: '_($* #,##0_);_($* \\(#,##0\\);_($* "-"_);_(@_)',
    43: '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)',
    44: '_($* #,##0.00_);_($* \\(#,##0.00\\);_($* "-"??_);_(@_)',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mmss.0",
    48: "##0.0E+0",
    49: "@",
} | dict.fromkeys((*range(27, 37), *range(50, 59)), "yyyy-mm-dd")
"""Codes that files mention by id only; 27-36 and 50-58 are dates of East Asian Excels."""

_NOT_DATE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]|general', re.IGNORECASE)
_DATE = re.compile(r"[dmyhs]", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_EXACT = 2**53
_DIGITS = 9
_COUNTS = {str(number): number for number in range(512)}
_LONGEST = 400  # characters; no program writes a number longer, and float() is slow on it
_DAYS = 2_958_466  # 1 January 10000: dates end before
_START = datetime(1899, 12, 30)  # noqa: DTZ001 (wall clock, as all dates of a workbook)
_EPOCH_1904 = 1462  # days from _START to 1 January 1904
_FALSE_LEAP_DAY = 60  # 29 February 1900, which Excel counts and the calendar lacks


def is_date_format(code: str) -> bool:
    """Tell whether a number format shows a date or a time."""
    return _DATE.search(_NOT_DATE.sub("", code)) is not None


def whole_number(text: str) -> int | None:
    """Read a count or an index of the file; None where it is none or has over nine digits."""
    known = _COUNTS.get(text)
    if known is not None:
        return known
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _DIGITS else None


def number_text(value: str) -> str | None:
    """Write a number of the file in its shortest exact form; None where it is no number."""
    if value.isdigit() and value.isascii() and len(value) <= 15:  # noqa: PLR2004 (< 2**53)
        return str(int(value))
    value = value.strip(" \t\r\n")
    if len(value) > _LONGEST or _NUMBER.fullmatch(value) is None:
        return None
    number = float(value)
    if number.is_integer() and abs(number) < _EXACT:
        return str(int(number))
    return None if number in (float("inf"), float("-inf")) else repr(number)


def date_text(number: str, *, epoch_1904: bool) -> str | None:
    """Write a serial day as ISO date, time or both; None where Excel could not show one.

    A serial below 1 is a time. Serial 60 of the 1900 system is given as 1900-02-29, the
    day that Excel shows.
    """
    serial = float(number)
    if not 0 <= serial < _DAYS:
        return None
    day, seconds = divmod(round(serial * 86_400_000), 86_400_000)
    clock = _START + timedelta(milliseconds=seconds)
    time = clock.time().isoformat("milliseconds" if clock.microsecond else "seconds")
    if day == 0:
        return time
    if not epoch_1904 and day == _FALSE_LEAP_DAY:
        return "1900-02-29" if not seconds else f"1900-02-29T{time}"
    days = day + 1 if day < _FALSE_LEAP_DAY else day
    if epoch_1904:
        days = day + _EPOCH_1904
    if days >= _DAYS:
        return None
    date = (_START + timedelta(days=days)).date().isoformat()
    return f"{date}T{time}" if seconds else date
