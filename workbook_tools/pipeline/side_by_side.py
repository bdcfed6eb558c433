"""Turn drafts of workbooks into bytes, several at a time where the machine has processors.

Processes of our own do it, since Python computes in one thread alone; they are started where
there is enough to write and end with it. `multiprocessing` is not used: it would run the whole
command line again in each of them. A process that cannot be started or that dies costs time
and nothing else, because what it leaves is written here.
"""

from __future__ import annotations

import os
import pickle
import subprocess
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue
from typing import BinaryIO, Self, cast

from workbook_tools.master.writer_child import send, take
from workbook_tools.own_process import started
from workbook_tools.pipeline.masters import Draft

LEAST = 4
"""From so many workbooks on a process is worth its start, which takes as long as writing one."""

_PER_PROCESS = 3

Write = Callable[[], bytes]


def processors() -> int:
    """Give how many processors this process may use."""
    ours = getattr(os, "sched_getaffinity", None)  # where a process may be given fewer
    return (os.cpu_count() or 1) if ours is None else len(ours(0))


def written(drafts: Sequence[Draft], *, most: int | None = None) -> Generator[tuple[Draft, bytes]]:
    """Give each draft with its bytes, in order, whoever writes it.

    `most` processes are started beside this one; without it as many as are worth it.
    """
    worth = min(processors() - 1, len(drafts) // _PER_PROCESS)
    count = worth if most is None else most
    if len(drafts) < LEAST or count < 1:
        for draft in drafts:
            yield draft, draft.write()
        return
    with _Processes(count) as processes:
        futures = [processes.ask(draft.write) for draft in drafts]
        own: dict[int, bytes] = {}
        for place, draft in enumerate(drafts):
            while place not in own and not futures[place].done():
                waiting = _last_waiting(futures)
                if waiting is None:
                    break
                own[waiting] = drafts[waiting].write()
            data = own.pop(place) if place in own else futures[place].result()
            yield draft, draft.write() if data is None else data


def _last_waiting(futures: Sequence[Future[bytes | None]]) -> int | None:
    """Take the last draft that nobody has begun away from the processes."""
    for place in reversed(range(len(futures))):
        future = futures[place]
        if not future.cancelled() and future.cancel():  # what is cancelled says so again
            return place
    return None


class _Processes:
    """Some processes that write, each asked by a thread of its own."""

    def __init__(self, count: int) -> None:
        self._threads = ThreadPoolExecutor(count)
        self._free: SimpleQueue[_Process] = SimpleQueue()
        self._all = [_Process() for _ in range(count)]
        for one in self._all:
            self._free.put(one)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """End all, in the middle of their work too: nobody waits for it any more."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for one in self._all:
            one.close()
        self._threads.shutdown()

    def ask(self, write: Write) -> Future[bytes | None]:
        """Let a process write a workbook; None where it could not."""
        try:
            return self._threads.submit(self._asked, write)
        except RuntimeError:  # how Python says that there is no thread to be had
            nobody: Future[bytes | None] = Future()
            nobody.set_result(None)
            return nobody

    def _asked(self, write: Write) -> bytes | None:
        process = self._free.get()
        try:
            return process.ask(write)
        finally:
            self._free.put(process)


class _Process:
    """One process, started when it is first asked; one that has died is not started again."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._has_ended = False

    def ask(self, write: Write) -> bytes | None:
        """Let it write; None where it could not."""
        if self._has_ended:
            return None
        try:
            running = self._process = self._process or _started()
            if not self._has_ended:
                send(cast("BinaryIO", running.stdin), pickle.dumps(write, pickle.HIGHEST_PROTOCOL))
                answer = take(cast("BinaryIO", running.stdout))
                if answer is not None:
                    return answer
        except (OSError, ValueError):  # it did not start, or has ended, or we have ended it
            pass
        self.close()
        return None

    def close(self) -> None:
        """End the process."""
        self._has_ended = True
        process = self._process
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):  # what was still to be written went with the process
                    pipe.close()


def _started() -> subprocess.Popen[bytes]:
    return started("workbook_tools.master.writer_child", stderr=subprocess.DEVNULL)
