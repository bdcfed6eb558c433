"""Keep the register that returns were judged by, so that a rebuild judges by the same."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from workbook_tools.archive import Event
from workbook_tools.pipeline.journal import REGISTER, reconcile
from workbook_tools.pipeline.session import Session
from workbook_tools.register import registry_of


def keep_register(session: Session) -> None:
    """Archive and journal the register where it is not the one that was journalled last.

    Perencanaan edits it: closing a triwulan must not undo what was accepted before.
    """
    data = session.workspace.register.read_bytes()
    reconcile(session)
    if hashlib.sha256(data).hexdigest() == session.journal.register:
        return
    sha256 = session.archive.put_register(data)
    session.append([{"event": REGISTER, "sha256": sha256, "at": session.now.isoformat()}])


def under_register(session: Session, event: Event) -> Session:
    """Give the session under the register of a journal's event; itself for another event."""
    if event.get("event") != REGISTER:
        return session
    data = session.archive.read_register(str(event["sha256"]))
    return replace(session, registry=registry_of(data))
