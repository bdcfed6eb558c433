"""Turn the year into the report Pengukuran Kinerja: IKU first, then every position by bidang."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from workbook_tools import fit
from workbook_tools.indicators import expressions, tallies
from workbook_tools.indicators.achievement import NO_PREDIKAT
from workbook_tools.indicators.achievement import average as mean_of
from workbook_tools.master import paging, words
from workbook_tools.master.entries import PART, Entry, Section, entries, section
from workbook_tools.master.layout import PENGUKURAN, RINGKASAN, Field, first_cell
from workbook_tools.master.places import Place, places
from workbook_tools.master.report import Report, figure_width, has_decimals
from workbook_tools.master.sheets.grading import (
    GRADE_WIDTH,
    colour_grades,
    grade,
    grade_formula,
    grade_of_mean,
    grade_of_mean_formula,
)
from workbook_tools.master.sheets.signature import write_signatures
from workbook_tools.master.styles import print_on_folio
from workbook_tools.xlsx import Book, Sheet, absolute_name, cell_name

NUMBER, SASARAN, INDIKATOR, SATUAN, TARGET, REALISASI, CAPAIAN, PREDIKAT = range(1, 9)
STATUS, ORIGIN = 9, 10
HEADS = (
    "No",
    "Sasaran Strategis",
    "Indikator Kinerja",
    "Satuan",
    "Target",
    "Realisasi",
    "Capaian (%)",
    "Predikat",
)
"""The columns of the form (domain.md section 8)."""

SCREEN_HEADS = ("Status", "Asal angka")
"""What stands to the right of it, on the screen and not on paper."""

HEAD_ROW = 6
_STYLES = ("top", "scope", "unit")  # by the level of the heading
_WIDEST = 130.0
_WIDTHS = {
    NUMBER: 5.0,
    PREDIKAT: GRADE_WIDTH,
    STATUS: 28.0,
    ORIGIN: 30.0,
}


def write_measurement(book: Book, report: Report) -> None:
    """Write the report; each figure is a formula on the cell of its position's sheet."""
    sheet = book.sheet(PENGUKURAN)
    widths = _WIDTHS | _fitted(report)
    sheet.widths(widths)
    _write_title(sheet, report, widths)
    lines, spots = entries(report), places(report)
    for row, entry in enumerate(lines, start=HEAD_ROW + 1):
        if entry.measured is None:
            below = section(lines, row - HEAD_ROW - 1)
            _write_heading(sheet, report, row, entry=entry, below=below, widths=widths)
        else:
            spot = spots[entry.measured.indicator.id]
            _write_row(sheet, report, row, entry=entry, spot=spot, widths=widths)
    heads = {row for row, one in enumerate(lines, start=HEAD_ROW + 1) if one.measured is None}
    _finish(sheet, report, widths, last=HEAD_ROW + max(len(lines), 1), heads=heads)


def _fitted(report: Report) -> dict[int, float]:
    """Choose widths at which no unit and no figure is cut."""
    rows = report.consolidated.rows
    units = fit.width((row.indicator.satuan for row in rows), least=12, most=18)

    names = [row.indicator for row in rows]
    return {
        SASARAN: fit.column((one.sasaran for one in names), least=46, most=_WIDEST),
        INDIKATOR: fit.column((one.indikator for one in names), least=46, most=_WIDEST),
        SATUAN: units,
        TARGET: figure_width((row.target_value for row in rows), least=14),
        REALISASI: figure_width((row.realisasi_sd for row in rows), least=14),
        CAPAIAN: figure_width((row.achievement.shown for row in rows), least=10.6),
    }


def _write_title(sheet: Sheet, report: Report, widths: Mapping[int, float]) -> None:
    agency = report.registry.agency
    sheet.text((1, 1), f"PENGUKURAN KINERJA TAHUN {report.year}", style="title")
    sheet.height(1, 26)
    sheet.text((2, 1), f"{agency.name} · {agency.region}", style="subtitle")
    sheet.text((3, 1), report.as_of, style="subtitle")
    sheet.link((4, 1), first_cell(RINGKASAN), text="← Ringkasan", style="link")
    if report.notice:
        sheet.merge((4, INDIKATOR, 4, PREDIKAT), report.notice, style="notice")
        room = fit.heading_width(widths, INDIKATOR, PREDIKAT)
        sheet.height(4, fit.height([(report.notice, room)], size=11) + 6)
    sheet.height(5, 6)
    for column, head in enumerate((*HEADS, *SCREEN_HEADS), start=1):
        sheet.text((HEAD_ROW, column), head, style="head")
    sheet.height(HEAD_ROW, 30)


def _write_heading(
    sheet: Sheet,
    report: Report,
    row: int,
    *,
    entry: Entry,
    below: Section,
    widths: Mapping[int, float],
) -> None:
    look, rules = _STYLES[entry.level], report.registry.rules
    text = " — ".join(part for part in (entry.text, entry.remark) if part)
    sheet.merge((row, NUMBER, row, SATUAN), text, style=f"{look}_name")
    room = fit.heading_width(widths, NUMBER, SATUAN)
    size = 11 if entry.level == PART else 10
    sheet.height(row, max(19.0, fit.height([(text, room * 0.92)], size=size)))
    sheet.merge((row, TARGET, row, REALISASI), "", style=f"{look}_note")
    sheet.blank((row, CAPAIAN), style=f"{look}_percent")
    sheet.blank((row, PREDIKAT), style=f"{look}_grade")
    if entry.plan is not None:
        _link(sheet, (row, ORIGIN), first_cell(entry.plan.sheet), text=entry.plan.sheet)
    if not below.rows:
        sheet.text((row, TARGET), "0 dinilai dari 0", style=f"{look}_note")
        return
    mean = mean_of([one.achievement.shown for one in below.rows], rules.cap_average)
    statuses, capaian = (_range(row, below, column) for column in (STATUS, CAPAIAN))
    sheet.formula(
        (row, TARGET),
        f'"Rata-rata, "&{tallies.assessed_of(statuses)}',
        value=f"Rata-rata, {mean.text}",
        style=f"{look}_note",
    )
    sheet.formula(
        (row, CAPAIAN),
        tallies.average_of(capaian=capaian, status=statuses, rules=rules),
        value=NO_PREDIKAT if mean.mean is None else mean.mean,
        style=f"{look}_percent",
    )
    sheet.formula(
        (row, PREDIKAT),
        grade_of_mean_formula(cell_name((row, CAPAIAN)), rules),
        value=grade_of_mean(mean.mean, rules),
        style=f"{look}_grade",
    )


def _range(row: int, below: Section, column: int) -> str:
    first, last = (row + 1, column), (row + below.lines, column)
    return f"{absolute_name(first)}:{absolute_name(last)}"


def _write_row(
    sheet: Sheet,
    report: Report,
    row: int,
    *,
    entry: Entry,
    spot: Place,
    widths: Mapping[int, float],
) -> None:
    measured, rules = spot.measured, report.registry.rules
    indicator, compared = measured.indicator, measured.achievement
    sheet.number((row, NUMBER), entry.number, style="centre")
    texts = {
        SASARAN: indicator.sasaran,
        INDIKATOR: indicator.indikator,
        SATUAN: indicator.satuan,
    }
    for column, text in texts.items():
        sheet.text((row, column), text, style="centre" if column == SATUAN else "cell")
    wanted = has_decimals(indicator, (measured.target_value, measured.realisasi_sd))
    figures = (
        (TARGET, Field.TARGET, measured.target_value, "decimal" if wanted else "whole"),
        (REALISASI, Field.TO_DATE, measured.realisasi_sd, "decimal" if wanted else "whole"),
        (CAPAIAN, Field.CAPAIAN, compared.shown, "percent"),
    )
    for column, field, value, style in figures:
        sheet.formula(
            (row, column),
            expressions.repeated(spot.cell(field)),
            value="" if value is None else value,
            style=style,
        )
    sheet.formula(
        (row, PREDIKAT),
        grade_formula(
            capaian=cell_name((row, CAPAIAN)), status=cell_name((row, STATUS)), rules=rules
        ),
        value=grade(compared, rules),
        style="grade",
    )
    sheet.formula(
        (row, STATUS), spot.cell(Field.STATUS), value=compared.status, style="small_centre"
    )
    _link(sheet, (row, ORIGIN), spot.link, text=indicator.id)
    said = [(text, widths[column]) for column, text in texts.items()]
    said.append((grade(compared, rules), widths[PREDIKAT] * 0.92))
    sheet.height(row, fit.height([*said, (indicator.id, widths[ORIGIN])]))


def _link(sheet: Sheet, at: tuple[int, int], target: str, *, text: str) -> None:
    sheet.link(at, target, text=text, style="grid_link")


def _finish(
    sheet: Sheet, report: Report, widths: Mapping[int, float], *, last: int, heads: Iterable[int]
) -> None:
    """Write foot and signatures, colour the grades, and set the sheet up."""
    rules, page = report.registry.rules, sheet.worksheet
    colour_grades(
        sheet,
        (HEAD_ROW + 1, CAPAIAN, last, PREDIKAT),
        grade=f"$H{HEAD_ROW + 1}",
        rules=rules,
    )
    page.autofilter(HEAD_ROW - 1, 0, last - 1, ORIGIN - 1)
    sheet.height(last + 1, 8)
    row = last + 2
    room = fit.heading_width(widths, NUMBER, PREDIKAT)
    for text in (
        f"Predikat menurut Permendagri 86/2017: {words.legend(rules)}.",
        "Rata-rata hanya memuat indikator berstatus OK. Capaian IKI bukan penilaian SKP.",
    ):
        sheet.merge((row, NUMBER, row, PREDIKAT), text, style="muted")
        sheet.height(row, fit.height([(text, room)], size=9))
        row += 1
    row += 1
    write_signatures(
        sheet, report, left=(row, NUMBER, row, SASARAN), right=(row, TARGET, row, PREDIKAT)
    )
    kept = {*heads, *range(last - 1, row)}
    flow = paging.Flow(last=row, repeat=(HEAD_ROW, HEAD_ROW), kept=kept)
    printed = [widths[column] for column in range(NUMBER, PREDIKAT + 1)]
    paging.set_breaks(sheet, flow, widths=printed)
    page.freeze_panes(HEAD_ROW, 0)
    page.print_area(0, 0, row - 1, PREDIKAT - 1)
    print_on_folio(sheet, footer=report.footer, repeat=(HEAD_ROW, HEAD_ROW))
