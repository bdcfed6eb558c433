"""Hold how pages look to the kept pictures, and plant what such a comparison must find."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.conftest import SAID
from tests.golden.album import (
    CHARTS,
    boards,
    look_at,
    open_album,
    other_program,
    sheets,
)
from tests.golden.look import compare
from tests.golden.play import Played, play
from tests.golden.prints import (
    BOARDS,
    SHEETS,
    Print,
    browser_version,
    office_version,
    print_sheet,
)
from tests.golden.sheets import sheet_paths
from tests.reader.workbooks import edited, parts_of

RENEW = "If the changes are meant: python -m tests.golden.renew"
MOST_BYTES = 400_000
Say = Callable[[str, object], None]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    return play(tmp_path_factory.mktemp("gambar") / "ruang")


@pytest.fixture(scope="module")
def printed(played: Played, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Print]:
    return dict(sheets(played, tmp_path_factory.mktemp("cetak")))


def hold(prints: Mapping[str, Print], program: str, here: str, say: Say) -> None:
    """Compare pages with their pictures; with another program as far as that has a meaning."""
    album = open_album()
    line = other_program(album, program, here)
    if line:
        say(SAID, line)
    found = [
        words
        for name, one in prints.items()
        for words in look_at(album, name, one, is_same_program=not line)
    ]
    assert not found, "\n".join((*found, RENEW))


@pytest.mark.office
def test_sheets_look_as_in_their_pictures(printed: dict[str, Print], record_property: Say) -> None:
    hold(printed, "LibreOffice", office_version(), record_property)


@pytest.mark.browser
def test_the_board_looks_as_in_its_pictures(
    played: Played, tmp_path: Path, record_property: Say
) -> None:
    hold(dict(boards(played, tmp_path)), "Chromium", browser_version(), record_property)


def test_every_picture_is_one_of_those_that_are_made() -> None:
    album = open_album()
    assert set(album.pages) == {*SHEETS, *BOARDS, *CHARTS}


def test_the_pictures_stay_small() -> None:
    folder = Path(__file__).parent / "pictures"
    assert sum(path.stat().st_size for path in folder.iterdir()) < MOST_BYTES


FORM, STYLES = "xl/worksheets/sheet1.xml", "xl/styles.xml"
PLANTED = {
    "a column that cuts its heading off": (
        "formulir-isian", FORM, rb'(min="8" max="8" width=)"[\d.]+"', rb'\1"4.5"',
    ),
    "a row that cuts its text off": ("formulir-isian", FORM, rb' ht="84"', b' ht="40"'),
    "pale yellow that is pale green": ("formulir-isian", STYLES, b"FFFFF2CC", b"FFE2EFDA"),
    "a wrong cell that is not red": ("perbaikan-isian", STYLES, b"FFFFC7CE", b"FFFFF2CC"),
    "charts that are missing": ("induk-ringkasan", "", rb'<drawing r:id="rId1"/>', b""),
    "a chart in another colour": (
        "induk-ringkasan", "xl/charts/chart1.xml", rb'(srgbClr val=)"1F4E5F"', rb'\1"C00000"',
    ),
    "a column of figures too narrow for them": (
        "induk-iku", "", rb'(<col min="5" max="9" width=)"[\d.]+"', rb'\1"1.5"',
    ),
}  # fmt: skip
"""What is planted: the picture, the part (the sheet's own where blank), and the change in it."""


@pytest.mark.office
@pytest.mark.parametrize("what", PLANTED)
def test_a_planted_fault_is_seen(
    what: str, played: Played, printed: dict[str, Print], tmp_path: Path
) -> None:
    name, part, old, new = PLANTED[what]
    work, sheet = SHEETS[name]
    sound = played.works[work]
    part = part or sheet_paths(parts_of(sound))[sheet]
    faulty = edited(sound, part, lambda data: re.sub(old, new, data))
    assert parts_of(faulty)[part] != parts_of(sound)[part]
    seen = compare(printed[name].picture, print_sheet(faulty, sheet, tmp_path / "cetak").picture)
    assert seen.words


@pytest.mark.office
def test_printing_again_gives_the_same_look(
    played: Played, printed: dict[str, Print], tmp_path: Path
) -> None:
    again = print_sheet(played.works["perbaikan.xlsx"], "Isian", tmp_path / "cetak")
    assert compare(printed["perbaikan-isian"].picture, again.picture).worst == 0
