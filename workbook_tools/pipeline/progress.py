"""Say how far long work has come, to whoever wants to hear it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from enum import StrEnum

Step = Callable[[], None]
"""Called once for every piece that is done."""


class Work(StrEnum):
    """What is being done, in words for people."""

    ISSUE = "Menerbitkan formulir"
    JUDGE = "Memeriksa kiriman"
    MASTER = "Menyusun induk"
    AUDIT = "Mengaudit arsip"
    REPLAY = "Menyusun ulang dari arsip"


Progress = Callable[[Work, int], AbstractContextManager[Step]]
"""Told of some work and of how many pieces it has; gives the step for each of them."""


@contextmanager
def silent(_work: Work, _total: int) -> Iterator[Step]:
    """Tell nobody."""
    yield lambda: None
