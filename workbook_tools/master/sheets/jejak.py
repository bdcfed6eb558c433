"""Turn the accepted returns into their trail: what came when, from whom, and what it changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from workbook_tools import fit
from workbook_tools.master import words
from workbook_tools.master.layout import JEJAK
from workbook_tools.master.report import Report
from workbook_tools.master.sheets.frame import BODY, close_list, open_list, write_link
from workbook_tools.master.trail import Received, Warned, replacements
from workbook_tools.problems.catalogue import CATALOGUE
from workbook_tools.xlsx import Book, Sheet

COUNTS = "✔ Berlaku"
_NUMBER, _WHEN, _UNIT = 1, 2, 3
_COLUMNS = (
    ("No", 7.0),
    ("Diterima", 17.0),
    ("Unit", 25.0),
    ("Triwulan", 10.0),
    ("Terbitan", 10.0),
    ("Revisi", 8.0),
    ("Keadaan", 18.0),
    ("Diisi dan diperiksa oleh", 25.0),
    ("Yang berubah dari kiriman sebelumnya", 38.0),
    ("Peringatan", 34.0),
    ("Berkas", 34.0),
    ("SHA-256", 25.0),
)
_STATE = 7


def write_trail(book: Book, report: Report) -> None:
    """List every accepted return of the year in the order of arrival."""
    sheet = open_list(book, report, JEJAK, _COLUMNS, title="Jejak kiriman yang diterima")
    replaced = replacements(report.trail)
    trail = sorted(report.trail, key=lambda one: one.number)
    line = BODY
    for one in trail:
        line = _write_return(sheet, line, one, replaced[one.number], report=report)
    last = close_list(sheet, _COLUMNS, line - BODY)
    for criteria, style in (("=", "good"), ("<>", "grey")):
        sheet.conditional(
            (BODY, _STATE, last, _STATE),
            {
                "type": "formula",
                "criteria": f'=AND($G{BODY}<>"",$G{BODY}{criteria}"{COUNTS}")',
                "format": style,
            },
        )
    sheet.worksheet.freeze_panes(BODY - 1, _UNIT)


def _write_return(
    sheet: Sheet, line: int, one: Received, later: Received | None, *, report: Report
) -> int:
    """Write one return, over more rows where its texts need them; give the next free row."""
    texts = (
        _state(later),
        _people(one),
        one.changes,
        _warnings(one.warnings),
        one.file,
        one.sha256,
    )
    widths = [width for _, width in _COLUMNS[_STATE - 1 :]]
    for parts in fit.parted(texts, widths):
        sheet.number((line, _NUMBER), one.number, style="count")
        received = words.local(one.received_at, report.registry.rules)
        sheet.date((line, _WHEN), received, style="when")
        write_link(sheet, (line, _UNIT), one.unit, report)
        sheet.text((line, 4), words.triwulan(one.period), style="centre")
        sheet.number((line, 5), one.issue, style="count")
        sheet.number((line, 6), one.revision, style="count")
        for column, text in enumerate(parts, start=_STATE):
            sheet.text((line, column), text, style="cell")
        cells = [*zip(parts, widths, strict=True), (one.unit, _COLUMNS[_UNIT - 1][1])]
        sheet.height(line, fit.height(cells))
        line += 1
    return line


def _people(one: Received) -> str:
    """Name who filled in and who checked, one line each."""
    names = (one.people.get(field, "") for field in ("pengisi_nama", "atasan_nama"))
    return "\n".join(name for name in names if name)


def _state(later: Received | None) -> str:
    if later is None:
        return COUNTS
    return f"↻ Digantikan revisi {later.revision} (no. {later.number})"


def _warnings(warnings: Sequence[Warned]) -> str:
    """Name each warning once, with the cells it is about; "" where there was none."""
    cells: defaultdict[str, list[str]] = defaultdict(list)
    for warned in warnings:
        cells[warned.code].append(warned.cell)
    said = []
    for code, places in cells.items():
        title = CATALOGUE[code].name if code in CATALOGUE else ""
        known = ", ".join(dict.fromkeys(place for place in places if place))
        said.append(f"{code} {title}".strip() + (f" ({known})" if known else ""))
    return "\n".join(said)
