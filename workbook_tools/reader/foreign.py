"""Turn an old or binary Excel file (.xls, .xlsb) into a `RawWorkbook`, in a child process.

Native code reads these formats; a panic, an abort or a runaway of it ends the child only.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

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
from workbook_tools.reader.raw import CellType, RawCell, RawSheet, RawWorkbook

_CONTENT = "isi berkas"
_ROOT = str(Path(__file__).parents[2])


@dataclass(frozen=True, slots=True)
class ForeignFile:
    """What goes to the child: the bytes and the name of their format ("ole" or "xlsb")."""

    data: bytes
    container: str


def read_foreign(file: ForeignFile, limits: Limits) -> RawWorkbook:
    """Read a file in a child process; raises ReadingRefused with every problem found.

    Formulas, number formats, hidden rows and protection are not seen in these formats.
    """
    command = [
        sys.executable,
        "-m",
        "workbook_tools.reader.foreign_child",
        file.container,
        str(limits.memory),
        str(max(1, round(limits.seconds))),
        str(limits.cells),
    ]
    path = os.pathsep.join(filter(None, (_ROOT, os.environ.get("PYTHONPATH"))))
    try:
        child = subprocess.run(  # noqa: S603 (our own module, no shell)
            command,
            input=file.data,
            capture_output=True,
            timeout=limits.seconds,
            check=False,
            env={**os.environ, "PYTHONPATH": path},
        )
    except subprocess.TimeoutExpired:
        raise ReadingRefused(too_large("waktu membaca (detik)", str(limits.seconds))) from None
    if child.returncode:
        raise ReadingRefused(damaged(_CONTENT))
    return _workbook(child.stdout, limits)


def _problem(verdict: str, text: str) -> Problem:
    if verdict == "kind":
        return not_a_workbook(text)
    if verdict == "encrypted":
        return encrypted()
    if verdict == "active":
        return active(text)
    return damaged(text)


def _workbook(answer: bytes, limits: Limits) -> RawWorkbook:
    told = json.loads(answer)
    if told["too_many"]:
        raise ReadingRefused(too_large("jumlah sel", grouped(limits.cells)))
    refused = [_problem(verdict, text) for verdict, text in told["refused"]]
    if refused:
        raise ReadingRefused(*refused)
    return RawWorkbook(
        tuple(
            RawSheet(
                sheet["name"],
                sheet["state"],
                {
                    (row, col): RawCell(CellType(kind), text)
                    for row, col, kind, text in sheet["cells"]
                },
                tuple((a, b, c, d) for a, b, c, d in sheet["merges"]),
            )
            for sheet in told["sheets"]
        ),
        told["names"],
        told["properties"],
        told["program"],
        told["format"],
    )
