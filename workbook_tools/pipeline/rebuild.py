"""Make a ledger and every output anew from archive and register."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from workbook_tools.archive import Event
from workbook_tools.errors import ArchiveDamaged, OperatorError
from workbook_tools.ledger import ArrivalFacts
from workbook_tools.outbox import write_out
from workbook_tools.pipeline.arrival import arrival_facts
from workbook_tools.pipeline.consolidate import MasterOut, consolidate_stale
from workbook_tools.pipeline.ingest import BATCH, finish
from workbook_tools.pipeline.issue import form_path
from workbook_tools.pipeline.journal import REGISTER, issued_facts, record_issued
from workbook_tools.pipeline.progress import Work
from workbook_tools.pipeline.records import Records, journalled, recorded
from workbook_tools.pipeline.rulebook import under_register
from workbook_tools.pipeline.session import Session, put_in_place, standing_ledger


def rebuild(session: Session) -> tuple[MasterOut, ...]:
    """Make ledger, notes, receipts, forms and masters anew from archive and register.

    The session is one of `open_anew`: its ledger is filled beside the old one and takes its
    place when it is complete. ArchiveDamaged where the old one knows of more than the journal.
    """
    known = _known_before(session)
    _require_journal(session, known.records)
    _require_files(session)
    _replay(session, ended=known.ended)
    made = put_in_place(session)
    try:
        return consolidate_stale(made)
    finally:
        made.ledger.close()


@dataclass(frozen=True, slots=True)
class _Known:
    """What the ledger before knows; `ended` are the arrivals that it had brought to their end.

    None where it is lost or damaged: then nobody knows of a file whether it was taken.
    """

    records: Records
    ended: Collection[int] | None


_NOTHING = _Known(Records({}, frozenset()), None)


def _known_before(session: Session) -> _Known:
    standing = standing_ledger(session)
    if standing is None:
        return _NOTHING
    with closing(standing):
        try:
            records = recorded(standing)
            on_their_way = {row.id for row in standing.unfinished()}
        except OperatorError:
            return _NOTHING
    return _Known(records, {number for number, _ in records.arrived} - on_their_way)


def _require_journal(session: Session, known: Records) -> None:
    """Refuse a journal that has lost what the ledger before still knows."""
    lost = known.without(journalled(session.archive)).names
    if lost:
        raise ArchiveDamaged(
            f"Jurnal arsip di {session.archive.place} tidak memuat {len(lost)} kiriman atau "
            f"formulir yang ada di ledger, misalnya {lost[0]}. Pulihkan jurnal dari cadangan, lalu "
            "jalankan lagi; ledger lama tetap dipakai."
        )


def _require_files(session: Session) -> None:
    """Refuse an archive in which a file is gone or has changed, before anything is written.

    What goes out while the journal is replayed stands as it once stood; a rebuild that ended
    in the middle would leave older forms and notes in the place of newer ones.
    """
    archive = session.archive
    events = list(archive.journal())
    with session.progress(Work.AUDIT, len(events)) as step:
        for event in events:
            if event.get("event") == REGISTER:
                archive.require_register(str(event["sha256"]))
            elif "sha256" in event:
                archive.require_original(str(event["sha256"]))
            step()


def _replay(session: Session, *, ended: Collection[int] | None) -> None:
    """Do again what the journal tells; what a stopped process left in the inbox is taken away."""
    ruled = session
    came: list[ArrivalFacts] = []
    total = sum(1 for _ in session.archive.journal())
    with session.progress(Work.REPLAY, total) as step:
        for event in session.archive.journal():
            facts = arrival_facts(event)
            if facts is not None:
                is_left = ended is not None and facts.number not in ended
                came.append(replace(facts, taken=facts.taken and is_left))
            if came and (facts is None or len(came) == BATCH):
                _replay_arrivals(ruled, came)
                came = []
            ruled = under_register(ruled, event)
            if issued_facts(event) is not None:
                _reissue(ruled, event)
            step()
        if came:
            _replay_arrivals(ruled, came)


def _replay_arrivals(session: Session, came: Sequence[ArrivalFacts]) -> None:
    session.ledger.arrive(came)
    if (trouble := finish(session).trouble) is not None:
        raise trouble


def _reissue(session: Session, event: Event) -> None:
    content = record_issued(session, event).content
    path = form_path(
        session.workspace.outbox,
        content.jenis,
        content.unit,
        year=content.year,
        period=content.period,
    )
    write_out(path, session.archive.read(str(event["sha256"])))
