"""Find what was typed where nothing is asked."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.form.forms import TRAINING, isian, layout_of, with_cells, with_sheet, written
from workbook_tools.form.locate import locate
from workbook_tools.form.strays import (
    foreign_sheets,
    hidden_values,
    merged_inputs,
    people_cells,
    strays,
)
from workbook_tools.problems.catalogue import describe
from workbook_tools.problems.problem import Problem, Severity
from workbook_tools.reader.raw import CellType, RawCell, RawSheet, RawWorkbook

LAYOUT = layout_of(TRAINING)


def found(workbook: RawWorkbook) -> tuple[tuple[str, str], ...]:
    return strays(isian(workbook), LAYOUT, locate(workbook, LAYOUT))


def cells(problems: list[Problem]) -> list[tuple[str, str | None]]:
    return [(p.code, p.place.cell) for p in problems]


def changed(sheet: RawSheet) -> RawWorkbook:
    return with_sheet(written(TRAINING), sheet)


def test_a_blank_form_holds_nothing_stray() -> None:
    assert found(written(TRAINING)) == ()


@pytest.mark.parametrize(
    ("at", "cell"),
    [((8, 20), "T8"), ((3, 19), "S3"), ((10, 3), "C10"), ((30, 8), "H30"), ((12, 8), "H12")],
)
def test_a_word_outside_the_table_is_found(at: tuple[int, int], cell: str) -> None:
    assert found(with_cells(written(TRAINING), {at: "lihat lampiran"})) == (
        (cell, "lihat lampiran"),
    )


def test_the_people_are_no_strays() -> None:
    workbook = written(TRAINING)
    places = people_cells(locate(workbook, LAYOUT))

    assert found(with_cells(workbook, dict.fromkeys(places.values(), "Siti"))) == ()
    assert places == {field: LAYOUT.people_cell(field) for field in places}


def test_a_number_over_a_preview_is_found() -> None:
    assert found(with_cells(written(TRAINING), {(8, 9): Decimal(36)})) == (("I8", "36"),)


def test_previews_of_a_format_without_formulas_are_no_strays() -> None:
    sheet = isian(written(TRAINING))
    values = {at: cell._replace(formula=None) for at, cell in sheet.cells.items()}
    values[8, 9] = RawCell(CellType.NUMBER, "36")

    assert ("I8", "36") not in found(changed(replace(sheet, cells=values)))


def test_a_merge_over_an_input_is_found_and_one_beside_it_is_not() -> None:
    sheet = replace(isian(written(TRAINING)), merges=((8, 8, 8, 9), (8, 2, 9, 2)))

    problems = merged_inputs(sheet, LAYOUT, locate(changed(sheet), LAYOUT))

    assert cells(problems) == [("T12", "H8")]
    assert problems[0].found == "H8:I8"


def test_only_values_are_asked_about_where_a_filter_hid_rows() -> None:
    workbook = with_cells(written(TRAINING), {(8, 8): Decimal(36)})
    both = frozenset({8, 9})
    sheet = replace(isian(workbook), hidden_rows=both, filtered_rows=both)

    problems = hidden_values(sheet, LAYOUT, locate(changed(sheet), LAYOUT))

    assert cells(problems) == [("T13", "H8")]
    assert problems[0].severity is Severity.WARNING


def test_a_row_hidden_by_hand_is_an_error_though_nothing_was_typed() -> None:
    sheet = replace(isian(written(TRAINING)), hidden_rows=frozenset({9, 13}))

    problems = hidden_values(sheet, LAYOUT, locate(changed(sheet), LAYOUT))

    assert cells(problems) == [("T13", "H9")]
    assert problems[0].severity is Severity.ERROR
    assert "masih kosong" in describe(problems[0]).what


def test_sheets_that_are_not_ours_are_named_together() -> None:
    workbook = written(TRAINING)
    more = replace(workbook, sheets=(*workbook.sheets, RawSheet("Rekap"), RawSheet("Coba")))

    assert foreign_sheets(workbook, besides="Isian") == []
    (problem,) = foreign_sheets(more, besides="Isian")
    assert (problem.code, dict(problem.facts)) == ("T15", {"sheets": "“Rekap”, “Coba”"})
    assert len(foreign_sheets(more, besides="Rekap")) == 1
