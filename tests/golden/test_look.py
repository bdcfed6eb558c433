"""Hold the comparison of pictures to what it must find and what it must forgive."""

from __future__ import annotations

from PIL import Image, ImageDraw, ImageFilter

from tests.golden.album import Album, look_at, other_program
from tests.golden.look import compare
from tests.golden.prints import Print, is_blank

NAVY, GREEN, PALE_YELLOW, PALE_GREEN = "#1F3864", "#375623", "#FFF2CC", "#E2EFDA"


def page(*boxes: tuple[int, int, int, int, str]) -> Image.Image:
    """Draw a page of filled boxes."""
    picture = Image.new("RGB", (360, 240), "white")
    for *corners, colour in boxes:
        ImageDraw.Draw(picture).rectangle(corners, fill=colour)
    return picture


def test_the_same_page_looks_the_same() -> None:
    assert compare(page((30, 30, 90, 60, NAVY)), page((30, 30, 90, 60, NAVY))).words == ""


def test_a_page_of_another_size_is_told() -> None:
    assert compare(page(), page().crop((0, 0, 300, 240))).words == "size 360 x 240 → 300 x 240 dots"


def test_ink_that_went_is_found_and_placed() -> None:
    found = compare(page((300, 180, 340, 220, NAVY)), page()).words
    assert "around the bottom right, over 13 % of the width and 20 % of the height" in found


def test_one_dark_square_of_another_colour_is_found() -> None:
    kept, made = page((24, 24, 36, 36, NAVY)), page((24, 24, 36, 36, GREEN))
    assert compare(kept, made).words.startswith("1 squares differ by up to ")


def test_a_pale_colour_that_became_another_pale_one_is_found_where_it_is_wide() -> None:
    kept, made = page((0, 100, 360, 200, PALE_YELLOW)), page((0, 100, 360, 200, PALE_GREEN))
    assert 0 < compare(kept, made).worst < 32
    assert compare(kept, made).words != ""


def test_another_smoothing_is_forgiven() -> None:
    kept = page(*((x, y, x + 5, y, "#444") for y in range(10, 230, 6) for x in range(10, 340, 8)))
    made = kept.filter(ImageFilter.BoxBlur(1))
    assert made.tobytes() != kept.tobytes()
    assert compare(kept, made).words == ""


def test_a_blank_page_is_known_in_any_colour() -> None:
    assert is_blank(page((0, 0, 360, 240, PALE_YELLOW)))
    assert not is_blank(page((0, 0, 1, 1, NAVY)))


def test_with_another_version_pages_and_blank_ones_still_count() -> None:
    album = Album({"LibreOffice": "7.4.7"}, {"lembar": 1})
    printed = Print(page(), 3, 2)
    assert look_at(album, "lembar", printed, is_same_program=False) == [
        "lembar: 1 pages → 3",
        "lembar: 2 of 3 pages are blank",
    ]


def test_another_version_is_said_in_one_line_and_the_same_one_is_not() -> None:
    album = Album({"LibreOffice": "7.4.7"}, {})
    assert other_program(album, "LibreOffice", "7.4.7") == ""
    assert other_program(album, "LibreOffice", "25.2.1") == (
        "Pictures were made with LibreOffice 7.4.7, here is 25.2.1: only the number of pages, "
        "and that none is blank, was compared."
    )
