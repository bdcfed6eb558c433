"""Turn a stranger's bytes into a `Reading`, in a process that may die of them (ADR 0005)."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import threading
from contextlib import suppress
from dataclasses import asdict
from typing import IO

from workbook_tools.errors import OperatorError
from workbook_tools.own_process import started
from workbook_tools.reader.ending import Ending
from workbook_tools.reader.job_object import bind_memory, close_job
from workbook_tools.reader.limits import Limits
from workbook_tools.reader.reading import Reading
from workbook_tools.reader.wire import unpacked
from workbook_tools.reader.worker_child import (
    ANSWER,
    FAULT,
    LENGTH,
    READING,
    READY,
    TAKEN,
    TROUBLE,
)

START_SECONDS = 60.0
_LINE, _KEPT = 200, 4096  # how much of what a process says is told, and kept for it
PATIENCE = 3.0  # how many times its computing time a file may take by the clock on the wall
READ_BEFORE_RENEWAL = 500
_ATTEMPTS = 3  # one of them for a process that had ended before it had the file
_ENOUGH = 2  # ends of which the machine may be the cause, but hardly twice


class ReaderUnavailable(OperatorError):
    """The reading process cannot be started or reached; no verdict on any file."""


class ReaderFault(Exception):
    """The reader itself failed on a file: a fault of the program (G01)."""


class _Died(Exception):
    """The process ended while it was asked."""

    def __init__(self, ending: Ending) -> None:
        super().__init__()
        self.ending = ending


class Reader:
    """A process that reads one file after another, started when first asked and renewed."""

    def __init__(self, limits: Limits) -> None:
        """Read within these limits."""
        self.limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._job: int | None = None
        self._count = 0
        self._turn = threading.Lock()  # a batch may be examined while a file is received

    def read(self, data: bytes) -> Reading:
        """Give what became of a file: a verdict of the reader, or of its end.

        ReaderUnavailable where the process cannot work at all, ReaderFault where the reader
        has an error of its own. A process that dies is given the file once more, because
        the machine may have killed it; one that ran out of computing time is not.
        """
        with self._turn:
            return self._read(data)

    def _read(self, data: bytes) -> Reading:
        ending: Ending | None = None
        blamed = 0
        for _ in range(_ATTEMPTS):
            try:
                return self._ask(data)
            except _Died as died:
                ending = died.ending
            verdict = ending.verdict(self.limits)
            if verdict is None:
                continue
            blamed += 1
            if ending.is_certain or blamed == _ENOUGH:
                return Reading(None, (verdict,))
        raise _unavailable(f"berhenti dengan kode {ending and ending.code}")

    def prepare(self) -> None:
        """Start the process before there is anything to read; trouble is told when there is."""
        with self._turn, suppress(ReaderUnavailable):
            self._running()

    def close(self) -> None:
        """End the process."""
        self._end()

    def _ask(self, data: bytes) -> Reading:
        process = self._running()
        patience = _Patience(process, self.limits.seconds * PATIENCE)
        had_file = False
        try:
            with patience:
                _write(process, len(data).to_bytes(LENGTH, "little"), data)
                _await(process, TAKEN)
                had_file = True
                answer = _take(process, _size(_take(process, LENGTH)))
            self._count += 1
            return _answer(answer)
        except (OSError, EOFError) as error:
            raise _Died(Ending(self._end(), had_file, patience.was_late)) from error
        except BaseException:
            self._kill(process)  # so that the next reading begins in step
            raise

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._count >= READ_BEFORE_RENEWAL:
            self._end()
        if self._process is None:
            self._process = self._start()
        return self._process

    def _start(self) -> subprocess.Popen[bytes]:
        try:
            process = started(
                "workbook_tools.reader.worker_child",
                json.dumps(asdict(self.limits)),
                stderr=subprocess.PIPE,
            )
        except OSError as error:
            raise _unavailable(error.strerror or str(error)) from error
        self._process, self._count = process, 0
        last_words = _LastWords()
        try:
            self._job = bind_memory(process, self.limits.memory)
            last_words.listen(process)
            with _Patience(process, START_SECONDS):
                _await(process, READY)
        except (OSError, EOFError) as error:
            reason = f"berhenti dengan kode {self._end()} sebelum siap{last_words.told()}"
            raise _unavailable(reason) from error
        except BaseException:
            self._kill(process)
            raise
        last_words.told()  # it says no more, so that nothing has to listen any longer
        return process

    def _kill(self, process: subprocess.Popen[bytes]) -> None:
        process.kill()
        self._end()

    def _end(self) -> int | None:
        """End the process if it has not ended; give its exit code (negative: the signal)."""
        process, self._process = self._process, None
        if process is None:
            return None
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                _shut(pipe)
        try:
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=1)
        finally:
            process.kill()
            job, self._job = self._job, None
            close_job(job)
        return process.wait()


class _Patience:
    """Kills a process unless what is awaited of it comes in time."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self._process = process
        self._timer = threading.Timer(seconds, self._kill)
        self._timer.daemon = True
        self.was_late = False

    def __enter__(self) -> None:
        _begin(self._timer)

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def _kill(self) -> None:
        self.was_late = True
        self._process.kill()


class _LastWords:
    """Takes what a process says on standard error until it is ready, and keeps the end."""

    def __init__(self) -> None:
        self._said = b""
        self._thread: threading.Thread | None = None

    def listen(self, process: subprocess.Popen[bytes]) -> None:
        """Begin to take what it says, so that it never waits for somebody to hear it."""
        if process.stderr is None:
            return
        thread = threading.Thread(target=self._listen, args=(process.stderr,), daemon=True)
        try:
            _begin(thread)
        except ReaderUnavailable:
            process.stderr.close()
            raise
        self._thread = thread

    def told(self) -> str:
        """Give its last line, cut, as the end of a sentence."""
        if self._thread is not None:
            self._thread.join(1)
        lines = self._said.decode("utf-8", "replace").strip().splitlines()
        return f": {lines[-1].strip()[:_LINE]}" if lines else ""

    def _listen(self, source: IO[bytes]) -> None:
        with suppress(OSError), source:
            while part := os.read(source.fileno(), _KEPT):
                self._said = (self._said + part)[-_KEPT:]


def _begin(thread: threading.Thread) -> None:
    try:
        thread.start()
    except RuntimeError as error:  # how Python says that there is no thread to be had
        raise _unavailable(str(error)) from error


_UNAVAILABLE = (
    "Proses pembaca berkas tidak dapat dijalankan ({reason}). Berkas yang masuk tetap aman dan "
    "diperiksa begitu prosesnya dapat dijalankan; periksa memori dan pemasangan program."
)


def _unavailable(reason: str) -> ReaderUnavailable:
    return ReaderUnavailable(_UNAVAILABLE.format(reason=reason))


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


def _await(process: subprocess.Popen[bytes], sign: bytes) -> None:
    if _take(process, len(sign)) != sign:
        raise EOFError


def _size(told: bytes) -> int:
    size = int.from_bytes(told, "little")
    if size > ANSWER:
        raise ReaderFault(f"jawaban pembaca terlalu panjang ({size} byte)")
    return size


def _shut(pipe: IO[bytes]) -> None:
    with suppress(OSError):  # what was still to be written went with the process
        pipe.close()


def _answer(answer: bytes) -> Reading:
    kind, body = answer[:1], answer[1:]
    if kind == READING:
        try:
            return unpacked(body)
        except Exception as error:
            raise ReaderFault("jawaban pembaca tidak dapat dimengerti") from error
    told = body.decode("utf-8", "replace")
    if kind == TROUBLE:
        raise _unavailable(told)
    raise ReaderFault(told if kind == FAULT else "jawaban pembaca tidak dikenal")


_readers: dict[tuple[int, Limits], Reader] = {}


def shared_reader(limits: Limits) -> Reader:
    """Give this process its reader for these limits; a forked process gets one of its own."""
    key = (os.getpid(), limits)
    if key not in _readers:
        reader = _readers[key] = Reader(limits)
        atexit.register(reader.close)
    return _readers[key]
