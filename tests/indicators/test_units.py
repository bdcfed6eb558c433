"""A typed unit is the one asked, nearly it, or another."""

from __future__ import annotations

import pytest

from workbook_tools.indicators.units import UNITS, UnitMatch, canonical, match_unit, near_unit


@pytest.mark.parametrize(
    ("typed", "expected", "match"),
    [
        ("ORANG", "orang", UnitMatch.SAME),
        ("%", "persen", UnitMatch.SAME),
        ("persen", "%", UnitMatch.SAME),
        ("kop.", "koperasi", UnitMatch.ALIAS),
        ("pct", "persen", UnitMatch.ALIAS),
        ("M", "miliar rupiah", UnitMatch.ALIAS),
        ("uni", "unit", UnitMatch.MISSPELT),
        ("oragn", "orang", UnitMatch.MISSPELT),
        ("orangg", "orang", UnitMatch.MISSPELT),
        ("prang", "orang", UnitMatch.MISSPELT),
        ("or", "orang", UnitMatch.OTHER),
        ("KUMKM", "UMKM", UnitMatch.OTHER),
        ("unit", "dokumen", UnitMatch.OTHER),
        ("ekor", "ekor", UnitMatch.SAME),
        ("ekorr", "ekor", UnitMatch.MISSPELT),
    ],
)
def test_a_typed_unit_is_judged_against_the_one_asked(
    typed: str, expected: str, match: UnitMatch
) -> None:
    assert match_unit(typed, expected) is match


def test_a_near_miss_names_the_unit_meant() -> None:
    assert [near_unit(word) for word in ("uni", "unit", "dokumn", "ekor")] == [
        "unit",
        None,
        "dokumen",
        None,
    ]


def test_aliases_lead_to_their_unit() -> None:
    assert [canonical(word) for word in ("Kop.", "%", "Rp", "milyar", "ekor")] == [
        "koperasi",
        "persen",
        "rupiah",
        "miliar rupiah",
        None,
    ]


def test_no_word_belongs_to_two_units() -> None:
    words = [word.casefold() for u in UNITS for word in (u.name, *u.signs, *u.aliases)]
    assert len(words) == len(set(words))
