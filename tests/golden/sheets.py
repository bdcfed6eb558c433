"""Turn the parts of a workbook into texts in which each cell says what it shows, and how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from posixpath import join, normpath

from tests.golden.markup import STEP, Element, Legend, flat, head, outline, parsed, quoted, told

STRINGS, STYLES, BOOK = "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
GIVES = "⇒"  # between a formula and its stored value
_STYLED = ("fonts", "fills", "borders", "numFmts", "cellXfs", "dxfs")


@dataclass(frozen=True, slots=True)
class _Book:
    """What the cells of all sheets refer to by numbers."""

    strings: Sequence[Element]
    styles: Sequence[str]
    differences: Sequence[str]
    used: set[int]


def tell_workbook(parts: Mapping[str, bytes]) -> dict[str, list[str]]:
    """Tell those parts of a workbook whose numbers refer to one another.

    A sheet becomes `lembar/` with its name; the styles become a legend of their names.
    """
    legend = Legend()
    styles = parsed(parts[STYLES])
    strings = parsed(parts[STRINGS]).all("si") if STRINGS in parts else []
    book = _Book(strings, _cell_styles(styles, legend), _differences(styles, legend), set())
    texts = {
        f"lembar/{name}": list(_sheet(parsed(parts[path]), book))
        for name, path in sheet_paths(parts).items()
    }
    texts[STYLES] = [
        *(line for child in styles.children if child.tag not in _STYLED for line in outline(child)),
        *legend.lines(),
    ]
    texts[STRINGS] = [
        f"in no cell: {_string(string)}" for n, string in enumerate(strings) if n not in book.used
    ]
    return texts


def sheet_paths(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Give the part of each sheet by its name."""
    targets = {
        r.attributes["Id"]: normpath(join("xl", r.attributes["Target"]))
        for r in parsed(parts[RELATIONS]).children
    }
    sheets = parsed(parts[BOOK]).one("sheets").children
    return {s.attributes["name"]: targets[s.attributes["r:id"]] for s in sheets}


def _cell_styles(styles: Element, legend: Legend) -> list[str]:
    codes = {f.attributes["numFmtId"]: f.attributes["formatCode"] for f in _of(styles, "numFmts")}
    named = {kind: [flat(e) for e in _of(styles, kind)] for kind in ("fonts", "fills", "borders")}
    names = []
    for xf in _of(styles, "cellXfs"):
        own = dict(xf.attributes)
        number = own.pop("numFmtId")
        told_by = [f"format {quoted(codes[number]) if number in codes else number}"]
        told_by += [
            named[f"{kind}s"][int(own.pop(f"{kind}Id"))] for kind in ("font", "fill", "border")
        ]
        told_by += [flat(child) for child in xf.children]
        names.append(legend.name(" | ".join((*told_by, told(own).strip()))))
    return names


def _of(styles: Element, tag: str) -> list[Element]:
    found = styles.first(tag)
    return [] if found is None else found.children


def _differences(styles: Element, legend: Legend) -> list[str]:
    return [legend.name(" | ".join(map(flat, dxf.children))) for dxf in _of(styles, "dxfs")]


def _sheet(root: Element, book: _Book) -> Iterator[str]:
    yield head(root)
    for child in root.children:
        if child.tag == "sheetData":
            yield f"{STEP}sheetData"
            for row in child.children:
                yield from _row(row, book)
        else:
            _name_styles(child, book)
            yield from outline(child, 1)


def _name_styles(element: Element, book: _Book) -> None:
    """Put names in the place of the numbers of styles."""
    for attribute, names in (("style", book.styles), ("dxfId", book.differences)):
        if attribute in element.attributes and element.tag in {"col", "cfRule"}:
            element.attributes[attribute] = names[int(element.attributes[attribute])]
    for child in element.children:
        _name_styles(child, book)


def _row(row: Element, book: _Book) -> Iterator[str]:
    own = {name: value for name, value in row.attributes.items() if name != "r"}
    if "s" in own:
        own["s"] = book.styles[int(own["s"])]
    yield f"{STEP * 2}row r={quoted(row.attributes['r'])}{told(own)}"
    for cell in row.children:
        style = book.styles[int(cell.attributes.get("s", 0))]
        shown = " ".join((cell.attributes["r"], style, *_shown(cell, book)))
        yield STEP * 3 + shown


def _shown(cell: Element, book: _Book) -> Iterator[str]:
    kind = cell.attributes.get("t", "n")
    formula = cell.first("f")
    if formula is not None:
        yield f"={formula.text.replace(chr(10), ' ')}{told(formula.attributes)} {GIVES}"
    value = cell.first("v")
    if value is None:
        yield from (flat(child) for child in cell.children if child is not formula)
    elif kind == "s":
        book.used.add(int(value.text))
        yield _string(book.strings[int(value.text)])
    elif kind == "n":
        yield value.text
    else:
        yield quoted(value.text) if kind == "str" else f"{kind} {value.text}"


def _string(string: Element) -> str:
    """Write a text; one of several runs as its XML."""
    text = string.first("t")
    return flat(string) if text is None else quoted(text.text)
