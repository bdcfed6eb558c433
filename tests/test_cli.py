"""Hold the command line to the Contract: exit codes, JSON keys, sentences instead of tracebacks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from tests.registry import edited
from tests.shell import LATER, NIAGA, PASAR, RETRIBUSI, TODAY, Office, Said, call, tree
from workbook_tools.form.parse import ParsedForm
from workbook_tools.reader.worker import ReaderFault
from workbook_tools.validation.schema import typed_frame

ARRIVAL_KEYS = {
    "file",
    "sha256",
    "unit",
    "year",
    "period",
    "revision",
    "status",
    "problems",
    "note",
    "receipt",
}
NO_WINDOWS = pytest.mark.skipif(os.name == "nt", reason="Windows allows no such name")
PROBLEM_KEYS = {
    "code",
    "severity",
    "sheet",
    "cell",
    "indicator",
    "found",
    "expected",
    "message",
}


def is_a_sentence(said: Said, *words: str) -> bool:
    """Tell whether a refusal speaks in a sentence and keeps standard output clean."""
    return (
        said.code == 2
        and said.out == ""
        and "Traceback" not in said.err
        and said.err.strip().endswith((".", "?", "'"))
        and all(word in said.err for word in words)
    )


# init


def test_init_makes_a_workspace_and_names_its_register(tmp_path: Path) -> None:
    said = call("--workspace", str(tmp_path), "--json", "init")
    assert said.code == 0
    assert said.document == {
        "workspace": str(tmp_path),
        "register": "templates/registri.xlsx",
    }
    assert (tmp_path / "workbook_tools.toml").is_file()
    assert (tmp_path / "inbox" / "kabid-pasar").is_dir()
    assert (tmp_path / "outbox").is_dir()


def test_init_with_a_folder_makes_it_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    said = call("init", "kantor baru")
    assert said.code == 0
    assert str(tmp_path / "kantor baru") in said.out
    assert (tmp_path / "kantor baru" / "templates" / "registri.xlsx").is_file()


def test_init_leaves_what_already_stands_there(office: Office) -> None:
    register = office.workspace.register
    register.write_bytes(b"milik kantor")
    before = tree(office.root / ".state")
    assert office.says("init").code == 0
    assert register.read_bytes() == b"milik kantor"
    assert tree(office.root / ".state") == before


def test_init_on_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("x")
    assert is_a_sentence(call("init", str(tmp_path / "berkas")), "tidak dapat ditulis")


# check


def test_check_of_the_lampung_barat_register_finds_it_usable(office: Office) -> None:
    said = office.says("check")
    assert said.code == 0
    findings = said.rows("findings")
    keys = {"code", "severity", "sheet", "cell", "indicator", "year", "message"}
    assert {frozenset(f) for f in findings} == {frozenset(keys)}
    assert {f["severity"] for f in findings} <= {"error", "warning", "info"}


def spoil(office: Office) -> None:
    """Give an indicator and a position an id that another one has."""
    office.workspace.register.write_bytes(spoiled())


@cache
def spoiled() -> bytes:
    """Give the register with an id doubled on two sheets."""
    return edited.typed({"Indikator!A3": "iku-dinas/01", "Jabatan!A5": "sekretaris"})


def test_check_of_a_broken_register_lists_every_broken_cell(office: Office) -> None:
    spoil(office)
    said = office.says("check")
    assert said.code == 1
    findings = said.rows("findings")
    places = {f"{f['sheet']}!{f['cell']}" for f in findings}
    assert places >= {"Indikator!A3", "Jabatan!A5"}
    assert all(f["message"] for f in findings)
    assert {f["severity"] for f in findings} == {"error"}


@pytest.mark.parametrize(
    "command",
    [
        ("issue", "--year", "2020", "--period", "TW1"),
        ("ingest",),
        ("watch",),
        ("watch", "--once"),
        ("consolidate", "--year", "2020"),
        ("status",),
        ("verify",),
        ("rebuild",),
    ],
)
def test_every_command_refuses_a_broken_register_cell_by_cell(
    office: Office, command: tuple[str, ...]
) -> None:
    spoil(office)
    said = office.says(*command)
    assert said.code == 2
    assert said.out == ""
    assert said.err.startswith("Registri belum dapat dipakai:\n- ")
    assert "- Jabatan!" in said.err
    assert "- Indikator!" in said.err


@pytest.mark.parametrize("data", [b"", b"bukan buku kerja", b"PK\x03\x04rusak"])
def test_a_register_that_is_no_workbook_is_refused(office: Office, data: bytes) -> None:
    office.workspace.register.write_bytes(data)
    assert office.says("check").code == 1
    assert is_a_sentence(office.says("status"), "Registri belum dapat dipakai")


def test_a_missing_register_is_refused(office: Office) -> None:
    office.workspace.register.unlink()
    assert is_a_sentence(office.says("status"), "registri.xlsx", "init")


# issue


def test_issue_names_every_input_and_text_with_its_cell(office: Office) -> None:
    said = office.says("issue", "--year", "2020", "--period", "TW3", "--unit", PASAR)
    assert said.code == 0
    (form,) = said.rows("forms")
    path = "outbox/kabid-pasar/formulir/IKI_kabid-pasar_2020-TW3.xlsx"
    assert {k: form[k] for k in ("unit", "year", "period", "issue", "path")} == {
        "unit": PASAR,
        "year": 2020,
        "period": "TW3",
        "issue": 1,
        "path": path,
    }
    assert form["inputs"] == [
        {
            "indicator": "kabid-pasar/01",
            "key": "a",
            "sheet": "Isian",
            "cell": "H8",
            "unit_of_measure": "pasar",
            "required": False,
        }
    ]
    texts = form["texts"]
    assert isinstance(texts, list)
    assert [(t["field"], t["cell"]) for t in texts] == [
        ("penghambat", "L8"),
        ("pendorong", "M8"),
        ("tindak_lanjut", "N8"),
        ("bukti", "O8"),
        ("keterangan", "P8"),
    ]
    assert (office.root / path).is_file()


def test_issue_without_units_gives_every_form_of_the_triwulan(office: Office) -> None:
    said = office.says("issue", "--year", "2021", "--period", "tw1", today="2021-04-01")
    forms = said.rows("forms")
    assert said.code == 0
    assert len(forms) == 21
    assert sum(len(f["inputs"]) for f in forms if isinstance(f["inputs"], list)) == 78
    assert forms[0]["path"] == "outbox/iku-dinas/formulir/IKU_iku-dinas_2021-TW1.xlsx"
    assert not (office.root / "outbox" / "kepala-dinas").exists()


def test_issuing_again_keeps_number_and_bytes_where_nothing_changed(office: Office) -> None:
    before, ledger = office.form(PASAR), office.ledger()
    (form,) = office.says(
        "issue", "--year", "2020", "--period", "TW1", "--unit", PASAR, today="2020-05-01"
    ).rows("forms")
    assert form["issue"] == 1
    assert office.form(PASAR) == before
    assert office.ledger() == ledger


def test_a_form_that_would_show_other_figures_is_a_new_issue(office: Office) -> None:
    office.drop(PASAR, office.filled(PASAR))
    assert office.says("ingest").code == 0
    (form,) = office.says("issue", "--year", "2020", "--period", "TW2", "--unit", PASAR).rows(
        "forms"
    )
    assert form["issue"] == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("issue", "--year", "1999", "--period", "TW1"), ("1999", "2018-2022")),
        (("issue", "--year", "2020", "--period", "TW5"), ("TW5", "TW4")),
        (("issue", "--year", "dua", "--period", "TW1"), ("dua",)),
        (("issue", "--period", "TW1"), ("--year",)),
        (("issue", "--year", "2020", "--period", "TW1", "--unit", "x"), ("x", "Jabatan")),
        (
            ("issue", "--year", "2020", "--period", "TW1", "--unit", "kepala-dinas"),
            ("kepala-dinas", "iku-dinas"),
        ),
        (
            ("issue", "--year", "2020", "--period", "TW1", "--unit", "kabid-industri"),
            ("kabid-industri", "tidak mempunyai indikator"),
        ),
        (("consolidate", "--year", "1999"), ("1999", "2018-2022")),
        (("status", "--year", "99999"), ("99999", "2018-2022")),
        (("status", "--year", "0", "--period", "TW1"), ("2018-2022",)),
        (("status", "--period", "TW9"), ("TW9",)),
        (("ingest", "tidak-ada.xlsx"), ("tidak-ada.xlsx",)),
        (("ingest", "."), ("'.'",)),
        (("kirim",), ("kirim",)),
        (("status", "--semua"), ("--semua",)),
    ],
)
def test_what_does_not_exist_is_refused_in_a_sentence(
    office: Office, arguments: tuple[str, ...], words: tuple[str, ...]
) -> None:
    assert is_a_sentence(office.says(*arguments), *words)


def test_a_day_that_is_no_day_is_refused(office: Office) -> None:
    assert is_a_sentence(office.says("status", today="2020-13-01"), "2020-13-01")


# ingest


def test_ingest_of_the_inbox_reports_each_file_and_takes_it_away(office: Office) -> None:
    office.drop(PASAR, office.filled(PASAR), name="a.xlsx")
    office.drop(RETRIBUSI, office.filled(RETRIBUSI, {"H8": "abc"}), name="b.xlsx")
    office.drop(RETRIBUSI, b"", name="c.xlsx")
    said = office.says("ingest")
    assert said.code == 1
    accepted, rejected, ignored = said.rows("arrivals")
    for arrival in (accepted, rejected, ignored):
        assert arrival.keys() >= ARRIVAL_KEYS
        problems = arrival["problems"]
        assert isinstance(problems, list)
        assert all(problem.keys() == PROBLEM_KEYS for problem in problems)
    assert (accepted["file"], accepted["status"]) == ("inbox/kabid-pasar/a.xlsx", "accepted")
    assert (accepted["unit"], accepted["year"], accepted["period"], accepted["revision"]) == (
        PASAR,
        2020,
        "TW1",
        1,
    )
    assert accepted["receipt"] == (
        "outbox/kabid-pasar/tanda-terima/TANDA-TERIMA_IKI_kabid-pasar_2020-TW1_r1.txt"
    )
    assert accepted["note"] is None
    assert (rejected["status"], rejected["revision"], rejected["receipt"]) == (
        "rejected",
        None,
        None,
    )
    assert rejected["note"] == (
        "outbox/kasi-pendataan-retribusi/ditolak/"
        "PERBAIKAN_IKI_kasi-pendataan-retribusi_2020-TW1_0002.xlsx"
    )
    assert ignored["status"] == "ignored"
    assert office.inbox() == ["kasi-pendataan-retribusi/c.xlsx"]
    for path in (accepted["receipt"], rejected["note"], rejected["note_text"]):
        assert (office.root / str(path)).is_file()
    assert office.master().is_file()


def test_ingest_of_an_empty_inbox_is_no_failure(office: Office) -> None:
    said = office.says("ingest")
    assert (said.code, said.document) == (0, {"arrivals": [], "masters": []})
    assert "Tidak ada berkas baru" in office.tells("ingest").out


def test_ingest_of_a_named_file_leaves_it_where_it_is(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "dari surel (1).xlsx"
    data = office.filled(PASAR)
    path.write_bytes(data)
    said = office.says("ingest", str(path))
    (arrival,) = said.rows("arrivals")
    assert (said.code, arrival["status"], arrival["file"]) == (0, "accepted", str(path))
    assert path.read_bytes() == data


def test_a_file_named_inside_the_inbox_stays_too(office: Office) -> None:
    path = office.drop(PASAR, office.filled(PASAR))
    (arrival,) = office.says("ingest", str(path)).rows("arrivals")
    assert (arrival["status"], arrival["file"]) == ("accepted", "inbox/kabid-pasar/kiriman.xlsx")
    assert office.inbox() == ["kabid-pasar/kiriman.xlsx"]


def test_a_named_link_or_device_is_not_followed(office: Office, tmp_path: Path) -> None:
    (tmp_path / "asli.xlsx").write_bytes(office.filled(PASAR))
    link, pipe = tmp_path / "pintasan.xlsx", tmp_path / "pipa.xlsx"
    link.symlink_to(tmp_path / "asli.xlsx")
    os.mkfifo(pipe)
    said = office.says("ingest", str(link), str(pipe))
    assert said.code == 1
    for arrival, why in zip(said.rows("arrivals"), ("tautan", "bukan berkas biasa"), strict=True):
        assert arrival["status"] == "ignored"
        assert why in str(arrival["problems"])
    assert office.ledger()["arrival"] == []


def test_the_same_file_again_is_a_duplicate_and_no_failure(office: Office) -> None:
    data = office.filled(PASAR)
    office.drop(PASAR, data, name="a.xlsx")
    office.drop(PASAR, data, name="b.xlsx")
    said = office.says("ingest")
    first, second = said.rows("arrivals")
    assert (said.code, first["status"], second["status"]) == (0, "accepted", "duplicate")
    assert (second["revision"], second["receipt"]) == (1, first["receipt"])
    assert office.inbox() == []


def test_a_fault_of_the_program_is_exit_3_and_keeps_the_file(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ReaderFault("rekaan")

    monkeypatch.setattr("workbook_tools.pipeline.session.Session.read", broken)
    office.drop(PASAR, office.filled(PASAR))
    said = office.says("ingest")
    (arrival,) = said.rows("arrivals")
    problems = arrival["problems"]
    assert isinstance(problems, list)
    assert (said.code, arrival["status"], [p["code"] for p in problems]) == (3, "fault", ["G01"])
    assert office.inbox() == ["kabid-pasar/kiriman.xlsx"]


def test_after_the_fault_is_mended_the_kept_file_is_judged(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ReaderFault("rekaan")

    office.drop(PASAR, office.filled(PASAR))
    with monkeypatch.context() as patched:
        patched.setattr("workbook_tools.pipeline.session.Session.read", broken)
        assert office.says("ingest").code == 3
    said = office.says("ingest")
    assert [a["status"] for a in said.rows("arrivals")] == ["accepted"]
    assert office.inbox() == []


def test_a_schema_that_breaks_on_one_return_does_not_stop_the_others(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(forms: Mapping[str, ParsedForm]) -> object:
        if "1" in forms:
            raise RuntimeError("rekaan")
        return typed_frame(forms)

    monkeypatch.setattr("workbook_tools.validation.schema.typed_frame", broken)
    office.drop(NIAGA, office.filled(NIAGA), name="a.xlsx")
    office.drop(PASAR, office.filled(PASAR), name="b.xlsx")
    said = office.says("ingest")
    assert said.code == 3
    statuses = {a["unit"]: a["status"] for a in said.rows("arrivals")}
    assert statuses == {None: "fault", PASAR: "accepted"}


# watch, consolidate, status


def test_watch_once_looks_one_time_and_ends_well_whatever_it_found(office: Office) -> None:
    office.drop(PASAR, b"bukan buku kerja")
    said = office.says("watch", "--once")
    assert said.code == 0
    assert [a["status"] for a in said.rows("arrivals")] == ["rejected"]
    assert office.inbox() == []


def test_consolidate_writes_the_master_of_the_year(office: Office) -> None:
    said = office.says("consolidate", "--year", "2021")
    assert said.code == 0
    assert said.document == {
        "masters": [{"year": 2021, "path": "outbox/master/IKU-IKI-2021.xlsx", "waiting": None}]
    }
    assert office.master(2021).is_file()


def test_status_gives_every_reporting_unit_of_each_issued_triwulan(office: Office) -> None:
    office.drop(PASAR, office.filled(PASAR))
    office.drop(RETRIBUSI, office.filled(RETRIBUSI, {"H8": "abc"}))
    office.says("ingest")
    said = office.says("status", "--year", "2020", "--period", "TW1", today="2020-04-08")
    assert said.code == 0
    units = {str(u["unit"]): u for u in said.rows("units")}
    assert len(units) == 22
    assert units[PASAR] == {
        "unit": PASAR,
        "name": office.registry.position(PASAR).label,  # type: ignore[union-attr] # it exists
        "year": 2020,
        "period": "TW1",
        "status": "diterima",
        "received_at": "2020-04-03T09:00:00+07:00",
        "revision": 1,
        "late_days": 0,
        "errors": 0,
        "warnings": units[PASAR]["warnings"],
    }
    assert (units[RETRIBUSI]["status"], units[RETRIBUSI]["errors"]) == ("ditolak", 1)
    assert (units[NIAGA]["status"], units[NIAGA]["late_days"]) == ("belum", 3)
    assert units["kepala-dinas"]["status"] == "belum"
    assert len(office.says("status").rows("units")) == 44


def test_a_later_rejection_leaves_the_accepted_return_standing(office: Office) -> None:
    office.drop(PASAR, office.filled(PASAR))
    office.says("ingest")
    office.drop(PASAR, office.filled(PASAR, {"H8": "abc"}))
    assert office.says("ingest").code == 1
    units = {u["unit"]: u for u in office.says("status", "--period", "TW1").rows("units")}
    assert (units[PASAR]["status"], units[PASAR]["revision"]) == ("diterima", 1)


# settings and places


@pytest.mark.parametrize(
    "command",
    ["check", "ingest", "watch", "status", "verify", "rebuild"],
)
def test_a_folder_that_is_no_workspace_is_refused(tmp_path: Path, command: str) -> None:
    said = call("--workspace", str(tmp_path), "--json", command)
    assert is_a_sentence(said, "bukan ruang kerja", "init", "--workspace")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_missing_is_refused(tmp_path: Path) -> None:
    said = call("--workspace", str(tmp_path / "tidak ada"), "status")
    assert is_a_sentence(said, "tidak ada.")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"state = ", ("TOML",)),
        (b"warna = 1", ("warna", "scan_seconds")),
        (b"scan_seconds = 0", ("scan_seconds",)),
        (b"scan_seconds = nan", ("scan_seconds",)),
        (b"settle_seconds = 'lama'", ("settle_seconds",)),
        (b"notice = '\xe9'", ("UTF-8",)),
        (b"state = '//server/berbagi/catatan'", ("jaringan", "state")),
        (b"state = '\\\\server\\berbagi'", ("jaringan", "state")),
        (b"state = ''", ("state",)),
    ],
)
def test_settings_that_cannot_hold_are_refused(
    office: Office, text: bytes, words: tuple[str, ...]
) -> None:
    (office.root / "workbook_tools.toml").write_bytes(text)
    before = tree(office.root)
    assert is_a_sentence(office.says("status"), *words)
    assert tree(office.root) == before


def test_settings_that_a_windows_editor_saved_with_a_mark_are_read(office: Office) -> None:
    (office.root / "workbook_tools.toml").write_bytes(b"\xef\xbb\xbfscan_seconds = 3\r\n")
    assert office.says("status").code == 0


def test_a_state_folder_that_is_a_file_is_refused(office: Office) -> None:
    (office.root / "catatan").write_text("x")
    (office.root / "workbook_tools.toml").write_text('state = "catatan"')
    assert is_a_sentence(office.says("status"), "catatan", "Catatan program untuk ruang kerja")


def test_a_broken_key_is_refused(office: Office) -> None:
    (office.root / ".state" / "kunci").write_text("bukan kunci")
    assert is_a_sentence(office.says("status"), "Kunci", "cadangan")


def test_a_key_that_is_lost_is_not_made_anew(office: Office) -> None:
    (office.root / ".state" / "kunci").unlink()
    for command in ("ingest", "rebuild"):
        assert is_a_sentence(office.says(command), "Kunci", "cadangan")
    assert not (office.root / ".state" / "kunci").exists()


def test_an_outbox_that_cannot_be_written_is_said_and_nothing_is_lost(office: Office) -> None:
    filled = office.filled(PASAR)
    place = office.root / "outbox" / PASAR / "tanda-terima"
    place.write_text("sebuah berkas di tempat folder")
    office.drop(PASAR, filled)
    for status in ("accepted", "ignored"):
        said = office.says("ingest")
        assert (said.code, [a["status"] for a in said.rows("arrivals")]) == (2, [status])
        assert "tanda-terima" in said.err
        assert "tidak dapat ditulis" in said.err
    assert office.inbox() == ["kabid-pasar/kiriman.xlsx"]
    assert len(office.ledger()["arrival"]) == 1
    place.unlink()
    assert office.says("ingest").code == 0
    assert office.inbox() == []
    assert len(office.ledger()["arrival"]) == 1
    assert len(tree(place)) == 1
    assert office.says("verify").code == 0


def test_an_inbox_that_is_gone_is_said(office: Office) -> None:
    (office.root / "inbox").rename(office.root / "inbox lama")
    assert is_a_sentence(office.says("ingest"), "inbox", "tidak terjangkau")


def test_a_workspace_whose_ledger_is_lost_asks_for_rebuild(office: Office) -> None:
    office.drop(PASAR, office.filled(PASAR))
    (office.root / ".state" / "ledger.sqlite").unlink()
    assert is_a_sentence(office.says("ingest"), "rebuild")
    assert office.inbox() == ["kabid-pasar/kiriman.xlsx"]
    assert office.says("rebuild").code == 0
    assert office.says("ingest").code == 0


def test_a_workspace_whose_ledger_is_no_database_asks_for_rebuild(office: Office) -> None:
    (office.root / ".state" / "ledger.sqlite").write_bytes(b"rusak" * 1000)
    assert is_a_sentence(office.says("ingest"), "rebuild")
    assert office.says("rebuild").code == 0
    assert office.says("verify").code == 0


# the program as a process


def process(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the program as people do."""
    return subprocess.run(
        [sys.executable, "-m", "workbook_tools", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def test_the_current_folder_is_the_workspace_and_stdout_holds_one_document(
    office: Office,
) -> None:
    office.drop(PASAR, office.filled(PASAR, {"H8": Decimal(3)}))
    ran = process("--json", "--today", TODAY, "ingest", cwd=office.root)
    assert ran.returncode == 0
    assert [a["status"] for a in json.loads(ran.stdout)["arrivals"]] == ["accepted"]


def test_a_refusal_of_the_process_is_exit_2_and_a_sentence(tmp_path: Path) -> None:
    ran = process("status", cwd=tmp_path)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "bukan ruang kerja" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_rejection_of_the_process_is_exit_1(office: Office) -> None:
    office.drop(PASAR, b"<html>")
    ran = process("--today", LATER, "ingest", cwd=office.root)
    assert ran.returncode == 1
    assert ran.stdout.startswith("DITOLAK  inbox/kabid-pasar/kiriman.xlsx\n    B01")
    assert ran.stderr == ""


def test_help_of_every_command_is_indonesian() -> None:
    for command in (
        (),
        ("init",),
        ("check",),
        ("issue",),
        ("ingest",),
        ("watch",),
        ("consolidate",),
        ("status",),
        ("verify",),
        ("rebuild",),
        ("demo",),
    ):
        said = call(*command, "--help")
        assert said.code == 0
        assert said.out.startswith("Pemakaian:")
        assert "Show this message" not in said.out


@pytest.mark.parametrize(
    "name",
    ["Laporan%20TW1", "a&b;c#1", pytest.param("siapa?", marks=NO_WINDOWS), "ruang=1+1 (2)"],
)
def test_a_folder_may_have_any_name(office: Office, tmp_path: Path, name: str) -> None:
    moved = office.copied(tmp_path / name / "ruang")
    moved.drop(PASAR, moved.filled(PASAR))
    assert moved.says("ingest").code == 0
    assert moved.says("rebuild").code == 0
    assert moved.says("verify").document["findings"] == []
    assert [path.name for path in tmp_path.joinpath(name).iterdir()] == ["ruang"]


NESTED = b"[" * 200_000


@pytest.mark.parametrize("found", [NESTED, b'{"inbox/x/a.xlsx": "2021-01-04T09:00:00"}', b"\xff"])
@pytest.mark.parametrize("name", ["induk.json", "terlihat.json", "pemantau.json", "cetak.json"])
def test_no_record_beside_the_ledger_keeps_anybody_from_work(
    office: Office, name: str, found: bytes
) -> None:
    (office.root / ".state" / name).write_bytes(found)
    office.drop(PASAR, office.filled(PASAR), name="a.xlsx")
    said = office.says("ingest")
    assert (said.code, said.err) == (0, "")


def test_a_time_without_a_zone_is_no_sighting(office: Office) -> None:
    told = {"inbox/kabid-pasar/a.xlsx": "2021-01-04T09:00:00"}
    (office.root / ".state" / "terlihat.json").write_text(json.dumps(told), "utf-8")
    office.drop(PASAR, b"", name="a.xlsx")
    assert office.says("ingest").code == 0


def test_a_command_without_a_standard_error_works(office: Office) -> None:
    office.drop(PASAR, office.filled(PASAR))
    command = [sys.executable, "-m", "workbook_tools", "--workspace", str(office.root), "ingest"]
    script = "import os, sys; os.close(2); os.execv(sys.argv[1], sys.argv[1:])"
    ended = subprocess.run([sys.executable, "-c", script, *command], check=False)
    assert ended.returncode == 0
    assert office.inbox() == []


def test_the_list_of_commands_tells_each_sentence_whole() -> None:
    said = call("--help")
    assert said.code == 0
    assert "..." not in said.out.partition("Perintah:")[2]


def test_a_day_that_is_none_is_told_with_how_to_write_one(office: Office) -> None:
    said = office.says("status", today="kemarin")
    assert (said.code, said.out) == (2, "")
    assert "“kemarin” bukan tanggal. Tulis seperti 2020-04-03." in said.err


def test_a_command_that_is_stopped_says_that_nothing_is_lost(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    office.drop(PASAR, office.filled(PASAR))
    with monkeypatch.context() as patched:
        patched.setattr("workbook_tools.pipeline.ingest.settle", stopped)
        said = office.says("ingest")
    assert (said.code, said.out) == (130, "")
    assert said.err.strip() == (
        "Dihentikan sebelum selesai. Tidak ada yang hilang; jalankan lagi untuk melanjutkan."
    )
    assert [row["status"] for row in office.says("ingest").rows("arrivals")] == ["accepted"]


@pytest.mark.parametrize("is_here", [True, False])
def test_init_names_the_next_step_as_it_must_be_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_here: bool
) -> None:
    root = tmp_path / "ruang kerja"
    root.mkdir()
    if is_here:
        monkeypatch.chdir(root)
    said = call("init") if is_here else call("init", str(root))
    ours = "workbook-tools" if is_here else f'workbook-tools --workspace "{root}"'
    assert f"Langkah berikut: {ours} check, lalu {ours} issue" in said.out
