"""Turn a returned workbook into the places of our sheet, columns and rows, where they are now."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass

from workbook_tools.form.layout import (
    COLUMNS,
    HEADER_ROW,
    ISIAN,
    FormLayout,
    FormRow,
    Role,
    a1,
    split_key,
)
from workbook_tools.form.raw import RawSheet, RawWorkbook
from workbook_tools.validation.catalogue import problem
from workbook_tools.validation.problems import Place, Problem

_HEADER_SEARCH = 40  # rows from the top in which a moved header row is looked for


@dataclass(frozen=True, slots=True)
class Located:
    """Where things stand in a return.

    `rows` maps a row's key to its row, `shift` is by how many rows the header moved,
    `foreign_rows` are (cell, text) of inputs that are not ours.
    """

    sheet: RawSheet | None
    columns: Mapping[Role, int]
    rows: Mapping[str, int]
    header_row: int
    shift: int
    foreign_rows: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]


def locate(workbook: RawWorkbook, layout: FormLayout) -> Located:
    """Find the sheet, the header row, the columns and the rows of a form."""
    sheet = workbook.sheet(ISIAN)
    if sheet is None:
        return Located(None, {}, {}, HEADER_ROW, 0, (), (_missing_sheet(workbook),))
    header_row = _header_row(sheet)
    columns, problems = _columns(sheet, header_row)
    if Role.KEY not in columns:
        return Located(sheet, columns, {}, header_row, 0, (), tuple(problems))
    rows, foreign, found = _rows(sheet, layout, header_row, columns)
    problems += found
    if not any(p.code == "T07" for p in problems) and any(
        rows.get(r.key, r.row) != r.row for r in layout.rows
    ):
        problems.append(problem("T07", Place(sheet.name), what="baris"))
    return Located(
        sheet,
        columns,
        rows,
        header_row,
        header_row - HEADER_ROW,
        foreign,
        tuple(problems),
    )


def _missing_sheet(workbook: RawWorkbook) -> Problem:
    names = [s.name for s in workbook.sheets if s.state == "visible"]
    near = difflib.get_close_matches(ISIAN, names, n=1, cutoff=0.3) or names[:1]
    nearest = f"Lembar yang paling mirip: “{near[0]}”." if near else ""
    return problem("T05", Place(near[0] if near else None), expected=ISIAN, nearest=nearest)


def _words(sheet: RawSheet, row: int, column: int) -> str:
    cell = sheet.cells.get((row, column))
    return "" if cell is None else " ".join(cell.text.split()).casefold()


def _header_row(sheet: RawSheet) -> int:
    """Give the row with the most of our header words; the declared one when none has any."""
    wanted = {column.header.casefold() for column in COLUMNS.values()}
    score: dict[int, int] = {}
    for row, column in sheet.cells:
        if row <= _HEADER_SEARCH and _words(sheet, row, column) in wanted:
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


def _rows(
    sheet: RawSheet, layout: FormLayout, header_row: int, columns: Mapping[Role, int]
) -> tuple[dict[str, int], tuple[tuple[str, str], ...], list[Problem]]:
    expected = {row.key: row for row in layout.rows}
    key_column = columns[Role.KEY]
    rows: dict[str, int] = {}
    foreign: list[tuple[str, str]] = []
    problems: list[Problem] = []
    doubled: set[str] = set()
    for row, column in sorted(sheet.cells):
        if column != key_column or row <= header_row:
            continue
        key = sheet.cells[row, column].text.strip()
        if not key:
            continue
        place = Place(sheet.name, a1(row, key_column))
        if key not in expected:
            problems += _unknown(key, place, row=row, layout=layout)
            foreign += _input_of(sheet, row, columns)
        elif key in rows:
            problems.append(
                problem(
                    "T08", place, found=key, what=f"Baris {row} mengulang {_name(expected[key])}."
                )
            )
            foreign += _input_of(sheet, row, columns)
            doubled.add(expected[key].indicator.id)
        else:
            rows[key] = row
    problems += [
        problem("N01", Place(sheet.name, None, indicator), indicator=indicator)
        for indicator in sorted(doubled)
    ]
    problems += _gone(layout, rows)
    return rows, tuple(foreign), problems


def _name(row: FormRow) -> str:
    return f"“{row.indicator.indikator} — {row.input.label}”"


def _unknown(key: str, place: Place, *, row: int, layout: FormLayout) -> list[Problem]:
    parts = split_key(key)
    known = {r.indicator.id for r in layout.rows}
    changed = problem(
        "T08", place, found=key, what=f"Kunci baris {row} berubah menjadi “{key[:60]}”."
    )
    if parts is not None and parts[0] not in known:
        return [
            changed,
            problem(
                "N03", Place(place.sheet, place.cell, parts[0]), found=parts[0][:60], row=str(row)
            ),
        ]
    return [changed]


def _gone(layout: FormLayout, rows: Mapping[str, int]) -> list[Problem]:
    problems = [
        problem(
            "T08",
            Place(ISIAN, a1(row.row, COLUMNS[Role.INPUT].index), row.indicator.id),
            what=f"Baris {_name(row)} (semula baris {row.row}) tidak ada lagi.",
        )
        for row in layout.rows
        if row.key not in rows
    ]
    for indicator in layout.content.indicators:
        mine = [r for r in layout.rows if r.indicator.id == indicator.id]
        if all(r.key not in rows for r in mine):
            cell = a1(mine[0].row, COLUMNS[Role.INDIKATOR].index)
            place = Place(ISIAN, cell, indicator.id)
            problems.append(problem("N02", place, label=indicator.indikator))
    return problems


def _input_of(sheet: RawSheet, row: int, columns: Mapping[Role, int]) -> list[tuple[str, str]]:
    column = columns.get(Role.INPUT)
    cell = sheet.cells.get((row, column)) if column else None
    if column is None or cell is None or not cell.text.strip():
        return []
    return [(a1(row, column), cell.text)]
