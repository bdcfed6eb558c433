"""Turn an old or binary Excel file (.xls, .xlsb) into a `RawWorkbook`, through native code.

A panic of that code is a verdict; an abort or a runaway of it ends the reading process,
which is why files are read in a process of their own (`reader.worker`).
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msoffcrypto
import olefile
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetVisibleEnum,
)

from workbook_tools.problems.problem import Problem
from workbook_tools.reader.limits import (
    Limits,
    ReadingRefused,
    active,
    damaged,
    encrypted,
    grouped,
    not_a_workbook,
    too_large,
)
from workbook_tools.reader.number_format import number_text
from workbook_tools.reader.raw import CellType, RawCell, RawSheet, RawWorkbook

_OLD_DOCUMENTS = (
    ("WordDocument", "dokumen Word lama (.doc)"),
    ("PowerPoint Document", "presentasi PowerPoint lama (.ppt)"),
    ("VisioDocument", "gambar Visio lama"),
    ("__properties_version1.0", "pesan Outlook (.msg)"),
)
_APPLICATION = 18  # PIDSI_APPNAME of [MS-OLEPS]
_BOOKS = ("Workbook", "Book")
_STATES = (
    (SheetVisibleEnum.Hidden, "hidden"),
    (SheetVisibleEnum.VeryHidden, "veryHidden"),
)
_CONTENT = "isi berkas"

Value = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta


@dataclass(frozen=True, slots=True)
class _Container:
    """What an OLE container says besides its cells."""

    problems: tuple[Problem, ...]
    properties: dict[str, str]
    program: str


def read_xls(data: bytes, limits: Limits) -> RawWorkbook:
    """Read an OLE container; raises ReadingRefused with every problem found.

    Formulas, number formats, hidden rows and protection are not seen in this format.
    """
    container = _look_into(data)
    if any(found.code != "B06" for found in container.problems):
        raise ReadingRefused(*container.problems)
    sheets = _guarded(data, limits, container.problems)
    if container.problems:
        raise ReadingRefused(*container.problems)
    return RawWorkbook(sheets, {}, container.properties, container.program, "xls")


def read_xlsb(data: bytes, limits: Limits) -> tuple[RawSheet, ...]:
    """Read the sheets of a binary workbook, blind to the same things as `read_xls`."""
    return _guarded(data, limits, ())


def _guarded(data: bytes, limits: Limits, so_far: Sequence[Problem]) -> tuple[RawSheet, ...]:
    try:
        return tuple(_sheets(data, limits))
    except PasswordError:
        raise ReadingRefused(*so_far, encrypted()) from None
    except (CalamineError, OSError, ValueError):
        raise ReadingRefused(*so_far, damaged(_CONTENT)) from None
    except BaseException as error:
        # A panic of the native code derives from BaseException and its class has no public name.
        if type(error).__name__ != "PanicException":
            raise
        raise ReadingRefused(*so_far, damaged(_CONTENT)) from None


def _look_into(data: bytes) -> _Container:
    try:
        container = olefile.OleFileIO(io.BytesIO(data))
        streams = {path[0] for path in container.listdir(streams=True, storages=True)}
        if "EncryptedPackage" in streams or "EncryptionInfo" in streams:
            return _Container((encrypted(),), {}, "")
        if not streams.intersection(_BOOKS):
            kind = next((kind for name, kind in _OLD_DOCUMENTS if name in streams), "")
            other = not_a_workbook(kind or "berkas Office lama yang bukan buku kerja")
            return _Container((other,), {}, "")
        problems: list[Problem] = []
        if _has_password(data):
            problems.append(encrypted())
        if "_VBA_PROJECT_CUR" in streams:
            problems.append(active("makro"))
        return _Container(tuple(problems), _properties(container), _program(container))
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        # The library trusts lengths and offsets of the container; these are its ways to fail.
        return _Container((damaged(_CONTENT),), {}, "")


def _has_password(data: bytes) -> bool:
    try:
        return bool(msoffcrypto.OfficeFile(io.BytesIO(data)).is_encrypted())  # type: ignore[no-untyped-call]
    except Exception:  # noqa: BLE001 (the library raises whatever broken bytes lead it to)
        return False


def _properties(container: olefile.OleFileIO[str]) -> dict[str, str]:
    stream = "\x05DocumentSummaryInformation"
    if not container.exists(stream):
        return {}
    return {
        str(item["property_name"]): _decoded(item["value"])
        for item in container.get_userdefined_properties(stream)
        if item["value"] is not None
    }


def _program(container: olefile.OleFileIO[str]) -> str:
    stream = "\x05SummaryInformation"
    if not container.exists(stream):
        return ""
    return _decoded(container.getproperties(stream).get(_APPLICATION, b""))


def _decoded(value: object) -> str:
    if isinstance(value, bytes):
        return value.rstrip(b"\0").decode("utf-8", "replace")
    return str(value)


def _sheets(data: bytes, limits: Limits) -> Iterator[RawSheet]:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    left = limits.cells
    for about in workbook.sheets_metadata:
        sheet = workbook.get_sheet_by_name(about.name)
        left -= sheet.total_height * sheet.total_width
        if left < 0:
            raise ReadingRefused(too_large("jumlah sel", grouped(limits.cells)))
        yield RawSheet(
            about.name,
            next((state for kind, state in _STATES if kind == about.visible), "visible"),
            dict(_cells(sheet.to_python(skip_empty_area=False))),
            tuple(_merges(sheet)),
        )


def _cells(rows: Sequence[Sequence[Value]]) -> Iterator[tuple[tuple[int, int], RawCell]]:
    for row, values in enumerate(rows, start=1):
        for column, value in enumerate(values, start=1):
            if value != "":
                yield (row, column), _cell(value)


def _cell(value: Value) -> RawCell:
    if isinstance(value, bool):
        return RawCell(CellType.BOOLEAN, "TRUE" if value else "FALSE")
    if isinstance(value, int | float):
        return RawCell(CellType.NUMBER, number_text(repr(value)) or "nan")
    if isinstance(value, str):
        return RawCell(CellType.TEXT, value)
    if isinstance(value, dt.timedelta):
        return RawCell(CellType.DATE, str(value))
    return RawCell(CellType.DATE, value.isoformat().removesuffix("T00:00:00"))


def _merges(sheet: CalamineSheet) -> Iterator[tuple[int, int, int, int]]:
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        yield top + 1, left + 1, bottom + 1, right + 1
