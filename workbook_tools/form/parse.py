"""Turn a returned workbook's cells into a typed form, or into coded problems with their cells.

Rows are found by their key and columns by their header, so a form whose rows or columns
were moved is still read; every address in a problem is where the cell stands now.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

from workbook_tools.address import a1
from workbook_tools.form.cells import InputReading, TextReading, read_input, read_text, shown_date
from workbook_tools.form.content import FormContent, FormIndicator, FormInput
from workbook_tools.form.layout import (
    COLUMNS,
    HEADER_ROW,
    ISIAN,
    LOCKED_ROLES,
    TEXT_ROLES,
    TITLE_ROW,
    UNIT_ROW,
    FormLayout,
    FormRow,
    Role,
    form_title,
    make_layout,
    unit_line,
)
from workbook_tools.form.locate import Located, locate
from workbook_tools.form.strays import (
    foreign_sheets,
    hidden_values,
    merged_inputs,
    people_cells,
    strays,
)
from workbook_tools.indicators.numbers import format_number
from workbook_tools.problems.catalogue import problem
from workbook_tools.problems.problem import Place, Problem
from workbook_tools.reader.raw import CellType, RawCell, RawSheet, RawWorkbook


@dataclass(frozen=True, slots=True)
class TypedInput:
    """One input as it came back: where it stands, what was typed, how it is read.

    `value` is None where nothing or nothing readable was typed; `no_data` where the
    person said that there is no data. `held` is the number of a number cell, also of one
    that cannot be taken as it is.
    """

    indicator: FormIndicator
    input: FormInput
    row: int
    cell: str
    typed: str
    value: Decimal | None
    no_data: bool
    wrong: bool
    held: Decimal | None


@dataclass(frozen=True, slots=True)
class TypedText:
    """One text that is not blank, with the cell it stands in."""

    indicator: str
    field: str
    row: int
    cell: str
    text: str


@dataclass(frozen=True, slots=True)
class ParsedForm:
    """A returned form, read: inputs and texts with their cells, and what could not be placed."""

    content: FormContent
    inputs: tuple[TypedInput, ...]
    texts: tuple[TypedText, ...]
    people: tuple[tuple[str, str], ...]
    unplaced: tuple[tuple[str, str], ...]
    cells: tuple[tuple[str, str, str], ...]  # (indicator, field, address) of every text cell

    def text(self, indicator: str, field: str) -> str:
        """Give one text, "" where it is blank."""
        return next(
            (t.text for t in self.texts if t.indicator == indicator and t.field == field), ""
        )

    def text_cell(self, indicator: str, field: str) -> str:
        """Give the address where a text of an indicator stands in this return."""
        return next((a for i, f, a in self.cells if i == indicator and f == field), "")

    def of_indicator(self, indicator: str) -> tuple[TypedInput, ...]:
        """Give the inputs of one indicator."""
        return tuple(i for i in self.inputs if i.indicator.id == indicator)


@dataclass(frozen=True, slots=True)
class Parsing:
    """The outcome of parsing: the form as far as it can be read, and every problem."""

    form: ParsedForm | None
    problems: tuple[Problem, ...]


def parse(workbook: RawWorkbook, content: FormContent) -> Parsing:
    """Read a returned workbook by the layout of the form that was issued."""
    layout = make_layout(content)
    located = locate(workbook, layout)
    if located.sheet is None:
        return Parsing(None, located.problems)
    sheet = located.sheet
    problems = list(located.problems)
    if not sheet.protected and workbook.format == "xlsx":
        problems.append(problem("T10", Place(sheet.name)))
    problems += _locked(sheet, layout, located)
    problems += merged_inputs(sheet, layout, located)
    inputs, texts, found = _typed(sheet, layout, located)
    problems += found
    problems += hidden_values(sheet, layout, located)
    unplaced = strays(sheet, layout, located)
    problems += [problem("T14", Place(ISIAN, cell), found=text[:60]) for cell, text in unplaced]
    problems += foreign_sheets(workbook, besides=located.source)
    form = ParsedForm(
        content,
        inputs,
        texts,
        _people(sheet, located),
        (*unplaced, *located.foreign_rows),
        tuple(
            (row.indicator.id, field, a1(located.rows[row.key], located.columns[role]))
            for row in layout.rows
            if row.first and row.key in located.rows
            for field, role in TEXT_ROLES.items()
            if role in located.columns
        ),
    )
    return Parsing(form, tuple(problems))


def _typed(
    sheet: RawSheet, layout: FormLayout, located: Located
) -> tuple[tuple[TypedInput, ...], tuple[TypedText, ...], list[Problem]]:
    inputs: list[TypedInput] = []
    texts: list[TypedText] = []
    problems: list[Problem] = []
    for row in layout.rows:
        at = located.rows.get(row.key)
        if at is None:
            continue
        if Role.INPUT in located.columns:
            cell = a1(at, located.columns[Role.INPUT])
            reading = read_input(
                sheet.cells.get((at, located.columns[Role.INPUT])),
                row.input,
                place=Place(sheet.name, cell, row.indicator.id),
                note_cell=_note_cell(layout, located, row),
            )
            inputs.append(_typed_input(row, at, cell, reading))
            problems += reading.problems
        if not row.first:
            continue
        for field, role in TEXT_ROLES.items():
            if role not in located.columns:
                continue
            cell = a1(at, located.columns[role])
            raw = sheet.cells.get((at, located.columns[role]))
            text: TextReading = read_text(raw, place=Place(sheet.name, cell, row.indicator.id))
            problems += text.problems
            if text.text:
                texts.append(TypedText(row.indicator.id, field, at, cell, text.text))
    return tuple(inputs), tuple(texts), problems


def _typed_input(row: FormRow, at: int, cell: str, reading: InputReading) -> TypedInput:
    return TypedInput(
        row.indicator,
        row.input,
        at,
        cell,
        reading.typed,
        reading.value,
        reading.no_data,
        reading.wrong,
        reading.held,
    )


def _note_cell(layout: FormLayout, located: Located, row: FormRow) -> str:
    first = next(r for r in layout.rows if r.indicator.id == row.indicator.id and r.first)
    at = located.rows.get(first.key, first.row)
    return a1(at, located.columns.get(Role.KETERANGAN, COLUMNS[Role.KETERANGAN].index))


def _locked(sheet: RawSheet, layout: FormLayout, located: Located) -> list[Problem]:
    """Compare every locked cell with the issued snapshot (T11)."""
    problems = _head(sheet, layout, located)
    for row in layout.rows:
        at = located.rows.get(row.key)
        if at is None:
            continue
        for role in LOCKED_ROLES:
            column = located.columns.get(role)
            if column is None:
                continue
            expected = layout.locked_text(row, role)
            found = _shown(sheet.cells.get((at, column)))
            if not _same(found, expected):
                problems.append(
                    problem(
                        "T11",
                        Place(sheet.name, a1(at, column), row.indicator.id),
                        found=_people_text(found) or "(kosong)",
                        expected=_people_text(expected) or "(kosong)",
                        column=COLUMNS[role].header,
                    )
                )
    return problems


def _head(sheet: RawSheet, layout: FormLayout, located: Located) -> list[Problem]:
    """Compare the lines above the table, where no row or column was moved among them."""
    if located.header_row != HEADER_ROW or any(p.code == "T07" for p in located.problems):
        return []
    lines = {TITLE_ROW: form_title(layout.content), UNIT_ROW: unit_line(layout.content)}
    return [
        problem(
            "T11",
            Place(sheet.name, a1(row, 1)),
            found=found or "(kosong)",
            expected=expected,
            column="Judul formulir",
        )
        for row, expected in lines.items()
        if not _same(found := _shown(sheet.cells.get((row, 1))), expected)
    ]


def _shown(cell: RawCell | None) -> str:
    return "" if cell is None else cell.text


def _same(found: str, expected: str) -> bool:
    if " ".join(found.split()) == " ".join(expected.split()):
        return True
    try:
        # A program may write a figure with 15 digits instead of 17.
        return math.isclose(float(found), float(expected), rel_tol=1e-12)
    except ValueError:
        return False


def _people_text(text: str) -> str:
    """Write a number of a cell with Indonesian separators; leave other text as it is."""
    try:
        return format_number(Decimal(text))
    except ArithmeticError:
        return text


def _people(sheet: RawSheet, located: Located) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for field, at in people_cells(located).items():
        cell = sheet.cells.get(at)
        if cell is not None and cell.type is not CellType.ERROR and cell.text.strip():
            is_day = cell.type is CellType.DATE
            found.append((field, shown_date(cell.text) if is_day else cell.text.strip()))
    return tuple(found)
