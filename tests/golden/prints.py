"""Turn what the program wrote into small pictures of its pages, by LibreOffice and Chromium."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from tests.browser import DESK, PHONE, visit
from tests.office import to_pdf, to_png
from tests.pictures.shots import SheetView, only
from workbook_tools.pdf import find_office

DPI = 60
NOW = "2020-07-03T10:00:00+07:00"  # later the board would call itself old
SHEETS: Mapping[str, tuple[str, str]] = {
    "formulir-isian": ("formulir-seksi.xlsx", "Isian"),
    "formulir-petunjuk": ("formulir-seksi.xlsx", "Petunjuk"),
    "perbaikan-catatan": ("perbaikan.xlsx", "Catatan"),
    "perbaikan-isian": ("perbaikan.xlsx", "Isian"),
    "induk-ringkasan": ("induk.xlsx", "Ringkasan"),
    "induk-iku": ("induk.xlsx", "IKU"),
    "induk-jabatan": ("induk.xlsx", "kabid-perdagangan"),
}
"""What is printed: the work and its sheet; the first page is kept."""

BOARDS = {"papan": DESK, "papan-hp": PHONE}
HALF = 2


@dataclass(frozen=True, slots=True)
class Print:
    """The first page of a sheet or page, how many there are, and how many of them are blank."""

    picture: Image.Image
    pages: int
    blank: int = 0


def office_version() -> str:
    """Give the version of LibreOffice here, such as `7.4.7`."""
    said = subprocess.run(
        [find_office(), "--version"], check=True, capture_output=True, text=True, timeout=60
    ).stdout
    found = re.search(r"\d+\.\d+\.\d+", said)
    assert found, said
    return found[0]


def browser_version() -> str:
    """Give the version of Chromium here, such as `156`."""
    said = subprocess.run(
        ["chromium", "--version"], check=True, capture_output=True, text=True, timeout=60
    ).stdout
    found = re.search(r"Chromium (\d+)\.", said)
    assert found, said
    return found[1]


def print_sheet(workbook: bytes, sheet: str, folder: Path) -> Print:
    """Print one sheet as a person would see it on paper."""
    folder.mkdir(parents=True)
    source = folder / "lembar.xlsx"
    source.write_bytes(only(workbook, SheetView(sheet)))
    pages = [
        Image.open(path).convert("RGB")
        for path in to_png(to_pdf(source, folder), folder / "halaman", dpi=DPI)
    ]
    return Print(pages[0], len(pages), sum(is_blank(page) for page in pages))


def print_board(browser: Browser, page: bytes, folder: Path, *, size: tuple[int, int]) -> Print:
    """Show the first view of the board, in half its size."""
    folder.mkdir(parents=True)
    path = folder / "index.html"
    path.write_bytes(page)
    shown, _ = visit(browser, path, size=size)
    shown.clock.install(time=NOW)
    shown.reload()
    picture = Image.open(io.BytesIO(shown.screenshot(type="png"))).convert("RGB")
    shown.close()
    return Print(picture.reduce(HALF), 1)


def is_blank(page: Image.Image) -> bool:
    """Tell whether a page shows nothing."""
    extremes = page.convert("L").getextrema()
    return extremes[0] == extremes[1]
