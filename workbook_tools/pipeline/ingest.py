"""Take returns in, in the order of effects of design.md section 3; resumable at every step."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbook_tools.errors import ArchiveDamaged, CannotWrite, OperatorError
from workbook_tools.inbox import Candidate, left_alone, unit_folder
from workbook_tools.ledger import ArrivalRow
from workbook_tools.outbox import for_notepad, write_out
from workbook_tools.pipeline.arrival import (
    Arrival,
    Outcome,
    content_of,
    note_paths,
    sender,
    verdict,
)
from workbook_tools.pipeline.journal import reconcile
from workbook_tools.pipeline.judging import (
    examine_one,
    history_of,
    house_of,
    rejudge,
    validate,
    validate_together,
)
from workbook_tools.pipeline.notes import correction_of, receipt_of, rejection_of, repeat_of
from workbook_tools.pipeline.outcome import outcome_of
from workbook_tools.pipeline.progress import Step, Work
from workbook_tools.pipeline.receive import Left, Source, from_inbox, receive
from workbook_tools.pipeline.rulebook import keep_register
from workbook_tools.pipeline.session import Session
from workbook_tools.plain_file import take_away
from workbook_tools.problems.catalogue import problem
from workbook_tools.problems.problem import Problem
from workbook_tools.validation.judge import (
    NOBODY,
    Examined,
    Judgement,
    conclude,
)
from workbook_tools.validation.schema import Failure

BATCH = 200  # returns whose rows are validated in one pandera call
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
class Settled:
    """The outcome of one arrival, and what kept its note from being written."""

    outcome: Outcome
    trouble: CannotWrite | None = None


def ingest(session: Session, sources: Sequence[Source]) -> Ingested:
    """Judge files and deliver notes and receipts; outcomes stand in order."""
    done = Ingested()
    if sources:
        keep_register(session)
    with session.progress(Work.JUDGE, len(sources)) as step:
        for start in range(0, len(sources), BATCH):
            taken, stopped = _batch(session, sources[start : start + BATCH], step)
            done = done.and_then(taken)
            if stopped:
                break
    return done


def _batch(session: Session, sources: Sequence[Source], step: Step) -> tuple[Ingested, bool]:
    """Take some files in; the answer ends with whether nothing more can be taken in now.

    Of each file only what was examined is kept, not its bytes or cells: a batch of large
    files must not fill the memory.
    """
    seen: list[tuple[Arrival, Examined]] = []
    left: list[Left] = []
    trouble: OperatorError | None = None
    held, house = session.ledger.held(), house_of(session)
    for source in sources:
        try:
            received = receive(session, source, held=held)
        except OperatorError as error:
            trouble = error
            break
        if isinstance(received, Left):
            left.append(received)
            step()
        else:
            seen.append((received.light(), examine_one(session, received, house)))
    settled: list[Settled] = []
    for one in _settled(session, seen):
        settled.append(one)
        step()
    first = next((s.trouble for s in settled if s.trouble is not None), None)
    outcomes = tuple(s.outcome for s in settled)
    return Ingested(outcomes, tuple(left), trouble or first), trouble is not None


def resume(session: Session) -> Ingested:
    """Finish what a stopped process left on the way; harmless where nothing was left."""
    reconcile(session)
    return finish(session)


def finish(session: Session) -> Ingested:
    """Bring every recorded arrival to its end, as far as it can be brought now.

    One that cannot be ended now keeps no other from its end.
    """
    done = Ingested()
    for row in session.ledger.unfinished():
        try:
            done = done.and_then(_finished(session, row))
        except ArchiveDamaged as error:
            done = done.and_then(Ingested(trouble=error))
        except (OperatorError, OSError):
            raise
        except Exception:
            log.exception("gangguan saat menyelesaikan kiriman nomor %d", row.id)
            done = done.and_then(Ingested(trouble=NotDelivered(row.id)))
    return done


def _finished(session: Session, row: ArrivalRow) -> Ingested:
    if row.state == "delivered":
        _file(session, row.id, row.sha256, _taken(session, row))
        return Ingested()
    arrival = again(session, row)
    if row.state == "arrived":
        examined = examine_one(session, arrival, house_of(session))
        (settled,) = _settled(session, [(arrival.light(), examined)])
        return Ingested((settled.outcome,), (), settled.trouble)
    return Ingested(trouble=_delivered(session, arrival, rejudge(session, arrival)))


def _settled(session: Session, seen: Sequence[tuple[Arrival, Examined]]) -> Iterator[Settled]:
    arrivals, examined = [a for a, _ in seen], [e for _, e in seen]
    failures = validate_together(arrivals, examined)
    for arrival, one in seen:
        try:
            found = failures if failures is not None else validate([arrival], [one])
            yield settle(session, arrival, one, failures=found.get(arrival.number, ()))
        except (OperatorError, OSError):
            raise
        except Exception:
            log.exception("gangguan saat memeriksa kiriman nomor %d", arrival.number)
            yield Settled(fault(session, arrival))


def settle(
    session: Session, arrival: Arrival, seen: Examined, *, failures: Sequence[Failure]
) -> Settled:
    """Judge one arrival, record it, deliver its notes and file it (effects 4 to 7)."""
    judgement = conclude(seen, failures, history=history_of(session, arrival, seen))
    if any(p.code == "G01" for p in judgement.problems):
        return Settled(fault(session, arrival))
    outcome = outcome_of(session, arrival, judgement)
    session.ledger.judge(arrival.number, verdict(outcome, judgement))
    return Settled(outcome, _delivered(session, arrival, judgement))


def _delivered(session: Session, arrival: Arrival, judgement: Judgement) -> CannotWrite | None:
    """Deliver and file; give what kept a note from being written, so that others go on."""
    try:
        deliver(session, arrival, judgement, session.ledger.arrival(arrival.number))
    except CannotWrite as trouble:
        return trouble
    _file(session, arrival.number, arrival.sha256, arrival.path)
    return None


def deliver(session: Session, arrival: Arrival, judgement: Judgement, row: ArrivalRow) -> None:
    """Write receipt or correction and note (effect 6); doing it again is harmless."""
    content = content_of(judgement)
    outbox = session.workspace.outbox
    unit = sender(arrival, judgement, units=session.registry.form_units())
    if row.status == "accepted" and content is not None:
        paths = note_paths(outbox, arrival, judgement, unit=content.unit, revision=row.revision)
        write_out(paths.receipt, for_notepad(receipt_of(session, arrival, judgement, row=row)))
    elif row.status == "rejected":
        # A form dropped into another unit's folder is told to both: either may look.
        for reader in dict.fromkeys([unit, unit if content is None else content.unit]):
            paths = note_paths(outbox, arrival, judgement, unit=reader, revision=None)
            name = ""
            if judgement.issued is not None:
                name = paths.correction.name
                correction = correction_of(session, arrival, judgement.issued, judgement=judgement)
                write_out(paths.correction, correction)
            text = rejection_of(session, arrival, judgement, correction=name)
            write_out(paths.text, for_notepad(text))
    elif row.status == "duplicate" and content is not None and row.unit is not None:
        paths = note_paths(outbox, arrival, judgement, unit=row.unit, revision=row.revision)
        if row.report.get("receipt") == session.workspace.relative(paths.repeat):
            write_out(paths.repeat, for_notepad(repeat_of(session, arrival, content, row=row)))
    session.ledger.advance(arrival.number, "delivered")


def _file(session: Session, number: int, sha256: str, path: Path | None) -> None:
    """Take the file out of the inbox where it still is the one that was judged (effect 7).

    One that is held open stays, delivered but not filed, and is taken away another time.
    """
    if path is None or take_away(path, sha256, inbox=session.workspace.inbox):
        session.ledger.advance(number, "filed")


def fault(session: Session, arrival: Arrival) -> Outcome:
    """Record a fault of the program: the file stays, the person is told it is not theirs."""
    found: Problem = problem("G01", number=str(arrival.number))
    judgement = Judgement(accepted=False, identity=NOBODY, form=None, problems=(found,))
    outcome = Outcome(
        arrival.file,
        arrival.sha256,
        None,
        None,
        None,
        None,
        "fault",
        (found,),
        number=arrival.number,
        is_refused=True,
    )
    # In one step: whoever stops in between must not find a file to take away.
    session.ledger.judge(arrival.number, verdict(outcome, judgement), state="filed")
    return outcome


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
