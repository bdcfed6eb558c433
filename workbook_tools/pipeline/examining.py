"""Examine a batch of arrivals in a thread, while the batch before it is settled."""

from __future__ import annotations

import errno
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from workbook_tools.pipeline.arrival import Arrival
from workbook_tools.pipeline.engine import Checked, Examiner, Pending, Read, Terms
from workbook_tools.pipeline.judging import check
from workbook_tools.reader.reading import Reading


@dataclass(frozen=True, slots=True)
class _InThread:
    """One thread: it waits for the process that reads, and so lets the other go on."""

    pool: ThreadPoolExecutor
    read: Read
    ahead: int = 1

    def begin(self, arrivals: Sequence[Arrival], terms: Terms) -> Pending:
        """Begin with a batch; where there is no thread to be had, it waits to be asked for."""
        try:
            return self.pool.submit(check, arrivals, terms, read=self.read)
        except RuntimeError:
            return _Later(arrivals, terms, self.read)


@dataclass(frozen=True, slots=True)
class _Later:
    """A batch that is examined when its result is asked for."""

    arrivals: Sequence[Arrival]
    terms: Terms
    read: Read

    def result(self) -> tuple[Checked, ...]:
        """Examine it."""
        return check(self.arrivals, self.terms, read=self.read)


@contextmanager
def in_thread(read: Read) -> Iterator[Examiner]:
    """Open the examiner of this process; a batch that nobody waits for ends at its next file."""
    left = threading.Event()

    def reading(data: bytes) -> Reading:
        if left.is_set():
            raise InterruptedError(errno.EINTR, "ditinggalkan")
        return read(data)

    pool = ThreadPoolExecutor(1, thread_name_prefix="membaca kiriman")
    try:
        yield _InThread(pool, reading)
    finally:
        left.set()
        pool.shutdown(cancel_futures=True)
