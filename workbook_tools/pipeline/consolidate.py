"""Bring the accepted returns together into the master of a year, and say who has sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from workbook_tools.form.submission import Delivery
from workbook_tools.outbox import publish
from workbook_tools.pipeline.board import publish_board
from workbook_tools.pipeline.current import Current
from workbook_tools.pipeline.deliveries import Sent, deliveries, sent_until_now
from workbook_tools.pipeline.masters import drafts, master_path
from workbook_tools.pipeline.progress import Work
from workbook_tools.pipeline.session import Session, require_year
from workbook_tools.pipeline.side_by_side import written
from workbook_tools.pipeline.sightings import Lingering
from workbook_tools.registry.model import TRIWULAN


@dataclass(frozen=True, slots=True)
class MasterOut:
    """Where a master was written; `waiting` where the old one is open in another program."""

    year: int
    path: Path
    waiting: Path | None


def consolidate_stale(
    session: Session, waiting: Sequence[Lingering] | None = None
) -> tuple[MasterOut, ...]:
    """Write the masters that do not show the newest judgements yet, and the board.

    A board that cannot be written keeps no master from being written, nor the other way
    round. A master compares with the years before it, so those of later years follow. They come
    first: whoever stops in between leaves the year itself marked. `waiting` is what lies in
    the inbox, as `publish_board` takes it.
    """
    known = session.registry.years
    stale = [year for year in session.ledger.stale_years() if year in known]
    outbox = session.workspace.outbox
    later = [y for y in known if stale and y > stale[0] and master_path(outbox, y).exists()]
    years = sorted({*stale, *later}, reverse=True)
    sent = sent_until_now(session)
    try:
        return _masters(session, years, sent, anew=False)
    finally:
        publish_board(session, waiting, sent=sent)


def consolidate(session: Session, years: Iterable[int]) -> tuple[MasterOut, ...]:
    """Write the masters of some years and the board, neither kept up by the other.

    BadRequest for a year the register does not have.
    """
    wanted = sorted(set(years))
    for year in wanted:
        require_year(session.registry, year)
    sent = sent_until_now(session)
    try:
        return _masters(session, wanted, sent, anew=True)
    finally:
        publish_board(session, sent=sent)


def _masters(
    session: Session, years: Sequence[int], sent: Sent, *, anew: bool
) -> tuple[MasterOut, ...]:
    made: list[MasterOut] = []
    with session.progress(Work.MASTER, len(years)) as step:
        for year in years:
            made.append(_write(session, year, sent, anew=anew))
            step()
    return tuple(made)


def _write(session: Session, year: int, sent: Sent, *, anew: bool) -> MasterOut:
    """Write a year's master; of a divided one what has changed, the parts before their index."""
    made = drafts(session, year, sent=sent)
    current = Current(session)
    is_divided = len(made) > 1
    waiting: list[Path] = []
    wanted = [one for one in made if not is_divided or anew or not current.holds(one)]
    with closing(written(wanted)) as pairs:
        for draft, data in pairs:
            session.confirm()
            published = publish(draft.path, data)
            if published.waiting is not None:
                waiting.append(published.waiting)
            if is_divided:
                current.record(draft, data)
    if is_divided or not current.is_empty:
        current.close(year, made)
    session.ledger.record_master(year)
    return MasterOut(year, made[-1].path, waiting[0] if waiting else None)


def status(session: Session, *, year: int | None, period: int | None) -> tuple[Delivery, ...]:
    """Give the state of every unit for the triwulan asked for, or every issued one.

    BadRequest for a year the register does not have.
    """
    if year is not None:
        require_year(session.registry, year)
    issued = session.ledger.issued_periods()
    periods = [
        (y, p) for y, p in issued if (year is None or y == year) and (period is None or p == period)
    ]
    if not periods and year is not None:
        periods = [(year, p) for p in TRIWULAN if period in (None, p)]
    return deliveries(
        session,
        periods,
        sent=sent_until_now(session),
        today=session.local(session.now).date(),
        due=issued,
    )
