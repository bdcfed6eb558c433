"""The register survives Excel, and a broken one is refused with the cell and a sentence."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from tests.registry.edited import defects, edited, original, places, typed
from workbook_tools.registry.columns import GUIDE
from workbook_tools.registry.errors import Defect, RegistryError
from workbook_tools.registry.model import Registry, TargetStatus
from workbook_tools.registry.sheets import SHEETS, cell
from workbook_tools.registry.source import load_source
from workbook_tools.registry.workbook import read_columns, read_registry, write_registry


def row_of(indicator: str, year: int) -> int:
    """Give the row of a target in the sheet Target."""
    found = load_source().indicator(indicator)
    assert found is not None
    target = found.target(year)
    assert target is not None
    return target.row


def test_reading_gives_back_exactly_what_was_written() -> None:
    assert read_registry(original()) == load_source()


def test_writing_twice_gives_the_same_bytes() -> None:
    assert write_registry(load_source()) == original()


def test_rows_of_the_model_are_the_rows_of_excel() -> None:
    workbook = load_workbook(io.BytesIO(original()))
    for indicator in load_source().indicators:
        assert workbook["Indikator"].cell(indicator.row, 1).value == indicator.id
        for spec in indicator.inputs:
            assert workbook["Isian"].cell(spec.row, 2).value == spec.key
        for target in indicator.targets:
            assert workbook["Target"][cell("Target", "tahun", target.row)].value == target.year
    for position in load_source().positions:
        assert workbook["Jabatan"].cell(position.row, 1).value == position.id


def test_every_sheet_has_a_frozen_head_a_filter_and_a_note_on_every_column() -> None:
    workbook = load_workbook(io.BytesIO(original()))
    assert workbook.sheetnames == [GUIDE, *(sheet.name for sheet in SHEETS)]
    for sheet in SHEETS:
        worksheet = workbook[sheet.name]
        assert str(worksheet.freeze_panes).endswith("2")
        assert worksheet.auto_filter.ref is not None
        for number, column in enumerate(sheet.columns, 1):
            head = worksheet.cell(1, number)
            assert head.value == column.head
            assert head.comment is not None
            assert head.comment.text == column.note


def test_columns_with_fixed_words_have_a_drop_down_list_of_them() -> None:
    worksheet = load_workbook(io.BytesIO(original()))["Indikator"]
    lists = {
        str(v.sqref).split(":")[0]: v.formula1 for v in worksheet.data_validations.dataValidation
    }
    assert lists["I2"] == '"maximize,minimize,stabilize,range"'
    assert lists["B2"] == "=Jabatan!$A$2:$A$2000".removeprefix("=")


def test_settings_with_fixed_words_have_a_drop_down_list_of_them() -> None:
    rules = load_workbook(io.BytesIO(original()))["Pengaturan"].data_validations.dataValidation
    assert {str(rule.sqref): rule.formula1 for rule in rules} == {
        "B5": '"standard,t_per_r"',
        "B6": '"lower,upper"',
    }


def test_printed_targets_stay_texts_in_cells_formatted_as_text() -> None:
    worksheet = load_workbook(io.BytesIO(original()))["Target"]
    printed = worksheet[f"C{row_of('kabid-koperasi-ukm/06', 2020)}"]
    assert (printed.value, printed.data_type, printed.number_format) == ("3.90%", "s", "@")
    letters = worksheet[f"C{row_of('kasubbag-umum-kepegawaian/11', 2018)}"]
    assert (letters.value, letters.data_type) == ("804", "s")


def test_a_blank_before_a_printed_line_survives() -> None:
    position = read_registry(original()).position("kepala-dinas")
    assert position is not None
    assert position.fungsi_lines[1].startswith(" a. Perumusan kebijakan teknis")


def test_columns_may_stand_in_any_order() -> None:
    def move(workbook: Workbook) -> None:
        worksheet = workbook["Target"]
        for row in range(1, worksheet.max_row + 1):
            first, third = worksheet.cell(row, 1), worksheet.cell(row, 4)
            first.value, third.value = third.value, first.value

    data = edited(move)
    assert read_registry(data) == load_source()
    assert cell("Target", "nilai", 2, columns=read_columns(data)) == "A2"


def test_blanks_around_ids_and_another_case_of_a_word_are_understood() -> None:
    data = typed({"Indikator!A2": "  iku-dinas/01 ", "Indikator!I2": "Maximize "})
    assert read_registry(data) == load_source()


def test_a_head_word_in_another_case_is_understood() -> None:
    assert read_registry(typed({"Target!C1": " TERCETAK "})) == load_source()


def test_a_number_typed_as_text_is_understood_when_there_is_one_way_to_read_it() -> None:
    row = row_of("iku-dinas/03", 2019)
    indicator = read_registry(typed({f"Target!D{row}": "837,96"})).indicator("iku-dinas/03")
    assert indicator is not None
    assert indicator.targets[1].value == Decimal("837.96")


def test_a_confirmed_target_becomes_ok() -> None:
    row = row_of("kasubbag-keuangan/01", 2020)
    data = typed({f"Target!D{row}": 14, f"Target!E{row}": "dokumen", f"Target!F{row}": "ok"})
    indicator = read_registry(data).indicator("kasubbag-keuangan/01")
    assert indicator is not None
    target = indicator.target(2020)
    assert target is not None
    assert (target.value, target.unit, target.status, target.printed) == (
        Decimal(14),
        "dokumen",
        TargetStatus.OK,
        "9 Kop",
    )


def test_blank_rows_between_rows_keep_the_excel_rows_below() -> None:
    registry = read_registry(edited(lambda w: w["Indikator"].insert_rows(3)))
    assert [i.row for i in registry.indicators[:3]] == [2, 4, 5]


def test_settings_reach_the_rules() -> None:
    data = typed(
        {
            "Pengaturan!B3": 150,
            "Pengaturan!B5": "t_per_r",
            "Pengaturan!B6": "upper",
            "Pengaturan!B12": "2018-TW4, 2019-TW1",
        }
    )
    rules = read_registry(data).rules
    assert rules.cap_report == Decimal(150)
    assert (rules.min_variant, rules.predikat_policy) == ("t_per_r", "upper")
    assert rules.closed_periods == ("2018-TW4", "2019-TW1")


def test_targets_per_triwulan_that_fit_their_year_are_read() -> None:
    row = row_of("kasi-bina-perdagangan/01", 2020)
    data = typed({f"Target!{letter}{row}": 12 for letter in "HIJK"})
    indicator = read_registry(data).indicator("kasi-bina-perdagangan/01")
    assert indicator is not None
    target = indicator.target(2020)
    assert target is not None
    assert target.has_tw
    assert target.tw == (Decimal(12),) * 4


@pytest.mark.parametrize(
    "data",
    [b"", b"halo", b"PK\x03\x04 bukan zip", b"\xd0\xcf\x11\xe0" * 300, original()[:-400]],
    ids=["empty", "text", "zip head", "ole", "cut off"],
)
def test_what_is_no_workbook_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(RegistryError) as caught:
        read_registry(data)
    assert caught.value.findings == (
        Defect(
            "",
            "",
            "Berkas registri bukan workbook Excel (.xlsx) yang utuh. Buka di Excel dan simpan "
            "kembali sebagai Excel Workbook (.xlsx), atau pakai salinan yang masih baik.",
        ),
    )


def test_a_missing_sheet_is_named() -> None:
    found = defects(edited(lambda w: w.remove(w["Target"])))
    assert [(d.sheet, d.cell) for d in found] == [("Target", "")]
    assert found[0].sentence.startswith("Sheet 'Target' tidak ada")


def test_a_missing_column_is_named_with_its_place_and_the_nearest_head() -> None:
    assert defects(typed({"Indikator!I1": "Polarita"})) == (
        Defect(
            "Indikator",
            "I1",
            "Kolom 'Polaritas' tidak ada pada baris 1. Tulis kembali kepala kolom itu. "
            "Mungkin sel I1.",
        ),
    )


BROKEN: tuple[tuple[str, dict[str, str | int | None], str, str], ...] = (
    (
        "unknown polarity",
        {"Indikator!I2": "maksimal"},
        "Indikator!I2",
        (
            "'maksimal' tidak dikenal sebagai polaritas. Pilih salah satu: maximize, minimize, "
            "stabilize, range."
        ),
    ),
    (
        "unknown method",
        {"Indikator!J3": "rasionya"},
        "Indikator!J3",
        (
            "'rasionya' tidak dikenal sebagai metode. Pilih salah satu: langsung, rasio, "
            "pertumbuhan, pertumbuhan_per_n, rata_rata_pertumbuhan. Mungkin maksudnya 'rasio'."
        ),
    ),
    (
        "unknown aggregation",
        {"Indikator!K2": "jumlah"},
        "Indikator!K2",
        "'jumlah' tidak dikenal sebagai agregasi. Pilih salah satu: sum, last, average, max.",
    ),
    (
        "unknown kind",
        {"Isian!E2": "angka"},
        "Isian!E2",
        "'angka' tidak dikenal sebagai tipe. Pilih salah satu: count, percent, money.",
    ),
    (
        "unknown frequency",
        {"Indikator!Q2": None},
        "Indikator!Q2",
        "Frekuensi kosong. Pilih salah satu: bulanan, triwulan, tahunan.",
    ),
    (
        "unknown status",
        {"Target!F2": "oke"},
        "Target!F2",
        (
            "'oke' tidak dikenal sebagai status. Pilih salah satu: ok, perlu konfirmasi, kosong. "
            "Mungkin maksudnya 'ok'."
        ),
    ),
    (
        "doubled position",
        {"Jabatan!A23": "kepala-dinas"},
        "Jabatan!A23",
        "ID 'kepala-dinas' sudah dipakai pada baris di atas. Pakai ID lain.",
    ),
    (
        "doubled target",
        {"Target!B3": 2018},
        "Target!B3",
        "Target iku-dinas/01 tahun 2018 tertulis dua kali. Hapus salah satu baris.",
    ),
    (
        "an id that is no file name",
        {"Jabatan!A23": "../kasi"},
        "Jabatan!A23",
        (
            "ID '../kasi' tidak dapat dipakai. Pakai huruf kecil, angka dan tanda hubung, misalnya "
            "kabid-pasar."
        ),
    ),
    (
        "unknown superior",
        {"Jabatan!F4": "kepala-dinass"},
        "Jabatan!F4",
        (
            "Atasan 'kepala-dinass' tidak ada pada kolom ID. Pilih ID jabatan yang ada. "
            "Mungkin maksudnya 'kepala-dinas'."
        ),
    ),
    (
        "circular superiors",
        {"Jabatan!F3": "kasubbag-perencanaan"},
        "Jabatan!F3",
        (
            "Atasan berputar: kepala-dinas → kasubbag-perencanaan → sekretaris → kepala-dinas. "
            "Betulkan salah satu atasan pada rantai ini."
        ),
    ),
    (
        "unknown unit",
        {"Indikator!B10": "sekretariat"},
        "Indikator!B10",
        (
            "Jabatan 'sekretariat' tidak ada pada sheet Jabatan. Pilih ID jabatan yang ada. "
            "Mungkin maksudnya 'sekretaris'."
        ),
    ),
    (
        "mirror of an unknown indicator",
        {"Indikator!R6": "iku-dinas/09"},
        "Indikator!R6",
        (
            "Indikator 'iku-dinas/09' tidak ada pada kolom ID. Pilih ID indikator yang ada. "
            "Mungkin maksudnya 'iku-dinas/04'."
        ),
    ),
    (
        "mirror of a mirror",
        {"Indikator!R8": "kepala-dinas/01"},
        "Indikator!R8",
        (
            "'kepala-dinas/01' sendiri sama dengan 'iku-dinas/01'. Tulis langsung "
            "'iku-dinas/01' di sini."
        ),
    ),
    (
        "mirror with another method",
        {"Indikator!R7": "iku-dinas/01"},
        "Indikator!R7",
        (
            "Metode 'pertumbuhan' memerlukan isian yang tidak diminta oleh 'iku-dinas/01' (metode "
            "'langsung'). Samakan metodenya atau kosongkan sel ini."
        ),
    ),
    (
        "missing inputs",
        {"Indikator!J10": "rasio"},
        "Indikator!J10",
        (
            "Metode 'rasio' memerlukan isian b, yang belum ada pada sheet Isian untuk "
            "sekretaris/01. Tambahkan barisnya."
        ),
    ),
    (
        "inputs of a mirror",
        {"Indikator!R10": "iku-dinas/03"},
        "Isian!B7",
        (
            "Isian sekretaris/01 sudah diminta pada 'iku-dinas/03' (kolom Sama dengan). "
            "Hapus baris ini."
        ),
    ),
    (
        "input of an unknown indicator",
        {
            "Isian!A80": "tidak-ada/01",
            "Isian!B80": "a",
            "Isian!C80": "x",
            "Isian!D80": "unit",
            "Isian!E80": "count",
            "Isian!F80": 0,
            "Isian!G80": "sum",
        },
        "Isian!A80",
        "Indikator 'tidak-ada/01' tidak ada pada sheet Indikator. Betulkan ID-nya.",
    ),
    (
        "a target that is no number",
        {"Target!D2": "sebelas"},
        "Target!D2",
        "'sebelas' bukan angka yang jelas. Ketik sebagai angka, tanpa satuan.",
    ),
    (
        "an ambiguous number",
        {"Target!D2": "1.250"},
        "Target!D2",
        "'1.250' bukan angka yang jelas. Ketik sebagai angka, tanpa satuan.",
    ),
    (
        "a formula that was never computed",
        {"Target!D2": "=5+6"},
        "Target!D2",
        "Rumus di sel ini belum dihitung. Ketik angkanya, atau simpan ulang di Excel.",
    ),
    (
        "an error value",
        {"Target!D2": "#REF!"},
        "Target!D2",
        "Sel ini berisi galat #REF!. Ketik isinya langsung.",
    ),
    (
        "a year outside the Renstra",
        {"Target!B2": 2031},
        "Target!B2",
        "Tahun 2031 bukan tahun Renstra. Pilih salah satu: 2018, 2019, 2020, 2021, 2022.",
    ),
    (
        "ok without a value",
        {"Target!D2": None},
        "Target!D2",
        "Status 'ok' tetapi nilai kosong. Isi nilai, atau pilih status 'kosong'.",
    ),
    (
        "kosong with a value",
        {"Target!F2": "kosong"},
        "Target!F2",
        (
            "Status 'kosong' tetapi nilainya terisi. Pilih 'ok' atau 'perlu konfirmasi', atau "
            "kosongkan nilainya."
        ),
    ),
    (
        "scale out of order",
        {"Skala!A3": 95},
        "Skala!A3",
        (
            "Batas 95 tidak lebih kecil dari batas baris di atasnya. Urutkan dari yang tertinggi, "
            "tanpa angka yang sama."
        ),
    ),
    (
        "scale that overlaps",
        {"Skala!A4": 76},
        "Skala!A4",
        (
            "Batas 76 tidak lebih kecil dari batas baris di atasnya. Urutkan dari yang tertinggi, "
            "tanpa angka yang sama."
        ),
    ),
    (
        "scale that is open at the bottom",
        {"Skala!A6": 0},
        "Skala!A6",
        "Baris terakhir menampung semua capaian di bawahnya. Kosongkan batas bawahnya.",
    ),
    (
        "scale with a colour in words",
        {"Skala!D2": "hijau"},
        "Skala!D2",
        "Warna 'HIJAU' bukan enam angka heksadesimal, mis. 1B7837.",
    ),
    (
        "unknown setting value",
        {"Pengaturan!B6": "lowest"},
        "Pengaturan!B6",
        (
            "'lowest' tidak dikenal sebagai nilai. Pilih salah satu: lower, upper. "
            "Mungkin maksudnya 'lower'."
        ),
    ),
    (
        "unknown setting",
        {"Pengaturan!A8": "tenggat_units"},
        "Pengaturan!A8",
        (
            "Pengaturan 'tenggat_units' tidak dikenal; betulkan atau hapus. "
            "Mungkin maksudnya 'tenggat_unit'."
        ),
    ),
    (
        "unknown time zone",
        {"Pengaturan!B10": "Asia/Liwa"},
        "Pengaturan!B10",
        "Zona waktu 'Asia/Liwa' tidak dikenal. Contoh yang benar: Asia/Jakarta.",
    ),
    (
        "a day that not every month has",
        {"Pengaturan!B8": 31},
        "Pengaturan!B8",
        "tenggat_unit berisi 31. Isi dengan bilangan bulat dari 1 sampai 28.",
    ),
    (
        "a period that is none",
        {"Pengaturan!B12": "TW4 2019"},
        "Pengaturan!B12",
        "'TW4 2019' bukan periode. Tulis seperti 2019-TW4.",
    ),
    (
        "Renstra years in disorder",
        {"Dinas!B8": "2022, 2018"},
        "Dinas!B8",
        "Tulis tahun Renstra urut, dipisah koma, misalnya 2018, 2019, 2020.",
    ),
    (
        "a limit upside down",
        {"Isian!H2": 9, "Isian!I2": 3},
        "Isian!H2",
        "Minimum lebih besar dari maksimum. Betulkan salah satunya.",
    ),
    (
        "a document line moved",
        {"Dokumen!A5": 9},
        "Dokumen!A5",
        "Nomor baris seharusnya 4. Jangan mengubah urutan dokumen.",
    ),
)


@pytest.mark.parametrize(
    ("cells", "place", "sentence"),
    [case[1:] for case in BROKEN],
    ids=[case[0] for case in BROKEN],
)
def test_a_broken_register_is_refused_with_its_cell_and_a_sentence(
    cells: dict[str, str | int | None], place: str, sentence: str
) -> None:
    found = {f"{d.sheet}!{d.cell}": d.sentence for d in defects(typed(cells))}
    assert list(found) == [place]
    assert found[place] == sentence


def test_a_range_without_lower_bounds_is_refused_at_every_year() -> None:
    found = defects(typed({"Indikator!I10": "range"}))
    first = row_of("sekretaris/01", 2018)
    assert [d.cell for d in found] == [f"G{row}" for row in range(first, first + 5)]
    assert {d.sentence for d in found} == {
        "Polaritas range memerlukan batas bawah. Isi batas bawahnya."
    }


def test_inputs_that_stand_twice_are_refused_at_the_second() -> None:
    data = typed({"Isian!A3": "iku-dinas/02", "Isian!B4": "a"})
    assert places(data) == ["Indikator!J3", "Isian!B4"]


def test_an_input_key_that_the_method_does_not_use_is_refused() -> None:
    assert places(typed({"Isian!B2": "c"})) == ["Indikator!J2", "Isian!B2"]


@pytest.mark.parametrize(
    ("indicator", "tw", "column", "sentence"),
    [
        (
            "kasi-bina-perdagangan/01",
            (12, 12, 12, 11),
            "H",
            "Jumlah target TW1-TW4 adalah 47, padahal target tahun 48. Samakan keduanya.",
        ),
        (
            "iku-dinas/01",
            (5, 10, 15, 20),
            "K",
            (
                "Target TW4 adalah 20, padahal target tahun 22. Untuk agregasi last keduanya harus "
                "sama."
            ),
        ),
        (
            "kabid-perdagangan/01",
            (5, 5, 5, 6),
            "H",
            "Rata-rata target TW1-TW4 adalah 5,25, padahal target tahun 5. Samakan keduanya.",
        ),
        (
            "kasi-bina-perdagangan/01",
            (24, None, 12, 12),
            "I",
            (
                "Target TW2 kosong, padahal triwulan lain terisi. Isi keempatnya, atau kosongkan "
                "semuanya."
            ),
        ),
    ],
    ids=["sum", "last", "average", "partly filled"],
)
def test_triwulan_targets_that_differ_from_the_year_are_refused(
    indicator: str, tw: tuple[int | None, ...], column: str, sentence: str
) -> None:
    row = row_of(indicator, 2020)
    data = typed({f"Target!{c}{row}": value for c, value in zip("HIJK", tw, strict=True)})
    assert defects(data) == (Defect("Target", f"{column}{row}", sentence),)


def test_several_defects_are_reported_at_once_in_the_order_of_the_sheets() -> None:
    data = typed({"Target!D2": "x", "Jabatan!F4": "nihil", "Indikator!I2": "?"})
    with pytest.raises(RegistryError) as caught:
        read_registry(data)
    error = caught.value
    assert [f"{d.sheet}!{d.cell}" for d in error.findings] == [
        "Jabatan!F4",
        "Indikator!I2",
        "Target!D2",
    ]
    assert (error.sheet, error.cell) == ("Jabatan", "F4")
    assert error.sentence in str(error)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    printed=st.text(
        st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1
    ).filter(lambda text: not text.startswith("_x")),
    value=st.decimals(
        min_value=Decimal("-1e9"), max_value=Decimal("1e9"), places=4, allow_nan=False
    ),
)
def test_any_printed_text_and_any_value_survive_the_workbook(printed: str, value: Decimal) -> None:
    registry = _with_first_target(load_source(), printed, value)
    assert read_registry(write_registry(registry)) == registry


def _with_first_target(registry: Registry, printed: str, value: Decimal) -> Registry:
    first = registry.indicators[0]
    target = replace(first.targets[0], printed=printed, value=value)
    changed = replace(first, targets=(target, *first.targets[1:]))
    return replace(registry, indicators=(changed, *registry.indicators[1:]))
