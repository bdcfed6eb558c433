"""Look at the written form through another library, as the program of the staff sees it."""

from __future__ import annotations

import io
from functools import cache

import openpyxl
import pytest
from openpyxl.cell import MergedCell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.form.forms import RATIOS, TRAINING, content_of, layout_of, registry
from workbook_tools.address import a1
from workbook_tools.form.content import PEOPLE_FIELDS
from workbook_tools.form.layout import (
    COLUMNS,
    HEADER_ROW,
    ISIAN,
    PETUNJUK,
    STEMPEL,
    Role,
    input_cells,
    text_cells,
)
from workbook_tools.form.stamp import Stamp
from workbook_tools.form.styles import YELLOW
from workbook_tools.form.write import write_form

every_unit = pytest.mark.parametrize("unit", registry().form_units())


@cache
def book(unit: str, period: int = 1) -> Workbook:
    stamp = Stamp(unit, 2020, period, 1, 1, "0" * 32, "f" * 64)
    data = write_form(content_of(unit, period), stamp, rules=registry().rules)
    return openpyxl.load_workbook(io.BytesIO(data))


def isian(unit: str) -> Worksheet:
    return book(unit)[ISIAN]


def asked(unit: str) -> set[str]:
    """Give every cell that a person may fill."""
    layout = layout_of(unit)
    cells = {cell for _, cell in input_cells(layout)}
    cells |= {cell for _, _, cell in text_cells(layout)}
    return cells | {a1(*layout.people_cell(field)) for field in PEOPLE_FIELDS}


@every_unit
def test_exactly_the_yellow_cells_are_open(unit: str) -> None:
    sheet = isian(unit)
    cells = [c for row in sheet.iter_rows() for c in row if not isinstance(c, MergedCell)]

    assert sheet.protection.sheet
    assert {c.coordinate for c in cells if not c.protection.locked} == asked(unit)
    yellow = {c.coordinate for c in cells if str(c.fill.fgColor.rgb).endswith(YELLOW)}
    assert yellow == asked(unit)


@every_unit
def test_every_input_is_validated_with_a_prompt(unit: str) -> None:
    rules = {str(rule.sqref): rule for rule in isian(unit).data_validations.dataValidation}

    for row, cell in input_cells(layout_of(unit)):
        rule = rules[cell]
        assert rule.type == "custom"
        assert rule.promptTitle == f"Isian dalam {row.input.unit}"[:32]
        assert rule.prompt
        assert rule.error
        assert rule.errorStyle in (None, "stop")
    assert {cell for _, _, cell in text_cells(layout_of(unit))} <= rules.keys()


@every_unit
def test_locked_cells_hold_what_the_layout_says(unit: str) -> None:
    layout, sheet = layout_of(unit), isian(unit)

    for row in layout.rows:
        for role in (Role.NUMBER, Role.SASARAN, Role.INDIKATOR, Role.ASKED, Role.UNIT):
            value = sheet.cell(row.row, COLUMNS[role].index).value
            assert str(value or "") == layout.locked_text(row, role)
        assert sheet.cell(row.row, COLUMNS[Role.KEY].index).value == row.key


def test_the_heading_says_what_every_column_is() -> None:
    words = [cell.value for cell in isian(TRAINING)[HEADER_ROW]]

    assert words[:17] == [column.header for column in COLUMNS.values()]


def test_yellow_cells_are_numbers_and_never_a_percentage_or_a_date() -> None:
    for _, cell in input_cells(layout_of(RATIOS)):
        assert isian(RATIOS)[cell].number_format == "#,##0.##"


def test_the_sheets_stand_in_their_order_and_the_stamp_is_hidden() -> None:
    assert book(TRAINING).sheetnames == [ISIAN, PETUNJUK, STEMPEL]
    assert book(TRAINING)[STEMPEL].sheet_state == "hidden"
    assert isian(TRAINING).column_dimensions["Q"].hidden


def test_the_form_prints_on_a4_landscape_at_the_width_of_one_page() -> None:
    sheet = isian(RATIOS)

    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.fitToWidth in (None, 1)
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows == f"${HEADER_ROW}:${HEADER_ROW}"
    assert sheet.freeze_panes is not None


def test_column_widths_may_be_changed_and_nothing_else() -> None:
    protection = isian(TRAINING).protection

    assert not protection.formatColumns
    assert protection.insertRows
    assert protection.deleteRows
    assert protection.sort


@every_unit
def test_the_previews_of_a_blank_form_are_stored_as_blank_words(unit: str) -> None:
    stamp = Stamp(unit, 2020, 1, 1, 1, "0" * 32, "f" * 64)
    data = write_form(content_of(unit), stamp, rules=registry().rules)
    sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=True)[ISIAN]

    for row in layout_of(unit).rows:
        for role in (Role.REALISASI, Role.CAPAIAN):
            assert sheet.cell(row.row, COLUMNS[role].index).value in (None, "")
        state = sheet.cell(row.row, COLUMNS[Role.STATE].index).value
        assert state in ("Belum diisi", "Boleh kosong")
