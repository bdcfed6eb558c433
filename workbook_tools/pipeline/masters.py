"""Turn a year in the ledger into the workbooks of its master: one, or an index and its parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path

from workbook_tools import __version__
from workbook_tools.form.submission import Delivery
from workbook_tools.master.division import Part
from workbook_tools.master.figures import Consolidated, Row
from workbook_tools.master.index import PartFile, write_index
from workbook_tools.master.trail import Received
from workbook_tools.master.write import write_master
from workbook_tools.pipeline.deliveries import Sent, deliveries, sent_until_now
from workbook_tools.pipeline.session import Session
from workbook_tools.pipeline.trail import trail
from workbook_tools.pipeline.worked_out import digest, measures_of, parts_of
from workbook_tools.register import load_findings
from workbook_tools.registry.finding import Finding
from workbook_tools.registry.model import TRIWULAN
from workbook_tools.uncollected import uncollected


@dataclass(frozen=True, slots=True)
class Draft:
    """One workbook of a master: where it lies, what it is made of, and how it is made.

    `digest` changes with whatever the workbook shows; `write` gives its bytes.
    """

    path: Path
    digest: str
    write: Callable[[], bytes]


_OWN = tuple(field.name for field in fields(Row) if field.name not in {"indicator", "source"})
"""What a row says beyond the register."""


@dataclass(frozen=True, slots=True)
class _Year:
    """What the workbooks of one year are made of."""

    consolidated: Consolidated
    deliveries: tuple[Delivery, ...]
    findings: tuple[Finding, ...]
    trail: tuple[Received, ...]


def master_path(outbox: Path, year: int) -> Path:
    """Give where the master of a year lies; of a divided one, the workbook that leads to all."""
    return outbox / "master" / f"IKU-IKI-{year}.xlsx"


def part_path(outbox: Path, year: int, part: str) -> Path:
    """Give where a part of a divided master lies; every part for the part `*`, as a pattern."""
    whole = master_path(outbox, year)
    return whole.with_name(f"{whole.stem}_{part}{whole.suffix}")


@uncollected()
def drafts(session: Session, year: int, *, sent: Sent | None = None) -> tuple[Draft, ...]:
    """Give the workbooks of a year's master, the parts first, the one that leads to them last.

    Nothing is written yet; no clock is asked. Lateness of what has not come is counted up to
    the newest judgement of that year, so that the same ledger gives the same bytes on any day,
    and a duplicate changes nothing. `sent` is what has come, where that is known.
    """
    whole = _gathered(session, year, sent or sent_until_now(session))
    parts = parts_of(session.registry, most=session.workspace.settings.master_positions)
    outbox = session.workspace.outbox
    if len(parts) == 1:
        ((part, told),) = parts
        return (_draft(session, master_path(outbox, year), part, whole, told=told),)
    concerned = [(one, _unit_of(session, one)) for one in whole.findings]
    made = tuple(
        _draft(
            session,
            part_path(outbox, year, part.id),
            part,
            _of_part(part, whole, concerned),
            told=told,
        )
        for part, told in parts
    )
    return (*made, _index(session, year, [part for part, _ in parts], whole, made))


def _gathered(session: Session, year: int, sent: Sent) -> _Year:
    as_of = session.ledger.judged_last(year)
    return _Year(
        measures_of(session.registry).consolidate(sent.submissions, year),
        deliveries(
            session,
            [(year, period) for period in TRIWULAN],
            sent=sent,
            today=None if as_of is None else session.local(as_of).date(),
            due=session.ledger.judged_periods(),
        ),
        load_findings(session.workspace),
        trail(session, year),
    )


def _of_part(part: Part, whole: _Year, concerned: Sequence[tuple[Finding, str | None]]) -> _Year:
    """Keep what concerns a part; what concerns no position stands in the first."""
    units = part.units
    is_first = bool(part.registry.document)
    rows = tuple(row for row in whole.consolidated.rows if row.indicator.unit in units)
    moments = [one.received_at for one in whole.trail if one.unit in units]
    return _Year(
        Consolidated(
            whole.consolidated.year,
            rows,
            tuple(one for one in whole.consolidated.averages if one[0] in units),
            max(moments, default=None),
        ),
        tuple(one for one in whole.deliveries if one.unit in units),
        tuple(one for one, unit in concerned if unit in units or (is_first and unit is None)),
        tuple(one for one in whole.trail if one.unit in units),
    )


def _unit_of(session: Session, finding: Finding) -> str | None:
    """Give the position that a finding of the register concerns."""
    name = finding.indicator or ""
    indicator = session.registry.indicator(name)
    position = session.registry.position(indicator.unit if indicator else name)
    return None if position is None else position.id


def _draft(session: Session, path: Path, part: Part, year: _Year, *, told: str) -> Draft:
    """Say of what a workbook is made; `told` is the digest of what the register says of it."""
    notice = session.workspace.settings.notice
    return Draft(
        path,
        digest(told, _shown(year), __version__, notice),
        partial(
            write_master,
            year.consolidated,
            part.registry,
            deliveries=year.deliveries,
            findings=year.findings,
            trail=year.trail,
            version=__version__,
            notice=notice,
        ),
    )


def _shown(year: _Year) -> tuple[object, ...]:
    """Give what a workbook shows of a year, without what the register says of its indicators."""
    consolidated = year.consolidated
    rows = [
        (row.indicator.id, row.source.id, [getattr(row, name) for name in _OWN])
        for row in consolidated.rows
    ]
    told = consolidated.year, rows, consolidated.averages, consolidated.as_of
    return *told, year.deliveries, year.findings, year.trail


def _index(
    session: Session, year: int, parts: Sequence[Part], whole: _Year, made: Sequence[Draft]
) -> Draft:
    """Say of what the index is made: of what its parts are made of, in the register's order."""
    outbox, notice = session.workspace.outbox, session.workspace.settings.notice
    files = tuple(
        PartFile(part.label, part_path(outbox, year, part.id).name, part.registry) for part in parts
    )
    return Draft(
        master_path(outbox, year),
        digest(
            [(file.label, file.name) for file in files],
            [draft.digest for draft in made],
            [row.indicator.id for row in whole.consolidated.rows],
        ),
        partial(
            write_index,
            whole.consolidated,
            session.registry,
            files,
            deliveries=whole.deliveries,
            version=__version__,
            notice=notice,
        ),
    )
