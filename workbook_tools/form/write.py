"""Turn a form's content and stamp into the workbook that staff fill in."""

from __future__ import annotations

from workbook_tools.address import a1
from workbook_tools.form.content import PEOPLE_FIELDS, FormContent
from workbook_tools.form.guide import draw_guide
from workbook_tools.form.layout import (
    AGENCY_ROW,
    COLUMNS,
    FIRST_ROW,
    HEADER_ROW,
    HOW_ROW,
    ISIAN,
    LAST_SHOWN,
    PEOPLE_LABELS,
    PEOPLE_TITLES,
    PETUNJUK,
    PROGRESS_ROW,
    STAMP_CELL,
    STAMP_NAME,
    STAMP_PROPERTY,
    STEMPEL,
    TITLE_ROW,
    UNIT_ROW,
    FormLayout,
    Role,
    form_title,
    make_layout,
    unit_line,
)
from workbook_tools.form.preview import FILLED, required_word, state_of
from workbook_tools.form.rows import Filling, RowPen, Typed
from workbook_tools.form.stamp import Stamp
from workbook_tools.form.styles import FILLED_LOOK, STYLES, WRONG_LOOK
from workbook_tools.indicators.period import format_date, period_label
from workbook_tools.registry.model import Rules
from workbook_tools.xlsx import Book, Sheet

A4 = 9
PROTECTION = {"format_columns": True, "format_rows": True, "select_locked_cells": True}


def write_form(content: FormContent, stamp: Stamp, *, rules: Rules) -> bytes:
    """Write a blank form; equal content gives equal bytes."""
    book = open_form_book(content)
    draw_form(book, content, stamp, rules=rules, filling=Filling())
    return book.close()


def open_form_book(content: FormContent) -> Book:
    """Open the workbook of a form with its title and cell formats."""
    return Book(
        title=f"{content.jenis} {content.name} {period_label(content.period)} {content.year}",
        styles=STYLES,
        defaults={"font_name": "Calibri", "font_size": 10, "valign": "top"},
    )


def draw_form(
    book: Book, content: FormContent, stamp: Stamp, *, rules: Rules, filling: Filling
) -> None:
    """Draw the sheets Isian and Petunjuk and the stamp into a workbook."""
    layout = make_layout(content)
    sheet = book.sheet(ISIAN)
    _draw_head(sheet, layout, filling)
    for row in layout.rows:
        RowPen(sheet, layout, row, rules, filling).draw()
    _draw_people(sheet, layout, filling)
    _draw_colours(sheet, layout, filling)
    for at, mark in sorted(filling.marks.items()):
        sheet.comment(at, mark.note, options={"width": 300, "height": 110, "font_size": 9})
    _set_up(sheet, layout)
    draw_guide(book.sheet(PETUNJUK), content)
    _draw_stamp(book, stamp)


def _draw_head(sheet: Sheet, layout: FormLayout, filling: Filling) -> None:
    content = layout.content
    sheet.text((TITLE_ROW, 1), form_title(content), style="title")
    sheet.text((UNIT_ROW, 1), unit_line(content), style="unit")
    superior = f" · Atasan: {content.superior}" if content.superior else ""
    sheet.text(
        (AGENCY_ROW, 1),
        f"{content.agency} {content.region} · Kirim paling lambat {format_date(content.due)}"
        f"{superior}",
        style="agency",
    )
    sheet.text(
        (HOW_ROW, 1),
        "Isi hanya sel KUNING: satu angka di kolom ISIAN, penjelasan di kolom kanan. Hasil nol "
        "diketik 0; data belum ada diketik - dan dijelaskan di Keterangan. Lihat lembar Petunjuk.",
        style="how",
    )
    states = [a1(row.row, COLUMNS[Role.STATE].index) for row in layout.rows]
    area, total = f"{states[0]}:{states[-1]}", len(states)
    filled = f'COUNTIF({area},"{FILLED}")'
    sheet.formula(
        (PROGRESS_ROW, 1),
        f'"Terisi "&{filled}&" dari {total} isian."',
        value=f"Terisi {_filled(layout, filling)} dari {total} isian.",
        style="progress",
    )
    for column in COLUMNS.values():
        style = "header_input" if column.role is Role.INPUT else "header"
        sheet.text((HEADER_ROW, column.index), column.header, style=style)


def _filled(layout: FormLayout, filling: Filling) -> int:
    count = 0
    for row in layout.rows:
        typed = filling.inputs.get((row.indicator.id, row.input.key), Typed(""))
        word = required_word(row.indicator)
        count += state_of(row.input, typed.text, value=typed.value, required=word) == FILLED
    return count


def _draw_people(sheet: Sheet, layout: FormLayout, filling: Filling) -> None:
    for field in PEOPLE_FIELDS:
        row, column = layout.people_cell(field)
        sheet.text((row, column - 1), PEOPLE_LABELS[field], style="people_label")
        sheet.merge((row, column, row, column + 1), filling.people.get(field, ""), style="people")
        sheet.height(row, 18)
    for field, heading in zip(("pengisi_nama", "atasan_nama"), PEOPLE_TITLES, strict=True):
        _, column = layout.people_cell(field)
        sheet.text((layout.people_row, column), heading, style="people_title")
        line = layout.signature_row
        sheet.text((line, column - 1), "Tanda tangan", style="people_label")
        sheet.merge((line, column, line, column + 1), "", style="signature")
        sheet.height(line, 48)


def _draw_colours(sheet: Sheet, layout: FormLayout, filling: Filling) -> None:
    """Colour yellow cells by how they stand; the two rules exclude each other."""
    column = COLUMNS[Role.INPUT]
    for row in layout.rows:
        at = (row.row, column.index)
        if at in filling.marks:
            continue
        cell, state = a1(*at), f"${COLUMNS[Role.STATE].letter}{row.row}"
        for sign, look in (("=", FILLED_LOOK), ("<>", WRONG_LOOK)):
            sheet.conditional(
                (*at, *at),
                {
                    "type": "formula",
                    "criteria": f'=AND(NOT(ISBLANK({cell})),{state}{sign}"{FILLED}")',
                    "format": look,
                },
            )


def _set_up(sheet: Sheet, layout: FormLayout) -> None:
    worksheet = sheet.worksheet
    sheet.widths({column.index: column.width for column in COLUMNS.values()})
    key = COLUMNS[Role.KEY].index - 1
    worksheet.set_column(key, key, COLUMNS[Role.KEY].width, None, {"hidden": True})
    sheet.height(HEADER_ROW, 45)
    worksheet.protect("", PROTECTION)
    worksheet.freeze_panes(HEADER_ROW, COLUMNS[Role.INDIKATOR].index)
    worksheet.set_zoom(90)
    first = FIRST_ROW - 1, COLUMNS[Role.INPUT].index - 1
    worksheet.set_selection(*first, *first)
    worksheet.hide_gridlines(2)
    worksheet.set_landscape()
    worksheet.set_paper(A4)
    worksheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    worksheet.fit_to_pages(1, 0)
    worksheet.repeat_rows(HEADER_ROW - 1)
    worksheet.print_area(0, 0, layout.signature_row - 1, LAST_SHOWN - 1)
    content = layout.content
    worksheet.set_footer(
        f"&L&8{content.jenis} {content.unit} · TW{content.period} {content.year}"
        "&R&8Halaman &P dari &N"
    )


def _draw_stamp(book: Book, stamp: Stamp) -> None:
    sheet = book.sheet(STEMPEL)
    sheet.text((1, 1), "Lembar ini dipakai program untuk mengenali formulir. Jangan diubah.")
    sheet.text((2, 1), "Cap")
    sheet.text((int(STAMP_CELL[1:]), 2), stamp.text)
    sheet.worksheet.hide()
    sheet.worksheet.protect("")
    book.define(STAMP_NAME, f'="{stamp.text}"')
    book.workbook.set_custom_property(STAMP_PROPERTY, stamp.text, "text")
