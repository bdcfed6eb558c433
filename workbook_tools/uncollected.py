"""Let many values be made without a search for garbage among them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Put off the search for values that hold one another and that nobody else holds.

    Python looks for them after every few hundred values that are made: a fifth of the time of a
    workbook, whose cells are all in use until it is closed, and now and then among all that a
    watcher holds. Also a decorator, `@uncollected()`.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
