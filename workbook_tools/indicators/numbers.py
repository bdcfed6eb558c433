"""Turn what people type into numbers without guessing, and numbers into what people read.

domain.md section 6. A warning goes with a reading where that section says so, an error
means that there is no value; one error stands alone, warnings may come together.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation

from workbook_tools.indicators.units import UnitMatch, match_unit
from workbook_tools.registry.model import Kind

READ_AS = "S02"
NOT_A_NUMBER = "S03"
AMBIGUOUS = "S04"
UNIT_TYPED = "S06"
FRACTION = "S14"
ZERO_OR_NO_DATA = "S18"
OTHER_UNIT = "S20"

LONGEST = 80
MOST_DIGITS = 15
"""Digits that a spreadsheet keeps; more before the comma is no figure of an office."""

NO_DATA = frozenset(
    {
        "-",
        "--",
        "---",
        "n/a",
        "n.a",
        "n.a.",
        "na",
        "#n/a",
        "t/a",
        "belum ada",
        "belum ada data",
        "belum ada datanya",
        "belum tersedia",
        "data belum ada",
        "data belum tersedia",
        "data tidak ada",
        "data tidak tersedia",
        "tidak ada data",
        "tidak tersedia",
        "tdk ada data",
        "blm ada data",
        "blm ada",
        "no data",
    }
)
NIHIL = "nihil"
ZERO_OR_NOTHING = frozenset({"tidak ada", "tdk ada", "kosong"})
"""Words that may mean 0 as well as no data."""

NOT_A_UNIT = frozenset({"an", "dari", "hingga", "kira", "kurang", "lebih", "sampai", "sd", "s"})

_MINUS = frozenset("\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d")
_SIGNS = {
    "\uff0c": ",",
    "\uff0e": ".",
    "\u066b": ",",
    "\u066c": ".",
    "\uff05": "%",
    "\u066a": "%",
    "\uff0b": "+",
}
_NUMBER = re.compile(
    r"(?P<sign>[+-]?) ?(?P<currency>(?:rp|idr)\.?)? ?(?P<inner>[+-]?) ?"
    r"(?P<digits>[0-9](?:[0-9., ]*[0-9])?)(?P<dash>[.,] ?-{1,2})? ?(?P<unit>.*)",
    re.IGNORECASE | re.DOTALL,
)
_WORDS = re.compile(r"%|\(? ?[^\W\d_]+(?:[ ./][^\W\d_]+)*\.? ?\)?")


@dataclass(frozen=True, slots=True)
class NumberReading:
    """What was understood of one text.

    `value` is None for a blank, for "no data" and with every error. `unit_typed` is the
    unit that stood with the number, `readings` the two numbers that an `S04` may mean:
    the separator as decimal, then as thousands.
    """

    value: Decimal | None
    problems: tuple[str, ...] = ()
    is_blank: bool = False
    no_data: bool = False
    unit_typed: str | None = None
    readings: tuple[Decimal, ...] = ()


def read_number(text: str, *, kind: str, unit: str) -> NumberReading:
    """Read a number typed as text; `unit` is what the form asks for (`orang`, `persen`)."""
    plain, is_foreign = _plain(text)
    if not plain:
        return NumberReading(None, is_blank=True)
    word = plain.casefold().rstrip(" .") or plain
    if word in NO_DATA or plain.casefold() in NO_DATA:
        return NumberReading(None, no_data=True)
    if word == NIHIL and Kind(kind) is Kind.COUNT:
        return NumberReading(Decimal(0), (READ_AS,))
    if word == NIHIL or word in ZERO_OR_NOTHING:
        return NumberReading(None, (ZERO_OR_NO_DATA,))
    found = _NUMBER.fullmatch(plain) if len(plain) <= LONGEST else None
    if found is None or (found["sign"] and found["inner"]):
        return NumberReading(None, (NOT_A_NUMBER,))
    typed = found["unit"].strip()
    if not _may_be_unit(typed):
        return NumberReading(None, (NOT_A_NUMBER,))
    match = _unit_match(typed, currency=found["currency"] or found["dash"] or "", unit=unit)
    if match is UnitMatch.OTHER:
        return NumberReading(None, (OTHER_UNIT,), unit_typed=typed or found["currency"] or "Rp")
    # In "12.500,-" the dash stands for the cents, so its comma is the decimal one.
    cents = ",00" if found["dash"] and "," not in found["digits"] else ""
    read = _digits(found["digits"] + cents, is_count=Kind(kind) is Kind.COUNT)
    warnings = list(read.problems)
    if is_foreign and READ_AS not in warnings:
        warnings.insert(0, READ_AS)
    if match is not UnitMatch.SAME:
        warnings.append(UNIT_TYPED)
    return _finish(
        read,
        kind=Kind(kind),
        is_negative="-" in found["sign"] + found["inner"],
        warnings=tuple(warnings),
        unit_typed=typed or None,
    )


def read_cell_number(text: str, *, kind: str) -> NumberReading:
    """Read a number cell's own value, given in Python's float or integer form."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return NumberReading(None, (NOT_A_NUMBER,))
    if not value.is_finite() or value.adjusted() >= MOST_DIGITS:
        return NumberReading(None, (NOT_A_NUMBER,))
    if Kind(kind) is Kind.COUNT:
        # A formula such as =0.1*30 leaves 3.0000000000000004 where the sheet shows 3.
        value = Context(prec=MOST_DIGITS, rounding=ROUND_HALF_UP).plus(value)
        if value != value.to_integral_value():
            return NumberReading(None, (FRACTION,))
        value = value.to_integral_value()
    return NumberReading(value)


def format_number(value: Decimal, *, decimals: int | None = None) -> str:
    """Write a number as people read it: 1.234,56.

    Without `decimals` it keeps what it has, up to 15 digits, and no zeros at the end.
    """
    if decimals is None:
        rounded = Context(prec=MOST_DIGITS, rounding=ROUND_HALF_UP).plus(value).normalize()
        text = f"{rounded:,f}"
    else:
        wide = Context(prec=max(value.adjusted(), 0) + decimals + 3, rounding=ROUND_HALF_UP)
        text = f"{value.quantize(Decimal(1).scaleb(-decimals), context=wide):,f}"
    if not text.strip("-0.,"):
        text = text.lstrip("-")
    return text.translate(str.maketrans(",.", ".,"))


def _plain(text: str) -> tuple[str, bool]:
    """Give the text in plain signs and single spaces, and whether digits or signs were others."""
    is_foreign = False
    plain: list[str] = []
    for character in text:
        if character in _MINUS:
            plain.append("-")
            is_foreign = True
        elif character in _SIGNS:
            plain.append(_SIGNS[character])
            is_foreign = True
        elif not character.isascii() and character.isdecimal():
            plain.append(str(unicodedata.decimal(character)))
            is_foreign = True
        elif unicodedata.category(character) != "Cf":
            plain.append(character)
    return " ".join("".join(plain).split()), is_foreign


def _may_be_unit(typed: str) -> bool:
    if not typed:
        return True
    first = typed.split(maxsplit=1)[0].strip("./()").casefold()
    if any(character.isnumeric() for character in typed):
        return False
    return _WORDS.fullmatch(typed) is not None and first not in NOT_A_UNIT


def _unit_match(typed: str, *, currency: str, unit: str) -> UnitMatch:
    is_money = any(match_unit(scale, unit) is not UnitMatch.OTHER for scale in _MONEY)
    if currency and not is_money:
        return UnitMatch.OTHER
    return match_unit(typed, unit) if typed else UnitMatch.SAME


def _digits(digits: str, *, is_count: bool) -> NumberReading:
    """Read digits with their separators, no sign and no unit."""
    separators = [character for character in digits if character in ".,"]
    decimal = ""
    if len(set(separators)) > 1:
        decimal = separators[-1]
    elif len(separators) == 1:
        return _one_separator(digits, separators[0], is_count=is_count)
    whole, _, fraction = digits.rpartition(decimal) if decimal else (digits, "", "")
    if not _is_grouped(whole) or not (fraction.isdigit() or not decimal):
        return NumberReading(None, (NOT_A_NUMBER,))
    return NumberReading(Decimal(f"{_only_digits(whole)}.{fraction}"))


def _one_separator(digits: str, separator: str, *, is_count: bool) -> NumberReading:
    whole, _, fraction = digits.partition(separator)
    if not _is_grouped(whole) or not fraction.isdigit():
        return NumberReading(None, (NOT_A_NUMBER,))
    whole = _only_digits(whole)
    decimal, thousands = Decimal(f"{whole}.{fraction}"), Decimal(whole + fraction)
    warning = (READ_AS,) if separator == "." else ()
    if len(fraction) != 3:  # noqa: PLR2004 - thousands are groups of three
        return NumberReading(decimal, warning)
    is_group = len(whole) <= len(fraction) and not whole.startswith("0")
    if separator == "." and is_count and is_group:
        return NumberReading(thousands, warning)
    return NumberReading(None, (AMBIGUOUS,), readings=(decimal, thousands))


def _is_grouped(whole: str) -> bool:
    """Tell whether digits stand plain, or in groups of three behind one kind of separator."""
    marks = {character for character in whole if not character.isdigit()}
    if not marks:
        return whole != ""
    if len(marks) > 1:
        return False
    head, *groups = whole.split(marks.pop())
    return 1 <= len(head) <= 3 and all(len(group) == 3 for group in groups)  # noqa: PLR2004


def _only_digits(whole: str) -> str:
    return "".join(character for character in whole if character.isdigit())


def _finish(
    read: NumberReading,
    *,
    kind: Kind,
    is_negative: bool,
    warnings: tuple[str, ...],
    unit_typed: str | None,
) -> NumberReading:
    """Give the reading its sign, its warnings, and what the kind of number forbids."""
    readings = tuple(_signed(reading, is_negative=is_negative) for reading in read.readings)
    if read.value is None:
        return NumberReading(None, read.problems, unit_typed=unit_typed, readings=readings)
    if read.value.adjusted() >= MOST_DIGITS:
        return NumberReading(None, (NOT_A_NUMBER,), unit_typed=unit_typed)
    if kind is Kind.COUNT and read.value != read.value.to_integral_value():
        return NumberReading(None, (FRACTION,), unit_typed=unit_typed)
    value = _signed(read.value, is_negative=is_negative)
    if kind is Kind.COUNT:
        value = value.to_integral_value()
    return NumberReading(value, warnings, unit_typed=unit_typed)


def _signed(number: Decimal, *, is_negative: bool) -> Decimal:
    """Give the number its sign, every digit kept, and never a negative zero."""
    return number.copy_negate() if is_negative and number else number


_MONEY = ("rupiah", "ribu rupiah", "juta rupiah", "miliar rupiah", "triliun rupiah")
