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
from workbook_tools.reader.raw import CellType, RawCell

MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
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
READY_TEXT = "\0"
"""The kind of a text whose escapes are decoded run by run; no file can write it as such."""


@dataclass(frozen=True, slots=True)
class Book:
    """What all sheets of a workbook share.

    `formats` maps a cell's style, as the file writes it, to the code and date-ness of its
    number format; None where the file has no styles at all.
    """

    strings: Sequence[str]
    formats: Mapping[str, tuple[str, bool]] | None
    epoch_1904: bool
    limits: Limits


def column_number(letters: str) -> int:
    """Turn column letters into a number: A is 1, XFD is 16384."""
    known = _COLUMNS.get(letters)
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
    upper = formula.upper()
    if not any(mark in upper for mark in _MARKS):
        return False
    return _REACHES_OUT.search(_LITERAL.sub('""', upper)) is not None


_COLUMNS = {column_letter(number): number for number in range(1, 257)}


class CellReader:
    """Turn what the file says of one cell into a `RawCell`; collects what cannot be."""

    __slots__ = ("bad", "book", "cells", "formulas_out", "known", "masters")

    def __init__(self, book: Book) -> None:
        """Start with no cell read."""
        self.book = book
        self.cells: dict[tuple[int, int], RawCell] = {}
        self.bad: list[tuple[int, int]] = []
        self.masters: dict[str, str] = {}
        self.known: dict[tuple[str, str, str], RawCell | None] = {}
        self.formulas_out = False

    def put(
        self, at: tuple[int, int], kind: str, style: str, value: str, formula: str | None
    ) -> None:
        """Keep one cell unless it is blank; `kind` and `style` are its attributes t and s."""
        if formula is None:
            key = (kind, style, value)
            cell = self.known.get(key)
            if cell is None:
                cell = self.known[key] = self._cell(kind, style, value, None)
        else:
            self.formulas_out = self.formulas_out or reaches_out(formula)
            cell = self._cell(kind, style, value, formula)
        if cell is None:
            self.bad.append(at)
        elif cell.text or formula is not None:
            self.cells[at] = cell

    def _cell(self, kind: str, style: str, value: str, formula: str | None) -> RawCell | None:
        if self.book.formats is None:
            code, is_date = "", False
        elif style in self.book.formats:
            code, is_date = self.book.formats[style]
        else:
            return None
        read = self._value(kind, value, is_date)
        return None if read is None else RawCell(read[0], read[1], formula, code)

    def _value(self, kind: str, value: str, is_date: bool) -> tuple[CellType, str] | None:  # noqa: FBT001 (private, one caller)
        if kind in (READY_TEXT, *INLINE):
            return CellType.TEXT, value if kind == READY_TEXT else unescaped(value)
        if not value:
            return CellType.NUMBER, ""
        if kind == "s":
            strings = self.book.strings
            index = whole_number(value)
            if index is None or index >= len(strings):
                return None
            return CellType.TEXT, strings[index]
        if kind in ("", "n"):
            number = number_text(value)
            if number is None:
                return None
            shown = date_text(number, epoch_1904=self.book.epoch_1904) if is_date else None
            return (CellType.NUMBER, number) if shown is None else (CellType.DATE, shown)
        if kind == "b" and value in TRUE + FALSE:
            return CellType.BOOLEAN, "TRUE" if value in TRUE else "FALSE"
        if kind == "e":
            return CellType.ERROR, value
        if kind == "d" and _ISO.fullmatch(value):
            return CellType.DATE, value
        return None
