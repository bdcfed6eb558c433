"""Watch the inbox: an event is a hint that wakes the scan; the scan decides."""

from __future__ import annotations

import json
import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from workbook_tools.errors import OperatorError
from workbook_tools.inbox import (
    Candidate,
    Stillness,
    is_complete,
    is_temporary,
    left_alone,
    read_file,
    scan,
    take_away,
    why_waiting,
)
from workbook_tools.outbox import settle_pending, write_atomically
from workbook_tools.pipeline.arrival import Outcome
from workbook_tools.pipeline.consolidate import consolidate_stale
from workbook_tools.pipeline.ingest import from_inbox, ingest, resume
from workbook_tools.pipeline.session import Session, open_session, watcher_lock
from workbook_tools.reader.limits import Limits
from workbook_tools.register import load_registry
from workbook_tools.workspace import Workspace

DEBOUNCE = 5.0  # seconds after which a burst no longer keeps the masters waiting
log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
Tell = Callable[[tuple[Outcome, ...]], None]


class _Wake(FileSystemEventHandler):
    """Wakes the scan at whatever happens in the inbox."""

    def __init__(self, bell: threading.Event) -> None:
        self._bell = bell

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Ring the bell; what happened is found out by looking."""
        if event.event_type not in ("opened", "closed_no_write"):
            self._bell.set()


@dataclass(slots=True)
class _State:
    """What the watcher remembers between two looks.

    `done` holds the files that were judged and still lie there, with the hash where they are
    to be taken away. `behind` is true until everything that arrived is known to be filed.
    """

    stillness: Stillness
    done: dict[Path, tuple[Candidate, str | None]] = field(default_factory=dict)
    trouble: str = ""
    waiting: tuple[str, ...] = ()
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
        state = _State(Stillness(settings.settle_seconds))
        with watcher_lock(self.workspace), _events(self.workspace, bell):
            with self._session():
                pass  # what stops every look is said at once
            while not self.stop.is_set():
                bell.clear()
                self.look(state)
                self._beat(state)
                self._wait(bell, settings.scan_seconds)
            self._publish_at_the_end(state)
            self._beat(state, running=False)

    def _wait(self, bell: threading.Event, seconds: float) -> None:
        """Wait for the bell or the next scan, and no longer than a stop takes to be seen."""
        until = time.monotonic() + seconds
        while not self.stop.is_set() and time.monotonic() < until:
            if bell.wait(min(0.2, seconds)):
                # A burst of events is one change: let it end before looking.
                self.stop.wait(0.05)
                return

    @contextmanager
    def _session(self) -> Iterator[Session]:
        registry = load_registry(self.workspace.register)
        with open_session(self.workspace, self.clock(), registry=registry) as session:
            yield session

    def look(self, state: _State) -> None:
        """Look once; take in what is still and complete."""
        try:
            candidates = scan(self.workspace.inbox)
        except OSError as error:
            self._say(state, f"Folder inbox tidak terjangkau ({error.strerror}).")
            return
        now = time.monotonic()
        ready = [c for c in state.stillness.still(candidates, now=now) if self._is_ready(c, state)]
        state.waiting = tuple(
            f"{self.workspace.relative(c.path)} ({why_waiting(c)})"
            for c in candidates
            if c not in ready and not is_temporary(c.path)
        )
        try:
            if ready or state.behind:
                self._take_in(ready, state)
                state.stale_since = state.stale_since or now
            if state.stale_since is not None and (not ready or now - state.stale_since > DEBOUNCE):
                self._publish()
                state.stale_since = None
            settle_pending(self.workspace.outbox / "master")
            self._say(state, "")
        except OperatorError as error:
            self._say(state, str(error))
        except OSError as error:
            self._say(state, f"Gangguan berkas: {error.strerror or error}.")

    def _is_ready(self, candidate: Candidate, state: _State) -> bool:
        if left_alone(candidate) is not None:
            return False
        judged, sha256 = state.done.get(candidate.path, (None, None))
        if judged == candidate:
            if sha256 is not None:
                take_away(candidate.path, sha256)
            return False
        try:
            read = read_file(candidate.path, limit=Limits().file_size)
        except OSError:
            return False  # locked by another program: tried again at the next look
        if read.data is None or is_complete(read.data):
            return True
        age = state.stillness.age(candidate, now=time.monotonic())
        return age >= self.workspace.settings.patience_seconds

    def _take_in(self, ready: list[Candidate], state: _State) -> None:
        state.behind = True
        with self._session() as session:
            resumed = resume(session)
            left = [c for c in ready if c.path.exists()]
            outcomes = (*resumed, *ingest(session, from_inbox(left)))
        state.behind = False
        state.done = {path: known for path, known in state.done.items() if path.exists()}
        judged = {outcome.file: outcome for outcome in outcomes}
        for candidate in left:
            outcome = judged.get(self.workspace.relative(candidate.path))
            if outcome is not None and candidate.path.exists():
                sha256 = None if outcome.status == "fault" else outcome.sha256
                state.done[candidate.path] = (candidate, sha256)
        if outcomes:
            self.tell(outcomes)

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

    def _publish_at_the_end(self, state: _State) -> None:
        try:
            self._publish()
        except (OperatorError, OSError) as error:
            self._say(state, str(error))  # the ledger knows; the next start does it

    def _say(self, state: _State, trouble: str) -> None:
        if trouble and trouble != state.trouble:
            log.warning("%s Akan dicoba lagi.", trouble)
        elif state.trouble and not trouble:
            log.info("Keadaan pulih.")
        state.trouble = trouble

    def _beat(self, state: _State, *, running: bool = True) -> None:
        beat = {
            "pid": os.getpid(),
            "at": self.clock().isoformat(),
            "running": running,
            "trouble": state.trouble,
            "waiting": list(state.waiting),
            "scan_seconds": self.workspace.settings.scan_seconds,
        }
        try:
            write_atomically(
                self.workspace.heartbeat, json.dumps(beat, ensure_ascii=False).encode()
            )
        except OSError as error:
            log.warning("tanda hidup tidak dapat ditulis: %s", error.strerror)


@contextmanager
def _events(workspace: Workspace, bell: threading.Event) -> Iterator[None]:
    """Listen for events while it lasts; without them the scan alone does the work."""
    observer = Observer()
    try:
        observer.schedule(_Wake(bell), str(workspace.inbox), recursive=True)
        observer.start()
    except OSError as error:
        log.warning("tanpa pemberitahuan sistem (%s); folder dilihat berkala.", error.strerror)
        yield
        return
    try:
        yield
    finally:
        observer.stop()
        observer.join(timeout=5)
