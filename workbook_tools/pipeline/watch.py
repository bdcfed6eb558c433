"""Watch the inbox: an event is a hint that wakes the scan; the scan decides."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from workbook_tools.errors import OperatorError
from workbook_tools.inbox import (
    Candidate,
    Listing,
    Stillness,
    in_order_of_saving,
    left_alone,
)
from workbook_tools.outbox import settle_pending
from workbook_tools.pipeline.arrival import Outcome
from workbook_tools.pipeline.consolidate import consolidate_stale
from workbook_tools.pipeline.heartbeat import Heartbeat
from workbook_tools.pipeline.hints import Hints
from workbook_tools.pipeline.ingest import Ingested, ingest, resume
from workbook_tools.pipeline.lister import Hanging, Lister
from workbook_tools.pipeline.receive import Left, from_inbox
from workbook_tools.pipeline.session import Session, open_session, watcher_lock
from workbook_tools.pipeline.sightings import Sightings, lingering, load_sightings
from workbook_tools.register import load_registry
from workbook_tools.workspace import Workspace

DEBOUNCE = 5.0  # seconds after which a burst no longer keeps the masters waiting
BURST = 0.05  # seconds in which a burst of events may end before we look
LEAST_WAIT = 0.5  # seconds that a share may take to answer, however often we look
_BARE = "Folder inbox kosong, folder unit pun tidak ada; mungkin drive bersama terlepas."
log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
Tell = Callable[[tuple[Outcome, ...]], None]


@dataclass(slots=True)
class _State:
    """What the watcher remembers between two looks.

    `failed` are the files on which the program had a fault: they stay, and are not judged
    again while they are the same. `behind` is true until everything that arrived is known to
    be filed. `stale_since` is when the first judgement came that no master shows yet.
    """

    stillness: Stillness
    sightings: Sightings
    failed: dict[Path, Candidate] = field(default_factory=dict)
    stale_since: float | None = 0.0
    behind: bool = True


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
        state = _State(Stillness(settings.settle_seconds), load_sightings(self.workspace))
        lister = Lister(self.workspace.inbox)
        hints = Hints(self.workspace.inbox, bell)
        heart = Heartbeat(self.workspace, self.clock)
        with watcher_lock(self.workspace):
            with self._session():
                pass  # what stops every look is said at once
            heart.start()
            try:
                while not self.stop.is_set():
                    bell.clear()
                    listing = self._listing(lister, heart, hints)
                    if listing is not None:
                        self._look(listing, state, heart)
                    self._wait(bell, settings.scan_seconds)
                self._publish_at_the_end(heart)
            finally:
                hints.forget()
                heart.end()

    def _wait(self, bell: threading.Event, seconds: float) -> None:
        """Wait for the bell or the next scan, and no longer than a stop takes to be seen."""
        until = time.monotonic() + seconds
        while not self.stop.is_set() and time.monotonic() < until:
            if bell.wait(min(0.2, seconds)):
                # A burst of events is one change: let it end before looking.
                self.stop.wait(BURST)
                return

    @contextmanager
    def _session(self) -> Iterator[Session]:
        registry = load_registry(self.workspace.register)
        with open_session(self.workspace, self.clock(), registry=registry) as session:
            yield session

    def _listing(self, lister: Lister, heart: Heartbeat, hints: Hints) -> Listing | None:
        """List the inbox; None where it cannot be reached, which is said."""
        try:
            listing = lister.list(wait=max(LEAST_WAIT, self.workspace.settings.scan_seconds))
        except Hanging:
            self._say(heart, "Folder inbox tidak menjawab.")
        except OSError as error:
            hints.forget()
            self._say(heart, f"Folder inbox tidak terjangkau ({error.strerror or error}).")
        else:
            if listing.is_bare:
                hints.forget()
                self._say(heart, _BARE)
                return None
            if self.workspace.settings.events:
                hints.listen()
            return listing
        return None

    def _look(self, listing: Listing, state: _State, heart: Heartbeat) -> None:
        """Take in what is still and complete, and bring the masters up to date."""
        now = time.monotonic()
        left: tuple[Left, ...] = ()
        ready: list[Candidate] = []
        trouble = ""
        try:
            ready = self._ready(listing, state, now=now)
            if ready or state.behind:
                heart.say(busy_since=self.clock())
                done = self._take_in(ready, state)
                left, trouble = done.left, str(done.trouble or "")
                if done.outcomes:
                    state.stale_since = state.stale_since or now
            if state.stale_since is not None and (not ready or now - state.stale_since > DEBOUNCE):
                self._publish()
                state.stale_since = None
            settle_pending(self.workspace.outbox / "master")
        except OperatorError as error:
            trouble = str(error)
        except OSError as error:
            trouble = f"Gangguan berkas: {error.strerror or error}."
        except Exception as error:
            # One look is a command of its own: a fault in it must not end the watcher.
            trouble = f"Gangguan pada program ({type(error).__name__})."
            if trouble != heart.beat.trouble:
                log.exception("gangguan pada program")
        reasons = {file.path: file.why for file in left}
        waiting = lingering(
            listing,
            state.sightings,
            now=self.clock(),
            reasons=reasons,
            passed={c.path for c in ready} - reasons.keys(),
        )
        heart.say(busy_since=None, waiting=waiting)
        self._say(heart, trouble)

    def _ready(self, listing: Listing, state: _State, *, now: float) -> list[Candidate]:
        """Give the files that are still and not to be left alone, in the order of saving."""
        state.sightings.see(listing.files, self.clock())
        overdue = state.sightings.overdue(listing.files, now=self.clock())
        still = state.stillness.still(listing.files, now=now)
        return [
            c
            for c in in_order_of_saving(still)
            if state.failed.get(c.path) != c and (c.path in overdue or left_alone(c) is None)
        ]

    def _take_in(self, ready: list[Candidate], state: _State) -> Ingested:
        """Finish what was begun, and judge the files that are ready."""
        state.behind = True
        patience = self.workspace.settings.patience_seconds
        now = time.monotonic()
        patient = [c for c in ready if state.stillness.age(c, now=now) < patience]
        with self._session() as session:
            done = resume(session).and_then(ingest(session, from_inbox(ready, patient=patient)))
            state.behind = bool(session.ledger.unfinished())
        faults = {o.file for o in done.outcomes if o.status == "fault"}
        state.failed = {path: c for path, c in state.failed.items() if path.exists()}
        state.failed |= {c.path: c for c in ready if self.workspace.relative(c.path) in faults}
        if done.outcomes:
            self.tell(done.outcomes)
        return done

    def _publish(self) -> None:
        with self._session() as session:
            masters = consolidate_stale(session)
        for master in masters:
            if master.waiting is not None:
                log.warning(
                    "Induk %d sedang dibuka; yang baru menunggu di %s dan dipasang begitu yang "
                    "lama ditutup.",
                    master.year,
                    self.workspace.relative(master.waiting),
                )

    def _publish_at_the_end(self, heart: Heartbeat) -> None:
        try:
            self._publish()
        except (OperatorError, OSError) as error:
            self._say(heart, str(error))  # the ledger knows; the next start does it

    def _say(self, heart: Heartbeat, trouble: str) -> None:
        before = heart.beat.trouble
        if trouble == before:
            return
        if trouble:
            log.warning("%s Akan dicoba lagi.", trouble)
        else:
            log.warning("Keadaan pulih.")
        heart.say(trouble=trouble, trouble_since=self.clock() if trouble else None)
