"""Turn one listing of the inbox into judged returns, published masters and a list of what waits."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from workbook_tools.errors import Busy, OperatorError
from workbook_tools.inbox import Candidate, Listing, Stillness, in_order_of_saving, left_alone
from workbook_tools.outbox import settle_pending, waiting_in
from workbook_tools.pipeline.arrival import Outcome
from workbook_tools.pipeline.board import publish_board
from workbook_tools.pipeline.consolidate import consolidate_stale
from workbook_tools.pipeline.heartbeat import WORK, Heartbeat, bury_silent
from workbook_tools.pipeline.ingest import Ingested, ingest, resume
from workbook_tools.pipeline.receive import from_inbox
from workbook_tools.pipeline.rulebook import under_current
from workbook_tools.pipeline.session import JournalRead, Session, open_glance, open_session
from workbook_tools.pipeline.sightings import Lingering, Sightings, lingering
from workbook_tools.register import load_registry
from workbook_tools.workspace import Workspace

TRIES_AT_ONCE = 3  # looks at which a file that was left is tried again without a pause
LONGEST_REST = 15.0  # seconds
TURN_SECONDS = 5.0  # for which a look waits while a watcher on another machine is at work
RELIEF = 10.0  # seconds between two looks at what another watcher may have left undone
DEBOUNCE = 5.0  # seconds after which a burst no longer keeps the masters waiting
log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
Tell = Callable[[tuple[Outcome, ...]], None]


@dataclass(frozen=True, slots=True)
class Rest:
    """A file that was left, why, how often, and the time before which it is not tried again."""

    file: Candidate
    why: str
    count: int
    until: float


@dataclass(slots=True)
class Memory:
    """What is remembered between two looks.

    `resting` are the files that were left and are not tried again at every look. `behind` is
    true until everything that arrived is known to be filed. `stale_since` is when the first
    judgement came that no master may show yet. `waiting` is what the last look left in the
    inbox, `told` what the board says of that, and `differs_since` since when they differ.
    `relief_at` is when to see next whether another watcher has left work undone. `journal` is
    how far the archive's journal was read.
    """

    stillness: Stillness
    sightings: Sightings
    resting: dict[Path, Rest] = field(default_factory=dict)
    stale_since: float | None = 0.0
    behind: bool = True
    waiting: tuple[Lingering, ...] = ()
    told: tuple[Lingering, ...] = ()
    differs_since: float | None = None
    relief_at: float = 0.0
    journal: JournalRead = field(default_factory=JournalRead)


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
        registry = load_registry(self.workspace)
        wait = TURN_SECONDS if self.workspace.is_shared else None
        with open_session(self.workspace, self.clock(), registry=registry, wait=wait) as session:
            yield replace(under_current(session), journal=self.memory.journal)

    def try_out(self) -> None:
        """Open the workspace once, so that what stops every look is said at once."""
        try:
            with self.session():
                pass
        except Busy:
            if not self.workspace.is_shared:
                raise

    def _relieve(self, now: float) -> None:
        """Notice what another watcher has left undone, which it may have died of."""
        memory = self.memory
        if not self.workspace.is_shared or now < memory.relief_at:
            return
        memory.relief_at = now + RELIEF
        if bury_silent(self.workspace, now=self.clock()):
            memory.behind, memory.stale_since = True, memory.stale_since or now
        registry = load_registry(self.workspace)
        with open_glance(self.workspace, self.clock(), registry=registry) as session:
            memory.behind = memory.behind or bool(session.ledger.unfinished())
            if set(session.ledger.stale_years()) & set(registry.years):
                memory.stale_since = memory.stale_since or now

    def look(self, listing: Listing) -> None:
        """Take in what is still and complete, and bring the masters up to date."""
        memory, now = self.memory, time.monotonic()
        ready: list[Candidate] = []
        trouble = ""
        try:
            ready = self._ready(listing, now)
            if self.heart.trouble(WORK):
                self.try_out()  # a look that has nothing to do would say that it is over
            self._relieve(now)
            if ready or memory.behind:
                self.heart.say(busy_since=self.clock())
                trouble = self._take_in(ready, now)
            memory.waiting = self._waiting(listing, ready)
            if memory.stale_since is not None and (
                not ready or now - memory.stale_since > DEBOUNCE
            ):
                self.publish()
                memory.stale_since = None
            self._refresh(now)
            if waiting_in(self.workspace.outbox / "master"):
                with self.session():
                    settle_pending(self.workspace.outbox / "master")
        except Busy as error:
            # Another watcher is at work: that is no trouble, and the next look goes on.
            trouble = "" if self.workspace.is_shared else str(error)
        except OperatorError as error:
            trouble = str(error)
        except OSError as error:
            trouble = f"Gangguan berkas: {error.strerror or error}."
        except Exception as error:
            # One look is a command of its own: a fault in it must not end the watcher.
            trouble = f"Gangguan pada program ({type(error).__name__})."
            if trouble != self.heart.trouble(WORK):
                log.exception("gangguan pada program")
        memory.waiting = self._waiting(listing, ready)
        self.heart.say(busy_since=None, waiting=memory.waiting)
        self.heart.complain(WORK, trouble)

    def _waiting(self, listing: Listing, ready: list[Candidate]) -> tuple[Lingering, ...]:
        """Tell what lies in the inbox and is not being taken in, longest first."""
        reasons = {path: rest.why for path, rest in self.memory.resting.items()}
        return lingering(
            listing,
            self.memory.sightings,
            now=self.clock(),
            reasons=reasons,
            passed={c.path for c in ready} - reasons.keys(),
        )

    def _refresh(self, now: float) -> None:
        """Let the board follow what waits in the inbox.

        Only a difference that stands for a while counts: a file on its way in is none, and a
        board is not written once per look.
        """
        memory = self.memory
        if memory.waiting == memory.told:
            memory.differs_since = None
        elif memory.differs_since is None:
            memory.differs_since = now
        elif now - memory.differs_since > DEBOUNCE:
            with self.session() as session:
                publish_board(session, memory.waiting)
            memory.told, memory.differs_since = memory.waiting, None

    def _ready(self, listing: Listing, now: float) -> list[Candidate]:
        """Give the files that are still and not to be left alone, in the order of saving."""
        memory = self.memory
        memory.sightings.see(listing.files, self.clock())
        overdue = memory.sightings.overdue(listing.files, now=self.clock())
        here = {c.path: c for c in listing.files}
        memory.resting = {p: r for p, r in memory.resting.items() if here.get(p) == r.file}
        still = memory.stillness.still(listing.files, now=now)
        return [
            c
            for c in in_order_of_saving(still)
            if (c.path in overdue or left_alone(c) is None) and not self._rests(c, now)
        ]

    def _rests(self, candidate: Candidate, now: float) -> bool:
        rest = self.memory.resting.get(candidate.path)
        return rest is not None and now < rest.until

    def _take_in(self, ready: list[Candidate], now: float) -> str:
        """Finish what was begun, and judge the files that are ready; give what troubles it."""
        memory = self.memory
        memory.behind = True
        memory.stale_since = memory.stale_since or now  # the ledger knows what became of it
        patience = self.workspace.settings.patience_seconds
        ages = {c.path: memory.stillness.age(c, now=now) for c in ready}
        patient = [c for c in ready if ages[c.path] < patience]
        with self.session() as session:
            done = resume(session).and_then(ingest(session, from_inbox(ready, patient=patient)))
            memory.behind = bool(session.ledger.unfinished())
        left = {file.path: file.why for file in done.left}
        faulty = {
            self.workspace.located(o.file): f"gangguan program, kiriman nomor {o.number}; "
            "sebutkan nomor itu kepada pengelola program"
            for o in done.outcomes
            if o.status == "fault"
        }
        memory.stillness.forget({c.path for c in ready} - left.keys() - faulty.keys())
        for candidate in ready:
            if candidate.path in left:
                most = patience - ages[candidate.path] if candidate in patient else math.inf
                self._let_rest(candidate, left[candidate.path], now=now, most=most)
            elif candidate.path in faulty:
                memory.resting[candidate.path] = Rest(
                    candidate, faulty[candidate.path], 0, math.inf
                )
        self._say(done)
        return str(done.trouble or "")

    def _let_rest(self, file: Candidate, why: str, *, now: float, most: float) -> None:
        """Try a file again soon, then less and less often, but when its patience is over."""
        before = self.memory.resting.get(file.path)
        count = 0 if before is None else before.count + 1
        scan = self.workspace.settings.scan_seconds
        wait = 0.0 if count < TRIES_AT_ONCE else min(LONGEST_REST, scan * 2 ** min(count, 16))
        self.memory.resting[file.path] = Rest(file, why, count, now + min(wait, most))

    def _say(self, done: Ingested) -> None:
        if not done.outcomes:
            return
        try:
            self.tell(done.outcomes)
        except Exception:
            # What was done is done, whether or not anybody could be told on the terminal.
            log.exception("hasil tidak dapat ditulis ke layar")

    def publish(self) -> None:
        """Write the masters that do not show the newest judgements yet, and the board."""
        memory = self.memory
        try:
            with self.session() as session:
                masters = consolidate_stale(session, memory.waiting)
        finally:
            memory.told = memory.waiting  # where the board failed all of this is done again
        for master in masters:
            if master.waiting is not None:
                log.warning(
                    "Induk %d sedang dibuka; yang baru menunggu di %s dan dipasang begitu yang "
                    "lama ditutup.",
                    master.year,
                    self.workspace.relative(master.waiting),
                )
