"""What people type becomes the number they meant, or a problem, never a guess."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook_tools.indicators.numbers import (
    NumberReading,
    format_number,
    read_cell_number,
    read_number,
)

NBSP, NARROW, THIN, FIGURE = "\u00a0", "\u202f", "\u2009", "\u2007"

READ = [
    # text, kind, unit, value, problems
    ("3,90%", "percent", "persen", "3.9", ()),
    ("3.90%", "percent", "persen", "3.9", ("S02",)),
    ("1.250 orang", "count", "orang", "1250", ("S02",)),
    ("74 uni", "count", "unit", "74", ("S06",)),
    ("0 Kali", "count", "kali", "0", ()),
    ("656,081.37", "money", "rupiah", "656081.37", ()),
    ("656.081,37", "money", "rupiah", "656081.37", ()),
    ("Rp 1.250.000,00", "money", "rupiah", "1250000", ()),
    ("Rp1.250.000,-", "money", "rupiah", "1250000", ()),
    ("Rp. 82,25", "money", "miliar rupiah", "82.25", ()),
    ("82,25 Milyar", "money", "miliar rupiah", "82.25", ("S06",)),
    ("82,25 miliar rupiah", "money", "miliar rupiah", "82.25", ()),
    ("82,25", "percent", "persen", "82.25", ()),
    ("82.25", "percent", "%", "82.25", ("S02",)),
    ("85,5 %", "percent", "persen", "85.5", ()),
    ("85,5 persen", "percent", "%", "85.5", ()),
    ("85,5 prosen", "percent", "persen", "85.5", ("S06",)),
    ("3,1415", "percent", "persen", "3.1415", ()),
    ("3.1415", "percent", "persen", "3.1415", ("S02",)),
    ("1.250.000", "money", "rupiah", "1250000", ()),
    ("1,250,000", "count", "orang", "1250000", ()),
    (f"1{NBSP}250{NBSP}orang", "count", "orang", "1250", ()),
    (f"1{NARROW}250", "count", "orang", "1250", ()),
    (f"{THIN}12{FIGURE}", "count", "orang", "12", ()),
    ("1 250,5", "money", "rupiah", "1250.5", ()),
    ("\u200e12\ufeff", "count", "orang", "12", ()),
    ("１２３", "count", "orang", "123", ("S02",)),
    ("１．２５０", "count", "orang", "1250", ("S02",)),
    ("٨٢٫٢٥", "percent", "persen", "82.25", ("S02",)),
    ("−5", "percent", "persen", "-5", ("S02",)),
    ("-5", "percent", "persen", "-5", ()),
    ("+5", "count", "unit", "5", ()),
    ("-1.250 org", "count", "orang", "-1250", ("S02", "S06")),
    ("6 Kop.", "count", "koperasi", "6", ("S06",)),
    ("6 (koperasi)", "count", "koperasi", "6", ()),
    ("6 UMKM", "count", "UMKM", "6", ()),
    ("6 sub bidang", "count", "sub bidang urusan", "6", ("S06",)),
    ("7 ekor", "count", "ekor", "7", ()),
    ("12,0", "count", "orang", "12", ()),
    ("12.0 orang", "count", "orang", "12", ("S02",)),
    ("007", "count", "unit", "7", ()),
    ("nihil", "count", "orang", "0", ("S02",)),
    ("NIHIL.", "count", "orang", "0", ("S02",)),
]

REFUSED = [
    ("1.250", "percent", "persen", "S04"),
    ("1.250", "money", "miliar rupiah", "S04"),
    ("1,250", "count", "orang", "S04"),
    ("1,250", "percent", "persen", "S04"),
    ("82,250 %", "percent", "persen", "S04"),
    ("0.500", "count", "orang", "S04"),
    ("1234.567", "count", "orang", "S04"),
    ("6 Kop", "count", "dokumen", "S20"),
    ("6 ekor", "count", "dokumen", "S20"),
    ("6 KUMKM", "count", "UMKM", "S20"),
    ("5 juta", "money", "miliar rupiah", "S20"),
    ("5 rupiah", "money", "miliar rupiah", "S20"),
    ("85 %", "count", "orang", "S20"),
    ("Rp 500", "count", "orang", "S20"),
    ("500,-", "count", "orang", "S20"),
    ("12,5", "count", "orang", "S14"),
    ("12.5 orang", "count", "orang", "S14"),
    ("nihil", "percent", "persen", "S18"),
    ("nihil", "money", "rupiah", "S18"),
    ("tidak ada", "count", "orang", "S18"),
    ("1e5", "count", "orang", "S03"),
    ("1E400", "money", "rupiah", "S03"),
    ("inf", "percent", "persen", "S03"),
    ("-inf", "percent", "persen", "S03"),
    ("nan", "percent", "persen", "S03"),
    ("0x10", "count", "orang", "S03"),
    ("1_000", "count", "orang", "S03"),
    ("3/4", "count", "orang", "S03"),
    ("½", "percent", "persen", "S03"),
    ("5²", "count", "orang", "S03"),
    ("10-12", "count", "orang", "S03"),
    ("10–12", "count", "orang", "S03"),
    ("12 dari 15", "count", "orang", "S03"),
    ("12 lebih", "count", "orang", "S03"),
    ("=5+3", "count", "orang", "S03"),
    ("--5", "count", "orang", "S03"),
    ("(5)", "count", "orang", "S03"),
    ("5+", "count", "orang", "S03"),
    ("> 5", "count", "orang", "S03"),
    ("12 15", "count", "orang", "S03"),
    ("1.25.000", "money", "rupiah", "S03"),
    ("12.50,5", "money", "rupiah", "S03"),
    ("1.250,50.5", "money", "rupiah", "S03"),
    ("1,250,00", "money", "rupiah", "S03"),
    ("12,", "percent", "persen", "S03"),
    ("dua belas", "count", "orang", "S03"),
    ("12\x0012", "count", "orang", "S03"),
    ("9" * 16, "money", "rupiah", "S03"),
    ("9" * 4000, "money", "rupiah", "S03"),
]


@pytest.mark.parametrize(("text", "kind", "unit", "value", "problems"), READ)
def test_a_typed_number_is_read_as_it_was_meant(
    text: str, kind: str, unit: str, value: str, problems: tuple[str, ...]
) -> None:
    reading = read_number(text, kind=kind, unit=unit)
    assert (reading.value, reading.problems) == (Decimal(value), problems)


@pytest.mark.parametrize(("text", "kind", "unit", "code"), REFUSED)
def test_what_is_no_plain_number_gets_one_error_and_no_value(
    text: str, kind: str, unit: str, code: str
) -> None:
    reading = read_number(text, kind=kind, unit=unit)
    assert (reading.value, reading.problems) == (None, (code,))


@pytest.mark.parametrize("text", ["", " ", f"{NBSP}\n", "\u200b"])
def test_a_blank_is_blank_and_no_problem(text: str) -> None:
    assert read_number(text, kind="count", unit="orang") == NumberReading(None, is_blank=True)


@pytest.mark.parametrize(
    "text", ["-", "–", "n/a", "N/A", "n.a.", "Belum ada data", "belum  ada data.", "tidak ada data"]
)
@pytest.mark.parametrize("kind", ["count", "percent", "money"])
def test_no_data_is_never_zero(text: str, kind: str) -> None:
    assert read_number(text, kind=kind, unit="persen") == NumberReading(None, no_data=True)


def test_an_ambiguous_number_shows_both_readings() -> None:
    reading = read_number("-1,250", kind="count", unit="orang")
    assert reading.readings == (Decimal("-1.250"), Decimal(-1250))


def test_every_typed_digit_is_kept_and_zero_has_no_sign() -> None:
    long = read_number("-0," + "12" * 20, kind="percent", unit="persen").value
    assert (str(long), str(read_number("-0", kind="count", unit="unit").value)) == (
        "-0." + "12" * 20,
        "0",
    )


def test_the_typed_unit_is_told_as_it_was_typed() -> None:
    typed = [
        read_number(text, kind="count", unit="dokumen").unit_typed
        for text in ("6 Kop", "6 dok.", "6", "6 Dokumen", "Rp 6")
    ]
    assert typed == ["Kop", "dok.", None, "Dokumen", "Rp"]


@pytest.mark.parametrize(
    ("text", "kind", "value", "problems"),
    [
        ("82.25", "percent", "82.25", ()),
        ("1250", "count", "1250", ()),
        ("3.0000000000000004", "count", "3", ()),
        ("33.333333333333336", "percent", "33.333333333333336", ()),
        ("1e-05", "money", "0.00001", ()),
        ("12.5", "count", None, ("S14",)),
        ("inf", "money", None, ("S03",)),
        ("1e+300", "money", None, ("S03",)),
        ("TRUE", "count", None, ("S03",)),
    ],
)
def test_a_number_cell_is_taken_as_it_is(
    text: str, kind: str, value: str | None, problems: tuple[str, ...]
) -> None:
    reading = read_cell_number(text, kind=kind)
    expected = None if value is None else Decimal(value)
    assert (reading.value, reading.problems) == (expected, problems)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        ("1234.56", None, "1.234,56"),
        ("1234.500", None, "1.234,5"),
        ("1250000", None, "1.250.000"),
        ("0", None, "0"),
        ("-0.004", 2, "0,00"),
        ("-1234.5", 2, "-1.234,50"),
        ("90.905", 2, "90,91"),
        ("12", 0, "12"),
        ("2.5", 0, "3"),
        ("9.090909090909090909090909", None, "9,09090909090909"),
        (
            "12345678901234567890123456789012.345",
            2,
            "12.345.678.901.234.567.890.123.456.789.012,35",
        ),
    ],
)
def test_numbers_are_written_with_indonesian_separators(
    value: str, decimals: int | None, text: str
) -> None:
    assert format_number(Decimal(value), decimals=decimals) == text


@given(st.text(max_size=100), st.sampled_from(["count", "percent", "money"]))
def test_no_text_breaks_the_reader_and_no_error_has_a_value(text: str, kind: str) -> None:
    reading = read_number(text, kind=kind, unit="persen")
    if set(reading.problems) - {"S02", "S06"}:
        assert reading.value is None
    elif reading.value is None:
        assert reading.is_blank or reading.no_data


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_money_as_people_read_it_reads_back_as_itself(value: Decimal) -> None:
    reading = read_number(format_number(value, decimals=2), kind="money", unit="rupiah")
    assert (reading.value, reading.problems) == (value, ())


@given(st.text(alphabet="0123456789., -+%", max_size=12))
def test_a_count_is_always_whole(text: str) -> None:
    value = read_number(text, kind="count", unit="orang").value
    assert value is None or value == int(value)


@pytest.mark.parametrize("text", ["Rp. 12.500,-", "12.500,-", "Rp 12.500,--", "12500,-"])
def test_the_dash_of_rupiah_stands_for_the_cents(text: str) -> None:
    reading = read_number(text, kind="money", unit="rupiah")

    assert (reading.value, reading.problems) == (Decimal(12500), ())
