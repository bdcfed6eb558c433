"""Turn arrivals into judgements, with what the workspace knows of them."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from zoneinfo import ZoneInfo

from workbook_tools.errors import OperatorError
from workbook_tools.ledger import Past
from workbook_tools.pipeline.arrival import Arrival, bare_name, file_name
from workbook_tools.pipeline.engine import Checked, Read, Terms
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
from workbook_tools.validation.schema import Failure, check_forms

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


def terms_of(session: Session) -> Terms:
    """Give what arrivals of a session are examined by."""
    return Terms(house_of(session), ZoneInfo(session.registry.rules.timezone), session.limits)


def check(arrivals: Sequence[Arrival], terms: Terms, *, read: Read) -> tuple[Checked, ...]:
    """Examine arrivals one by one, and run the schema once over all of them.

    Of each only what was examined is kept, not its bytes or cells. A return that the schema
    cannot be run over fails alone, as a fault of the program.
    """
    seen = [(arrival.light(), examine_one(arrival, terms, read=read)) for arrival in arrivals]
    try:
        failures = validate(seen)
    except (OperatorError, OSError):
        raise
    except Exception:
        if len(arrivals) > 1:
            return tuple(c for one in arrivals for c in check([one], terms, read=read))
        ((arrival, _),) = seen
        log.exception("gangguan saat memeriksa kiriman nomor %d", arrival.number)
        return (Checked(arrival, unreadable([problem("G01", number=str(arrival.number))])),)
    return tuple(Checked(arrival, one, failures.get(arrival.number, ())) for arrival, one in seen)


def examine_one(arrival: Arrival, terms: Terms, *, read: Read) -> Examined:
    """Read and examine one arrival; a fault of the program becomes G01, never a crash.

    Trouble of the machine is neither: it is raised, and the arrival is judged later.
    """
    if arrival.data is None:
        limit = f"{terms.limits.file_size / 1_000_000:g} MB"
        return unreadable([problem("B05", limit="ukuran berkas", value=f"paling besar {limit}")])
    if not arrival.data:
        return unreadable([problem("B04", severity=Severity.ERROR, variant="empty")])
    try:
        reading = arrival.reading or read(arrival.data)
        if reading.workbook is None:
            return unreadable(reading.problems)
        today = arrival.at.astimezone(terms.zone).date()
        return examine(
            reading.workbook,
            reading.problems,
            folder=arrival.folder,
            house=replace(terms.house, today=today),
        )
    except (OperatorError, OSError):
        raise
    except Exception:
        log.exception("gangguan saat membaca kiriman nomor %d", arrival.number)
        return unreadable([problem("G01", number=str(arrival.number))])


def validate(seen: Sequence[tuple[Arrival, Examined]]) -> dict[int, tuple[Failure, ...]]:
    """Run the pandera schema once over every readable return of a batch."""
    return check_forms(
        {
            arrival.number: one.form
            for arrival, one in seen
            if one.form is not None and one.identity.is_known
        }
    )


def past_of(session: Session, seen: Sequence[tuple[Arrival, Examined]]) -> Past:
    """Give what was judged before some arrivals and concerns them."""
    forms = {
        (issued.content.unit, issued.content.year)
        for _, examined in seen
        if (issued := examined.identity.issued) is not None
    }
    return session.ledger.past(forms, {arrival.sha256 for arrival, _ in seen})


def history_of(session: Session, arrival: Arrival, seen: Examined, *, past: Past) -> History:
    """Give what was accepted before this arrival."""
    others: tuple[Other, ...] = ()
    earlier: dict[int, Mapping[tuple[str, str], Decimal | None]] = {}
    previous = None
    if seen.identity.issued is not None:
        content = seen.identity.issued.content
        same_year = past.submissions(content.unit, content.year, before=arrival.number)
        earlier = {s.period: s.values for s in same_year if s.period != content.period}
        previous = next((s for s in same_year if s.period == content.period), None)
        rows = past.accepted(
            content.unit, content.year, period=content.period, before=arrival.number
        )
        others = tuple(
            Other(bare_name(row.file), row.revision or 0, session.in_words(row.at)) for row in rows
        )
    received = session.local(arrival.at).date()
    rules = session.registry.rules
    return History(earlier, previous, received, rules, file_name(arrival), others)


def rejudge(session: Session, arrival: Arrival) -> Judgement:
    """Judge an archived arrival again as it was judged when it came."""
    (one,) = check([arrival], terms_of(session), read=session.read)
    past = past_of(session, [(one.arrival, one.examined)])
    history = history_of(session, one.arrival, one.examined, past=past)
    return conclude(one.examined, one.failures, history=history)
