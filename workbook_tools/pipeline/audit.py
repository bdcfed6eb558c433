"""Audit a workspace, and make its ledger and outputs anew from archive and register."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from zipfile import BadZipFile

from openpyxl import load_workbook

from workbook_tools.archive import Event
from workbook_tools.form.content import digest
from workbook_tools.ledger import MASTER_STATUSES, ArrivalFacts
from workbook_tools.outbox import pending_of, write_out
from workbook_tools.pipeline.arrival import arrival_facts
from workbook_tools.pipeline.board import board_path, make_board, same_board
from workbook_tools.pipeline.consolidate import (
    MasterOut,
    consolidate_stale,
)
from workbook_tools.pipeline.ingest import BATCH, finish
from workbook_tools.pipeline.issue import form_path
from workbook_tools.pipeline.journal import issued_facts, record_issued
from workbook_tools.pipeline.masters import drafts
from workbook_tools.pipeline.progress import Work
from workbook_tools.pipeline.rulebook import under_register
from workbook_tools.pipeline.session import Session, put_in_place
from workbook_tools.pipeline.sightings import InboxNow


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """One thing that does not agree; `code` is a fixed word, `message` for people."""

    code: str
    file: str
    message: str


@dataclass(frozen=True, slots=True)
class Audit:
    """The outcome of `verify`."""

    findings: tuple[AuditFinding, ...]
    archived: int
    accepted: int
    values: int


def verify(session: Session) -> Audit:
    """Check that archive, ledger and masters agree (design.md, Contract)."""
    findings = [
        *_archive_findings(session),
        *_snapshot_findings(session),
        *_ledger_findings(session),
        *_journal_findings(session),
    ]
    submissions = session.ledger.submissions()
    arrivals = session.ledger.arrivals()
    years = {row.year for row in arrivals if row.status in MASTER_STATUSES}
    for year in session.registry.years:
        if year in years:
            findings += _master_findings(session, year)
    if years:
        findings += _board_findings(session)
    return Audit(
        tuple(findings),
        archived=sum(1 for _ in session.archive.originals()),
        accepted=sum(1 for row in arrivals if row.status == "accepted"),
        values=sum(len(s.values) for s in submissions),
    )


def _archive_findings(session: Session) -> Iterator[AuditFinding]:
    archive = session.archive
    files = [
        *((sha256, archive.hash_of_original) for sha256 in archive.originals()),
        *((sha256, archive.hash_of_register) for sha256 in archive.registers()),
    ]
    with session.progress(Work.AUDIT, len(files)) as step:
        for sha256, hashed in files:
            if hashed(sha256) != sha256:
                yield AuditFinding(
                    "hash",
                    sha256,
                    f"Berkas arsip {sha256} isinya berubah. Pulihkan dari cadangan.",
                )
            step()


def _snapshot_findings(session: Session) -> Iterator[AuditFinding]:
    for name in session.archive.snapshots():
        if digest(session.archive.read_snapshot(name)) != name:
            yield AuditFinding(
                "hash",
                name,
                f"Snapshot formulir {name} dalam arsip isinya berubah. Pulihkan dari cadangan.",
            )


def _ledger_findings(session: Session) -> Iterator[AuditFinding]:
    originals = set(session.archive.originals())
    snapshots = set(session.archive.snapshots())
    for row in session.ledger.arrivals():
        if row.sha256 not in originals:
            yield AuditFinding(
                "archive",
                row.file,
                f"Kiriman nomor {row.id} ({row.file}) tidak ada dalam arsip. Pulihkan dari "
                "cadangan.",
            )
        if row.state not in ("delivered", "filed"):
            yield AuditFinding(
                "unfinished",
                row.file,
                f"Kiriman nomor {row.id} ({row.file}) belum selesai diproses. Jalankan "
                "“workbook-tools ingest”.",
            )
    for sha256, name in session.ledger.issued_hashes():
        if sha256 not in originals or name not in snapshots:
            yield AuditFinding(
                "issued",
                sha256,
                f"Formulir terbitan {sha256} tidak lengkap dalam arsip. Pulihkan dari cadangan.",
            )


def _journal_findings(session: Session) -> Iterator[AuditFinding]:
    recorded = {(row.id, row.sha256): row.file for row in session.ledger.arrivals()}
    forms = set(session.ledger.issued_hashes())
    arrived: set[tuple[int, str]] = set()
    issued: set[tuple[str, str]] = set()
    for event in session.archive.journal():
        facts = arrival_facts(event)
        if facts is not None:
            arrived.add((facts.number, facts.sha256))
            if (facts.number, facts.sha256) not in recorded:
                yield AuditFinding(
                    "ledger",
                    facts.file,
                    f"Kiriman nomor {facts.number} ({facts.file}) ada di jurnal, tetapi tidak "
                    "di ledger. Jalankan “workbook-tools rebuild”.",
                )
            continue
        form = issued_facts(event)
        if form is not None:
            issued.add(form)
            if form not in forms:
                yield AuditFinding(
                    "ledger",
                    form[0],
                    f"Formulir terbitan {form[0]} ada di jurnal, tetapi tidak di ledger. "
                    "Jalankan “workbook-tools rebuild”.",
                )
    lost = [recorded[key] for key in sorted(recorded.keys() - arrived)]
    for name in [*lost, *sorted(sha256 for sha256, _ in forms - issued)]:
        yield AuditFinding(
            "journal",
            name,
            f"{name} ada di ledger, tetapi tidak di jurnal arsip. Pulihkan jurnal dari cadangan.",
        )


def _master_findings(session: Session, year: int) -> Iterator[AuditFinding]:
    for draft in drafts(session, year):
        name = session.workspace.relative(draft.path)
        newest = (draft.path, *pending_of(draft.path))[-1]
        if not newest.is_file():
            yield AuditFinding(
                "master", name, f"Induk {name} belum ada. Jalankan “workbook-tools consolidate”."
            )
            continue
        expected, found = draft.write(), newest.read_bytes()
        if expected == found:
            continue
        differences = _differences(expected, found)
        detail = f": {'; '.join(differences[:10])}" if differences else " (selain lembar Data)"
        yield AuditFinding(
            "master",
            name,
            f"Isi {name} berbeda dari data yang diterima{detail}. Jalankan “workbook-tools "
            f"consolidate --year {year}”.",
        )


def _board_findings(session: Session) -> Iterator[AuditFinding]:
    """Compare the board with what the ledger says; what lay in the inbox is left out."""
    path = board_path(session.workspace.outbox)
    name = session.workspace.relative(path)
    newest = (path, *pending_of(path))[-1]
    advice = "Jalankan “workbook-tools ingest”."
    if not newest.is_file():
        yield AuditFinding("board", name, f"Papan {name} belum ada. {advice}")
    elif not same_board(make_board(session, InboxNow()), newest.read_bytes()):
        yield AuditFinding("board", name, f"Isi {name} berbeda dari ledger. {advice}")


def _differences(expected: bytes, found: bytes) -> list[str]:
    """Name the figures of the sheet Data that differ."""
    rows: list[dict[str, tuple[object, ...]]] = []
    for data in (expected, found):
        try:
            sheet = load_workbook(BytesIO(data), read_only=True, data_only=True)["Data"]
        except (OSError, LookupError, ValueError, SyntaxError, BadZipFile) as error:
            return [f"tidak dapat dibaca ({error})"]
        rows.append({str(row[2]): tuple(row) for row in sheet.iter_rows(values_only=True)})
    right, wrong = rows
    return [
        f"{indicator} seharusnya {_cells(right.get(indicator))}, tertulis "
        f"{_cells(wrong.get(indicator))}"
        for indicator in sorted(right.keys() | wrong.keys())
        if right.get(indicator) != wrong.get(indicator)
    ]


def _cells(row: tuple[object, ...] | None) -> str:
    return (
        "tidak ada" if row is None else " | ".join("" if v is None else str(v) for v in row[6:15])
    )


def rebuild(session: Session) -> tuple[MasterOut, ...]:
    """Make ledger, notes, receipts, forms and masters anew from archive and register.

    The session is one of `open_anew`: its ledger is filled beside the old one and takes its
    place when it is complete.
    """
    _replay(session)
    made = put_in_place(session)
    try:
        return consolidate_stale(made)
    finally:
        made.ledger.close()


def _replay(session: Session) -> None:
    ruled = session
    came: list[ArrivalFacts] = []
    total = sum(1 for _ in session.archive.journal())
    with session.progress(Work.REPLAY, total) as step:
        for event in session.archive.journal():
            facts = arrival_facts(event)
            if facts is not None:
                came.append(replace(facts, taken=False))
            if came and (facts is None or len(came) == BATCH):
                _replay_arrivals(ruled, came)
                came = []
            ruled = under_register(ruled, event)
            if issued_facts(event) is not None:
                _reissue(ruled, event)
            step()
        if came:
            _replay_arrivals(ruled, came)


def _replay_arrivals(session: Session, came: Sequence[ArrivalFacts]) -> None:
    session.ledger.arrive(came)
    if (trouble := finish(session).trouble) is not None:
        raise trouble


def _reissue(session: Session, event: Event) -> None:
    content = record_issued(session, event).content
    path = form_path(
        session.workspace.outbox,
        content.jenis,
        content.unit,
        year=content.year,
        period=content.period,
    )
    write_out(path, session.archive.read(str(event["sha256"])))
