"""Recognise the names that programs give to copies of a file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook_tools.conflict_names import are_copies, is_conflict_name

FORM = "IKI_kabid-pasar_2020-TW1.xlsx"
STEM = FORM.removesuffix(".xlsx")
BY_NAME = [
    f"{STEM} (1).xlsx",
    f"{STEM}(2).xlsx",
    f"{STEM} - Copy.xlsx",
    f"{STEM} - Copy (2).xlsx",
    f"{STEM} - Salinan.xlsx",
    f"{STEM} - Salinan (3).xlsx",
    f"{STEM} copy.xlsx",
    f"{STEM} copy 2.xlsx",
    f"{STEM} (PC-PASAR's conflicted copy 2020-04-03).xlsx",
    f"{STEM} (conflicted copy 2020-04-03 101010).xlsx",
    f"{STEM} [conflicted].xlsx",
    f"{STEM}.sync-conflict-20200403-101010-ABCDEFG.xlsx",
    f"{STEM}.sync-conflict-20200403-101010.xlsx",
    f"{STEM}_conflict-20200403-101010.xlsx",
    f"{STEM}-DESKTOP-4KF9Q2L.xlsx",
    f"{STEM}-LAPTOP-0A1B2C3D.xlsx",
    f"Salinan {STEM}.xlsx",
    f"Salinan dari {STEM}.xlsx",
    f"Copy of {STEM}.xlsx",
    f"Copy (2) of {STEM}.xlsx",
]
BESIDE = [f"{STEM}-PCNAME.xlsx", f"{STEM}-Budi-PC.xlsx", f"{STEM}-pc7.xlsx", f"{STEM}-2.xlsx"]


@pytest.mark.parametrize("name", BY_NAME)
def test_a_name_of_a_copy_is_known_by_itself(name: str) -> None:
    assert is_conflict_name(name)


@pytest.mark.parametrize("name", [*BY_NAME, *BESIDE])
def test_a_copy_is_known_beside_what_it_was_copied_from(name: str) -> None:
    assert are_copies(name, FORM)
    assert are_copies(FORM, name)


@pytest.mark.parametrize(
    "name",
    [
        FORM,
        "IKU_iku-dinas_2020-TW4.xlsx",
        "PERBAIKAN_IKI_kabid-pasar_2020-TW1_0003.xlsx",
        "kiriman.xlsx",
        "Laporan TW I (final).xlsx",
        "Kopi Robusta.xlsx",
        "Salinannya.xlsx",
        "Rekap 2020.xlsx",
        "Laporan (2020).xlsx",
        "conflict.xlsx",
        "copy.xlsx",
        "(1).xlsx",
        *BESIDE,
    ],
)
def test_an_ordinary_name_is_no_copy(name: str) -> None:
    assert not is_conflict_name(name)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (FORM, FORM),
        (FORM, FORM.upper().replace(".XLSX", ".xlsx")),
        ("IKI_kabid-pasar_2020.xlsx", FORM),
        ("IKI_kabid.xlsx", FORM),
        ("IKI_kabid-pasar.xlsx", "IKI_kabid-pasar-2020.xlsx"),
        (FORM, "IKI_kabid-pasar_2020-TW2.xlsx"),
        (FORM, "kiriman.xlsx"),
        (FORM, f"{STEM}-nama-komputer-yang-terlalu-panjang.xlsx"),
    ],
)
def test_other_names_are_not_those_of_copies(first: str, second: str) -> None:
    assert not are_copies(first, second)


def test_two_copies_of_one_file_are_copies_of_one_another() -> None:
    assert are_copies("isian (1).xlsx", "isian - Copy.xlsx")
    assert are_copies("isian (1) (1).xlsx", "isian (2).xlsx")


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_name_breaks_the_question(first: str, second: str) -> None:
    assert are_copies(first, second) is are_copies(second, first)
    assert not are_copies(first, first)
