"""Plant damage and find it; lose ledger and outbox and make them anew, byte for byte."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.pipeline.rounds import a_year_of_work
from tests.registry import edited
from tests.shell import PASAR, RETRIBUSI, UNITS, Office, tree

LATE = "2020-08-01"


@pytest.fixture(scope="module")
def worked(template_office: Office, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Give an office after two triwulan of work; only to be copied."""
    office = template_office.copied(tmp_path_factory.mktemp("kerja") / "ruang")
    a_year_of_work(office)
    return office


@pytest.fixture
def after(worked: Office, tmp_path: Path) -> Office:
    """Give an office after two triwulan of work."""
    return worked.copied(tmp_path / "ruang")


def codes(office: Office) -> list[str]:
    """Give what the audit finds, and check that its exit code says the same."""
    said = office.says("verify", today=LATE)
    found = [str(f["code"]) for f in said.rows("findings")]
    assert said.code == (1 if found else 0)
    assert all(f["message"] and f["file"] for f in said.rows("findings"))
    return found


def test_an_audit_after_the_work_is_clean_and_counts_it(after: Office) -> None:
    said = after.says("verify", today=LATE)
    assert said.code == 0
    # 7 forms (a second issue of one), 8 different returns; 4 accepted; 3 forms count, 1 input each.
    assert said.document == {"findings": [], "archived": 15, "accepted": 4, "values": 3}


def test_a_new_workspace_is_clean(office: Office) -> None:
    assert office.says("verify").document == {
        "findings": [],
        "archived": 6,
        "accepted": 0,
        "values": 0,
    }


def an_original(office: Office) -> Path:
    """Give where the first accepted return lies in the archive."""
    sha256 = str(office.ledger()["arrival"][0][1])
    return office.workspace.archive / "berkas" / sha256[:2] / sha256


def a_form(office: Office) -> Path:
    """Give where an issued form lies in the archive."""
    sha256 = str(office.ledger()["issue"][0][7])
    return office.workspace.archive / "berkas" / sha256[:2] / sha256


def flip(path: Path) -> None:
    """Change one bit in the middle of a file."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


def run_sql(office: Office, sql: str) -> None:
    """Change the ledger by hand."""
    with sqlite3.connect(office.workspace.ledger) as connection:
        connection.execute(sql)
    connection.close()


def typed_over(office: Office) -> None:
    """Type another figure into the master, as somebody might in Excel."""
    book = openpyxl.load_workbook(office.master())
    sheet = book["Data"]
    tw1 = [cell.value for cell in sheet[1]].index("tw1")
    row = next(r for r in sheet.iter_rows() if r[2].value == "kabid-pasar/01")
    row[tw1].value = 77
    book.save(office.master())


def edited_board(office: Office) -> None:
    """Call an accepted form rejected on the board."""
    page = office.board().read_bytes()
    office.board().write_bytes(page.replace(b"Diterima</a>", b"Ditolak</a>", 1))


def a_line_less(office: Office) -> None:
    """Take the last arrival out of the journal."""
    path = office.workspace.archive / "jurnal.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-1]))


DAMAGES: dict[str, tuple[Callable[[Office], object], list[str]]] = {
    "a bit of an original": (lambda o: flip(an_original(o)), ["hash"]),
    "a bit of an issued form": (lambda o: flip(a_form(o)), ["hash"]),
    "a bit of a snapshot": (
        lambda o: flip(next((o.workspace.archive / "snapshot").iterdir())),
        ["hash"],
    ),
    "a bit of the register that judged": (
        lambda o: flip(next((o.workspace.archive / "registri").iterdir())),
        ["hash"],
    ),
    "an original": (lambda o: an_original(o).unlink(), ["archive", "archive"]),
    "an issued form": (lambda o: a_form(o).unlink(), ["issued"]),
    "a snapshot": (
        lambda o: next((o.workspace.archive / "snapshot").iterdir()).unlink(),
        ["issued"],
    ),
    "a figure of the master": (typed_over, ["master"]),
    "the master": (lambda o: o.master().unlink(), ["master"]),
    "the master's whole content": (lambda o: o.master().write_bytes(b"x"), ["master"]),
    "half of the master": (
        lambda o: o.master().write_bytes(o.master().read_bytes()[:9000]),
        ["master"],
    ),
    "a row of the ledger": (
        lambda o: run_sql(o, "delete from arrival where status = 'duplicate'"),
        ["ledger", "ledger"],
    ),
    "an issue of the ledger": (
        lambda o: run_sql(o, "delete from issue where issue = 2"),
        ["ledger"],
    ),
    "a value of the ledger": (
        lambda o: run_sql(o, "update value set number = '9'"),
        ["master", "board"],
    ),
    "a figure of the board": (edited_board, ["board"]),
    "the board": (lambda o: o.board().unlink(), ["board"]),
    "a line of the journal": (a_line_less, ["journal"]),
}


OF_A_KIND = (
    "a bit of an issued form",
    "a bit of the register that judged",
    "an issued form",
    "half of the master",
    "an issue of the ledger",
)
"""Damages much like others; they are planted with all tests."""


@pytest.mark.parametrize(
    "damage",
    [pytest.param(d, marks=pytest.mark.slow) if d in OF_A_KIND else d for d in DAMAGES],
)
def test_every_planted_damage_is_found(after: Office, damage: str) -> None:
    plant, expected = DAMAGES[damage]
    plant(after)
    assert codes(after) == expected


def test_a_changed_figure_is_named_with_what_it_should_be(after: Office) -> None:
    typed_over(after)
    (finding,) = after.says("verify").rows("findings")
    message = str(finding["message"])
    assert "kabid-pasar/01 seharusnya" in message
    assert "77" in message
    assert "consolidate --year 2020" in message
    assert after.says("consolidate", "--year", "2020").code == 0
    assert codes(after) == []


def settled(office: Office) -> dict[str, object]:
    """Give what must be the same after a rebuild."""
    status = office.says("status", today=LATE).document
    ledger = office.ledger()
    return {
        "status": status,
        "outbox": tree(office.root / "outbox"),
        "issue": ledger["issue"],
        "value": ledger["value"],
        "text": ledger["text"],
        # All but `taken`: nothing is taken out of the inbox a second time.
        "arrival": [(*row[:5], *row[6:]) for row in ledger["arrival"]],
    }


def lose_ledger(office: Office) -> None:
    for path in office.workspace.state.glob("ledger*"):
        path.unlink()


def lose_ledger_and_outbox(office: Office) -> None:
    lose_ledger(office)
    shutil.rmtree(office.workspace.outbox)


def lose_nothing(_: Office) -> None:
    """Rebuild for no reason."""


@pytest.mark.parametrize(
    "lose",
    [lose_ledger, lose_ledger_and_outbox, pytest.param(lose_nothing, marks=pytest.mark.slow)],
)
def test_a_rebuild_gives_every_byte_back(after: Office, lose: Callable[[Office], None]) -> None:
    before = settled(after)
    lose(after)
    said = after.says("rebuild", today=LATE)
    assert said.code == 0
    assert said.document == {
        "masters": [{"year": 2020, "path": "outbox/master/IKU-IKI-2020.xlsx", "waiting": None}]
    }
    assert settled(after) == before
    assert codes(after) == []


def test_the_round_left_what_it_should(after: Office) -> None:
    status = after.says("status", "--year", "2020", today=LATE).rows("units")
    found = {
        (u["unit"], u["period"]): (u["status"], u["revision"]) for u in status if u["unit"] in UNITS
    }
    assert found[PASAR, "TW1"] == ("diterima", 2)
    # The return on the older issue came last and was refused: the newer issue counts.
    assert found[PASAR, "TW2"] == ("diterima", 1)
    assert found[RETRIBUSI, "TW1"] == ("diterima", 1)
    assert found[RETRIBUSI, "TW2"] == ("belum", None)


def test_a_rebuild_judges_by_the_register_of_the_day(after: Office) -> None:
    # Closing a period later does not undo what was accepted while it was open.
    before = {k: v for k, v in settled(after).items() if k in ("value", "arrival")}
    register = after.workspace.register
    book = openpyxl.load_workbook(register)
    sheet = book["Pengaturan"]
    row = next(r for r in sheet.iter_rows() if r[0].value == "periode_ditutup")
    row[1].value = "2020-TW1"
    book.save(register)
    assert after.says("rebuild", today=LATE).code == 0
    assert {k: v for k, v in settled(after).items() if k in ("value", "arrival")} == before


def no_journal(office: Office) -> None:
    (office.workspace.archive / "jurnal.jsonl").unlink()


def a_byte_of_the_journal(office: Office) -> None:
    path = office.workspace.archive / "jurnal.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"arrived"', b'"arrived', 1))


def a_form_less(office: Office) -> None:
    path = office.workspace.archive / "jurnal.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    first = next(line for line in lines if b'"issued"' in line)
    path.write_bytes(b"".join(line for line in lines if line != first))


@pytest.mark.parametrize("lose", [no_journal, a_byte_of_the_journal, a_line_less, a_form_less])
def test_a_rebuild_from_a_journal_that_knows_less_than_the_ledger_is_refused(
    after: Office, lose: Callable[[Office], None]
) -> None:
    lose(after)
    before, outbox = after.ledger(), tree(after.root / "outbox")
    said = after.says("rebuild", today=LATE)
    assert (said.code, said.out) == (2, "")
    assert "Pulihkan jurnal dari cadangan" in said.err
    assert (after.ledger(), tree(after.root / "outbox")) == (before, outbox)


def test_a_ledger_that_cannot_be_read_asks_nothing_of_the_journal(after: Office) -> None:
    before = settled(after)
    after.workspace.ledger.write_bytes(b"bukan ledger" * 1000)
    assert after.says("rebuild", today=LATE).code == 0
    assert settled(after) == before


def test_a_rebuild_from_an_original_that_has_changed_is_refused(after: Office) -> None:
    before, outbox = after.ledger(), tree(after.root / "outbox")
    flip(an_original(after))
    said = after.says("rebuild", today=LATE)
    assert (said.code, said.out) == (2, "")
    assert "isinya berubah. Pulihkan dari cadangan" in said.err
    assert (after.ledger(), tree(after.root / "outbox")) == (before, outbox)


def test_an_original_that_has_changed_is_mended_by_the_same_file(after: Office) -> None:
    sound = an_original(after).read_bytes()
    flip(an_original(after))
    after.drop(PASAR, sound, name="lagi.xlsx")
    said = after.says("ingest", today=LATE)
    assert [row["status"] for row in said.rows("arrivals")] == ["duplicate"]
    assert after.inbox() == []
    assert an_original(after).read_bytes() == sound
    assert codes(after) == []


def test_an_emptied_ledger_is_no_new_one(after: Office) -> None:
    after.workspace.ledger.write_bytes(b"")
    for beside in after.workspace.state.glob("ledger.sqlite-*"):
        beside.unlink()
    said = after.says("ingest", today=LATE)
    assert (said.code, said.out) == (2, "")
    assert "tidak ada, padahal arsip sudah berisi catatan" in said.err


def test_a_rebuild_that_lacks_an_original_says_so_and_leaves_the_ledger(after: Office) -> None:
    before = after.ledger()
    an_original(after).unlink()
    said = after.says("rebuild", today=LATE)
    assert (said.code, said.out) == (2, "")
    assert "Pulihkan dari cadangan" in said.err
    assert after.ledger() == before
    assert not list(after.workspace.state.glob("ledger.baru*"))


def test_a_rebuild_leaves_the_inbox_alone(after: Office) -> None:
    original = an_original(after).read_bytes()
    after.drop(PASAR, original, name="dikirim lagi.xlsx")
    assert after.says("rebuild", today=LATE).code == 0
    assert after.inbox() == ["kabid-pasar/dikirim lagi.xlsx"]
    (arrival,) = after.says("ingest", today=LATE).rows("arrivals")
    assert arrival["status"] == "duplicate"


def test_a_register_broken_meanwhile_stops_the_rebuild_before_it_begins(after: Office) -> None:
    before = after.ledger()
    after.workspace.register.write_bytes(edited.typed({"Indikator!A3": "iku-dinas/01"}))
    assert after.says("rebuild", today=LATE).code == 2
    assert after.ledger() == before
