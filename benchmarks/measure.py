"""Turn a command or a function into how long it takes, and how much memory."""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

_HELD = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)
_LOOK_SECONDS = 0.02


class CommandFailed(Exception):
    """A measured command ended otherwise than it should; its figure would mean nothing."""


@dataclass(frozen=True, slots=True)
class Run:
    """One whole process: seconds on the wall, seconds of computing, peak memory in bytes.

    A process's children count for its computing time, not for its peak. `peak` is 0 where
    the system does not tell it (Windows).
    """

    seconds: float
    computing: float
    peak: int


@dataclass(frozen=True, slots=True)
class Sample:
    """Several measurements of one thing, in seconds."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """Give the middle one."""
        return statistics.median(self.seconds)

    @property
    def words(self) -> str:
        """Write the median with the least and the most: "1.204 s (1.190-1.260, n=5)"."""
        low, high = min(self.seconds), max(self.seconds)
        return (
            f"{_in_words(self.median)} ({_in_words(low)}-{_in_words(high)}, n={len(self.seconds)})"
        )

    def share(self, parts: int) -> Sample:
        """Give the same for one of `parts` equal parts."""
        return Sample(tuple(value / parts for value in self.seconds))


def _in_words(seconds: float) -> str:
    return f"{seconds:.3f} s" if seconds >= 1 else f"{seconds * 1000:.3g} ms"


def run(command: Sequence[str | Path], *, accepted: Sequence[int] = (0,)) -> Run:
    """Run a command to its end; CommandFailed where its exit code is none of `accepted`."""
    began = time.perf_counter()
    with subprocess.Popen(
        [str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        with _Watermark(process.pid) as watermark:
            said = process.stderr.read() if process.stderr is not None else b""
        computing, peak = _waited(process)
    code = process.returncode
    seconds = time.perf_counter() - began
    if code not in accepted:
        raise CommandFailed(f"{command} ended with {code}: {said.decode(errors='replace')[-800:]}")
    return Run(seconds, computing, watermark.peak or peak)


class _Watermark:
    """Reads the most memory that a process of Linux has held, until its outputs close.

    What `wait4` tells is never less than what we held ourselves when the process was started.
    """

    def __init__(self, number: int) -> None:
        self._status = Path(f"/proc/{number}/status")
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self.peak = 0

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(_LOOK_SECONDS):
            with suppress(OSError):
                found = _HELD.search(self._status.read_text("ascii", "replace"))
                self.peak = max(self.peak, int(found[1]) * 1024 if found else 0)


def _waited(process: subprocess.Popen[bytes]) -> tuple[float, int]:
    """Wait for the end; give the seconds of computing and the peak memory where they are told."""
    if sys.platform == "win32":
        process.wait()
        return 0.0, 0
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime, used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def timed(action: Callable[[], object], *, times: int) -> Sample:
    """Do something several times in this process, after once that does not count."""
    action()
    found = []
    for _ in range(times):
        began = time.perf_counter()
        action()
        found.append(time.perf_counter() - began)
    return Sample(tuple(found))
