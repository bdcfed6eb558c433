"""Turn the middle of a worksheet into cells where every byte of it is as Excel writes it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workbook_tools.reader.canonical import resolved
from workbook_tools.reader.cell_reader import TRUE, CellReader, column_number
from workbook_tools.reader.limits import MAX_COLUMN, MAX_ROW

_TEXT = r"[^<>\x00-\x1f\ufffe\uffff]"
_TOKEN = re.compile(
    r'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="([0-9]{1,6})")?(?: t="(b|e|n|s|str)")?'
    rf"(?:/>|>(?:<f>({_TEXT}+)</f>)?(?:<v>({_TEXT}*)</v>)?</c>)"
    r'|<row r="([1-9][0-9]{0,6})"'
    r"((?: (?:spans|s|customFormat|ht|hidden|customHeight|outlineLevel|collapsed|thickTop|thickBot)"
    r'="[0-9A-Za-z.: ]*")*)(>|/>)'
    r"|(</row>)"
    r"|([\s\S]+)"
)
_NAME = re.compile(r" (\w+)=")


@dataclass(frozen=True, slots=True)
class CanonicalRows:
    """The rows of a worksheet of the usual form: its typed cells, proved to be all there is.

    `typed` holds column, row, style, kind, formula and value; `count` is the number of
    cell elements, blank ones too.
    """

    typed: list[tuple[int, int, str, str, str, str]]
    hidden_rows: frozenset[int]
    count: int


def canonical_rows(middle: str) -> CanonicalRows | None:
    """Split the middle into rows and cells.

    None where one byte is not of the usual form, where rows or cells do not ascend, or
    where a text holds an unusual reference; the strict walk then decides.
    """
    tokens: list[tuple[str, ...]] = _TOKEN.findall(middle)
    if tokens and tokens[-1][-1]:
        return None
    typed: list[tuple[int, int, str, str, str, str]] = []
    rows = _Rows()
    count = last = 0
    for letters, own, style, kind, formula, value, number, attributes, closing, _, _ in tokens:
        if letters:
            column = column_number(letters)
            if own != rows.digits or not last < column <= MAX_COLUMN:
                return None
            last = column
            count += 1
            if value or formula:
                typed.append((column, rows.row, style, kind, formula, value))
        elif rows.turn(number, attributes, closing):
            last = 0
        else:
            return None
    if rows.digits:
        return None
    return CanonicalRows(typed, frozenset(rows.hidden), count)


def put_cells(found: CanonicalRows, reader: CellReader) -> bool:
    """Keep every cell; False, with the reader spoilt, where a text has an unusual reference."""
    for column, row, style, kind, formula, value in found.typed:
        if "&" in formula or "&" in value:
            plain, shown = resolved(formula), resolved(value)
            if plain is None or shown is None:
                return False
            reader.put((row, column), kind, style, shown, plain or None)
        else:
            reader.put((row, column), kind, style, value, formula or None)
    return True


class _Rows:
    """Follow the rows: which one is open, that they ascend, which ones are hidden."""

    __slots__ = ("digits", "hidden", "hides", "row")

    def __init__(self) -> None:
        self.row = 0
        self.digits = ""
        self.hidden: set[int] = set()
        self.hides: dict[str, bool | None] = {"": False}

    def turn(self, number: str, attributes: str, closing: str) -> bool:
        """Open the row of that number, or close the open one; False where neither can be."""
        if not number:
            was_open = self.digits != ""
            self.digits = ""
            return was_open
        if self.digits or not self.row < int(number) <= MAX_ROW:
            return False
        self.row = int(number)
        self.digits = number if closing == ">" else ""
        if attributes not in self.hides:
            self.hides[attributes] = _hides(attributes)
        if self.hides[attributes]:
            self.hidden.add(self.row)
        return self.hides[attributes] is not None


def _hides(attributes: str) -> bool | None:
    names = _NAME.findall(attributes)
    if len(names) != len(set(names)):
        return None
    shown = dict(zip(names, attributes.split('"')[1::2], strict=True))
    return shown.get("hidden") in TRUE or shown.get("ht") == "0"
