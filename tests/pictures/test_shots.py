"""Hold the drawing of pictures to what it promises, before anybody looks at them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PIL import Image

from tests.office import edit
from tests.pictures.shots import SheetView, Studio, only, small, trimmed, without_foot
from tests.shell import PASAR, Office, office, template_office
from workbook_tools.form.layout import ISIAN, PETUNJUK

__all__ = ["office", "template_office"]


def states(workbook: bytes) -> dict[str, str]:
    """Give whether each sheet is to be seen."""
    return {sheet.title: sheet.sheet_state for sheet in load_workbook(io.BytesIO(workbook))}


def test_one_sheet_alone_is_left_to_be_seen(office: Office) -> None:
    shown = states(only(office.form(PASAR), SheetView(PETUNJUK)))

    assert [name for name, state in shown.items() if state == "visible"] == [PETUNJUK]


def test_the_printed_area_is_the_one_asked_for(office: Office) -> None:
    view = only(office.form(PASAR), SheetView(ISIAN, "A1:K9"))

    assert load_workbook(io.BytesIO(view))[ISIAN].print_area == f"'{ISIAN}'!$A$1:$K$9"


def test_no_other_sheet_keeps_an_area_that_would_be_printed(office: Office) -> None:
    book = load_workbook(io.BytesIO(only(office.form(PASAR), SheetView(ISIAN))))

    assert not book[PETUNJUK].print_area
    assert book[ISIAN].print_area


def test_the_same_picture_gives_the_same_bytes_of_few_colours() -> None:
    picture = Image.linear_gradient("L").convert("RGB")

    assert small(picture) == small(picture.copy())
    assert Image.open(io.BytesIO(small(picture))).mode == "P"


def test_white_margins_are_cut_off_but_for_a_rim() -> None:
    picture = Image.new("RGB", (300, 200), "white")
    picture.paste("black", (100, 80, 150, 120))

    assert trimmed(picture, tallest=1000).size == (50 + 24, 40 + 24)


def test_the_foot_of_a_page_is_cut_off() -> None:
    picture = Image.new("RGB", (100, 400), "white")
    picture.paste("black", (20, 20, 80, 100))
    picture.paste("black", (20, 380, 30, 388))

    assert without_foot(picture).height == 80 + 24


@pytest.mark.office
def test_a_form_that_libreoffice_saved_is_drawn_with_its_colours(
    office: Office, tmp_path: Path
) -> None:
    source, saved = tmp_path / "formulir.xlsx", tmp_path / "terisi.xlsx"
    source.write_bytes(office.form(PASAR))
    edit(source, saved, {(ISIAN, "H8"): 1.0})
    studio = tmp_path / "studio"
    studio.mkdir()

    view = SheetView(ISIAN, "A1:K9", headings=True)
    picture = Studio(studio).draw(saved.read_bytes(), view)

    assert picture.width > 900
    colours = {colour for _, colour in picture.getcolors(picture.width * picture.height) or ()}
    assert (255, 217, 102) in colours  # the yellow heading ISIAN
