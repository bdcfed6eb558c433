"""Numbers keep their shortest exact text; dates are what Excel shows."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook_tools.reader.number_format import date_text, is_date_format, number_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0.85499999999999998", "0.855"),
        ("12", "12"),
        ("12.0", "12"),
        ("007", "7"),
        ("-0", "0"),
        ("1E3", "1000"),
        ("9007199254740991", "9007199254740991"),
        ("9007199254740993", "9007199254740992.0"),
        ("1e300", "1e+300"),
        (" 5.5\n", "5.5"),
        (".5", "0.5"),
    ],
)
def test_a_number_is_written_in_its_shortest_form(value: str, text: str) -> None:
    assert number_text(value) == text


@pytest.mark.parametrize(
    "value", ["nan", "inf", "-inf", "1E999", "1_000", "१२", "１２", "0x10", "12 3", "", "1,5"]
)
def test_what_is_no_finite_number_is_none(value: str) -> None:
    assert number_text(value) is None


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_no_number_loses_a_bit(number: float) -> None:
    text = number_text(repr(number))
    assert text is not None
    assert math.isclose(float(text), number, rel_tol=0, abs_tol=0)


@pytest.mark.parametrize(
    "code", ["d-mmm-yy", "mm-dd-yy", "[h]:mm:ss", "yyyy", "[$-421]dd mmmm yyyy", "h:mm AM/PM"]
)
def test_a_code_with_days_or_hours_is_a_date(code: str) -> None:
    assert is_date_format(code)


@pytest.mark.parametrize(
    "code",
    ["General", "0.00", '"Rp"#,##0', "[Red]0", '0 "hari"', "0\\d", "0.00E+00", "[$Rp-421] 0", "@"],
)
def test_a_code_with_quoted_or_escaped_letters_is_no_date(code: str) -> None:
    assert not is_date_format(code)


@pytest.mark.parametrize(
    ("serial", "epoch_1904", "text"),
    [
        ("43926", False, "2020-04-05"),
        ("43926.5", False, "2020-04-05T12:00:00"),
        ("0.25", False, "06:00:00"),
        ("0", False, "00:00:00"),
        ("1", False, "1900-01-01"),
        ("59", False, "1900-02-28"),
        ("60", False, "1900-02-29"),
        ("61", False, "1900-03-01"),
        ("2958465", False, "9999-12-31"),
        ("2958466", False, None),
        ("-1", False, None),
        ("42464", True, "2020-04-05"),
        ("43926.9999999999", False, "2020-04-06"),
        ("1.000005787", False, "1900-01-01T00:00:00.500"),
    ],
)
def test_a_serial_day_is_the_date_that_excel_shows(
    serial: str,
    epoch_1904: bool,  # noqa: FBT001 (a column of the table)
    text: str | None,
) -> None:
    assert date_text(serial, epoch_1904=epoch_1904) == text
