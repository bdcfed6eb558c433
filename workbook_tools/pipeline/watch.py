"""Watch the inbox: an event is a hint that wakes the scan; the scan decides."""

from __future__ import annotations

import logging
import math
import queue
import threading
import time
from dataclasses import dataclass

from workbook_tools.errors import OperatorError
from workbook_tools.inbox import Listing, Stillness
from workbook_tools.pipeline.heartbeat import SHARE, WORK, Heartbeat
from workbook_tools.pipeline.hints import Hints
from workbook_tools.pipeline.lister import Hanging, Lister
from workbook_tools.pipeline.look import Clock, Looker, Memory, Tell
from workbook_tools.pipeline.session import watcher_lock
from workbook_tools.pipeline.sightings import load_sightings
from workbook_tools.problems.sentences.waiting import BARE, SILENT, reason_of, unreachable
from workbook_tools.workspace import Workspace

BURST = 0.05  # seconds in which a burst of events may end before we look
LEAST_WAIT = 0.5  # seconds that a share may take to answer, however often we look
MOST_PATIENCE = 10.0  # seconds of silence after which a share is said not to answer
MOST_WAIT = 60.0  # seconds that a look may take to end when the watcher is told to stop
log = logging.getLogger(__name__)


class _Hand:
    """Runs one look at a time in a thread of its own, which a share may freeze.

    Whoever leaves a frozen look behind loses nothing: it is as if the process was killed.
    """

    def __init__(self, looker: Looker) -> None:
        self._looker = looker
        self._work: queue.SimpleQueue[Listing] = queue.SimpleQueue()
        self._free = threading.Event()
        self._free.set()
        self._thread: threading.Thread | None = None

    @property
    def is_free(self) -> bool:
        """Tell whether no look is under way."""
        return self._free.is_set()

    def begin(self, listing: Listing) -> None:
        """Begin a look; OSError where there is no thread to be had."""
        if self._thread is None:
            thread = threading.Thread(target=self._serve, name="memeriksa kiriman", daemon=True)
            try:
                thread.start()
            except RuntimeError as error:  # how Python says so
                raise OSError(None, str(error)) from error
            self._thread = thread
        self._free.clear()
        self._work.put(listing)

    def wait(self, seconds: float) -> None:
        """Wait until the look has ended, but no longer than this."""
        self._free.wait(seconds)

    def _serve(self) -> None:
        while True:
            listing = self._work.get()
            try:
                self._looker.look(listing)
            finally:
                self._free.set()


@dataclass(frozen=True, slots=True)
class Watch:
    """One watcher of one workspace; `tell` is called with what became of files."""

    workspace: Workspace
    clock: Clock
    tell: Tell
    stop: threading.Event

    def run(self) -> None:
        """Watch until `stop` is set; Busy where another watcher has the workspace."""
        bell = threading.Event()
        settings = self.workspace.settings
        heart = Heartbeat(self.workspace, self.clock)
        memory = Memory(Stillness(settings.settle_seconds), load_sightings(self.workspace))
        looker = Looker(self.workspace, self.clock, self.tell, heart, memory)
        lister = Lister(self.workspace.inbox)
        hints = Hints(self.workspace.inbox, bell)
        hand = _Hand(looker)
        with watcher_lock(self.workspace):
            looker.try_out()
            heart.start()
            try:
                while not self.stop.is_set():
                    bell.clear()
                    began = time.monotonic()
                    looked = self._look(lister, hand, heart, hints)
                    until = began + settings.scan_seconds
                    self.stop.wait(BURST)
                    self._wait(bell, hand, memory if looked else None, until)
                if self._ended(hand, lister):
                    self._publish(looker, heart)
            finally:
                hints.forget()
                heart.end()

    def _look(self, lister: Lister, hand: _Hand, heart: Heartbeat, hints: Hints) -> bool:
        """List the inbox, also while a look is under way; tell whether the next one began."""
        try:
            listing = self._listed(lister)
        except OSError as error:
            silent = isinstance(error, Hanging)
            if not silent:
                hints.forget()
            heart.complain(SHARE, SILENT if silent else unreachable(reason_of(error)))
            return False
        if listing.is_bare:
            hints.forget()
            heart.complain(SHARE, BARE)
            return False
        heart.complain(SHARE, "")
        if self.workspace.settings.events:
            hints.listen()
        if not hand.is_free:
            return False
        try:
            hand.begin(listing)
        except OSError as error:
            heart.complain(WORK, f"Gangguan pada komputer ({error.strerror}).")
            return False
        return True

    def _listed(self, lister: Lister) -> Listing:
        """List the inbox; Hanging where it does not answer, or where we are told to stop."""
        until = time.monotonic() + self._patience
        while True:
            try:
                return lister.list(wait=0.2)
            except Hanging:
                if self.stop.is_set() or time.monotonic() >= until:
                    raise

    @property
    def _patience(self) -> float:
        """Give for how many seconds a share may be silent."""
        return min(MOST_PATIENCE, max(LEAST_WAIT, self.workspace.settings.scan_seconds))

    def _wait(
        self, bell: threading.Event, hand: _Hand, memory: Memory | None, until: float
    ) -> None:
        """Wait for the bell or the next scan, and no longer than a stop takes to be seen.

        The next scan comes earlier where a file will have been still for long enough, which
        the memory of a look tells.
        """
        while not self.stop.is_set() and (now := time.monotonic()) < until:
            if not hand.is_free:
                hand.wait(min(0.2, until - now))
                continue
            soon = memory.stillness.soonest(now=now) if memory else math.inf
            if soon <= 0:
                return
            if bell.wait(min(0.2, until - now, soon)):
                # A burst of events is one change: let it end before looking.
                self.stop.wait(BURST)
                return

    def _ended(self, hand: _Hand, lister: Lister) -> bool:
        """Wait for the look under way; give False where a share has frozen it."""
        until = time.monotonic() + MOST_WAIT
        while not hand.is_free and time.monotonic() < until:
            hand.wait(LEAST_WAIT)
            try:
                lister.list(wait=self._patience)
            except Hanging:
                break
            except OSError:
                continue  # gone is not frozen: the look finds out and ends
        return hand.is_free

    def _publish(self, looker: Looker, heart: Heartbeat) -> None:
        try:
            looker.publish()
        except (OperatorError, OSError) as error:
            heart.complain(WORK, str(error))  # the ledger knows; the next start does it
