"""Name the ways in which one cell can be wrong or doubtful."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal

from openpyxl.worksheet.worksheet import Worksheet

from tests.returns.cases import (
    MONTHS,
    SALARY,
    TEXTS,
    Case,
    holds,
    puts,
    types,
    works,
)
from tests.returns.paper import Value

_MENDED: Mapping[str, Value] = {"H8": 36}
_LONG = "a" * 2001


def _percent(sheet: Worksheet) -> None:
    sheet["H8"] = 0.36
    sheet["H8"].number_format = "0%"


INPUT_CASES: tuple[Case, ...] = (
    Case(
        "S01 a required cell is blank",
        types({"H8": None}),
        (("S01", "H8"),),
        cure=_MENDED,
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
        types({"H8": "nihil", **TEXTS}),
        (("S02", "H8"),),
        values={("kasi-pemberdayaan-koperasi/01", "a"): Decimal(0)},
    ),
    Case(
        "S03 a share is no number",
        types({"H8": "12 dari 15"}),
        (("S03", "H8"),),
        cure=_MENDED,
        says="“12 dari 15” bukan satu angka",
    ),
    Case("S03 an exponent is no number", types({"H8": "1e3"}), (("S03", "H8"),), cure=_MENDED),
    Case(
        "S04 a comma before three digits",
        types({"H8": "1,250"}),
        (("S04", "H8"),),
        cure=_MENDED,
        says="1,25 atau 1.250",
    ),
    Case(
        "S06 the unit is typed too",
        types({"H8": "36 org"}),
        (("S06", "H8"),),
        values={("kasi-pemberdayaan-koperasi/01", "a"): Decimal(36)},
        says="“36 org”",
    ),
    Case(
        "S07 a date",
        works(puts({"H8": date(2020, 4, 3)})),
        (("S07", "H8"),),
        cure=_MENDED,
        says="3 April 2020",
    ),
    Case(
        "S07 a date that became its serial number",
        works(puts({"H8": 43894})),
        (("S07", "H8"),),
        cure=_MENDED,
        says="mungkin tanggal 4 Maret 2020",
    ),
    Case(
        "S07 a number like a date that is explained",
        works(puts({"H8": 43894, "P8": "Peserta daring dari seluruh provinsi"})),
        (("N10", "H8"),),
        values={("kasi-pemberdayaan-koperasi/01", "a"): Decimal(43894)},
    ),
    Case(
        "S07 a time",
        works(puts({"H8": time(12, 30)})),
        (("S07", "H8"),),
        cure=_MENDED,
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
        "S11 a formula that gives a word",
        holds({"H8": ' t="str"><f>"a"</f><v>abc</v></c>'}),
        (("S03", "H8"),),
        cure=_MENDED,
    ),
    Case(
        "S11 a formula in a text",
        holds({"L8": ' t="str"><f>"a"</f><v>hujan</v></c>'}),
        (("S11", "L8"),),
        says="hujan",
    ),
    Case(
        "S12 a formula without its value",
        holds({"H8": "><f>30+6</f></c>"}),
        (("S12", "H8"),),
        cure=_MENDED,
        says="=30+6",
    ),
    Case(
        "S13 a broken reference",
        holds({"H8": ' t="e"><v>#REF!</v></c>'}),
        (("S13", "H8"),),
        cure=_MENDED,
        says="#REF!",
    ),
    Case(
        "S13 a formula that divides by 0",
        holds({"H8": ' t="e"><f>1/0</f><v>#DIV/0!</v></c>'}),
        (("S13", "H8"),),
        cure=_MENDED,
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
        cure=_MENDED,
        says="36,5",
    ),
    Case(
        "S14 a fraction of a person as text",
        types({"H8": "36,5"}),
        (("S14", "H8"),),
        cure=_MENDED,
    ),
    Case(
        "S15 less than nothing",
        types({"H8": -1, **TEXTS}),
        (("S15", "H8"),),
        cure=_MENDED,
        says="paling kecil 0",
    ),
    Case(
        "S15 thirteen months",
        types({"H8": 13}),
        (("S15", "H8"),),
        unit=MONTHS,
        cure={"H8": 3, **TEXTS},
        says="paling besar 12",
    ),
    Case(
        "S15 thirteen months to date",
        types({"H8": 4}),
        (("S15", "H8"),),
        unit=MONTHS,
        period=2,
        before=((1, {"H8": 9, **TEXTS}),),
        cure={"H8": 3},
        says="Jumlah seluruh triwulan 13",
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
        cure=_MENDED,
    ),
    Case(
        "S18 nihil where money is asked",
        types({"H11": "nihil"}),
        (("S18", "H11"),),
        unit=SALARY,
        cure={"H11": Decimal("870.03")},
    ),
    Case(
        "S20 another unit", types({"H8": "36 unit"}), (("S20", "H8"),), cure=_MENDED, says="orang"
    ),
    Case(
        "S20 a percentage where people are counted",
        works(_percent),
        (("S20", "H8"),),
        cure=_MENDED,
        says="36%",
    ),
    Case(
        "S21 a text like a formula", types({"L8": "=SUM(A1)"}), (("S21", "L8"),), says="“=SUM(A1)”"
    ),
)
