"""Turn a worksheet part into a `RawSheet`, every cell at its true reference."""

from __future__ import annotations

from functools import lru_cache

from workbook_tools.address import column_letter
from workbook_tools.problems.problem import Place, Problem
from workbook_tools.reader.canonical import MAIN
from workbook_tools.reader.canonical_cells import Rows
from workbook_tools.reader.canonical_frame import frame_of
from workbook_tools.reader.cell_reader import TRUE, Book, CellReader, address, hides_row
from workbook_tools.reader.limits import (
    MAX_COLUMN,
    MAX_ROW,
    ReadingRefused,
    active,
    damaged,
    grouped,
    too_large,
)
from workbook_tools.reader.markup import unescaped, walk
from workbook_tools.reader.number_format import whole_number
from workbook_tools.reader.raw import RawSheet

_NAMES = (
    *("worksheet", "sheetData", "row", "c", "v", "f", "is", "t", "r", "rPh", "col"),
    *("mergeCell", "sheetProtection", "autoFilter", "filterColumn"),
)
_LOCAL = {f"{space} {name}": name for space in MAIN for name in _NAMES}
_PARENTS = {
    "row": ("sheetData",),
    "c": ("row",),
    **dict.fromkeys(("v", "f", "is"), ("c",)),
    **dict.fromkeys(("r", "rPh"), ("is",)),
    "t": ("is", "r", "rPh"),
}
_ONCE = ("v", "f", "is", "t")
_LEAVES = ("v", "f", "t")
_ROW_DEPTH = 3
_LONGEST_AREA = len("$XFD$1048576:$XFD$1048576")


class SheetPass:
    """Receive one worksheet's XML in order and keep what it says."""

    __slots__ = (
        *("above", "attributes", "column", "columns", "count", "depth", "filter_area", "filtered"),
        *("formula_of", "formula_texts", "hidden_columns", "hidden_rows", "inline_texts", "limits"),
        *("merges", "name", "parts", "phonetic", "protected", "reader", "row", "runs"),
        *("seen", "sheet_data", "sink", "value_texts"),
    )

    def __init__(self, name: str, book: Book, count: int) -> None:
        """Start; `count` is the number of cell elements of the sheets before."""
        self.name = name
        self.reader = CellReader(book)
        self.limits = book.limits
        self.count = count
        self.depth = self.row = self.column = self.columns = self.sheet_data = self.phonetic = 0
        self.seen: set[tuple[int, int]] = set()
        self.merges: list[tuple[int, int, int, int]] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.protected = False
        self.filter_area = self.filtered = range(0)
        self.attributes: dict[str, str] = {}
        self.formula_of: dict[str, str] | None = None
        self.formula_texts: list[str] = []
        self.value_texts: list[str] = []
        self.inline_texts: list[str] = []
        self.runs: list[str] = []
        self.sink: list[str] | None = None
        self.above: list[str] = [""]
        self.parts: set[str] = set()

    def read(self, part: bytes) -> None:
        """Read the part; raises ReadingRefused where it is no sound worksheet."""
        if self._read_usual(part):
            return
        what = f"lembar {self.name}"
        walk(part, what, start=self.start, end=self.end, text=self.text)
        if self.sheet_data != 1:
            raise ReadingRefused(damaged(what))

    def _read_usual(self, part: bytes) -> bool:
        """Read a part of the usual form in the order of its tags; False where it is not."""
        frame = frame_of(part, self.name)
        if frame is None:
            return False
        reader = CellReader(self.reader.book)
        rows = Rows(reader)
        if not rows.put(frame.rows) or self.count + rows.count > self.limits.cells:
            return False
        for name, attributes in frame.before:
            self._about_sheet(name, attributes)
        self.reader = reader
        self.count += rows.count
        self.hidden_rows = rows.hidden
        for name, attributes in frame.after:
            self._about_sheet(name, attributes)
        return True

    def start(self, qualified: str, attributes: dict[str, str]) -> None:
        """Take an opening tag."""
        self.depth += 1
        above = self.above[-1]
        name = _LOCAL.get(qualified, "")
        self.above.append(name)
        if above in _LEAVES or (not name and qualified.endswith(" sheetData")):
            raise ReadingRefused(damaged(f"lembar {self.name}"))
        if name in _PARENTS:
            self._in_cells(name, above, attributes)
        elif name:
            self._about_sheet(name, attributes)

    def text(self, data: str) -> None:
        """Take characters."""
        if self.sink is not None:
            self.sink.append(data)

    def end(self, _qualified: str) -> None:
        """Take a closing tag."""
        self.depth -= 1
        name = self.above.pop()
        if name == "c":
            self._close_cell()
        elif name in _LEAVES:
            self.sink = None
            if name == "t":
                self.runs.append(unescaped("".join(self.inline_texts)))
                self.inline_texts.clear()
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
            frozenset(row for row in self.hidden_rows if row in self.filtered),
        )

    def problems(self) -> list[Problem]:
        """List what was found wrong without stopping the pass."""
        found: list[Problem] = []
        if self.reader.bad:
            first, *rest = (f"{column_letter(c)}{r}" for r, c in self.reader.bad)
            what = "isi sel yang tidak bisa dibaca"
            found.append(damaged(what, Place(self.name, first), cells=tuple(rest)))
        if self.reader.reaches_out():
            found.append(active("tautan ke berkas lain"))
        return found

    def _in_cells(self, name: str, above: str, attributes: dict[str, str]) -> None:
        """Take a tag of the cells, which has one parent and stands once, or refuse the sheet.

        Elsewhere, as in a choice for several programs (mc:AlternateContent), it would be a
        matter of taste what counts, and a value would be lost or made up in silence.
        """
        if above not in _PARENTS[name] or (name in _ONCE and name in self.parts):
            raise ReadingRefused(damaged(f"lembar {self.name}"))
        self.parts.add(name)
        if name == "c":
            self._open_cell(attributes)
        elif name == "row":
            self._open_row(attributes)
        elif name == "v":
            self.sink = self.value_texts
        elif name == "t":
            self.sink = None if self.phonetic else self.inline_texts
        elif name == "f":
            self.formula_of = attributes
            self.sink = self.formula_texts
        elif name != "is":
            self.phonetic += name == "rPh"
            self.parts.discard("t")

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
            self.protected = attributes.get("sheet") in TRUE
        elif name == "autoFilter":
            self.filter_area = _rows_below_head(attributes.get("ref", ""))
        elif name == "filterColumn":
            self.filtered = self.filter_area

    def _open_row(self, attributes: dict[str, str]) -> None:
        written = attributes.get("r")
        row = self.row + 1 if written is None else whole_number(written)
        if row is None or not 1 <= row <= MAX_ROW:
            raise ReadingRefused(damaged(f"lembar {self.name}: nomor baris {written or row}"))
        self.row = row
        self.column = 0
        if hides_row(attributes):
            self.hidden_rows.add(self.row)

    def _open_cell(self, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > self.limits.cells:
            raise ReadingRefused(too_large("jumlah sel", grouped(self.limits.cells)))
        reference = attributes.get("r")
        at = address(reference) if reference else (self.row, self.column + 1)
        if at is None or at[0] != self.row or at[1] > MAX_COLUMN:
            raise ReadingRefused(damaged(f"lembar {self.name}: alamat sel {reference}"))
        if at in self.seen:
            what = f"lembar {self.name}: sel {column_letter(at[1])}{at[0]} ada dua kali"
            raise ReadingRefused(damaged(what))
        self.seen.add(at)
        self.column = at[1]
        self.attributes = attributes
        self.formula_of = None
        self.formula_texts.clear()
        self.value_texts.clear()
        self.runs.clear()
        self.parts.clear()

    def _close_cell(self) -> None:
        formula = None
        if self.formula_of is not None:
            formula = self.reader.formula(self.formula_of, "".join(self.formula_texts))
        self.reader.put(
            (self.row, self.column),
            self.attributes,
            value="".join(self.value_texts),
            formula=formula,
            inline="".join(self.runs) if "is" in self.parts else None,
        )

    def _merge(self, reference: str) -> None:
        area = _area(reference) if len(reference) <= _LONGEST_AREA else None
        if area is None:
            raise ReadingRefused(damaged(f"lembar {self.name}: sel gabungan {reference}"))
        self.merges.append(area)
        if len(self.merges) > self.limits.merges:
            limit = grouped(self.limits.merges)
            raise ReadingRefused(too_large("jumlah sel gabungan", limit))

    def _hide_columns(self, attributes: dict[str, str]) -> None:
        first = whole_number(attributes.get("min", ""))
        last = whole_number(attributes.get("max", ""))
        if first is None or last is None or not self.columns < first <= last <= MAX_COLUMN:
            raise ReadingRefused(damaged(f"lembar {self.name}: kolom"))
        self.columns = last
        if attributes.get("hidden") in TRUE or attributes.get("width") == "0":
            self.hidden_columns.update(range(first, last + 1))


@lru_cache(maxsize=1024)
def _area(reference: str) -> tuple[int, int, int, int] | None:
    """Read an area such as B12:C14; forms merge the same ones again and again."""
    first, _, last = reference.partition(":")
    start, stop = address(first), address(last or first)
    return None if start is None or stop is None or start > stop else (*start, *stop)


def _rows_below_head(reference: str) -> range:
    """Give the rows that a filter over this area can hide: all but its headings."""
    first, _, last = reference.replace("$", "").partition(":")
    start, stop = address(first), address(last)
    return range(0) if start is None or stop is None else range(start[0] + 1, stop[0] + 1)
