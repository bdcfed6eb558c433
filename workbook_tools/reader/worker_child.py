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

from workbook_tools.reader.limits import Limits, grouped, too_large
from workbook_tools.reader.read import read_workbook
from workbook_tools.reader.reading import Reading
from workbook_tools.reader.wire import packed

LENGTH = 8
READY, TAKEN, READING, TROUBLE, FAULT = b"!", b"J", b"R", b"E", b"F"


def main(arguments: list[str]) -> None:
    """Serve until standard input ends; the one argument tells the limits as JSON."""
    limits = Limits(**json.loads(arguments[0]))
    source = os.fdopen(os.dup(sys.stdin.fileno()), "rb")
    target = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever prints, prints elsewhere
    _bind(limits)
    _send(target, READY)
    for data in _jobs(source):
        _send(target, TAKEN)
        _allow(limits.seconds)
        try:
            answer = READING + packed(read_workbook(data, limits=limits))
        except MemoryError:
            full = too_large("memori untuk membaca", grouped(limits.memory))
            answer = READING + packed(Reading(None, (full,)))
        except OSError as error:
            answer = TROUBLE + str(error.strerror or error).encode()
        except Exception:  # noqa: BLE001 (told to the other process, which calls it a fault)
            answer = FAULT + traceback.format_exc().encode("utf-8", "replace")
        _send(target, len(answer).to_bytes(LENGTH, "little"), answer)


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
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))


def _allow(seconds: float) -> None:
    """Let the next file compute for so long and no longer."""
    if sys.platform == "win32":
        return
    resource = importlib.import_module("resource")
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))


if __name__ == "__main__":
    main(sys.argv[1:])
