"""Turn what became of a file into bytes that pass between two processes, and back.

JSON and nothing that could act: the process at the other end has read a stranger's file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from workbook_tools.problems.problem import Place, Problem, Severity
from workbook_tools.reader.raw import CellType, RawCell, RawSheet, RawWorkbook, cell_of
from workbook_tools.reader.reading import Reading

_TYPES = {kind.value: kind for kind in CellType}
_encoded = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


def packed(reading: Reading) -> bytes:
    """Write a reading as JSON."""
    workbook = reading.workbook
    told = {
        "problems": [_problem(found) for found in reading.problems],
        "workbook": None if workbook is None else _workbook(workbook),
    }
    return _encoded(told).encode("ascii")


def unpacked(data: bytes) -> Reading:
    """Read a reading; where it is none, whatever Python raises first on it."""
    told = json.loads(data)
    problems = tuple(
        Problem(
            code,
            Place(*place),
            found,
            expected,
            tuple((name, value) for name, value in facts),
            Severity(severity),
            tuple(cells),
        )
        for code, place, found, expected, facts, severity, cells in told["problems"]
    )
    book = told["workbook"]
    if book is None:
        return Reading(None, problems)
    workbook = RawWorkbook(
        tuple(
            RawSheet(
                name,
                state,
                _cells(*cells),
                tuple((a, b, c, d) for a, b, c, d in merges),
                frozenset(rows),
                frozenset(columns),
                protected,
                frozenset(filtered),
            )
            for name, state, cells, merges, rows, columns, protected, filtered in book["sheets"]
        ),
        book["names"],
        book["properties"],
        book["program"],
        book["format"],
    )
    return Reading(workbook, problems)


def _cells(
    rows: list[int],
    columns: list[int],
    kinds: list[str],
    texts: list[str],
    formulas: list[str | None],
    formats: list[str],
) -> dict[tuple[int, int], RawCell]:
    types = map(_TYPES.__getitem__, kinds)
    cells = map(cell_of, zip(types, texts, formulas, formats, strict=True))
    return dict(zip(zip(rows, columns, strict=True), cells, strict=True))


def _columns(cells: Mapping[tuple[int, int], RawCell]) -> list[tuple[object, ...]]:
    """Turn cells into columns, which are written and read much faster than a list for each."""
    if not cells:
        return [()] * 6
    return [*zip(*cells, strict=True), *zip(*cells.values(), strict=True)]


def _problem(found: Problem) -> list[object]:
    place = found.place
    return [
        found.code,
        [place.sheet, place.cell, place.indicator],
        found.found,
        found.expected,
        found.facts,
        found.severity,
        found.cells,
    ]


def _workbook(workbook: RawWorkbook) -> dict[str, object]:
    return {
        "sheets": [
            [
                sheet.name,
                sheet.state,
                _columns(sheet.cells),
                sheet.merges,
                sorted(sheet.hidden_rows),
                sorted(sheet.hidden_columns),
                sheet.protected,
                sorted(sheet.filtered_rows),
            ]
            for sheet in workbook.sheets
        ],
        "names": dict(workbook.names),
        "properties": dict(workbook.properties),
        "program": workbook.program,
        "format": workbook.format,
    }
