"""Turn workbooks into what LibreOffice makes of them: recalculated, edited by a person, printed.

The office works in two ways, each with its own profile. The *judge* recalculates
everything that it loads, which LibreOffice does not do by itself: without that a wrong
stored value stays, and a test of it proves nothing. The *person* has the default
settings, so a form that only looks right after a recalculation is found out.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path

import pytest

XLSX = "Calc MS Excel 2007 XML"
XLS = "MS Excel 97"
ODS = "calc8"
PDF = "calc_pdf_Export"

SECONDS_PER_JOB = 120
SECONDS_TO_START = 120


_SESSION_SCRIPT = Path(__file__).with_name("office_session.py")
_RECALCULATE_ALWAYS = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


class OfficeError(AssertionError):
    """The office could not do a job, or took too long."""


class _Role(StrEnum):
    JUDGE = "judge"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Edit:
    """One workbook that a person opens, changes and stores.

    `changes` maps (sheet, address) to a number, a text, or None to empty the cell;
    `formulas` maps it to a formula with "=", English function names and ";"
    between arguments. A text is stored as text, even when it looks like a number. A locked
    cell is refused with `OfficeError`, as it is to the person.
    """

    source: Path
    target: Path
    changes: Mapping[tuple[str, str], str | float | None] = field(default_factory=dict)
    formulas: Mapping[tuple[str, str], str] = field(default_factory=dict)
    filter_name: str = XLSX


class _Session:
    """A running office and the script that drives it; both end with this process."""

    def __init__(self, role: _Role, program: str, interpreter: str) -> None:
        self._folder = tempfile.mkdtemp(prefix=f"kantor-{role}-")
        profile = Path(self._folder) / f"profil-{Path(self._folder).name}"
        (profile / "user").mkdir(parents=True)
        if role is _Role.JUDGE:
            settings = profile / "user" / "registrymodifications.xcu"
            settings.write_text(_RECALCULATE_ALWAYS, encoding="utf-8")
        self._log = (Path(self._folder) / "log.txt").open("w+", encoding="utf-8")
        self._process = subprocess.Popen(
            [interpreter, str(_SESSION_SCRIPT), program, str(profile)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            encoding="utf-8",
            env={"PATH": os.environ.get("PATH", ""), "HOME": self._folder, "LC_ALL": "C.UTF-8"},
            start_new_session=True,
        )
        self._answers: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        self._answer(SECONDS_TO_START)

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._answers.put(line)
        self._answers.put("")

    def _answer(self, seconds: float) -> None:
        try:
            line = self._answers.get(timeout=seconds)
        except queue.Empty:
            self.kill()
            message = f"LibreOffice did not answer within {seconds} s"
            raise OfficeError(message) from None
        if not line:
            log = (Path(self._folder) / "log.txt").read_text(encoding="utf-8")
            self.kill()
            message = f"LibreOffice ended before it answered: {log}"
            raise OfficeError(message)
        problem = json.loads(line).get("problem")
        if problem:
            raise OfficeError(problem)

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def do(self, job: Mapping[str, object], *, seconds: float) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        self._answer(seconds)

    def close(self) -> None:
        """End the office in peace; end it anyway when it does not obey."""
        if self._process.stdin is not None and self.alive:
            self._process.stdin.close()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()
        self._log.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def kill(self) -> None:
        """End the script and its office, which share one process group."""
        if sys.platform == "win32":
            self._process.kill()
        else:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, 9)
        self._process.wait(10)


_sessions: dict[_Role, _Session] = {}


@cache
def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


@cache
def _interpreter_with_uno() -> str:
    """Find the Python that brings `uno`; it is the system's own and not the environment's."""
    for name in ("/usr/bin/python3", shutil.which("python3"), sys.executable):
        if name is None or not Path(name).exists():
            continue
        answer = subprocess.run([name, "-c", "import uno"], capture_output=True, check=False)
        if answer.returncode == 0:
            return name
    pytest.skip("python3-uno is not installed")


def _session(role: _Role) -> _Session:
    running = _sessions.get(role)
    if running is not None and running.alive:
        return running
    if running is not None:
        running.close()
    session = _Session(role, _tool("soffice"), _interpreter_with_uno())
    _sessions[role] = session
    return session


@atexit.register
def close_offices() -> None:
    """End every office that this process started."""
    while _sessions:
        _sessions.popitem()[1].close()


def _job(role: _Role, edit: Edit, *, seconds: float = SECONDS_PER_JOB) -> Path:
    changes: list[tuple[str, str, str, str | float | None]] = []
    for (sheet, address), value in edit.changes.items():
        if value is None:
            changes.append((sheet, address, "empty", None))
        elif isinstance(value, str):
            changes.append((sheet, address, "text", value))
        else:
            changes.append((sheet, address, "value", float(value)))
    changes += [(s, a, "formula", formula) for (s, a), formula in edit.formulas.items()]
    target = edit.target.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    _session(role).do(
        {
            "source": str(edit.source.resolve()),
            "target": str(target),
            "filter": edit.filter_name,
            "changes": changes,
        },
        seconds=seconds,
    )
    return edit.target


def recalculate(source: Path, target: Path, *, seconds: float = SECONDS_PER_JOB) -> Path:
    """Store `source` as `target` (xlsx) with every formula calculated anew by LibreOffice."""
    return _job(_Role.JUDGE, Edit(source, target), seconds=seconds)


def edit(
    source: Path,
    target: Path,
    changes: Mapping[tuple[str, str], str | float | None],
    *,
    formulas: Mapping[tuple[str, str], str] | None = None,
    filter_name: str = XLSX,
) -> Path:
    """Open `source`, change cells as a person would, store as `target`; see `Edit`."""
    return _job(_Role.PERSON, Edit(source, target, changes, formulas or {}, filter_name))


def edit_many(edits: Iterable[Edit]) -> tuple[Path, ...]:
    """Do many edits one after another in the same running office."""
    return tuple(_job(_Role.PERSON, one) for one in edits)


def to_pdf(source: Path, folder: Path) -> Path:
    """Print the workbook into `folder` as a person would see it on paper."""
    target = folder / f"{source.stem}.pdf"
    return _job(_Role.PERSON, Edit(source, target, filter_name=PDF))


def to_png(pdf: Path, folder: Path, *, dpi: int = 80) -> tuple[Path, ...]:
    """Turn each page of a PDF into a picture, first page first."""
    folder.mkdir(parents=True, exist_ok=True)
    prefix = folder / pdf.stem
    subprocess.run(
        [_tool("pdftoppm"), "-png", "-r", str(dpi), str(pdf), str(prefix)],
        check=True,
        timeout=SECONDS_PER_JOB,
    )
    return tuple(sorted(folder.glob(f"{pdf.stem}-*.png")))
