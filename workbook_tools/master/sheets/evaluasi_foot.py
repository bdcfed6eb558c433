"""Turn averages and the units' texts into the foot of Formulir E.81."""

from __future__ import annotations

from collections.abc import Mapping

from workbook_tools import fit
from workbook_tools.indicators import tallies
from workbook_tools.indicators.achievement import NO_PREDIKAT
from workbook_tools.indicators.achievement import average as mean_of
from workbook_tools.master import words
from workbook_tools.master.passages import newest_period, passages
from workbook_tools.master.report import Report
from workbook_tools.master.sheets.grading import (
    colour_grades,
    grade_of_mean,
    grade_of_mean_formula,
)
from workbook_tools.master.sheets.signature import write_signatures
from workbook_tools.xlsx import Sheet, absolute_name, cell_name

_FIRST, _NAME_LAST, _TEXT_FIRST, _LAST = 1, 3, 4, 15
_RATE, _STATUS = 14, 17
_FIELDS = (
    ("Faktor pendorong", "pendorong"),
    ("Faktor penghambat", "penghambat"),
    ("Tindak lanjut yang diperlukan dalam triwulan berikutnya", "tindak_lanjut"),
)
FOR_THE_WRITER = "Tindak lanjut yang diperlukan dalam Renja berikutnya"
_WRITERS_LINES = 4
_NOTES = (
    "Kolom 13 = 6+12 hanya untuk indikator yang dijumlah antartahun; pada indikator lain kolom 13 "
    "sama dengan kolom 12, karena persentase dan posisi akhir tidak dijumlah. Kolom 5 pada "
    "indikator yang dijumlah adalah jumlah target seluruh tahun Renstra.",
    "Kolom 14 = 13/5×100; pada indikator minimize, stabilize, dan range dipakai rumus capaian "
    "menurut polaritasnya. Kolom 3 diisi penulis. Kolom anggaran (Rp) formulir resmi tidak dimuat "
    "karena anggaran di luar alat ini.",
)


def write_foot(
    sheet: Sheet, report: Report, widths: Mapping[int, float], *, first: int, last: int
) -> tuple[int, frozenset[int]]:
    """Write the foot below the table's last row.

    Gives its last row and the rows that must not be the last of a page.
    """
    row = _write_mean(sheet, report, first=first, last=last)
    kept = {last, last + 1, last + 2}
    name_room = fit.heading_width(widths, _FIRST, _NAME_LAST)
    text_room = fit.heading_width(widths, _TEXT_FIRST, _LAST)
    period = newest_period(report.consolidated)
    for title, field in _FIELDS:
        when = f" — {words.triwulan(period)}" if period else ""
        _write_title(sheet, row, f"{title}{when}")
        kept.add(row)
        row += 1
        found = passages(report.consolidated, report.registry, field=field)
        if not found:
            sheet.merge((row, _FIRST, row, _LAST), "Tidak ada uraian dari unit.", style="grey_cell")
            sheet.height(row, 17)
            row += 1
        for passage in found:
            for number, piece in enumerate(fit.pieces(passage.text, text_room)):
                name = passage.attribution + (" (lanjutan)" if number else "")
                sheet.merge((row, _FIRST, row, _NAME_LAST), name, style="cell")
                sheet.merge((row, _TEXT_FIRST, row, _LAST), piece, style="cell")
                sheet.height(row, fit.height([(name, name_room), (piece, text_room)]))
                row += 1
    # One row, so that no page break parts the words from the room they ask for.
    label = f"{FOR_THE_WRITER} (diisi penulis)"
    sheet.merge((row, _FIRST, row, _NAME_LAST), label, style="scope_name")
    sheet.merge((row, _TEXT_FIRST, row, _LAST), "", style="cell")
    sheet.height(row, 15.0 * _WRITERS_LINES)
    kept |= set(range(row - 1, row + len(_NOTES) + 3))
    sheet.height(row + 1, 8)
    row += 2
    for note in _NOTES:
        sheet.merge((row, _FIRST, row, _LAST), note, style="muted")
        sheet.height(row, fit.height([(note, name_room + text_room)], size=9))
        row += 1
    write_signatures(sheet, report, left=(row + 1, 1, row + 1, 3), right=(row + 1, 11, row + 1, 15))
    return row + 1, frozenset(kept)


def _write_mean(sheet: Sheet, report: Report, *, first: int, last: int) -> int:
    """Write the mean of column 14 and its predikat; give the next free row."""
    rules, rows = report.registry.rules, report.consolidated.rows
    row = last + 1
    shown = [one.renstra.shown if one.renstra else None for one in rows]
    mean = mean_of(shown, rules.cap_average)
    statuses, rates = (
        f"{absolute_name((first, column))}:{absolute_name((last, column))}"
        for column in (_STATUS, _RATE)
    )
    for offset, label in enumerate(("Rata-rata capaian (%)", "Predikat")):
        sheet.merge((row + offset, _FIRST, row + offset, 11), label, style="top_name")
        sheet.merge((row + offset, 12, row + offset, 13), "", style="top_note")
        sheet.merge((row + offset, 14, row + offset, 15), "", style="top_grade")
        sheet.height(row + offset, 20)
    sheet.formula(
        (row, 12),
        tallies.assessed_of(statuses),
        value=mean.text,
        style="top_note",
    )
    sheet.formula(
        (row, 14),
        tallies.average_of(capaian=rates, status=statuses, rules=rules),
        value=NO_PREDIKAT if mean.mean is None else mean.mean,
        style="top_percent",
    )
    sheet.formula(
        (row + 1, 14),
        grade_of_mean_formula(cell_name((row, 14)), rules),
        value=grade_of_mean(mean.mean, rules),
        style="top_grade",
    )
    colour_grades(sheet, (row, 14, row + 1, 15), grade=f"$N${row + 1}", rules=rules)
    return row + 2


def _write_title(sheet: Sheet, row: int, text: str) -> None:
    sheet.merge((row, _FIRST, row, _LAST), text, style="scope_name")
    sheet.height(row, 19)
