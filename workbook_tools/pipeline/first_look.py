"""Look into the inbox before anything heavy is loaded, so that nobody waits for the second look."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from dataclasses import dataclass

from workbook_tools.inbox import Candidate, look
from workbook_tools.reader.worker import shared_reader
from workbook_tools.workspace import Workspace


@dataclass(frozen=True, slots=True)
class FirstLook:
    """What lay in the inbox, and when by a clock that is never set (`time.monotonic`)."""

    files: frozenset[Candidate]
    at: float


def first_look(workspace: Workspace) -> FirstLook:
    """List the inbox, and start the process that reads where there is something to read.

    An inbox that cannot be looked into shows nothing yet: the second look says so.
    """
    try:
        files = frozenset(look(workspace.inbox).files)
    except OSError:
        files = frozenset()
    if files:
        ready = shared_reader(workspace.settings.limits).prepare
        with suppress(RuntimeError):  # no thread to be had: whoever reads first waits for it
            threading.Thread(target=ready, name="menyiapkan pembaca", daemon=True).start()
    return FirstLook(files, time.monotonic())
