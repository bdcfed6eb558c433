"""Split off the long, uniform middle of an XML part, for a reader that proves every byte of it.

Parts as Excel, LibreOffice and XlsxWriter write them repeat a few tags thousands of times.
A regular expression reads these several times faster than a call per tag does, provided
that nothing is skipped: each tokeniser ends in an alternative that matches whatever the
grammar does not know, and gives the part back to expat as soon as that one matches. The
rest of the part is always walked by expat, with the middle taken out (ADR 0002).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_DECLARATION = re.compile(
    rb'<\?xml version="1\.0" encoding="(?:UTF|utf)-8"(?: standalone="(?:yes|no)")?\s*\?>'
)
_ENTITY = re.compile(r"&(amp|lt|gt|quot|apos);")
_OTHER_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)")
_CHARACTERS = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_LONGEST = 4_000_000  # beyond, the list of tokens would cost more memory than it saves time


@dataclass(frozen=True, slots=True)
class Spliced:
    """A part without its middle, and the middle decoded."""

    rest: bytes
    middle: str


def splice(part: bytes, first: bytes, last: bytes) -> Spliced | None:
    """Take out what stands between the first `first` and the last `last`.

    None where the part does not declare UTF-8, has no such middle or a very long one, or
    where a comment, CDATA or an instruction could make the tags that are found mere text.
    """
    start, end = part.find(first), part.rfind(last)
    if start < 0 or not 0 <= end - start <= _LONGEST:
        return None
    declaration = _DECLARATION.match(part)
    if declaration is None or b"<!" in part or part.find(b"<?", declaration.end()) >= 0:
        return None
    start += len(first)
    if start > end:
        return None
    try:
        middle = part[start:end].decode("utf-8")
    except UnicodeDecodeError:
        return None
    return Spliced(part[:start] + part[end:], middle)


def resolved(text: str) -> str | None:
    """Replace XML's own five entities; None where another reference is in the text."""
    if "&" not in text:
        return text
    if _OTHER_ENTITY.search(text):
        return None
    return _ENTITY.sub(lambda match: _CHARACTERS[match[1]], text)
