"""Say outcomes in lines for people and in the JSON of the Contract."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from workbook_tools.form.submission import Delivery
from workbook_tools.pipeline.arrival import Outcome
from workbook_tools.pipeline.audit import Audit, AuditFinding
from workbook_tools.pipeline.consolidate import MasterOut
from workbook_tools.present import (
    Heartbeat,
    audit_document,
    audit_lines,
    master_document,
    master_lines,
    outcome_lines,
    read_heartbeat,
    status_document,
    status_lines,
)
from workbook_tools.problems.catalogue import problem
from workbook_tools.problems.problem import Place, Problem
from workbook_tools.settings import Settings
from workbook_tools.workspace import Workspace

NOW = datetime(2020, 4, 3, 2, 0, tzinfo=UTC)


def outcome(status: str, *problems: Problem, **named: str) -> Outcome:
    """Give the outcome of one file."""
    return Outcome(
        file="inbox/kabid-pasar/a.xlsx",
        sha256="aa",
        unit="kabid-pasar",
        year=2020,
        period=1,
        revision=2 if status == "accepted" else None,
        status=status,
        problems=problems,
        note=named.get("note"),
        receipt=named.get("receipt"),
    )


def no_number(cell: str) -> Problem:
    """Give the problem of a text where a number is asked."""
    return problem("S03", Place("Isian", cell, "kabid-pasar/01"), found="abc")


# outcomes


def test_an_accepted_file_is_told_with_revision_and_receipt() -> None:
    lines = outcome_lines([outcome("accepted", receipt="outbox/kabid-pasar/tanda-terima/r2.txt")])
    assert lines == [
        "DITERIMA revisi 2  inbox/kabid-pasar/a.xlsx",
        "    → outbox/kabid-pasar/tanda-terima/r2.txt",
    ]


def test_problems_are_told_with_their_cells_and_equal_ones_together() -> None:
    told = outcome("rejected", no_number("H8"), no_number("H9"), note="outbox/catatan.xlsx")
    first, *problems, last = outcome_lines([told])
    assert first == "DITOLAK  inbox/kabid-pasar/a.xlsx"
    assert len(problems) == 1
    assert problems[0].startswith("    S03 H8, H9 ")
    assert last == "    → outbox/catatan.xlsx"


def test_a_problem_without_a_cell_is_told_without_a_gap() -> None:
    _, line = outcome_lines([outcome("rejected", problem("B02"))])
    assert line.startswith("    B02 ")
    assert "  " not in line.strip()


def test_what_only_informs_is_told_of_files_that_are_left_alone_and_of_no_others() -> None:
    informs = problem("B03", found="~$a.xlsx")
    assert len(outcome_lines([outcome("ignored", informs)])) == 2
    assert len(outcome_lines([outcome("accepted", informs)])) == 1


def test_an_outcome_has_the_keys_of_the_contract() -> None:
    assert outcome("rejected", no_number("H8")).document() == {
        "file": "inbox/kabid-pasar/a.xlsx",
        "sha256": "aa",
        "unit": "kabid-pasar",
        "year": 2020,
        "period": "TW1",
        "revision": None,
        "status": "rejected",
        "problems": [
            {
                "code": "S03",
                "severity": "error",
                "sheet": "Isian",
                "cell": "H8",
                "indicator": "kabid-pasar/01",
                "found": "abc",
                "expected": None,
                "message": outcome("x", no_number("H8")).document()["problems"][0]["message"],  # type: ignore[index] # a list
            }
        ],
        "note": None,
        "note_text": None,
        "receipt": None,
        "number": None,
    }


# the watcher


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Give a workspace with nothing in it but a place for its state."""
    (tmp_path / ".state").mkdir()
    return Workspace(tmp_path, Settings())


def beating(workspace: Workspace, **changes: object) -> None:
    """Write the watcher's sign of life."""
    beat = {
        "pid": 1,
        "at": NOW.isoformat(),
        "running": True,
        "trouble": "",
        "waiting": ["inbox/a.xlsx"],
        "scan_seconds": 2.0,
    }
    workspace.heartbeat.write_text(json.dumps({**beat, **changes}))


def test_a_fresh_sign_of_life_is_one(workspace: Workspace) -> None:
    beating(workspace)
    beat = read_heartbeat(workspace, now=NOW + timedelta(seconds=19))
    assert beat == Heartbeat(is_alive=True, at=NOW, trouble="", waiting=("inbox/a.xlsx",))
    assert status_lines([], beat, fillers={}, masters_waiting=(), strangers=())[1:] == [
        "Pemantau berjalan.",
        "  Menunggu: inbox/a.xlsx",
    ]


@pytest.mark.parametrize(
    ("changes", "after"),
    [({}, 21.0), ({"running": False}, 0.0), ({}, -21.0), ({"scan_seconds": 0.1}, 11.0)],
)
def test_an_old_sign_or_a_last_one_is_none(
    workspace: Workspace, changes: dict[str, object], after: float
) -> None:
    beating(workspace, **changes)
    beat = read_heartbeat(workspace, now=NOW + timedelta(seconds=after))
    assert not beat.is_alive
    assert (
        "tidak berjalan" in status_lines([], beat, fillers={}, masters_waiting=(), strangers=())[1]
    )


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.unlink(missing_ok=True),
        lambda path: path.write_text("{"),
        lambda path: path.write_text("[]"),
        lambda path: path.write_text('{"at": "kemarin"}'),
        lambda path: path.write_bytes(b"\xff"),
    ],
)
def test_a_sign_that_cannot_be_read_is_none(
    workspace: Workspace, spoil: Callable[[Path], object]
) -> None:
    beating(workspace)
    spoil(workspace.heartbeat)
    beat = read_heartbeat(workspace, now=NOW)
    assert beat == Heartbeat(is_alive=False, at=None, trouble="", waiting=())
    assert (
        "belum pernah dijalankan"
        in status_lines([], beat, fillers={}, masters_waiting=(), strangers=())[1]
    )


# status, masters, audits


def delivery(status: str, **changes: int) -> Delivery:
    """Give the state of a unit."""
    received = NOW if status != "belum" else None
    return Delivery(
        "kabid-pasar",
        "Kabid Pasar",
        2020,
        1,
        status,
        received,
        1 if status == "diterima" else None,
        changes.get("late_days", 0),
        changes.get("errors", 0),
        changes.get("warnings", 0),
    )


def test_each_triwulan_is_counted_and_each_unit_told() -> None:
    nobody = Heartbeat(is_alive=False, at=None, trouble="", waiting=())
    lines = status_lines(
        [
            delivery("diterima", warnings=2),
            delivery("ditolak", errors=3, late_days=1),
            delivery("belum", late_days=12),
        ],
        nobody,
        fillers={"kabid-pasar": "kabid-pasar"},
        masters_waiting=["outbox/master/x.xlsx"],
        strangers=[{"file": "inbox/kabid-pasar/foto.png", "note": "outbox/catatan.txt"}],
    )
    assert lines[:4] == [
        "Triwulan I Tahun 2020: 1 diterima, 1 ditolak, 1 belum",
        "  ● diterima  Kabid Pasar  kabid-pasar  2 peringatan",
        "  ✗ ditolak   Kabid Pasar  kabid-pasar  terlambat 1 hari  3 kesalahan",
        "  ○ belum     Kabid Pasar  kabid-pasar  terlambat 12 hari",
    ]
    assert lines[-3:] == [
        "  Induk baru menunggu karena yang lama sedang dibuka: outbox/master/x.xlsx",
        "Berkas yang tidak dapat dikenali sebagai formulir:",
        "  inbox/kabid-pasar/foto.png  (lihat outbox/catatan.txt)",
    ]


def test_a_unit_filled_by_another_is_said_so_and_not_counted() -> None:
    nobody = Heartbeat(is_alive=False, at=None, trouble="", waiting=())
    head, line, *_ = status_lines(
        [delivery("belum", late_days=12)],
        nobody,
        fillers={"kabid-pasar": "iku-dinas"},
        masters_waiting=(),
        strangers=(),
    )
    assert head == "Triwulan I Tahun 2020: 0 diterima, 0 ditolak, 0 belum"
    assert line == "  ○ belum     Kabid Pasar  kabid-pasar (diisi lewat iku-dinas)"


def test_a_unit_that_has_not_sent_has_no_time(workspace: Workspace) -> None:
    assert status_document(delivery("belum"))["received_at"] is None
    assert status_document(delivery("diterima"))["received_at"] == NOW.isoformat()
    assert workspace.heartbeat.name == "pemantau.json"


def test_a_master_that_waits_is_said_with_what_to_do(workspace: Workspace) -> None:
    path = workspace.outbox / "master" / "IKU-IKI-2020.xlsx"
    master = MasterOut(2020, path, path.with_name("IKU-IKI-2020.menunggu.xlsx"))
    assert master_document(master, workspace) == {
        "year": 2020,
        "path": "outbox/master/IKU-IKI-2020.xlsx",
        "waiting": "outbox/master/IKU-IKI-2020.menunggu.xlsx",
    }
    place, waits = master_lines([master], workspace)
    assert place == "Induk 2020: outbox/master/IKU-IKI-2020.xlsx"
    assert "menunggu di outbox/master/IKU-IKI-2020.menunggu.xlsx. Tutup induk lama" in waits


def test_an_audit_says_what_it_found_and_counted() -> None:
    clean = Audit((), archived=3, accepted=2, values=1)
    assert audit_lines(clean) == [
        "Bersih. 3 berkas dalam arsip, 2 kiriman diterima, 1 angka berlaku."
    ]
    assert audit_document(clean) == {"findings": [], "archived": 3, "accepted": 2, "values": 1}
    dirty = Audit((AuditFinding("hash", "ab", "Berubah."),), archived=1, accepted=0, values=0)
    assert audit_lines(dirty)[0] == "- Berubah."
    assert audit_document(dirty)["findings"] == [
        {"code": "hash", "severity": "error", "file": "ab", "message": "Berubah."}
    ]
