"""Turn the inbox into a listing without ever waiting for a share that hangs."""

from __future__ import annotations

import errno
import logging
import threading
from pathlib import Path

from workbook_tools.inbox import Listing, look
from workbook_tools.problems.sentences import waiting

log = logging.getLogger(__name__)


class Hanging(OSError):
    """The folder has not answered yet."""


class Failed(OSError):
    """The program itself failed when it listed; the fault is the cause."""


class Lister:
    """Lists a folder in a thread of its own, so that a frozen share freezes nobody else."""

    def __init__(self, inbox: Path) -> None:
        """List this folder."""
        self._inbox = inbox
        self._thread: threading.Thread | None = None
        self._answer: Listing | BaseException = Hanging()
        self._said = ""

    def list(self, *, wait: float) -> Listing:
        """Give the listing; Hanging where it does not come within `wait` seconds.

        OSError where the folder cannot be reached, Failed where the program has a fault.
        While an old look hangs, no new one begins.
        """
        if self._thread is None:
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
            self._said = ""
            return self._answer
        if isinstance(self._answer, OSError):
            raise self._answer
        raise self._failed(self._answer) from self._answer

    def _look(self) -> None:
        try:
            self._answer = look(self._inbox)
        except BaseException as error:  # noqa: BLE001 - handed to whoever asked
            self._answer = error

    def _failed(self, fault: BaseException) -> Failed:
        name = type(fault).__name__
        if name != self._said:  # a fault comes again at every look
            log.error("gangguan saat melihat inbox", exc_info=fault)
        self._said = name
        return Failed(None, f"gangguan pada program: {name}")


def trouble_of(found: Listing | OSError) -> str:
    """Say in a sentence why what a look found is not to be trusted, "" where it is."""
    match found:
        case Listing():
            return waiting.BARE if found.is_bare else ""
        case Hanging():
            return waiting.SILENT
        case Failed():
            return waiting.at_fault(type(found.__cause__).__name__)
        case _:
            return waiting.unreachable(waiting.reason_of(found))
