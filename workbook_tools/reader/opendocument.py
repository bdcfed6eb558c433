"""Turn an OpenDocument spreadsheet's parts into a `RawWorkbook`, in one strict pass."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbook_tools.problems.problem import Problem
from workbook_tools.reader.limits import Limits, ReadingRefused, active, damaged, encrypted
from workbook_tools.reader.markup import elements, walk
from workbook_tools.reader.opc import LINKS, MACROS, OBJECTS
from workbook_tools.reader.opendocument_tables import TablesPass, local_name
from workbook_tools.reader.package import Package
from workbook_tools.reader.raw import RawWorkbook

CONTENT = "content.xml"
_MANIFEST = "META-INF/manifest.xml"
_META = "meta.xml"
_MODULE = re.compile(r"^(?:Basic/.+/(?!script-l[bc]\.xml$)[^/]+|Scripts/.+[^/])$")
_OBJECT = re.compile(r"^Object [0-9]+$")


def opendocument_problems(package: Package) -> tuple[Problem, ...]:
    """Find encryption and macros: what the parts tell before their content is read."""
    problems = [
        damaged(f"bagian {name} tidak ada") for name in (_MANIFEST, CONTENT) if name not in package
    ]
    manifest = package.part(_MANIFEST) if _MANIFEST in package else b""
    if b"encryption-data" in manifest:
        problems.append(encrypted())
    if any(_MODULE.match(name) for name in package.parts):
        problems.append(active(MACROS))
    if any(_OBJECT.match(name) for name in package.parts):
        problems.append(active(OBJECTS))
    return tuple(problems)


def read_opendocument(package: Package, limits: Limits) -> RawWorkbook:
    """Read content.xml and meta.xml; raises ReadingRefused with every problem found."""
    tables = TablesPass(limits)
    what = f"bagian {CONTENT}"
    walk(package.part(CONTENT), what, start=tables.start, end=tables.end, text=tables.text)
    problems = tables.problems()
    if tables.runs_scripts:
        problems.append(active(MACROS))
    if tables.reaches_out:
        problems.append(active(LINKS))
    if not tables.sheets:
        problems.append(damaged("tidak ada satu lembar pun"))
    if problems:
        raise ReadingRefused(*problems)
    properties = dict(_meta(package))
    program = properties.pop("", "")
    return RawWorkbook(tuple(tables.sheets), tables.names, properties, program, "ods")


def _meta(package: Package) -> Iterator[tuple[str, str]]:
    """Yield custom properties, and the program's name under ""."""
    if _META not in package:
        return
    for element in elements(package.part(_META), f"bagian {_META}"):
        if element.name == "generator":
            yield "", element.text
        elif element.name == "user-defined":
            named = {local_name(key): value for key, value in element.attributes.items()}
            yield named.get("name", ""), element.text
