"""Turn a worksheet part into a `RawSheet`, every cell at its true reference."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workbook_tools.form.limits import (
    MAX_COLUMN,
    MAX_ROW,
    Limits,
    ReadingRefused,
    active,
    damaged,
    grouped,
    too_large,
)
from workbook_tools.form.markup import unescaped, walk
from workbook_tools.form.number_format import date_text, number_text
from workbook_tools.form.raw import CellType, RawCell, RawSheet
from workbook_tools.validation.problems import Place, Problem

MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
_LOCAL = {f"{space} {name}": name for space in MAIN for name in (
    "worksheet", "sheetData", "row", "c", "v", "f", "is", "t", "r", "rPh", "col",
    "mergeCell", "sheetProtection", "filterColumn", "autoFilter",
)}  # fmt: skip
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_ISO = re.compile(r"(?:\d{4}-\d\d-\d\d)?T?(?:\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?)?", re.ASCII)
_LITERAL = re.compile(r'"[^"]*"')
_REACHES_OUT = re.compile(
    r"(?<![\w\]\[@#])\[(?!0\])[^\[\]]{1,260}\][\w.]{0,64}!"
    r"|'[^'\[\]]{0,260}\[(?!0\])[^\[\]]{1,260}\][^'\[\]]{0,64}'!"
    r"|(?:^|[=(,+\-*/^&<>])[A-Za-z_]\w{0,30}\|'?[^'\"!|]{0,260}'?!"
    r"|\b(?:WEBSERVICE|RTD|DDE|CALL|REGISTER\.ID)\(",
    re.IGNORECASE,
)
_TRUE, _FALSE = ("1", "true"), ("0", "false")
_ROW_DEPTH, _CELL_DEPTH = 3, 4


@dataclass(frozen=True, slots=True)
class Book:
    """What all sheets of a workbook share.

    `formats` holds the code and date-ness of each cell style; None where the file has no
    styles at all.
    """

    strings: Sequence[str]
    formats: Sequence[tuple[str, bool]] | None
    epoch_1904: bool
    limits: Limits


def column_number(letters: str) -> int:
    """Turn column letters into a number: A is 1, XFD is 16384."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """Turn a column number into letters: 1 is A."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(reference: str) -> tuple[int, int] | None:
    """Read a reference such as B12 as (row, column); None outside the sheet's bounds."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    row, column = int(match[2]), column_number(match[1])
    return (row, column) if 1 <= row <= MAX_ROW and column <= MAX_COLUMN else None


def reaches_out(formula: str) -> bool:
    """Tell whether a formula asks another workbook, a program (DDE) or the network."""
    return _REACHES_OUT.search(_LITERAL.sub('""', formula)) is not None


class CellReader:
    """Turn what the file says of one cell into a `RawCell`; collects what cannot be."""

    __slots__ = ("bad", "book", "cells", "formulas_out", "masters")

    def __init__(self, book: Book) -> None:
        """Start with no cell read."""
        self.book = book
        self.cells: dict[tuple[int, int], RawCell] = {}
        self.bad: list[tuple[int, int]] = []
        self.masters: dict[str, str] = {}
        self.formulas_out = False

    def put(
        self, at: tuple[int, int], kind: str, style: str, value: str, formula: str | None
    ) -> None:
        """Keep one cell unless it is blank; `kind` and `style` are its attributes t and s."""
        if formula and reaches_out(formula):
            self.formulas_out = True
        code, is_date = "", False
        if style and style != "0":
            formats = self.book.formats
            if formats is not None:
                if not style.isdecimal() or int(style) >= len(formats):
                    self.bad.append(at)
                    return
                code, is_date = formats[int(style)]
        elif self.book.formats:
            code, is_date = self.book.formats[0]
        read = self._value(kind, value, is_date)
        if read is None:
            self.bad.append(at)
            return
        type_, text = read
        if text or formula is not None:
            self.cells[at] = RawCell(type_, text, formula, code)

    def _value(self, kind: str, value: str, is_date: bool) -> tuple[CellType, str] | None:  # noqa: FBT001 (private, one caller)
        if kind in ("inlineStr", "str"):
            return CellType.TEXT, unescaped(value)
        if not value:
            return CellType.NUMBER, ""
        if kind == "s":
            strings = self.book.strings
            if not value.isdecimal() or int(value) >= len(strings):
                return None
            return CellType.TEXT, strings[int(value)]
        if kind in ("", "n"):
            number = number_text(value)
            if number is None:
                return None
            shown = date_text(number, epoch_1904=self.book.epoch_1904) if is_date else None
            return (CellType.NUMBER, number) if shown is None else (CellType.DATE, shown)
        if kind == "b" and value in _TRUE + _FALSE:
            return CellType.BOOLEAN, "TRUE" if value in _TRUE else "FALSE"
        if kind == "e":
            return CellType.ERROR, value
        if kind == "d" and _ISO.fullmatch(value):
            return CellType.DATE, value
        return None


class SheetPass:
    """Receive one worksheet's XML in order and keep what it says."""

    __slots__ = (
        "attributes", "column", "count", "depth", "filtered", "formula_of", "formula_texts",
        "hidden_columns", "hidden_rows", "merges", "name", "phonetic", "protected", "reader",
        "row", "seen", "sheet_data", "sink", "value_texts",
    )  # fmt: skip

    def __init__(self, name: str, book: Book, count: int) -> None:
        """Start; `count` is the number of cell elements of the sheets before."""
        self.name = name
        self.reader = CellReader(book)
        self.count = count
        self.depth = self.row = self.column = self.sheet_data = self.phonetic = 0
        self.seen: set[tuple[int, int]] = set()
        self.merges: list[tuple[int, int, int, int]] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.protected = self.filtered = False
        self.attributes: dict[str, str] = {}
        self.formula_of: dict[str, str] | None = None
        self.formula_texts: list[str] = []
        self.value_texts: list[str] = []
        self.sink: list[str] | None = None

    def read(self, part: bytes) -> None:
        """Walk the part; raises ReadingRefused where it is no sound worksheet."""
        what = f"lembar {self.name}"
        walk(part, what, start=self.start, end=self.end, text=self.text)
        if self.sheet_data != 1:
            raise ReadingRefused(damaged(what))

    def start(self, qualified: str, attributes: dict[str, str]) -> None:
        """Take an opening tag."""
        self.depth += 1
        name = _LOCAL.get(qualified)
        if name is None:
            return
        if name == "c":
            if self.depth == _CELL_DEPTH and self.sheet_data == 1:
                self._open_cell(attributes)
        elif name in ("v", "t"):
            self.sink = None if self.phonetic else self.value_texts
        elif name == "f":
            self.formula_of = attributes
            self.sink = self.formula_texts
        elif name == "rPh":
            self.phonetic += 1
        elif name == "row":
            if self.depth == _ROW_DEPTH:
                self._open_row(attributes)
        else:
            self._about_sheet(name, attributes)

    def text(self, data: str) -> None:
        """Take characters."""
        if self.sink is not None:
            self.sink.append(data)

    def end(self, qualified: str) -> None:
        """Take a closing tag."""
        self.depth -= 1
        name = _LOCAL.get(qualified)
        if name == "c":
            if self.depth == _CELL_DEPTH - 1:
                self._close_cell()
        elif name in ("v", "t", "f"):
            self.sink = None
        elif name == "rPh":
            self.phonetic -= 1

    def sheet(self, state: str) -> RawSheet:
        """Give the sheet as read."""
        return RawSheet(
            self.name,
            state,
            self.reader.cells,
            tuple(self.merges),
            frozenset(self.hidden_rows),
            frozenset(self.hidden_columns),
            self.protected,
            self.filtered,
        )

    def problems(self) -> list[Problem]:
        """List what was found wrong without stopping the pass."""
        found: list[Problem] = []
        if self.reader.bad:
            first, *rest = (f"{column_letters(c)}{r}" for r, c in self.reader.bad)
            what = "isi sel yang tidak bisa dibaca"
            found.append(damaged(what, Place(self.name, first), cells=tuple(rest)))
        if self.reader.formulas_out:
            found.append(active("tautan ke berkas lain"))
        return found

    def _about_sheet(self, name: str, attributes: dict[str, str]) -> None:
        if self.depth == 1 and name != "worksheet":
            raise ReadingRefused(damaged(f"lembar {self.name}"))
        if name == "sheetData":
            self.sheet_data += 1
            if self.depth != _ROW_DEPTH - 1:
                raise ReadingRefused(damaged(f"lembar {self.name}"))
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "col":
            self._hide_columns(attributes)
        elif name == "sheetProtection":
            self.protected = attributes.get("sheet") in _TRUE
        elif name == "filterColumn":
            self.filtered = True

    def _open_row(self, attributes: dict[str, str]) -> None:
        row = attributes.get("r")
        self.row = int(row) if row and row.isdecimal() and row.isascii() else self.row + 1
        if (row and str(self.row) != row.lstrip("0")) or not 1 <= self.row <= MAX_ROW:
            raise ReadingRefused(damaged(f"lembar {self.name}: nomor baris {row or self.row}"))
        self.column = 0
        if attributes.get("hidden") in _TRUE or attributes.get("ht") == "0":
            self.hidden_rows.add(self.row)

    def _open_cell(self, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > self.reader.book.limits.cells:
            raise ReadingRefused(too_large("jumlah sel", grouped(self.reader.book.limits.cells)))
        reference = attributes.get("r")
        at = address(reference) if reference else (self.row, self.column + 1)
        if at is None or at[0] != self.row or at[1] > MAX_COLUMN:
            raise ReadingRefused(damaged(f"lembar {self.name}: alamat sel {reference}"))
        if at in self.seen:
            what = f"lembar {self.name}: sel {column_letters(at[1])}{at[0]} ada dua kali"
            raise ReadingRefused(damaged(what))
        self.seen.add(at)
        self.column = at[1]
        self.attributes = attributes
        self.formula_of = None
        self.formula_texts.clear()
        self.value_texts.clear()

    def _close_cell(self) -> None:
        formula = None
        if self.formula_of is not None:
            formula = "".join(self.formula_texts)
            if self.formula_of.get("t") == "shared":
                index = self.formula_of.get("si", "")
                formula = formula or self.reader.masters.get(index, "")
                self.reader.masters.setdefault(index, formula)
        kind, style = self.attributes.get("t", ""), self.attributes.get("s", "")
        self.reader.put((self.row, self.column), kind, style, "".join(self.value_texts), formula)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        start, stop = address(first), address(last or first)
        if start is None or stop is None or start > stop:
            raise ReadingRefused(damaged(f"lembar {self.name}: sel gabungan {reference}"))
        self.merges.append((*start, *stop))
        if len(self.merges) > self.reader.book.limits.merges:
            limit = grouped(self.reader.book.limits.merges)
            raise ReadingRefused(too_large("jumlah sel gabungan", limit))

    def _hide_columns(self, attributes: dict[str, str]) -> None:
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if not (first.isdecimal() and last.isdecimal()):
            return
        if attributes.get("hidden") in _TRUE or attributes.get("width") == "0":
            self.hidden_columns.update(range(max(1, int(first)), min(int(last), MAX_COLUMN) + 1))
