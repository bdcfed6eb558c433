"""An OpenDocument spreadsheet is read in place, its repetitions bounded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from tests.reader.workbooks import sound, verdicts, zipped
from workbook_tools.problems.problem import Place
from workbook_tools.reader.raw import CellType, RawCell
from workbook_tools.reader.read import Limits, read_workbook

MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
ROOT = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style", "meta", "script")
)
CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'


def ods(tables: str, *, before: str = "", more: Mapping[str, bytes] | None = None) -> bytes:
    """Pack a spreadsheet of these tables."""
    content = (
        f"<office:document-content {ROOT} {CALC}>{before}<office:body><office:spreadsheet>"
        f"{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    meta = (
        f"<office:document-meta {ROOT}><office:meta>"
        "<meta:generator>LibreOffice/7.4.7.2$Linux_X86_64</meta:generator>"
        '<meta:user-defined meta:name="stempel">abc</meta:user-defined>'
        "</office:meta></office:document-meta>"
    )
    parts = {
        "mimetype": MIMETYPE,
        "META-INF/manifest.xml": b"<manifest/>",
        "content.xml": content.encode(),
        "meta.xml": meta.encode(),
    }
    return zipped({**parts, **(more or {})})


def rows(inside: str) -> str:
    """Wrap rows into the only table."""
    return f'<table:table table:name="Isian">{inside}</table:table>'


def number(value: str, attributes: str = "") -> str:
    """Write a cell that holds a number."""
    return f'<table:table-cell office:value-type="float" office:value="{value}" {attributes}/>'


def test_every_type_of_cell_is_told_apart() -> None:
    text = (
        '<table:table-cell office:value-type="string"><text:p>Ko<text:s text:c="2"/>p</text:p>'
        "<office:annotation><text:p>catatan</text:p></office:annotation><text:p>b</text:p>"
        "</table:table-cell>"
    )
    error = (
        '<table:table-cell table:formula="of:=[.A1]/0" office:value-type="string" '
        'calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
    )
    others = (
        '<table:table-cell office:value-type="percentage" office:value="0.855"/>'
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
        '<table:table-cell office:value-type="date" office:date-value="2020-04-05"/>'
        '<table:table-cell office:value-type="time" office:time-value="PT6H5M0S"/>'
    )
    formula = number("2", 'table:formula="of:=1+1"')
    row = f"<table:table-row>{formula}{text}{error}{others}</table:table-row>"
    assert sound(ods(rows(row))).sheets[0].cells == {
        (1, 1): RawCell(CellType.NUMBER, "2", "1+1"),
        (1, 2): RawCell(CellType.TEXT, "Ko  p\nb"),
        (1, 3): RawCell(CellType.ERROR, "#DIV/0!", "[.A1]/0"),
        (1, 4): RawCell(CellType.NUMBER, "0.855", None, "0%"),
        (1, 5): RawCell(CellType.BOOLEAN, "TRUE"),
        (1, 6): RawCell(CellType.DATE, "2020-04-05"),
        (1, 7): RawCell(CellType.DATE, "06:05:00"),
    }


def test_blanks_between_paragraphs_are_layout_and_no_text() -> None:
    cell = (
        '<table:table-cell office:value-type="string">\n  <text:p>a</text:p>\n'
        "  <text:p>b</text:p>\n</table:table-cell>"
    )
    (sheet,) = sound(ods(rows(f"<table:table-row>{cell}</table:table-row>"))).sheets
    assert sheet.cells[1, 1].text == "a\nb"


def test_repeated_blank_rows_and_columns_keep_addresses_true() -> None:
    inside = (
        '<table:table-row table:number-rows-repeated="4"><table:table-cell/></table:table-row>'
        '<table:table-row><table:table-cell table:number-columns-repeated="7"/>'
        f"{number('5')}</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048571"><table:table-cell/>'
        "</table:table-row>"
    )
    assert list(sound(ods(rows(inside))).sheets[0].cells) == [(5, 8)]


def test_repeated_values_stand_in_every_cell() -> None:
    cell = number("3", 'table:number-columns-repeated="2"')
    inside = f'<table:table-row table:number-rows-repeated="2">{cell}</table:table-row>'
    assert set(sound(ods(rows(inside))).sheets[0].cells) == {(1, 1), (1, 2), (2, 1), (2, 2)}


def test_a_bomb_of_repetitions_is_refused() -> None:
    cell = number("3", 'table:number-columns-repeated="16384"')
    inside = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    assert [p.code for p in read_workbook(ods(rows(inside))).problems] == ["B05"]


def test_merges_hidden_parts_protection_names_and_properties_are_seen() -> None:
    before = (
        '<office:automatic-styles><style:style style:name="ta2" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    )
    merged = number("1", 'table:number-columns-spanned="2" table:number-rows-spanned="3"')
    tables = (
        '<table:table table:name="Isian" table:protected="true"><table:table-column/>'
        '<table:table-column table:number-columns-repeated="2" table:visibility="collapse"/>'
        f"<table:table-row>{merged}</table:table-row>"
        f'<table:table-row table:visibility="filter">{number("2")}</table:table-row>'
        f'<table:table-row table:visibility="collapse">{number("3")}</table:table-row>'
        "</table:table>"
        '<table:table table:name="_st" table:style-name="ta2"/>'
        "<table:named-expressions><table:named-range table:name='STEMPEL' "
        "table:cell-range-address='$_st.$A$1'/></table:named-expressions>"
    )
    read = sound(ods(tables, before=before))
    sheet = read.sheets[0]
    assert (sheet.merges, sheet.protected) == (((1, 1, 3, 2),), True)
    assert (sheet.hidden_rows, sheet.hidden_columns) == (frozenset({2, 3}), frozenset({2, 3}))
    assert sheet.filtered_rows == frozenset({2})
    assert [s.state for s in read.sheets] == ["visible", "hidden"]
    assert read.names == {"STEMPEL": "_st!$A$1"}
    assert (read.properties, read.format) == ({"stempel": "abc"}, "ods")


def test_the_program_is_named_with_the_format() -> None:
    row = f"<table:table-row>{number('1')}</table:table-row>"
    assert verdicts(read_workbook(ods(rows(row)))) == [("B08", "LibreOffice 7.4.7.2 (.ods)")]


@pytest.mark.parametrize(
    ("tables", "what"),
    [
        ("<office:script/>", "makro"),
        ("<table:dde-link/>", "tautan ke berkas lain"),
        (
            "<table:table-row>"
            + number("1", "table:formula=\"of:=['file:///c:/a.ods'#$A.B1]\"")
            + "</table:table-row>",
            "tautan ke berkas lain",
        ),
    ],
)
def test_what_acts_or_reaches_out_is_refused(tables: str, what: str) -> None:
    assert verdicts(read_workbook(ods(rows(tables)))) == [("B06", what)]


def test_macro_modules_are_refused() -> None:
    data = ods(rows(""), more={"Basic/Standard/Module1.xml": b"<a/>"})
    assert verdicts(read_workbook(data)) == [("B06", "makro")]


def test_an_encrypted_document_is_told_as_encrypted() -> None:
    data = ods(rows(""), more={"META-INF/manifest.xml": b"<manifest><encryption-data/></manifest>"})
    assert verdicts(read_workbook(data)) == [("B02", "")]


def test_a_number_that_is_none_is_named_with_its_cell() -> None:
    row = f"<table:table-row>{number('nan')}</table:table-row>"
    (problem,) = read_workbook(ods(rows(row))).problems
    assert (problem.code, problem.place) == ("B07", Place("Isian", "A1"))


def test_more_cells_than_the_limit_are_refused() -> None:
    row = f"<table:table-row>{number('1') * 5}</table:table-row>"
    reading = read_workbook(ods(rows(row)), limits=replace(Limits(), cells=4))
    assert verdicts(reading) == [("B05", "4")]


@pytest.mark.timeout(10)
def test_a_text_of_many_pieces_is_read_in_time_and_to_its_limit() -> None:
    pieces = "<text:span>a</text:span>" * 200_000
    cell = f'<table:table-cell office:value-type="string"><text:p>{pieces}</text:p>'
    data = ods(rows(f"<table:table-row>{cell}</table:table-cell></table:table-row>"))
    roomy = replace(Limits(), ratio=1_000_000)
    assert sound_text(data, roomy) == "a" * 200_000
    tight = replace(roomy, string_characters=1_000)
    assert verdicts(read_workbook(data, limits=tight)) == [("B05", "1.000")]


def sound_text(data: bytes, limits: Limits) -> str:
    """Give the text of the only cell."""
    workbook = read_workbook(data, limits=limits).workbook
    assert workbook is not None
    return workbook.sheets[0].cells[1, 1].text
