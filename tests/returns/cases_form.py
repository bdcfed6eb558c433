"""Name the ways in which the form itself can be damaged."""

from __future__ import annotations

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.returns.cases import (
    RATIOS,
    Case,
    puts,
    rebinds,
    works,
)


def _copy_row(sheet: Worksheet) -> None:
    sheet.insert_rows(10)
    for column in range(1, 18):
        sheet.cell(10, column).value = sheet.cell(9, column).value


def _rename(book: Workbook) -> None:
    book["Isian"].title = "Isian TW 1"


def _unprotect(sheet: Worksheet) -> None:
    sheet.protection.sheet = False


def _hide_row(sheet: Worksheet) -> None:
    sheet.row_dimensions[8].hidden = True


def _hide_people(sheet: Worksheet) -> None:
    sheet.row_dimensions[12].hidden = True


def _filter_elsewhere(sheet: Worksheet) -> None:
    sheet.auto_filter.ref = "A7:P8"
    sheet.auto_filter.add_filter_column(4, ["orang"])
    sheet.row_dimensions[9].hidden = True


def _hide_column(sheet: Worksheet) -> None:
    sheet.column_dimensions["H"].hidden = True


def _filter(sheet: Worksheet) -> None:
    sheet.auto_filter.ref = "A7:P9"
    sheet.auto_filter.add_filter_column(4, ["orang"])
    sheet.row_dimensions[9].hidden = True


FORM_CASES: tuple[Case, ...] = (
    Case(
        "T05 the sheet is renamed",
        rebinds(_rename),
        (("T05", None),),
        cure={},
        says="Lembar yang paling mirip: “Isian TW 1”",
    ),
    Case(
        "T06 the heading of the yellow column is gone",
        works(puts({"H7": "Realisasi"})),
        (("T06", "H7"),),
        cure={},
        says="kini tertulis “Realisasi”",
    ),
    Case(
        "T06 a column is deleted",
        works(lambda sheet: sheet.delete_cols(5)),
        (("T06", "E7"), ("T07", "A7")),
        cure={},
        says="Kolom “Satuan”",
    ),
    Case(
        "T06 the heading of the keys is gone", works(puts({"Q7": None})), (("T06", "Q7"),), cure={}
    ),
    Case(
        "T07 a row is inserted above", works(lambda sheet: sheet.insert_rows(3)), (("T07", "A8"),)
    ),
    Case(
        "T07 a row is inserted among the rows",
        works(lambda sheet: sheet.insert_rows(9)),
        (("T07", None),),
    ),
    Case("T07 a column is inserted", works(lambda sheet: sheet.insert_cols(4)), (("T07", "A7"),)),
    Case(
        "T08 a row is deleted",
        works(lambda sheet: sheet.delete_rows(9)),
        (("N02", "C9"), ("T08", "H9")),
        cure={"H9": 86},
        says="tidak ada lagi",
    ),
    Case(
        "T08 a row of a ratio is deleted",
        works(lambda sheet: sheet.delete_rows(9)),
        (("T07", None), ("T08", "H9")),
        unit=RATIOS,
        cure={"H9": 1000},
    ),
    Case(
        "T08 a key is changed",
        works(puts({"Q9": "kunci"})),
        (("T08", "Q9"),),
        cure={},
        says="Kunci baris 9 berubah menjadi “kunci”",
    ),
    Case(
        "T08 a key is doubled",
        works(puts({"Q9": "kasi-pemberdayaan-koperasi/01#a"})),
        (("N01", None), ("T08", "Q9")),
        cure={},
        says="Baris 9 mengulang",
    ),
    Case(
        "T08 a key is erased",
        works(puts({"Q9": None})),
        (("T08", "Q9"),),
        cure={},
        says="Kunci baris 9 terhapus",
    ),
    Case(
        "T08 a row with another key and another label",
        works(puts({"Q9": "kunci", "D9": "Jumlah lain"})),
        (("N02", "C9"), ("T08", "H9"), ("T08", "Q9")),
        cure={"H9": 86},
    ),
    Case(
        "N01 a row is copied below",
        works(_copy_row),
        (("N01", None), ("T08", "Q10")),
        cure={},
        says="muncul lebih dari sekali",
    ),
    Case(
        "N03 an indicator of another unit",
        works(puts({"Q9": "kabid-pasar/01#a"})),
        (("N03", "Q9"), ("T08", "Q9")),
        cure={},
        says="kabid-pasar/01",
    ),
    Case("T10 the protection is taken off", works(_unprotect), (("T10", None),)),
    Case(
        "T11 another target",
        works(puts({"F8": 30})),
        (("T11", "F8"),),
        cure={},
        says="berubah dari “36” menjadi “30”",
    ),
    Case(
        "T11 another title",
        works(puts({"A2": "Kepala Bidang Pasar — Triwulan II Tahun 2020"})),
        (("T11", "A2"),),
        cure={},
        says="menjadi “Kepala Bidang Pasar",
    ),
    Case(
        "T11 another label",
        works(puts({"D8": "Jumlah peserta"})),
        (("T11", "D8"),),
        cure={},
        says="menjadi “Jumlah peserta”",
    ),
    Case(
        "T11 a label is erased",
        works(puts({"C9": None})),
        (("T11", "C9"),),
        cure={},
        says="menjadi “(kosong)”",
    ),
    Case(
        "T06 the column of the follow-up is deleted",
        works(lambda sheet: sheet.delete_cols(14), {"H8": 30, "L8": "Peserta sedikit"}),
        (("T06", "N7"), ("T07", "A7")),
        period=4,
        cure={"N8": "Menambah sosialisasi"},
    ),
    Case(
        "T11 another unit of measure",
        works(puts({"E9": "koperasi"})),
        (("T11", "E9"),),
        cure={},
        says="dari “unit” menjadi “koperasi”",
    ),
    Case(
        "T11 another earlier realisasi",
        works(puts({"G9": 80}), {"H9": 86}),
        (("T11", "G9"),),
        period=2,
        before=((1, {}),),
        cure={},
        says="dari “86” menjadi “80”",
    ),
    Case(
        "T11 an earlier realisasi where there is none",
        works(puts({"G8": 1000})),
        (("T11", "G8"),),
        cure={},
        says="dari “(kosong)” menjadi “1.000”",
    ),
    Case(
        "T12 two yellow cells are one",
        works(lambda sheet: sheet.merge_cells("H8:H9")),
        (("S01", "H9"), ("T12", "H8")),
        cure={"H9": 86},
        says="H8:H9",
    ),
    Case(
        "T13 a row hidden by hand",
        works(_hide_row),
        (("T13", "H8"),),
        cure={},
        says="Baris 8 disembunyikan, padahal di situ ada isian (“36”).",
    ),
    Case(
        "T13 a row hidden by hand that asks in vain",
        works(_hide_row, {"H8": None}),
        (("S01", "H8"), ("T13", "H8")),
        cure={"H8": 36},
    ),
    Case(
        "T13 the row of a name hidden by hand",
        works(_hide_people),
        (("T13", None),),
        cure={},
        says="(“Siti Aminah”)",
    ),
    Case(
        "T13 a row hidden by hand outside the filter",
        works(_filter_elsewhere),
        (("T13", "H9"),),
        cure={},
        says="Baris 9 disembunyikan",
    ),
    Case(
        "T13 a hidden column", works(_hide_column), (("T13", "H8"), ("T13", "H9")), says="kolom H"
    ),
    Case("T13 a row that a filter leaves out", works(_filter), (("T13", "H9"),), says="baris 9"),
    Case(
        "T14 a word beside the table",
        works(puts({"T8": "lihat lampiran"})),
        (("T14", "T8"),),
        says="lihat lampiran",
    ),
    Case("T14 a word below the table", works(puts({"C20": "lihat lampiran"})), (("T14", "C20"),)),
    Case("T14 a number over a preview", works(puts({"I8": 36})), (("T14", "I8"),)),
    Case(
        "T15 a sheet more",
        rebinds(lambda book: book.create_sheet("Rincian")),
        (("T15", None),),
        says="“Rincian”",
    ),
)
