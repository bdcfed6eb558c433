"""Rows are high enough for their texts, and columns wide enough for their words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbook_tools import fit

WORDS = st.text(alphabet="abcdefghij klmnoprstuMW.", max_size=200)


def test_a_short_text_takes_one_line_and_a_long_one_several() -> None:
    assert fit.lines("cukup jelas", 20) == 1
    assert fit.lines("Terlaksananya Pengamanan Barang Milik Daerah SKPD", 24) == 2


def test_each_paragraph_takes_a_line_of_its_own() -> None:
    assert fit.lines("satu\n\ndua", 30) == 3


def test_a_word_wider_than_its_column_breaks_inside() -> None:
    assert fit.lines("TARGET_PERLU_KONFIRMASI", 9) > 1


def test_a_column_is_as_wide_as_its_longest_word_needs() -> None:
    wide = fit.width(["656,081.37"], least=6, most=20)

    assert fit.lines("656,081.37", wide) == 1
    assert fit.lines("656,081.37", wide - 1) == 2


def test_widths_stay_between_their_bounds() -> None:
    assert fit.width([], least=6, most=20) == 6
    assert fit.width(["x" * 100], least=6, most=20) == 20


@given(WORDS, st.floats(5, 60), st.floats(0, 40))
def test_a_wider_column_never_needs_more_lines(text: str, width: float, more: float) -> None:
    assert fit.lines(text, width + more) <= fit.lines(text, width)


def test_no_row_is_higher_than_excel_allows() -> None:
    assert fit.height([("kata " * 2000, 10)]) == 409


@given(st.text(alphabet="ab \n", max_size=3000), st.sampled_from([5.0, 20.0, 60.0]))
def test_a_long_text_is_parted_into_pieces_that_fit_and_lose_no_word(
    text: str, width: float
) -> None:
    parted = fit.pieces(text, width)

    assert "".join("".join(parted).split()) == "".join(text.split())
    for piece in parted:
        assert fit.height([(piece, width)]) < fit.MAXIMUM_HEIGHT


def test_a_short_text_is_one_piece_and_an_empty_one_none() -> None:
    assert fit.pieces("cukup jelas", 20) == ("cukup jelas",)
    assert fit.pieces("", 20) == ()


def test_a_column_widens_only_where_a_text_needs_more_than_the_highest_row() -> None:
    assert fit.column(["pendek"], least=30, most=130) == 30
    wide = fit.column(["kata " * 400], least=30, most=130)
    assert 30 < wide < 130
    assert fit.height([("kata " * 400, wide)]) < fit.MAXIMUM_HEIGHT
