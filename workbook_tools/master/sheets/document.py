"""Turn the printed document into a sheet that keeps every line as it stands."""

from __future__ import annotations

from workbook_tools import fit
from workbook_tools.master.layout import DOKUMEN, RINGKASAN, first_cell
from workbook_tools.master.report import Report
from workbook_tools.master.styles import print_on_folio
from workbook_tools.xlsx import Book, Sheet

_HEAD = 3
_NUMBER, _FIRST_PART = 1, 2
_PART_WIDTHS = (9.0, 36.0, 36.0, 36.0, 10.0, 10.0, 10.0, 10.0, 10.0, 20.0)
_VERBATIM = _FIRST_PART + len(_PART_WIDTHS)


def write_document(book: Book, report: Report) -> None:
    """Write each printed line with its number: its parts for the eye, the whole line beside.

    Tabs part the cells of the printed tables and are invisible inside a cell, so the
    parts stand in columns of their own; the line as it stands is in a folded column.
    """
    sheet = book.sheet(DOKUMEN)
    sheet.widths({_NUMBER: 7, **dict(enumerate(_PART_WIDTHS, start=_FIRST_PART))})
    sheet.text((1, 1), f"Dokumen cetak {report.registry.agency.document_year}", style="title")
    sheet.height(1, 26)
    sheet.link((2, 1), first_cell(RINGKASAN), text="← Ringkasan", style="link")
    sheet.text((_HEAD, _NUMBER), "Baris", style="head")
    sheet.merge(
        (_HEAD, _FIRST_PART, _HEAD, _VERBATIM - 1), "Isi dokumen cetak, apa adanya", style="head"
    )
    sheet.text((_HEAD, _VERBATIM), "Baris utuh", style="head")
    for number, line in enumerate(report.registry.document, start=1):
        _write_line(sheet, _HEAD + number, number, line=line)
    page = sheet.worksheet
    page.set_column(_VERBATIM - 1, _VERBATIM - 1, 60, None, {"level": 1, "hidden": True})
    page.set_column(_VERBATIM, _VERBATIM, None, None, {"collapsed": True})
    page.freeze_panes(_HEAD, 1)
    page.print_area(0, 0, _HEAD + len(report.registry.document) - 1, _VERBATIM - 2)
    print_on_folio(sheet, footer=report.footer, repeat=(_HEAD, _HEAD))


def _write_line(sheet: Sheet, row: int, number: int, *, line: str) -> None:
    sheet.number((row, _NUMBER), number, style="line_number")
    parts = line.split("\t")
    is_table = len(parts) > 1
    for column, part in enumerate(parts, start=_FIRST_PART):
        sheet.text((row, column), part, style="cell" if is_table else "plain")
    sheet.text((row, _VERBATIM), line, style="plain")
    if is_table:
        sheet.height(row, fit.height(zip(parts, _PART_WIDTHS, strict=False)))
