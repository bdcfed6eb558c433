"""Take returns in, in the order of effects of design.md section 3; resumable at every step."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbook_tools.errors import ArchiveDamaged, CannotWrite, OperatorError
from workbook_tools.inbox import Candidate, left_alone, unit_folder
from workbook_tools.ledger import ArrivalRow
from workbook_tools.pipeline.arrival import Arrival, Outcome
from workbook_tools.pipeline.engine import Checked, Examiner, ExaminerLost, Pending, Terms
from workbook_tools.pipeline.examining import in_thread
from workbook_tools.pipeline.journal import reconcile
from workbook_tools.pipeline.judging import rejudge, terms_of
from workbook_tools.pipeline.progress import Step, Work
from workbook_tools.pipeline.receive import Kept, Left, Source, from_inbox, keep, record
from workbook_tools.pipeline.rulebook import by_register, keep_register
from workbook_tools.pipeline.session import Session
from workbook_tools.pipeline.settle import deliver, file_away, put_away, settle
from workbook_tools.problems.problem import Problem

BATCH = 200  # files that are recorded together, and validated in one pandera call
MOST_BYTES = 32_000_000  # that the files of a batch may take in memory, but for the last of them
MOST_AHEAD = 4 * MOST_BYTES  # that all batches that are being examined may take
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of files; `left` are those to be looked at again.

    `trouble` is what kept a note from being written or a file from being archived: what it
    stopped is finished by the next call.
    """

    outcomes: tuple[Outcome, ...] = ()
    left: tuple[Left, ...] = ()
    trouble: OperatorError | None = None

    def and_then(self, later: Ingested) -> Ingested:
        """Join two rounds."""
        return Ingested(
            (*self.outcomes, *later.outcomes),
            (*self.left, *later.left),
            self.trouble or later.trouble,
        )


class NotDelivered(OperatorError):
    """The program has a fault where it writes the notes of one arrival; it is tried again."""

    def __init__(self, number: int) -> None:
        """Say which one."""
        super().__init__(
            f"Program mengalami gangguan saat menulis catatan kiriman nomor {number}; kirimannya "
            "tersimpan aman. Kirim pesan pada log kepada pengelola program."
        )


@dataclass(frozen=True, slots=True)
class _Batch:
    """Files that were received together; `trouble` is why no more could be."""

    arrivals: tuple[Arrival, ...] = ()
    left: tuple[Left, ...] = ()
    trouble: OperatorError | None = None


def ingest(session: Session, sources: Sequence[Source]) -> Ingested:
    """Judge files and deliver notes and receipts; outcomes stand in order."""
    if not sources:
        return Ingested()
    session = keep_register(session)
    with session.progress(Work.JUDGE, len(sources)) as step:
        return _ended(session, _received(session, sources, step), step)


def _ended(session: Session, batches: Iterator[_Batch], step: Step) -> Ingested:
    """Bring batches to their end: one is settled while others are being examined.

    Where the examiner is lost, what was received and is not settled waits for the next call.
    """
    done = Ingested()
    engine = session.engine or in_thread
    try:
        with engine(session.read) as examiner:
            for found in _examined(session, batches, examiner):
                done = done.and_then(
                    Ingested((), found.left, found.trouble)
                    if isinstance(found, _Batch)
                    else _settled(session, found, step)
                )
    except ExaminerLost as lost:
        return done.and_then(Ingested(trouble=lost))
    return done


def _examined(
    session: Session, batches: Iterator[_Batch], examiner: Examiner
) -> Iterator[_Batch | tuple[Checked, ...]]:
    """Yield each batch when it was received, and in the same order what was found in it.

    No more batches are received than the examiner asks for, and none while those under way
    are too heavy.
    """
    terms: Terms | None = None
    begun: deque[tuple[Pending, int]] = deque()
    for batch in batches:
        yield batch
        if batch.arrivals:
            terms = terms or terms_of(session)
            weight = sum(len(arrival.data or b"") for arrival in batch.arrivals)
            begun.append((examiner.begin(batch.arrivals, terms), weight))
        while len(begun) > 1 and _is_enough(begun, examiner):
            yield begun.popleft()[0].result()
    while begun:
        yield begun.popleft()[0].result()


def _is_enough(begun: Collection[tuple[Pending, int]], examiner: Examiner) -> bool:
    return len(begun) > examiner.ahead or sum(weight for _, weight in begun) > MOST_AHEAD


def _settled(session: Session, seen: Sequence[Checked], step: Step) -> Ingested:
    settled = settle(session, seen, step=step)
    trouble = next((one.trouble for one in settled if one.trouble is not None), None)
    return Ingested(tuple(one.outcome for one in settled), (), trouble)


def _received(session: Session, sources: Sequence[Source], step: Step) -> Iterator[_Batch]:
    """Yield files batch by batch, archived and recorded; none after the first trouble."""
    waiting = iter(sources)
    while True:
        batch = _next_batch(session, waiting, step)
        yield batch
        if batch.trouble is not None or not (batch.arrivals or batch.left):
            return


def _next_batch(session: Session, waiting: Iterator[Source], step: Step) -> _Batch:
    kept: list[Kept] = []
    left: list[Left] = []
    trouble: OperatorError | None = None
    held = session.ledger.held()
    try:
        for source in waiting:
            one = keep(session, source, held=held)
            if isinstance(one, Left):
                left.append(one)
                step()
            else:
                kept.append(one)
            if len(kept) + len(left) >= BATCH or sum(k.weight for k in kept) >= MOST_BYTES:
                break
    except OperatorError as error:
        trouble = error
    try:
        return _Batch(record(session, kept), tuple(left), trouble)
    except OperatorError as error:
        return _Batch((), tuple(left), trouble or error)


def resume(session: Session) -> Ingested:
    """Finish what a stopped process left on the way; harmless where nothing was left."""
    reconcile(session)
    done = Ingested()
    for ruled, rows in by_register(session, session.ledger.unfinished()):
        done = done.and_then(_finished(ruled, rows))
    return done


def finish(session: Session) -> Ingested:
    """Bring every recorded arrival to its end, all by the register of the session."""
    return _finished(session, session.ledger.unfinished())


def _finished(session: Session, rows: Sequence[ArrivalRow]) -> Ingested:
    """Bring arrivals to their end, as far as they can be brought now.

    One that cannot be ended now keeps no other from its end.
    """
    file_away(
        session,
        [(row.id, row.sha256, _taken(session, row)) for row in rows if row.state == "delivered"],
    )
    done = Ingested()
    for row in rows:
        if row.state == "judged":
            done = done.and_then(_delivered(session, row))
    arrived = [row for row in rows if row.state == "arrived"]
    return done.and_then(_ended(session, _batches_again(session, arrived), lambda: None))


def _delivered(session: Session, row: ArrivalRow) -> Ingested:
    """Deliver the notes of a judged arrival, and file it."""
    try:
        arrival = again(session, row)
        deliver(session, arrival, rejudge(session, arrival), row)
    except (ArchiveDamaged, CannotWrite) as trouble:
        return Ingested(trouble=trouble)
    except (OperatorError, OSError):
        raise
    except Exception:
        log.exception("gangguan saat menyelesaikan kiriman nomor %d", row.id)
        return Ingested(trouble=NotDelivered(row.id))
    put_away(session, [arrival])
    return Ingested()


def _batches_again(session: Session, rows: Sequence[ArrivalRow]) -> Iterator[_Batch]:
    """Yield recorded arrivals batch by batch; those that the archive cannot give are left."""
    arrivals: list[Arrival] = []
    for row in rows:
        try:
            arrivals.append(again(session, row))
        except ArchiveDamaged as trouble:
            yield _Batch(trouble=trouble)
        if len(arrivals) >= BATCH or sum(len(a.data or b"") for a in arrivals) >= MOST_BYTES:
            yield _Batch(tuple(arrivals))
            arrivals = []
    yield _Batch(tuple(arrivals))


def ignored(session: Session, path: Path, reason: Problem) -> Outcome:
    """Report a file that is left alone for now; nothing is recorded of it."""
    return Outcome(
        session.workspace.relative(path),
        None,
        unit_folder(path, session.workspace.inbox),
        None,
        None,
        None,
        "ignored",
        (reason,),
    )


def sort_out(
    session: Session, candidates: Sequence[Candidate], *, overdue: Collection[Path] = ()
) -> tuple[tuple[Source, ...], tuple[Outcome, ...]]:
    """Part the files of the inbox into those to take in and those to leave alone.

    `overdue` are those that have lain there empty for too long.
    """
    alone = {
        c.path: reason
        for c in candidates
        if c.path not in overdue and (reason := left_alone(c)) is not None
    }
    return (
        from_inbox([c for c in candidates if c.path not in alone]),
        tuple(ignored(session, path, reason) for path, reason in alone.items()),
    )


def again(session: Session, row: ArrivalRow) -> Arrival:
    """Give an arrival back from ledger and archive."""
    size = session.archive.size(row.sha256)
    return Arrival(
        row.id,
        row.sha256,
        row.file,
        row.folder,
        row.at,
        None if size > session.limits.file_size else session.archive.read(row.sha256),
        _taken(session, row),
    )


def _taken(session: Session, row: ArrivalRow) -> Path | None:
    return session.workspace.located(row.file) if row.taken else None
