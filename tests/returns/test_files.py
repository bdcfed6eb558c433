"""Send files that are no workbook, or one that nobody should open."""

from __future__ import annotations

import io
import zipfile

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from tests.reader.workbooks import edited, parts_of, zipped
from tests.returns.cases import TRAINING
from tests.returns.desk import Desk, found
from workbook_tools.pipeline.arrival import Outcome
from workbook_tools.problems.catalogue import describe
from workbook_tools.problems.problem import Severity

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACROS = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
LINK = (
    b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'relationships/externalLinkPath" Target="file:///lain.xlsx" TargetMode="External"/>'
)


def sentence(outcome: Outcome) -> str:
    """Give everything that is said of a return."""
    return " ".join(describe(p).text for p in outcome.problems)


def words(data: bytes) -> bytes:
    """Turn a workbook's package into that of a Word document."""
    return edited(
        data, "[Content_Types].xml", lambda part: part.replace(SHEET.encode(), WORD.encode())
    )


def filled(desk: Desk) -> bytes:
    return desk.form(TRAINING, 1).filled()


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("formulir.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF"),
        ("formulir.xls", b"<html><body><table><tr><td>36</td></tr></table></body></html>", "HTML"),
        ("formulir.xlsx", b"No;Isian\r\n1;36\r\n2;86\r\n", "teks CSV"),
        ("foto.png", PNG, "gambar"),
        ("isian.xlsx", zipped({"catatan.txt": b"36"}), "arsip ZIP"),
        (
            "surat.docx",
            zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<d/>"}),
            "dokumen Word",
        ),
    ],
)
def test_b01_a_file_that_is_no_workbook_is_told_what_it_is(
    desk: Desk, name: str, data: bytes, kind: str
) -> None:
    outcome = desk.send(TRAINING, data, name=name)

    assert outcome.status == "rejected"
    assert found(outcome) == [("B01", None)]
    assert kind in sentence(outcome)
    assert outcome.note is not None
    assert outcome.note.endswith(".txt"), "there is no form to give back"
    assert outcome.note.startswith(f"outbox/{TRAINING}/ditolak/")


def test_b01_a_word_document_is_told_so(desk: Desk) -> None:
    outcome = desk.send(TRAINING, words(filled(desk)), name="formulir.docx")

    assert outcome.status == "rejected"
    assert found(outcome) == [("B01", None)]
    assert "dokumen Word" in sentence(outcome)


def test_b02_a_form_with_a_password_is_told_how_to_take_it_off(desk: Desk) -> None:
    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(filled(desk))).encrypt("rahasia", locked)  # type: ignore[no-untyped-call]

    outcome = desk.send(TRAINING, locked.getvalue())

    assert outcome.status == "rejected"
    assert found(outcome) == [("B02", None)]
    assert "hapus sandinya" in sentence(outcome)


@pytest.mark.parametrize("name", ["~$kiriman.xlsx", ".~lock.kiriman.xlsx#", "kiriman.xlsx.part"])
def test_b03_an_owner_or_temporary_file_is_left_alone(desk: Desk, name: str) -> None:
    outcome = desk.send(TRAINING, b"Siti", name=name)

    assert outcome.status == "ignored"
    assert found(outcome) == [("B03", None)]
    assert (desk.workspace.inbox / TRAINING / name).exists()


def test_b04_an_empty_file_is_looked_at_again(desk: Desk) -> None:
    outcome = desk.send(TRAINING, b"")

    assert outcome.status == "ignored"
    assert found(outcome) == [("B04", None)]
    assert (desk.workspace.inbox / TRAINING / "kiriman.xlsx").exists()


def test_b05_a_giant_file_is_kept_and_refused(desk: Desk) -> None:
    outcome = desk.send(TRAINING, b"PK\x03\x04" + bytes(25_000_001))

    assert outcome.status == "rejected"
    assert found(outcome) == [("B05", None)]
    assert "ukuran berkas (paling besar 25 MB)" in sentence(outcome)
    assert outcome.sha256 is not None
    assert desk.workspace.archive.joinpath("berkas", outcome.sha256[:2], outcome.sha256).exists()


def test_b05_a_form_that_inflates_without_end_is_refused(desk: Desk) -> None:
    parts = parts_of(filled(desk))
    bomb = zipped({**parts, "xl/sharedStrings.xml": b" " * 101_000_000})

    outcome = desk.send(TRAINING, bomb)

    assert outcome.status == "rejected"
    assert found(outcome) == [("B05", None)]


def test_b06_macros_are_refused(desk: Desk) -> None:
    data = edited(
        filled(desk),
        "[Content_Types].xml",
        lambda part: part.replace(SHEET.encode(), MACROS.encode()),
    )

    outcome = desk.send(TRAINING, data, name="kiriman.xlsm")

    assert outcome.status == "rejected"
    assert found(outcome) == [("B06", None)]
    assert "makro" in sentence(outcome)


def test_b06_a_link_to_another_workbook_is_refused(desk: Desk) -> None:
    data = edited(
        filled(desk),
        "xl/_rels/workbook.xml.rels",
        lambda part: part.replace(b"</Relationships>", LINK + b"</Relationships>"),
    )

    outcome = desk.send(TRAINING, data)

    assert outcome.status == "rejected"
    assert found(outcome) == [("B06", None)]
    assert "tautan" in sentence(outcome)


def test_b07_a_form_cut_short_is_damaged(desk: Desk) -> None:
    data = filled(desk)

    outcome = desk.send(TRAINING, data[: len(data) // 2])

    assert outcome.status == "rejected"
    assert found(outcome) == [("B07", None)]
    assert "simpan ulang" in sentence(outcome)


def test_b07_one_changed_byte_is_found(desk: Desk) -> None:
    data = bytearray(filled(desk))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.getinfo("xl/worksheets/sheet1.xml")
    data[sheet.header_offset + 30 + len(sheet.filename) + sheet.compress_size // 2] ^= 0x10

    outcome = desk.send(TRAINING, bytes(data))

    assert outcome.status == "rejected"
    assert found(outcome) == [("B07", None)]
    assert "sheet1.xml" in sentence(outcome)


def test_b08_another_program_is_named_and_the_return_accepted(desk: Desk) -> None:
    data = edited(
        filled(desk),
        "docProps/app.xml",
        lambda part: part.replace(b"Microsoft Excel", b"WPS Spreadsheets"),
    )

    outcome = desk.send(TRAINING, data)

    assert outcome.status == "accepted"
    assert found(outcome) == [("B08", None)]
    assert outcome.problems[0].severity is Severity.INFO
    assert "WPS Spreadsheets" in sentence(outcome)


def test_a_sound_form_is_accepted_without_a_word(desk: Desk) -> None:
    outcome = desk.send(TRAINING, filled(desk))

    assert outcome.status == "accepted"
    assert outcome.problems == ()
    assert not (desk.workspace.inbox / TRAINING / "kiriman.xlsx").exists()
