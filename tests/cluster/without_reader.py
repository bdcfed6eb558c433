"""Preloaded by a worker whose disk is so full that its reading process cannot start."""

from __future__ import annotations

import errno
import os
import subprocess

from tests.cluster.telling import tell
from workbook_tools.cluster import work
from workbook_tools.cluster.errand import Answer, Errand

_answer = work._answer


def without_reader(errand: Errand, worker: str) -> Answer:
    """Answer where no process can be started."""
    tell("troubled")

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    started, subprocess.Popen = subprocess.Popen, full  # type: ignore[assignment,misc] # the fault
    try:
        return _answer(errand, worker)
    finally:
        subprocess.Popen = started  # type: ignore[misc]


work._answer = without_reader
