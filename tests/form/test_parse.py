"""Turn the cells of a return into a typed form and its problems."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tests.form.forms import RATIOS, TRAINING, content_of, isian, with_cells, with_sheet, written
from workbook_tools.form.parse import ParsedForm, Parsing, parse
from workbook_tools.reader.raw import RawWorkbook

FIRST = "kasi-pemberdayaan-koperasi/01"


def parsed(workbook: RawWorkbook, unit: str = TRAINING) -> ParsedForm:
    form = parse(workbook, content_of(unit)).form
    assert form is not None
    return form


def codes(parsing: Parsing) -> list[tuple[str, str | None]]:
    return [(p.code, p.place.cell) for p in parsing.problems]


def test_a_blank_form_has_every_input_and_no_problem() -> None:
    parsing = parse(written(RATIOS), content_of(RATIOS))

    assert parsing.problems == ()
    assert parsing.form is not None
    assert [i.cell for i in parsing.form.inputs] == [f"H{row}" for row in range(8, 19)]
    assert all(i.value is None and not i.typed and not i.wrong for i in parsing.form.inputs)
    assert parsing.form.texts == ()


def test_what_was_typed_is_found_by_indicator_and_field() -> None:
    form = parsed(with_cells(written(TRAINING), {(8, 8): Decimal(36), (8, 12): " hujan "}))

    assert form.of_indicator(FIRST)[0].value == 36
    assert form.text(FIRST, "penghambat") == "hujan"
    assert form.text(FIRST, "bukti") == ""
    assert form.text_cell(FIRST, "penghambat") == "L8"
    assert form.text_cell("tidak/ada", "penghambat") == ""


def test_every_problem_of_every_cell_is_given_at_once() -> None:
    workbook = with_cells(
        written(TRAINING), {(8, 8): "banyak", (9, 8): "1,250", (8, 6): Decimal(30), (8, 20): "x"}
    )

    assert sorted(codes(parse(workbook, content_of(TRAINING)))) == [
        ("S03", "H8"),
        ("S04", "H9"),
        ("T11", "F8"),
        ("T14", "T8"),
    ]


def test_the_same_number_in_another_form_is_no_change_of_a_locked_cell() -> None:
    workbook = with_cells(written(TRAINING), {(8, 6): Decimal("36.0"), (9, 5): "unit "})

    assert codes(parse(workbook, content_of(TRAINING))) == []


def test_a_missing_protection_is_asked_about_where_the_format_keeps_it() -> None:
    bare = with_sheet(written(TRAINING), replace(isian(written(TRAINING)), protected=False))

    assert codes(parse(bare, content_of(TRAINING))) == [("T10", None)]
    assert codes(parse(replace(bare, format="xls"), content_of(TRAINING))) == []


def test_the_people_are_read_from_their_block() -> None:
    form = parsed(with_cells(written(TRAINING), {(12, 3): "Siti Aminah", (13, 12): "1970"}))

    assert form.people == (("pengisi_nama", "Siti Aminah"), ("atasan_nip", "1970"))


def test_what_was_typed_elsewhere_is_kept_as_unplaced() -> None:
    form = parsed(with_cells(written(TRAINING), {(8, 20): "lihat lampiran"}))

    assert form.unplaced == (("T8", "lihat lampiran"),)


def test_a_workbook_without_our_sheet_is_not_read_at_all() -> None:
    parsing = parse(RawWorkbook(sheets=()), content_of(TRAINING))

    assert parsing.form is None
    assert codes(parsing) == [("T05", None)]
