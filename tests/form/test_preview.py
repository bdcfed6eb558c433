"""Say beside the yellow cells what Python says, without a program in between."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.form.forms import RATIOS, TRAINING, content_of, registry
from workbook_tools.form.preview import (
    capaian_of,
    realisasi_formula,
    realisasi_of,
    required_word,
    state_formula,
    state_of,
    valid_formula,
)
from workbook_tools.registry.model import TRIWULAN

PEOPLE = content_of(TRAINING).indicators[0].inputs[0]
MONTHS = content_of("kasubbag-tu-upt-blud").indicators[0].inputs[0]


@pytest.mark.parametrize(
    ("typed", "value", "words"),
    [
        ("", None, "Belum diisi"),
        ("-", None, "Tanpa data: jelaskan"),
        ("banyak", None, "Bukan angka"),
        ("3", "3", "Terisi"),
        ("0", "0", "Terisi"),
        ("-1", "-1", "Di bawah batas"),
        ("13", "13", "Di atas batas"),
        ("1,5", "1.5", "Harus bulat"),
    ],
)
def test_the_state_of_a_cell_is_said_in_words(typed: str, value: str | None, words: str) -> None:
    number = None if value is None else Decimal(value)

    assert state_of(MONTHS, typed, value=number, required="Belum diisi") == words
    assert f'"{words}"' in state_formula(MONTHS, "H8", required="Belum diisi")


def test_an_optional_blank_is_no_omission() -> None:
    assert required_word(content_of("iku-dinas", 1).indicators[0]) == "Boleh kosong"
    assert required_word(content_of("iku-dinas", 4).indicators[0]) == "Belum diisi"


def test_the_validation_knows_limits_whole_numbers_and_the_mark_for_no_data() -> None:
    assert valid_formula(MONTHS, "H8") == (
        '=IF(ISNUMBER(H8),AND(H8=H8,H8>=0,H8<=12,H8=INT(H8)),H8="-")'
    )
    assert valid_formula(PEOPLE, "H8") == ('=IF(ISNUMBER(H8),AND(H8=H8,H8>=0,H8=INT(H8)),H8="-")')


def test_the_preview_adds_what_was_accepted_before() -> None:
    accepted = {1: {("kasi-pemberdayaan-koperasi/01", "a"): Decimal(9)}}
    content = content_of(TRAINING, 2, accepted=accepted)
    people, _ = content.indicators

    assert realisasi_of(people, 2, values={"a": Decimal(12)}) == 21
    assert realisasi_of(people, 2, values={"a": None}) == 9
    assert "9" in realisasi_formula(people, 2, cells={"a": "H8"})


def test_a_ratio_shows_nothing_while_half_of_it_is_missing() -> None:
    share = content_of(RATIOS).indicators[0]

    assert realisasi_of(share, 1, values={"a": Decimal(26), "b": None}) is None
    assert realisasi_of(share, 1, values={"a": Decimal(26), "b": Decimal(0)}) is None
    assert realisasi_of(share, 1, values={"a": Decimal(26), "b": Decimal(100)}) == 26


def test_the_capaian_is_against_the_target_of_the_year() -> None:
    people = content_of(TRAINING).indicators[0]
    rules = registry().rules

    assert capaian_of(people, Decimal(30), rules=rules) == Decimal("83.33")
    assert capaian_of(people, None, rules=rules) is None


@pytest.mark.parametrize("unit", registry().form_units())
def test_no_formula_is_longer_than_excel_takes(unit: str) -> None:
    for period in TRIWULAN:
        for indicator in content_of(unit, period).indicators:
            cells = {i.key: "$H$1048576" for i in indicator.inputs}
            assert len(realisasi_formula(indicator, period, cells=cells)) < 8192
            assert all(len(valid_formula(i, "H1048576")) <= 255 for i in indicator.inputs)
