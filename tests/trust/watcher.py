"""Run the watcher as people do, and read what it did: ledger, sign of life, what it said."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from tests.shell import Office

START_SECONDS = 30.0
END_SECONDS = 30.0


class NeverCameTrue(AssertionError):
    """What was waited for did not come true in time."""


@dataclass(frozen=True, slots=True)
class Row:
    """One arrival as the ledger holds it; `note` is its receipt or note, None where none is."""

    file: str
    sha256: str
    state: str
    status: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Watcher:
    """A running watcher of an office."""

    office: Office
    process: subprocess.Popen[bytes]
    log: Path

    def said(self) -> str:
        """Give what it wrote to standard error up to now."""
        return self.log.read_text("utf-8", errors="replace")

    def pause(self) -> None:
        """Stop the process where it stands, so that events pile up."""
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Let a paused process go on."""
        self.process.send_signal(signal.SIGCONT)

    def end(self, *, within: float = END_SECONDS) -> float:
        """End it as a service is ended; it must end well and in time. Gives the seconds."""
        started = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(within)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"it did not end within {within} s of SIGTERM") from None
        assert code == 0, self.said()[-2000:]
        assert "Traceback" not in self.said(), self.said()[-4000:]
        return time.monotonic() - started


def set_up(office: Office, **settings: float | bool) -> None:
    """Write an office's settings."""
    lines = [f"{name} = {json.dumps(value)}\n" for name, value in settings.items()]
    (office.root / "workbook_tools.toml").write_text("".join(lines))


@contextmanager
def watching(office: Office, *, is_ready: bool = True) -> Iterator[Watcher]:
    """Run a watcher while it lasts; it is killed at the end if it has not ended."""
    log = office.root.with_name("pemantau.log")
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "workbook_tools", "--json", "watch"],
            cwd=office.root,
            stdout=subprocess.DEVNULL,
            stderr=file,
        )
    running = Watcher(office, process, log)
    try:
        if is_ready:
            until(
                lambda: beat(office).get("pid") == process.pid or process.poll() is not None,
                within=START_SECONDS,
            )
            assert process.poll() is None, running.said()
        yield running
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def until(holds: Callable[[], bool], *, within: float, every: float = 0.05) -> float:
    """Wait until something holds, and fail where it does not in time; give the seconds."""
    started = time.monotonic()
    while not holds():
        if time.monotonic() - started > within:
            raise NeverCameTrue(f"it did not come true within {within} s")
        time.sleep(every)
    return time.monotonic() - started


def beat(office: Office) -> Mapping[str, object]:
    """Give the watcher's last sign of life."""
    try:
        text = (office.root / ".state" / "pemantau.json").read_text("utf-8")
    except FileNotFoundError:
        return {}
    return cast("Mapping[str, object]", json.loads(text))


def arrivals(office: Office) -> list[Row]:
    """Give every arrival of the ledger in its order."""
    path = office.root / ".state" / "ledger.sqlite"
    if not path.exists():
        return []
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)) as connection:
        rows = connection.execute(
            "select file, sha256, state, status, report from arrival order by id"
        ).fetchall()
    return [
        Row(file, sha, state, status, _note(report)) for file, sha, state, status, report in rows
    ]


def _note(report: str | None) -> str | None:
    found = json.loads(report) if report else {}
    note = found.get("receipt") or found.get("note_text")
    return None if note is None else str(note)


def counted(office: Office) -> Counter[tuple[str, str]]:
    """Count the arrivals by file and hash."""
    return Counter((row.file, row.sha256) for row in arrivals(office))
