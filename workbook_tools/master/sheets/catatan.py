"""Turn what the units wrote beside their figures into one list, for the narrative of the LKjIP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbook_tools import fit
from workbook_tools.form.content import TEXT_FIELDS
from workbook_tools.master import words
from workbook_tools.master.figures import Quarter, Row
from workbook_tools.master.layout import CATATAN
from workbook_tools.master.report import Report
from workbook_tools.master.sheets.frame import BODY, close_list, open_list, write_link
from workbook_tools.master.trail import counting
from workbook_tools.xlsx import Book, Sheet

_UNIT, _ID, _TRIWULAN = 27.0, 29.0, 16.0
_NAME_LEAST, _NAME_MOST = 32.0, 150.0
_FILLED_BY = ("Diisi oleh", 22.0)
_BLANK = 14.0
_LEAST, _MOST = 32.0, 80.0
"""Widths for the texts of one field: none that stays blank takes much."""

CONTINUED = "lanjutan"
"""Said in the rows that continue a text too long for the highest row of Excel."""

_KNOWN = 4
_Written = tuple[Row, Quarter, Mapping[str, str]]


def write_texts(book: Book, report: Report) -> None:
    """List every indicator and triwulan of which something was written, and who filled in."""
    written = [
        (row, quarter, dict(quarter.texts))
        for row in report.consolidated.rows
        for quarter in row.quarters
        if quarter is not None and quarter.texts
    ]
    names = (row.indicator.indikator for row, _, _ in written)
    columns = (
        ("Unit", _UNIT),
        ("Indikator", _ID),
        ("Indikator kinerja", fit.column(names, least=_NAME_LEAST, most=_NAME_MOST)),
        ("Triwulan", _TRIWULAN),
        *((words.TEXT_FIELDS[field], _width(field, written)) for field in TEXT_FIELDS),
        _FILLED_BY,
    )
    people = {(one.unit, one.period): one.people for one in counting(report.trail)}
    sheet = open_list(book, report, CATATAN, columns, title="Catatan pengisi")
    widths = [width for _, width in columns]
    line = BODY
    for row, quarter, texts in written:
        who = people.get((row.indicator.unit, quarter.period), {}).get("pengisi_nama", "")
        said = (*(texts.get(field, "") for field in TEXT_FIELDS), who)
        for number, parts in enumerate(fit.parted(said, widths[_KNOWN:])):
            cells = (*_known(row, quarter, number), *parts)
            _write_line(sheet, line, cells, report)
            sheet.height(line, fit.height(zip(cells, widths, strict=True)))
            line += 1
    close_list(sheet, columns, line - BODY)
    sheet.worksheet.freeze_panes(BODY - 1, 2)


def _known(row: Row, quarter: Quarter, number: int) -> tuple[str, ...]:
    """Say whose text it is; a row that continues says so."""
    when = words.triwulan(quarter.period)
    if number:
        when = f"{when} ({CONTINUED})"
    return row.indicator.unit, row.indicator.id, row.indicator.indikator, when


def _write_line(sheet: Sheet, line: int, cells: Sequence[str], report: Report) -> None:
    for column, text in enumerate(cells, start=1):
        if column <= 2:  # noqa: PLR2004 - unit and indicator
            write_link(sheet, (line, column), text, report)
        else:
            sheet.text((line, column), text, style="centre" if column == _KNOWN else "cell")


def _width(field: str, written: Sequence[_Written]) -> float:
    """Give the least width at which the longest text of a field fits into a row."""
    texts = [texts[field] for _, _, texts in written if texts.get(field)]
    return fit.column(texts, least=_LEAST, most=_MOST) if texts else _BLANK
