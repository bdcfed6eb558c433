"""Keep the registers that returns were judged by, so that each is judged by its own, always."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from workbook_tools.archive import Event
from workbook_tools.ledger import ArrivalRow
from workbook_tools.pipeline.arrival import arrival_facts
from workbook_tools.pipeline.journal import REGISTER, reconcile
from workbook_tools.pipeline.session import Session
from workbook_tools.register import load_registry, read_register, registry_of
from workbook_tools.registry.model import Registry


def under_current(session: Session) -> Session:
    """Give the session under the register as it stands now: it was read before the work was ours.

    Whoever waits for another process may wait for minutes, while Perencanaan edits it.
    """
    return _under(session, load_registry(session.workspace))


def keep_register(session: Session) -> Session:
    """Archive and journal the register where it is not the one that was journalled last.

    Perencanaan edits it: closing a triwulan must not undo what was accepted before. What is
    kept is what the session that is given back judges by.
    """
    data, registry = read_register(session.workspace)
    reconcile(session)
    if hashlib.sha256(data).hexdigest() != session.journal.register:
        sha256 = session.archive.put_register(data)
        session.append([{"event": REGISTER, "sha256": sha256, "at": session.now.isoformat()}])
    return _under(session, registry)


def under_register(session: Session, event: Event) -> Session:
    """Give the session under the register of a journal's event; itself for another event."""
    if event.get("event") != REGISTER:
        return session
    return _under(session, registry_of(session.archive.read_register(str(event["sha256"]))))


def by_register(
    session: Session, rows: Sequence[ArrivalRow]
) -> Iterator[tuple[Session, tuple[ArrivalRow, ...]]]:
    """Part arrivals by the register that stood in the journal when they came, in their order.

    What was received before Perencanaan edited it is judged as a rebuild would judge it.
    """
    if not rows:
        return
    events = _registers_of(session, {row.id for row in rows})
    current, _ = read_register(session.workspace)
    standing = hashlib.sha256(current).hexdigest()
    for sha256, some in groupby(rows, key=lambda row: events.get(row.id, standing)):
        event = {"event": REGISTER, "sha256": sha256}
        yield session if sha256 == standing else under_register(session, event), tuple(some)


def _registers_of(session: Session, numbers: Collection[int]) -> Mapping[int, str]:
    """Give the hash of the register that stood in the journal when some arrivals came."""
    found: dict[int, str] = {}
    standing: str | None = None
    for event in session.archive.journal():
        if event.get("event") == REGISTER:
            standing = str(event["sha256"])
        elif standing is not None:
            facts = arrival_facts(event)
            if facts is not None and facts.number in numbers:
                found[facts.number] = standing
    return found


def _under(session: Session, registry: Registry) -> Session:
    return session if registry is session.registry else replace(session, registry=registry)
