"""Turn the rows of a worksheet into cells where every byte of them is as programs write it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbook_tools.reader.canonical import attributes, resolved
from workbook_tools.reader.cell_reader import COLUMNS, CellReader, Form, column_number, hides_row
from workbook_tools.reader.limits import MAX_COLUMN, MAX_ROW
from workbook_tools.reader.markup import unescaped
from workbook_tools.reader.raw import RawCell

Token = tuple[str, ...]

_ROW = r'<row r="([1-9][0-9]{0,6})"([^<>/]*)'
_SPACE = '(?: xml:space="preserve")?'
_TOKEN = re.compile(
    rf"(?:{_ROW}>)?"
    rf'<c r="([A-Z]{{1,3}})([1-9][0-9]{{0,6}})"([^<>/]*)(?:/>|>'
    rf"(?:<(f[^<>/]*)(?:/>|>([^<]*)</f>))?"
    rf"(?:<v{_SPACE}>([^<]*)</v>|<v/>|<(is)><t{_SPACE}>([^<]*)</t></is>)?</c>)"
    rf"(</row>)?"
    rf"|{_ROW}(?:/>|></row>)"
    r"|([\s\S]+)"
)
_LONE = 11  # where the token of a row without cells holds its number


def row_tokens(middle: str) -> list[Token] | None:
    """Split a usual text between the tags of `sheetData`; None where a character is left."""
    tokens: list[Token] = _TOKEN.findall(middle)
    return None if tokens and tokens[-1][-1] else tokens


class Rows:
    """Put the rows and cells that tokens tell of, as long as all of it is as usual."""

    __slots__ = ("_hides", "_reader", "count", "hidden")

    def __init__(self, reader: CellReader) -> None:
        """Put cells into that reader, which is spoilt where `put` says False."""
        self.count = 0
        self.hidden: set[int] = set()
        self._reader = reader
        self._hides: dict[str, bool] = {}

    def put(self, tokens: Sequence[Token]) -> bool:
        """Put every cell; False where something is not of the usual form, or does not ascend."""
        self.count = len(tokens) - sum(1 for token in tokens if token[_LONE])
        try:
            self._put(tokens)
        except _Unusual:
            return False
        return True

    def _put(self, tokens: Sequence[Token]) -> None:
        bad, cells = self._reader.bad, self._reader.cells
        plain = _PlainCells(self._reader)
        inside = ""
        number = last = 0
        for row, told, letters, own, about, f, code, value, i, text, end, lone, more, _ in tokens:
            if row or lone:
                number = self._row(row or lone, told or more, number, inside)
                last, inside = 0, row
            if not letters:
                continue
            column = COLUMNS.get(letters) or column_number(letters)
            if own != inside or not last < column <= MAX_COLUMN:
                raise _Unusual
            last, at, inside = column, (number, column), "" if end else inside
            if i:
                self._inline(at, about, value, f, code, text)
                continue
            cell = plain[about, value]
            if f:
                self._reader.keep(at, cell, self._formula(f, code))
            elif cell is None:
                bad.append(at)
            elif cell.text:
                cells[at] = cell
        if inside:
            raise _Unusual

    def _row(self, digits: str, told: str, last: int, inside: str) -> int:
        """Give the number of the next row."""
        number = int(digits)
        if inside or not last < number <= MAX_ROW:
            raise _Unusual
        hides = self._hides.get(told)
        if hides is None:
            hides = self._hides[told] = hides_row(_told(told))
        if hides:
            self.hidden.add(number)
        return number

    def _inline(
        self, at: tuple[int, int], about: str, value: str, f: str, code: str, text: str
    ) -> None:
        """Put a cell with a text of its own."""
        formula = self._formula(f, code) if f else None
        inline = unescaped(_resolved(text))
        self._reader.put(at, _told(about), value=value, formula=formula, inline=inline)

    def _formula(self, f: str, code: str) -> str:
        formula = _resolved(code)
        return formula if f == "f" else self._reader.formula(_told(f[1:]), formula)


class _PlainCells(dict[tuple[str, str], RawCell | None]):
    """Cells by their attributes and their value, both as written; made when first asked for."""

    def __init__(self, reader: CellReader) -> None:
        super().__init__()
        self._cell = reader.cell
        self._kinds = _Kinds(reader)

    def __missing__(self, key: tuple[str, str]) -> RawCell | None:
        about, value = key
        kind, form = self._kinds[about]
        cell = self[key] = self._cell(kind, form, _resolved(value) if "&" in value else value)
        return cell


class _Kinds(dict[str, tuple[str, Form | None]]):
    """Type and number format of cells by their attributes as written."""

    def __init__(self, reader: CellReader) -> None:
        super().__init__()
        self._form = reader.form

    def __missing__(self, about: str) -> tuple[str, Form | None]:
        told = _told(about)
        kind = self[about] = told.get("t", ""), self._form(told.get("s", ""))
        return kind


class _Unusual(Exception):
    """Something is not as it usually is, and left to the strict walk."""


def _told(written: str) -> dict[str, str]:
    found = attributes(written)
    if found is None or "r" in found:
        raise _Unusual
    return found


def _resolved(text: str) -> str:
    found = resolved(text)
    if found is None:
        raise _Unusual
    return found
