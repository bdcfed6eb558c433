"""Turn the cells of one sheet into the XML that XlsxWriter would write, in half its time.

XlsxWriter goes through some ten calls for a cell that is stored and as many for one that is
written; a master has 300,000 of them. Here the four kinds that our sheets consist of (texts,
numbers, formulas, blanks) are stored and written directly, into the same tables and with the
same signs; tests hold the result to what XlsxWriter itself writes. Whatever is not one of
these is left to XlsxWriter. Rows and columns count from 0, as they do there.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Protocol, cast

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import (
    CellBlankTuple,
    CellFormulaTuple,
    CellNumberTuple,
    CellStringTuple,
    Worksheet,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from io import StringIO

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import CellArrayFormulaTuple

    _Direct = CellBlankTuple | CellFormulaTuple | CellNumberTuple | CellStringTuple
    _Cell = _Direct | CellArrayFormulaTuple

    class _Texts(Protocol):
        def _get_shared_string_index(self, string: str, /) -> int: ...


_OUT_OF_BOUNDS = -1
_SURELY_SHORT = 16_000
"""So many letters fit into a cell however they are encoded; XlsxWriter counts longer ones."""

_NOWHERE = (1, 0, 1, 0)
_SPAN_ROWS = 16  # that share one "spans"


@cache  # a workbook has at most 16,384
def column_name(column: int) -> str:
    """Give the letters of a column, such as `H` for 7."""
    return str(xl_col_to_name(column))


class PlainWorksheet(Worksheet):
    """A worksheet whose formulas are known to use functions of Excel 2010 alone.

    XlsxWriter looks through every formula for some thirty newer functions that need a prefix
    or an array; that took 40 % of the time of a master. Where another release does not ask the
    methods told here that begin with `_`, a sheet only takes longer: the file stays the same.
    """

    def __init__(self) -> None:
        """Begin an empty sheet."""
        super().__init__()
        self._box = _NOWHERE

    def put_text(self, row: int, column: int, text: str, look: Format | None) -> int:
        """Store a text; not 0 where it has no place or is too long, as `write_string`."""
        if len(text) > _SURELY_SHORT:
            return int(self.write_string(row, column, text, look))
        if self._check_dimensions(row, column):
            return _OUT_OF_BOUNDS
        texts = cast("_Texts", self.str_table)
        index = texts._get_shared_string_index(text)  # noqa: SLF001 - as a worksheet asks it
        self.table[row][column] = CellStringTuple(index, look)
        return 0

    def put_number(self, row: int, column: int, number: float, look: Format | None) -> int:
        """Store a finite number; not 0 where it has no place, as `write_number`."""
        if self._check_dimensions(row, column):
            return _OUT_OF_BOUNDS
        self.table[row][column] = CellNumberTuple(number, look)
        return 0

    def put_formula(
        self, row: int, column: int, formula: str, look: Format | None, value: float | str
    ) -> int:
        """Store a formula without its "="; not 0 where it has no place, as `write_formula`."""
        if self._check_dimensions(row, column):
            return _OUT_OF_BOUNDS
        self.table[row][column] = CellFormulaTuple(formula, look, value)
        return 0

    def put_blank(self, row: int, column: int, look: Format | None) -> int:
        """Store a look without a value; not 0 where it has no place, as `write_blank`."""
        if look is None:
            return 0
        if self._check_dimensions(row, column):
            return _OUT_OF_BOUNDS
        self.table[row][column] = CellBlankTuple(look)
        return 0

    def put_merge(self, area: tuple[int, int, int, int], look: Format | None) -> int:
        """Merge blank cells; not 0 where they have no place, as `merge_range`."""
        top, left, bottom, right = area
        columns = range(left, right + 1)
        places = [(row, column) for row in range(top, bottom + 1) for column in columns]
        taken = self.table_cells or not self.merged_cells.keys().isdisjoint(places)
        if look is None or not places or taken:
            return int(self.merge_range(*area, "", look))
        if self._check_dimensions(top, left) or self._check_dimensions(bottom, right):
            return _OUT_OF_BOUNDS
        name = f"{column_name(left)}{top + 1}:{column_name(right)}{bottom + 1}"
        self.merged_cells.update(dict.fromkeys(places, name))
        self.merge.append([top, left, bottom, right])
        blank = CellBlankTuple(look)
        for row in range(top, bottom + 1):
            self.table[row].update(dict.fromkeys(columns, blank))
        return 0

    def forget(self) -> None:
        """Let go of the cells of a sheet that is written.

        A workbook and its sheets hold one another, so that Python would find them only by
        searching; without the cells there is little left to find.
        """
        for kept in (self.table, self.row_info, self.row_sizes, self.merged_cells):
            kept.clear()

    def _prepare_formula(self, formula: str, *_: object, **__: object) -> str:
        """Give a formula as it is stored."""
        return formula.removeprefix("=")

    def _check_dimensions(
        self, row: int, col: int, ignore_row: int = 0, ignore_col: int = 0
    ) -> int:
        """Say at once of what lies between cells that are known that it has a place."""
        top, bottom, left, right = self._box
        if top <= row <= bottom and left <= col <= right:
            return 0
        refused = super()._check_dimensions(row, col, ignore_row, ignore_col)
        box = (self.dim_rowmin, self.dim_rowmax, self.dim_colmin, self.dim_colmax)
        if None not in box:
            self._box = cast("tuple[int, int, int, int]", box)
        return refused

    def _write_rows(self) -> None:
        """Write every row that has cells, comments or a height."""
        self._calculate_spans()
        looks: dict[Format, str] = {}
        for row in sorted({*self.table, *self.row_info, *self.comments}):
            cells, info = self.table.get(row), self.row_info.get(row)
            spans = self.row_spans.get(row // _SPAN_ROWS)
            if cells:
                self._write_row(row, spans, info)
                self._write_cells(row, cells, looks)
            elif info is not None or row in self.comments:
                self._write_empty_row(row, spans, info)

    def _write_cells(self, row: int, cells: Mapping[int, _Cell], looks: dict[Format, str]) -> None:
        """Write the cells of a row in order, and its end; `looks` are the styles met so far."""
        parts: list[str] = []
        write = cast("StringIO", self.fh).write
        number = str(row + 1)
        for column in sorted(cells):
            cell = cells[column]
            look = cell.format
            written = None
            if look is not None:
                told = looks.get(look)
                if told is None:
                    index = look._get_xf_index()  # noqa: SLF001 - as a worksheet asks it
                    told = looks[look] = f' s="{index}"'
                written = _written(cell, column_name(column) + number, told)
            if written is None:
                write("".join(parts))
                parts.clear()
                self._write_cell(row, column, cell)
            else:
                parts.append(written)
        parts.append("</row>")
        write("".join(parts))

    def _calculate_spans(self) -> None:
        """Tell for each sixteen rows from which column to which they hold cells or comments."""
        found: dict[int, tuple[int, int]] = {}
        for table in (self.table, self.comments):
            for row, cells in table.items():
                if cells:
                    block = row // _SPAN_ROWS
                    first, last = found.get(block, (min(cells), 0))
                    found[block] = min(first, *cells), max(last, *cells)
        self.row_spans = {
            block: f"{first + 1}:{last + 1}" for block, (first, last) in found.items()
        }


def _written(cell: _Cell, place: str, look: str) -> str | None:
    """Give the XML of one cell, None for one that is left to XlsxWriter."""
    if isinstance(cell, CellStringTuple):
        return f'<c r="{place}"{look} t="s"><v>{cell.string}</v></c>'
    if isinstance(cell, CellBlankTuple):
        return f'<c r="{place}"{look}/>'
    if isinstance(cell, CellNumberTuple):
        return f'<c r="{place}"{look}><v>{cell.number:.16G}</v></c>'
    if isinstance(cell, CellFormulaTuple):
        return _formula(cell, place, look)
    return None


def _formula(cell: CellFormulaTuple, place: str, look: str) -> str | None:
    """Give the XML of a formula; what may be the name of an error or a boolean is left."""
    formula = _escaped(cell.formula)
    value: object = cell.value
    if isinstance(value, str):
        if value.startswith("#"):
            return None
        told = ' t="str"' if value else ""
        return f'<c r="{place}"{look}{told}><f>{formula}</f><v>{_escaped(value)}</v></c>'
    if isinstance(value, bool):
        return None
    return f'<c r="{place}"{look}><f>{formula}</f><v>{value}</v></c>'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
