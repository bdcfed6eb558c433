"""Own every address of the form."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.form.forms import RATIOS, TRAINING, layout_of, registry
from workbook_tools.address import a1, column_letter
from workbook_tools.form.content import PEOPLE_FIELDS
from workbook_tools.form.layout import (
    COLUMNS,
    FIRST_ROW,
    Role,
    input_cells,
    plain,
    row_key,
    split_key,
    text_cells,
)


@pytest.mark.parametrize(
    ("index", "letters"),
    [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA"), (16384, "XFD")],
)
def test_a_column_has_its_letters(index: int, letters: str) -> None:
    assert column_letter(index) == letters
    assert a1(9, index) == f"{letters}9"


def test_every_input_has_a_row_of_its_own_in_the_order_of_the_register() -> None:
    rows = layout_of(RATIOS).rows

    assert [r.row for r in rows] == list(range(FIRST_ROW, FIRST_ROW + 11))
    assert [r.key for r in rows][:4] == [
        "kabid-koperasi-ukm/01#a",
        "kabid-koperasi-ukm/01#b",
        "kabid-koperasi-ukm/02#a",
        "kabid-koperasi-ukm/02#b",
    ]
    assert [r.first for r in rows][:4] == [True, False, True, False]


def test_yellow_cells_stand_in_the_column_of_the_isian() -> None:
    assert [cell for _, cell in input_cells(layout_of(TRAINING))] == ["H8", "H9"]
    assert layout_of(RATIOS).input_cell("kabid-koperasi-ukm/06", "b") == "H18"


def test_texts_stand_in_the_first_row_of_their_indicator() -> None:
    found = {
        field: cell for i, field, cell in text_cells(layout_of(RATIOS)) if i.id.endswith("/02")
    }

    assert found == {
        "penghambat": "L10",
        "pendorong": "M10",
        "tindak_lanjut": "N10",
        "bukti": "O10",
        "keterangan": "P10",
    }


@pytest.mark.parametrize("unit", registry().form_units())
def test_no_cell_is_asked_for_twice(unit: str) -> None:
    layout = layout_of(unit)
    cells = [cell for _, cell in input_cells(layout)]
    cells += [cell for _, _, cell in text_cells(layout)]
    cells += [a1(*layout.people_cell(field)) for field in PEOPLE_FIELDS]

    assert len(cells) == len(set(cells))


def test_an_unknown_input_has_no_cell() -> None:
    with pytest.raises(KeyError):
        layout_of(TRAINING).input_cell("kabid-pasar/01", "a")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("kabid-pasar/01#a", ("kabid-pasar/01", "a")),
        (" kabid-pasar/01#p3 ", ("kabid-pasar/01", "p3")),
        ("kabid-pasar/01", None),
        ("kabid-pasar#a", None),
        ("kabid-pasar/01#", None),
        ("", None),
    ],
)
def test_a_key_is_taken_apart_or_is_none(text: str, parts: tuple[str, str] | None) -> None:
    assert split_key(text) == parts
    if parts:
        assert split_key(row_key(*parts)) == parts


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("36", "36"),
        ("36.0", "36"),
        ("870.03", "870.03"),
        ("1E+3", "1000"),
        ("0.10", "0.1"),
        ("1E-7", "0.0000001"),
    ],
)
def test_a_number_is_written_as_a_cell_holds_it(number: str, text: str) -> None:
    assert plain(Decimal(number)) == text


def test_a_target_that_cannot_be_used_is_said_in_words() -> None:
    layout = layout_of("kasubbag-keuangan")

    assert layout.locked_text(layout.rows[0], Role.TARGET) == "perlu konfirmasi"
    layout = layout_of("kasi-bina-usaha-promosi")
    assert layout.locked_text(layout.rows[3], Role.TARGET) == "tidak ada"


def test_only_the_first_row_of_an_indicator_repeats_its_texts() -> None:
    layout = layout_of(RATIOS)

    for role in (Role.NUMBER, Role.SASARAN, Role.INDIKATOR, Role.TARGET, Role.PRIOR):
        assert layout.locked_text(layout.rows[1], role) == ""
    assert layout.locked_text(layout.rows[1], Role.UNIT) == "koperasi"
    assert COLUMNS[Role.INPUT].letter == "H"
