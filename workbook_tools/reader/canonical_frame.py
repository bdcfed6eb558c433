"""Turn a worksheet of the usual form into its rows as text and the tags around them that count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workbook_tools.reader.canonical import MAIN, attributes, is_well_formed, usual_text, vocabulary
from workbook_tools.reader.canonical_cells import Token, row_tokens
from workbook_tools.reader.markup import kept

Tag = tuple[str, dict[str, str]]

_SMALL = 10_000
_BEGIN, _END, _BLANK = "<sheetData>", "</sheetData>", "<sheetData/>"
_COUNTS = re.compile(
    r"<(?=[acfimrstvw])(?:(col|mergeCell|sheetProtection|autoFilter|filterColumn)"
    r"|(?:worksheet|sheetData|row|c|v|f|is|t|r|rPh))(?=[ \t\n/>])([^>]*)>"
)
_PREFIXES = ("x14ac:", "xr:")


@dataclass(frozen=True, slots=True)
class Frame:
    """The rows of a worksheet in tokens, and the tags that count before and after them."""

    before: tuple[Tag, ...]
    rows: Sequence[Token]
    after: tuple[Tag, ...]


@kept(_SMALL)
def frame_of(part: bytes, _what: str) -> Frame | None:
    """Split a worksheet of the usual form; None where it is to be walked tag by tag.

    All around the rows is proved to be well formed. The tags that count are looked for there
    by their names, which is enough where they have no prefix and only the root says what
    names without prefix mean.
    """
    text = usual_text(part)
    root = None if text is None else vocabulary(text, "worksheet")
    if text is None or root is None:
        return None
    head, begin, rows = text.partition(_BEGIN)
    middle, end, tail = rows.rpartition(_END)
    if not begin:
        head, end, tail = text.partition(_BLANK)
    if not end:
        return None
    around = head[len(root) :], tail
    if not (
        all(f" xmlns:{prefix[:-1]}=" in root for prefix in _PREFIXES if prefix in middle)
        and not any(map(_has_other_rows, around))
        and _depth(head) == 1
        and is_well_formed(f"{head}{_BLANK}{tail}")
    ):
        return None
    tokens = row_tokens(middle)
    before, after = map(_tags, around)
    if tokens is None or before is None or after is None:
        return None
    return Frame(before, tokens, after)


def _has_other_rows(text: str) -> bool:
    """Tell whether names without a prefix may mean something else here, or one with a prefix."""
    if ":sheetData" in text:
        return True
    return "xmlns" in text and (
        text.count("xmlns") != text.count("xmlns:") or any(space in text for space in MAIN)
    )


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
