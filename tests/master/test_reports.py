"""Pengukuran Kinerja, E.81 and Kaskade have the columns people know, and every figure is live."""

from __future__ import annotations

from functools import cache
from io import BytesIO

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.master import samples
from tests.master.judge import master
from workbook_tools.form.submission import Submission
from workbook_tools.indicators.measure import accumulates
from workbook_tools.master.consolidate import consolidate
from workbook_tools.master.figures import Consolidated
from workbook_tools.registry.model import Registry
from workbook_tools.registry.source import load_source

YEAR = 2020
HEADS = {
    "Pengukuran Kinerja": [
        "No", "Sasaran Strategis", "Indikator Kinerja", "Satuan", "Target", "Realisasi",
        "Capaian (%)", "Predikat", "Status", "Asal angka",
    ],
    "E.81": [
        "No", "Sasaran", "Program/ Kegiatan", "Indikator Kinerja", "Target akhir Renstra (2022)",
        "Realisasi s.d. tahun lalu (2019)", "Target tahun berjalan (2020)", "Realisasi TW I",
        "Realisasi TW II", "Realisasi TW III", "Realisasi TW IV", "Realisasi tahun 2020",
        "Realisasi s.d. tahun 2020 (6+12)", "Tingkat capaian Renstra (%) (13/5×100)",
        "Penanggung jawab", "Predikat", "Status", "Asal angka", "Batas bawah target",
    ],
    "Kaskade": [
        "Jabatan dan indikator", "Jenis", "Di bawah", "Satuan", "Target", "Realisasi",
        "Capaian (%)", "Predikat", "Dinilai", "Keterangan", "Status", "Lembar",
    ],
}  # fmt: skip
ORIGIN = {"Pengukuran Kinerja": 10, "E.81": 18, "Kaskade": 12}
REPORTS = tuple(HEADS)


@cache
def register() -> Registry:
    return load_source()


@cache
def measured() -> Consolidated:
    return consolidate(register(), _returns(), YEAR)


@cache
def _returns() -> tuple[Submission, ...]:
    before = [form for year in (2018, 2019) for form in samples.a_year(register(), year, seed=year)]
    return (*before, *samples.a_year(register(), YEAR, seed=1, periods=(1, 2, 3)))


@cache
def content() -> bytes:
    return master(register(), _returns(), YEAR)


@cache
def values() -> Workbook:
    return openpyxl.load_workbook(BytesIO(content()), data_only=True)


@cache
def formulas() -> Workbook:
    return openpyxl.load_workbook(BytesIO(content()))


def rows_by_indicator(sheet: Worksheet, *, origin: int) -> dict[str, int]:
    """Find each indicator's row by the link to where its figures come from."""
    ids = {indicator.id for indicator in register().indicators}
    return {
        str(cell.value): cell.row for cell in sheet[get_column_letter(origin)] if cell.value in ids
    }


def number(sheet: Worksheet, row: int, column: int) -> float:
    """Give a figure, 0 where there is none."""
    value = sheet.cell(row, column).value
    return float(value) if isinstance(value, int | float) else 0.0


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_has_its_columns_in_order(name: str) -> None:
    assert [cell.value for cell in values()[name][6]] == HEADS[name]


def test_the_columns_of_e81_are_numbered_below_their_heads() -> None:
    numbers = [cell.value for cell in values()["E.81"][7]]

    assert numbers[:15] == list(range(1, 16))
    assert not any(numbers[15:])


@pytest.mark.parametrize("name", REPORTS)
def test_every_indicator_stands_on_a_report_once_and_links_to_its_row(name: str) -> None:
    sheet = formulas()[name]

    rows = rows_by_indicator(sheet, origin=ORIGIN[name])

    assert sorted(rows) == sorted(i.id for i in register().indicators)
    for indicator, row in rows.items():
        link = sheet.cell(row, ORIGIN[name]).hyperlink
        assert link is not None
        there, cell = str(link.location).replace("'", "").split("!")
        wanted = register().indicator(indicator)
        assert wanted is not None
        assert values()[there][cell].value == wanted.indikator


@pytest.mark.parametrize(
    ("name", "columns"), [("Pengukuran Kinerja", "EFGHI"), ("Kaskade", "EFGHK")]
)
def test_each_figure_is_a_formula_with_what_was_measured(name: str, columns: str) -> None:
    live, shown = formulas()[name], values()[name]

    for indicator, row in rows_by_indicator(live, origin=ORIGIN[name]).items():
        one = next(r for r in measured().rows if r.indicator.id == indicator)
        cells = [live[f"{column}{row}"] for column in columns]
        assert {cell.data_type for cell in cells} == {"f"}, indicator
        found = [shown[f"{column}{row}"].value for column in columns]
        for value, exact in zip(
            found, (one.target_value, one.realisasi_sd, one.achievement.shown), strict=False
        ):
            assert (value or 0) == pytest.approx(float(exact or 0)), indicator
        assert found[-1] == one.achievement.status
        assert str(found[3]).startswith(one.symbol or "–"), indicator


def test_column_14_of_e81_is_13_over_5_where_more_is_better() -> None:
    sheet, judged = values()["E.81"], 0
    for indicator, row in rows_by_indicator(sheet, origin=18).items():
        one = next(r for r in measured().rows if r.indicator.id == indicator)
        end, reached, rate = (number(sheet, row, column) for column in (5, 13, 14))
        assert one.renstra is not None
        shown = one.renstra.shown
        if shown is None:
            assert not rate, indicator
            continue
        assert rate == pytest.approx(float(shown)), indicator
        if rate and one.indicator.polarity == "maximize":
            assert rate == pytest.approx(100 * reached / end, abs=0.0051)
            judged += 1
    assert judged > 30


def test_column_13_of_e81_adds_6_and_12_only_where_years_add_up() -> None:
    sheet = values()["E.81"]
    for indicator, row in rows_by_indicator(sheet, origin=18).items():
        one = next(r for r in measured().rows if r.indicator.id == indicator)
        before, now, reached = (number(sheet, row, column) for column in (6, 12, 13))
        added = accumulates(one.indicator)
        assert reached == pytest.approx(before + now if added else now), indicator


def test_the_iku_come_first_and_every_bidang_has_its_heading_and_mean() -> None:
    sheet = values()["Pengukuran Kinerja"]

    headings = [str(c.value) for c in sheet["A"][6:] if c.value and not str(c.value).isdigit()]

    assert headings[:4] == [
        "INDIKATOR KINERJA UTAMA (IKU)",
        "INDIKATOR KINERJA INDIVIDU (IKI)",
        "Kepala Dinas Koperasi UKM, Perindustrian dan Perdagangan",
        "Sekretariat",
    ]
    assert {"Bidang Pasar", "Bidang Perdagangan", "Bidang Industri"} <= set(headings)
    mean = dict(measured().averages)["iku-dinas"]
    assert sheet["E7"].value == f"Rata-rata, {mean.text}"
    assert sheet["G7"].value == pytest.approx(float(mean.mean or 0))


def test_the_mean_holds_its_cap_and_its_count_in_the_formula_itself() -> None:
    sheet = formulas()["Pengukuran Kinerja"]

    assert '"<="&120' in str(sheet["G7"].value)
    assert '" dinilai dari "&COUNTA' in str(sheet["E7"].value)


@pytest.mark.parametrize("name", ["Pengukuran Kinerja", "E.81"])
def test_a_report_ends_with_room_for_signatures_in_one_row(name: str) -> None:
    blocks = [
        cell
        for row in values()[name].iter_rows()
        for cell in row
        if str(cell.value).find("Mengetahui,") >= 0
    ]

    (block,) = blocks
    said = str(block.value)
    assert "Kepala Dinas Koperasi UKM, Perindustrian dan Perdagangan," in said
    assert "NIP. ...." in said
    assert block.row is not None
    assert (values()[name].row_dimensions[block.row].height or 0) >= 130


def test_e81_names_who_wrote_and_leaves_the_next_renja_to_the_writer() -> None:
    texts = {str(c.value): c for row in values()["E.81"].iter_rows() for c in row if c.value}

    assert "Faktor penghambat — TW III" in texts
    assert "Anggaran baru cair pada akhir triwulan" in texts
    writer = texts["Tindak lanjut yang diperlukan dalam Renja berikutnya (diisi penulis)"]
    assert values()["E.81"].cell(writer.row, 4).value is None


def test_the_tree_folds_from_above_by_its_depth() -> None:
    sheet = values()["Kaskade"]

    rows = {str(sheet.cell(r, 12).value): r for r in range(7, sheet.max_row + 1)}

    assert sheet.sheet_properties.outlinePr is not None
    assert not sheet.sheet_properties.outlinePr.summaryBelow
    levels = {
        name: sheet.row_dimensions[rows[name]].outline_level
        for name in ("IKU", "iku-dinas/01", "kepala-dinas/01", "kabid-pasar", "kasi-sarpras-pasar")
    }
    assert levels == {
        "IKU": 0, "iku-dinas/01": 1, "kepala-dinas/01": 2, "kabid-pasar": 2,
        "kasi-sarpras-pasar": 3,
    }  # fmt: skip
    assert rows["kepala-dinas/01"] == rows["iku-dinas/01"] + 1


def test_what_is_not_ok_says_why_and_every_grade_has_symbol_and_word() -> None:
    grades = {
        str(cell.value)
        for cell in values()["Pengukuran Kinerja"]["H"][6:]
        if cell.value is not None
    }

    bands = {f"{band.symbol} {band.label}" for band in register().rules.scale}
    reasons = {"– Belum diisi", "– Target belum pasti", "– Target nol", "– Tanpa target", "-"}
    assert grades <= bands | reasons
    assert grades & bands
    assert grades & reasons


@pytest.mark.parametrize(
    ("name", "panes", "repeated", "printed"),
    [
        ("Pengukuran Kinerja", "A7", "$6:$6", "$H$"),
        ("E.81", "E8", "$6:$7", "$O$"),
        ("Kaskade", "B7", "$6:$6", "$J$"),
    ],
)
def test_a_report_keeps_its_heads_in_sight_and_filters(
    name: str, panes: str, repeated: str, printed: str
) -> None:
    sheet = formulas()[name]

    assert sheet.freeze_panes == panes
    assert sheet.print_title_rows == repeated
    assert printed in sheet.print_area
    assert sheet.auto_filter.ref
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (14, "landscape")
    assert sheet["A4"].hyperlink.location == "'Ringkasan'!A1"
