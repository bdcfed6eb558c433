"""Turn what stands where it should not (merged, hidden, outside, foreign) into problems."""

from __future__ import annotations

from workbook_tools.address import a1, column_letter
from workbook_tools.form.content import PEOPLE_FIELDS
from workbook_tools.form.layout import (
    COLUMNS,
    LOCKED_ROLES,
    OWN_SHEETS,
    TEXT_ROLES,
    FormLayout,
    Role,
)
from workbook_tools.form.locate import Located
from workbook_tools.problems.catalogue import problem
from workbook_tools.problems.problem import Place, Problem, Severity
from workbook_tools.reader.raw import RawCell, RawSheet, RawWorkbook


def _open_cells(layout: FormLayout, located: Located) -> dict[tuple[int, int], str]:
    """Give the open cells of the table, each with the indicator it belongs to."""
    cells: dict[tuple[int, int], str] = {}
    for row in layout.rows:
        at = located.rows.get(row.key)
        if at is None:
            continue
        roles = (Role.INPUT, *TEXT_ROLES.values()) if row.first else (Role.INPUT,)
        for role in roles:
            if role in located.columns:
                cells[at, located.columns[role]] = row.indicator.id
    return cells


def merged_inputs(sheet: RawSheet, layout: FormLayout, located: Located) -> list[Problem]:
    """Find input cells that were merged with others (T12): a merge hides what lies under it."""
    cells = _open_cells(layout, located)
    problems: list[Problem] = []
    for top, left, bottom, right in sheet.merges:
        hit = next(
            (at for at in sorted(cells) if top <= at[0] <= bottom and left <= at[1] <= right), None
        )
        if hit is not None:
            area = f"{a1(top, left)}:{a1(bottom, right)}"
            problems.append(
                problem("T12", Place(sheet.name, a1(*hit), cells[hit]), found=area, range=area)
            )
    return problems


def hidden_values(sheet: RawSheet, layout: FormLayout, located: Located) -> list[Problem]:
    """Find typed values where nobody sees them (T13), and inputs in rows hidden by hand.

    Hiding a row of the form takes what it asks for out of sight of who fills and who checks,
    so it is an error; a filter or a narrow column is left over by accident (ADR 4).
    """
    problems: list[Problem] = []
    by_hand = sheet.hidden_rows - sheet.filtered_rows
    for (row, column), indicator in _open_cells(layout, located).items():
        cell = sheet.cells.get((row, column))
        if row in by_hand:
            if column == located.columns.get(Role.INPUT):
                place = Place(sheet.name, a1(row, column), indicator)
                problems.append(_hidden_by_hand(place, row, cell))
            continue
        if cell is None or not cell.text.strip():
            continue
        if row in sheet.hidden_rows:
            what = f"baris {row}"
        elif column in sheet.hidden_columns:
            what = f"kolom {column_letter(column)}"
        else:
            continue
        problems.append(
            problem(
                "T13",
                Place(sheet.name, a1(row, column), indicator),
                found=cell.text[:60],
                what=what,
            )
        )
    people = {
        at[0]: cell
        for at in sorted(people_cells(located).values(), reverse=True)
        if (cell := sheet.cells.get(at)) is not None and cell.text.strip()
    }
    return problems + [
        _hidden_by_hand(Place(sheet.name), row, people[row])
        for row in sorted(people.keys() & by_hand)
    ]


def _hidden_by_hand(place: Place, row: int, cell: RawCell | None) -> Problem:
    text = "" if cell is None else cell.text.strip()
    return problem(
        "T13",
        place,
        found=text[:60],
        severity=Severity.ERROR,
        variant="by_hand",
        row=str(row),
        content=f"“{text[:60]}”" if text else "masih kosong",
    )


def people_cells(located: Located) -> dict[str, tuple[int, int]]:
    """Give (row, column) of each cell of the block for pengisi and atasan, where it is now."""
    half = len(PEOPLE_FIELDS) // 2
    columns = [
        located.columns.get(role, COLUMNS[role].index) for role in (Role.INDIKATOR, Role.PENGHAMBAT)
    ]
    return {
        field: (located.people_row + 1 + position % half, columns[position // half])
        for position, field in enumerate(PEOPLE_FIELDS)
    }


def strays(sheet: RawSheet, layout: FormLayout, located: Located) -> tuple[tuple[str, str], ...]:
    """Find (cell, text) of what was typed outside the input area (T14)."""
    own = _own_cells(sheet, layout, located)
    found: list[tuple[str, str]] = []
    for (row, column), cell in sorted(sheet.cells.items()):
        if not cell.text.strip() or cell.formula is not None or (row, column) in own:
            continue
        if row == located.header_row or row in located.strange:
            continue
        if row < located.header_row and column <= _HEAD_COLUMNS:
            continue
        found.append((a1(row, column), cell.text))
    return tuple(found)


_HEAD_COLUMNS = 2  # the lines above the table stand in column A, or B where one was inserted
_PREVIEWS = (Role.REALISASI, Role.CAPAIAN, Role.STATE)


def _own_cells(sheet: RawSheet, layout: FormLayout, located: Located) -> set[tuple[int, int]]:
    """Give the cells that hold what the form itself printed or asks for."""
    own = set(_open_cells(layout, located))
    roles = {*LOCKED_ROLES, Role.KEY}
    if not any(cell.formula is not None for cell in sheet.cells.values()):
        roles |= {*_PREVIEWS}  # some old formats give values alone
    for row in located.rows.values():
        own |= {(row, located.columns[role]) for role in roles if role in located.columns}
    for row, column in people_cells(located).values():
        own |= {(row, column), (row, column + 1), (row, column - 1), (located.people_row, column)}
        own.add((located.people_row + 1 + len(PEOPLE_FIELDS) // 2, column - 1))  # to be signed
    return own


def foreign_sheets(workbook: RawWorkbook, *, besides: str) -> list[Problem]:
    """Name the sheets that are not ours (T15); their content is not read."""
    names = [s.name for s in workbook.sheets if s.name not in (*OWN_SHEETS, besides)]
    if not names:
        return []
    listed = ", ".join(f"“{name}”" for name in names[:5])
    return [problem("T15", Place(names[0]), sheets=listed)]
