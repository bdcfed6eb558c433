"""Turn what may differ without meaning anything into a mark: the whole list, with its reasons.

A copy is the text of a part after this list. Nothing else is left out of the comparison; what
`RETOLD` names is told in another way than the file tells it, and `DIGESTS` is kept as a digest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

SHORTEST_HASH = 8


@dataclass(frozen=True, slots=True)
class Ignored:
    """What is marked: `pattern` in the parts that `where` names, and the reason.

    The mark is `mark`; where that is None, the match is a return's hash and becomes the name
    of its sender, so that a hash in the wrong place is still a difference.
    """

    name: str
    where: str
    pattern: re.Pattern[str]
    mark: str | None
    reason: str


IGNORED: tuple[Ignored, ...] = (
    Ignored(
        "program version",
        "*",
        re.compile(r"(?<=workbook[_-]tools )\d+(?:\.\d+)+[\w.]*"),
        "<versi program>",
        "It stands in master, board, report and dictionary; every release would alter them all.",
    ),
    Ignored(
        "hashes of returns",
        "*",
        re.compile(rf"\b[0-9a-f]{{{SHORTEST_HASH},64}}\b"),
        None,
        "A return is a zip file made anew by each play: its bytes hold the time of day and "
        "depend on the version of zlib. What it says does not.",
    ),
    Ignored(
        "spans of rows",
        "*.xlsx/lembar/*",
        re.compile(r' spans="\d+:\d+"'),
        "",
        "A hint for the speed of Excel that follows from the cells; versions of XlsxWriter "
        "reckon it in blocks of their own.",
    ),
    Ignored(
        "hashes of exported tables",
        "ekspor-*/datapackage.json",
        re.compile(r'(?<="hash": ).+?(?=,?$)', re.MULTILINE),
        "<lihat tabelnya>",
        "The tables hold hashes of returns; they are compared themselves.",
    ),
)

RETOLD: Mapping[str, str] = {
    "order of attributes, white space between elements, the XML declaration": (
        "XML gives them no meaning."
    ),
    "numbers of shared strings and of cell styles": (
        "One new text or style renumbers all after it. Each cell shows its text, and its style "
        "under a name made from what the style says."
    ),
    "pixels of the report's charts": (
        "A copy tells their size only; `pictures.py` compares how they look."
    ),
}

DIGESTS: Mapping[str, str] = {
    "*/xl/theme/*": "XlsxWriter's own, the same in every workbook.",
    "*/word/theme/*": "Word's own, from the template.",
    "*/word/stylesWithEffects.xml": "Word 2007's copy of the styles, 440 kB, from the template.",
    "*/word/styles.xml": "From the template, which is a file of this repository itself.",
    "*/docProps/thumbnail.jpeg": "A picture from the library's template.",
    "ekspor-json/[ci]*.json": "The same tables as CSV stand whole beside it.",
    "induk.xlsx/lembar/[!A-Z1-9]*": (
        "Position sheets, all made by one module; those in `WHOLE` stand for it."
    ),
}

WHOLE: Sequence[str] = (
    "induk.xlsx/lembar/kabid-perdagangan",
    "induk.xlsx/lembar/kasi-pemberdayaan-koperasi",
    "induk.xlsx/lembar/kabid-industri",
)
"""Position sheets with prices and ratios, with plain counts, and without a page."""


def marked(
    text: str, place: str, *, senders: Mapping[str, str], ignored: Sequence[Ignored] = IGNORED
) -> str:
    """Put the marks into the text of a part."""

    def sender(found: re.Match[str]) -> str:
        name = next((name for whole, name in senders.items() if whole.startswith(found[0])), None)
        return found[0] if name is None else f"<sidik {name}>"

    for entry in ignored:
        if fnmatchcase(place, entry.where):
            text = entry.pattern.sub(sender if entry.mark is None else entry.mark, text)
    return text


def is_digest(place: str) -> bool:
    """Tell whether a part is kept as a digest only."""
    return place not in WHOLE and any(fnmatchcase(place, pattern) for pattern in DIGESTS)
