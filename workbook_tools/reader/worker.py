"""Turn a stranger's bytes into a `Reading`, in a process that may die of them (ADR 0005)."""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO

from workbook_tools.errors import OperatorError
from workbook_tools.problems.problem import Problem
from workbook_tools.reader.job_object import bind_memory
from workbook_tools.reader.limits import Limits, damaged, grouped, too_large
from workbook_tools.reader.reading import Reading
from workbook_tools.reader.wire import unpacked
from workbook_tools.reader.worker_child import FAULT, LENGTH, READING, READY, TAKEN

START_SECONDS = 60.0
PATIENCE = 3.0  # how many times its computing time a file may take by the clock on the wall
READ_BEFORE_RENEWAL = 500
_ATTEMPTS = 2
_ROOT = str(Path(__file__).parents[2])
_OUT_OF_TIME = {-getattr(signal, "SIGXCPU", 24)}
_OUT_OF_MEMORY = {-signal.SIGABRT, -getattr(signal, "SIGKILL", 9)}


class ReaderUnavailable(OperatorError):
    """The reading process cannot be started or reached; no verdict on any file."""


class ReaderFault(Exception):
    """The reader itself failed on a file: a fault of the program (G01)."""


class _Died(Exception):
    """The process ended; `had_file` once it had taken the whole file."""

    def __init__(self, *, had_file: bool, was_late: bool) -> None:
        super().__init__()
        self.had_file = had_file
        self.was_late = was_late


class Reader:
    """A process that reads one file after another, started when first asked and renewed."""

    def __init__(self, limits: Limits) -> None:
        """Read within these limits."""
        self.limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._count = 0
        self._late = False

    def read(self, data: bytes) -> Reading:
        """Give what became of a file: a verdict of the reader, or of its end.

        ReaderUnavailable where the process cannot work at all, ReaderFault where the reader
        has an error of its own. A process that dies is given the file once more, because
        the machine may have killed it; one that ran out of computing time is not.
        """
        died: _Died | None = None
        code: int | None = None
        for _ in range(_ATTEMPTS):
            try:
                return self._ask(data)
            except _Died as end:
                died, code = end, self._end()
                if died.had_file and code in _OUT_OF_TIME:
                    break
        if died is None or not died.had_file:
            raise ReaderUnavailable(_UNAVAILABLE.format(reason=f"berhenti dengan kode {code}"))
        return Reading(None, (_verdict(code, died, self.limits),))

    def close(self) -> None:
        """End the process."""
        self._end()

    def _ask(self, data: bytes) -> Reading:
        process = self._running()
        had_file = False
        try:
            with self._patience(process, self.limits.seconds * PATIENCE):
                _write(process, len(data).to_bytes(LENGTH, "little"), data)
                had_file = _take(process, 1) == TAKEN
                answer = _take(process, int.from_bytes(_take(process, LENGTH), "little"))
        except (OSError, EOFError) as error:
            raise _Died(had_file=had_file, was_late=self._late) from error
        self._count += 1
        return _answer(answer)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._count >= READ_BEFORE_RENEWAL:
            self._end()
        if self._process is None:
            self._process = self._start()
        return self._process

    def _start(self) -> subprocess.Popen[bytes]:
        # -P keeps the current folder, which may be a share, off the path of imports.
        command = [sys.executable, "-P", "-m", "workbook_tools.reader.worker_child"]
        command.append(json.dumps(asdict(self.limits)))
        path = os.pathsep.join(filter(None, (_ROOT, os.environ.get("PYTHONPATH"))))
        try:
            process = subprocess.Popen(  # noqa: S603 (our own module, no shell)
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": path},
            )
        except OSError as error:
            raise ReaderUnavailable(
                _UNAVAILABLE.format(reason=error.strerror or str(error))
            ) from error
        self._process, self._count = process, 0
        bind_memory(process, self.limits.memory)
        try:
            with self._patience(process, START_SECONDS):
                if _take(process, 1) == READY:
                    return process
        except (OSError, EOFError):
            pass  # it ended before it was ready
        raise ReaderUnavailable(
            _UNAVAILABLE.format(reason=f"berhenti dengan kode {self._end()} sebelum siap")
        )

    def _end(self) -> int | None:
        """End the process if it has not ended; give its exit code (negative: the signal)."""
        process, self._process = self._process, None
        if process is None:
            return None
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                _shut(pipe)
        try:
            return process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()

    def _patience(self, process: subprocess.Popen[bytes], seconds: float) -> _Patience:
        self._late = False
        return _Patience(self, process, seconds)

    def kill_late(self, process: subprocess.Popen[bytes]) -> None:
        """Kill a process that took too long by the clock on the wall."""
        self._late = True
        process.kill()


class _Patience:
    """Kills a process unless what is awaited of it comes in time."""

    def __init__(self, reader: Reader, process: subprocess.Popen[bytes], seconds: float) -> None:
        self._timer = threading.Timer(seconds, reader.kill_late, [process])
        self._timer.daemon = True

    def __enter__(self) -> None:
        try:
            self._timer.start()
        except RuntimeError as error:  # how Python says that there is no thread to be had
            raise ReaderUnavailable(_UNAVAILABLE.format(reason=str(error))) from error

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()


_UNAVAILABLE = (
    "Proses pembaca berkas tidak dapat dijalankan ({reason}). Berkas yang masuk tetap aman dan "
    "diperiksa begitu prosesnya dapat dijalankan; periksa memori dan pemasangan program."
)


def _write(process: subprocess.Popen[bytes], *parts: bytes) -> None:
    if process.stdin is None:
        raise EOFError
    for part in parts:
        process.stdin.write(part)
    process.stdin.flush()


def _take(process: subprocess.Popen[bytes], size: int) -> bytes:
    data = b"" if process.stdout is None else process.stdout.read(size)
    if len(data) < size:
        raise EOFError
    return data


def _shut(pipe: IO[bytes]) -> None:
    with suppress(OSError):  # what was still to be written went with the process
        pipe.close()


def _answer(answer: bytes) -> Reading:
    kind, body = answer[:1], answer[1:]
    if kind == READING:
        try:
            return unpacked(body)
        except (ValueError, LookupError, TypeError) as error:
            raise ReaderFault("jawaban pembaca tidak dapat dimengerti") from error
    if kind == FAULT:
        raise ReaderFault(body.decode("utf-8", "replace"))
    raise ReaderUnavailable(_UNAVAILABLE.format(reason=body.decode("utf-8", "replace")))


def _verdict(code: int | None, died: _Died, limits: Limits) -> Problem:
    """Say what a file did to the process that read it, twice or beyond doubt."""
    if died.was_late or code in _OUT_OF_TIME:
        return too_large("waktu membaca (detik)", f"{limits.seconds:g}")
    if code in _OUT_OF_MEMORY:
        return too_large("memori untuk membaca", grouped(limits.memory))
    return damaged("isi berkas")


_readers: dict[tuple[int, Limits], Reader] = {}


def shared_reader(limits: Limits) -> Reader:
    """Give this process its reader for these limits; a forked process gets one of its own."""
    key = (os.getpid(), limits)
    if key not in _readers:
        reader = _readers[key] = Reader(limits)
        atexit.register(reader.close)
    return _readers[key]
