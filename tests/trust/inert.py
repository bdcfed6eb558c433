"""Turn a written workbook into what in it could act, read from its XML parts themselves."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from tests.reader.workbooks import MAIN, parts_of

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PLAIN_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core|custom)\.xml|"
    r"xl/(workbook|styles|sharedStrings|comments\d+|metadata)\.xml|xl/theme/theme1\.xml|"
    r"xl/(worksheets|charts|drawings|tables)/\w+\.(xml|vml)|xl/(\w+/)?_rels/\w+\.xml\.rels"
)


@dataclass(frozen=True, slots=True)
class Acting:
    """Everything in a workbook that a program would run, follow or fetch."""

    formulas: frozenset[tuple[str, str, str]]  # (sheet, cell, formula)
    links: frozenset[tuple[str, str, str]]  # (sheet, cell, target inside the workbook)
    outside: frozenset[str]  # targets of external relationships
    names: frozenset[tuple[str, str]]  # defined names
    strange: frozenset[str]  # parts or elements that no workbook of ours has


def roots(data: bytes) -> dict[str, ET.Element]:
    """Parse every XML part; a part that is not well-formed fails here."""
    return {
        name: ET.fromstring(part)  # noqa: S314 (written by this program a moment ago)
        for name, part in parts_of(data).items()
        if name.endswith((".xml", ".rels", ".vml"))
    }


def acting(data: bytes) -> Acting:
    """Find what acts in a workbook."""
    parts = roots(data)
    sheets = _sheets(parts)
    formulas: set[tuple[str, str, str]] = set()
    links: set[tuple[str, str, str]] = set()
    strange = {name for name in parts_of(data) if _PLAIN_PARTS.fullmatch(name) is None}
    outside: set[str] = set()
    for name, root in parts.items():
        for element in root.iter():
            local = element.tag.rpartition("}")[2]
            if local in ("ddeLink", "oleLink", "externalReference", "externalBook", "oleObject"):
                strange.add(f"{name}: {local}")
            if element.tag == f"{{{_RELATIONS}}}Relationship" and "TargetMode" in element.attrib:
                outside.add(element.attrib["Target"])
            if local == "hyperlink":
                assert f"{{{_OFFICE}}}id" not in element.attrib
                place = (element.attrib["ref"], element.attrib["location"])
                links.add((sheets[name], *place))
        if name in sheets:
            formulas |= {
                (sheets[name], cell.attrib["r"], str(formula.text))
                for cell in root.iter(f"{{{MAIN}}}c")
                for formula in cell.iter(f"{{{MAIN}}}f")
            }
    names = frozenset(
        (element.attrib["name"], str(element.text))
        for element in parts["xl/workbook.xml"].iter(f"{{{MAIN}}}definedName")
    )
    return Acting(
        frozenset(formulas), frozenset(links), frozenset(outside), names, frozenset(strange)
    )


def texts(data: bytes, sheet: str) -> dict[str, str]:
    """Give the texts of a sheet's string cells by address; all else is left out."""
    parts = roots(data)
    shared = [
        _unescaped("".join(t.text or "" for t in item.iter(f"{{{MAIN}}}t")))
        for item in parts["xl/sharedStrings.xml"].iter(f"{{{MAIN}}}si")
    ]
    part = next(name for name, title in _sheets(parts).items() if title == sheet)
    return {
        cell.attrib["r"]: shared[int(value.text or "")]
        for cell in parts[part].iter(f"{{{MAIN}}}c")
        if cell.attrib.get("t") == "s" and cell.find(f"{{{MAIN}}}f") is None
        if (value := cell.find(f"{{{MAIN}}}v")) is not None
    }


def assert_shows_all(text: str) -> None:
    """Demand a text in which nothing is hidden or turned around."""
    hidden = {c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp")}
    assert hidden <= {"\n"}


def _sheets(parts: dict[str, ET.Element]) -> dict[str, str]:
    targets = {
        relation.attrib["Id"]: posixpath.join("xl", relation.attrib["Target"])
        for relation in parts["xl/_rels/workbook.xml.rels"]
    }
    return {
        targets[sheet.attrib[f"{{{_OFFICE}}}id"]]: sheet.attrib["name"]
        for sheet in parts["xl/workbook.xml"].iter(f"{{{MAIN}}}sheet")
    }


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
