"""Turn a Word document into texts: one paragraph a line, its looks under names."""

from __future__ import annotations

from collections.abc import Iterator

from tests.golden.markup import STEP, Element, Legend, flat, head, parsed, quoted

LOOKS = {"w:pPr", "w:rPr", "w:tcPr", "w:trPr", "w:tblPr", "w:tblGrid", "a:graphic"}
DOCUMENT = "word/document.xml"


def tell_document(part: bytes) -> list[str]:
    """Tell the main part of a document, its legend last."""
    legend = Legend()
    return [*_lines(parsed(part), legend, 0), *legend.lines()]


def _lines(element: Element, legend: Legend, depth: int) -> Iterator[str]:
    looks = "".join(f" {_look(child, legend)}" for child in element.children if _is_look(child))
    within = [child for child in element.children if not _is_look(child)]
    if element.tag == "w:p":
        runs = "".join(f" {_run(child, legend)}" for child in within)
        yield f"{STEP * depth}{head(element)}{looks}{runs}"
        return
    yield f"{STEP * depth}{head(element)}{looks}"
    for child in within:
        yield from _lines(child, legend, depth + 1)


def _is_look(element: Element) -> bool:
    return element.tag in LOOKS


def _look(element: Element, legend: Legend) -> str:
    return legend.name(flat(element))


def _run(element: Element, legend: Legend) -> str:
    """Write what stands in a paragraph; a run of plain text as its look and its text."""
    looks = "".join(f"{_look(c, legend)} " for c in element.children if _is_look(c))
    within = [child for child in element.children if not _is_look(child)]
    if element.tag == "w:r" and all(child.tag == "w:t" for child in within):
        return looks + quoted("".join(child.text for child in within))
    inner = ", ".join(_run(child, legend) for child in within)
    return f"{looks}{head(element)} ({inner})" if inner else f"{looks}{head(element)}"
