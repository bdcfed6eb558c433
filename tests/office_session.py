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

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

SECONDS_TO_START = 90
VALUE, DATETIME, STRING, FORMULA = 1, 2, 4, 16


def connect(program, profile):
    """Start the office with its own profile and give its process and desktop."""
    pipe = "kantor" + Path(profile).name.replace("-", "").replace("_", "")
    office = subprocess.Popen(
        [
            program,
            "-env:UserInstallation=" + Path(profile).as_uri(),
            "--accept=pipe,name=" + pipe + ";urp;StarOffice.ComponentContext",
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
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    address = "uno:pipe,name=" + pipe + ";urp;StarOffice.ComponentContext"
    give_up = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            context = resolver.resolve(address)
            break
        except NoConnectException:
            if time.monotonic() > give_up or office.poll() is not None:
                office.kill()
                raise
            time.sleep(0.1)
    desktop = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.frame.Desktop", context
    )
    return office, desktop


def setting(name, value):
    """Give one property as UNO wants it."""
    found = PropertyValue()
    found.Name = name
    found.Value = value
    return found


def apply(document, sheet_name, address, kind, value):
    """Put one value into one cell, where a person at the screen could do so too.

    The interface itself writes into locked cells without a word, so it is asked first.
    """
    sheet = document.Sheets.getByName(sheet_name)
    cell = sheet.getCellRangeByName(address)
    if sheet.isProtected() and cell.CellProtection.IsLocked:
        raise ValueError("%s!%s is locked" % (sheet_name, address))
    if kind == "value":
        cell.setValue(value)
    elif kind == "text":
        cell.setString(value)
    elif kind == "formula":
        cell.setFormula(value)
    else:
        cell.clearContents(VALUE | DATETIME | STRING | FORMULA)


def do(desktop, job):
    """Open one document, change it and store it under the target."""
    document = desktop.loadComponentFromURL(
        Path(job["source"]).as_uri(), "_blank", 0, (setting("Hidden", True),)
    )
    if document is None:
        raise ValueError("the office cannot open " + job["source"])
    try:
        for sheet, address, kind, value in job["changes"]:
            apply(document, sheet, address, kind, value)
        document.storeToURL(
            Path(job["target"]).as_uri(), (setting("FilterName", job["filter"]),)
        )
    finally:
        document.close(True)


def main():
    """Serve jobs until standard input ends, then end the office."""
    program, profile = sys.argv[1:]
    office, desktop = connect(program, profile)
    print(json.dumps({"ready": True}), flush=True)
    try:
        for line in sys.stdin:
            answer = {}
            try:
                do(desktop, json.loads(line))
            except Exception as problem:
                answer = {"problem": "%s: %s" % (type(problem).__name__, problem)}
            print(json.dumps(answer), flush=True)
    finally:
        try:
            desktop.terminate()
            office.wait(20)
        except Exception:
            office.kill()


main()
