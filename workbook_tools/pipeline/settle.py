"""Judge examined arrivals, record it, deliver their notes and file them (effects 4 to 7)."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from workbook_tools.errors import CannotWrite, OperatorError
from workbook_tools.ledger import MASTER_STATUSES, ArrivalRow, Past, PastReturn, Verdict
from workbook_tools.ledger.rows import submission_of
from workbook_tools.outbox import for_notepad, write_out
from workbook_tools.pipeline.arrival import (
    Arrival,
    Outcome,
    content_of,
    note_paths,
    sender,
    verdict,
)
from workbook_tools.pipeline.engine import Checked
from workbook_tools.pipeline.judging import history_of, past_of
from workbook_tools.pipeline.notes import correction_of, receipt_of, rejection_of, repeat_of
from workbook_tools.pipeline.outcome import FAULT, outcome_of
from workbook_tools.pipeline.progress import Step
from workbook_tools.pipeline.session import Session
from workbook_tools.plain_file import take_away
from workbook_tools.problems.catalogue import problem
from workbook_tools.validation.judge import NOBODY, Judgement, conclude

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Settled:
    """The outcome of one arrival, and what kept its note from being written."""

    outcome: Outcome
    trouble: CannotWrite | None = None


@dataclass(frozen=True, slots=True)
class _Judged:
    """A judged arrival, what the ledger records of it, and its row there."""

    arrival: Arrival
    judgement: Judgement
    outcome: Outcome
    verdict: Verdict
    row: ArrivalRow


def settle(session: Session, seen: Sequence[Checked], *, step: Step) -> tuple[Settled, ...]:
    """Settle arrivals in their order; where one cannot be recorded, each is for itself."""
    try:
        judged = _judge(session, seen)
    except (OperatorError, OSError):
        raise
    except Exception:
        if len(seen) > 1:
            return tuple(found for one in seen for found in settle(session, [one], step=step))
        (arrival,) = (one.arrival for one in seen)
        log.exception("gangguan saat memeriksa kiriman nomor %d", arrival.number)
        step()
        return (Settled(_record_fault(session, arrival)),)
    return _note(session, judged, step)


def _judge(session: Session, seen: Sequence[Checked]) -> list[_Judged]:
    """Judge arrivals, each after those before it, and record it all in one transaction."""
    past = past_of(session, [(one.arrival, one.examined) for one in seen])
    judged = [_judged(session, one, past) for one in seen]
    session.ledger.judge({one.arrival.number: one.verdict for one in judged})
    return judged


def _judged(session: Session, one: Checked, past: Past) -> _Judged:
    arrival = one.arrival
    history = history_of(session, arrival, one.examined, past=past)
    judgement = conclude(one.examined, one.failures, history=history)
    if any(found.code == "G01" for found in judgement.problems):
        return _fault(arrival)
    outcome = outcome_of(session, arrival, judgement, past=past)
    judged = _of(arrival, judgement, outcome, verdict(outcome, judgement))
    if outcome.status in MASTER_STATUSES:
        told = judged.verdict
        is_accepted = outcome.status == "accepted"
        accepted = submission_of(judged.row, told.values, told.texts) if is_accepted else None
        past.add(PastReturn(judged.row, accepted))
    return judged


def _of(arrival: Arrival, judgement: Judgement, outcome: Outcome, told: Verdict) -> _Judged:
    row = ArrivalRow(
        id=arrival.number,
        sha256=arrival.sha256,
        file=arrival.file,
        folder=arrival.folder,
        at=arrival.at,
        taken=arrival.path is not None,
        state=told.state,
        status=told.status,
        unit=told.unit,
        year=told.year,
        period=told.period,
        issue=told.issue,
        revision=told.revision,
        report=told.report,
    )
    return _Judged(arrival, judgement, outcome, told, row)


def _note(session: Session, judged: Sequence[_Judged], step: Step) -> tuple[Settled, ...]:
    """Deliver the notes of judged arrivals and file those whose notes are out.

    What keeps the notes of one from being written lets the others go on.
    """
    settled: list[Settled] = []
    noted: list[Arrival] = []
    for one in judged:
        found = Settled(one.outcome)
        if one.outcome.status != FAULT:
            try:
                deliver(session, one.arrival, one.judgement, one.row)
                noted.append(one.arrival)
            except CannotWrite as trouble:
                found = Settled(one.outcome, trouble)
            except (OperatorError, OSError):
                raise
            except Exception:
                log.exception("gangguan saat menulis catatan kiriman nomor %d", one.arrival.number)
                found = Settled(_record_fault(session, one.arrival))
        settled.append(found)
        step()
    put_away(session, noted)
    return tuple(settled)


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


def put_away(session: Session, noted: Sequence[Arrival]) -> None:
    """Record that the notes of arrivals are out, and take their files out of the inbox."""
    session.ledger.advance([arrival.number for arrival in noted], "delivered")
    file_away(session, [(a.number, a.sha256, a.path) for a in noted])


def file_away(session: Session, delivered: Sequence[tuple[int, str, Path | None]]) -> None:
    """Take files out of the inbox where they still are what was judged (effect 7).

    One that is held open stays, delivered but not filed, and is taken away another time.
    """
    inbox = session.workspace.inbox
    filed = [
        number
        for number, sha256, path in delivered
        if path is None or take_away(path, sha256, inbox=inbox)
    ]
    session.ledger.advance(filed, "filed")


def _record_fault(session: Session, arrival: Arrival) -> Outcome:
    fault = _fault(arrival)
    session.ledger.judge({arrival.number: fault.verdict})
    return fault.outcome


def _fault(arrival: Arrival) -> _Judged:
    """Judge that the program has a fault: the file stays, the person is told it is not theirs.

    It is filed at once: whoever stops in between must not find a file to take away.
    """
    found = problem("G01", number=str(arrival.number))
    judgement = Judgement(accepted=False, identity=NOBODY, form=None, problems=(found,))
    outcome = Outcome(
        arrival.file,
        arrival.sha256,
        None,
        None,
        None,
        None,
        FAULT,
        (found,),
        number=arrival.number,
        is_refused=True,
    )
    return _of(arrival, judgement, outcome, verdict(outcome, judgement, state="filed"))
