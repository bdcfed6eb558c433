"""Remember since when a file lies in the inbox, and tell what lies there and why.

Ages are counted by our own clock from the first sight: copies keep old times.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from workbook_tools.inbox import (
    Candidate,
    Listing,
    is_owner_file,
    is_temporary,
    is_unnamed_save,
    why_waiting,
)
from workbook_tools.outbox import write_atomically
from workbook_tools.pipeline.lister import Hanging, Lister
from workbook_tools.workspace import Workspace

HELD = "sudah diperiksa; berkasnya belum dapat diambil"
_ANSWER_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Lingering:
    """A file that lies in the inbox: since when (aware), and why it is not taken in."""

    file: str
    since: datetime
    reason: str


@dataclass(slots=True)
class Sightings:
    """When each file of the inbox was first seen, kept in the state folder."""

    workspace: Workspace
    first: dict[str, datetime] = field(default_factory=dict)

    def see(self, candidates: Iterable[Candidate], now: datetime) -> None:
        """Take note of what lies there now, and forget what is gone; OSError if unwritable.

        A time that lies ahead comes from a clock that has jumped back since.
        """
        names = [self.workspace.relative(c.path) for c in candidates]
        first = {name: min(self.first.get(name, now), now) for name in names}
        if first == self.first:
            return
        self.first = first
        told = {name: at.isoformat() for name, at in first.items()}
        write_atomically(_path(self.workspace), json.dumps(told, ensure_ascii=False).encode())

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
        return Sightings(
            workspace, {str(name): datetime.fromisoformat(at) for name, at in told.items()}
        )
    except (OSError, ValueError, TypeError, AttributeError):
        return Sightings(workspace)


def _path(workspace: Workspace) -> Path:
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
        if candidate.path in passed or is_owner_file(candidate.path):
            continue
        since = sightings.since(candidate.path, now=now)
        passing = is_temporary(candidate.path) or is_unnamed_save(candidate.path)
        if passing and now - since < patience:
            continue
        reason = reasons.get(candidate.path) or why_waiting(candidate)
        found.append(Lingering(workspace.relative(candidate.path), since, reason))
    found += [
        Lingering(workspace.relative(path), now, f"folder tidak dapat dibuka ({reason})")
        for path, reason in listing.closed
    ]
    return tuple(sorted(found, key=lambda f: (f.since, f.file)))


@dataclass(frozen=True, slots=True)
class InboxNow:
    """What lies in the inbox at this moment; `trouble` where it cannot be looked into."""

    waiting: tuple[Lingering, ...] = ()
    trouble: str = ""


def inbox_now(
    workspace: Workspace, *, now: datetime, known: Iterable[Lingering], held: Collection[str]
) -> InboxNow:
    """Look into the inbox: `known` are the watcher's reasons, `held` the files judged already.

    Nobody is kept waiting: an inbox that does not answer at once is said to be so.
    """
    try:
        listing = Lister(workspace.inbox).list(wait=_ANSWER_SECONDS)
    except Hanging:
        return InboxNow(trouble="Folder inbox tidak menjawab.")
    except OSError as error:
        return InboxNow(trouble=f"Folder inbox tidak terjangkau ({error.strerror or error}).")
    reasons = {workspace.located(name): HELD for name in held}
    reasons |= {workspace.located(w.file): w.reason for w in known}
    return InboxNow(lingering(listing, load_sightings(workspace), now=now, reasons=reasons))
