"""Preloaded by a worker that dies of the errand in which a certain file lies, every time."""

from __future__ import annotations

import os

from tests.cluster.telling import tell
from workbook_tools.cluster import work
from workbook_tools.cluster.errand import Answer, Errand

_answer = work._answer
NUMBER = 7


def dying(errand: Errand, worker: str) -> Answer:
    """Answer, or die."""
    if NUMBER in {number for number, _ in errand.files}:
        tell("died")
        os._exit(1)
    return _answer(errand, worker)


work._answer = dying
