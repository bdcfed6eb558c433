"""Whatever a workbook holds, patterns and the strict walk read it alike or refuse it alike."""

from __future__ import annotations

import random

import pytest

from tests.reader.workbooks import DECLARATION, MAIN, edited, parts_of, rows_of, sheet_of, zipped
from workbook_tools.reader.read import read_workbook
from workbook_tools.reader.wire import packed

SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
COMMENT = b"<!---->"
"""What makes no part another one, and leaves every part to the strict walk."""

SHARED = (
    f'{DECLARATION}<sst xmlns="{MAIN}" count="3" uniqueCount="3"><si><t>Koperasi &amp; UKM</t></si>'
    '<si><t xml:space="preserve"> a_x000D_\n b </t></si><si><t/></si>'
    '<si><r><rPr><b/><sz val="11"/><color theme="1"/><rFont val="Calibri"/></rPr><t>te</t></r>'
    '<r><t xml:space="preserve">bal </t></r></si>'
    '<si><t>課</t><rPh sb="0" eb="1"><t>カ</t></rPh><phoneticPr fontId="1"/></si></sst>'
)
XLSXWRITER = (
    f'{DECLARATION}<worksheet xmlns="{MAIN}" xmlns:r="urn:r"><sheetPr/><dimension ref="A1:C9"/>'
    '<cols><col min="1" max="2" width="5.7" customWidth="1"/>'
    '<col min="5" max="5" hidden="1"/></cols>'
    '<sheetData><row r="1" spans="1:3" ht="45" customHeight="1"><c r="A1" s="0" t="s"><v>0</v></c>'
    '<c r="B1" t="str"><f>"a"&amp;B2&lt;1</f><v>a&gt;</v></c><c r="C1" s="0"/></row>'
    '<row r="3" hidden="1"><c r="A3" t="inlineStr"><is>'
    '<t xml:space="preserve"> _x0041_ </t></is></c>'
    '<c r="B3"><v>-0.25</v></c><c r="D3" t="b"><v>1</v></c></row></sheetData>'
    '<sheetProtection sheet="1" objects="1"/><autoFilter ref="A1:B9"><filterColumn colId="0"/>'
    '</autoFilter><mergeCells count="1"><mergeCell ref="A5:B6"/></mergeCells>'
    '<conditionalFormatting sqref="A1"><cfRule type="expression" priority="1"><formula>A1&gt;"&gt;"'
    "</formula></cfRule></conditionalFormatting></worksheet>"
)
EXCEL = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
    f'<worksheet xmlns="{MAIN}" xmlns:r="urn:r" xmlns:mc="urn:mc" mc:Ignorable="x14ac xr" '
    'xmlns:x14ac="urn:x14ac" xmlns:xr="urn:xr" xr:uid="{00000000-0001-0000-0000-000000000000}">'
    '<sheetFormatPr defaultRowHeight="15" x14ac:dyDescent="0.25"/><sheetData>'
    '<row r="1" spans="1:2" x14ac:dyDescent="0.25"><c r="A1">'
    '<f t="shared" ref="A1:A2" si="0">B1*2</f>'
    '<v>2</v></c><c r="B1" t="e"><v>#REF!</v></c></row><row r="2" spans="1:2" s="0" '
    'customFormat="1" ht="0" x14ac:dyDescent="0.25"><c r="A2"><f t="shared" si="0"/>'
    '<v>4</v></c><c r="B2" t="d">'
    '<v>2020-04-05</v></c><c r="C2" cm="1"><f t="array" ref="C2">SUM(A1:A2)</f><v>6</v></c></row>'
    '<row r="4" spans="1:2" x14ac:dyDescent="0.25"/></sheetData>'
    '<autoFilter ref="A1:B2" xr:uid="{00000000-0009-0000-0000-000000000000}"/>'
    '<extLst><ext uri="{1}" xmlns:x14="urn:x14"><x14:a><xm:f xmlns:xm="urn:xm">A1</xm:f>'
    "</x14:a></ext>"
    "</extLst></worksheet>"
)
LIBREOFFICE = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}">'
    '<sheetPr filterMode="false"><pageSetUpPr fitToPage="false"/></sheetPr><sheetData>'
    '<row r="1" customFormat="false" ht="12.8" hidden="false" customHeight="false" '
    'outlineLevel="0" collapsed="false"><c r="A1" s="0" t="n"><v>1</v></c><c r="B1" s="0" t="str">'
    '<f aca="false">A1'
    '</f><v></v></c></row><row r="2" customFormat="false" ht="12.8" hidden="true" outlineLevel="0">'
    '<c r="A2" s="0" t="s"><v>1</v></c></row></sheetData><sheetProtection sheet="true" '
    'password="cc1a" objects="true" scenarios="true"/></worksheet>'
)
SHEETS = (XLSXWRITER, EXCEL, LIBREOFFICE)
ODDITIES = (
    *("<!-- x -->", "<![CDATA[1]]>", "<?x y?>", "<!DOCTYPE a>", "&#65;", "&#xD800;", "&#0;", "&x;"),
    *("&#10;", "&#13;", "&lt;", "&amp;lt;", "&", "<", ">", "]]>", '"', "'", "/", "=", "\t", "\n"),
    *("\r\n", "\r", "\0", "\x1b", "\x7f", "\x85", "\u2028", "\ufffe", "\ufffd", "\U0001f600", "é"),
    *("_x000D_", "_xD83D_", "_x005F_x0041_", ' r="A1"', ' s="0"', ' s="7"', ' t="s"', ' t="zz"'),
    *(' hidden="1"', ' xmlns="urn:y"', f' xmlns="{MAIN}"', f' xmlns:x="{MAIN}"', ' x:a="1"'),
    *(
        ' a=">"',
        " a='1'",
        ' xml:space="preserve"',
        ' x14ac:dyDescent="1"',
        ' xr:uid="1"',
        "<v>1</v>",
    ),
    *(
        "<f>[1]x!A1</f>",
        "<f/>",
        "<v/>",
        "<is><t>a</t></is>",
        "<is><r><t>a</t></r></is>",
        "<t>a</t>",
    ),
    *("<c/>", '<c r="B2"/>', '<c r="$a$1"><v>1</v></c>', '<row r="2"/>', "<row/>", "<sheetData/>"),
    *(
        "<x:sheetData/>",
        "</row>",
        "</c>",
        "</sheetData>",
        "<sheetData>",
        '<mergeCell ref="A1:B2"/>',
    ),
    *('<mergeCell ref="B2:A1"/>', '<col min="9" max="9" hidden="1"/>', '<col min="3" max="1"/>'),
    *('<filterColumn a="1" a="2"/>', '<autoFilter ref="A1:B9"/>', "<sheetProtection sheet='1'/>"),
    *("<si><t>b</t></si>", "<si/>", "<r><t>c</t></r>", "<rPh><t>d</t></rPh>", "<foo>", "</foo>"),
    *("1e999", "007", "nan", "16385", "1048577", "XFE", "-", " ", "0", "9"),
)


def strictly(data: bytes) -> bytes:
    """Give the same workbook so that nothing in it is read by patterns."""
    parts = parts_of(data)
    return zipped(
        {name: part + COMMENT if name.endswith(".xml") else part for name, part in parts.items()}
    )


def read_alike(data: bytes) -> bool:
    """Tell whether patterns and the strict walk give the same, or the same problems."""
    return packed(read_workbook(data)) == packed(read_workbook(strictly(data)))


def workbook(sheet: bytes, strings: bytes) -> bytes:
    """Give a workbook of these two parts."""
    return edited(edited(rows_of(""), SHEET, lambda _: sheet), STRINGS, lambda _: strings)


def mutated(text: str, dice: random.Random) -> str:
    """Change a part at one to three places."""
    for _ in range(dice.choice((1, 1, 2, 3))):
        marks = [at for at, letter in enumerate(text) if letter in '<>" =']
        at = dice.choice(marks) + dice.choice((0, 0, 1)) if marks else 0
        other = at + dice.choice((0, 0, 0, 1, 2, dice.randrange(60)))
        kind = dice.randrange(4)
        if kind == 0:
            text = text[:at] + dice.choice(ODDITIES) + text[at:]
        elif kind == 1:
            text = text[:at] + dice.choice(ODDITIES) + text[other:]
        elif kind == 2:
            text = text[:at] + text[at:other] * 2 + text[other:]
        else:
            start = dice.randrange(len(text) + 1)
            text = text[:at] + text[start : start + dice.randrange(80)] + text[other:]
    return text


@pytest.mark.parametrize("sheet", SHEETS, ids=("xlsxwriter", "excel", "libreoffice"))
def test_parts_of_the_usual_programs_are_sound_and_usual(sheet: str) -> None:
    data = workbook(sheet.encode(), SHARED.encode())
    assert read_workbook(data).workbook is not None
    assert read_alike(data)


@pytest.mark.parametrize("seed", range(20))
def test_spoilt_parts_are_read_alike_or_refused_alike(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(40):
        sheet, strings = dice.choice(SHEETS), SHARED
        if dice.randrange(3):
            sheet = mutated(sheet, dice)
        else:
            strings = mutated(strings, dice)
        data = workbook(sheet.encode(), strings.encode())
        assert read_alike(data), (sheet, strings)


@pytest.mark.parametrize("odd", ODDITIES)
def test_an_oddity_in_a_cell_is_read_alike_or_refused_alike(odd: str) -> None:
    for inside in (
        f'<row r="1"><c r="A1">{odd}<v>1</v></c></row>',
        f'<row r="1"><c r="A1" t="str"><v>{odd}</v></c></row>',
        f'<row r="1"><c r="A1" t="inlineStr"><is><t>{odd}</t></is></c></row>',
        f'<row r="1"><c r="A1"><f>{odd}</f></c>{odd}</row>',
        f'<row r="1"{odd}><c r="A1"{odd}><v>1</v></c></row>{odd}',
        f'<row r="{odd}"><c r="A{odd}"><v>1</v></c></row>',
    ):
        data = rows_of(inside)
        assert read_alike(data), inside


@pytest.mark.parametrize("odd", ODDITIES)
def test_an_oddity_around_the_cells_is_read_alike_or_refused_alike(odd: str) -> None:
    for inside in (f"{odd}<sheetData/>", f"<sheetData/>{odd}", f"<foo{odd}><sheetData/></foo>"):
        data = sheet_of(inside)
        assert read_alike(data), inside
