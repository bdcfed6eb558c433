"""Shared texts are read in their order and whole, or the workbook is refused."""

from __future__ import annotations

import pytest

from tests.reader.workbooks import DECLARATION, MAIN, cells, edited, rows_of, table, verdicts
from workbook_tools.reader.read import read_workbook

STRINGS = "xl/sharedStrings.xml"


def with_strings(root: str) -> bytes:
    """Give a workbook whose A1 is the first of these shared texts."""
    return edited(table([["x"]]), STRINGS, lambda _: (DECLARATION + root).encode())


def test_a_text_in_a_comment_before_the_real_ones_is_not_read() -> None:
    inside = "<!--<si><t>lain</t></si>--><x:si><x:t>asli</x:t></x:si>"
    assert cells(with_strings(f'<x:sst xmlns:x="{MAIN}">{inside}</x:sst>')) == {(1, 1): "asli"}


@pytest.mark.parametrize(
    "inside",
    [
        "<si><t>a</t><t>b</t></si>",
        "<si><t>a<x/>b</t></si>",
        "<si><r><t>a</t></r><t>b</t></si>",
        "<foo><si><t>a</t></si></foo><si><t>b</t></si>",
        '<si xmlns="urn:y"><t>a</t></si><si><t>b</t></si>',
        '<si><y xmlns="urn:y"><t xmlns="M">a</t></y></si>'.replace("M", MAIN),
    ],
)
def test_a_text_that_programs_may_read_in_two_ways_is_refused(inside: str) -> None:
    found = verdicts(read_workbook(with_strings(f'<sst xmlns="{MAIN}">{inside}</sst>')))
    assert found == [("B07", "bagian teks bersama")]


def test_escapes_are_decoded_run_by_run_and_never_across_runs() -> None:
    inside = "<si><r><t>_x0</t></r><r><t>041_ _x0041_</t></r></si>"
    assert cells(with_strings(f'<sst xmlns="{MAIN}">{inside}</sst>')) == {(1, 1): "_x0041_ A"}
    runs = inside.replace("si>", "is>")
    data = rows_of(f'<row r="1"><c r="A1" t="inlineStr">{runs}</c></row>')
    assert cells(data) == {(1, 1): "_x0041_ A"}


def test_two_parts_of_shared_texts_are_refused() -> None:
    double = (
        b'<Relationship Id="r9" Target="styles.xml" Type="http://schemas.openxmlformats.org/'
        b'officeDocument/2006/relationships/sharedStrings"/></Relationships>'
    )
    data = edited(
        table([["x"]]),
        "xl/_rels/workbook.xml.rels",
        lambda part: part.replace(b"</Relationships>", double),
    )
    assert [p.code for p in read_workbook(data).problems] == ["B07"]


@pytest.mark.parametrize("hint", ["&x;", "a", ""])
def test_a_phonetic_hint_is_left_out_but_must_be_sound(hint: str) -> None:
    inside = f'<si><t>\u8ab2</t><rPh sb="0" eb="1"><t>{hint}</t></rPh><phoneticPr fontId="1"/></si>'
    found = verdicts(read_workbook(with_strings(f'<sst xmlns="{MAIN}">{inside}</sst>')))
    assert found == ([("B07", "bagian teks bersama")] if "&" in hint else [])


def test_runs_with_their_fonts_are_joined() -> None:
    font = '<rPr><b/><sz val="11"/><color theme="1" tint="-0.2"/><rFont val="Calibri"/></rPr>'
    inside = f'<si><r><t>Ko</t></r><r>{font}<t xml:space="preserve">pe &amp; </t></r></si>'
    assert cells(with_strings(f'<sst xmlns="{MAIN}">{inside}</sst>')) == {(1, 1): "Kope & "}
