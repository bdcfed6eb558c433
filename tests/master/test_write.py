"""The master shows what was measured, as printed, and trusts no text of a form."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from io import BytesIO

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from tests.master import samples
from workbook_tools.form.submission import Submission
from workbook_tools.master.consolidate import DATA_COLUMNS, consolidate, record
from workbook_tools.master.write import write_master
from workbook_tools.problems.problem import Severity
from workbook_tools.registry.finding import Finding
from workbook_tools.registry.model import Registry
from workbook_tools.registry.source import load_source

YEAR = 2020
HOSTILE = (
    '=HYPERLINK("http://jahat.example","klik")',
    "http://jahat.example/berkas",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "internal:Isian!A1",
    "mailto:a@jahat.example",
    '=DDE("cmd";"/C calc";"")',
)
FINDING = Finding(
    code="UNIT_MIXED",
    severity=Severity.WARNING,
    sheet="Target",
    cell="D45",
    indicator="kasubbag-keuangan/02",
    year=2019,
    message="Satuan target bercampur. Tetapkan satu satuan.",
)


@cache
def register() -> Registry:
    return load_source()


def written(
    submissions: Sequence[Submission], *, findings: Sequence[Finding] = (FINDING,), notice: str = ""
) -> bytes:
    return write_master(
        consolidate(register(), submissions, YEAR),
        register(),
        deliveries=samples.deliveries(register(), submissions, YEAR),
        findings=findings,
        version="1.0.0",
        notice=notice,
    )


@cache
def a_year() -> tuple[Submission, ...]:
    return tuple(samples.a_year(register(), YEAR, seed=1))


@cache
def full() -> bytes:
    return written(a_year())


@cache
def opened() -> Workbook:
    return openpyxl.load_workbook(BytesIO(full()), data_only=True)


@cache
def formulas() -> Workbook:
    return openpyxl.load_workbook(BytesIO(full()))


def texts_of(book: Workbook) -> set[str]:
    return {
        cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    }


def parts_of(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_the_sheets_stand_in_their_order() -> None:
    names = opened().sheetnames

    positions = [p.id for p in register().positions if p.jenis == "IKI"]
    reports = ["Pengukuran Kinerja", "E.81", "Kaskade", "Tren"]
    lists = [
        "Pengiriman", "Catatan pengisi", "Jejak", "Anomali", "Isian", "Data", "Tentang", "Dokumen"
    ]  # fmt: skip
    assert names == ["Ringkasan", "IKU", *reports, *positions, *lists]
    assert all(len(name) <= 31 for name in names)


def test_equal_input_gives_equal_bytes() -> None:
    assert written(tuple(reversed(a_year()))) == full()


def test_data_holds_the_consolidated_figures_in_the_contracts_columns() -> None:
    sheet = opened()["Data"]

    rows = list(sheet.iter_rows(values_only=True))

    assert rows[0] == DATA_COLUMNS
    expected = [record(row) for row in consolidate(register(), a_year(), YEAR).rows]
    assert len(rows) == 1 + len(expected)
    for got, wanted in zip(rows[1:], expected, strict=True):
        for value, exact in zip(got, wanted, strict=True):
            if exact is None or exact == "":
                assert value is None
            elif isinstance(exact, str):
                assert value == exact
            else:
                assert value == pytest.approx(float(exact), rel=1e-14)
    assert not sheet.merged_cells.ranges
    assert sheet.auto_filter.ref == "A1:Q71"


def test_data_has_no_formula() -> None:
    assert not [c for row in formulas()["Data"].iter_rows() for c in row if c.data_type == "f"]


def test_every_printed_line_of_the_document_is_there_verbatim() -> None:
    sheet = opened()["Dokumen"]

    lines = [sheet.cell(row, 12).value or "" for row in range(4, 4 + len(register().document))]

    assert tuple(lines) == register().document


def test_every_printed_string_of_the_register_is_on_its_positions_sheet() -> None:
    for position in register().positions:
        sheet = opened()["IKU" if position.jenis == "IKU" else position.id]
        here = {cell.value for row in sheet.iter_rows() for cell in row}
        lines = {*position.jabatan_lines, *position.tugas_lines, *position.fungsi_lines}
        assert lines <= here
        for indicator in register().of_unit(position.id):
            strings = {
                indicator.number,
                indicator.sasaran,
                indicator.indikator,
                indicator.penjelasan,
                indicator.sumber_data,
                *(target.printed for target in indicator.targets),
            } - {""}
            assert strings <= here, indicator.id


def test_a_lost_position_has_only_its_note() -> None:
    sheet = opened()["kabid-industri"]

    assert "tidak ada pada dokumen cetak" in sheet["A4"].value
    assert sheet["A5"].value == next(
        p.note for p in register().positions if p.id == "kabid-industri"
    )


def test_every_measured_figure_is_a_formula() -> None:
    sheet = formulas()["kabid-perdagangan"]
    heads = [cell.value for cell in sheet[12]]

    first = heads.index("Realisasi\nTW I")
    kinds = {heads[i]: sheet.cell(13, i + 1).data_type for i in range(first, first + 11)}

    assert kinds == {
        "Realisasi\nTW I": "f",
        "Realisasi\nTW II": "f",
        "Realisasi\nTW III": "f",
        "Realisasi\nTW IV": "f",
        "Realisasi\ns.d.": "f",
        "Capaian s.d. TW (%)": "n",
        "Capaian tahun (%)": "f",
        "Predikat": "f",
        None: "f",
        "Status": "f",
        "Capaian akhir Renstra 2022 (%)": "f",
    }


def test_formulas_use_nothing_volatile_or_newer_than_excel_2010() -> None:
    names = {
        name
        for sheet in formulas()
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
        for name in re.findall(r"([A-Z][A-Z0-9.]*)\(", str(cell.value))
    }

    assert names <= {
        "ABS", "AND", "AVERAGE", "COUNT", "COUNTA", "COUNTIF", "COUNTIFS", "FIXED", "IF",
        "INDEX", "ISNUMBER", "MATCH", "MAX", "MID", "MIN", "NOT", "OR", "ROUND", "ROWS",
        "SUBSTITUTE", "SUM", "SUMIFS", "SUMPRODUCT",
    }  # fmt: skip


def test_a_text_of_a_form_stays_a_text() -> None:
    form = next(form for form in a_year() if form.unit == "kasubbag-umum-kepegawaian")
    asked = [i.id for i in register().of_unit(form.unit)][: len(HOSTILE)]
    texts = {(name, "penghambat"): text for name, text in zip(asked, HOSTILE, strict=True)}

    content = written([replace(form, texts=texts)])

    sheet = openpyxl.load_workbook(BytesIO(content))["Catatan pengisi"]
    cells = [sheet.cell(row, 5) for row in range(4, 4 + len(HOSTILE))]
    assert [(c.value, c.data_type, c.hyperlink) for c in cells] == [
        (text, "s", None) for text in HOSTILE
    ]
    for name, part in parts_of(content).items():
        assert "TargetMode" not in part, name
        if name != "xl/sharedStrings.xml":
            assert not re.search("jahat|calc'|/C calc|mailto", part), name


def test_the_master_reaches_for_nothing_outside_itself() -> None:
    parts = parts_of(full())

    assert not [name for name in parts if "externalLink" in name or "vba" in name]
    assert not [name for name, part in parts.items() if "TargetMode" in part]


def test_links_lead_to_sheets_that_exist() -> None:
    places = {
        place
        for name, part in parts_of(full()).items()
        if name.startswith("xl/worksheets/")
        for place in re.findall(r'<hyperlink [^>]*location="([^"!]+)!', part)
    }

    assert {place.strip("'") for place in places} == set(opened().sheetnames)


def test_the_data_are_dated_by_the_newest_arrival_in_the_offices_zone() -> None:
    form = replace(a_year()[0], received_at=datetime(2020, 4, 5, 20, 30, tzinfo=UTC))

    book = openpyxl.load_workbook(BytesIO(written([form])), data_only=True)

    shown = book["Ringkasan"]["A3"].value
    assert "Data sampai dengan 6 April 2020 pukul 03.30 WIB" in shown
    received = [row[4] for row in book["Pengiriman"].iter_rows(min_row=30, values_only=True)]
    assert datetime(2020, 4, 6, 3, 30) in received  # noqa: DTZ001


def test_an_empty_year_says_that_nothing_has_come() -> None:
    book = openpyxl.load_workbook(BytesIO(written([], findings=())), data_only=True)

    assert "Belum ada formulir yang diterima" in book["Ringkasan"]["A3"].value
    assert "Belum ada capaian yang dapat dinilai." in texts_of(book)
    assert book["Anomali"]["A4"].value == "Tidak ada."


def test_a_notice_stands_on_the_first_sheet() -> None:
    book = openpyxl.load_workbook(BytesIO(written([], notice="Angka karangan.")))

    assert book["Ringkasan"]["A4"].value == "Angka karangan."
    assert "Angka karangan." not in texts_of(formulas())


def test_averages_say_how_many_were_judged() -> None:
    averages = dict(consolidate(register(), a_year(), YEAR).averages)

    told = texts_of(opened())

    assert {f"({average.text})" for average in averages.values()} <= told
    assert opened()["Ringkasan"]["A9"].value.endswith(f"({averages['iku-dinas'].text})")


def test_predikat_formats_exclude_one_another_and_grey_is_for_what_is_not_ok() -> None:
    rules = [
        (str(area.sqref), rule.formula[0])
        for area in formulas()["kabid-pasar"].conditional_formatting
        for rule in area.rules
    ]

    words = [re.findall(r'="OK",\$\w+\d+="([^"]+)"', formula) for _, formula in rules]
    assert [word for found in words for word in found] == [b.label for b in register().rules.scale]
    assert len(rules) == len(register().rules.scale) + 1
    assert rules[-1][1].endswith('<>"OK"')


@pytest.mark.parametrize("name", ["Ringkasan", "IKU", "kabid-pasar", "Pengiriman", "Data"])
def test_each_sheet_prints_on_folio_one_page_wide_with_the_settings_in_its_foot(name: str) -> None:
    sheet = formulas()[name]

    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (14, "landscape")
    on_one_page = {"Ringkasan", "IKU", "kabid-pasar"}
    high = None if name in on_one_page else 0  # openpyxl tells one page as None
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, high)
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.oddFooter is not None
    assert "untuk rata-rata paling tinggi 120" in str(sheet.oddFooter.left.text)
    assert "hal. &P dari &N" in str(sheet.oddFooter.right.text)


def test_a_position_repeats_its_heads_and_keeps_them_in_sight() -> None:
    sheet = formulas()["kasubbag-umum-kepegawaian"]

    assert sheet.print_title_rows == "$10:$11"
    assert sheet.freeze_panes == "D12"


def test_the_delivery_list_has_a_row_per_unit_and_triwulan() -> None:
    rows = list(opened()["Pengiriman"].iter_rows(values_only=True))

    head = next(place for place, row in enumerate(rows) if row[0] == "Nama jabatan")
    assert len(rows[head + 1 :]) == 84
    assert {row[3] for row in rows[head + 1 :]} == {"✔ Diterima"}


def test_a_finding_is_listed_with_its_place_and_a_link() -> None:
    sheet = formulas()["Anomali"]

    assert [cell.value for cell in sheet[4]] == [
        "UNIT_MIXED", "Peringatan", "Target", "D45", "kasubbag-keuangan/02", "2019",
        "Satuan target bercampur. Tetapkan satu satuan.",
    ]  # fmt: skip
    assert sheet["E4"].hyperlink.location == "'kasubbag-keuangan'!A1"
