"""Turn an issued form into pieces of its XML, and pieces spelled anew into a workbook again."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TypeVar

from tests.reader.workbooks import DECLARATION, parts_of, zipped
from tests.returns.paper import part_of
from tests.trust.values import At
from workbook_tools.address import a1
from workbook_tools.form.layout import ISIAN
from workbook_tools.reader.cell_reader import address

_ROW = re.compile(r'<row r="(\d+)"([^>]*?)(?:/>|>(.*?)</row>)', re.DOTALL)
_CELL = re.compile(r'<c r="([A-Z]+\d+)"(?: s="(\d+)")?(?: t="(\w+)")?(?:/>|>(.*?)</c>)', re.DOTALL)
_TAG = re.compile(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|</?[A-Za-z][^>]*>", re.DOTALL)
STRICT = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": (
        "http://purl.oclc.org/ooxml/spreadsheetml/main"
    ),
    "http://schemas.openxmlformats.org/officeDocument/2006/": (
        "http://purl.oclc.org/ooxml/officeDocument/"
    ),
    "http://schemas.openxmlformats.org/drawingml/2006/main": (
        "http://purl.oclc.org/ooxml/drawingml/main"
    ),
}
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Piece:
    """One cell as the file spells it: style, type, what is inside, and its shared text if any."""

    style: int | None
    kind: str
    inside: str
    shared: str | None = None


@dataclass(frozen=True, slots=True)
class Pieces:
    """A form taken apart: its other parts, what stands around the cells, the cells."""

    parts: Mapping[str, bytes]
    sheet: str  # the name of the part of Isian
    head: str
    tail: str
    rows: Mapping[int, str]
    cells: Mapping[At, Piece]
    texts: tuple[str, ...]  # the shared ones, other sheets' too


@dataclass(frozen=True, slots=True)
class Shape:
    """How the pieces are put together: all of it legal, and none of it changes a value.

    `order` draws the order of rows and cells (0 keeps it), `refs` leaves addresses out:
    "all", "rows" or "cells" are without, "some" leaves out those that follow from the one
    before. `filler` stands between rows and cells.
    """

    prefix: str = ""
    strict: bool = False
    order: int = 0
    strings_order: int = 0
    refs: str = ""
    dimension: str | None = "A1:Q99"
    epoch_1904: bool = False
    encoding: str = "utf-8"
    filler: str = ""
    before: str = ""
    row_attributes: str = ""
    cell_attributes: str = ""
    after: str = ""
    extra: Mapping[int, str] = field(default_factory=dict)  # XML after the cells of a row
    merges: str = ""


@cache
def taken_apart(form: bytes) -> Pieces:
    """Take a form apart as XlsxWriter writes it."""
    parts = parts_of(form)
    sheet = part_of(form, ISIAN)
    head, _, rest = parts[sheet].decode().partition("<sheetData>")
    body, _, tail = rest.partition("</sheetData>")
    texts = re.findall(r"<si>.*?</si>", parts["xl/sharedStrings.xml"].decode(), re.DOTALL)
    rows: dict[int, str] = {}
    cells: dict[At, Piece] = {}
    for row in _ROW.finditer(body):
        rows[int(row[1])] = row[2]
        for cell in _CELL.finditer(row[3] or ""):
            at, inside = address(cell[1]), cell[4] or ""
            assert at is not None
            shared = texts[int(inside[3:-4])] if cell[3] == "s" else None
            cells[at] = Piece(
                int(cell[2]) if cell[2] else None, cell[3] or "", "" if shared else inside, shared
            )
    assert body.count("<c ") == len(cells)
    return Pieces(parts, sheet, head, tail, rows, cells, tuple(texts))


def put_together(pieces: Pieces, cells: Mapping[At, Piece], shape: Shape) -> bytes:
    """Make a workbook of the form's cells with some of them spelled anew."""
    parts = dict(pieces.parts)
    merged = {**pieces.cells, **cells}
    known = sorted({*pieces.texts, *(p.shared for p in merged.values() if p.shared is not None)})
    texts = _shuffled(known, _order(shape.strings_order))
    at_text = {item: number for number, item in enumerate(texts)}
    main = next(iter(STRICT))
    root = f'<sst xmlns="{main}" count="{len(texts)}" uniqueCount="{len(texts)}">'
    strings = f"{DECLARATION}{root}{''.join(texts)}</sst>"
    body = _rows(pieces, merged, shape, at_text)
    head, tail = _around(pieces, shape)
    sheet = f"{head}{shape.before}<sheetData>{body}</sheetData>{tail}"
    numbers = [at_text[item] for item in pieces.texts]
    for other, part in pieces.parts.items():
        if other.startswith("xl/worksheets/sheet"):
            parts[other] = _renumbered(part, numbers)
    parts[pieces.sheet] = _written(sheet, shape)
    parts["xl/sharedStrings.xml"] = _written(strings, shape)
    parts["xl/styles.xml"] = _with_dates(parts["xl/styles.xml"])
    if shape.epoch_1904:
        book = parts["xl/workbook.xml"]
        parts["xl/workbook.xml"] = book.replace(b"<workbookPr", b'<workbookPr date1904="1"')
    if shape.strict:
        parts = {name: _strict(part, shape.encoding) for name, part in parts.items()}
    return zipped(parts)


def _shuffled(items: Iterable[_T], order: random.Random | None) -> list[_T]:
    given = list(items)
    return given if order is None else order.sample(given, len(given))


def _order(number: int) -> random.Random | None:
    return random.Random(number) if number else None


def _rows(pieces: Pieces, cells: Mapping[At, Piece], shape: Shape, texts: Mapping[str, int]) -> str:
    order = _order(shape.order)
    by_row: dict[int, list[int]] = {row: [] for row in pieces.rows}
    for row, column in sorted(cells):
        by_row.setdefault(row, []).append(column)
    written: list[str] = []
    previous = 0
    for row in _shuffled(sorted(by_row), order):
        columns = _shuffled(by_row[row], order)
        bare = shape.refs in ("all", "rows") or (shape.refs == "some" and row == previous + 1)
        if bare:
            written += ["<row/>"] * (row - previous - 1)
        inside = _row(cells, row, columns, shape, texts) + shape.extra.get(row, "")
        number = "" if bare else f' r="{row}"'
        attributes = pieces.rows.get(row, "") + shape.row_attributes
        written.append(f"<row{number}{attributes}>{inside}</row>")
        previous = row
    return shape.filler + shape.filler.join(written) + shape.filler


def _row(
    cells: Mapping[At, Piece],
    row: int,
    columns: list[int],
    shape: Shape,
    texts: Mapping[str, int],
) -> str:
    written: list[str] = []
    previous = 0
    for column in columns:
        piece = cells[row, column]
        bare = shape.refs in ("all", "cells") or (shape.refs == "some" and column == previous + 1)
        if bare:
            written += ["<c/>"] * (column - previous - 1)
        reference = "" if bare else f' r="{a1(row, column)}"'
        style = "" if piece.style is None else f' s="{piece.style}"'
        kind = f' t="{piece.kind}"' if piece.kind else ""
        inside = piece.inside if piece.shared is None else f"<v>{texts[piece.shared]}</v>"
        opening = f"<c{reference}{style}{kind}{shape.cell_attributes}"
        written.append(f"{opening}>{inside}</c>" if inside else f"{opening}/>")
        previous = column
    return shape.filler.join(written)


def _renumbered(sheet: bytes, numbers: list[int]) -> bytes:
    return re.sub(
        rb' t="s"><v>(\d+)</v>',
        lambda cell: b' t="s"><v>%d</v>' % numbers[int(cell[1])],
        sheet,
    )


def _around(pieces: Pieces, shape: Shape) -> tuple[str, str]:
    lie = "" if shape.dimension is None else f'<dimension ref="{shape.dimension}"/>'
    head = re.sub(r"<dimension [^>]*/>", lie, pieces.head)
    if shape.row_attributes:
        spaces = (
            ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
            ' xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"'
            ' mc:Ignorable="x14ac"'
        )
        head = head.replace("<worksheet ", f"<worksheet{spaces} ", 1)
    tail = re.sub(r"(<sheetProtection [^>]*/>)", rf"\1{shape.after}", pieces.tail)
    if shape.merges:
        tail = re.sub(
            r"(?=<conditionalFormatting|<dataValidations)",
            f'<mergeCells><mergeCell ref="{shape.merges}"/></mergeCells>',
            tail,
            count=1,
        )
    return head, tail


def _written(xml: str, shape: Shape) -> bytes:
    """Give a part's bytes: its tags under a prefix, in an encoding that it declares."""
    if shape.prefix:
        name = shape.prefix
        xml = _TAG.sub(lambda tag: _prefixed(tag[0], name), xml)
        xml = re.sub(rf'(<{name}:(?:worksheet|sst)[^>]*?) xmlns="', rf'\1 xmlns:{name}="', xml)
    if not shape.encoding.startswith("utf-8"):
        xml = xml.replace('encoding="UTF-8"', f'encoding="{shape.encoding}"')
    return xml.encode(shape.encoding)


def _prefixed(tag: str, name: str) -> str:
    if tag.startswith(("<!", "<?")) or ":" in re.split(r"[\s>]", tag, maxsplit=1)[0]:
        return tag
    return f"</{name}:{tag[2:]}" if tag.startswith("</") else f"<{name}:{tag[1:]}"


def date_style(pieces: Pieces) -> int:
    """Give the number that `put_together` gives to its style of dates."""
    cell_styles = (
        pieces.parts["xl/styles.xml"].partition(b"<cellXfs")[2].partition(b"</cellXfs>")[0]
    )
    return cell_styles.count(b"<xf ")


def _with_dates(styles: bytes) -> bytes:
    added = b'<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    return styles.replace(b"</cellXfs>", added)


def _strict(part: bytes, encoding: str) -> bytes:
    code = "utf-8" if not part.startswith((b"\xff\xfe", b"\xfe\xff")) else encoding
    try:
        text = part.decode(code)
    except UnicodeDecodeError:
        return part
    for loose, strict in STRICT.items():
        text = text.replace(loose, strict)
    return text.encode(code)
