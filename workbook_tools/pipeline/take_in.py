"""Take in everything now in the inbox, or the files named, and bring the masters up to date."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workbook_tools.errors import CannotWrite, OperatorError
from workbook_tools.inbox import Candidate, in_order_of_saving, look, unit_folder, why_waiting
from workbook_tools.outbox import settle_pending
from workbook_tools.pipeline.arrival import Outcome
from workbook_tools.pipeline.consolidate import MasterOut, consolidate_stale
from workbook_tools.pipeline.first_look import FirstLook
from workbook_tools.pipeline.ingest import Ingested, ignored, ingest, resume, sort_out
from workbook_tools.pipeline.lister import trouble_of
from workbook_tools.pipeline.receive import Left, Source
from workbook_tools.pipeline.session import Session
from workbook_tools.pipeline.sightings import load_sightings
from workbook_tools.problems.catalogue import problem
from workbook_tools.problems.problem import Severity
from workbook_tools.problems.sentences import waiting
from workbook_tools.temporary_names import is_open, is_temporary

LOOK_AGAIN_SECONDS = 0.3


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of every file, and the masters written because of it.

    `trouble` is what kept some of it from being done; the next call does it.
    """

    outcomes: tuple[Outcome, ...]
    masters: tuple[MasterOut, ...]
    trouble: OperatorError | None


class InboxUnseen(CannotWrite):
    """The inbox cannot be looked into, or what it shows is not to be trusted."""

    def __init__(self, session: Session, trouble: str) -> None:
        """Say what the look found, where the inbox is, and what to do."""
        remedy = f"{waiting.CHECK_SHARE} {waiting.NEW_FOLDERS}"
        super().__init__(
            f"{trouble} Tempatnya: {session.workspace.inbox}. "
            f"{remedy if trouble == waiting.BARE else waiting.CHECK_SHARE}"
        )


def take_in_inbox(session: Session, first: FirstLook) -> TakenIn:
    """Judge everything in the inbox that two looks find unchanged and nobody holds open.

    InboxUnseen where it cannot be looked into; said as the trouble where something that was
    begun before could be finished.
    """
    resumed = resume(session)
    try:
        found = _looks(session, first)
    except InboxUnseen as trouble:
        if not resumed.outcomes:
            raise
        return _published(session, resumed.and_then(Ingested(trouble=trouble)), ())
    sightings = load_sightings(session.workspace)
    sightings.see(found.files, session.now)
    overdue = sightings.overdue(found.still, now=session.now)
    sources, alone = sort_out(session, in_order_of_saving(found.still), overdue=overdue)
    busy = [Left(candidate.path, why_waiting(candidate)) for candidate in found.moving]
    done = resumed.and_then(ingest(session, sources))
    sightings.see((c for c in found.files if _may_be_there(c.path)), session.now)
    left = tuple(_left(session, file) for file in (*done.left, *busy))
    closed = tuple(_closed(session, path, reason) for path, reason in found.closed)
    return _published(session, done, (*alone, *left, *closed))


def _may_be_there(path: Path) -> bool:
    """Tell whether a file is not known to be gone; trouble with a share says nothing."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def take_in_files(session: Session, files: Sequence[Path]) -> TakenIn:
    """Judge the files named; they are left where they are."""
    inbox = session.workspace.inbox
    named = [Path.cwd() / path for path in files]
    sources = [Source(path, unit_folder(path, inbox)) for path in named]
    done = resume(session).and_then(ingest(session, sources))
    left = (replace(_left(session, file), is_refused=True) for file in done.left)
    return _published(session, done, tuple(left))


def _left(session: Session, file: Left) -> Outcome:
    reason = problem(file.code, found=file.why, variant="left", severity=Severity.INFO)
    return ignored(session, file.path, reason)


def _closed(session: Session, path: Path, reason: str) -> Outcome:
    """Report a folder that cannot be looked into."""
    found = problem("B04", found=reason, variant="closed", severity=Severity.INFO)
    return ignored(session, path, found)


def _published(session: Session, done: Ingested, alone: tuple[Outcome, ...]) -> TakenIn:
    """Bring the masters up to date; what keeps them from it hides nothing of what was judged."""
    masters: tuple[MasterOut, ...] = ()
    trouble = done.trouble
    try:
        settle_pending(session.workspace.outbox / "master")
        masters = consolidate_stale(session)
    except OperatorError as error:
        trouble = trouble or error
    except OSError as error:
        trouble = trouble or CannotWrite(
            f"Induk tidak dapat disusun ({waiting.reason_of(error)}). Periksa izin folder dan "
            "ruang disk, lalu jalankan lagi."
        )
    outcomes = (*done.outcomes, *alone)
    if trouble is not None and not outcomes and not masters:
        raise trouble
    return TakenIn(outcomes, masters, trouble)


@dataclass(frozen=True, slots=True)
class _Found:
    """What two looks found: what is still, what is being worked on, what is closed and why."""

    still: tuple[Candidate, ...]
    moving: tuple[Candidate, ...]
    closed: tuple[tuple[Path, str], ...]

    @property
    def files(self) -> tuple[Candidate, ...]:
        """Give every file."""
        return (*self.still, *self.moving)


def _looks(session: Session, first: FirstLook) -> _Found:
    """Look a second time; InboxUnseen where the look cannot be trusted."""
    try:
        if first.files:
            time.sleep(max(0.0, first.at + LOOK_AGAIN_SECONDS - time.monotonic()))
        second = look(session.workspace.inbox)
    except OSError as error:
        raise InboxUnseen(session, trouble_of(error)) from error
    if trouble := trouble_of(second):
        raise InboxUnseen(session, trouble)
    still = tuple(
        c
        for c in second.files
        if is_temporary(c.path) or (c in first.files and not is_open(c.path))
    )
    moving = tuple(set(second.files).difference(still))
    return _Found(still, in_order_of_saving(moving), tuple(second.closed))
