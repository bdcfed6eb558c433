"""A worksheet is read at its true references, by the proved pattern and by the strict walk."""

from __future__ import annotations

import pytest

from tests.reader.workbooks import (
    DECLARATION,
    MAIN,
    cells,
    edited,
    rows_of,
    sheet_of,
    sound,
    table,
    verdicts,
)
from workbook_tools.reader.raw import CellType, RawCell
from workbook_tools.reader.read import read_workbook

SHEET = "xl/worksheets/sheet1.xml"


def strict(data: bytes) -> bytes:
    """Make a workbook whose sheet the pattern leaves to the strict walk."""
    return edited(data, SHEET, lambda part: part.replace(b"<sheetData>", b"<sheetData ><!---->"))


def refused(inside: str) -> list[tuple[str, str]]:
    return verdicts(read_workbook(rows_of(inside)))


def test_references_rule_and_not_the_order_of_rows_and_cells() -> None:
    inside = (
        '<row r="5"><c r="C5"><v>3</v></c><c r="A5"><v>1</v></c></row>'
        '<row r="2"><c r="B2"><v>2</v></c></row>'
    )
    assert cells(rows_of(inside)) == {(5, 3): "3", (5, 1): "1", (2, 2): "2"}


def test_cells_without_references_stand_one_after_another() -> None:
    inside = '<row><c><v>1</v></c><c><v>2</v></c></row><row r="7"><c><v>3</v></c></row>'
    assert cells(rows_of(inside)) == {(1, 1): "1", (1, 2): "2", (7, 1): "3"}


@pytest.mark.parametrize("lie", ["", '<dimension ref="A1:A1"/>', '<dimension ref="Q9:Z99"/>'])
def test_a_lying_or_missing_dimension_changes_nothing(lie: str) -> None:
    data = sheet_of(f'{lie}<sheetData><row r="3"><c r="D3"><v>4</v></c></row></sheetData>')
    assert cells(data) == {(3, 4): "4"}


def test_the_far_corners_cost_nothing() -> None:
    inside = (
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    )
    assert cells(rows_of(inside)) == {(1, 1): "1", (1_048_576, 16_384): "2"}


@pytest.mark.parametrize(
    ("inside", "what"),
    [
        ('<row r="1"><c r="A1"/><c r="A1"><v>5</v></c></row>', "lembar Isian: sel A1 ada dua kali"),
        ('<row r="1"><c r="A2"><v>5</v></c></row>', "lembar Isian: alamat sel A2"),
        ('<row r="1"><c r="XFE1"><v>5</v></c></row>', "lembar Isian: alamat sel XFE1"),
        ('<row r="1048577"/>', "lembar Isian: nomor baris 1048577"),
        ('<row r="1"><c r="A1"><v>5</v></row>', "lembar Isian"),
        ('</sheetData><sheetData><row r="1"/>', "lembar Isian"),
    ],
)
def test_cells_that_contradict_one_another_are_refused(inside: str, what: str) -> None:
    assert refused(inside) == [("B07", what)]


@pytest.mark.parametrize(
    "cell",
    [
        "<c r='B2'><v>nan</v></c>",
        "<c r='B2'><v>1e999</v></c>",
        "<c r='B2'><v>1_0</v></c>",
        "<c r='B2' t='s'><v>99</v></c>",
        "<c r='B2' t='b'><v>ya</v></c>",
        "<c r='B2' t='zz'><v>1</v></c>",
        "<c r='B2' s='999'><v>1</v></c>",
        '<c r="B2" s="999"><v>1</v></c>',
        '<c r="B2" s="999"/>',
        "<c r='B2' t='d'><v>besok</v></c>",
    ],
)
def test_a_cell_that_cannot_be_read_is_named(cell: str) -> None:
    (problem,) = read_workbook(rows_of(f'<row r="2">{cell}</row>')).problems
    assert (problem.code, problem.place.sheet, problem.place.cell) == ("B07", "Isian", "B2")


def test_all_unreadable_cells_are_one_problem_with_all_places() -> None:
    cell = '<c r="{}"><v>nan</v></c>'
    inside = f'<row r="1">{cell.format("A1")}{cell.format("C1")}</row>'
    (problem,) = read_workbook(rows_of(inside)).problems
    assert (problem.place.cell, problem.cells) == ("A1", ("C1",))


def test_every_type_of_cell_is_told_apart() -> None:
    inside = (
        '<row r="1"><c r="A1"><v>0.85499999999999998</v></c><c r="B1" t="b"><v>1</v></c>'
        '<c r="C1" t="e"><v>#REF!</v></c><c r="D1" t="str"><f>A1&amp;""</f><v> a </v></c>'
        '<c r="E1" t="inlineStr"><is><r><t>Ko</t></r><r><t>perasi</t></r>'
        '<rPh sb="0" eb="1"><t>x</t></rPh></is></c><c r="F1" t="d"><v>2020-04-05</v></c>'
        '<c r="G1" t="s"><v>0</v></c></row>'
    )
    assert sound(rows_of(inside)).sheets[0].cells == {
        (1, 1): RawCell(CellType.NUMBER, "0.855"),
        (1, 2): RawCell(CellType.BOOLEAN, "TRUE"),
        (1, 3): RawCell(CellType.ERROR, "#REF!"),
        (1, 4): RawCell(CellType.TEXT, " a ", 'A1&""'),
        (1, 5): RawCell(CellType.TEXT, "Koperasi"),
        (1, 6): RawCell(CellType.DATE, "2020-04-05"),
        (1, 7): RawCell(CellType.TEXT, "x"),
    }


def test_a_formula_without_value_differs_from_one_whose_value_is_an_empty_text() -> None:
    inside = '<row r="1"><c r="A1"><f>B1</f></c><c r="B1" t="str"><f>C1</f><v></v></c></row>'
    found = sound(rows_of(inside)).sheets[0].cells
    assert found == {
        (1, 1): RawCell(CellType.NUMBER, "", "B1"),
        (1, 2): RawCell(CellType.TEXT, "", "C1"),
    }


def test_dependents_of_a_shared_formula_show_their_master() -> None:
    inside = (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1*2</f><v>2</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>4</v></c></row>'
    )
    found = sound(rows_of(inside)).sheets[0].cells
    assert [cell.formula for cell in found.values()] == ["B1*2", "B1*2"]


def test_a_value_before_its_formula_is_not_lost() -> None:
    assert cells(rows_of('<row r="1"><c r="A1"><v>7</v><f>1+6</f></c></row>')) == {(1, 1): "7"}


def test_merges_hidden_rows_and_columns_protection_and_filter_are_seen() -> None:
    inside = (
        '<cols><col min="2" max="3" hidden="1"/><col min="5" max="5" width="0"/></cols>'
        '<sheetData><row r="1" hidden="1"/><row r="2" ht="0" customHeight="1"/><row r="3"/>'
        '</sheetData><sheetProtection sheet="1"/>'
        '<autoFilter ref="A1:B9"><filterColumn colId="0"/></autoFilter>'
        '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
    )
    sheet = sound(sheet_of(inside)).sheets[0]
    assert sheet.hidden_columns == frozenset({2, 3, 5})
    assert sheet.hidden_rows == frozenset({1, 2})
    assert sheet.filtered_rows == frozenset({2}), "the first row holds the filter's headings"
    assert (sheet.protected, sheet.merges) == (True, ((1, 1, 2, 2),))


def test_a_filter_that_chooses_nothing_is_no_filter() -> None:
    inside = '<sheetData><row r="2" hidden="1"/></sheetData><autoFilter ref="A1:B9"/>'
    sheet = sound(sheet_of(inside)).sheets[0]
    assert sheet.hidden_rows == frozenset({2})
    assert sheet.filtered_rows == frozenset()


def test_a_row_outside_the_area_of_a_filter_is_hidden_by_hand() -> None:
    inside = (
        '<sheetData><row r="4" hidden="1"/><row r="12" hidden="1"/></sheetData>'
        '<autoFilter ref="A1:B9"><filterColumn colId="0"/></autoFilter>'
    )
    sheet = sound(sheet_of(inside)).sheets[0]
    assert sheet.hidden_rows == frozenset({4, 12})
    assert sheet.filtered_rows == frozenset({4})


@pytest.mark.parametrize(
    "formula",
    [
        "[1]Lain!A1",
        "SUM('[lain.xlsx]Lembar 1'!A1:A3)",
        "'C:\\berkas\\[lain.xlsx]Lembar'!A1",
        "cmd|'/c calc'!A0",
        "_xlfn.WEBSERVICE(A1)",
    ],
)
def test_a_formula_that_reaches_out_of_the_workbook_is_refused(formula: str) -> None:
    inside = f'<row r="1"><c r="A1"><f>{formula}</f><v>1</v></c></row>'
    assert refused(inside) == [("B06", "tautan ke berkas lain")]


@pytest.mark.parametrize(
    "formula",
    [
        "[0]!Nama",
        "FILTER(Tabel[Nama],Tabel[Unit]=Isian!$B$1)",
        "Tabel[[#This Row],[a]]*Isian!A1",
        'IF(A1="[1]Lain!","a|b!",1)',
        "'A|B'!A1",
    ],
)
def test_a_formula_that_stays_inside_is_read(formula: str) -> None:
    inside = f'<row r="1"><c r="A1"><f>{formula}</f><v>1</v></c></row>'
    assert cells(rows_of(inside)) == {(1, 1): "1"}


def test_a_foreign_default_namespace_is_no_worksheet() -> None:
    def edit(_: bytes) -> bytes:
        inside = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
        root = f'<x:worksheet xmlns:x="{MAIN}" xmlns="u">{inside}</x:worksheet>'
        return (DECLARATION + root).encode()

    assert verdicts(read_workbook(edited(table([[1]]), SHEET, edit))) == [("B07", "lembar Isian")]


def test_prefixed_tags_are_read_as_well() -> None:
    def edit(_: bytes) -> bytes:
        inside = '<x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row></x:sheetData>'
        root = f'<x:worksheet xmlns:x="{MAIN}">{inside}</x:worksheet>'
        return (DECLARATION + root).encode()

    assert cells(edited(table([[9]]), SHEET, edit)) == {(1, 1): "1"}


def test_pattern_and_strict_walk_read_the_same() -> None:
    data = table([["Koperasi & UKM <1>", 85.5, True], [None, "x", -0.25], ["_x000D_", 1e300, 7]])
    assert sound(strict(data)) == sound(data)


def test_cells_hidden_in_a_comment_are_not_read() -> None:
    data = sheet_of('<!-- <sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData> -->')
    assert verdicts(read_workbook(data)) == [("B07", "lembar Isian")]


def prefixed(before: str) -> bytes:
    """Give a workbook of prefixed tags with A1 = 1, and `before` ahead of its cells."""
    inside = '<x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row></x:sheetData>'
    root = f'<x:worksheet xmlns:x="{MAIN}">{before}{inside}</x:worksheet>'
    return edited(table([[9]]), SHEET, lambda _: (DECLARATION + root).encode())


OTHER_CELLS = '<sheetData><row r="2"><c r="A2"><v>9</v></c></row></sheetData>'


def test_cells_in_a_comment_before_the_real_ones_are_not_read() -> None:
    assert cells(prefixed(f"<!--{OTHER_CELLS}-->")) == {(1, 1): "1"}


def test_cells_of_another_vocabulary_beside_the_real_ones_are_refused() -> None:
    foreign = f'<y xmlns="urn:y">{OTHER_CELLS}</y>'
    assert verdicts(read_workbook(prefixed(foreign))) == [("B07", "lembar Isian")]


TWO = (
    '<mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice Requires="x">{0}</mc:Choice>'
    "<mc:Fallback>{0}</mc:Fallback></mc:AlternateContent>"
)


@pytest.mark.parametrize(
    "row",
    [
        TWO.format('<c r="A1"><v>1</v></c>'),
        f'<c r="A1">{TWO.format("<v>1</v>")}</c>',
        f'<c r="A1" t="inlineStr"><is>{TWO.format("<t>a</t>")}</is></c>',
        '<c r="A1"><v>1</v><v>2</v></c>',
        '<c r="A1" t="str"><f>B1</f><f>C1</f><v>a</v></c>',
        '<c r="A1"><v>1<x>2</x>3</v></c>',
        '<c r="A1" t="inlineStr"><is><t>a<x/>b</t></is></c>',
        '<c r="A1" t="inlineStr"><is><t>a</t><t>b</t></is></c>',
        '<foo><c r="A1"><v>1</v></c></foo>',
    ],
)
def test_a_cell_that_programs_may_read_in_two_ways_is_refused(row: str) -> None:
    assert refused(f'<row r="1">{row}</row>') == [("B07", "lembar Isian")]


@pytest.mark.parametrize("kind", ["", ' t="n"', ' t="s"', ' t="inlineStr"', ' t="str"'])
def test_a_cell_with_a_value_and_an_inline_text_is_refused(kind: str) -> None:
    inside = f'<row r="1"><c r="A1"{kind}><v>0</v><is><t>6</t></is></c></row>'
    assert refused(inside) == [("B07", "isi sel yang tidak bisa dibaca")]


def test_rows_outside_the_cells_are_refused() -> None:
    data = sheet_of('<sheetData/><foo><row r="1"><c r="A1"><v>5</v></c></row></foo>')
    assert verdicts(read_workbook(data)) == [("B07", "lembar Isian")]
