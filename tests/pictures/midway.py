"""Play a triwulan after the demo's year halfway, so that the board has something to tell."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from workbook_tools.demo.figures import invent, invent_texts
from workbook_tools.demo.people import MISHAPS, Mishap, fill
from workbook_tools.demo.round import SEED, YEAR
from workbook_tools.pipeline.first_look import first_look
from workbook_tools.pipeline.issue import FormOut, issue_forms
from workbook_tools.pipeline.session import Session, open_session
from workbook_tools.pipeline.take_in import take_in_inbox
from workbook_tools.register import load_registry
from workbook_tools.workspace import Workspace, open_workspace

ISSUED, IN_TIME, LATE = date(YEAR + 1, 3, 31), date(YEAR + 1, 4, 5), date(YEAR + 1, 4, 7)
AT_ONCE, AFTER_ALL = 15, 17  # so many units send in time, so many in all
MISTAKEN = 3


def play_halfway(root: Path) -> Path:
    """Issue the next year's first triwulan, of which not every unit sends; give the board."""
    workspace = open_workspace(root)
    with _session(workspace, ISSUED) as session:
        forms = issue_forms(session, year=YEAR + 1, period=1, units=())
    mishaps = {m.unit: m for m in MISHAPS[1][:MISTAKEN]}
    _send(workspace, forms[:AT_ONCE], mishaps, IN_TIME)
    _send(workspace, forms[AT_ONCE:AFTER_ALL], mishaps, LATE)
    return workspace.outbox / "papan" / "index.html"


def _send(
    workspace: Workspace, forms: Sequence[FormOut], mishaps: dict[str, Mishap], day: date
) -> None:
    for form in forms:
        content = form.layout.content
        book = fill(
            form.path,
            form.layout,
            figures=invent(content, seed=SEED),
            texts=invent_texts(content, seed=SEED),
        )
        mishap = mishaps.get(content.unit)
        if mishap is not None and mishap.spoil is not None:
            mishap.spoil(book, form.layout)
        data = io.BytesIO()
        book.save(data)
        (workspace.inbox / content.unit / f"{form.path.name}").write_bytes(data.getvalue())
    with _session(workspace, day) as session:
        take_in_inbox(session, first_look(session.workspace))


def _session(workspace: Workspace, day: date) -> AbstractContextManager[Session]:
    registry = load_registry(workspace)
    moment = datetime.combine(day, time(9), tzinfo=ZoneInfo(registry.rules.timezone))
    return open_session(workspace, moment, registry=registry)
