"""Turn arrivals into judgements, with what the workspace knows of them."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from workbook_tools.errors import OperatorError
from workbook_tools.form.content import FormContent
from workbook_tools.pipeline.arrival import Arrival, bare_name, file_name
from workbook_tools.pipeline.session import Session
from workbook_tools.problems.catalogue import problem
from workbook_tools.problems.problem import Severity
from workbook_tools.validation.identity import House
from workbook_tools.validation.judge import (
    Examined,
    History,
    Judgement,
    Other,
    conclude,
    examine,
    unreadable,
)
from workbook_tools.validation.schema import Failure, check_frame, typed_frame

log = logging.getLogger(__name__)


def house_of(session: Session) -> House:
    """Give what the judge knows of the workspace; `today` is set per arrival."""
    registry = session.registry
    return House(
        key=session.key,
        units={p.id: p.label for p in registry.positions},
        years=registry.years,
        closed=registry.rules.closed_periods,
        shelf=session.ledger.shelf(),
        today=session.local(session.now).date(),
    )


def examine_one(session: Session, arrival: Arrival, house: House) -> Examined:
    """Read and examine one arrival; a fault of the program becomes G01, never a crash.

    Trouble of the machine is neither: it is raised, and the arrival is judged later.
    """
    if arrival.data is None:
        limit = f"{session.limits.file_size / 1_000_000:g} MB"
        return unreadable([problem("B05", limit="ukuran berkas", value=f"paling besar {limit}")])
    if not arrival.data:
        return unreadable([problem("B04", severity=Severity.ERROR, variant="empty")])
    try:
        reading = arrival.reading or session.read(arrival.data)
        if reading.workbook is None:
            return unreadable(reading.problems)
        today = session.local(arrival.at).date()
        return examine(
            reading.workbook,
            reading.problems,
            folder=arrival.folder,
            house=replace(house, today=today),
        )
    except (OperatorError, OSError):
        raise
    except Exception:
        log.exception("gangguan saat membaca kiriman nomor %d", arrival.number)
        return unreadable([problem("G01", number=str(arrival.number))])


def validate(
    arrivals: Sequence[Arrival], examined: Sequence[Examined]
) -> dict[int, tuple[Failure, ...]]:
    """Run the pandera schema once over every readable return of a batch."""
    forms = {
        str(arrival.number): seen.form
        for arrival, seen in zip(arrivals, examined, strict=True)
        if seen.form is not None and seen.identity.is_known
    }
    failures: dict[int, tuple[Failure, ...]] = {}
    for failure in check_frame(typed_frame(forms)) if forms else ():
        number = int(failure.sha256)
        failures[number] = (*failures.get(number, ()), failure)
    return failures


def validate_together(
    arrivals: Sequence[Arrival], examined: Sequence[Examined]
) -> dict[int, tuple[Failure, ...]] | None:
    """Validate a batch at once; None where that fails, so that one return fails alone."""
    try:
        return validate(arrivals, examined)
    except (OperatorError, OSError):
        raise
    except Exception:
        log.exception("gangguan saat memeriksa %d kiriman sekaligus", len(arrivals))
        return None


def history_of(session: Session, arrival: Arrival, seen: Examined) -> History:
    """Give what was accepted before this arrival."""
    others: tuple[Other, ...] = ()
    earlier: dict[int, Mapping[tuple[str, str], Decimal | None]] = {}
    previous = None
    if seen.identity.issued is not None:
        content = seen.identity.issued.content
        before = session.ledger.submissions(unit=content.unit, before=arrival.number)
        same_year = [s for s in before if s.year == content.year]
        earlier = {s.period: s.values for s in same_year if s.period != content.period}
        previous = next((s for s in same_year if s.period == content.period), None)
        others = _accepted_before(session, arrival, content)
    received = session.local(arrival.at).date()
    rules = session.registry.rules
    return History(earlier, previous, received, rules, file_name(arrival), others)


def _accepted_before(session: Session, arrival: Arrival, content: FormContent) -> tuple[Other, ...]:
    rows = session.ledger.accepted_returns(
        content.unit, content.year, period=content.period, before=arrival.number
    )
    return tuple(
        Other(bare_name(row.file), row.revision or 0, session.in_words(row.at)) for row in rows
    )


def rejudge(session: Session, arrival: Arrival) -> Judgement:
    """Judge an archived arrival again as it was judged when it came."""
    seen = examine_one(session, arrival, house_of(session))
    failures = validate([arrival], [seen]).get(arrival.number, ())
    return conclude(seen, failures, history=history_of(session, arrival, seen))
