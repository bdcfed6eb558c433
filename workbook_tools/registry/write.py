"""Turn a `Registry` into the bytes of registri.xlsx, good to work in for people."""

from __future__ import annotations

import math
from decimal import Decimal

from workbook_tools.address import column_letter
from workbook_tools.registry.columns import FIRST_ROW, GUIDE, HEAD_ROW, YES, Column, Content, Sheet
from workbook_tools.registry.guide import PARAGRAPHS, TITLE
from workbook_tools.registry.model import Registry, TargetStatus
from workbook_tools.registry.rows import rows_of
from workbook_tools.registry.settings import SETTINGS
from workbook_tools.registry.sheets import (
    DOKUMEN,
    INDIKATOR,
    JABATAN,
    PENGATURAN,
    SHEETS,
    SKALA,
    STANDARD_COLUMNS,
    TARGET,
)
from workbook_tools.registry.tables import Value
from workbook_tools.xlsx import Area, Book, Properties, WriteRefused, absolute_name, area_name
from workbook_tools.xlsx import Sheet as Page

SPARE_ROWS = 200
"""How many rows below the last one have drop-downs and formats, for new entries."""

NOTE_WIDTH, NOTE_LINE, NOTE_CHARACTERS = 260, 17, 42
"""Size of a column's note: pixels across, pixels per line, characters per line."""

LINE_HEIGHT, FILL, GUIDE_WIDTH = 13.5, 1.12, 96
"""Points per line, characters that a width unit holds, width of the guide's second column."""

A4, A3 = 9, 8
"""Excel's paper numbers; the two widest sheets are unreadable on A4."""

_HEAD: Properties = {
    "bold": True,
    "bg_color": "#1F4E78",
    "font_color": "#FFFFFF",
    "valign": "vcenter",
    "text_wrap": True,
    "border": 1,
    "border_color": "#BFBFBF",
}
_CELL: Properties = {
    "valign": "top",
    "text_wrap": True,
    "border": 1,
    "border_color": "#D9D9D9",
}
STYLES: dict[str, Properties] = {
    "title": {"bold": True, "font_size": 16, "font_color": "#1F4E78"},
    "heading": {"bold": True, "valign": "top", "text_wrap": True},
    "paragraph": {"valign": "top", "text_wrap": True},
    "link": {"font_color": "#0563C1", "underline": 1, "valign": "top"},
    "head": _HEAD,
    Content.ID: {**_CELL, "num_format": "@"},
    Content.TEXT: {**_CELL, "num_format": "@"},
    Content.NUMBER: {**_CELL, "align": "right", "indent": 1},
    Content.DERIVED: {**_CELL, "font_color": "#7F7F7F", "italic": True, "text_wrap": False},
    "line": {"num_format": "@", "valign": "top", "font_name": "Consolas", "font_size": 9},
}

MARKS: dict[str, tuple[tuple[str, str, str], ...]] = {
    TARGET.name: (
        ("status", TargetStatus.PERLU_KONFIRMASI, "#FFF2CC"),
        ("status", TargetStatus.KOSONG, "#EDEDED"),
    ),
    JABATAN.name: (("halaman_hilang", YES, "#EDEDED"), ("nama_disimpulkan", YES, "#FFF2CC")),
}
"""Which word in which column colours its whole row."""


def write_registry(registry: Registry) -> bytes:
    """Give the workbook of this register; equal registers give equal bytes."""
    book = Book(title=TITLE, styles=STYLES, defaults={"font_name": "Calibri", "font_size": 10})
    _guide(book.sheet(GUIDE))
    for sheet in SHEETS:
        page = book.sheet(sheet.name)
        rows = rows_of(registry, sheet.name)
        _set_up(book, page, sheet, rows)
        for number, values in enumerate(rows, FIRST_ROW):
            for place, (column, value) in enumerate(zip(sheet.columns, values, strict=True), 1):
                _write(page, sheet, column, at=(number, place), value=value)
            page.height(number, LINE_HEIGHT * _lines(sheet, values) + 2)
        _lists(page, sheet, len(rows))
    return book.close()


def _lines(sheet: Sheet, values: tuple[Value, ...]) -> int:
    """Give how many lines the tallest cell of a row needs; only Excel fits heights by itself."""
    wrapped = (
        sum(max(1, math.ceil(len(line) / (column.width * FILL))) for line in value.split("\n"))
        for column, value in zip(sheet.columns, values, strict=True)
        if isinstance(value, str) and column.content is Content.TEXT and sheet is not DOKUMEN
    )
    return max(wrapped, default=1)


def _guide(page: Page) -> None:
    page.widths({1: 38, 2: GUIDE_WIDTH})
    page.text((1, 1), TITLE, style="title")
    row = 3
    for heading, paragraph in PARAGRAPHS:
        page.text((row, 1), heading, style="heading")
        page.text((row, 2), paragraph, style="paragraph")
        page.height(row, LINE_HEIGHT * math.ceil(len(paragraph) / (GUIDE_WIDTH * FILL)) + 8)
        row += 1
    row += 1
    page.text((row, 1), "Isi setiap sheet", style="heading")
    for number, sheet in enumerate(SHEETS, row + 1):
        page.link((number, 1), f"'{sheet.name}'!A1", text=sheet.name, style="link")
        page.text((number, 2), sheet.about, style="paragraph")
    page.worksheet.hide_gridlines(2)
    page.worksheet.set_landscape()
    page.worksheet.set_paper(A4)
    page.worksheet.fit_to_pages(1, 0)
    page.worksheet.activate()


def _set_up(book: Book, page: Page, sheet: Sheet, rows: tuple[tuple[Value, ...], ...]) -> None:
    last = HEAD_ROW + len(rows)
    for place, column in enumerate(sheet.columns, 1):
        answer = page.worksheet.set_column(
            place - 1, place - 1, column.width, book.resolve(_style(sheet, column))
        )
        if answer:
            raise WriteRefused(sheet.name, column_letter(place), what="lebar kolom")
        page.text((HEAD_ROW, place), column.head, style="head")
        lines = 2 + len(column.note) // NOTE_CHARACTERS
        page.comment(
            (HEAD_ROW, place),
            column.note,
            options={
                "author": TITLE,
                "x_scale": 1,
                "width": NOTE_WIDTH,
                "height": NOTE_LINE * lines,
                "font_size": 9,
            },
        )
    page.height(HEAD_ROW, 30)
    page.worksheet.freeze_panes(HEAD_ROW, sheet.frozen_columns)
    page.worksheet.autofilter(HEAD_ROW - 1, 0, last - 1, len(sheet.columns) - 1)
    page.worksheet.ignore_errors(
        {"number_stored_as_text": area_name((FIRST_ROW, 1, last + SPARE_ROWS, len(sheet.columns)))}
    )
    page.worksheet.set_landscape()
    page.worksheet.set_paper(A3 if sheet in {JABATAN, INDIKATOR} else A4)
    page.worksheet.fit_to_pages(1, 0)
    page.worksheet.repeat_rows(HEAD_ROW - 1)
    page.worksheet.set_footer("&L&A&RHalaman &P dari &N")
    page.worksheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)


def _style(sheet: Sheet, column: Column) -> str:
    if sheet is DOKUMEN and column.content is Content.TEXT:
        return "line"
    return column.content


def _write(page: Page, sheet: Sheet, column: Column, *, at: tuple[int, int], value: Value) -> None:
    style = _style(sheet, column)
    if sheet is SKALA and column.key == "warna" and isinstance(value, str):
        shade: Properties = {**STYLES[style], "bg_color": f"#{value}", "font_color": "#FFFFFF"}
        page.text(at, value, style=shade)
    elif column.content is Content.DERIVED:
        index = STANDARD_COLUMNS[INDIKATOR.name]["indikator"]
        area = f"{INDIKATOR.name}!$A:${column_letter(index)}"
        page.formula(
            at,
            f'=IFERROR(VLOOKUP($A{at[0]},{area},{index},FALSE),"")',
            value=value if isinstance(value, str) else "",
            style=style,
        )
    elif isinstance(value, Decimal):
        page.number(at, value, style=Content.NUMBER)
    else:
        page.text(at, value or "", style=style)


def _lists(page: Page, sheet: Sheet, rows: int) -> None:
    last = HEAD_ROW + rows + SPARE_ROWS
    for place, column in enumerate(sheet.columns, 1):
        area: Area = (FIRST_ROW, place, last, place)
        if column.choices:
            source: object = list(column.choices)
        elif column.list_of:
            first, end = absolute_name((FIRST_ROW, 1)), absolute_name((2000, 1))
            source = f"={column.list_of}!{first}:{end}"
        else:
            continue
        _list(page, area, source, head=column.head)
    if sheet is PENGATURAN:
        place = STANDARD_COLUMNS[sheet.name]["nilai"]
        for row, setting in enumerate(SETTINGS, FIRST_ROW):
            if setting.words:
                _list(page, (row, place, row, place), list(setting.words), head=setting.key)
    for key, word, colour in MARKS.get(sheet.name, ()):
        place = STANDARD_COLUMNS[sheet.name][key]
        page.conditional(
            (FIRST_ROW, 1, last, len(sheet.columns)),
            {
                "type": "formula",
                "criteria": f'=${column_letter(place)}{FIRST_ROW}="{word}"',
                "format": {"bg_color": colour},
                "stop_if_true": True,
            },
        )


def _list(page: Page, area: Area, source: object, *, head: str) -> None:
    page.validation(
        area,
        {
            "validate": "list",
            "source": source,
            "error_title": "Tidak ada pada daftar",
            "error_message": f"Pilih {head} dari daftar yang tersedia.",
        },
    )
