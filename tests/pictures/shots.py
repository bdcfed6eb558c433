"""Turn sheets and pages into small pictures: palette PNG, white margins cut off."""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops, ImageColor

from workbook_tools.pdf import Printer, find_office

COLOURS = 256  # fewer lose the small signs in green and red
MARGIN = 12  # pixels left white around what is shown
WHITE = "#ffffff"
SECONDS = 120.0
_INDONESIAN = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>id-ID</value></prop></item>
</oor:items>
"""
"""What makes LibreOffice write 12,5 and not 12.5, as on the computers of the office."""


@dataclass(frozen=True, slots=True)
class SheetView:
    """What of a workbook is shown: one sheet, or the range `area` of it, `dpi` dots large.

    `headings` shows the letters of the columns and the numbers of the rows, as a person sees
    them on the screen.
    """

    sheet: str
    area: str = ""
    dpi: int = 100
    headings: bool = False
    tallest: int = 1000


def only(workbook: bytes, view: SheetView) -> bytes:
    """Give the same workbook with this sheet alone to be seen and printed.

    LibreOffice prints a hidden sheet too where it has a print area, so that is taken away.
    """
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    book = parts["xl/workbook.xml"].decode()
    sheets = re.findall(r"<sheet [^>]*/>", book)
    names = [_attribute(sheet, "name") for sheet in sheets]
    number = names.index(view.sheet)
    for sheet, name in zip(sheets, names, strict=True):
        bare = re.sub(r' state="\w+"', "", sheet)
        hidden = bare if name == view.sheet else bare.replace("<sheet ", '<sheet state="hidden" ')
        book = book.replace(sheet, hidden)
    book = re.sub(r' (activeTab|firstSheet)="\d+"', "", book)
    book = book.replace("<workbookView ", f'<workbookView activeTab="{number}" ')
    book = _with_area(book, number, view)
    parts["xl/workbook.xml"] = book.encode()
    if view.headings:
        path = _part_of(parts, _attribute(sheets[number], "r:id"))
        parts[path] = _with_headings(parts[path].decode()).encode()
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return written.getvalue()


def _with_area(book: str, number: int, view: SheetView) -> str:
    areas = re.findall(r"<definedName [^>]*_xlnm\.Print_Area[^>]*>[^<]*</definedName>", book)
    kept = [area for area in areas if f'localSheetId="{number}"' in area]
    if view.area:
        first, last = map(_absolute, view.area.split(":"))
        kept = [
            f'<definedName name="_xlnm.Print_Area" localSheetId="{number}">'
            f"'{view.sheet}'!{first}:{last}</definedName>"
        ]
    for area in areas:
        book = book.replace(area, "")
    return book.replace("<definedNames>", f"<definedNames>{''.join(kept)}", 1)


def _attribute(element: str, name: str) -> str:
    found = re.search(rf' {name}="([^"]*)"', element)
    assert found, f"{name} is missing in {element}"
    return found[1]


def _absolute(cell: str) -> str:
    return re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", cell)


def _part_of(parts: dict[str, bytes], relation: str) -> str:
    relations = parts["xl/_rels/workbook.xml.rels"].decode()
    found = next(r for r in re.findall(r"<Relationship [^>]*/>", relations) if relation in r)
    target = _attribute(found, "Target")
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _with_headings(sheet: str) -> str:
    if "<printOptions" in sheet:
        bare = sheet.replace(' headings="false"', "")
        return bare.replace("<printOptions", '<printOptions headings="1"', 1)
    return sheet.replace("<pageMargins", '<printOptions headings="1"/><pageMargins', 1)


class Studio:
    """A LibreOffice that speaks Indonesian and draws sheets."""

    def __init__(self, folder: Path) -> None:
        """Prepare its profile in `folder`."""
        settings = folder / "profil" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_INDONESIAN, "utf-8")
        self._printer = Printer(find_office(), folder, SECONDS)

    def draw(self, workbook: bytes, view: SheetView) -> Image.Image:
        """Draw the first page of a sheet."""
        printed = self._printer.print_workbook(only(workbook, view))
        with tempfile.TemporaryDirectory() as name:
            source, target = Path(name, "halaman.pdf"), Path(name, "halaman")
            source.write_bytes(printed)
            command = ["pdftoppm", "-png", "-singlefile", "-r", str(view.dpi)]
            subprocess.run([*command, source, target], check=True, timeout=SECONDS)
            page = Image.open(io.BytesIO(target.with_suffix(".png").read_bytes()))
            return trimmed(page.convert("RGB"), tallest=view.tallest)


def trimmed(picture: Image.Image, *, tallest: int) -> Image.Image:
    """Cut the white margins off, and the foot of what is taller than `tallest`."""
    white = Image.new("RGB", picture.size, ImageColor.getrgb(WHITE))
    left, top, right, bottom = ImageChops.difference(picture, white).getbbox() or (0, 0, 1, 1)
    return picture.crop(
        (
            max(0, left - MARGIN),
            max(0, top - MARGIN),
            min(picture.width, right + MARGIN),
            min(picture.height, bottom + MARGIN, top + tallest),
        )
    )


def without_foot(picture: Image.Image) -> Image.Image:
    """Cut off what stands alone at the foot of a page, such as the page's number."""
    grey = picture.convert("L")
    rows = [grey.crop((0, y, grey.width, y + 1)).getextrema()[0] for y in range(grey.height)]
    end = len(rows)
    blank = 0
    for y in range(len(rows) - 1, -1, -1):
        blank = blank + 1 if rows[y] == 255 else 0
        if blank > 2 * MARGIN and y + blank < len(rows) - MARGIN:
            end = y + MARGIN
            break
    return trimmed(picture.crop((0, 0, picture.width, end)), tallest=picture.height)


def small(picture: Image.Image) -> bytes:
    """Write a picture with few colours; the same picture gives the same bytes."""
    few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    written = io.BytesIO()
    few.save(written, "PNG", optimize=True)
    return written.getvalue()
