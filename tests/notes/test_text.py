"""Say in a short text what must be mended."""

from __future__ import annotations

from workbook_tools.notes.text import MOST_LINES, RejectionText, write_rejection_text
from workbook_tools.problems.catalogue import problem
from workbook_tools.problems.problem import Place, Problem


def written(*problems: Problem, correction: str = "PERBAIKAN.xlsx") -> str:
    return write_rejection_text(
        RejectionText(
            file="isian.xlsx",
            number=7,
            received="3 April 2020 pukul 09.00",
            content=None,
            problems=problems,
            correction=correction,
            folder="kabid-pasar",
            unplaced=(("T8", "lihat lampiran"),),
        )
    )


def broken(cell: str) -> Problem:
    return problem("S13", Place("Isian", cell), found="#REF!")


def test_equal_problems_stand_on_one_line_with_all_their_cells() -> None:
    text = written(broken("H8"), broken("H9"))

    assert text.count("[S13]") == 1
    assert "H8, H9" in text


def test_a_file_without_a_form_is_led_to_the_original_form() -> None:
    text = written(problem("B02"), correction="")

    assert "PERBAIKAN" not in text
    assert "formulir" in text
    assert "inbox/kabid-pasar" in text


def test_a_correction_is_named_with_the_folder_to_put_it_in() -> None:
    text = written(broken("H8"))

    assert "PERBAIKAN.xlsx" in text
    assert "inbox/kabid-pasar" in text
    assert "isian.xlsx" in text
    assert "7" in text


def test_what_has_no_place_is_listed() -> None:
    assert "- T8: lihat lampiran" in written(broken("H8"))


def test_a_long_list_is_cut_with_its_count() -> None:
    many = [problem("S13", Place("Isian", f"H{n}"), found=f"#{n}") for n in range(100)]

    text = written(*many)

    assert text.count("[S13]") == MOST_LINES
    assert f"{100 - MOST_LINES} hal lagi" in text
