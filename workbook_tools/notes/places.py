"""Turn where a cell stood in a return into where it stands in the form to mend."""

from __future__ import annotations

from workbook_tools.form.layout import FormLayout, row_key
from workbook_tools.form.parse import ParsedForm
from workbook_tools.problems.problem import Problem

_NOWHERE = ""


def new_places(form: ParsedForm | None, layout: FormLayout) -> dict[str, str]:
    """Map where a cell stood in the return to where it stands in the fresh form.

    A newer issue may not ask any more for what an older one asked.
    """
    if form is None:
        return {}
    rows = {row.key for row in layout.rows}
    indicators = {row.indicator.id for row in layout.rows}
    places = {
        typed.cell: layout.input_cell(typed.indicator.id, typed.input.key)
        if row_key(typed.indicator.id, typed.input.key) in rows
        else _NOWHERE
        for typed in form.inputs
    }
    places |= {
        cell: layout.text_cell(indicator, field) if indicator in indicators else _NOWHERE
        for indicator, field, cell in form.cells
    }
    return places


def is_gone(found: Problem) -> bool:
    """Tell whether a problem is about a row that is not there; its cell is the form's own."""
    return found.code == "N02" or (found.code == "T08" and found.found is None)


def new_cell(found: Problem, places: dict[str, str]) -> str | None:
    """Give where in the fresh form a problem stands; None where it has no place there."""
    cell = found.place.cell
    return cell if cell is None or is_gone(found) else places.get(cell, cell) or None


def unplaced_texts(form: ParsedForm | None, places: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Give what cannot be put back: typed where nothing is asked, or asked no more."""
    if form is None:
        return ()
    dropped = {cell for cell, place in places.items() if place == _NOWHERE}
    return (
        *((t.cell, t.typed) for t in form.inputs if t.typed and t.cell in dropped),
        *((t.cell, t.text) for t in form.texts if t.cell in dropped),
        *form.unplaced,
    )
