"""Turn the journal's events into rows of the ledger, where a crash kept them out."""

from __future__ import annotations

from datetime import datetime

from workbook_tools.archive import Event
from workbook_tools.form.issued import IssuedForm
from workbook_tools.form.snapshot import read_snapshot
from workbook_tools.ledger import ArrivalFacts
from workbook_tools.pipeline.arrival import arrival_facts
from workbook_tools.pipeline.session import Session


def reconcile(session: Session) -> None:
    """Record every journalled form and arrival that the ledger does not know."""
    arrived = session.ledger.arrival_numbers()
    issued = set(session.ledger.issued_hashes())
    lost: list[ArrivalFacts] = []
    for event in session.archive.journal():
        facts = arrival_facts(event)
        form = issued_facts(event)
        if facts is not None and facts.number not in arrived:
            lost.append(facts)
        elif form is not None and form not in issued:
            record_issued(session, event)
    if lost:
        session.ledger.arrive(lost)


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
