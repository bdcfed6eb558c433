"""Take returns in, in the order of effects of design.md section 3; resumable at every step."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbook_tools.errors import CannotWrite, OperatorError
from workbook_tools.inbox import Candidate, left_alone, read_file, take_away
from workbook_tools.ledger import ArrivalRow
from workbook_tools.outbox import for_notepad, write_out
from workbook_tools.pipeline.arrival import (
    Arrival,
    ArrivalFacts,
    Outcome,
    content_of,
    note_paths,
    sender,
    verdict,
)
from workbook_tools.pipeline.journal import reconcile, record_arrival
from workbook_tools.pipeline.judging import (
    examine_one,
    history_of,
    house_of,
    rejudge,
    validate,
    validate_together,
)
from workbook_tools.pipeline.notes import correction_of, receipt_of, rejection_of
from workbook_tools.pipeline.outcome import outcome_of
from workbook_tools.pipeline.rulebook import keep_register
from workbook_tools.pipeline.session import Session
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
class Source:
    """One file to take in; `taken` names it where it is removed once filed."""

    path: Path
    folder: str | None
    taken: Path | None


def from_inbox(candidates: Sequence[Candidate]) -> tuple[Source, ...]:
    """Take files of the inbox in; they are removed once the archive holds them."""
    return tuple(Source(c.path, c.folder, c.path) for c in candidates)


def ingest(session: Session, sources: Sequence[Source]) -> tuple[Outcome, ...]:
    """Judge files and deliver notes and receipts; give what became of each, in order."""
    outcomes: list[Outcome] = []
    if sources:
        keep_register(session)
    for start in range(0, len(sources), BATCH):
        batch = [
            arrival
            for source in sources[start : start + BATCH]
            if (arrival := receive(session, source)) is not None
        ]
        outcomes += _process(session, batch)
    return tuple(outcomes)


def resume(session: Session) -> tuple[Outcome, ...]:
    """Finish what a stopped process left on the way; harmless where nothing was left."""
    reconcile(session)
    return finish(session)


def finish(session: Session) -> tuple[Outcome, ...]:
    """Bring every recorded arrival to its end."""
    outcomes: list[Outcome] = []
    for row in session.ledger.unfinished():
        arrival = again(session, row)
        if row.state == "arrived":
            outcomes += _process(session, [arrival])
            continue
        if row.state == "judged":
            deliver(session, arrival, rejudge(session, arrival), row)
        _file(session, arrival)
    return tuple(outcomes)


def receive(session: Session, source: Source) -> Arrival | None:
    """Read a file once, archive it, and record that it arrived (effects 1 to 3).

    None where the file vanished or cannot be read now: it is looked at again later.
    """
    try:
        read = read_file(source.path, limit=session.limits.file_size)
        data = read.data
        sha256 = (
            session.archive.put_file(source.path) if data is None else session.archive.put(data)
        )
    except OSError as error:
        if error.filename != str(source.path):
            raise CannotWrite(
                f"Arsip di {session.archive.root} tidak dapat ditulis ({error.strerror}). Periksa "
                "izin folder dan ruang disk, lalu jalankan lagi."
            ) from error
        log.warning("belum dapat dibaca: %s (%s)", source.path.name, error.strerror)
        return None
    number = session.ledger.next_arrival()
    file = session.workspace.relative(source.path)
    facts = ArrivalFacts(
        number, sha256, file, source.folder, session.now, taken=source.taken is not None
    )
    session.archive.append(facts.event())
    record_arrival(session, facts)
    return Arrival(number, sha256, file, source.folder, session.now, data, source.taken)


def _process(session: Session, arrivals: Sequence[Arrival]) -> Iterator[Outcome]:
    house = house_of(session)
    examined = [examine_one(session, arrival, house) for arrival in arrivals]
    failures = validate_together(arrivals, examined)
    for arrival, seen in zip(arrivals, examined, strict=True):
        try:
            found = failures if failures is not None else validate([arrival], [seen])
            yield settle(session, arrival, seen, failures=found.get(arrival.number, ()))
        except OperatorError:
            raise
        except Exception:
            log.exception("gangguan saat memeriksa kiriman nomor %d", arrival.number)
            yield fault(session, arrival)


def settle(
    session: Session, arrival: Arrival, seen: Examined, *, failures: Sequence[Failure]
) -> Outcome:
    """Judge one arrival, record it, deliver its notes and file it (effects 4 to 7)."""
    judgement = conclude(seen, failures, history=history_of(session, arrival, seen))
    if any(p.code == "G01" for p in judgement.problems):
        return fault(session, arrival)
    outcome = outcome_of(session, arrival, judgement)
    session.ledger.judge(arrival.number, verdict(outcome, judgement))
    deliver(session, arrival, judgement, session.ledger.arrival(arrival.number))
    _file(session, arrival)
    return outcome


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
    session.ledger.advance(arrival.number, "delivered")


def _file(session: Session, arrival: Arrival) -> None:
    """Take the file out of the inbox where it still is the one that was judged (effect 7)."""
    if arrival.path is not None:
        take_away(arrival.path, arrival.sha256)
    session.ledger.advance(arrival.number, "filed")


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
    session.ledger.judge(arrival.number, verdict(outcome, judgement))
    session.ledger.advance(arrival.number, "filed")
    return outcome


def ignored(session: Session, candidate: Candidate, reason: Problem) -> Outcome:
    """Report a file that is left alone for now; nothing is recorded of it."""
    return Outcome(
        session.workspace.relative(candidate.path),
        None,
        candidate.folder,
        None,
        None,
        None,
        "ignored",
        (reason,),
    )


def sort_out(
    session: Session, candidates: Sequence[Candidate]
) -> tuple[tuple[Source, ...], tuple[Outcome, ...]]:
    """Part the files of the inbox into those to take in and those to leave alone."""
    alone = {c.path: reason for c in candidates if (reason := left_alone(c)) is not None}
    return (
        from_inbox([c for c in candidates if c.path not in alone]),
        tuple(ignored(session, c, alone[c.path]) for c in candidates if c.path in alone),
    )


def again(session: Session, row: ArrivalRow) -> Arrival:
    """Give an arrival back from ledger and archive."""
    size = session.archive.size(row.sha256)
    taken = session.workspace.root / row.file if row.taken else None
    return Arrival(
        row.id,
        row.sha256,
        row.file,
        row.folder,
        row.at,
        None if size > session.limits.file_size else session.archive.read(row.sha256),
        taken,
    )
