"""Turn a workbook into what an engine reads of its sheet Isian, so that engines can be compared."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import openpyxl
from python_calamine import CalamineWorkbook

from workbook_tools.form.layout import ISIAN
from workbook_tools.reader.raw import CellType, RawSheet

At = tuple[int, int]
"""Row and column, both from 1."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What an engine sees in one cell that is not blank; text as in `RawCell`."""

    type: CellType
    text: str


Cells = Mapping[At, Seen]


def number(value: float | Decimal) -> Seen:
    """Give what a number cell holds: the double next to it, whole ones without a point."""
    near = float(value)
    text = str(int(near)) if near.is_integer() and abs(near) < 2**53 else repr(near)
    return Seen(CellType.NUMBER, text)


def text(value: str) -> Seen:
    """Give what a text cell holds."""
    return Seen(CellType.TEXT, value)


def by_parser(sheet: RawSheet) -> Cells:
    """Give what our reader sees; a formula without a value is no value."""
    return {at: Seen(c.type, c.text) for at, c in sheet.cells.items() if c.text}


def by_openpyxl(data: bytes, name: str = ISIAN) -> Cells:
    """Give what openpyxl sees in full mode; it trusts neither dimension nor order there."""
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    if name not in book.sheetnames:
        return {}  # strict OOXML opens with no sheet and no error
    return {
        (cell.row, cell.column): seen
        for row in book[name].iter_rows()
        for cell in row
        if cell.row is not None and cell.column is not None
        if (seen := _seen(cell.value, is_error=cell.data_type == "e")) is not None
    }


def by_calamine(data: bytes, name: str = ISIAN) -> Cells:
    """Give what calamine sees, addresses kept."""
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(name)
    return dict(_numbered(sheet.to_python(skip_empty_area=False)))


def _numbered(rows: Sequence[Sequence[object]]) -> Iterator[tuple[At, Seen]]:
    for row, values in enumerate(rows, start=1):
        for column, value in enumerate(values, start=1):
            seen = _seen(value, is_error=False)
            if seen is not None:
                yield (row, column), seen


def _seen(value: object, *, is_error: bool) -> Seen | None:
    match value:
        case None | "":
            return None
        case bool():
            return Seen(CellType.BOOLEAN, str(value).upper())
        case int() | float():
            return number(value)
        case str():
            return Seen(CellType.ERROR if is_error else CellType.TEXT, value)
        case dt.datetime() | dt.date() | dt.time():
            return Seen(CellType.DATE, value.isoformat().removesuffix("T00:00:00"))
    raise AssertionError(f"an engine gave {value!r}")


def differences(left: Cells, right: Cells, *, besides: frozenset[At] = frozenset()) -> list[str]:
    """List where two engines do not see the same."""
    return [
        f"{at}: {left.get(at)} against {right.get(at)}"
        for at in sorted({*left, *right} - besides)
        if left.get(at) != right.get(at)
    ]
