"""Turn a package's parts into its relationships, content types and document properties."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workbook_tools.problems.problem import Problem
from workbook_tools.reader.limits import ReadingRefused, active, damaged, too_large
from workbook_tools.reader.markup import (
    ENTITIES,
    SMALL,
    Element,
    declares_entities,
    elements,
    kept,
    unescaped,
)
from workbook_tools.reader.package import Package

CONTENT_TYPES = "[Content_Types].xml"
MACROS = "makro"
LINKS = "tautan ke berkas lain"
CONNECTIONS = "sambungan data"
OBJECTS = "objek tertanam"
_NOT_XML = (".svg", ".png", ".jpg", ".jpeg", ".gif", ".bin", ".emf", ".wmf")
_WORDS_THAT_ACT = (
    (MACROS, ("vbaproject", "macrosheet", "activex", "userform")),
    (LINKS, ("externallink", "xlpathmissing", "ddelink")),
    (CONNECTIONS, ("connections", "querytable")),
    (OBJECTS, ("oleobject", "/package\n", "/embeddings/")),
)


@dataclass(frozen=True, slots=True)
class Relationship:
    """One relationship of a part: its kind (the last word of its type) and its target."""

    id: str
    kind: str
    target: str
    external: bool


@dataclass(frozen=True, slots=True)
class Opc:
    """A package with what it says of its own parts.

    `types` maps lower-case part names, or extensions such as ".bin" for the defaults, to
    content types; `sources` maps the lower-case name of a part ("" for the package) to its
    relationships, whose targets are part names.
    """

    package: Package
    types: dict[str, str]
    sources: dict[str, tuple[Relationship, ...]]

    def relationships(self, source: str) -> tuple[Relationship, ...]:
        """Give the relationships of a part."""
        return self.sources.get(source.lower(), ())

    def type_of(self, part: str) -> str:
        """Give the content type of a part, "" where none is declared."""
        name = part.lower()
        return self.types.get(name) or self.types.get(posixpath.splitext(name)[1], "")

    def main(self) -> str:
        """Give the name of the part that is the document itself; B07 where there is none."""
        for relationship in self.relationships(""):
            if relationship.kind == "officeDocument" and relationship.target in self.package:
                return relationship.target
        raise ReadingRefused(damaged("bagian utama buku kerja tidak ada"))


def open_opc(package: Package) -> Opc:
    """Read content types and every relationship; required parts are demanded first."""
    package.part("_rels/.rels")
    types = _types(package.part(CONTENT_TYPES), f"bagian {CONTENT_TYPES}")
    sources: dict[str, tuple[Relationship, ...]] = {}
    for name, part in package.parts.items():
        folder, _, last = name.rpartition("/")
        if last.lower().endswith(".rels") and folder.lower().endswith("_rels"):
            base = folder[: -len("_rels")]
            source = f"{base}{last[: -len('.rels')]}".lower()
            sources[source] = _relationships(part, name)
    return Opc(package, types, sources)


@kept(SMALL)
def _types(part: bytes, what: str) -> dict[str, str]:
    types: dict[str, str] = {}
    for element in elements(part, what):
        kind = element.attributes.get("ContentType", "")
        if element.name == "Override":
            types[element.attributes.get("PartName", "").lstrip("/").lower()] = kind
        elif element.name == "Default":
            types["." + element.attributes.get("Extension", "").lower()] = kind
    return types


@kept(SMALL)
def _relationships(part: bytes, name: str) -> tuple[Relationship, ...]:
    base = name.rpartition("/")[0][: -len("_rels")]
    return tuple(
        _relationship(element.attributes, base)
        for element in elements(part, f"bagian {name}")
        if element.name == "Relationship"
    )


def _relationship(attributes: Mapping[str, str], base: str) -> Relationship:
    target = attributes.get("Target", "")
    external = attributes.get("TargetMode") == "External"
    if not external:
        target = posixpath.normpath(posixpath.join("/", base, target)).lstrip("/")
    kind = attributes.get("Type", "").rpartition("/")[2]
    return Relationship(attributes.get("Id", ""), kind, target, external)


def entity_problems(package: Package) -> tuple[Problem, ...]:
    """Find declarations of entities in any XML part, also in those that nobody parses."""
    if any(
        declares_entities(part)
        for name, part in package.parts.items()
        if not name.lower().endswith(_NOT_XML)
    ):
        return (too_large(ENTITIES, "0"),)
    return ()


def active_problems(opc: Opc) -> tuple[Problem, ...]:
    """Find what could act on its own or reach outside: one problem for each kind of thing."""
    found: set[str] = set()
    types = [opc.type_of(name) for name in opc.package.parts]
    # Every xlsb calls itself macroEnabled, with or without macros.
    if any("macroEnabled" in kind and ".binary." not in kind for kind in types):
        found.add(MACROS)
    seen = [*types, *(f"/{name}" for name in opc.package.parts)]
    for relationships in opc.sources.values():
        for relationship in relationships:
            seen.append(f"/{relationship.kind}")
            if relationship.external and relationship.kind != "hyperlink":
                found.add(LINKS)
    text = "\n".join((*seen, "")).lower()
    found.update(what for what, words in _WORDS_THAT_ACT if any(word in text for word in words))
    return tuple(active(what) for what in (MACROS, LINKS, CONNECTIONS, OBJECTS) if what in found)


def properties(opc: Opc) -> tuple[dict[str, str], str]:
    """Give the custom document properties and the name of the program that saved the file."""
    custom: dict[str, str] = {}
    program = ""
    for relationship in opc.relationships(""):
        if relationship.external or relationship.target not in opc.package:
            continue
        what = f"bagian {relationship.target}"
        if relationship.kind in ("custom-properties", "customProperties"):
            custom = dict(_custom(elements(opc.package.part(relationship.target), what), what))
        elif relationship.kind in ("extended-properties", "extendedProperties"):
            found = elements(opc.package.part(relationship.target), what)
            program = next((e.text for e in found if e.name == "Application"), "")
    return custom, "WPS Office" if "KSOProductBuildVer" in custom else program


def _custom(found: tuple[Element, ...], what: str) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    text = ""
    for element in found:
        if element.name != "property":
            text = element.text
            continue
        name = element.attributes.get("name", "")
        if name in seen:
            raise ReadingRefused(damaged(f"{what}: {name} ada dua kali"))
        seen.add(name)
        yield name, unescaped(text)
        text = ""
