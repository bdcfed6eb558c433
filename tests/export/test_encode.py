"""Write tables so that nothing is lost, and nothing comes to life in a spreadsheet."""

from __future__ import annotations

import csv
import json
import re
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyarrow import parquet

from tests.missing import without
from workbook_tools.export.encode import (
    ParquetNeedsExtra,
    as_csv,
    as_json,
    as_parquet,
    number_text,
    quiet,
    unquiet,
)
from workbook_tools.export.tables import Column, Table, Value

texts = st.text(alphabet=st.sampled_from("a ';=+-@\t\n\r\",＝\N{NO-BREAK SPACE}"), max_size=12)


def table(*rows: tuple[Value, ...]) -> Table:
    """Give a table of a text, a count and a number."""
    columns = (Column("teks", "string", ""), Column("n", "integer", ""), Column("x", "number", ""))
    return Table("contoh", "Contoh", columns, rows, key=("teks",))


@given(texts)
@example("'=1")
@example(";'=1;''")
def test_the_apostrophes_can_be_taken_away_again(text: str) -> None:
    assert unquiet(quiet(text)) == text


@given(texts)
def test_no_piece_that_a_list_separator_could_cut_out_begins_like_a_formula(text: str) -> None:
    for piece in re.split(r"[;\t\r\n]", quiet(text)):
        assert not piece.lstrip(' "\N{NO-BREAK SPACE}').startswith(("=", "+", "-", "@", "＝"))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("-5 orang", "'-5 orang"),
        ("'kutipan", "''kutipan"),
        ("naik; =SUM(A1)", "naik; '=SUM(A1)"),
        ("baris\n@nama", "baris\n'@nama"),
        ("a;\"=cmd|' /C calc'!A0", "a;\"'=cmd|' /C calc'!A0"),
        ("naik 5 % = baik, -2", "naik 5 % = baik, -2"),
        ("", ""),
    ],
)
def test_only_what_could_be_a_formula_gets_an_apostrophe(text: str, written: str) -> None:
    assert quiet(text) == written


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Decimal("9.943714821763602251407129455909943714822"),) * 2,
        (Decimal("1E+3"), "1000"),
        (Decimal("100.00"), "100"),
        (Decimal("0E-9"), "0"),
        (Decimal("-0.50"), "-0.5"),
        (Decimal("1E-7"), "0.0000001"),
        (2020, "2020"),
    ],
)
def test_a_number_is_written_with_all_its_digits(number: Decimal | int, text: object) -> None:
    assert number_text(number) == str(text)


@given(texts, st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_a_csv_gives_back_what_was_written(text: str, number: Decimal) -> None:
    data = as_csv(table((text, 1, number))).decode("utf-8")
    (_, row) = csv.reader(StringIO(data, newline=""))
    assert (unquiet(row[0]), row[1], Decimal(row[2])) == (text, "1", number)


def test_a_csv_is_rfc_4180_without_a_mark() -> None:
    data = as_csv(table(('a "b", c', None, Decimal("1.5")), ("", 2, None)))
    assert data == b'"teks","n","x"\r\n"a ""b"", c",,1.5\r\n,2,\r\n'


@given(st.text(), st.decimals(allow_nan=False, allow_infinity=False, places=30))
def test_json_gives_back_text_and_every_digit(text: str, number: Decimal) -> None:
    data = as_json(table((text, 1, number)))
    (row,) = json.loads(data, parse_float=Decimal, parse_int=Decimal)
    assert row == {"teks": text or None, "n": 1, "x": number}


def test_parquet_has_its_types_and_the_nearest_doubles() -> None:
    third = Decimal(1) / 3
    read = parquet.read_table(BytesIO(as_parquet(table(("=1", 7, third), ("", None, None)))))
    assert [str(field.type) for field in read.schema] == ["string", "int64", "double"]
    assert read.to_pylist() == [
        {"teks": "=1", "n": 7, "x": 1 / 3},
        {"teks": None, "n": None, "x": None},
    ]


def test_without_its_library_parquet_says_what_to_install() -> None:
    with without("pyarrow"), pytest.raises(ParquetNeedsExtra, match=r"workbook-tools\[parquet\]"):
        as_parquet(table())
