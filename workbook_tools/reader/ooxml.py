"""Turn the parts of a SpreadsheetML package into a `RawWorkbook`."""

from __future__ import annotations

from dataclasses import dataclass

from workbook_tools.problems.problem import Problem
from workbook_tools.reader.canonical import MAIN
from workbook_tools.reader.cell_reader import Book, reaches_out
from workbook_tools.reader.limits import (
    Limits,
    ReadingRefused,
    active,
    damaged,
    grouped,
    too_large,
)
from workbook_tools.reader.markup import SMALL, Element, elements, kept, unescaped
from workbook_tools.reader.number_format import BUILT_IN, is_date_format, whole_number
from workbook_tools.reader.opc import LINKS, Opc, properties
from workbook_tools.reader.raw import RawSheet, RawWorkbook
from workbook_tools.reader.strings import shared_strings
from workbook_tools.reader.worksheet import SheetPass

_RELATIONSHIPS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_SHEETS = ("worksheet", "chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet")
_STATES = ("visible", "hidden", "veryHidden")
_GENERAL = ("", False)


@dataclass(frozen=True, slots=True)
class _SheetPart:
    """One sheet of the workbook; `part` is None where its kind holds no cells."""

    name: str
    state: str
    part: bytes | None


def read_ooxml(opc: Opc, limits: Limits) -> tuple[RawWorkbook | None, tuple[Problem, ...]]:
    """Read a workbook; None with the problems of all its sheets where one is unsound."""
    workbook = opc.main()
    what = f"bagian {workbook}"
    found = elements(opc.package.part(workbook), what)
    if found[-1].name != "workbook" or found[-1].namespace not in MAIN:
        raise ReadingRefused(damaged(what))
    parts = _sheet_parts(opc, found, limits)
    book = _book(opc, found, limits)
    custom, program = properties(opc)
    names = _names(found, what)
    problems: list[Problem] = []
    if any(reaches_out(text) for text in names.values()):
        problems.append(active(LINKS))
    raw: list[RawSheet] = []
    count = 0
    for part in parts:
        sheet = SheetPass(part.name, book, count)
        try:
            if part.part is not None:
                sheet.read(part.part)
        except ReadingRefused as refusal:
            problems.extend(refusal.problems)
        problems.extend(sheet.problems())
        count = sheet.count
        raw.append(sheet.sheet(part.state))
    if problems:
        return None, tuple(dict.fromkeys(problems))
    return RawWorkbook(tuple(raw), names, custom, program, "xlsx"), ()


def _sheet_parts(opc: Opc, found: tuple[Element, ...], limits: Limits) -> list[_SheetPart]:
    targets = {r.id: r for r in opc.relationships(opc.main()) if not r.external}
    parts: list[_SheetPart] = []
    names: set[str] = set()
    used: set[str] = set()
    for element in found:
        if element.name != "sheet" or element.path != ("workbook", "sheets"):
            continue
        name = element.attributes.get("name", "")
        state = element.attributes.get("state", "visible")
        ids = [element.attributes.get(f"{space} id", "") for space in _RELATIONSHIPS]
        target = next((targets[i] for i in ids if i in targets), None)
        doubled = name.lower() in names or (target is not None and target.target in used)
        if target is None or target.kind not in _SHEETS or state not in _STATES or doubled:
            raise ReadingRefused(damaged(f"lembar {name}"))
        names.add(name.lower())
        used.add(target.target)
        part = opc.package.part(target.target)
        parts.append(_SheetPart(name, state, part if target.kind == "worksheet" else None))
        if len(parts) > limits.sheets:
            raise ReadingRefused(too_large("jumlah lembar", grouped(limits.sheets)))
    if not parts:
        raise ReadingRefused(damaged("tidak ada satu lembar pun"))
    return parts


def _book(opc: Opc, found: tuple[Element, ...], limits: Limits) -> Book:
    strings = _only_part(opc, "sharedStrings")
    styles = _only_part(opc, "styles")
    about = next((e.attributes for e in found if e.name == "workbookPr"), {})
    return Book(
        [] if strings is None else shared_strings(strings, limits),
        None if styles is None else _formats(styles, "bagian gaya sel"),
        about.get("date1904") in ("1", "true"),
        limits,
    )


def _only_part(opc: Opc, kind: str) -> bytes | None:
    """Give the workbook's one part of a kind; with two, nobody knows which one counts."""
    targets = [r.target for r in opc.relationships(opc.main()) if r.kind == kind]
    if len(targets) > 1:
        raise ReadingRefused(damaged(f"bagian {targets[1]} ada dua kali"))
    return opc.package.part(targets[0]) if targets else None


@kept(SMALL)
def _formats(part: bytes, what: str) -> dict[str, tuple[str, bool]]:
    """Map each cell style (its place in cellXfs; "" is the first) to code and date-ness."""
    codes = dict(BUILT_IN)
    styles: list[str] = []
    for element in elements(part, what):
        if element.name == "numFmt" and element.path[-1:] == ("numFmts",):
            number = whole_number(element.attributes.get("numFmtId", ""))
            if number is not None:
                codes[number] = element.attributes.get("formatCode", "")
        elif element.name == "xf" and element.path[-1:] == ("cellXfs",):
            styles.append(element.attributes.get("numFmtId", "0"))
    known = {str(n): (code, is_date_format(code)) for n, code in codes.items() if code != "General"}
    formats = {str(at): known.get(number, _GENERAL) for at, number in enumerate(styles)}
    return {"": formats.get("0", _GENERAL), **formats}


def _names(found: tuple[Element, ...], what: str) -> dict[str, str]:
    """Map the workbook's own defined names (not those of one sheet) to what they refer to."""
    names: dict[str, str] = {}
    for element in found:
        if element.name != "definedName" or "localSheetId" in element.attributes:
            continue
        name = unescaped(element.attributes.get("name", ""))
        if name in names:
            raise ReadingRefused(damaged(f"{what}: nama {name} ada dua kali"))
        names[name] = element.text
    return names
