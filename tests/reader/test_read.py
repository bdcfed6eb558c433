"""Bytes become the same workbook or a problem, never different data and never an exception."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import office
from tests.reader.workbooks import Value, edited, parts_of, sound, table, verdicts, zipped
from workbook_tools.problems.problem import Severity
from workbook_tools.reader.raw import CellType, RawCell
from workbook_tools.reader.read import Limits, read_workbook

GOOD = table([["Jumlah koperasi aktif", 120], ["Persentase & sisa", 85.5], ["x" * 200, None]])
READ = sound(GOOD)
WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=20)
values = st.one_of(
    st.none(),
    st.booleans(),
    texts,
    st.floats(-1e9, 1e9).map(lambda number: round(number, 6)),  # writers keep 16 digits
    st.integers(-(10**14), 10**14),
)


def shown(value: object) -> str:
    """Write a value of openpyxl as a raw cell's text."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float | int):
        number = float(value)
        return str(int(number)) if number.is_integer() and abs(number) < 2**53 else repr(number)
    return str(value)


@given(st.lists(st.lists(values, max_size=6), max_size=6))
@settings(max_examples=60)
def test_what_openpyxl_reads_is_what_is_read(rows: list[list[Value]]) -> None:
    data = table(rows)
    page = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    theirs = {
        (cell.row, cell.column): shown(cell.value)
        for row in page.iter_rows()
        for cell in row
        if cell.value not in (None, "")
    }
    ours = {at: cell.text for at, cell in sound(data).sheets[0].cells.items()}
    assert ours == theirs


@given(st.lists(st.lists(values, max_size=6), max_size=6))
@settings(max_examples=40)
def test_what_openpyxl_wrote_is_read_back(rows: list[list[Value]]) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    expected: dict[tuple[int, int], str] = {}
    for row, line in enumerate(rows, 1):
        for column, value in enumerate(line, 1):
            cell = page.cell(row, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
            if value not in (None, ""):
                expected[row, column] = shown(value)
    target = io.BytesIO()
    book.save(target)
    found = sound(target.getvalue()).sheets[0].cells
    assert {at: cell.text for at, cell in found.items()} == expected


@given(st.binary(max_size=2_000))
def test_no_bytes_raise(data: bytes) -> None:
    reading = read_workbook(data)
    assert (reading.workbook is None) == any(p.severity is Severity.ERROR for p in reading.problems)


@given(st.binary(max_size=500))
def test_no_bytes_after_a_zip_mark_raise(data: bytes) -> None:
    assert read_workbook(b"PK\3\4" + data).workbook is None


@given(st.integers(0, len(GOOD) - 1))
@settings(max_examples=100)
def test_a_truncated_workbook_is_refused(length: int) -> None:
    assert read_workbook(GOOD[:length]).workbook is None


@given(st.integers(0, len(GOOD) - 1), st.integers(1, 255))
@settings(max_examples=300)
def test_one_corrupt_byte_never_changes_the_data(at: int, mask: int) -> None:
    data = bytearray(GOOD)
    data[at] ^= mask
    assert read_workbook(bytes(data)).workbook in (None, READ)


@pytest.mark.slow
def test_no_byte_of_a_workbook_can_change_the_data() -> None:
    for at in range(len(GOOD)):
        for mask in (0x01, 0x80, 0xFF):
            data = bytearray(GOOD)
            data[at] ^= mask
            assert read_workbook(bytes(data)).workbook in (None, READ), (at, mask)


def test_names_properties_program_and_states_are_read() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    book.add_worksheet("Isian").write(0, 0, 1)
    book.add_worksheet("Diam").hide()
    book.add_worksheet("Dalam").very_hidden()
    book.set_custom_property("stempel", "abc")
    book.set_custom_property("nomor", 7)
    book.define_name("STEMPEL", "=Dalam!$A$1")
    book.define_name("Isian!Lokal", "=Isian!$A$1")
    book.close()
    read = sound(target.getvalue())
    assert [(s.name, s.state) for s in read.sheets] == [
        ("Isian", "visible"),
        ("Diam", "hidden"),
        ("Dalam", "veryHidden"),
    ]
    assert read.names == {"STEMPEL": "Dalam!$A$1"}
    assert read.properties == {"stempel": "abc", "nomor": "7"}
    assert (read.program, read.format) == ("Microsoft Excel", "xlsx")
    assert read_workbook(target.getvalue()).problems == ()


@pytest.mark.parametrize("epoch_1904", [False, True])
def test_a_date_is_known_by_its_number_format(epoch_1904: bool) -> None:  # noqa: FBT001
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"date_1904": epoch_1904})
    page = book.add_worksheet()
    page.write_datetime(0, 0, datetime(2020, 4, 5), book.add_format({"num_format": 14}))  # noqa: DTZ001
    page.write_number(0, 1, 0.855, book.add_format({"num_format": "0.00%"}))
    page.write_number(0, 2, 0.25, book.add_format({"num_format": "[h]:mm"}))
    page.write_number(0, 3, 5, book.add_format({"num_format": '0 "hari"'}))
    book.close()
    assert sound(target.getvalue()).sheets[0].cells == {
        (1, 1): RawCell(CellType.DATE, "2020-04-05", None, "mm-dd-yy"),
        (1, 2): RawCell(CellType.NUMBER, "0.855", None, "0.00%"),
        (1, 3): RawCell(CellType.DATE, "06:00:00", None, "[h]:mm"),
        (1, 4): RawCell(CellType.NUMBER, "5", None, '0 "hari"'),
    }


def test_escaped_characters_and_spaces_of_texts_are_kept() -> None:
    def edit(part: bytes) -> bytes:
        return part.replace(b"Jumlah koperasi aktif", b" a_x000D_b_x005F_x000D_ \xe2\x89\xa5 ")

    read = sound(edited(GOOD, "xl/sharedStrings.xml", edit))
    assert read.sheets[0].cells[1, 1].text == " a\rb_x000D_ ≥ "


def test_runs_of_rich_text_are_joined_and_phonetic_hints_left_out() -> None:
    rich = b"<si><r><t>Jumlah </t></r><r><t>koperasi</t></r><rPh sb='0' eb='1'><t>x</t></rPh></si>"

    def edit(part: bytes) -> bytes:
        return part.replace(b"<si><t>Jumlah koperasi aktif</t></si>", rich)

    read = sound(edited(GOOD, "xl/sharedStrings.xml", edit))
    assert read.sheets[0].cells[1, 1].text == "Jumlah koperasi"


def test_strict_open_xml_is_read_like_the_transitional_one() -> None:
    def edit(part: bytes) -> bytes:
        return part.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ).replace(KIND.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships")

    strict = zipped({name: edit(part) for name, part in parts_of(GOOD).items()})
    assert sound(strict).sheets == READ.sheets


@pytest.mark.parametrize(
    ("kind", "target", "mode", "what"),
    [
        ("externalLinkPath", "lain.xlsx", "External", "tautan ke berkas lain"),
        ("image", "http://contoh.example/a.png", "External", "tautan ke berkas lain"),
        ("oleObject", "embeddings/a.bin", "Internal", "objek tertanam"),
        ("connections", "connections.xml", "Internal", "sambungan data"),
        ("vbaProject", "vbaProject.bin", "Internal", "makro"),
    ],
)
def test_what_acts_or_reaches_out_is_refused(kind: str, target: str, mode: str, what: str) -> None:
    relation = f'<Relationship Id="x9" Type="{KIND}/{kind}" Target="{target}" TargetMode="{mode}"/>'

    def edit(part: bytes) -> bytes:
        return part.replace(b"</Relationships>", relation.encode() + b"</Relationships>")

    assert verdicts(read_workbook(edited(GOOD, RELATIONS, edit))) == [("B06", what)]


def test_an_ordinary_web_link_is_fine() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    book.add_worksheet().write_url(0, 0, "https://contoh.example/", string="contoh")
    book.close()
    assert sound(target.getvalue()).sheets[0].cells[1, 1].text == "contoh"


def test_macros_links_and_damage_are_told_at_once() -> None:
    parts = parts_of(GOOD)
    parts["xl/vbaProject.bin"] = b"x"
    parts["xl/externalLinks/externalLink1.xml"] = b"<externalLink/>"
    parts["xl/worksheets/sheet1.xml"] = b"<worksheet>"
    assert verdicts(read_workbook(zipped(parts))) == [
        ("B06", "makro"),
        ("B06", "tautan ke berkas lain"),
        ("B07", "lembar Isian"),
    ]


@pytest.mark.parametrize("part", ["[Content_Types].xml", "xl/theme/theme1.xml", WORKBOOK])
def test_a_declaration_of_entities_is_refused_in_any_part(part: str) -> None:
    def edit(old: bytes) -> bytes:
        return old.replace(b"?>", b'?><!DOCTYPE a [<!ENTITY b "c">]>', 1)

    assert [p.code for p in read_workbook(edited(GOOD, part, edit)).problems] == ["B05"]


@pytest.mark.parametrize(
    "name",
    ["[Content_Types].xml", "_rels/.rels", WORKBOOK, "xl/sharedStrings.xml", "xl/styles.xml",
     "xl/worksheets/sheet1.xml"],
)  # fmt: skip
def test_a_missing_part_is_named_as_damage(name: str) -> None:
    parts = parts_of(GOOD)
    del parts[name]
    assert [p.code for p in read_workbook(zipped(parts)).problems] == ["B07"]


def test_a_part_in_utf_16_is_read() -> None:
    def edit(part: bytes) -> bytes:
        return part.decode().replace("UTF-8", "UTF-16").encode("utf-16")

    assert sound(edited(GOOD, "xl/sharedStrings.xml", edit)) == READ


@pytest.mark.parametrize(
    ("limits", "limit"),
    [
        (replace(Limits(), file_size=100), "ukuran berkas (byte)"),
        (replace(Limits(), cells=3), "jumlah sel"),
        (replace(Limits(), strings=2), "jumlah teks bersama"),
        (replace(Limits(), string_characters=20), "panjang seluruh teks bersama (huruf)"),
        (replace(Limits(), sheets=0), "jumlah lembar"),
    ],
)
def test_each_limit_says_which_one_it_is(limits: Limits, limit: str) -> None:
    (problem,) = read_workbook(GOOD, limits=limits).problems
    assert (problem.code, problem.facts[0]) == ("B05", ("limit", limit))


@pytest.mark.parametrize(
    ("application", "program"),
    [
        ("LibreOffice/7.4.7.2$Linux_X86_64 LibreOffice_project/40", "LibreOffice 7.4.7.2"),
        ("WPS Spreadsheets", "WPS Spreadsheets"),
        ("", "program yang tidak menyebut namanya"),
    ],
)
def test_another_program_is_named(application: str, program: str) -> None:
    def edit(part: bytes) -> bytes:
        return part.replace(b"Microsoft Excel", application.encode())

    reading = read_workbook(edited(GOOD, "docProps/app.xml", edit))
    assert reading.workbook is not None
    assert [(p.code, p.severity) for p in reading.problems] == [("B08", Severity.INFO)]
    assert verdicts(reading) == [("B08", program)]


def test_wps_is_known_by_its_property_whatever_it_calls_itself() -> None:
    def edit(part: bytes) -> bytes:
        return part.replace(b'name="stempel"', b'name="KSOProductBuildVer"')

    assert verdicts(read_workbook(edited(GOOD, "docProps/custom.xml", edit))) == [
        ("B08", "WPS Office")
    ]


def test_a_doubled_defined_name_or_property_is_refused() -> None:
    def twice(part: bytes) -> bytes:
        start, end = part.index(b"<definedName "), part.index(b"</definedNames>")
        return part[:end] + part[start:end] + part[end:]

    assert verdicts(read_workbook(edited(GOOD, WORKBOOK, twice))) == [
        ("B07", "bagian xl/workbook.xml: nama STEMPEL ada dua kali")
    ]


def document(kind: str) -> bytes:
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/a.xml" ContentType="application/{kind}+xml"/></Types>'
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r" Type="{KIND}/officeDocument" Target="a.xml"/></Relationships>'
    )
    return zipped(
        {
            "[Content_Types].xml": types.encode(),
            "_rels/.rels": relations.encode(),
            "a.xml": b"<a/>",
        }
    )


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "berkas kosong (0 byte)"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "gambar"),
        (b"\xff\xd8\xff\xe0", "gambar"),
        (b"<html><body><table></table></body></html>", "halaman web (HTML)"),
        (b"a;b;c\n1;2;3\n", "teks CSV"),
        (b"catatan saja\n", "teks biasa"),
        ("a\tb\n1\t2\n".encode("utf-16"), "teks CSV"),
        (b"\x09\x08\x10\x00\x00\x06\x05\x00", "berkas Excel lama (.xls)"),
        (zipped({"a.txt": b"a"}), "arsip ZIP"),
        (
            document("vnd.openxmlformats-officedocument.wordprocessingml.document.main"),
            "dokumen Word",
        ),
        (
            document("vnd.openxmlformats-officedocument.presentationml.presentation.main"),
            "presentasi PowerPoint",
        ),
        (
            zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}),
            "dokumen LibreOffice yang bukan lembar kerja",
        ),
    ],
)
def test_what_is_no_workbook_is_told_what_it_is(data: bytes, kind: str) -> None:
    assert verdicts(read_workbook(data)) == [("B01", kind)]


def test_a_file_of_zeros_is_told_as_damaged() -> None:
    assert verdicts(read_workbook(bytes(500))) == [("B07", "seluruh isi berkas (hanya berisi nol)")]


def test_a_stored_archive_is_read_like_a_packed_one() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, part in parts_of(GOOD).items():
            archive.writestr(name, part)
    assert sound(target.getvalue()) == READ


COLUMNS = b"<cols>" + b'<col min="1" max="16384" hidden="1"/>' * 20_000 + b"</cols>"
DIGITS = b"9" * 100_000


@pytest.mark.timeout(10)
@pytest.mark.parametrize(
    ("part", "old", "new", "code"),
    [
        ("xl/worksheets/sheet1.xml", b"<sheetData>", COLUMNS + b"<sheetData>", "B07"),
        ("xl/worksheets/sheet1.xml", b"<v>0</v>", b"<v>" + DIGITS + b"</v>", "B07"),
        ("xl/worksheets/sheet1.xml", b"<v>120</v>", b"<v>" + DIGITS + b"</v>", "B07"),
        ("xl/worksheets/sheet1.xml", b'<row r="1"', b'<row r="' + DIGITS + b'"', "B07"),
        (WORKBOOK, b"<sheets>", b"<a>" * 5_000 + b"</a>" * 5_000 + b"<sheets>", "B05"),
        (WORKBOOK, b"<sheets>", b"<a/>" * 300_000 + b"<sheets>", "B05"),
    ],
    ids=["columns", "index", "number", "row", "depth", "elements"],
)
def test_what_is_small_to_write_is_not_slow_to_read(
    part: str, old: bytes, new: bytes, code: str
) -> None:
    limits = replace(Limits(), ratio=1_000_000)
    data = edited(GOOD, part, lambda whole: whole.replace(old, new, 1))
    assert [p.code for p in read_workbook(data, limits=limits).problems] == [code]


@pytest.mark.office
@pytest.mark.parametrize(
    ("filter_name", "suffix"), [(office.XLSX, "xlsx"), (office.ODS, "ods"), (office.XLS, "xls")]
)
def test_what_libreoffice_saves_is_the_same_data_in_every_format(
    tmp_path: Path, filter_name: str, suffix: str
) -> None:
    (tmp_path / "form.xlsx").write_bytes(GOOD)
    saved = office.edit(
        tmp_path / "form.xlsx",
        tmp_path / f"kembali.{suffix}",
        {("Isian", "C5"): 12.25},
        filter_name=filter_name,
    )
    reading = read_workbook(saved.read_bytes())
    assert reading.workbook is not None
    assert reading.workbook.format == suffix
    assert [p.code for p in reading.problems] == ["B08"]
    found = {at: cell.text for at, cell in reading.workbook.sheets[0].cells.items()}
    expected = {at: cell.text for at, cell in READ.sheets[0].cells.items()}
    assert found == {**expected, (5, 3): "12.25"}
    assert reading.workbook.properties["stempel"] == "rahasia"
