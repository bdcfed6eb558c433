"""Read the workbooks that come through standard input; tell what became of each.

Runs as a process of its own (`reader.worker` starts it), bounded by the system, so that no
file can stop, exhaust or crash the program that takes the decision. It opens no file.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import traceback
from collections.abc import Iterator
from typing import BinaryIO

from workbook_tools.own_process import leave_keyboard, silence
from workbook_tools.reader.limits import Limits, grouped, too_large
from workbook_tools.reader.read import read_workbook
from workbook_tools.reader.reading import Reading
from workbook_tools.reader.wire import packed

LENGTH = 8
ANSWER = 256_000_000  # the longest answer, in bytes
READY, TAKEN, READING, TROUBLE, FAULT = b"!", b"J", b"R", b"E", b"F"


def main(arguments: list[str]) -> None:
    """Serve until standard input ends; the one argument tells the limits as JSON."""
    leave_keyboard()
    limits = Limits(**json.loads(arguments[0]))
    full = too_large("memori untuk membaca", grouped(limits.memory))
    too_much = READING + packed(Reading(None, (full,)))
    source = os.fdopen(os.dup(sys.stdin.fileno()), "rb")
    target = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    _bind(limits)
    silence(sys.stdout, sys.stderr)  # what went wrong until now has been heard
    _send(target, READY)
    for data in _jobs(source):
        _allow(limits.seconds)
        _send(target, TAKEN)
        try:
            answer = _told(data, limits)
        except MemoryError:
            answer = too_much
        if len(answer) > ANSWER:
            answer = too_much
        _send(target, len(answer).to_bytes(LENGTH, "little"), answer)


def _told(data: bytes, limits: Limits) -> bytes:
    try:
        return READING + packed(read_workbook(data, limits=limits))
    except MemoryError:
        raise
    except OSError as error:
        return TROUBLE + str(error.strerror or error).encode("utf-8", "replace")
    except BaseException:  # noqa: BLE001 (a panic is one; the other process calls it a fault)
        return FAULT + traceback.format_exc().encode("utf-8", "replace")


def _jobs(source: BinaryIO) -> Iterator[bytes]:
    while len(head := source.read(LENGTH)) == LENGTH:
        size = int.from_bytes(head, "little")
        data = source.read(size)
        if len(data) < size:
            return
        yield data


def _send(target: BinaryIO, *parts: bytes) -> None:
    target.writelines(parts)
    target.flush()


def _bind(limits: Limits) -> None:
    """Bound the memory of this process; Windows has no such call, there a job object does it."""
    if sys.platform == "win32":
        return
    resource = importlib.import_module("resource")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if sys.platform == "linux":  # macOS refuses to bound the address space
        most = _allowed(limits.memory, resource.getrlimit(resource.RLIMIT_AS)[1])
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _allow(seconds: float) -> None:
    """Let the next file compute for so long and no longer."""
    if sys.platform == "win32":
        return
    resource = importlib.import_module("resource")
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    most = _allowed(int(used.ru_utime + used.ru_stime + seconds) + 1, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (most, hard))


def _allowed(wanted: int, hard: int) -> int:
    """Give what may be set below a limit that was inherited; a negative one is none."""
    return wanted if hard < 0 else min(wanted, hard)


if __name__ == "__main__":
    main(sys.argv[1:])
