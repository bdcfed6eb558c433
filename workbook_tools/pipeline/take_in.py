"""Take in everything now in the inbox, or the files named, and bring the masters up to date."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workbook_tools.errors import CannotWrite, OperatorError
from workbook_tools.inbox import (
    Candidate,
    in_order_of_saving,
    is_open,
    is_temporary,
    scan,
    unit_folder,
)
from workbook_tools.outbox import settle_pending
from workbook_tools.pipeline.arrival import Outcome
from workbook_tools.pipeline.consolidate import MasterOut, consolidate_stale
from workbook_tools.pipeline.ingest import Ingested, ignored, ingest, resume, sort_out
from workbook_tools.pipeline.receive import Left, Source
from workbook_tools.pipeline.session import Session
from workbook_tools.pipeline.sightings import load_sightings
from workbook_tools.problems.catalogue import problem
from workbook_tools.problems.problem import Severity

LOOK_AGAIN_SECONDS = 0.3


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of every file, and the masters written because of it.

    `trouble` is what kept some of it from being done; the next call does it.
    """

    outcomes: tuple[Outcome, ...]
    masters: tuple[MasterOut, ...]
    trouble: OperatorError | None


def take_in_inbox(session: Session) -> TakenIn:
    """Judge everything in the inbox that two looks find unchanged and nobody holds open."""
    resumed = resume(session)
    still, moving = _looks(session)
    sightings = load_sightings(session.workspace)
    sightings.see((*still, *moving), session.now)
    overdue = sightings.overdue(still, now=session.now)
    sources, alone = sort_out(session, in_order_of_saving(still), overdue=overdue)
    busy = [Left(candidate.path, "masih disalin atau dibuka") for candidate in moving]
    done = resumed.and_then(ingest(session, sources))
    sightings.see((c for c in (*still, *moving) if c.path.exists()), session.now)
    left = tuple(_left(session, file) for file in (*done.left, *busy))
    return _published(session, done, (*alone, *left))


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


def _published(session: Session, done: Ingested, alone: tuple[Outcome, ...]) -> TakenIn:
    settle_pending(session.workspace.outbox / "master")
    return TakenIn((*done.outcomes, *alone), consolidate_stale(session), done.trouble)


def _looks(session: Session) -> tuple[tuple[Candidate, ...], tuple[Candidate, ...]]:
    """Look twice; give the files that are still, and those that are being worked on."""
    try:
        first = set(scan(session.workspace.inbox))
        if first:
            time.sleep(LOOK_AGAIN_SECONDS)
        second = scan(session.workspace.inbox)
    except OSError as error:
        raise CannotWrite(
            f"Folder {session.workspace.inbox} tidak terjangkau ({error.strerror}). Periksa "
            "sambungan ke drive bersama, lalu jalankan lagi."
        ) from error
    still = tuple(c for c in second if is_temporary(c.path) or (c in first and not is_open(c.path)))
    return still, tuple(c for c in second if c not in still)
