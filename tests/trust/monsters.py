"""Make workbooks that would exhaust, crash or mislead whoever reads them without care."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

from tests.reader.workbooks import MAIN, edited, parts_of, rows_of, sheet_of, table, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"


def _many_rows(count: int, row: str) -> bytes:
    return rows_of(row * count)


def _nested(depth: int) -> bytes:
    return sheet_of("<a>" * depth + "</a>" * depth + "<sheetData/>")


def _strings(count: int) -> bytes:
    data = table([["x"]])
    part = f'<sst xmlns="{MAIN}">{"<si><t>a</t></si>" * count}</sst>'
    return edited(data, "xl/sharedStrings.xml", lambda _: part.encode())


def _entity() -> bytes:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{levels}]>'
    part = f'{head}<worksheet xmlns="{MAIN}"><sheetData>&l9;</sheetData></worksheet>'
    return edited(table([["x"]]), "xl/worksheets/sheet1.xml", lambda _: part.encode())


def _stored(name: str, size: int) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for part, data in parts_of(table([["x"]])).items():
            archive.writestr(part, data)
        with archive.open(name, "w", force_zip64=True) as member:
            block = bytes(1 << 20)
            for _ in range(size >> 20):
                member.write(block)
    return target.getvalue()


def _overlapping() -> bytes:
    """Give a zip whose entries all point at one packed kernel (as zblg does)."""
    kernel = zlib.compress(bytes(1 << 20), 9)[2:-4]
    crc = zlib.crc32(bytes(1 << 20))
    local = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 8, 0, 0, crc, len(kernel), 1 << 20, 1, 0)
    data, directory = local + b"a" + kernel, b""
    for number in range(500):
        name = f"{number:03}".encode()
        directory += struct.pack(
            *("<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 8, 0, 0, crc, len(kernel), 1 << 20),
            *(len(name), 0, 0, 0, 0, 0, 0),
        )
        directory += name
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 500, 500, len(directory), len(data), 0)
    return data + directory + end


def _ods(body: str) -> bytes:
    namespaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<office:document-content {namespaces} office:version="1.2"><office:body>'
        f"<office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    return zipped(
        {
            "mimetype": _ODS_TYPE,
            "content.xml": content.encode(),
            "META-INF/manifest.xml": manifest.encode(),
        }
    )


_ROW_OF_ODS = (
    '<table:table table:name="Isian"><table:table-row table:number-rows-repeated="1048576">'
    '<table:table-cell table:number-columns-repeated="16384" office:value-type="float" '
    'office:value="1"><text:p>1</text:p></table:table-cell></table:table-row></table:table>'
)
_CORNERS = (
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
)

MONSTERS: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "cells without content, two million": (
        lambda: _many_rows(100_000, "<row>" + '<c s="0"/>' * 20 + "</row>"),
        set(),
    ),
    "cells beyond the limit": (
        lambda: _many_rows(110_000, "<row>" + '<c s="0"/>' * 20 + "</row>"),
        {"B05"},
    ),
    "filled cells, three hundred thousand": (
        lambda: _many_rows(30_000, "<row>" + "<c><v>1</v></c>" * 10 + "</row>"),
        {"B05"},
    ),
    "empty rows to the end of the sheet": (lambda: _many_rows(1_048_576, "<row/>"), set()),
    "a row beyond the end of the sheet": (
        lambda: rows_of('<row r="1048576"/><row/>'),
        {"B07"},
    ),
    "two cells in the far corners": (lambda: rows_of(_CORNERS), set()),
    "elements nested a hundred thousand deep": (lambda: _nested(100_000), set()),
    "eight million shared strings": (lambda: _strings(2_000_000), {"B05"}),
    "entities that grow tenfold nine times": (_entity, {"B05"}),
    "a gigabyte of zeros in a part that nobody reads": (
        lambda: _stored("xl/media/image1.bin", 1 << 30),
        {"B05"},
    ),
    "five hundred entries over one kernel": (_overlapping, {"B07"}),
    "an attribute of ten million letters": (
        lambda: sheet_of(f'<sheetData><row r="1" x="{"a" * 10_000_000}"/></sheetData>'),
        set(),
    ),
    "a text of thirty million letters": (
        lambda: rows_of(f'<row><c t="inlineStr"><is><t>{"a" * 30_000_000}</t></is></c></row>'),
        {"B05"},
    ),
    "a hundred thousand merges": (
        lambda: sheet_of(
            "<sheetData/><mergeCells>"
            + "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 100_002))
            + "</mergeCells>"
        ),
        {"B05"},
    ),
    "an ods of seventeen thousand million cells": (lambda: _ods(_ROW_OF_ODS), {"B05"}),
    "nested tables in an ods": (
        lambda: _ods('<table:table table:name="a">' * 5_000 + "</table:table>" * 5_000),
        {"B07", "B08", "B05", "T01"},
    ),
    "an ole container of nothing": (lambda: OLE + bytes(100_000), {"B07"}),
    "an ole container whose sectors run in a circle": (
        lambda: OLE + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6) + bytes(480) * 20,
        {"B01", "B07"},
    ),
}
"""What is made, and the codes of which one at least must be its verdict (none: just a verdict)."""


def spoiled(data: bytes, rng: random.Random) -> bytes:
    """Spoil a file somewhere: bytes changed, cut out, doubled, or a part changed and repacked."""
    kind = rng.randrange(5)
    if kind == 0:
        out = bytearray(data)
        for _ in range(rng.randint(1, 20)):
            out[rng.randrange(len(out))] = rng.randrange(256)
        return bytes(out)
    start = rng.randrange(len(data))
    end = min(len(data), start + rng.choice((1, 7, 64, 512, 4096)))
    if kind == 1:
        return data[:start] + data[end:]
    if kind == 2:
        return data[:end] + data[start:end] * rng.randint(1, 50) + data[end:]
    if kind == 3 or not zipfile.is_zipfile(io.BytesIO(data)):
        return data[:start] + rng.randbytes(end - start) + data[end:]
    return _repacked(data, rng)


def _repacked(data: bytes, rng: random.Random) -> bytes:
    """Change bytes inside one part, so that the checksums are right and the content is not."""
    try:
        parts = parts_of(data)
    except (zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, OSError, EOFError):
        return data[: len(data) // 2]
    full = [name for name, part in parts.items() if part]
    if not full:
        return data
    name = rng.choice(full)
    part = bytearray(parts[name])
    for _ in range(rng.randint(1, 10)):
        at = rng.randrange(len(part))
        if rng.random() < 0.5:
            part[at] = rng.choice(b"<>/\"'&=0123456789AZaz \0\xff")
        else:
            part[at:at] = rng.choice((b"<", b"]]>", b"<!--", b"&#0;", b"<![CDATA[", b"99999999999"))
    return zipped({**parts, name: bytes(part)})


def spoilt_ones(seeds: list[bytes], count: int, rng: random.Random) -> Iterator[bytes]:
    """Give spoiled files, each from one of the seeds, some spoiled twice."""
    for _ in range(count):
        data = spoiled(rng.choice(seeds), rng)
        yield spoiled(data, rng) if data and rng.random() < 0.3 else data
