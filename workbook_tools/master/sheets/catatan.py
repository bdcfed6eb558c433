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

_KNOWN = (
    ("Unit", 27.0),
    ("Indikator", 29.0),
    ("Indikator kinerja", 32.0),
    ("Triwulan", 10.0),
)
_FILLED_BY = ("Diisi oleh", 22.0)
_WIDTHS = (12.0, 24.0, 32.0, 44.0, 60.0, 80.0)
"""Widths for the texts of one field: none that stays blank takes much, none is cut off."""

_Written = tuple[Row, Quarter, Mapping[str, str]]


def write_texts(book: Book, report: Report) -> None:
    """List every indicator and triwulan of which something was written, and who filled in."""
    written = [
        (row, quarter, dict(quarter.texts))
        for row in report.consolidated.rows
        for quarter in row.quarters
        if quarter is not None and quarter.texts
    ]
    columns = (
        *_KNOWN,
        *((words.TEXT_FIELDS[field], _width(field, written)) for field in TEXT_FIELDS),
        _FILLED_BY,
    )
    people = {(one.unit, one.period): one.people for one in counting(report.trail)}
    sheet = open_list(book, report, CATATAN, columns, title="Catatan pengisi")
    for line, (row, quarter, texts) in enumerate(written, start=BODY):
        who = people.get((row.indicator.unit, quarter.period), {}).get("pengisi_nama", "")
        known = (
            row.indicator.unit,
            row.indicator.id,
            row.indicator.indikator,
            words.triwulan(quarter.period),
        )
        cells = (*known, *(texts.get(field, "") for field in TEXT_FIELDS), who)
        _write_line(sheet, line, cells, report)
        widths = [width for _, width in columns]
        sheet.height(line, fit.height(zip(cells, widths, strict=True)))
    close_list(sheet, columns, len(written))
    sheet.worksheet.freeze_panes(BODY - 1, 2)


def _write_line(sheet: Sheet, line: int, cells: Sequence[str], report: Report) -> None:
    for column, text in enumerate(cells, start=1):
        if column <= 2:  # noqa: PLR2004 - unit and indicator
            write_link(sheet, (line, column), text, report)
        else:
            sheet.text((line, column), text, style="centre" if column == len(_KNOWN) else "cell")


def _width(field: str, written: Sequence[_Written]) -> float:
    """Give the least width at which the longest text of a field fits into a row."""
    texts = [texts[field] for _, _, texts in written if texts.get(field)]
    if not texts:
        return _WIDTHS[0] + 2
    for width in _WIDTHS[2:]:
        if max(fit.height([(text, width)]) for text in texts) < fit.MAXIMUM_HEIGHT:
            return width
    return _WIDTHS[-1]
