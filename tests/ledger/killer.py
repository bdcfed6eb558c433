"""Turn a command into one that is killed at its n-th write to the ledger.

    python -m tests.ledger.killer WRITE MOMENT ARGUMENT...

MOMENT is `before` the transaction, `inside` it, just before its commit, or `after` it. With
WRITE 0 nothing is killed; the number of writes goes to standard error.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from workbook_tools.cli import main
from workbook_tools.ledger.base import Database

MOMENTS = ("before", "inside", "after")
_write = Database._write


def killing(number: int, moment: str) -> None:
    """Let every ledger of this process kill it at a write."""
    count = [0]

    def reached(where: str) -> None:
        if count[0] == number and where == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    @contextmanager
    def write(self: Database) -> Iterator[Connection]:
        count[0] += 1
        reached("before")
        with _write(self) as connection:
            yield connection
            reached("inside")
        reached("after")
        print(f"writes {count[0]}", file=sys.stderr)  # noqa: T201 - what it is asked for

    Database._write = write  # type: ignore[method-assign] # it is what is disturbed


if __name__ == "__main__":
    killing(int(sys.argv[1]), sys.argv[2])
    main(sys.argv[3:])
