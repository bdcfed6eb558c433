"""Walk one XML part with expat: no DOCTYPE, no entity, no fetch, namespaces told apart."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import NamedTuple, NoReturn, TypeVar
from xml.parsers import expat

from workbook_tools.reader.limits import ReadingRefused, damaged, grouped, too_large

ENTITIES = "deklarasi DOCTYPE atau entitas di dalam XML"
SMALL = 50_000
_MOST, _DEEPEST = 200_000, 100
_WIDE = ("utf-16-le", "utf-16-be")
_DOCTYPE = "<!DOCTYPE"
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")

Found = TypeVar("Found")


class Element(NamedTuple):
    """One element: its namespace, local name, attributes, the path above it and its text."""

    namespace: str
    name: str
    path: tuple[str, ...]
    attributes: dict[str, str]
    text: str


def declares_entities(part: bytes) -> bool:
    """Tell whether a part holds a DOCTYPE, in any encoding that XML readers must know."""
    if b"\0" in part[:4] or part.startswith((b"\xff\xfe", b"\xfe\xff")):
        return any(_DOCTYPE.encode(code) in part for code in _WIDE)
    return b"!" in part and _DOCTYPE.encode() in part  # one byte alone is found much faster


def walk(
    part: bytes,
    what: str,
    *,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> None:
    """Send a part's elements to three callbacks; names are "namespace local".

    Raises ReadingRefused: B05 for a DOCTYPE, B07 for XML that is not well formed.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse_entity
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    try:
        parser.Parse(part, True)  # noqa: FBT003 (expat takes it by position only)
    except (expat.ExpatError, LookupError, ValueError):
        raise ReadingRefused(damaged(what)) from None


def kept(
    longest: int,
) -> Callable[[Callable[[bytes, str], Found]], Callable[[bytes, str], Found]]:
    """Make a function keep what it read from the newest parts, each of at most so many bytes.

    Forms of one issue share most of their small parts byte for byte (styles, relationships,
    content types, the sheet that explains). Nobody may change what such a function gives.
    """

    def keeping(read: Callable[[bytes, str], Found]) -> Callable[[bytes, str], Found]:
        known = lru_cache(maxsize=64)(read)

        @wraps(read)
        def reading(part: bytes, what: str) -> Found:
            return known(part, what) if len(part) <= longest else read(part, what)

        return reading

    return keeping


@kept(SMALL)
def elements(part: bytes, what: str) -> tuple[Element, ...]:
    """List a small part's elements in the order in which they end; text without children's."""
    found: list[Element] = []
    open_: list[tuple[str, dict[str, str], list[str]]] = []
    path: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(found) > _MOST or len(open_) > _DEEPEST:
            raise ReadingRefused(too_large(f"jumlah unsur di {what}", grouped(_MOST)))
        open_.append((name, attributes, []))
        path.append(name.rpartition(" ")[2])

    def end(_name: str) -> None:
        name, attributes, texts = open_.pop()
        path.pop()
        namespace, _, local = name.rpartition(" ")
        found.append(Element(namespace, local, tuple(path), attributes, "".join(texts)))

    def text(data: str) -> None:
        open_[-1][2].append(data)

    walk(part, what, start=start, end=end, text=text)
    return tuple(found)


def unescaped(text: str) -> str:
    """Decode Excel's _x000D_ style escapes of characters that XML cannot carry."""
    if "_x" not in text:
        return text
    decoded = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return decoded.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _refuse_doctype(
    _name: str, _system: str | None, _public: str | None, _internal: int
) -> NoReturn:
    raise ReadingRefused(too_large(ENTITIES, "0"))


def _refuse_entity(
    _name: str,
    _parameter: int,
    _value: str | None,
    _base: str | None,
    _system: str,
    _public: str | None,
    _notation: str | None,
) -> NoReturn:
    raise ReadingRefused(too_large(ENTITIES, "0"))
