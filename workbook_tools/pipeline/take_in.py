"""Take in everything now in the inbox, or the files named, and bring the masters up to date."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from workbook_tools.errors import CannotWrite
from workbook_tools.inbox import Candidate, is_open, is_temporary, scan, unit_folder
from workbook_tools.outbox import settle_pending
from workbook_tools.pipeline.arrival import Outcome
from workbook_tools.pipeline.consolidate import MasterOut, consolidate_stale
from workbook_tools.pipeline.ingest import Source, ignored, ingest, resume, sort_out
from workbook_tools.pipeline.session import Session
from workbook_tools.problems.catalogue import problem

LOOK_AGAIN_SECONDS = 0.3


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of every file, and the masters written because of it."""

    outcomes: tuple[Outcome, ...]
    masters: tuple[MasterOut, ...]


def take_in_inbox(session: Session) -> TakenIn:
    """Judge everything in the inbox that two looks find unchanged and nobody holds open."""
    resumed = resume(session)
    still, moving = _looks(session)
    sources, alone = sort_out(session, still)
    busy = problem("B04", found="masih disalin atau dibuka")
    waiting = tuple(ignored(session, candidate, busy) for candidate in moving)
    return _published(session, (*resumed, *ingest(session, sources), *alone, *waiting))


def take_in_files(session: Session, files: Sequence[Path]) -> TakenIn:
    """Judge the files named; they are left where they are."""
    resumed = resume(session)
    inbox = session.workspace.inbox
    named = [path.resolve() for path in files]
    sources = [Source(path, unit_folder(path, inbox), None) for path in named]
    return _published(session, (*resumed, *ingest(session, sources)))


def _published(session: Session, outcomes: tuple[Outcome, ...]) -> TakenIn:
    settle_pending(session.workspace.outbox / "master")
    return TakenIn(outcomes, consolidate_stale(session))


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
