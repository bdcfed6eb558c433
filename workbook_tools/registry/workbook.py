"""Turn a `Registry` into registri.xlsx, and registri.xlsx back into a `Registry`."""

from __future__ import annotations

import io
from collections.abc import Iterator
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile
from zlib import error as ZlibError  # noqa: N812  zlib names its exception in lower case

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from workbook_tools.address import column_letter
from workbook_tools.registry.build import build_registry
from workbook_tools.registry.columns import FIRST_ROW, HEAD_ROW, NO, YES, Content, Sheet
from workbook_tools.registry.errors import Defect, RegistryError
from workbook_tools.registry.model import Registry
from workbook_tools.registry.sheets import SHEETS, Columns, slug
from workbook_tools.registry.tables import Row, Tables, Value
from workbook_tools.registry.write import write_registry

__all__ = ["read_columns", "read_registry", "write_registry"]

NOT_A_WORKBOOK = (
    "Berkas registri bukan workbook Excel (.xlsx) yang utuh. Buka di Excel dan simpan kembali "
    "sebagai Excel Workbook (.xlsx), atau pakai salinan yang masih baik."
)

_UNREADABLE = (
    BadZipFile,
    InvalidFileException,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OSError,
    EOFError,
    ParseError,
    ZlibError,
)
"""What openpyxl raises for files that are no workbook or a damaged one."""


def read_registry(data: bytes) -> Registry:
    """Give the register of these bytes.

    Header words may stand in any order; blanks around ids and numbers typed as text are
    understood. Raises `RegistryError` with every cell that makes the register unusable.
    """
    return build_registry(_tables(data))


def read_columns(data: bytes) -> Columns:
    """Give where the columns of these bytes stand, for addresses in a rearranged register.

    Raises `RegistryError` where a sheet or column is missing.
    """
    return _tables(data).columns


@lru_cache(maxsize=1)  # asked twice in a row: for the register, then for its columns
def _tables(data: bytes) -> Tables:
    """Give the rows of every sheet as texts and numbers, with where the columns stand."""
    workbook = _open(data, values=False)
    defects: list[Defect] = []
    columns: dict[str, dict[str, int]] = {}
    for sheet in SHEETS:
        name = _title(workbook, sheet.name)
        if name is None:
            listed = ", ".join(workbook.sheetnames)
            defects.append(
                Defect(
                    sheet.name,
                    "",
                    f"Sheet '{sheet.name}' tidak ada (yang ada: {listed}). Kembalikan nama "
                    "sheet seperti semula.",
                )
            )
        else:
            columns[sheet.name] = _columns(workbook[name], sheet, defects)
    if defects:
        raise RegistryError(tuple(defects))
    values = workbook
    if any(_has_formulas(workbook, sheet, columns[sheet.name]) for sheet in SHEETS):
        values = _open(data, values=True)
    rows = {
        sheet.name: _rows(workbook, values, sheet, columns=columns[sheet.name], defects=defects)
        for sheet in SHEETS
    }
    if defects:
        raise RegistryError(tuple(defects))
    return Tables(rows, columns)


def _open(data: bytes, *, values: bool) -> Workbook:
    try:
        return load_workbook(io.BytesIO(data), data_only=values)
    except _UNREADABLE as error:
        raise RegistryError((Defect("", "", NOT_A_WORKBOOK),)) from error


def _title(workbook: Workbook, name: str) -> str | None:
    """Give a sheet's own spelling of its name."""
    return next((title for title in workbook.sheetnames if slug(title) == slug(name)), None)


def _cells(workbook: Workbook, sheet: Sheet) -> Iterator[tuple[Cell | MergedCell, ...]]:
    worksheet = workbook[_title(workbook, sheet.name) or sheet.name]
    yield from worksheet.iter_rows(min_row=HEAD_ROW)


def _columns(worksheet: Worksheet, sheet: Sheet, defects: list[Defect]) -> dict[str, int]:
    """Give where each column of a sheet stands, found by its header word."""
    heads: dict[str, int] = {}
    for cell in next(worksheet.iter_rows(min_row=HEAD_ROW, max_row=HEAD_ROW), ()):
        if cell.value is not None:
            heads.setdefault(slug(str(cell.value)), cell.column)
    columns: dict[str, int] = {}
    for place, column in enumerate(sheet.columns, 1):
        found = heads.get(slug(column.head), heads.get(column.key))
        if found is not None:
            columns[column.key] = found
        elif column.content is not Content.DERIVED:
            near = get_close_matches(slug(column.head), heads, n=1, cutoff=0.75)
            hint = f" Mungkin sel {column_letter(heads[near[0]])}{HEAD_ROW}." if near else ""
            defects.append(
                Defect(
                    sheet.name,
                    f"{column_letter(place)}{HEAD_ROW}",
                    f"Kolom '{column.head}' tidak ada pada baris {HEAD_ROW}. Tulis kembali kepala "
                    f"kolom itu.{hint}",
                )
            )
    return columns


def _has_formulas(workbook: Workbook, sheet: Sheet, columns: dict[str, int]) -> bool:
    wanted = {columns[column.key] for column in sheet.read_columns}
    return any(
        cell.data_type == "f" and cell.column in wanted
        for cells in _cells(workbook, sheet)
        for cell in cells
    )


def _rows(
    workbook: Workbook,
    values: Workbook,
    sheet: Sheet,
    *,
    columns: dict[str, int],
    defects: list[Defect],
) -> tuple[Row, ...]:
    rows: list[Row] = []
    pairs = zip(_cells(workbook, sheet), _cells(values, sheet), strict=True)
    for number, (typed, stored) in enumerate(pairs, HEAD_ROW):
        if number < FIRST_ROW:
            continue
        cells: dict[str, Value] = {}
        for column in sheet.read_columns:
            at = columns[column.key] - 1
            cells[column.key] = _value(stored[at].value)
            sentence = _cell_fault(typed[at], stored[at])
            if sentence:
                defects.append(Defect(sheet.name, stored[at].coordinate, sentence))
        if any(value is not None for value in cells.values()):
            rows.append(Row(number, cells))
    return tuple(rows)


def _value(value: object) -> Value:
    """Give a cell's value as a text or an exact number; a blank text stays a text."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, int | float):
        return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    return str(value)


def _cell_fault(typed: Cell | MergedCell, stored: Cell | MergedCell) -> str:
    if stored.data_type == "e":
        return f"Sel ini berisi galat {stored.value}. Ketik isinya langsung."
    if typed.data_type == "f" and stored.value is None:
        return "Rumus di sel ini belum dihitung. Ketik angkanya, atau simpan ulang di Excel."
    return ""
