"""Preloaded by a worker that tells of every errand and takes its time over it."""

from __future__ import annotations

import os
import time

from tests.cluster.telling import tell
from workbook_tools.cluster import work
from workbook_tools.cluster.errand import Answer, Errand

SECONDS = float(os.environ.get("WORKBOOK_TOOLS_SLOW", "0.3"))
_answer = work._answer


def slowly(errand: Errand, worker: str) -> Answer:
    """Answer, but not at once."""
    tell("begun")
    time.sleep(SECONDS)
    return _answer(errand, worker)


work._answer = slowly
