"""Say `report`, `export` and `pdf` on the command line: files, answers, and what is never lost."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import docx
import pytest

from tests.missing import without
from tests.office import to_png
from tests.shell import LATER, PASAR, RETRIBUSI, Office, call
from tests.test_cli import is_a_sentence
from tests.test_pdf import only_posix, stand_in

FORMATS = ("csv", "json", "parquet")


@pytest.fixture(scope="module")
def template_busy(template_office: Office, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Give an office with one accepted return and one rejected; only to be copied."""
    busy = template_office.copied(tmp_path_factory.mktemp("kantor") / "ruang kerja")
    busy.drop(PASAR, busy.filled(PASAR))
    busy.drop(RETRIBUSI, busy.filled(RETRIBUSI, {"H8": "abc"}))
    assert busy.says("ingest", today=LATER).code == 1
    return busy


@pytest.fixture
def busy(template_busy: Office, tmp_path: Path) -> Office:
    return template_busy.copied(tmp_path / "ruang kerja")


def report_of(office: Office) -> Path:
    return office.root / "outbox" / "laporan" / "LKjIP-Bab-III-2020.docx"


def test_report_writes_a_word_document_and_says_where(busy: Office) -> None:
    said = busy.says("report", "--year", "2020")
    assert said.code == 0
    assert said.document == {
        "year": 2020,
        "path": "outbox/laporan/LKjIP-Bab-III-2020.docx",
        "template": None,
        "kept": None,
        "waiting": None,
    }
    assert docx.Document(str(report_of(busy))).paragraphs[0].text == "AKUNTABILITAS KINERJA"


def test_the_same_data_give_the_same_report_and_no_second_one(busy: Office) -> None:
    busy.says("report", "--year", "2020")
    before = report_of(busy).read_bytes()
    assert busy.says("report", "--year", "2020", today="2021-01-09").code == 0
    assert report_of(busy).read_bytes() == before
    assert [p.name for p in report_of(busy).parent.iterdir()] == [report_of(busy).name]


def test_a_report_that_somebody_worked_on_is_never_replaced(busy: Office) -> None:
    busy.says("report", "--year", "2020")
    report_of(busy).write_bytes(b"sudah disunting")
    said = busy.says("report", "--year", "2020")
    assert report_of(busy).read_bytes() == b"sudah disunting"
    assert said.document["kept"] == "outbox/laporan/LKjIP-Bab-III-2020.docx"
    assert said.document["path"] == "outbox/laporan/LKjIP-Bab-III-2020 (2).docx"
    assert "sudah disunting orang" in busy.tells("report", "--year", "2020").out


def test_a_report_of_ours_that_nobody_touched_gives_way_to_a_newer_one(busy: Office) -> None:
    busy.says("report", "--year", "2020")
    before = report_of(busy).read_bytes()
    busy.drop(RETRIBUSI, busy.filled(RETRIBUSI))
    busy.says("ingest", today=LATER)
    assert busy.says("report", "--year", "2020").document["kept"] is None
    assert report_of(busy).read_bytes() != before


def test_init_brings_the_template_and_leaves_the_offices_own(tmp_path: Path) -> None:
    assert call("--workspace", str(tmp_path), "init").code == 0
    template = tmp_path / "templates" / "lkjip-bab-iii.docx"
    assert template.read_bytes().startswith(b"PK")
    template.write_bytes(b"milik kantor")
    assert call("--workspace", str(tmp_path), "init").code == 0
    assert template.read_bytes() == b"milik kantor"
    said = call("--workspace", str(tmp_path), "report", "--year", "2020")
    assert is_a_sentence(said, "templates/lkjip-bab-iii.docx", "bukan dokumen Word")


@pytest.mark.parametrize(
    "command",
    [("report",), ("export", "--format", "csv"), ("pdf",)],
)
def test_a_year_that_the_register_does_not_have_is_refused(
    office: Office, command: tuple[str, ...]
) -> None:
    assert is_a_sentence(office.says(*command, "--year", "1999"), "1999")


def test_a_missing_extra_is_a_sentence(busy: Office) -> None:
    with without("docxtpl", "pyarrow"):
        report = busy.says("report", "--year", "2020")
        export = busy.says("export", "--year", "2020", "--format", "parquet")
    assert is_a_sentence(report, "workbook-tools[report]")
    assert is_a_sentence(export, "workbook-tools[parquet]")


@pytest.mark.parametrize("form", FORMATS)
def test_export_writes_every_table_and_a_dictionary_of_them(busy: Office, form: str) -> None:
    said = busy.says("export", "--year", "2020", "--format", form)
    folder = f"outbox/ekspor/2020/{form}"
    assert said.code == 0
    assert said.document["folder"] == folder
    files = {str(f["table"]): f for f in said.rows("files")}
    assert [f["path"] for f in files.values()] == [
        f"{folder}/{name}.{form}" for name in ("data", "indikator", "isian", "catatan")
    ]
    assert files["data"]["rows"] == 70
    package = json.loads((busy.root / folder / "datapackage.json").read_text("utf-8"))
    assert {(busy.root / folder / r["path"]).is_file() for r in package["resources"]} == {True}


def test_export_writes_where_it_is_told(busy: Office, tmp_path: Path) -> None:
    out = tmp_path / "sistem lain"
    said = busy.says("export", "--year", "2020", "--format", "csv", "--out", str(out))
    assert said.document["folder"] == str(out)
    assert sorted(p.name for p in out.iterdir()) == [
        "catatan.csv",
        "data.csv",
        "datapackage.json",
        "indikator.csv",
        "isian.csv",
    ]


@pytest.fixture
def counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a stand-in for LibreOffice into PATH; its calls are counted in the file given."""
    program = stand_in(tmp_path / "bin", 'echo x >> "$0.kali"; printf "%%PDF-1" > "$out"')
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    return program.with_name("soffice.kali")


def calls(counter: Path) -> int:
    return len(counter.read_text().splitlines()) if counter.exists() else 0


@only_posix
def test_pdf_prints_the_master_and_the_notes_and_only_what_changed_again(
    busy: Office, counted: Path
) -> None:
    first = busy.says("pdf", "--year", "2020").rows("files")
    assert [(f["made"], f["trouble"]) for f in first] == [(True, None)] * 2
    assert [str(f["path"]).rpartition("/")[0] for f in first] == [
        "outbox/pdf",
        f"outbox/pdf/{RETRIBUSI}",
    ]
    assert calls(counted) == 2
    assert [f["made"] for f in busy.says("pdf", "--year", "2020").rows("files")] == [False] * 2
    assert calls(counted) == 2
    busy.drop(RETRIBUSI, busy.filled(RETRIBUSI))
    busy.says("ingest", today=LATER)
    again = busy.says("pdf", "--year", "2020").rows("files")
    assert [f["made"] for f in again] == [True, False]
    (busy.root / str(again[1]["path"])).unlink()
    assert [f["made"] for f in busy.says("pdf", "--year", "2020").rows("files")] == [False, True]


@only_posix
def test_pdf_says_which_file_failed_and_prints_the_others(
    busy: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = 'test -e "$0.dua" && printf "%%PDF-1" > "$out"; touch "$0.dua"'
    program = stand_in(tmp_path / "bin", body)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    said = busy.says("pdf", "--year", "2020")
    assert said.code == 2
    assert "outbox/master/IKU-IKI-2020.xlsx: LibreOffice selesai tanpa" in said.err
    assert [f["made"] for f in said.rows("files")] == [False, True]


def test_pdf_without_libreoffice_is_a_sentence(
    busy: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbook_tools.pdf.shutil.which", lambda _name: None)
    monkeypatch.setattr("workbook_tools.pdf._PLACES", {"linux": ()})
    assert is_a_sentence(busy.says("pdf", "--year", "2020"), "Pasang LibreOffice")


def test_pdf_with_nothing_to_print_says_what_to_do_first(office: Office) -> None:
    assert is_a_sentence(office.says("pdf", "--year", "2020"), "consolidate --year 2020")


def sizes(pdf: Path) -> set[str]:
    """Give the sizes of a PDF's pages, in points."""
    said = subprocess.run(
        ["pdfinfo", "-f", "1", "-l", "999", str(pdf)], check=True, capture_output=True, text=True
    ).stdout
    return {
        line.partition("size:")[2].split("pts")[0].strip()
        for line in said.splitlines()
        if line.startswith("Page ") and "size:" in line
    }


@pytest.mark.office
def test_libreoffice_prints_folio_pages_of_the_master_and_the_notes(busy: Office) -> None:
    said = busy.says("pdf", "--year", "2020")
    assert said.code == 0
    master, note = (busy.root / str(f["path"]) for f in said.rows("files"))
    assert sizes(master) == {"936 x 612"}
    assert note.read_bytes().startswith(b"%PDF-")


@pytest.mark.office
def test_the_report_prints_on_folio_with_numbered_headings_and_pages(
    busy: Office, tmp_path: Path
) -> None:
    busy.says("report", "--year", "2020")
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}",
            *("--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)),
            str(report_of(busy)),
        ],
        check=True,
        capture_output=True,
        timeout=110,
    )
    printed = tmp_path / "LKjIP-Bab-III-2020.pdf"
    assert sizes(printed) == {"612 x 936"}
    text = subprocess.run(
        ["pdftotext", "-layout", str(printed), "-"], check=True, capture_output=True, text=True
    ).stdout
    assert "BAB III AKUNTABILITAS KINERJA" in text
    assert "3.2.1 Sasaran Strategis 1: Meningkatnya Koperasi" in text
    assert "{{" not in text
    pages = len(to_png(printed, tmp_path / "gambar", dpi=20))
    assert all(f"Halaman {n} dari {pages}" in text for n in range(1, pages + 1))
