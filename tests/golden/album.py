"""Keep pictures of pages, and say how pages made now differ from them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from tests.browser import opened
from tests.golden.look import compare, png
from tests.golden.play import Played
from tests.golden.prints import (
    BOARDS,
    SHEETS,
    Print,
    browser_version,
    office_version,
    print_board,
    print_sheet,
)

FOLDER = Path(__file__).parent / "pictures"
LIST = FOLDER / "pages.json"
CHARTS = {"laporan-grafik-unit": "word/media/image6.png"}
"""Pictures that the report holds; they are drawn by Pillow, without LibreOffice."""


@dataclass(frozen=True, slots=True)
class Album:
    """What is kept: with which programs it was made, and how many pages each picture had."""

    made_with: Mapping[str, str]
    pages: Mapping[str, int]

    def picture(self, name: str) -> Image.Image:
        """Give a kept picture."""
        return Image.open(FOLDER / f"{name}.png").convert("RGB")


def open_album() -> Album:
    """Open what is kept; an empty one where there is nothing."""
    if not LIST.exists():
        return Album({}, {})
    kept = json.loads(LIST.read_text("utf-8"))
    return Album(kept["made with"], kept["pages"])


def programs() -> dict[str, str]:
    """Name the programs that draw here, and their versions."""
    return {"LibreOffice": office_version(), "Chromium": browser_version()}


def other_program(album: Album, name: str, here: str) -> str:
    """Say that pictures were made with another version; "" where it is the same."""
    made = album.made_with.get(name, "none")
    if made == here:
        return ""
    return (
        f"Pictures were made with {name} {made}, here is {here}: only the number of pages, and "
        "that none is blank, was compared."
    )


def look_at(album: Album, name: str, printed: Print, *, is_same_program: bool) -> list[str]:
    """Say how a page differs from its picture; its look only where the same program drew it."""
    if name not in album.pages:
        return [f"{name}: a new picture"]
    found = []
    if printed.pages != album.pages[name]:
        found.append(f"{name}: {album.pages[name]} pages → {printed.pages}")
    if printed.blank:
        found.append(f"{name}: {printed.blank} of {printed.pages} pages are blank")
    if is_same_program and (words := compare(album.picture(name), printed.picture).words):
        found.append(f"{name}: {words}")
    return found


def sheets(played: Played, folder: Path) -> Iterator[tuple[str, Print]]:
    """Print the sheets."""
    for name, (work, sheet) in SHEETS.items():
        yield name, print_sheet(played.works[work], sheet, folder / name)


def boards(played: Played, folder: Path) -> Iterator[tuple[str, Print]]:
    """Show the board, on a desk and on a phone."""
    with opened() as browser:
        for name, size in BOARDS.items():
            yield name, print_board(browser, played.works["papan.html"], folder / name, size=size)


def charts(played: Played) -> Iterator[tuple[str, Print]]:
    """Take the charts out of the report."""
    with zipfile.ZipFile(io.BytesIO(played.works["laporan.docx"])) as report:
        for name, part in CHARTS.items():
            chart = Image.open(io.BytesIO(report.read(part))).convert("RGB")
            yield name, Print(chart.reduce(2), 1)


def renew_pictures(played: Played, folder: Path) -> Iterator[str]:
    """Make all pictures, keep those that look different, and say what changed in them.

    With other programs than before every picture is kept anew.
    """
    album, here = open_album(), programs()
    FOLDER.mkdir(exist_ok=True)
    prints = dict(charts(played)) | dict(sheets(played, folder)) | dict(boards(played, folder))
    for name in set(album.pages) - set(prints):
        (FOLDER / f"{name}.png").unlink()
        yield f"{name}: the picture is gone"
    for name, printed in prints.items():
        found = look_at(album, name, printed, is_same_program=True)
        yield from (f"picture {line}" for line in found)
        if found or album.made_with != here:
            (FOLDER / f"{name}.png").write_bytes(png(printed.picture))
    kept = {"made with": here, "pages": {name: p.pages for name, p in prints.items()}}
    if kept != {"made with": album.made_with, "pages": album.pages}:
        LIST.write_text(json.dumps(kept, indent=1) + "\n", "utf-8", newline="\n")
