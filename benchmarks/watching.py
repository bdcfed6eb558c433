"""Measure a watcher at work: from the moment a file is still to its note, and to the master."""

from __future__ import annotations

import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.measure import Sample
from benchmarks.office import TODAY, YEAR, Office
from benchmarks.results import Row
from benchmarks.wanted import CONCAT_WARM, NOTE
from benchmarks.whole import Yardsticks, change
from workbook_tools.pipeline.masters import master_path
from workbook_tools.workspace import SETTINGS

SETTLE, SCAN = 0.3, 0.1
DROPS = 12
PATIENCE = 180.0
SETTINGS_TEXT = f"scan_seconds = {SCAN}\nsettle_seconds = {SETTLE}\npatience_seconds = 1.0\n"


class NeverHappened(Exception):
    """The watcher did not do in time what was waited for."""


@contextmanager
def watcher(root: Path) -> Iterator[None]:
    """Let a watcher of its own process work on a workspace."""
    command = [sys.executable, "-m", "workbook_tools", "--workspace", str(root)]
    process = subprocess.Popen(
        [*command, "--today", TODAY.isoformat(), "watch"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=PATIENCE)


def rows(office: Office, root: Path, theirs: Yardsticks) -> tuple[Row, ...]:
    """Compare one changed return in a warm watcher; time its note beyond the settle time."""
    (root / SETTINGS).write_text(SETTINGS_TEXT, "utf-8")
    notes: list[float] = []
    masters: list[float] = []
    with watcher(root):
        for number in range(100, 101 + DROPS):
            noted, written = _change(office, root, number)
            notes.append(noted)
            masters.append(written)
            time.sleep(SCAN)
    note, warm = Sample(tuple(notes[1:])), Sample(tuple(masters[1:]))  # the first one warms it
    p95 = statistics.quantiles(note.seconds, n=20)[-1]
    return (
        Row(
            CONCAT_WARM,
            theirs.concat.seconds / warm.median,
            f"{warm.words} to the new master",
            f"{theirs.concat.seconds:.2f} s",
        ),
        Row(NOTE, p95, f"{note.words}", f"scan {SCAN} s, settle {SETTLE} s"),
    )


def _change(office: Office, root: Path, number: int) -> tuple[float, float]:
    """Drop a changed return; give the seconds to its note and to the master, beyond settling."""
    master = master_path(root / "outbox", YEAR)
    before, told = master.stat().st_mtime_ns, len(_receipts(root))
    change(office, root, number)
    began = time.monotonic()
    _until(lambda: len(_receipts(root)) > told)
    noted = time.monotonic()
    _until(lambda: master.stat().st_mtime_ns != before)
    return noted - began - SETTLE, time.monotonic() - began - SETTLE


def _receipts(root: Path) -> list[Path]:
    return list((root / "outbox").glob("*/tanda-terima/*.txt"))


def _until(happened: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not happened():
        if time.monotonic() > until:
            raise NeverHappened(f"nothing for {PATIENCE} s")
        time.sleep(0.005)
