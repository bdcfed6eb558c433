"""Name every way in which a filled form can be wrong or doubtful, and what mends it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.returns.desk import IN_TIME, Desk, Form
from tests.returns.paper import Value, remade, with_cells

TRAINING = "kasi-pemberdayaan-koperasi"  # H8: orang, per triwulan, 36; H9: unit, position, 86
RATIOS = "kabid-koperasi-ukm"  # H8/H9, H10/H11, H12/H13, H17/H18: ratios; H14/H15: growth; H16
MONTHS = "kasubbag-tu-upt-blud"  # H8: bulan, at most 12
SALARY = "iku-dinas"  # H8: koperasi; H9/H10: growth; H11, H12: miliar rupiah
PRICES = "kabid-perdagangan"  # H8:H11 prices

Content = str | int | float | date | time | None
Found = tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One return: how it is made from a form, its exact problems, and its cure.

    `cure` is None where the return is accepted; else what is typed into the correction
    workbook so that it is accepted, by cell. `before` are returns sent earlier: triwulan
    and what is typed over the sound answers. `says` stands in the sentence of the first
    problem.
    """

    name: str
    make: Callable[[Form], bytes]
    found: Found
    unit: str = TRAINING
    period: int = 1
    cure: Mapping[str, Value] | None = None
    says: str = ""
    before: tuple[tuple[int, Mapping[str, Value]], ...] = ()
    values: Mapping[tuple[str, str], Decimal | None] = field(default_factory=dict)

    def send(self, desk: Desk) -> tuple[Form, bytes]:
        """Send what came before; give the form of this return and its bytes."""
        for period, changes in self.before:
            form = desk.form(self.unit, period)
            outcome = desk.send(self.unit, form.filled(changes), day=IN_TIME[period])
            assert outcome.status == "accepted", outcome.problems
        form = desk.form(self.unit, self.period)
        return form, self.make(form)


def types(changes: Mapping[str, Value]) -> Callable[[Form], bytes]:
    """Type over the sound answers."""
    return lambda form: form.filled(changes)


def holds(cells: Mapping[str, str]) -> Callable[[Form], bytes]:
    """Put raw XML into cells over the sound answers."""
    return lambda form: with_cells(form.filled(), cells)


def works(
    change: Callable[[Worksheet], object], changes: Mapping[str, Value] | None = None
) -> Callable[[Form], bytes]:
    """Change the sheet Isian of a filled form in a program."""
    return lambda form: remade(form.filled(changes), lambda book: change(book["Isian"]))


def rebinds(change: Callable[[Workbook], object]) -> Callable[[Form], bytes]:
    """Change the workbook of a filled form in a program."""
    return lambda form: remade(form.filled(), change)


def _put(values: Mapping[str, Content]) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        for at, value in values.items():
            sheet[at] = value

    return change


def _percent(sheet: Worksheet) -> None:
    sheet["H8"] = 0.36
    sheet["H8"].number_format = "0%"


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


def _hide_column(sheet: Worksheet) -> None:
    sheet.column_dimensions["H"].hidden = True


def _filter(sheet: Worksheet) -> None:
    sheet.auto_filter.ref = "A7:P9"
    sheet.auto_filter.add_filter_column(4, ["orang"])
    sheet.row_dimensions[9].hidden = True


_TEXTS = {"L8": "Peserta sedikit", "N8": "Menambah sosialisasi"}
_LONG = "a" * 2001
_SHORT_36 = {"H8": 36}

INPUT_CASES = (
    Case(
        "S01 a required cell is blank",
        types({"H8": None}),
        (("S01", "H8"),),
        cure=_SHORT_36,
        says="ketik 0",
    ),
    Case(
        "S02 a whole number is text",
        types({"H8": "36"}),
        (("S02", "H8"),),
        values={("kasi-pemberdayaan-koperasi/01", "a"): Decimal(36)},
    ),
    Case(
        "S02 nihil is 0 where things are counted",
        types({"H8": "nihil", **_TEXTS}),
        (("S02", "H8"),),
        values={("kasi-pemberdayaan-koperasi/01", "a"): Decimal(0)},
    ),
    Case(
        "S03 a share is no number",
        types({"H8": "12 dari 15"}),
        (("S03", "H8"),),
        cure=_SHORT_36,
        says="“12 dari 15” bukan satu angka",
    ),
    Case("S03 an exponent is no number", types({"H8": "1e3"}), (("S03", "H8"),), cure=_SHORT_36),
    Case(
        "S04 a comma before three digits",
        types({"H8": "1,250"}),
        (("S04", "H8"),),
        cure=_SHORT_36,
        says="1,25 atau 1.250",
    ),
    Case(
        "S06 the unit is typed too",
        types({"H8": "36 org"}),
        (("S06", "H8"),),
        values={("kasi-pemberdayaan-koperasi/01", "a"): Decimal(36)},
        says="36 orang",
    ),
    Case(
        "S07 a date",
        works(_put({"H8": date(2020, 4, 3)})),
        (("S07", "H8"),),
        cure=_SHORT_36,
        says="3 April 2020",
    ),
    Case(
        "S07 a time",
        works(_put({"H8": time(12, 30)})),
        (("S07", "H8"),),
        cure=_SHORT_36,
        says="12.30",
    ),
    Case(
        "S11 a formula with its value",
        holds({"H8": "><f>30+6</f><v>36</v></c>"}),
        (("S11", "H8"),),
        values={("kasi-pemberdayaan-koperasi/01", "a"): Decimal(36)},
        says="36",
    ),
    Case(
        "S12 a formula without its value",
        holds({"H8": "><f>30+6</f></c>"}),
        (("S12", "H8"),),
        cure=_SHORT_36,
        says="=30+6",
    ),
    Case(
        "S13 a broken reference",
        holds({"H8": ' t="e"><v>#REF!</v></c>'}),
        (("S13", "H8"),),
        cure=_SHORT_36,
        says="#REF!",
    ),
    Case(
        "S13 a formula that divides by 0",
        holds({"H8": ' t="e"><f>1/0</f><v>#DIV/0!</v></c>'}),
        (("S13", "H8"),),
        cure=_SHORT_36,
        says="#DIV/0!",
    ),
    Case(
        "S13 an error in a text",
        holds({"L8": ' t="e"><v>#N/A</v></c>'}),
        (("S13", "L8"),),
        cure={"L8": "Tidak ada"},
    ),
    Case(
        "S14 a fraction of a person",
        types({"H8": Decimal("36.5")}),
        (("S14", "H8"),),
        cure=_SHORT_36,
        says="36,5",
    ),
    Case(
        "S14 a fraction of a person as text",
        types({"H8": "36,5"}),
        (("S14", "H8"),),
        cure=_SHORT_36,
    ),
    Case(
        "S15 less than nothing",
        types({"H8": -1, **_TEXTS}),
        (("S15", "H8"),),
        cure=_SHORT_36,
        says="paling kecil 0",
    ),
    Case(
        "S15 thirteen months",
        types({"H8": 13}),
        (("S15", "H8"),),
        unit=MONTHS,
        cure={"H8": 3, **_TEXTS},
        says="paling besar 12",
    ),
    Case(
        "S15 thirteen months to date",
        types({"H8": 4}),
        (("S15", "H8"),),
        unit=MONTHS,
        period=2,
        before=((1, {"H8": 9, **_TEXTS}),),
        cure={"H8": 3},
        says="Jumlah sampai triwulan ini 13",
    ),
    Case(
        "S16 a text of 2.001 letters",
        types({"P8": _LONG}),
        (("S16", "P8"),),
        cure={"P8": "singkat"},
        says="2001 huruf, paling banyak 2000",
    ),
    Case(
        "S16 a control character",
        types({"P8": "lonceng\x07"}),
        (("S16", "P8"),),
        cure={"P8": "lonceng"},
        says="tidak dapat dicetak",
    ),
    Case(
        "S18 no data and no reason",
        types({"H8": "-"}),
        (("S18", "H8"),),
        cure={"P8": "Menunggu"},
        says="P8",
    ),
    Case(
        "S18 nothing may be 0 or no data",
        types({"H8": "tidak ada"}),
        (("S18", "H8"),),
        cure=_SHORT_36,
    ),
    Case(
        "S18 nihil where money is asked",
        types({"H11": "nihil"}),
        (("S18", "H11"),),
        unit=SALARY,
        cure={"H11": Decimal("870.03")},
    ),
    Case(
        "S20 another unit", types({"H8": "36 unit"}), (("S20", "H8"),), cure=_SHORT_36, says="orang"
    ),
    Case(
        "S20 a percentage where people are counted",
        works(_percent),
        (("S20", "H8"),),
        cure=_SHORT_36,
        says="36%",
    ),
    Case(
        "S21 a text like a formula", types({"L8": "=SUM(A1)"}), (("S21", "L8"),), says="“=SUM(A1)”"
    ),
)

INDICATOR_CASES = (
    Case(
        "N05 a denominator of 0",
        types({"H9": 0}),
        (("N05", "H9"),),
        unit=RATIOS,
        cure={"H9": 1000},
        says="menjadi pembagi",
    ),
    Case(
        "N05 a year that grew from 0",
        types({"H15": 0}),
        (("N05", "H15"),),
        unit=RATIOS,
        cure={"H15": 100},
    ),
    Case("N05 a price of 0", types({"H9": 0}), (("N05", "H9"),), unit=PRICES, cure={"H9": 10300}),
    Case(
        "N06 more active cooperatives than there are",
        types({"H8": 1001}),
        (("N06", "H8"),),
        unit=RATIOS,
        cure={"H8": 260},
        says="1.001 lebih besar daripada penyebut 1.000",
    ),
    Case(
        "N06 more trained to date than there are",
        types({"H10": 900}),
        (("N06", "H10"),),
        unit=RATIOS,
        period=2,
        before=((1, {}),),
        cure={"H10": 0},
        says="1.150 (900 pada triwulan ini)",
    ),
    Case(
        "N08 a position fell",
        types({"H9": 85, "L9": "a", "N9": "b"}),
        (("N08", "H9"),),
        period=2,
        before=((1, {}),),
        says="turun dari 86",
    ),
    Case(
        "N08 a position fell for a reason",
        types({"H9": 85, "L9": "a", "N9": "b", "P9": "tutup"}),
        (),
        period=2,
        before=((1, {}),),
    ),
    Case("N09 more than twice the target", types({"H8": 73}), (("N09", "H8"),), says="202,78"),
    Case(
        "N09 less than half at the year's end",
        types({"H8": 17, **_TEXTS}),
        (("N09", "H8"),),
        period=4,
        says="47,22",
    ),
    Case("N09 is not asked early in the year", types({"H8": 17, **_TEXTS}), ()),
    Case("N09 an explanation is enough", types({"H8": 73, "P8": "Ada bantuan"}), ()),
    Case(
        "N10 ten times the target",
        types({"H8": 360}),
        (("N10", "H8"),),
        says="10 kali target tahun ini (36)",
    ),
    Case(
        "N10 a hundred times the triwulan before",
        types({"H9": 8600}),
        (("N10", "H9"),),
        period=2,
        before=((1, {}),),
        says="100 kali angka triwulan lalu (86)",
    ),
    Case(
        "N12 below the target before the year's end",
        types({"H8": 30}),
        (("N12", "L8"), ("N12", "N8")),
        says="faktor penghambat",
    ),
    Case(
        "N12 below the target at the year's end",
        types({"H8": 30}),
        (("N12", "L8"), ("N12", "N8")),
        period=4,
        cure=_TEXTS,
        says="faktor penghambat",
    ),
    Case(
        "N12 one of the two texts is there",
        types({"H8": 30, "L8": "Peserta sedikit"}),
        (("N12", "N8"),),
        period=4,
        cure=_TEXTS,
        says="tindak lanjut",
    ),
    Case(
        "N12 a dash is no explanation",
        types({"H8": 30, "L8": "-", "N8": "--"}),
        (("N12", "L8"), ("N12", "N8"), ("S21", "N8")),
        period=4,
        cure=_TEXTS,
    ),
    Case("N12 both texts are there", types({"H8": 30, **_TEXTS}), (), period=4),
    Case(
        "no data with a reason",
        types({"H8": "-", "P8": "Menunggu laporan"}),
        (),
        values={("kasi-pemberdayaan-koperasi/01", "a"): None},
    ),
    Case(
        "a yearly indicator left blank before the year's end", types({"H8": None}), (), unit=SALARY
    ),
    Case(
        "half of a yearly ratio",
        types({"H9": None}),
        (("S01", "H9"),),
        unit=SALARY,
        cure={"H9": 100},
    ),
    Case(
        "a yearly indicator left blank at the year's end",
        types({"H8": None}),
        (("S01", "H8"),),
        unit=SALARY,
        period=4,
        cure={"H8": 22},
    ),
)

FORM_CASES = (
    Case(
        "T05 the sheet is renamed",
        rebinds(_rename),
        (("T05", None),),
        cure={},
        says="Lembar yang paling mirip: “Isian TW 1”",
    ),
    Case(
        "T06 the heading of the yellow column is gone",
        works(_put({"H7": "Realisasi"})),
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
        "T06 the heading of the keys is gone", works(_put({"Q7": None})), (("T06", "Q7"),), cure={}
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
        works(_put({"Q9": "kunci"})),
        (("T08", "Q9"),),
        cure={},
        says="Kunci baris 9 berubah menjadi “kunci”",
    ),
    Case(
        "T08 a key is doubled",
        works(_put({"Q9": "kasi-pemberdayaan-koperasi/01#a"})),
        (("N01", None), ("T08", "Q9")),
        cure={},
        says="Baris 9 mengulang",
    ),
    Case(
        "T08 a key is erased",
        works(_put({"Q9": None})),
        (("T08", "Q9"),),
        cure={},
        says="Kunci baris 9 terhapus",
    ),
    Case(
        "T08 a row with another key and another label",
        works(_put({"Q9": "kunci", "D9": "Jumlah lain"})),
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
        works(_put({"Q9": "kabid-pasar/01#a"})),
        (("N03", "Q9"), ("T08", "Q9")),
        cure={},
        says="kabid-pasar/01",
    ),
    Case("T10 the protection is taken off", works(_unprotect), (("T10", None),)),
    Case(
        "T11 another target",
        works(_put({"F8": 30})),
        (("T11", "F8"),),
        cure={},
        says="berubah dari “36” menjadi “30”",
    ),
    Case(
        "T11 another label",
        works(_put({"D8": "Jumlah peserta"})),
        (("T11", "D8"),),
        cure={},
        says="menjadi “Jumlah peserta”",
    ),
    Case(
        "T11 another unit of measure",
        works(_put({"E9": "koperasi"})),
        (("T11", "E9"),),
        cure={},
        says="dari “unit” menjadi “koperasi”",
    ),
    Case(
        "T11 another earlier realisasi",
        works(_put({"G9": 80}), {"H9": 86}),
        (("T11", "G9"),),
        period=2,
        before=((1, {}),),
        cure={},
        says="dari “86” menjadi “80”",
    ),
    Case(
        "T11 an earlier realisasi where there is none",
        works(_put({"G8": 1000})),
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
    Case("T13 a hidden row", works(_hide_row), (("T13", "H8"),), says="baris 8"),
    Case(
        "T13 a hidden column", works(_hide_column), (("T13", "H8"), ("T13", "H9")), says="kolom H"
    ),
    Case("T13 a row that a filter leaves out", works(_filter), (("T13", "H9"),), says="baris 9"),
    Case(
        "T14 a word beside the table",
        works(_put({"T8": "lihat lampiran"})),
        (("T14", "T8"),),
        says="lihat lampiran",
    ),
    Case("T14 a word below the table", works(_put({"C20": "lihat lampiran"})), (("T14", "C20"),)),
    Case("T14 a number over a preview", works(_put({"I8": 36})), (("T14", "I8"),)),
    Case(
        "T15 a sheet more",
        rebinds(lambda book: book.create_sheet("Rincian")),
        (("T15", None),),
        says="“Rincian”",
    ),
)

CASES = (*INPUT_CASES, *INDICATOR_CASES, *FORM_CASES)
REJECTED = tuple(case for case in CASES if case.cure is not None)
