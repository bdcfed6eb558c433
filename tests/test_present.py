"""Say outcomes in lines for people and in the JSON of the Contract."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from workbook_tools.pipeline.arrival import Outcome
from workbook_tools.pipeline.audit import Audit, AuditFinding
from workbook_tools.pipeline.consolidate import MasterOut
from workbook_tools.present import (
    audit_document,
    audit_lines,
    master_document,
    master_lines,
    outcome_lines,
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


# masters, audits


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
