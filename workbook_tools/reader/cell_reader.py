"""Turn what a file says of one cell into a `RawCell`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbook_tools.address import column_letter
from workbook_tools.reader.limits import (
    MAX_COLUMN,
    MAX_ROW,
    Limits,
)
from workbook_tools.reader.markup import unescaped
from workbook_tools.reader.number_format import date_text, number_text, whole_number
from workbook_tools.reader.raw import CellType, RawCell, cell_of

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_ISO = re.compile(r"(?:\d{4}-\d\d-\d\d)?T?(?:\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?)?", re.ASCII)
_LITERAL = re.compile(r'"[^"]*"')
_REACHES_OUT = re.compile(
    r"(?<![\w\]\[@#])\[(?!0\])[^\[\]]{1,260}\][\w.]{0,64}!"
    r"|'[^'\[\]]{0,260}\[(?!0\])[^\[\]]{1,260}\][^'\[\]]{0,64}'!"
    r"|(?:^|[=(,+\-*/^&<>])[A-Z_]\w{0,30}\|'?[^'\"!|]{0,260}'?!"
    r"|\b(?:WEBSERVICE|RTD|DDE|CALL|REGISTER\.ID)\("
)
_MARKS = ("[", "|", "WEBSERVICE", "RTD", "DDE", "CALL", "REGISTER")
TRUE, FALSE = ("1", "true"), ("0", "false")
INLINE = ("inlineStr", "str")
_GENERAL = ("", False)
_TEXT, _NUMBER = CellType.TEXT, CellType.NUMBER  # a class of names is slow to look into
_READY_TEXT = "\0"
"""The kind of a text whose escapes are decoded run by run; no file can write it as such."""
_TEXTS = (_READY_TEXT, *INLINE)

Form = tuple[str, bool]
"""The code of a number format, and whether it shows a date."""


@dataclass(frozen=True, slots=True)
class Book:
    """What all sheets of a workbook share.

    `formats` maps a cell's style, as the file writes it, to the code and date-ness of its
    number format; None where the file has no styles at all.
    """

    strings: Sequence[str]
    formats: Mapping[str, Form] | None
    epoch_1904: bool
    limits: Limits


def column_number(letters: str) -> int:
    """Turn column letters into a number: A is 1, XFD is 16384."""
    known = COLUMNS.get(letters)
    if known is not None:
        return known
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def address(reference: str) -> tuple[int, int] | None:
    """Read a reference such as B12 as (row, column); None outside the sheet's bounds."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    row, column = int(match[2]), column_number(match[1])
    return (row, column) if 1 <= row <= MAX_ROW and column <= MAX_COLUMN else None


def reaches_out(formula: str) -> bool:
    """Tell whether a formula asks another workbook, a program (DDE) or the network."""
    if not _has_mark(formula):
        return False
    return _REACHES_OUT.search(_LITERAL.sub('""', formula.upper())) is not None


def _has_mark(formulas: str) -> bool:
    upper = formulas.upper()
    return any(mark in upper for mark in _MARKS)


COLUMNS = {column_letter(number): number for number in range(1, 257)}


def hides_row(about: Mapping[str, str]) -> bool:
    """Tell whether a row with these attributes is not shown."""
    return about.get("hidden") in TRUE or about.get("ht") == "0"


class CellReader:
    """Turn what the file says of one cell into a `RawCell`; collects what cannot be."""

    __slots__ = ("_formulas", "_known", "_masters", "_strings", "bad", "book", "cells")

    def __init__(self, book: Book) -> None:
        """Start with no cell read."""
        self.book = book
        self.cells: dict[tuple[int, int], RawCell] = {}
        self.bad: list[tuple[int, int]] = []
        self._masters: dict[str, str] = {}
        self._known: dict[tuple[str, str, str], RawCell | None] = {}
        self._strings = book.strings
        self._formulas: set[str] = set()

    def formula(self, about: Mapping[str, str], written: str) -> str:
        """Give the formula of a cell: a dependent of a shared one shows that of its master."""
        if about.get("t") != "shared":
            return written
        index = about.get("si", "")
        formula = written or self._masters.get(index, "")
        self._masters.setdefault(index, formula)
        return formula

    def put(
        self,
        at: tuple[int, int],
        about: Mapping[str, str],
        *,
        value: str,
        formula: str | None = None,
        inline: str | None = None,
    ) -> None:
        """Keep one cell unless it is blank.

        `about` are its attributes, `value` is what its v holds, `inline` the text of its is.
        """
        kind, style = about.get("t", ""), about.get("s", "")
        if inline is not None:
            if value or kind not in INLINE:
                self.bad.append(at)  # two values, or a text that the cell disowns
                return
            kind, value = _READY_TEXT, inline
        key = (kind, style, value)
        cell = self._known.get(key)
        if cell is None:
            cell = self._known[key] = self.cell(kind, self.form(style), value)
        self.keep(at, cell, formula)

    def keep(self, at: tuple[int, int], cell: RawCell | None, formula: str | None) -> None:
        """Keep a cell with its formula unless it is blank; None for one that cannot be read."""
        if formula is not None:
            self._formulas.add(formula)
        if cell is None:
            self.bad.append(at)
        elif formula is not None:
            self.cells[at] = cell_of((cell.type, cell.text, formula, cell.format))
        elif cell.text:
            self.cells[at] = cell

    def reaches_out(self) -> bool:
        """Tell whether a formula of these cells reaches out of the workbook."""
        return _has_mark("\n".join(self._formulas)) and any(map(reaches_out, self._formulas))

    def form(self, style: str) -> Form | None:
        """Give the number format of a style; None where the file has no such style."""
        return _GENERAL if self.book.formats is None else self.book.formats.get(style)

    def cell(self, kind: str, form: Form | None, value: str) -> RawCell | None:
        """Make a cell without formula, blank or not; None where it cannot be read."""
        if form is None:
            return None
        if kind == "s" and value:
            index, strings = whole_number(value), self._strings
            if index is None or index >= len(strings):
                return None
            return cell_of((_TEXT, strings[index], None, form[0]))
        read = self._value(kind, value, is_date=form[1])
        return None if read is None else cell_of((*read, None, form[0]))

    def _value(self, kind: str, value: str, *, is_date: bool) -> tuple[CellType, str] | None:
        if kind in _TEXTS:
            return _TEXT, value if kind == _READY_TEXT else unescaped(value)
        if not value:
            return _NUMBER, ""
        if kind in ("", "n"):
            number = number_text(value)
            if number is None:
                return None
            shown = date_text(number, epoch_1904=self.book.epoch_1904) if is_date else None
            return (_NUMBER, number) if shown is None else (CellType.DATE, shown)
        if kind == "b" and value in TRUE + FALSE:
            return CellType.BOOLEAN, "TRUE" if value in TRUE else "FALSE"
        if kind == "e":
            return CellType.ERROR, value
        if kind == "d" and _ISO.fullmatch(value):
            return CellType.DATE, value
        return None
