"""Turn a workspace into what in it does not agree: archive, ledger, masters, board."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile

from openpyxl import load_workbook

from workbook_tools.archive import changed
from workbook_tools.form.content import digest
from workbook_tools.ledger import MASTER_STATUSES
from workbook_tools.outbox import pending_of
from workbook_tools.pipeline.board import board_path, make_board, same_board
from workbook_tools.pipeline.masters import drafts
from workbook_tools.pipeline.progress import Work
from workbook_tools.pipeline.records import journalled, recorded
from workbook_tools.pipeline.session import Session
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
                yield AuditFinding("hash", sha256, f"{changed(sha256)}.")
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
    known, told = recorded(session.ledger), journalled(session.archive)
    missed = told.without(known)
    for number, sha256 in sorted(missed.arrived):
        file = missed.arrived[number, sha256]
        yield AuditFinding(
            "ledger",
            file,
            f"Kiriman nomor {number} ({file}) ada di jurnal, tetapi tidak di ledger. Jalankan "
            "“workbook-tools rebuild”.",
        )
    for sha256, _ in sorted(missed.issued):
        yield AuditFinding(
            "ledger",
            sha256,
            f"Formulir terbitan {sha256} ada di jurnal, tetapi tidak di ledger. Jalankan "
            "“workbook-tools rebuild”.",
        )
    for name in known.without(told).names:
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
