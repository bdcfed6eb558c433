"""Write the workbooks that another process of ours asks for through standard input.

Runs as a process of its own (`pipeline.side_by_side` starts it) and opens no file. Whatever
goes wrong ends it: who asked then writes the workbook himself, and meets the same trouble.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable
from typing import BinaryIO, cast

from workbook_tools.own_process import leave_keyboard, silence

LENGTH = 8
"""So many bytes, little end first, tell how long a question or an answer is."""


def main() -> None:
    """Serve until standard input ends."""
    leave_keyboard()
    source = os.fdopen(os.dup(sys.stdin.fileno()), "rb")
    target = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    silence(sys.stdout)
    while (asked := take(source)) is not None:
        # Only the process that started this one can write to it.
        write = cast("Callable[[], bytes]", pickle.loads(asked))  # noqa: S301
        send(target, write())


def take(source: BinaryIO) -> bytes | None:
    """Read one question or answer; None where there is none, or not all of it."""
    head = source.read(LENGTH)
    if len(head) < LENGTH:
        return None
    size = int.from_bytes(head, "little")
    data = source.read(size)
    return data if len(data) == size else None


def send(target: BinaryIO, data: bytes) -> None:
    """Write one question or answer."""
    target.write(len(data).to_bytes(LENGTH, "little"))
    target.write(data)
    target.flush()


if __name__ == "__main__":
    main()
