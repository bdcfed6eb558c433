"""Turn one listing of the inbox into judged returns, published masters and a list of what waits."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from workbook_tools.errors import OperatorError
from workbook_tools.inbox import Candidate, Listing, Stillness, in_order_of_saving, left_alone
from workbook_tools.outbox import settle_pending
from workbook_tools.pipeline.arrival import Outcome
from workbook_tools.pipeline.consolidate import consolidate_stale
from workbook_tools.pipeline.heartbeat import WORK, Heartbeat
from workbook_tools.pipeline.ingest import Ingested, ingest, resume
from workbook_tools.pipeline.receive import Left, from_inbox
from workbook_tools.pipeline.session import Session, open_session
from workbook_tools.pipeline.sightings import Sightings, lingering
from workbook_tools.register import load_registry
from workbook_tools.workspace import Workspace

DEBOUNCE = 5.0  # seconds after which a burst no longer keeps the masters waiting
log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
Tell = Callable[[tuple[Outcome, ...]], None]


@dataclass(slots=True)
class Memory:
    """What is remembered between two looks.

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
class Looker:
    """Takes in what lies in one workspace's inbox; `tell` is called with what became of files."""

    workspace: Workspace
    clock: Clock
    tell: Tell
    heart: Heartbeat
    memory: Memory

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Open the workspace by the register and the clock of this moment."""
        registry = load_registry(self.workspace.register)
        with open_session(self.workspace, self.clock(), registry=registry) as session:
            yield session

    def look(self, listing: Listing) -> None:
        """Take in what is still and complete, and bring the masters up to date."""
        memory, now = self.memory, time.monotonic()
        left: tuple[Left, ...] = ()
        ready: list[Candidate] = []
        trouble = ""
        try:
            ready = self._ready(listing, now)
            if ready or memory.behind:
                self.heart.say(busy_since=self.clock())
                done = self._take_in(ready)
                left, trouble = done.left, str(done.trouble or "")
                if done.outcomes:
                    memory.stale_since = memory.stale_since or now
            if memory.stale_since is not None and (
                not ready or now - memory.stale_since > DEBOUNCE
            ):
                self.publish()
                memory.stale_since = None
            settle_pending(self.workspace.outbox / "master")
        except OperatorError as error:
            trouble = str(error)
        except OSError as error:
            trouble = f"Gangguan berkas: {error.strerror or error}."
        except Exception as error:
            # One look is a command of its own: a fault in it must not end the watcher.
            trouble = f"Gangguan pada program ({type(error).__name__})."
            if trouble != self.heart.trouble(WORK):
                log.exception("gangguan pada program")
        reasons = {file.path: file.why for file in left}
        waiting = lingering(
            listing,
            memory.sightings,
            now=self.clock(),
            reasons=reasons,
            passed={c.path for c in ready} - reasons.keys(),
        )
        self.heart.say(busy_since=None, waiting=waiting)
        self.heart.complain(WORK, trouble)

    def _ready(self, listing: Listing, now: float) -> list[Candidate]:
        """Give the files that are still and not to be left alone, in the order of saving."""
        memory = self.memory
        memory.sightings.see(listing.files, self.clock())
        overdue = memory.sightings.overdue(listing.files, now=self.clock())
        still = memory.stillness.still(listing.files, now=now)
        return [
            c
            for c in in_order_of_saving(still)
            if memory.failed.get(c.path) != c and (c.path in overdue or left_alone(c) is None)
        ]

    def _take_in(self, ready: list[Candidate]) -> Ingested:
        """Finish what was begun, and judge the files that are ready."""
        memory = self.memory
        memory.behind = True
        patience = self.workspace.settings.patience_seconds
        now = time.monotonic()
        patient = [c for c in ready if memory.stillness.age(c, now=now) < patience]
        with self.session() as session:
            done = resume(session).and_then(ingest(session, from_inbox(ready, patient=patient)))
            memory.behind = bool(session.ledger.unfinished())
        memory.stillness.forget({c.path for c in ready} - {file.path for file in done.left})
        faults = {o.file for o in done.outcomes if o.status == "fault"}
        memory.failed = {path: c for path, c in memory.failed.items() if path.exists()}
        memory.failed |= {c.path: c for c in ready if self.workspace.relative(c.path) in faults}
        if done.outcomes:
            self.tell(done.outcomes)
        return done

    def publish(self) -> None:
        """Write the masters that do not show the newest judgements yet."""
        with self.session() as session:
            masters = consolidate_stale(session)
        for master in masters:
            if master.waiting is not None:
                log.warning(
                    "Induk %d sedang dibuka; yang baru menunggu di %s dan dipasang begitu yang "
                    "lama ditutup.",
                    master.year,
                    self.workspace.relative(master.waiting),
                )
