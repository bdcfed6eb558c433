"""Remember since when a file lies in the inbox, and tell what lies there and why.

Ages are counted by our own clock from the first sight: copies keep old times.
"""

from __future__ import annotations

import json
import logging
import platform
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from workbook_tools.inbox import Candidate, Listing, why_waiting
from workbook_tools.outbox import write_atomically
from workbook_tools.pipeline.lister import Lister, trouble_of
from workbook_tools.problems.sentences.waiting import COPYING, HELD, UNWATCHED
from workbook_tools.temporary_names import (
    is_companion,
    is_owner_file,
    is_temporary,
    is_unnamed_save,
)
from workbook_tools.workspace import Workspace

_ANSWER_SECONDS = 3.0
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Lingering:
    """A file that lies in the inbox: since when (aware), and why it is not taken in."""

    file: str
    since: datetime
    reason: str

    def document(self) -> dict[str, object]:
        """Give its JSON, as the sign of life holds it and `status` shows it."""
        return {"file": self.file, "since": self.since.isoformat(), "reason": self.reason}


def lingering_of(document: Mapping[str, str]) -> Lingering:
    """Read what `document` gave; KeyError, TypeError or ValueError where it is none."""
    since = _moment(document["since"])
    return Lingering(str(document["file"]), since, str(document["reason"]))


@dataclass(slots=True)
class Sightings:
    """When each file of the inbox was first seen, kept in the state folder.

    `kept` is what the state folder holds: what could not be written is tried again. `closed`
    are the folders that cannot be looked into, as long as this process knows of them.
    """

    workspace: Workspace
    first: dict[str, datetime] = field(default_factory=dict)
    kept: dict[str, datetime] = field(default_factory=dict)
    closed: dict[Path, datetime] = field(default_factory=dict)
    was_said: bool = False

    def see(self, candidates: Iterable[Candidate], now: datetime) -> None:
        """Take note of what lies there now, and forget what is gone.

        A time that lies ahead comes from a clock that has jumped back since. Without a place
        to write it down it is remembered for as long as this process lives.
        """
        names = [self.workspace.relative(c.path) for c in candidates]
        self.first = {name: min(self.first.get(name, now), now) for name in names}
        if self.first == self.kept:
            return
        told = {name: at.isoformat() for name, at in self.first.items()}
        try:
            write_atomically(_path(self.workspace), json.dumps(told, ensure_ascii=False).encode())
        except FileNotFoundError:  # another watcher of this computer has just put its own there
            return
        except OSError as error:
            if not self.was_said:
                log.warning("waktu tiba berkas tidak dapat dicatat: %s", error.strerror or error)
            self.was_said = True
            return
        self.kept, self.was_said = self.first, False

    def see_closed(self, folders: Iterable[Path], now: datetime) -> None:
        """Take note of the folders that cannot be looked into now, and forget the others."""
        self.closed = {path: min(self.closed.get(path, now), now) for path in folders}

    def since(self, path: Path, *, now: datetime) -> datetime:
        """Give when a file was first seen; now where it never was."""
        return min(self.first.get(self.workspace.relative(path), now), now)

    def overdue(self, candidates: Iterable[Candidate], *, now: datetime) -> tuple[Path, ...]:
        """Give the empty files that have lain there for longer than the settings allow."""
        patience = timedelta(hours=self.workspace.settings.overdue_hours)
        return tuple(
            c.path
            for c in candidates
            if c.size == 0
            and not is_temporary(c.path)
            and not is_unnamed_save(c.path)
            and now - self.since(c.path, now=now) > patience
        )


def load_sightings(workspace: Workspace) -> Sightings:
    """Read what was seen; nothing where it cannot be read."""
    try:
        told = json.loads(_path(workspace).read_text("utf-8"))
        first = {str(name): _moment(at) for name, at in told.items()}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return Sightings(workspace)
    return Sightings(workspace, first, first)


def _moment(text: str) -> datetime:
    """Read a moment; ValueError for one without a zone, which compares with no other."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment


def _path(workspace: Workspace) -> Path:
    if workspace.is_shared:
        return workspace.state / f"terlihat.{platform.node()}.json"
    return workspace.state / "terlihat.json"


def lingering(
    listing: Listing,
    sightings: Sightings,
    *,
    now: datetime,
    reasons: Mapping[Path, str],
    passed: Collection[Path] = (),
) -> tuple[Lingering, ...]:
    """Tell what lies in the inbox and is not being taken in, longest first.

    `reasons` are those already known, `passed` the files that are being taken in. Temporary
    files of programs count once they have been left behind.
    """
    workspace = sightings.workspace
    patience = timedelta(seconds=workspace.settings.patience_seconds)
    found: list[Lingering] = []
    for candidate in listing.files:
        if candidate.path in passed or _is_beside(candidate.path):
            continue
        since = sightings.since(candidate.path, now=now)
        passing = is_temporary(candidate.path) or is_unnamed_save(candidate.path)
        if passing and now - since < patience:
            continue
        reason = reasons.get(candidate.path) or why_waiting(candidate)
        found.append(Lingering(workspace.relative(candidate.path), since, reason))
    sightings.see_closed((path for path, _ in listing.closed), now)
    found += [
        Lingering(workspace.relative(path), sightings.closed[path], reason)
        for path, reason in listing.closed
    ]
    return tuple(sorted(found, key=lambda f: (f.since, f.file)))


def _is_beside(path: Path) -> bool:
    """Tell whether a file only accompanies another one, so that nobody need know of it."""
    return is_owner_file(path) or is_companion(path)


@dataclass(frozen=True, slots=True)
class InboxNow:
    """What lies in the inbox at this moment; `trouble` where it cannot be looked into."""

    waiting: tuple[Lingering, ...] = ()
    trouble: str = ""


def inbox_now(
    workspace: Workspace,
    *,
    now: datetime,
    known: Iterable[Lingering] | None,
    held: Collection[str],
) -> InboxNow:
    """Look into the inbox: `known` are the watcher's reasons, None where no watcher runs.

    `held` are the files judged already.
    Nobody is kept waiting: an inbox that does not answer at once is said to be so.
    """
    try:
        listing = Lister(workspace.inbox).list(wait=_ANSWER_SECONDS)
    except OSError as error:
        return InboxNow(trouble=trouble_of(error))
    reasons = {workspace.located(name): HELD for name in held}
    reasons |= {workspace.located(w.file): w.reason for w in known or ()}
    sightings = load_sightings(workspace)
    sightings.closed = {workspace.located(w.file): w.since for w in known or ()}
    waiting = lingering(listing, sightings, now=now, reasons=reasons)
    if known is None:
        waiting = tuple(replace(w, reason=UNWATCHED) if w.reason == COPYING else w for w in waiting)
    return InboxNow(waiting, trouble_of(listing))
