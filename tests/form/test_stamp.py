"""Sign whose form a workbook is, and find that again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.form.forms import TRAINING, isian, with_sheet, written
from workbook_tools.form.layout import STAMP_NAME, STAMP_PROPERTY, STEMPEL
from workbook_tools.form.stamp import (
    Stamp,
    find_stamp,
    is_signed,
    looks_like_form,
    read_stamp,
    sign,
)
from workbook_tools.reader.raw import RawWorkbook

STAMP = Stamp("kabid-pasar", 2020, 3, 2, 1, "0123456789abcdef" * 2)
KEY = b"kunci"


def test_a_stamp_is_one_line_that_gives_itself_back() -> None:
    signed = sign(STAMP, KEY)

    assert signed.text.startswith("WBT1|kabid-pasar|2020|TW3|2|1|0123456789abcdef")
    assert "\n" not in signed.text
    assert read_stamp(f"  {signed.text} ") == signed


def test_only_the_same_key_and_the_same_words_agree() -> None:
    signed = sign(STAMP, KEY)

    assert is_signed(signed, KEY)
    assert not is_signed(signed, b"lain")
    for changed in (
        replace(signed, unit="sekretaris"),
        replace(signed, year=2021),
        replace(signed, period=4),
        replace(signed, issue=3),
        replace(signed, layout=2),
        replace(signed, digest="f" * 32),
        replace(signed, signature=""),
    ):
        assert not is_signed(changed, KEY)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "WBT1",
        "WBT2|u|2020|TW1|1|1|d|s",
        "WBT1|u|2020|TW5|1|1|d|s",
        "WBT1|u|2020|1|1|1|d|s",
        "WBT1|u|20x0|TW1|1|1|d|s",
        "WBT1|u|2020|TW1|1|1|d|s|t",
        "WBT1|u|٢٠٢٠|TW1|1|1|d|s",
        "WBT1|u|2020|TW1|9999999|1|d|s",
        "WBT1|u|02020|TW1|1|1|d|s",
        "WBT1|u|2020|TW01|1|1|d|s",
        "WBT1||2020|TW1|1|1|d|s",
        "WBT1|../u|2020|TW1|1|1|d|s",
        "WBT1|U|2020|TW1|1|1|d|s",
        "WBT1|u-|2020|TW1|1|1|d|s",
        "WBT1|u\n|2020|TW1|1|1|d|s",
        f"WBT1|{'u' * 101}|2020|TW1|1|1|d|s",
    ],
)
def test_a_text_of_another_shape_is_no_stamp(text: str) -> None:
    assert read_stamp(text) is None


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading_of_a_stamp(text: str) -> None:
    stamp = read_stamp(text)

    assert stamp is None or stamp.text == text.strip()


def test_a_signature_of_any_letters_is_compared() -> None:
    for signature in ("é", "\N{GRINNING FACE}", "\ud800"):
        assert not is_signed(replace(STAMP, signature=signature), KEY)


def test_the_readable_copies_of_a_stamp_are_all_given() -> None:
    workbook = written(TRAINING)
    other = sign(STAMP, KEY)
    names = {STAMP_NAME: f'="{other.text}"'}

    found = find_stamp(replace(workbook, names=names, properties={STAMP_PROPERTY: "rusak"}))

    assert found is not None
    assert not found.agrees
    assert [stamp.unit for stamp in found.stamps] == [TRAINING, STAMP.unit]


def without(workbook: RawWorkbook, *places: str) -> RawWorkbook:
    """Lose the stamp in some of its places, as programs do."""
    return replace(
        workbook,
        sheets=tuple(s for s in workbook.sheets if not ("sheet" in places and s.name == STEMPEL)),
        properties={} if "property" in places else workbook.properties,
        names={} if "name" in places else workbook.names,
    )


@pytest.mark.parametrize("kept", ["sheet", "property", "name"])
def test_one_place_is_enough_to_find_the_stamp(kept: str) -> None:
    lost = {"sheet", "property", "name"} - {kept}

    found = find_stamp(without(written(TRAINING), *lost))

    assert found is not None
    assert found.agrees
    assert len(found.copies) == 1
    assert found.stamp is not None
    assert found.stamp.unit == TRAINING


def test_a_form_carries_its_stamp_in_three_places_that_agree() -> None:
    found = find_stamp(written(TRAINING))

    assert found is not None
    assert found.agrees
    assert len(found.copies) == 3
    assert STAMP_PROPERTY in written(TRAINING).properties
    assert STAMP_NAME in written(TRAINING).names


def test_places_that_say_different_things_do_not_agree() -> None:
    workbook = written(TRAINING)
    other = replace(workbook, properties={STAMP_PROPERTY: sign(STAMP, KEY).text})

    found = find_stamp(other)

    assert found is not None
    assert not found.agrees


def test_without_any_place_there_is_no_stamp() -> None:
    bare = without(written(TRAINING), "sheet", "property", "name")

    assert find_stamp(bare) is None
    assert looks_like_form(bare)
    assert not looks_like_form(with_sheet(bare, replace(isian(bare), name="Lain")))
