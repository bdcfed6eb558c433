"""Turn jobs read as JSON lines into workbooks that a running LibreOffice opens, edits and stores.

This script is run by `tests.office` with the interpreter that brings `uno`, which is
seldom the one of the virtual environment. It imports nothing of the project.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Protocol, TypedDict

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

SECONDS_TO_START = 90
EVERYTHING_TYPED = 1 | 2 | 4 | 16  # CellFlags: value, date, text, formula


class Protection(Protocol):
    """What a cell says of its lock."""

    IsLocked: bool


class Cell(Protocol):
    """A cell as the office gives it."""

    CellProtection: Protection

    def setValue(self, value: float) -> None: ...
    def setString(self, value: str) -> None: ...
    def setFormula(self, value: str) -> None: ...
    def clearContents(self, flags: int) -> None: ...


class Sheet(Protocol):
    """A sheet as the office gives it."""

    def isProtected(self) -> bool: ...
    def getCellRangeByName(self, name: str) -> Cell: ...


class Sheets(Protocol):
    """The sheets of a document."""

    def getByName(self, name: str) -> Sheet: ...


class Document(Protocol):
    """A workbook that the office has open."""

    Sheets: Sheets

    def storeToURL(self, url: str, settings: tuple[object, ...]) -> None: ...
    def close(self, deliver: object) -> None: ...


class Desktop(Protocol):
    """The running office."""

    def loadComponentFromURL(
        self, url: str, frame: str, flags: int, settings: tuple[object, ...]
    ) -> Document | None: ...
    def terminate(self) -> bool: ...


class Job(TypedDict):
    """One line of standard input."""

    source: str
    target: str
    filter: str
    changes: list[tuple[str, str, str, str | float | None]]


class Unusable(Exception):
    """The job cannot be done as it stands."""


def start(program: str, profile: str, pipe: str) -> subprocess.Popen[bytes]:
    """Start the office with its own profile, waiting at a pipe."""
    return subprocess.Popen(
        [
            program,
            f"-env:UserInstallation={Path(profile).as_uri()}",
            f"--accept=pipe,name={pipe};urp;StarOffice.ComponentContext",
            "--headless",
            "--norestore",
            "--nologo",
            "--nodefault",
            "--nolockcheck",
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def connect(office: subprocess.Popen[bytes], pipe: str) -> Desktop:
    """Wait until the office answers at its pipe."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    give_up = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if time.monotonic() > give_up or office.poll() is not None:
                office.kill()
                raise
            time.sleep(0.1)
        else:
            desktop: Desktop = context.ServiceManager.createInstanceWithContext(
                "com.sun.star.frame.Desktop", context
            )
            return desktop


def setting(name: str, value: object) -> object:
    """Give one property as UNO wants it."""
    found = PropertyValue()
    found.Name = name
    found.Value = value
    return found


def apply(cell: Cell, kind: str, value: str | float | None) -> None:
    """Put one value into one cell."""
    match kind, value:
        case "value", float(number):
            cell.setValue(number)
        case "text", str(text):
            cell.setString(text)
        case "formula", str(formula):
            cell.setFormula(formula)
        case _:
            cell.clearContents(EVERYTHING_TYPED)


def do(desktop: Desktop, job: Job) -> None:
    """Open one document, change it and store it under the target."""
    document = desktop.loadComponentFromURL(
        Path(job["source"]).as_uri(), "_blank", 0, (setting("Hidden", True),)
    )
    if document is None:
        raise Unusable(f"the office cannot open {job['source']}")
    try:
        for name, address, kind, value in job["changes"]:
            sheet = document.Sheets.getByName(name)
            cell = sheet.getCellRangeByName(address)
            # The interface itself writes into locked cells without a word; a person cannot.
            if sheet.isProtected() and cell.CellProtection.IsLocked:
                raise Unusable(f"{name}!{address} is locked")
            apply(cell, kind, value)
        document.storeToURL(Path(job["target"]).as_uri(), (setting("FilterName", job["filter"]),))
    finally:
        document.close(True)


def main() -> None:
    """Serve jobs until standard input ends, then end the office."""
    program, profile = sys.argv[1:]
    pipe = "kantor" + "".join(filter(str.isalnum, Path(profile).name))
    office = start(program, profile, pipe)
    desktop = connect(office, pipe)
    print(json.dumps({"ready": True}), flush=True)
    try:
        for line in sys.stdin:
            answer: dict[str, str] = {}
            try:
                do(desktop, json.loads(line))
            except Exception as problem:
                answer = {"problem": f"{type(problem).__name__}: {problem}"}
            print(json.dumps(answer), flush=True)
    finally:
        try:
            desktop.terminate()
            office.wait(20)
        except Exception:
            office.kill()


main()
