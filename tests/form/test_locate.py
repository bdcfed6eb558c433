"""Find our sheet, columns and rows wherever a person moved them."""

from __future__ import annotations

from dataclasses import replace

from tests.form.forms import RATIOS, TRAINING, isian, layout_of, with_cells, with_sheet, written
from workbook_tools.form.layout import COLUMNS, HEADER_ROW, Role
from workbook_tools.form.locate import Located, locate
from workbook_tools.reader.raw import RawWorkbook

KEY = COLUMNS[Role.KEY].index


def codes(located: Located) -> list[tuple[str, str | None]]:
    return [(p.code, p.place.cell) for p in located.problems]


def moved(workbook: RawWorkbook, *, rows: int = 0, columns: int = 0) -> RawWorkbook:
    """Push everything in Isian down and to the right."""
    sheet = isian(workbook)
    cells = {(row + rows, column + columns): cell for (row, column), cell in sheet.cells.items()}
    return with_sheet(workbook, replace(sheet, cells=cells))


def renamed(workbook: RawWorkbook, name: str) -> RawWorkbook:
    return with_sheet(workbook, replace(isian(workbook), name=name))


def test_an_untouched_form_is_found_where_it_was_drawn() -> None:
    layout = layout_of(TRAINING)

    located = locate(written(TRAINING), layout)

    assert located.problems == ()
    assert located.rows == {row.key: row.row for row in layout.rows}
    assert located.columns == {role: column.index for role, column in COLUMNS.items()}
    assert located.people_row == layout.people_row
    assert located.foreign_rows == ()


def test_everything_moved_is_still_found() -> None:
    layout = layout_of(TRAINING)

    located = locate(moved(written(TRAINING), rows=3, columns=2), layout)

    assert codes(located) == [("T07", "A10")]
    assert located.rows == {row.key: row.row + 3 for row in layout.rows}
    assert located.columns[Role.INPUT] == COLUMNS[Role.INPUT].index + 2
    assert located.people_row == layout.people_row + 3


def test_a_renamed_sheet_is_known_by_its_keys_and_named() -> None:
    located = locate(renamed(written(TRAINING), "isian baru"), layout_of(TRAINING))

    assert [p.code for p in located.problems] == ["T05"]
    assert located.problems[0].place.sheet == "isian baru"
    assert located.source == "isian baru"
    assert located.sheet is not None
    assert located.sheet.name == "Isian"
    assert len(located.rows) == 2


def test_without_any_of_our_rows_there_is_no_sheet_to_read() -> None:
    workbook = RawWorkbook(sheets=())

    located = locate(workbook, layout_of(TRAINING))

    assert codes(located) == [("T05", None)]
    assert located.sheet is None


def test_a_heading_written_over_keeps_its_column() -> None:
    at = (HEADER_ROW, COLUMNS[Role.INPUT].index)

    located = locate(with_cells(written(TRAINING), {at: "Angka"}), layout_of(TRAINING))

    assert codes(located) == [("T06", "H7")]
    assert located.columns[Role.INPUT] == COLUMNS[Role.INPUT].index


def test_two_headings_changed_places_are_followed() -> None:
    unit, asked = COLUMNS[Role.UNIT], COLUMNS[Role.ASKED]
    swapped = {
        (HEADER_ROW, unit.index): asked.header,
        (HEADER_ROW, asked.index): unit.header,
    }

    located = locate(with_cells(written(TRAINING), swapped), layout_of(TRAINING))

    assert codes(located)[0] == ("T07", "A7")
    assert located.columns[Role.UNIT] == asked.index


def test_a_changed_key_is_known_by_its_label() -> None:
    located = locate(with_cells(written(RATIOS), {(9, KEY): "xyz"}), layout_of(RATIOS))

    assert codes(located) == [("T08", "Q9")]
    assert located.rows["kabid-koperasi-ukm/01#b"] == 9


def test_a_row_of_another_unit_is_strange_and_what_was_typed_in_it_is_kept() -> None:
    cells = {
        (19, KEY): "kabid-pasar/01#a",
        (19, COLUMNS[Role.INPUT].index): "7",
        (19, COLUMNS[Role.BUKTI].index): "daftar",
    }

    located = locate(with_cells(written(RATIOS), cells), layout_of(RATIOS))

    assert codes(located) == [("T08", "Q19"), ("N03", "Q19")]
    assert located.strange == {19}
    assert located.foreign_rows == (("H19", "7"), ("O19", "daftar"))


def test_labels_alone_find_rows_when_no_key_is_left() -> None:
    layout = layout_of(RATIOS)
    gone = {(row.row, KEY): None for row in layout.rows} | {(HEADER_ROW, KEY): None}

    located = locate(with_cells(written(RATIOS), gone), layout)

    assert codes(located) == [("T06", "Q7")]
    assert located.rows == {row.key: row.row for row in layout.rows}


def test_a_sheet_emptied_of_its_rows_lacks_every_indicator() -> None:
    sheet = isian(written(TRAINING))
    cells = {at: cell for at, cell in sheet.cells.items() if at[0] <= HEADER_ROW}

    located = locate(
        with_sheet(written(TRAINING), replace(sheet, cells=cells)), layout_of(TRAINING)
    )

    assert codes(located) == [("T08", "H8"), ("T08", "H9"), ("N02", "C8"), ("N02", "C9")]
