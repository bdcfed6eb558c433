"""Turn what became of a file into bytes that pass between two processes, and back.

JSON and nothing that could act: the process at the other end has read a stranger's file.
"""

from __future__ import annotations

import json

from workbook_tools.problems.problem import Place, Problem, Severity
from workbook_tools.reader.raw import CellType, RawCell, RawSheet, RawWorkbook
from workbook_tools.reader.reading import Reading

_TYPES = {kind.value: kind for kind in CellType}


def packed(reading: Reading) -> bytes:
    """Write a reading as JSON."""
    workbook = reading.workbook
    told = {
        "problems": [_problem(found) for found in reading.problems],
        "workbook": None if workbook is None else _workbook(workbook),
    }
    return json.dumps(told, separators=(",", ":")).encode("ascii")


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
                {
                    (row, column): RawCell(_TYPES[kind], text, formula, form)
                    for row, column, kind, text, formula, form in cells
                },
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
                [
                    [row, column, cell.type, cell.text, cell.formula, cell.format]
                    for (row, column), cell in sheet.cells.items()
                ],
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
