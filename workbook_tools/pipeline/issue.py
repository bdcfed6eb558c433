"""Send forms out: one workbook per unit and triwulan, with its snapshot kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from workbook_tools.archive import Event
from workbook_tools.errors import BadRequest
from workbook_tools.form.content import digest, make_content
from workbook_tools.form.issued import IssuedForm
from workbook_tools.form.layout import LAYOUT_VERSION, FormLayout, make_layout
from workbook_tools.form.snapshot import write_snapshot
from workbook_tools.form.stamp import Stamp, sign
from workbook_tools.form.write import write_form
from workbook_tools.outbox import form_name, write_out
from workbook_tools.pipeline.board import publish_board
from workbook_tools.pipeline.journal import reconcile
from workbook_tools.pipeline.progress import Work
from workbook_tools.pipeline.session import Session, require_year
from workbook_tools.workspace import make_folders


@dataclass(frozen=True, slots=True)
class FormOut:
    """One form that went out."""

    layout: FormLayout
    issue: int
    path: Path


def form_path(outbox: Path, jenis: str, unit: str, *, year: int, period: int) -> Path:
    """Give where a form lies in the outbox."""
    return outbox / unit / "formulir" / f"{form_name(jenis, unit, year=year, period=period)}.xlsx"


def stamp_of(issued: IssuedForm, key: bytes) -> Stamp:
    """Give the signed stamp of an issued form."""
    content = issued.content
    return sign(
        Stamp(
            content.unit,
            content.year,
            content.period,
            issued.issue,
            LAYOUT_VERSION,
            issued.digest,
        ),
        key,
    )


def issue_forms(
    session: Session, *, year: int, period: int, units: Sequence[str]
) -> tuple[FormOut, ...]:
    """Issue the forms of one triwulan; all units that get a form where `units` is empty.

    A form whose content is that of its last issue is that issue, byte for byte; otherwise it
    becomes the next one. The board then shows who is asked.
    BadRequest where year or unit is not known.
    """
    registry = session.registry
    require_year(registry, year)
    known = registry.form_units()
    for unit in units:
        if unit not in known:
            raise BadRequest(_no_form(session, unit))
    reconcile(session)
    make_folders(session.workspace, registry)
    chosen = [unit for unit in known if not units or unit in units]
    try:
        sent: list[FormOut] = []
        with session.progress(Work.ISSUE, len(chosen)) as step:
            for unit in chosen:
                sent.append(_issue_one(session, unit, year=year, period=period))
                step()
        return tuple(sent)
    finally:
        publish_board(session)


def _no_form(session: Session, unit: str) -> str:
    position = session.registry.position(unit)
    if position is None:
        return f"Unit “{unit}” tidak ada dalam registri. Lihat kolom id pada lembar Jabatan."
    rows = session.registry.of_unit(unit)
    if not rows:
        return f"Unit “{unit}” tidak mempunyai indikator, jadi tidak ada formulirnya."
    source = session.registry.source(rows[0]).unit
    return f"Unit “{unit}” diisi lewat formulir “{source}”, jadi tidak ada formulirnya sendiri."


def _issue_one(session: Session, unit: str, *, year: int, period: int) -> FormOut:
    content = make_content(
        session.registry,
        unit,
        year=year,
        period=period,
        accepted=session.ledger.accepted(unit, year),
    )
    snapshot = write_snapshot(content)
    latest = session.ledger.issues_of(unit, year, period=period)
    if latest and latest[-1].digest == digest(snapshot):
        issued = latest[-1]
        kept = {name: sha256 for sha256, name in session.ledger.issued_hashes()}
        data = session.archive.read(kept[issued.digest])
    else:
        number = latest[-1].issue + 1 if latest else 1
        issued = IssuedForm(content, number, digest(snapshot))
        data = write_form(content, stamp_of(issued, session.key), rules=session.registry.rules)
        _keep(session, issued, snapshot, data)
    path = form_path(session.workspace.outbox, content.jenis, unit, year=year, period=period)
    write_out(path, data)
    return FormOut(make_layout(content), issued.issue, path)


def _keep(session: Session, issued: IssuedForm, snapshot: bytes, data: bytes) -> None:
    """Keep snapshot, form and journal before the ledger, and the ledger before the outbox."""
    content = issued.content
    session.archive.put_snapshot(issued.digest, snapshot)
    sha256 = session.archive.put(data)
    event: Event = {
        "event": "issued",
        "unit": content.unit,
        "year": content.year,
        "period": content.period,
        "issue": issued.issue,
        "digest": issued.digest,
        "sha256": sha256,
        "at": session.now.isoformat(),
    }
    session.append([event])
    session.ledger.record_issue(issued, snapshot, sha256=sha256, at=session.now)
