"""Turn a worksheet of the usual form into its rows as text and the tags around them that count."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workbook_tools.reader.canonical import attributes, is_well_formed
from workbook_tools.reader.cell_reader import MAIN

Tag = tuple[str, dict[str, str]]

_ROOT = re.compile(r'<worksheet((?: [\w:]+="[^"<&]*")+) ?>')
_BEGIN, _END, _BLANK = "<sheetData>", "</sheetData>", "<sheetData/>"
_COUNTS = re.compile(
    r"<(?:(col|mergeCell|sheetProtection|autoFilter|filterColumn)"
    r"|(?:worksheet|sheetData|row|c|v|f|is|t|r|rPh|[\w.-]+:sheetData))(?=[ \t\n/>])([^>]*)>"
)
_PREFIXES = ("x14ac:", "xr:")


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands before, between and after the tags of `sheetData`."""

    before: tuple[Tag, ...]
    middle: str
    after: tuple[Tag, ...]


def frame_of(text: str) -> Frame | None:
    """Split a worksheet's usual text; None where it is to be walked tag by tag.

    All around the rows is proved to be well formed. The tags that count are looked for there
    by their names, which is enough where they have no prefix and only the root says what
    names without prefix mean.
    """
    root = _ROOT.match(text)
    head, begin, rows = text.partition(_BEGIN)
    middle, end, tail = rows.rpartition(_END)
    if not begin:
        head, end, tail = text.partition(_BLANK)
    if root is None or not end:
        return None
    around = head[root.end() :], tail
    if not (
        _is_default(root[1])
        and all(f" xmlns:{prefix[:-1]}=" in root[1] for prefix in _PREFIXES if prefix in middle)
        and not any("xmlns" in text and _has_default(text) for text in around)
        and _depth(head) == 1
        and is_well_formed(f"{head}{_BLANK}{tail}")
    ):
        return None
    before, after = map(_tags, around)
    return None if before is None or after is None else Frame(before, middle, after)


def _is_default(root: str) -> bool:
    """Tell whether names without a prefix, and no others, are those of a worksheet."""
    return sum(map(root.count, MAIN)) == 1 and any(f' xmlns="{space}"' in root for space in MAIN)


def _has_default(text: str) -> bool:
    """Tell whether below the root another meaning may be given to names without a prefix."""
    return text.count("xmlns") != text.count("xmlns:") or any(space in text for space in MAIN)


def _depth(head: str) -> int:
    """Count the tags that are open at the end; -1 where a ">" may not be the end of a tag."""
    closing = head.count("</")
    if head.count("<") != head.count(">"):
        return -1
    return head.count("<") - closing - closing - head.count("/>")


def _tags(text: str) -> tuple[Tag, ...] | None:
    found: list[Tag] = []
    for name, written in _COUNTS.findall(text):
        told = attributes(written.removesuffix("/"))
        if not name or told is None:
            return None
        found.append((name, told))
    return tuple(found)
