"""Read one old or binary Excel file from standard input and tell what is in it as JSON.

Runs as a process of its own (`python -m`), so that native code may fail without harm.
"""

from __future__ import annotations

import datetime as dt
import importlib
import io
import json
import sys
from collections.abc import Sequence

import msoffcrypto
import olefile
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetVisibleEnum,
)

from workbook_tools.reader.number_format import number_text

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
_DAMAGED = ("damaged", "isi berkas")

Value = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta
Told = dict[str, object]


def bind(memory: int, seconds: int) -> None:
    """Limit this process where the system can (not on Windows: there the time-out alone)."""
    if sys.platform == "win32":
        return
    resource = importlib.import_module("resource")
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def tell(data: bytes, container: str, most: int) -> Told:
    """Tell everything of a file: `refused` verdicts, or sheets, properties and program."""
    refused: list[tuple[str, str]] = []
    properties: dict[str, str] = {}
    program = "Microsoft Excel"
    if container == "ole":
        refused, properties, program = _look_into_ole(data)
    sheets: list[Told] = []
    too_many = False
    if not refused or all(verdict == "active" for verdict, _ in refused):
        try:
            sheets = _sheets(data, most)
        except PasswordError:
            refused.append(("encrypted", ""))
        except CalamineError:
            refused.append(_DAMAGED)
        except OverflowError:
            too_many = True
    return {
        "too_many": too_many,
        "refused": refused,
        "sheets": [] if refused else sheets,
        "names": {},
        "properties": properties,
        "program": program,
        "format": "xls" if container == "ole" else container,
    }


def _look_into_ole(data: bytes) -> tuple[list[tuple[str, str]], dict[str, str], str]:
    try:
        container = olefile.OleFileIO(io.BytesIO(data))
        streams = {path[0] for path in container.listdir(streams=True, storages=True)}
    except (OSError, ValueError, IndexError):
        return [_DAMAGED], {}, ""
    if "EncryptedPackage" in streams or "EncryptionInfo" in streams:
        return [("encrypted", "")], {}, ""
    if not streams.intersection(_BOOKS):
        kind = next((kind for name, kind in _OLD_DOCUMENTS if name in streams), "")
        return [("kind", kind or "berkas Office lama yang bukan buku kerja")], {}, ""
    refused: list[tuple[str, str]] = []
    if _has_password(data):
        refused.append(("encrypted", ""))
    if "_VBA_PROJECT_CUR" in streams:
        refused.append(("active", "makro"))
    return refused, _properties(container), _program(container)


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


def _sheets(data: bytes, most: int) -> list[Told]:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    told: list[Told] = []
    for about in workbook.sheets_metadata:
        sheet = workbook.get_sheet_by_name(about.name)
        most -= sheet.total_height * sheet.total_width
        if most < 0:
            raise OverflowError
        told.append(
            {
                "name": about.name,
                "state": next((s for v, s in _STATES if v == about.visible), "visible"),
                "cells": _cells(sheet.to_python(skip_empty_area=False)),
                "merges": _merges(sheet),
            }
        )
    return told


def _cells(rows: Sequence[Sequence[Value]]) -> list[tuple[int, int, str, str]]:
    return [
        (row, column, *_typed(value))
        for row, values in enumerate(rows, start=1)
        for column, value in enumerate(values, start=1)
        if value != ""
    ]


def _typed(value: Value) -> tuple[str, str]:
    if isinstance(value, bool):
        return "boolean", "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return "number", number_text(repr(value)) or "nan"
    if isinstance(value, str):
        return "text", value
    if isinstance(value, dt.timedelta):
        return "date", str(value)
    return "date", value.isoformat().removesuffix("T00:00:00")


def _merges(sheet: CalamineSheet) -> list[tuple[int, int, int, int]]:
    return [
        (top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or []
    ]


def main(arguments: Sequence[str]) -> None:
    """Take container, memory, seconds and cells; read the file from standard input."""
    container, memory, seconds, most = arguments
    bind(int(memory), int(seconds))
    told = tell(sys.stdin.buffer.read(), container, int(most))
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1:])
