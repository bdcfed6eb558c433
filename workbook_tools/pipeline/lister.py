"""Turn the inbox into a listing without ever waiting for a share that hangs."""

from __future__ import annotations

import errno
import threading
from pathlib import Path

from workbook_tools.inbox import Listing, look


class Hanging(OSError):
    """The folder has not answered yet."""


class Lister:
    """Lists a folder in a thread of its own, so that a frozen share freezes nobody else."""

    def __init__(self, inbox: Path) -> None:
        """List this folder."""
        self._inbox = inbox
        self._thread: threading.Thread | None = None
        self._answer: Listing | OSError | None = None

    def list(self, *, wait: float) -> Listing:
        """Give the listing; Hanging where it does not come within `wait` seconds.

        OSError where the folder cannot be reached. While an old look hangs, no new one begins.
        """
        if self._thread is None:
            self._answer = None
            thread = threading.Thread(target=self._look, name="melihat inbox", daemon=True)
            try:
                thread.start()
            except RuntimeError as error:  # how Python says that there is no thread to be had
                raise OSError(errno.EAGAIN, str(error)) from error
            self._thread = thread
        self._thread.join(wait)
        if self._thread.is_alive():
            raise Hanging
        self._thread = None
        if isinstance(self._answer, Listing):
            return self._answer
        raise self._answer or Hanging

    def _look(self) -> None:
        try:
            self._answer = look(self._inbox)
        except OSError as error:
            self._answer = error
