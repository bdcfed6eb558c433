"""Turn what stands where it should not (merged, hidden, outside, foreign) into problems."""

from __future__ import annotations

from workbook_tools.form.content import PEOPLE_FIELDS
from workbook_tools.form.layout import (
    LAST_SHOWN,
    OWN_SHEETS,
    TEXT_ROLES,
    FormLayout,
    Role,
    a1,
    column_letter,
)
from workbook_tools.form.locate import Located
from workbook_tools.form.raw import RawSheet, RawWorkbook
from workbook_tools.validation.catalogue import problem
from workbook_tools.validation.problems import Place, Problem


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
    """Find typed values in hidden or filtered rows and columns (T13): nobody checked them."""
    problems: list[Problem] = []
    for (row, column), indicator in _open_cells(layout, located).items():
        cell = sheet.cells.get((row, column))
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
    return problems


def strays(sheet: RawSheet, layout: FormLayout, located: Located) -> tuple[tuple[str, str], ...]:
    """Find (cell, text) of what was typed outside the input area (T14)."""
    open_cells = _open_cells(layout, located)
    last = max(located.rows.values(), default=layout.last_row)
    people = {
        (row + located.shift, column) for row, column in map(layout.people_cell, PEOPLE_FIELDS)
    }
    block = range(layout.people_row + located.shift, layout.people_row + located.shift + 5)
    rows = set(located.rows.values())
    own = set(located.columns.values())
    found: list[tuple[str, str]] = []
    for (row, column), cell in sorted(sheet.cells.items()):
        if row <= located.header_row or not cell.text.strip() or cell.formula is not None:
            continue
        if (row, column) in open_cells or (row, column) in people or row in block:
            continue
        if row in rows and column in own and column not in _text_columns(located):
            continue
        closed = row in rows and column in own
        if closed or column > LAST_SHOWN + 1 or row > last:
            found.append((a1(row, column), cell.text))
    return tuple(found)


def _text_columns(located: Located) -> set[int]:
    return {located.columns[r] for r in TEXT_ROLES.values() if r in located.columns}


def foreign_sheets(workbook: RawWorkbook) -> list[Problem]:
    """Name the sheets that are not ours (T15); their content is not read."""
    names = [s.name for s in workbook.sheets if s.name not in OWN_SHEETS]
    if not names:
        return []
    listed = ", ".join(f"“{name}”" for name in names[:5])
    return [problem("T15", Place(names[0]), sheets=listed)]
