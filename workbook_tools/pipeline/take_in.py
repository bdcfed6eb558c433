"""Take in everything now in the inbox, or the files named, and bring the masters up to date."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from workbook_tools.errors import CannotWrite
from workbook_tools.inbox import Candidate, scan, unit_folder
from workbook_tools.outbox import settle_pending
from workbook_tools.pipeline.arrival import Outcome
from workbook_tools.pipeline.consolidate import consolidate_stale
from workbook_tools.pipeline.ingest import Source, ingest, resume, sort_out
from workbook_tools.pipeline.session import Session

LOOK_AGAIN_SECONDS = 0.3


def take_in_inbox(session: Session) -> tuple[Outcome, ...]:
    """Judge everything in the inbox that two looks find unchanged."""
    resumed = resume(session)
    candidates = _still(session)
    sources, ignored = sort_out(session, candidates)
    outcomes = (*resumed, *ingest(session, sources), *ignored)
    _publish(session)
    return outcomes


def take_in_files(session: Session, files: Sequence[Path]) -> tuple[Outcome, ...]:
    """Judge the files named; they are left where they are."""
    resumed = resume(session)
    inbox = session.workspace.inbox
    sources = [Source(path, unit_folder(path, inbox), None) for path in files]
    outcomes = (*resumed, *ingest(session, sources))
    _publish(session)
    return outcomes


def _publish(session: Session) -> None:
    settle_pending(session.workspace.outbox / "master")
    consolidate_stale(session)


def _still(session: Session) -> tuple[Candidate, ...]:
    try:
        first = scan(session.workspace.inbox)
        if first:
            time.sleep(LOOK_AGAIN_SECONDS)
        second = set(scan(session.workspace.inbox))
    except OSError as error:
        raise CannotWrite(
            f"Folder {session.workspace.inbox} tidak terjangkau ({error.strerror}). Periksa "
            "sambungan ke drive bersama, lalu jalankan lagi."
        ) from error
    return tuple(c for c in first if c in second)
