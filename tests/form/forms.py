"""Give contents of forms and hand-made sheets that look like them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache

from workbook_tools.form.content import Accepted, FormContent, make_content
from workbook_tools.form.layout import COLUMNS, HEADER_ROW, ISIAN, FormLayout, make_layout
from workbook_tools.form.stamp import Stamp
from workbook_tools.form.write import write_form
from workbook_tools.reader.raw import CellType, RawCell, RawSheet, RawWorkbook
from workbook_tools.reader.read import read_workbook
from workbook_tools.registry.model import Registry
from workbook_tools.registry.source import load_source

TRAINING = "kasi-pemberdayaan-koperasi"
RATIOS = "kabid-koperasi-ukm"


@cache
def registry() -> Registry:
    return load_source()


def content_of(unit: str, period: int = 1, *, accepted: Accepted | None = None) -> FormContent:
    return make_content(registry(), unit, year=2020, period=period, accepted=accepted or {})


def layout_of(unit: str, period: int = 1) -> FormLayout:
    return make_layout(content_of(unit, period))


@cache
def written(unit: str, period: int = 1) -> RawWorkbook:
    """Give a blank form as it is read back."""
    stamp = Stamp(unit, 2020, period, 1, 1, "0" * 32, "f" * 64)
    reading = read_workbook(write_form(content_of(unit, period), stamp, rules=registry().rules))
    assert reading.workbook is not None
    return reading.workbook


def isian(workbook: RawWorkbook) -> RawSheet:
    sheet = workbook.sheet(ISIAN)
    assert sheet is not None
    return sheet


def with_sheet(workbook: RawWorkbook, sheet: RawSheet) -> RawWorkbook:
    """Put another Isian in the place of the workbook's own."""
    return replace(workbook, sheets=tuple(sheet if s.name == ISIAN else s for s in workbook.sheets))


def with_cells(
    workbook: RawWorkbook, cells: Mapping[tuple[int, int], str | Decimal | None]
) -> RawWorkbook:
    """Put texts and numbers into Isian by row and column; None empties a cell."""
    sheet = isian(workbook)
    held = dict(sheet.cells)
    for at, value in cells.items():
        held.pop(at, None)
        if value is not None:
            kind = CellType.TEXT if isinstance(value, str) else CellType.NUMBER
            held[at] = RawCell(kind, str(value))
    return with_sheet(workbook, replace(sheet, cells=held))


def header() -> dict[tuple[int, int], str]:
    """Give the words of the heading by place."""
    return {(HEADER_ROW, column.index): column.header for column in COLUMNS.values()}
