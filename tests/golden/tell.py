"""Turn what the program wrote into the texts of its parts, fit to be kept and compared."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256

from PIL import Image

from tests.golden.ignored import IGNORED, Ignored, is_digest, marked
from tests.golden.markup import outline, parsed
from tests.golden.play import Played
from tests.golden.sheets import sheet_paths, tell_workbook
from tests.golden.words import DOCUMENT, tell_document

XML = (".xml", ".rels", ".vml")
PICTURES = (".png", ".jpeg")
SIGNS = 16
LONG_LINE = 600
_CUTS = re.compile(r"(?<=[}>])(?=[^}<])")

Copies = Mapping[str, str]
"""The text of each part by its place, such as `induk.xlsx/lembar/Ringkasan`."""


def tell(played: Played, *, ignored: Sequence[Ignored] = IGNORED) -> dict[str, str]:
    """Give the copies of everything that was written."""
    copies = {}
    for name, data in played.works.items():
        for place, lines in _parts(name, data):
            text = "".join(f"{line}\n" for line in lines)
            text = marked(text, place, senders=played.senders, ignored=ignored)
            copies[place] = digest(text) if is_digest(place) else text
    return copies


def tell_one(name: str, data: bytes) -> dict[str, str]:
    """Give the copies of one file."""
    return tell(Played({name: data}, {}))


def digest(text: str) -> str:
    """Give what is kept of a text that is not kept whole."""
    sign = sha256(text.encode()).hexdigest()[:SIGNS]
    return f"digest {sign} of {len(text.splitlines())} lines\n"


def _parts(name: str, data: bytes) -> Iterator[tuple[str, Sequence[str]]]:
    if not data.startswith(b"PK"):
        yield name, [short for line in data.decode("utf-8").splitlines() for short in _cut(line)]
        return
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {info.filename: package.read(info) for info in package.infolist()}
    retold: dict[str, list[str]] = {}
    if "xl/workbook.xml" in parts:
        retold = tell_workbook(parts)
        for path in sheet_paths(parts).values():
            del parts[path]
    elif DOCUMENT in parts:
        retold[DOCUMENT] = tell_document(parts[DOCUMENT])
    for path, lines in retold.items():
        yield f"{name}/{path}", lines
    for path, part in parts.items():
        if path not in retold:
            yield f"{name}/{path}", list(_part(path, part))


def _cut(line: str) -> list[str]:
    """Give a long line of a page, such as all its styles, as several."""
    return [line] if len(line) <= LONG_LINE else _CUTS.sub("\n", line).splitlines()


def _part(path: str, part: bytes) -> Iterator[str]:
    if path.endswith(XML):
        yield from outline(parsed(part))
    elif path.endswith(PICTURES):
        picture = Image.open(io.BytesIO(part))
        yield f"{picture.format} {picture.width} x {picture.height}"
    else:
        yield f"{len(part)} bytes, {sha256(part).hexdigest()}"
