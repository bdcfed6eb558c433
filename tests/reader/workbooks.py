"""Build small workbooks in memory: from tables, from parts, from edited parts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import xlsxwriter

from workbook_tools.reader.raw import RawWorkbook
from workbook_tools.reader.read import Reading, read_workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

Value = str | float | bool | None


def table(rows: list[list[Value]], *, sheet: str = "Isian") -> bytes:
    """Write one sheet with XlsxWriter; texts stay texts, None stays blank."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"created": datetime(2020, 4, 5, tzinfo=UTC)})
    book.set_custom_property("stempel", "rahasia")
    book.define_name("STEMPEL", f"={sheet}!$A$1")
    page = book.add_worksheet(sheet)
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if isinstance(value, str):
                page.write_string(row, column, value)
            elif value is not None:
                page.write(row, column, value)
    book.close()
    return target.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    """Give a workbook's parts in their order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Pack parts into a workbook."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return target.getvalue()


def edited(data: bytes, name: str, edit: Callable[[bytes], bytes]) -> bytes:
    """Change one part of a workbook."""
    parts = parts_of(data)
    return zipped({**parts, name: edit(parts[name])})


def sheet_of(inside: str, *, data: bytes | None = None) -> bytes:
    """Give a workbook whose only sheet's XML holds `inside` between its root's tags."""
    part = f'{DECLARATION}<worksheet xmlns="{MAIN}">{inside}</worksheet>'
    whole = table([["x"]]) if data is None else data
    return edited(whole, "xl/worksheets/sheet1.xml", lambda _: part.encode())


def rows_of(inside: str) -> bytes:
    """Give a workbook whose only sheet holds these rows."""
    return sheet_of(f"<sheetData>{inside}</sheetData>")


def sound(data: bytes) -> RawWorkbook:
    """Read a workbook that must be accepted."""
    reading = read_workbook(data)
    assert reading.workbook is not None, reading.problems
    return reading.workbook


def cells(data: bytes) -> dict[tuple[int, int], str]:
    """Give the texts of the first sheet's cells."""
    return {at: cell.text for at, cell in sound(data).sheets[0].cells.items()}


def verdicts(reading: Reading) -> list[tuple[str, str]]:
    """List code and last fact of each problem."""
    return [(p.code, p.facts[-1][1] if p.facts else "") for p in reading.problems]
