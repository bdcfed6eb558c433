"""Tell a person what is being waited for, where it takes long."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

SECONDS = 2.0  # after which a wait is told
log = logging.getLogger(__name__)


@contextmanager
def told_if_slow(sentence: str, *, after: float = SECONDS) -> Iterator[None]:
    """Log a sentence once, where what is done meanwhile has not ended by then."""
    timer = threading.Timer(after, log.warning, (sentence,))
    timer.daemon = True
    with suppress(RuntimeError):  # how Python says that there is no thread to be had
        timer.start()
    try:
        yield
    finally:
        timer.cancel()
