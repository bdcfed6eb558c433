"""Read one cell without guessing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.form.forms import RATIOS, TRAINING, content_of
from workbook_tools.form.cells import read_input, read_text, shown_date, typed_date
from workbook_tools.form.content import FormInput
from workbook_tools.problems.problem import Place
from workbook_tools.reader.raw import CellType, RawCell

PLACE = Place("Isian", "H8", "x/01")
PEOPLE: FormInput = content_of(TRAINING).indicators[0].inputs[0]
MONEY: FormInput = content_of("iku-dinas").indicators[2].inputs[0]

N, T = CellType.NUMBER, CellType.TEXT


@pytest.mark.parametrize(
    ("cell", "value", "codes"),
    [
        (None, None, []),
        (RawCell(T, "   "), None, []),
        (RawCell(N, "36"), Decimal(36), []),
        (RawCell(N, "36.0"), Decimal(36), []),
        (RawCell(N, "0"), Decimal(0), []),
        (RawCell(N, "36.5"), None, ["S14"]),
        (RawCell(N, "1e+300"), None, ["S03"]),
        (RawCell(N, "0.36", format="0%"), None, ["S20"]),
        (RawCell(N, "36", formula="30+6"), Decimal(36), ["S11"]),
        (RawCell(N, "", formula="30+6"), None, ["S12"]),
        (RawCell(T, "", formula='""'), None, ["S12"]),
        (RawCell(CellType.ERROR, "#N/A"), None, ["S13"]),
        (RawCell(CellType.ERROR, "#DIV/0!", formula="1/0"), None, ["S13"]),
        (RawCell(CellType.DATE, "2020-04-03"), None, ["S07"]),
        (RawCell(CellType.DATE, "12:30:00"), None, ["S07"]),
        (RawCell(CellType.BOOLEAN, "TRUE"), None, ["S03"]),
        (RawCell(T, "36"), Decimal(36), ["S02"]),
        (RawCell(T, "'36"), None, ["S03"]),
        (RawCell(T, "1.250 orang"), Decimal(1250), ["S02", "S06"]),
        (RawCell(T, "3 dari 4"), None, ["S03"]),
        (RawCell(T, "36 unit"), None, ["S20"]),
        (RawCell(T, "1,250"), None, ["S04"]),
        (RawCell(T, "nihil"), Decimal(0), ["S02"]),
        (RawCell(T, "-"), None, []),
        (RawCell(T, "belum ada data"), None, []),
    ],
)
def test_a_yellow_cell_is_read(
    cell: RawCell | None, value: Decimal | None, codes: list[str]
) -> None:
    reading = read_input(cell, PEOPLE, place=PLACE, note_cell="P8")

    assert reading.value == value
    assert [p.code for p in reading.problems] == codes
    assert all(p.place == PLACE for p in reading.problems)


def test_no_data_is_told_from_a_blank() -> None:
    said = read_input(RawCell(T, "n/a"), PEOPLE, place=PLACE, note_cell="P8")
    blank = read_input(None, PEOPLE, place=PLACE, note_cell="P8")

    assert (said.no_data, said.typed, said.wrong) == (True, "n/a", False)
    assert (blank.no_data, blank.typed, blank.wrong) == (False, "", False)


def test_a_number_that_cannot_be_taken_is_still_held_to_be_put_back() -> None:
    reading = read_input(RawCell(N, "36.5"), PEOPLE, place=PLACE, note_cell="P8")

    assert reading.held == Decimal("36.5")
    assert reading.wrong


def test_money_keeps_its_digits() -> None:
    reading = read_input(RawCell(N, "870.03"), MONEY, place=PLACE, note_cell="P8")

    assert reading.value == Decimal("870.03")


@pytest.mark.parametrize(
    ("iso", "typed", "shown"),
    [
        ("2020-04-03", "3/4", "3 April 2020"),
        ("2020-12-31T00:00:00", "31/12", "31 Desember 2020"),
        ("12:30:00", "12:30", "pukul 12.30"),
    ],
)
def test_a_date_shows_what_was_probably_typed(iso: str, typed: str, shown: str) -> None:
    assert typed_date(iso) == typed
    assert shown_date(iso) == shown


@pytest.mark.parametrize(
    ("cell", "text", "codes"),
    [
        (None, "", []),
        (RawCell(T, "  hujan "), "hujan", []),
        (RawCell(N, "12"), "12", []),
        (RawCell(CellType.DATE, "2020-04-03"), "3 April 2020", []),
        (RawCell(T, "=SUM(A1)"), "=SUM(A1)", ["S21"]),
        (RawCell(T, "@x"), "@x", ["S21"]),
        (RawCell(T, "-"), "-", []),
        (RawCell(T, "hujan", formula="A1"), "hujan", ["S11"]),
        (RawCell(T, "", formula="A1"), "=A1", ["S12"]),
        (RawCell(CellType.ERROR, "#REF!"), "", ["S13"]),
    ],
)
def test_a_text_cell_is_read(cell: RawCell | None, text: str, codes: list[str]) -> None:
    reading = read_text(cell, place=PLACE)

    assert reading.text == text
    assert [p.code for p in reading.problems] == codes


def test_a_share_in_a_percent_format_is_asked_about_and_not_guessed() -> None:
    asked = content_of(RATIOS).indicators[0].inputs[0]

    reading = read_input(RawCell(N, "0.26", format="0.00%"), asked, place=PLACE, note_cell="P8")

    assert reading.value is None
    assert reading.typed == "26%"
