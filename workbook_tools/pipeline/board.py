"""Gather what ledger, register and inbox know, and publish it as the status board."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from workbook_tools import __version__
from workbook_tools.board.compose import compose
from workbook_tools.board.facts import Gathered, Lying, Now, Period, Return, Stranger
from workbook_tools.board.render import PASSING, render
from workbook_tools.form.submission import Submission
from workbook_tools.ledger import ArrivalRow
from workbook_tools.outbox import form_name, pending_of, publish, waiting_in
from workbook_tools.pipeline.deliveries import Sent, deliveries, sent_until_now
from workbook_tools.pipeline.heartbeat import read_beat
from workbook_tools.pipeline.session import Session
from workbook_tools.pipeline.sightings import InboxNow, Lingering, inbox_now
from workbook_tools.pipeline.worked_out import measures_of
from workbook_tools.registry.model import TRIWULAN
from workbook_tools.uncollected import uncollected


@dataclass(frozen=True, slots=True)
class BoardOut:
    """Where the board lies; `waiting` where the old one is open in another program."""

    path: Path
    waiting: Path | None = None


def board_path(outbox: Path) -> Path:
    """Give where the board lies."""
    return outbox / "papan" / "index.html"


def publish_board(
    session: Session,
    waiting: Sequence[Lingering] | None = None,
    *,
    sent: Sent | None = None,
) -> BoardOut:
    """Write the board where it says something new; CannotWrite where it cannot be written.

    TurnLost where another has gone on with the work: its board is the newer one.

    `waiting` is what lies in the inbox and is not being taken in. Without it a running
    watcher's word is taken, and only where none runs the inbox is looked at: a frozen share
    must not hold up who has just looked. `sent` is what has come, where that is known.
    """
    inbox = _inbox(session) if waiting is None else InboxNow(tuple(waiting))
    path = board_path(session.workspace.outbox)
    page = make_board(session, inbox, sent=sent)
    if not pending_of(path) and _has(path, page):
        return BoardOut(path)
    session.confirm()
    return BoardOut(path, publish(path, page).waiting)


def _inbox(session: Session) -> InboxNow:
    last = read_beat(session.workspace, now=session.now)
    if last.is_alive:
        return InboxNow(last.beat.waiting)
    held = [file for file, _ in session.ledger.held()]
    return inbox_now(session.workspace, now=session.now, known=None, held=held)


@uncollected()
def make_board(session: Session, inbox: InboxNow, *, sent: Sent | None = None) -> bytes:
    """Make the bytes of the board; no clock is asked.

    What the board says is as of the newest event: lateness is counted up to that day, so that
    the same ledger gives the same bytes on any day.
    """
    known = sent or sent_until_now(session)
    return render(compose(session.registry, _gathered(session, inbox, known)))


def same_board(made: bytes, found: bytes) -> bool:
    """Tell whether two boards agree on everything but what the inbox held at their moment."""
    return PASSING.sub(b"", made) == PASSING.sub(b"", found)


def _has(path: Path, page: bytes) -> bool:
    try:
        return path.read_bytes() == page
    except OSError:
        return False


def _gathered(session: Session, inbox: InboxNow, sent: Sent) -> Gathered:
    ledger, registry = session.ledger, session.registry
    measure, submissions = measures_of(registry).consolidate, sent.submissions
    forms = ledger.issued_forms()
    begun = {(year, period) for _, year, period in forms} | ledger.judged_periods()
    known = {(year, period) for year, period in begun if year in registry.years}
    year = max((year for year, _ in known), default=_first_year(session))
    as_of = ledger.last_event()
    returns = {row.id: _return(session, row) for row in ledger.judged_of((year - 1, year))}
    earlier = sorted({s.year for s in submissions if s.year < year and s.year in registry.years})
    return Gathered(
        year=year,
        as_of=as_of,
        known=frozenset(known),
        deliveries=deliveries(
            session,
            sorted(known),
            sent=sent,
            today=None if as_of is None else session.local(as_of).date(),
            due=known,
        ),
        cuts=tuple(measure(_until(submissions, (year, period)), year) for period in TRIWULAN),
        earlier=tuple(measure(submissions, before) for before in earlier),
        newest={
            form: returns.get(row.id) or _return(session, row) for form, row in sent.newest.items()
        },
        returns=tuple(returns.values()),
        strangers=tuple(
            Stranger(row.id, row.file, row.folder or "", row.at, _noted(session, row))
            for row in ledger.unrecognised()
        ),
        forms={(unit, y, period): _form(session, unit, (y, period)) for unit, y, period in forms},
        masters=tuple(
            (y, f"../master/IKU-IKI-{y}.xlsx")
            for y in sorted({y for y, _ in ledger.judged_periods()}, reverse=True)
            if y in registry.years
        ),
        now=Now(
            tuple(Lying(w.file, w.since, w.reason) for w in inbox.waiting),
            inbox.trouble,
            tuple(path.name for path in waiting_in(session.workspace.outbox / "master")),
        ),
        version=__version__,
        notice=session.workspace.settings.notice,
    )


def _first_year(session: Session) -> int:
    agency = session.registry.agency
    return (
        agency.document_year
        if agency.document_year in agency.renstra_years
        else min(agency.renstra_years, default=agency.document_year)
    )


def _until(submissions: Sequence[Submission], last: Period) -> list[Submission]:
    return [s for s in submissions if (s.year, s.period) <= last]


def _form(session: Session, unit: str, when: Period) -> str:
    position = session.registry.position(unit)
    stem = form_name(position.jenis if position else "", unit, year=when[0], period=when[1])
    return f"../{_encoded(unit)}/formulir/{_encoded(stem)}.xlsx"


def _return(session: Session, row: ArrivalRow) -> Return:
    problems = row.report.get("problems")
    found = problems if isinstance(problems, list) else []
    return Return(
        number=row.id,
        unit=row.unit or "",
        year=row.year or 0,
        period=row.period or 0,
        at=row.at,
        is_accepted=row.status == "accepted",
        revision=row.revision,
        href=_noted(session, row),
        codes=tuple(str(p.get("code")) for p in found if p.get("severity") == "error"),
    )


def _noted(session: Session, row: ArrivalRow) -> str | None:
    """Give the link from the board to what was written about a return."""
    for name in ("receipt", "note"):
        told = row.report.get(name)
        if isinstance(told, str) and told:
            return _link(session, told)
    return None


def _link(session: Session, name: str) -> str | None:
    """Turn a path as the ledger has it into a link from the board; None outside the outbox."""
    workspace = session.workspace
    try:
        inside = workspace.located(name).relative_to(workspace.outbox)
    except ValueError:
        return None
    return "/".join(["..", *(_encoded(part) for part in inside.parts)])


@lru_cache(maxsize=1 << 12)  # the folders of the units, and the names of their forms
def _encoded(part: str) -> str:
    """Encode one part of a path for a link, names that are no text included."""
    return quote(os.fsencode(part), safe="")
