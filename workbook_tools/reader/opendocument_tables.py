"""Turn the tables of an OpenDocument content part into sheets with true addresses."""

from __future__ import annotations

import re

from workbook_tools.address import column_letter
from workbook_tools.problems.problem import Place, Problem
from workbook_tools.reader.limits import (
    MAX_COLUMN,
    MAX_ROW,
    Limits,
    ReadingRefused,
    damaged,
    grouped,
    too_large,
)
from workbook_tools.reader.number_format import number_text, whole_number
from workbook_tools.reader.raw import CellType, RawCell, RawSheet

_NAMESPACES = {
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
    "urn:oasis:names:tc:opendocument:xmlns:script:1.0": "script",
    "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0": "calcext",
}
_DURATION = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(?:\.\d+)?)?", re.ASCII)
_OUT = re.compile(r"'?[a-z]+://[^'\]]*'?#|\bDDE\(|\bWEBSERVICE\(", re.IGNORECASE)
_NUMBERS = ("float", "percentage", "currency")
_SHAPES = ("table:shapes", "office:annotation", "office:forms", "table:detective")
_CELLS = ("table:table-cell", "table:covered-table-cell")


def local_name(qualified: str) -> str:
    """Drop the namespace of a name as expat gives it."""
    return qualified.rpartition(" ")[2]


class TablesPass:
    """Receive content.xml in order and keep its sheets and names."""

    __slots__ = (
        *("bad", "cell", "cells", "characters", "column", "columns", "count", "filtered_rows"),
        *("hidden", "hidden_columns", "hidden_rows", "hidden_styles", "limits", "merges", "names"),
        *("paragraphs", "protected", "reaches_out", "row", "row_of", "runs_scripts", "sheets"),
        *("skip", "style", "table_depth", "title", "typed", "in_paragraph"),
    )

    def __init__(self, limits: Limits) -> None:
        """Start with no table read."""
        self.limits = limits
        self.sheets: list[RawSheet] = []
        self.names: dict[str, str] = {}
        self.reaches_out = self.runs_scripts = False
        self.bad: list[tuple[str, tuple[int, int]]] = []
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.in_paragraph = False
        self.row_of: dict[str, str] = {}
        self.cell: dict[str, str] = {}
        self.paragraphs: list[list[str]] = []
        self.cells: dict[tuple[int, int], RawCell] = {}
        self.typed: list[tuple[int, RawCell]] = []
        self.merges: list[tuple[int, int, int, int]] = []
        self.hidden_rows: list[range] = []
        self.filtered_rows: list[range] = []
        self.characters = self.count = self.skip = self.table_depth = 0
        self._open_table({})

    def start(self, qualified: str, attributes: dict[str, str]) -> None:
        """Take an opening tag."""
        name = _short(qualified)
        if self.skip or name in _SHAPES:
            self.skip += 1
            return
        named = {_short(key): value for key, value in attributes.items()}
        if name == "table:table":
            self.table_depth += 1
            if self.table_depth > 1:
                raise ReadingRefused(damaged(f"lembar {self.title}: tabel di dalam tabel"))
            self._open_table(named)
        elif name == "table:table-column":
            self._columns(named)
        elif name == "table:table-row":
            self.row_of = named
            self.column = 0
        elif name in _CELLS:
            self.cell = named
            self.paragraphs = []
        elif name == "text:p":
            self.paragraphs.append([])
            self.in_paragraph = True
        else:
            self._about(name, named)

    def text(self, data: str) -> None:
        """Take characters; those outside a paragraph are layout of the XML."""
        if self.in_paragraph and not self.skip:
            self._write(data)

    def end(self, qualified: str) -> None:
        """Take a closing tag."""
        if self.skip:
            self.skip -= 1
            return
        name = _short(qualified)
        if name == "text:p":
            self.in_paragraph = False
        elif name in _CELLS:
            self._close_cell()
        elif name == "table:table-row":
            self._close_row()
        elif name == "table:table":
            self.table_depth -= 1
            self._close_table()

    def problems(self) -> list[Problem]:
        """List the cells that could not be read, one problem for each sheet."""
        by_sheet: dict[str, list[str]] = {}
        for title, (row, column) in self.bad:
            by_sheet.setdefault(title, []).append(f"{column_letter(column)}{row}")
        what = "isi sel yang tidak bisa dibaca"
        return [
            damaged(what, Place(title, cells[0]), cells=tuple(cells[1:]))
            for title, cells in by_sheet.items()
        ]

    def _write(self, text: str) -> None:
        self.characters += len(text)
        if self.characters > self.limits.string_characters:
            limit = grouped(self.limits.string_characters)
            raise ReadingRefused(too_large("panjang seluruh teks (huruf)", limit))
        self.paragraphs[-1].append(text)

    def _about(self, name: str, named: dict[str, str]) -> None:
        if name == "style:style":
            self.style = named.get("style:name", "")
        elif name == "style:table-properties":
            if named.get("table:display") == "false":
                self.hidden_styles.add(self.style)
        elif name == "text:s" and self.in_paragraph:
            self._write(" " * _count(named, "text:c", MAX_COLUMN))
        elif name == "text:tab" and self.in_paragraph:
            self._write("\t")
        elif name == "text:line-break" and self.in_paragraph:
            self._write("\n")
        elif name in ("table:named-range", "table:named-expression") and not self.table_depth:
            reference = named.get("table:cell-range-address", "")
            sheet, dot, cells = reference.rpartition(".")
            expression = named.get("table:expression", "").removeprefix("of:").removeprefix("=")
            shown = f"{sheet.removeprefix('$')}!{cells}" if dot else expression
            self.names[named.get("table:name", "")] = shown
        elif name in ("table:dde-link", "table:cell-range-source", "table:table-source"):
            self.reaches_out = True
        elif name in ("script:event-listener", "office:script"):
            self.runs_scripts = True

    def _open_table(self, named: dict[str, str]) -> None:
        self.title = named.get("table:name", "")
        self.hidden = named.get("table:style-name", "") in self.hidden_styles
        self.protected = named.get("table:protected") == "true"
        self.row = self.column = self.columns = 0
        self.row_of = {}
        self.cell = {}
        self.paragraphs = []
        self.cells = {}
        self.typed = []
        self.merges = []
        self.hidden_rows = []
        self.filtered_rows = []
        self.hidden_columns: set[int] = set()

    def _close_table(self) -> None:
        last = max((row for row, _ in self.cells), default=0)
        hidden, filtered = (
            frozenset(row for rows in ranges for row in range(rows.start, min(rows.stop, last + 1)))
            for ranges in (self.hidden_rows, self.filtered_rows)
        )
        state = "hidden" if self.hidden else "visible"
        self.sheets.append(
            RawSheet(
                self.title,
                state,
                self.cells,
                tuple(self.merges),
                hidden,
                frozenset(self.hidden_columns),
                self.protected,
                filtered,
            )
        )
        if len(self.sheets) > self.limits.sheets:
            raise ReadingRefused(too_large("jumlah lembar", grouped(self.limits.sheets)))

    def _columns(self, named: dict[str, str]) -> None:
        repeated = _count(named, "table:number-columns-repeated", MAX_COLUMN)
        if named.get("table:visibility", "visible") != "visible":
            last = min(self.columns + repeated, MAX_COLUMN)
            self.hidden_columns.update(range(self.columns + 1, last + 1))
        self.columns += repeated

    def _close_row(self) -> None:
        repeated = _count(self.row_of, "table:number-rows-repeated", MAX_ROW)
        first = self.row + 1
        visibility = self.row_of.get("table:visibility", "visible")
        if visibility != "visible":
            rows = range(first, min(first + repeated, MAX_ROW + 1))
            self.hidden_rows.append(rows)
            if visibility == "filter":
                self.filtered_rows.append(rows)
        if repeated > 1:
            self._take(len(self.typed) * (repeated - 1), first + repeated - 1)
            for column, cell in self.typed:
                for row in range(first + 1, first + repeated):
                    self.cells[row, column] = cell
        self.row += repeated
        self.typed = []

    def _close_cell(self) -> None:
        repeated = _count(self.cell, "table:number-columns-repeated", MAX_COLUMN)
        at = (self.row + 1, self.column + 1)
        wide = _count(self.cell, "table:number-columns-spanned", MAX_COLUMN)
        high = _count(self.cell, "table:number-rows-spanned", MAX_ROW)
        if wide > 1 or high > 1:
            self.merges.append((*at, at[0] + high - 1, at[1] + wide - 1))
        self.column += repeated
        self._take(1, 1)
        read = self._cell()
        if read is None:
            self.bad.append((self.title, at))
        elif read.text or read.formula is not None:
            self._take(repeated, at[0])
            if self.column > MAX_COLUMN:
                raise ReadingRefused(damaged(f"lembar {self.title}: terlalu banyak kolom"))
            for column in range(at[1], self.column + 1):
                self.cells[at[0], column] = read
                self.typed.append((column, read))
        self.paragraphs = []

    def _take(self, cells: int, row: int) -> None:
        self.count += cells
        if self.count > self.limits.cells:
            raise ReadingRefused(too_large("jumlah sel", grouped(self.limits.cells)))
        if cells and row > MAX_ROW:
            raise ReadingRefused(damaged(f"lembar {self.title}: terlalu banyak baris"))

    def _cell(self) -> RawCell | None:
        formula = self.cell.get("table:formula")
        if formula is not None:
            self.reaches_out = self.reaches_out or _OUT.search(formula) is not None
            formula = formula.partition("=")[2]
        kind = self.cell.get("office:value-type", "")
        shown = "\n".join("".join(pieces) for pieces in self.paragraphs)
        if self.cell.get("calcext:value-type") == "error":
            return RawCell(CellType.ERROR, shown, formula)
        if kind in _NUMBERS:
            number = number_text(self.cell.get("office:value", ""))
            code = "0%" if kind == "percentage" else ""
            return None if number is None else RawCell(CellType.NUMBER, number, formula, code)
        if kind == "boolean":
            value = self.cell.get("office:boolean-value", "")
            known = value in ("true", "false")
            return RawCell(CellType.BOOLEAN, value.upper(), formula) if known else None
        if kind in ("date", "time"):
            date = _date(self.cell)
            return None if date is None else RawCell(CellType.DATE, date, formula)
        if kind == "string":
            return RawCell(CellType.TEXT, self.cell.get("office:string-value", shown), formula)
        if kind in ("", "void"):
            return RawCell(CellType.NUMBER if formula else CellType.TEXT, shown, formula)
        return None


def _date(cell: dict[str, str]) -> str | None:
    date = cell.get("office:date-value")
    if date is not None:
        return date.removesuffix("T00:00:00") if _DATE.fullmatch(date) else None
    match = _DURATION.fullmatch(cell.get("office:time-value", ""))
    return None if match is None else ":".join(part.zfill(2) for part in match.groups())


def _count(named: dict[str, str], name: str, most: int) -> int:
    value = named.get(name, "1")
    number = whole_number(value)
    if number is None:
        raise ReadingRefused(damaged(f"angka pengulangan {value[:20]}"))
    return max(1, min(number, most))


def _short(qualified: str) -> str:
    namespace, _, local = qualified.rpartition(" ")
    return f"{_NAMESPACES.get(namespace, '')}:{local}"
