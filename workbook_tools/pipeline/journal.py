"""Turn the journal's events into rows of the ledger, where a crash kept them out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from workbook_tools.archive import Event
from workbook_tools.form.issued import IssuedForm
from workbook_tools.form.snapshot import read_snapshot
from workbook_tools.ledger import ArrivalFacts
from workbook_tools.pipeline.arrival import arrival_facts
from workbook_tools.pipeline.session import Session

REGISTER = "register"  # the event of a register that returns are judged by from then on


def reconcile(session: Session) -> None:
    """Record every journalled form and arrival that the ledger does not know.

    Only what was added since the session, or the watcher that it belongs to, has last done
    so is read; all of it again where the ledger has become an older one.
    """
    read = session.journal
    if session.ledger.next_arrival() <= read.number:
        read.mark = 0
    mark, number, register = read.mark, read.number, read.register
    came: list[ArrivalFacts] = []
    forms: list[Event] = []
    for event, after in _news(session):
        mark = after
        if (facts := arrival_facts(event)) is not None:
            came.append(facts)
            number = max(number, facts.number)
        elif issued_facts(event) is not None:
            forms.append(event)
        elif event.get("event") == REGISTER:
            register = str(event["sha256"])
    _record(session, came, forms)
    read.mark, read.number, read.register = mark, number, register


def _record(session: Session, came: Sequence[ArrivalFacts], forms: Sequence[Event]) -> None:
    if came:
        known = session.ledger.arrival_numbers(since=min(facts.number for facts in came))
        if lost := [facts for facts in came if facts.number not in known]:
            session.ledger.arrive(lost)
    if forms:
        issued = set(session.ledger.issued_hashes())
        for event in forms:
            if issued_facts(event) not in issued:
                record_issued(session, event)


def _news(session: Session) -> Iterator[tuple[Event, int]]:
    """Yield the events that may be new; where machines take turns every event may be."""
    if session.ledger.turn is None:
        return session.archive.news(session.journal.mark)
    return ((event, 0) for event in session.archive.journal())


def issued_facts(event: Event) -> tuple[str, str] | None:
    """Read (sha256 of the form, digest of its snapshot) of an issue; None for another event."""
    if event.get("event") != "issued":
        return None
    return str(event["sha256"]), str(event["digest"])


def record_issued(session: Session, event: Event) -> IssuedForm:
    """Put a journalled form into the ledger."""
    sha256, digest = str(event["sha256"]), str(event["digest"])
    snapshot = session.archive.read_snapshot(digest)
    issued = IssuedForm(read_snapshot(snapshot.decode()), int(event["issue"] or 0), digest)
    at = datetime.fromisoformat(str(event["at"]))
    session.ledger.record_issue(issued, snapshot, sha256=sha256, at=at)
    return issued
