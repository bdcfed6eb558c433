"""Turn a rejected return into a correction workbook: the same form, refilled, with what to mend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbook_tools import fit
from workbook_tools.address import a1
from workbook_tools.form.content import FormContent
from workbook_tools.form.layout import (
    CATATAN,
    COLUMNS,
    ISIAN,
    FormLayout,
    Role,
    make_layout,
    unit_line,
)
from workbook_tools.form.parse import ParsedForm
from workbook_tools.form.rows import Filling, Mark, Typed
from workbook_tools.form.stamp import Stamp
from workbook_tools.form.write import draw_form, open_form_book
from workbook_tools.indicators.numbers import format_number
from workbook_tools.notes.places import is_gone, new_cell, new_places, unplaced_texts
from workbook_tools.notes.styles import STYLES
from workbook_tools.notes.text import is_outdated, is_told, standing_words
from workbook_tools.problems.catalogue import describe, problem, reading_order
from workbook_tools.problems.problem import Problem, Severity
from workbook_tools.registry.model import Rules
from workbook_tools.validation.delivery import Other
from workbook_tools.visible import MOST_LISTED, one_line
from workbook_tools.xlsx import Address, Sheet

MOST_PROBLEMS = 300
LONGEST_NOTE = 900
LONGEST_NOW = 120
LONGEST_CELL = 32_767  # characters, by Excel's own limit
HEADS = ("No", "Sel", "Indikator", "Isi sekarang", "Apa yang salah", "Cara memperbaiki")
_WIDTHS = {1: 5, 2: 12, 3: 34, 4: 22, 5: 46, 6: 58}
_WORDS = {Severity.ERROR: "Harus diperbaiki", Severity.WARNING: "Mohon diperiksa"}


@dataclass(frozen=True, slots=True)
class Rejected:
    """What a correction workbook is made from."""

    content: FormContent
    stamp: Stamp
    form: ParsedForm | None
    problems: tuple[Problem, ...]
    file: str
    number: int
    rules: Rules
    standing: Other | None = None  # the accepted return that stays in force


def write_correction(rejected: Rejected) -> bytes:
    """Write the correction workbook; equal input gives equal bytes."""
    content = rejected.content
    layout = make_layout(content)
    places = new_places(rejected.form, layout)
    book = open_form_book(content)
    for name, properties in STYLES.items():
        book.style(name, **properties)
    first = book.sheet(CATATAN)
    filling = _filling(rejected, layout, places)
    _draw_list(first, rejected, places, filling)
    draw_form(book, content, rejected.stamp, rules=rejected.rules, filling=filling)
    first.worksheet.activate()
    return book.close()


def _fitting(text: str) -> str:
    """Cut a text to what a cell of Excel holds."""
    return text[:LONGEST_CELL]


def _filling(rejected: Rejected, layout: FormLayout, places: dict[str, str]) -> Filling:
    form = rejected.form
    if form is None:
        return Filling()
    return Filling(
        inputs={
            (t.indicator.id, t.input.key): Typed(_fitting(t.typed), t.held)
            for t in form.inputs
            if t.typed
        },
        texts={(t.indicator, t.field): _fitting(t.text) for t in form.texts},
        people={field: _fitting(text) for field, text in form.people},
        marks=_marks(rejected, layout, places),
    )


def _marks(rejected: Rejected, layout: FormLayout, places: dict[str, str]) -> dict[Address, Mark]:
    addresses = {
        a1(row.row, column.index): (row.row, column.index)
        for row in layout.rows
        for column in COLUMNS.values()
        if column.role is Role.INPUT or row.first
    }
    open_cells = set(places.values()) | {
        layout.input_cell(row.indicator.id, row.input.key) for row in layout.rows
    }
    marks: dict[Address, list[Problem]] = {}
    for found in rejected.problems:
        cell = new_cell(found, places)
        if found.severity is Severity.INFO or cell is None:
            continue
        if cell in open_cells and cell in addresses:
            marks.setdefault(addresses[cell], []).append(found)
    return {
        at: Mark(
            "\n\n".join(describe(p).text for p in found)[:LONGEST_NOTE],
            any(p.severity is Severity.ERROR for p in found),
        )
        for at, found in marks.items()
    }


def _draw_list(sheet: Sheet, rejected: Rejected, places: dict[str, str], filling: Filling) -> None:
    content = rejected.content
    shown = _in_order(rejected.problems)
    errors = sum(1 for p in rejected.problems if p.severity is Severity.ERROR)
    standing = "" if rejected.standing is None else f" {standing_words(rejected.standing)}"
    sheet.text((1, 1), "Catatan perbaikan formulir", style="note_title")
    sheet.text((2, 1), unit_line(content), style="note_unit")
    sheet.text(
        (3, 1),
        f"Berkas “{one_line(rejected.file)}” belum dapat diterima: ada {errors} hal yang harus "
        "diperbaiki. "
        f"Nomor catatan {rejected.number}.{standing}",
        style="note_plain",
    )
    sheet.merge((4, 1, 4, 6), _how(rejected, filling), style="note_how")
    sheet.height(4, 32)
    for column, head in enumerate(HEADS, start=1):
        sheet.text((6, column), head, style="note_header")
    row = 7
    for number, found in enumerate(shown, start=1):
        _draw_problem(sheet, row, number=number, found=found, rejected=rejected, places=places)
        row += 1
    row = _draw_unplaced(sheet, row + 1, unplaced_texts(rejected.form, places))
    sheet.widths(_WIDTHS)
    worksheet = sheet.worksheet
    worksheet.freeze_panes(6, 0)
    worksheet.hide_gridlines(2)
    worksheet.set_landscape()
    worksheet.set_paper(9)
    worksheet.fit_to_pages(1, 0)
    worksheet.repeat_rows(5)
    worksheet.print_area(0, 0, row, len(HEADS) - 1)
    worksheet.set_footer("&R&8Halaman &P dari &N")


def _how(rejected: Rejected, filling: Filling) -> str:
    """Say what to do with this workbook; where nothing is red, it only has to be sent."""
    send = f"simpan, tutup, lalu taruh berkas ini di folder inbox/{rejected.content.unit}."
    if is_outdated(rejected.problems):
        return (
            "Isian Anda sudah disalin ke formulir terbitan terbaru di lembar Isian. Bila angka "
            "di sini yang benar, periksa dan perbaiki sel berwarna merah atau jingga (bila ada), "
            f"{send} Bila tidak, tidak ada yang perlu dikirim."
        )
    if any(mark.is_wrong for mark in filling.marks.values()):
        return (
            "Isian Anda sudah disalin ke lembar Isian di berkas ini. Sel merah harus diperbaiki, "
            f"sel jingga mohon diperiksa. Klik alamat sel di bawah, perbaiki, {send} Tidak perlu "
            "mengisi formulir lain."
        )
    return (
        "Isian Anda sudah disalin ke lembar Isian di berkas ini dan yang keliru sudah dibetulkan; "
        f"tidak ada sel yang harus Anda ubah. Periksa lembar Isian, {send}"
    )


def _in_order(problems: Sequence[Problem]) -> list[Problem]:
    order = (Severity.ERROR, Severity.WARNING)
    shown = [
        p
        for severity in order
        for p in sorted(problems, key=reading_order)
        if p.severity is severity and not is_told(p)
    ]
    shown = _by_indicator(shown)
    if len(shown) <= MOST_PROBLEMS:
        return shown
    cut = problem("G02", shown=str(MOST_PROBLEMS), total=str(len(shown)))
    return [*shown[:MOST_PROBLEMS], cut]


def _by_indicator(problems: Sequence[Problem]) -> list[Problem]:
    """Gather what is said twice of one indicator into one line with both cells."""
    gathered: dict[tuple[str | None, str], Problem] = {}
    for found in problems:
        key = (found.place.indicator or found.place.cell, describe(found).text)
        first = gathered.get(key)
        if first is None:
            gathered[key] = found
        elif found.place.cell is not None:
            gathered[key] = replace(first, cells=(*first.cells, found.place.cell))
    return list(gathered.values())


def _draw_problem(
    sheet: Sheet,
    row: int,
    *,
    number: int,
    found: Problem,
    rejected: Rejected,
    places: dict[str, str],
) -> None:
    message = describe(found)
    is_error = found.severity is Severity.ERROR
    style = "note_error" if is_error else "note_warning"
    sheet.text((row, 1), str(number), style="note_number")
    cell = new_cell(found, places)
    if cell and found.place.sheet == ISIAN:
        also = [places.get(other, other) for other in found.cells]
        text = ", ".join(place for place in (cell, *also) if place)
        sheet.link((row, 2), f"'{ISIAN}'!{cell}", text=text, style="note_link")
    else:
        sheet.text((row, 2), one_line(found.place.sheet or "berkas"), style="note_cell")
    indicator = rejected.content.indicator(found.place.indicator or "")
    name = "" if indicator is None else f"{indicator.number} {indicator.indikator}".strip()
    sheet.text((row, 3), name, style="note_cell")
    now = _now(found, rejected.form)
    sheet.text((row, 4), now, style="note_cell")
    word = _WORDS.get(found.severity, "Keterangan")
    what = f"{word}: {message.what} [{found.code}]"
    sheet.text((row, 5), what, style=style)
    sheet.text((row, 6), message.remedy, style="note_cell")
    texts = ((name, 3), (now, 4), (what, 5), (message.remedy, 6))
    sheet.height(row, fit.height((text, _WIDTHS[column]) for text, column in texts) + 4)


def _now(found: Problem, form: ParsedForm | None) -> str:
    """Give what stands in the cell now, as the person typed it."""
    if is_gone(found):
        return "(tidak ada)"
    if form is not None and found.place.cell is not None:
        for typed in form.inputs:
            if typed.cell == found.place.cell:
                shown = typed.typed if typed.held is None else format_number(typed.held)
                return shown[:LONGEST_NOW] or "(kosong)"
        for text in form.texts:
            if text.cell == found.place.cell:
                return text.text[:LONGEST_NOW]
        if any(cell == found.place.cell for _, _, cell in form.cells):
            return "(kosong)"
    return (found.found or "")[:LONGEST_NOW]


def _draw_unplaced(sheet: Sheet, row: int, unplaced: Sequence[tuple[str, str]]) -> int:
    if not unplaced:
        return row
    sheet.text((row, 1), "Tulisan yang tidak dapat ditempatkan kembali", style="note_unit")
    row += 1
    for cell, text in unplaced[:MOST_LISTED]:
        sheet.text((row, 2), cell, style="note_cell")
        sheet.merge((row, 3, row, 6), _fitting(text), style="note_cell")
        row += 1
    more = len(unplaced) - MOST_LISTED
    if more > 0:
        sheet.text((row, 3), f"… dan {more} tulisan lagi.", style="note_cell")
        row += 1
    return row
