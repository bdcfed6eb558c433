"""Prove that an XML part is of the usual form, so that patterns read from it what expat would.

Parts as Excel, LibreOffice, WPS and XlsxWriter write them repeat a few tags thousands of
times. A regular expression reads these several times faster than a call per tag does,
provided that nothing is skipped: each pattern accounts for every byte that it reads, and what
it does not know is given to expat with all the rest of the part (ADR 0002, ADR 0012).
"""

from __future__ import annotations

import re
from functools import lru_cache
from xml.parsers import expat

MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)

_DECLARATION = re.compile(
    rb"(?:\xef\xbb\xbf)?"
    rb'(?:<\?xml version="1\.0"(?: encoding="(?:UTF|utf)-8")?(?: standalone="(?:yes|no)")? ?\?>)?'
    rb"[ \t\r\n]*(?=<[A-Za-z])"
)
_MARKS = ((b"!", b"<!"), (b"?", b"<?"), (b"]", b"]]>"))
_MARKED = bytes(1 if code < ord(" ") and code not in b"\t\n" else 0 for code in range(256))
_REFERENCES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&#10;", "\n"))
_ROOT = re.compile(r'<(\w+)(?: [\w:]+="[^"<&]*")+ ?>')
_ATTRIBUTES = re.compile(
    r'(?: (?!xmlns)(?:[A-Za-z]\w*|x14ac:dyDescent|xr:uid|xml:space)="[^"<&\t\n]*")* ?', re.ASCII
)
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
_SHORT = 200
_LONGEST = 4_000_000  # beyond, the list of tokens would cost more memory than it saves time


def usual_text(part: bytes) -> str | None:
    """Decode a part without its declaration, where none of its characters needs a second look.

    None where the part is very long, is not UTF-8, or holds a comment, CDATA, an instruction
    or a character that XML forbids or changes. In what is given, if it is well formed, every
    "<" therefore begins a tag, texts stand as they are but for references, and so do
    attributes without a tab or a line end.
    """
    head = _DECLARATION.match(part)
    if head is None or len(part) > _LONGEST:
        return None
    body = part[head.end() :]
    if b"\1" in body.translate(_MARKED) or any(
        byte in body and mark in body  # one byte alone is found many times faster
        for byte, mark in _MARKS
    ):
        return None
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\ufffe" in text or "\uffff" in text else text


def vocabulary(text: str, name: str) -> str | None:
    """Give the root's tag where it makes all names without a prefix, and no others, our own.

    None where the root has another name, or its attributes are not written plainly.
    """
    root = _ROOT.match(text)
    if root is None or root[1] != name or sum(map(root[0].count, MAIN)) != 1:
        return None
    return root[0] if any(f' xmlns="{space}"' in root[0] for space in MAIN) else None


def is_well_formed(text: str) -> bool:
    """Tell whether expat finds nothing wrong in XML, its namespaces included."""
    parser = expat.ParserCreate("utf-8", " ")
    try:
        parser.Parse(text, True)  # noqa: FBT003 (expat takes it by position only)
    except (expat.ExpatError, ValueError):
        return False
    return True


def resolved(text: str) -> str | None:
    """Replace XML's own references and that of a line end; None where the text holds another."""
    if "&" not in text:
        return text
    for reference, character in _REFERENCES:
        text = text.replace(reference, character)
    return text.replace("&amp;", "&") if text.count("&") == text.count("&amp;") else None


def attributes(written: str) -> dict[str, str] | None:
    """Read the attributes of a usual tag; None where one is unusual, or stands there twice.

    Of those with a prefix, x14ac:dyDescent, xr:uid and xml:space are usual. Nobody changes
    what is given: tags repeat within a part and from form to form.
    """
    return _kept(written) if len(written) <= _SHORT else _attributes(written)


@lru_cache(maxsize=1024)
def _kept(written: str) -> dict[str, str] | None:
    return _attributes(written)


def _attributes(written: str) -> dict[str, str] | None:
    if _ATTRIBUTES.fullmatch(written) is None:
        return None
    found: list[tuple[str, str]] = _ATTRIBUTE.findall(written)
    named = dict(found)
    return named if len(named) == len(found) else None
