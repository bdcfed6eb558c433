"""Turn a returned workbook into the places of our sheet and columns, where they are now."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from workbook_tools.address import a1
from workbook_tools.form.layout import (
    COLUMNS,
    HEADER_ROW,
    ISIAN,
    OWN_SHEETS,
    PEOPLE_TITLES,
    FormLayout,
    Role,
)
from workbook_tools.form.locate_rows import find_rows
from workbook_tools.problems.catalogue import problem
from workbook_tools.problems.problem import Place, Problem
from workbook_tools.reader.raw import RawSheet, RawWorkbook

_HEADER_SEARCH = 40  # rows from the top in which a moved header row is looked for
_HEADERS = {column.header.casefold() for column in COLUMNS.values()}


@dataclass(frozen=True, slots=True)
class Located:
    """Where things stand in a return.

    `sheet` is the sheet read as Isian (under that name, even where it was renamed) and
    `source` its name in the return. `rows` maps a row's key to its row, `strange` are rows
    with a key that is not ours, `people_row` is where the block for pengisi and atasan
    begins. `foreign_rows` are (cell, text) of what was typed into strange rows.
    """

    sheet: RawSheet | None
    source: str
    columns: Mapping[Role, int]
    rows: Mapping[str, int]
    strange: frozenset[int]
    header_row: int
    people_row: int
    foreign_rows: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]


def locate(workbook: RawWorkbook, layout: FormLayout) -> Located:
    """Find the sheet, the header row, the columns and the rows of a form.

    Whatever is missing is looked for by what it holds, so that as much as possible of what
    was typed can be given back.
    """
    problems: list[Problem] = []
    sheet = workbook.sheet(ISIAN)
    source = ISIAN
    if sheet is None:
        problems.append(_missing_sheet(workbook))
        sheet = _resembling(workbook, layout)
        if sheet is None:
            return Located(None, "", {}, {}, frozenset(), HEADER_ROW, 0, (), tuple(problems))
        source, sheet = sheet.name, replace(sheet, name=ISIAN)
    header_row = _header_row(sheet)
    columns, found = _columns(sheet, header_row)
    problems += found
    has_keys = not any(p.code == "T06" and p.expected == COLUMNS[Role.KEY].header for p in found)
    rows = find_rows(sheet, layout, header_row=header_row, columns=columns, has_keys=has_keys)
    problems += rows.problems
    if not any(p.code == "T07" for p in problems) and any(
        rows.places.get(r.key, r.row) != r.row for r in layout.rows
    ):
        problems.append(problem("T07", Place(sheet.name), what="baris"))
    return Located(
        sheet,
        source,
        columns,
        rows.places,
        rows.strange,
        header_row,
        _people_row(sheet, layout, header_row=header_row, columns=columns),
        rows.typed,
        tuple(problems),
    )


def _missing_sheet(workbook: RawWorkbook) -> Problem:
    names = [s.name for s in workbook.sheets if s.state == "visible"]
    near = difflib.get_close_matches(ISIAN, names, n=1, cutoff=0.3) or names[:1]
    nearest = f"Lembar yang paling mirip: “{near[0]}”." if near else ""
    return problem("T05", Place(near[0] if near else None), expected=ISIAN, nearest=nearest)


def _resembling(workbook: RawWorkbook, layout: FormLayout) -> RawSheet | None:
    """Give the sheet with the most keys of our rows: Isian under another name."""
    keys = {row.key for row in layout.rows}
    held = {
        sheet.name: sum(1 for cell in sheet.cells.values() if cell.text.strip() in keys)
        for sheet in workbook.sheets
        if sheet.name not in OWN_SHEETS
    }
    name = max(held, key=lambda name: held[name], default="")
    return workbook.sheet(name) if held.get(name) else None


def _people_row(
    sheet: RawSheet, layout: FormLayout, *, header_row: int, columns: Mapping[Role, int]
) -> int:
    """Give the row of the heading of the block for pengisi, wherever rows moved it."""
    column = columns.get(Role.INDIKATOR, COLUMNS[Role.INDIKATOR].index)
    rows = [
        row
        for (row, at), cell in sheet.cells.items()
        if at == column and row > header_row and cell.text.strip() == PEOPLE_TITLES[0]
    ]
    return max(rows, default=layout.people_row + header_row - HEADER_ROW)


def _words(sheet: RawSheet, row: int, column: int) -> str:
    cell = sheet.cells.get((row, column))
    return "" if cell is None else " ".join(cell.text.split()).casefold()


def _header_row(sheet: RawSheet) -> int:
    """Give the row with the most of our header words; the declared one when none has any."""
    score: dict[int, int] = {}
    for row, column in sheet.cells:
        if row <= _HEADER_SEARCH and _words(sheet, row, column) in _HEADERS:
            score[row] = score.get(row, 0) + 1
    return max(score, key=lambda row: (score[row], -abs(row - HEADER_ROW)), default=HEADER_ROW)


def _columns(sheet: RawSheet, header_row: int) -> tuple[dict[Role, int], list[Problem]]:
    found = {
        _words(sheet, header_row, column): column
        for row, column in sorted(sheet.cells, reverse=True)
        if row == header_row
    }
    columns: dict[Role, int] = {}
    problems: list[Problem] = []
    for role, column in COLUMNS.items():
        words = column.header.casefold()
        if _words(sheet, header_row, column.index) == words:
            columns[role] = column.index
        elif words in found:
            columns[role] = found[words]
        else:
            problems.append(_missing_column(sheet, header_row, role))
            if _words(sheet, header_row, column.index) not in _HEADERS:
                columns[role] = column.index  # only its heading was written over
    moved = header_row != HEADER_ROW or any(
        at != COLUMNS[role].index for role, at in columns.items()
    )
    if moved:
        problems.append(
            problem("T07", Place(sheet.name, a1(header_row, 1)), what="baris atau kolom")
        )
    return columns, problems


def _missing_column(sheet: RawSheet, header_row: int, role: Role) -> Problem:
    column = COLUMNS[role]
    cell = sheet.cells.get((header_row, column.index))
    nearest = f"Di tempatnya kini tertulis “{cell.text[:60]}”." if cell and cell.text else ""
    return problem(
        "T06",
        Place(sheet.name, a1(header_row, column.index)),
        found=cell.text[:60] if cell else None,
        expected=column.header,
        nearest=nearest,
    )
