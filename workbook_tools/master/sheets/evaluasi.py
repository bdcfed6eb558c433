"""Turn the year into Formulir E.81, Evaluasi Renja: its 15 columns by live formulas."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from workbook_tools import fit
from workbook_tools.indicators import evaluation, expressions, formulas
from workbook_tools.indicators.achievement import TIDAK_DINILAI, Achievement
from workbook_tools.indicators.measure import accumulates
from workbook_tools.master import paging
from workbook_tools.master.figures import Row
from workbook_tools.master.layout import EVALUASI, RINGKASAN, TRIWULAN_FIELDS, Field, first_cell
from workbook_tools.master.places import Place, places
from workbook_tools.master.report import Report, figure_width, has_decimals
from workbook_tools.master.sheets.evaluasi_foot import write_foot
from workbook_tools.master.sheets.grading import colour_grades, grade, grade_formula
from workbook_tools.master.styles import print_on_folio
from workbook_tools.registry.model import Polarity, Position
from workbook_tools.xlsx import Book, Sheet, cell_name

NUMBER, SASARAN, PROGRAM, INDIKATOR, END_TARGET, BEFORE, TARGET = range(1, 8)
TW1, NOW, REACHED, RATE, RESPONSIBLE = 8, 12, 13, 14, 15
GRADE, STATUS, ORIGIN, LOW = 16, 17, 18, 19
HEAD_ROW = 6
NUMBERS_ROW = HEAD_ROW + 1
FIRST_ROW = NUMBERS_ROW + 1
_WIDEST = 130.0
_WIDTHS = {
    NUMBER: 5.0,
    PROGRAM: 18.0,
    RESPONSIBLE: 28.0,
    GRADE: 21.0,
    STATUS: 28.0,
    ORIGIN: 30.0,
    LOW: 12.0,
}
_FIGURES = (END_TARGET, BEFORE, TARGET, *range(TW1, TW1 + 4), NOW, REACHED)


def heads(report: Report) -> tuple[str, ...]:
    """Give the heads of the 15 columns (domain.md section 8)."""
    year, end = report.year, report.table.years[-1]
    return (
        "No",
        "Sasaran",
        "Program/ Kegiatan",
        "Indikator Kinerja",
        f"Target akhir Renstra ({end})",
        f"Realisasi s.d. tahun lalu ({year - 1})",
        f"Target tahun berjalan ({year})",
        *(f"Realisasi TW {roman}" for roman in ("I", "II", "III", "IV")),
        f"Realisasi tahun {year}",
        f"Realisasi s.d. tahun {year} (6+12)",
        "Tingkat capaian Renstra (%) (13/5×100)",
        "Penanggung jawab",
    )


def write_evaluation(book: Book, report: Report) -> None:
    """Write the form; columns 16 on say on the screen what column 14 stands on."""
    sheet = book.sheet(EVALUASI)
    rows = report.consolidated.rows
    widths = _WIDTHS | dict.fromkeys(_FIGURES, _figure_width(report))
    rates = (end_status(one).shown for one in rows)
    widths |= {
        RATE: figure_width(rates, least=10.6),
        SASARAN: fit.column((one.indicator.sasaran for one in rows), least=30, most=_WIDEST),
        INDIKATOR: fit.column((_with_unit(one) for one in rows), least=30, most=_WIDEST),
    }
    sheet.widths(widths)
    _write_title(sheet, report, widths)
    spots = places(report)
    row = FIRST_ROW
    for number, spot in enumerate(spots.values(), start=1):
        _write_row(sheet, report, row, number=number, spot=spot, widths=widths)
        row += 1
    last = max(row - 1, FIRST_ROW)
    colour_grades(
        sheet,
        (FIRST_ROW, GRADE, last, GRADE),
        grade=f"$P{FIRST_ROW}",
        rules=report.registry.rules,
    )
    sheet.worksheet.autofilter(NUMBERS_ROW - 1, 0, last - 1, ORIGIN - 1)
    end, kept = write_foot(sheet, report, widths, first=FIRST_ROW, last=last)
    _set_up(sheet, report, last=end)
    flow = paging.Flow(last=end, repeat=(HEAD_ROW, NUMBERS_ROW), kept=kept)
    printed = [widths[column] for column in range(NUMBER, RESPONSIBLE + 1)]
    paging.set_breaks(sheet, flow, widths=printed)


def end_status(measured: Row) -> Achievement:
    """Give the comparison with the Renstra's end; outside the Renstra nothing is judged."""
    return measured.renstra or Achievement(None, None, TIDAK_DINILAI)


def _figure_width(report: Report) -> float:
    known = [
        value
        for row in report.consolidated.rows
        for value in (
            evaluation.end_target(row.indicator),
            row.realisasi_sd,
            row.target_value,
            *row.tw,
            *(actual for _, actual in row.actuals),
        )
    ]
    return figure_width(known, least=11)


def _write_title(sheet: Sheet, report: Report, widths: Mapping[int, float]) -> None:
    agency = report.registry.agency
    first, last = report.table.years[0], report.table.years[-1]
    sheet.text((1, 1), f"EVALUASI HASIL RENJA TAHUN {report.year} (FORMULIR E.81)", style="title")
    sheet.height(1, 26)
    sheet.text(
        (2, 1), f"{agency.name} · {agency.region} · Renstra {first}-{last}", style="subtitle"
    )
    sheet.text((3, 1), report.as_of, style="subtitle")
    sheet.link((4, 1), first_cell(RINGKASAN), text="← Ringkasan", style="link")
    if report.notice:
        sheet.merge((4, INDIKATOR, 4, RESPONSIBLE), report.notice, style="notice")
        room = fit.heading_width(widths, INDIKATOR, RESPONSIBLE)
        sheet.height(4, fit.height([(report.notice, room)], size=11) + 6)
    sheet.height(5, 6)
    said = heads(report)
    screen = ("Predikat", "Status", "Asal angka", "Batas bawah target")
    for column, head in enumerate((*said, *screen), start=1):
        sheet.text((HEAD_ROW, column), head, style="head")
    sheet.height(
        HEAD_ROW,
        fit.height([(head, widths[column] * 0.88) for column, head in enumerate(said, start=1)]),
    )
    for column in range(NUMBER, RESPONSIBLE + 1):
        sheet.number((NUMBERS_ROW, column), column, style="number_row")
    for column in (GRADE, STATUS, ORIGIN):
        sheet.blank((NUMBERS_ROW, column), style="number_row")
    sheet.height(NUMBERS_ROW, 16)


def _write_row(
    sheet: Sheet,
    report: Report,
    row: int,
    *,
    number: int,
    spot: Place,
    widths: Mapping[int, float],
) -> None:
    indicator = spot.measured.indicator
    owner = _responsible(report, spot.measured)
    name = owner.label if owner else indicator.unit
    sheet.number((row, NUMBER), number, style="centre")
    texts = {SASARAN: indicator.sasaran, PROGRAM: "", INDIKATOR: _with_unit(spot.measured)}
    for column, text in texts.items():
        sheet.text((row, column), text, style="cell")
    sheet.text((row, RESPONSIBLE), name, style="cell")
    sheet.link((row, ORIGIN), spot.link, text=indicator.id, style="grid_link")
    _write_figures(sheet, report, row, spot)
    _write_rate(sheet, report, row, spot)
    said = [(text, widths[column]) for column, text in texts.items()]
    sheet.height(row, fit.height([*said, (name, widths[RESPONSIBLE])], minimum=2))


def _with_unit(measured: Row) -> str:
    """Name the unit of measure behind the indicator: the form has no column for it."""
    indicator = measured.indicator
    return (
        f"{indicator.indikator} ({indicator.satuan})" if indicator.satuan else indicator.indikator
    )


def _responsible(report: Report, measured: Row) -> Position | None:
    """Give the position that answers: for an IKU the one whose IKI repeats it."""
    registry = report.registry
    own = registry.position(measured.indicator.unit)
    if own is None or own.jenis != "IKU":
        return own
    repeated = (one for one in registry.indicators if one.mirrors == measured.indicator.id)
    return next((registry.position(one.unit) for one in repeated), own)


def _write_figures(sheet: Sheet, report: Report, row: int, spot: Place) -> None:
    measured, indicator, table = spot.measured, spot.measured.indicator, report.table
    years = table.years
    earlier = [year for year in years if year < report.year]
    end = evaluation.end_target(indicator)
    before = evaluation.reached_before(indicator, dict(measured.actuals), year=report.year)
    now = measured.realisasi_sd
    formula_of: dict[int, tuple[str, Decimal | None]] = {
        END_TARGET: (
            evaluation.end_target_formula(indicator, [spot.target(year) for year in years]),
            end,
        ),
        BEFORE: (
            evaluation.reached_before_formula(
                indicator,
                [spot.actual(year) for year in earlier],
                last=spot.actual(report.year - 1),
            ),
            before,
        ),
        TARGET: (expressions.repeated(spot.cell(Field.TARGET)), measured.target_value),
        NOW: (expressions.repeated(spot.cell(Field.TO_DATE)), now),
        REACHED: (
            evaluation.reached_formula(indicator, cell_name((row, BEFORE)), cell_name((row, NOW))),
            evaluation.reached(indicator, before, now),
        ),
    }
    for offset, field in enumerate(TRIWULAN_FIELDS):
        formula_of[TW1 + offset] = expressions.repeated(spot.cell(field)), measured.tw[offset]
    wanted = has_decimals(indicator, [value for _, value in formula_of.values()])
    for column, (expression, value) in sorted(formula_of.items()):
        sheet.formula(
            (row, column),
            expression,
            value="" if value is None else value,
            style="decimal" if wanted else "whole",
        )


def _write_rate(sheet: Sheet, report: Report, row: int, spot: Place) -> None:
    """Write column 14 and what it stands on: its predikat, status and lower bound."""
    indicator, rules = spot.measured.indicator, report.registry.rules
    compared, years = end_status(spot.measured), report.table.years
    actual, status = cell_name((row, REACHED)), cell_name((row, STATUS))
    target: formulas.TargetRef = cell_name((row, END_TARGET))
    if indicator.polarity is Polarity.RANGE:
        target = cell_name((row, LOW)), cell_name((row, END_TARGET))
        lows = [spot.low(year) for year in years]
        low = evaluation.end_low(indicator)
        sheet.formula(
            (row, LOW),
            evaluation.end_target_formula(indicator, lows),
            value="" if low is None else low,
            style="helper",
        )
    if spot.measured.renstra is None:
        sheet.text((row, STATUS), compared.status, style="small_centre")
    else:
        cells = [spot.target_status(year) for year in years]
        sheet.formula(
            (row, STATUS),
            formulas.status(
                actual=actual,
                target=target,
                target_status=cells if accumulates(indicator) else cells[-1:],
                indicator=indicator,
            ),
            value=compared.status,
            style="small_centre",
        )
    sheet.formula(
        (row, RATE),
        formulas.capaian(
            actual=actual, target=target, status=status, indicator=indicator, rules=rules
        ),
        value="" if compared.shown is None else compared.shown,
        style="percent",
    )
    sheet.formula(
        (row, GRADE),
        grade_formula(capaian=cell_name((row, RATE)), status=status, rules=rules),
        value=grade(compared, rules),
        style="grade",
    )


def _set_up(sheet: Sheet, report: Report, *, last: int) -> None:
    page = sheet.worksheet
    page.set_column(LOW - 1, LOW - 1, _WIDTHS[LOW], None, {"level": 1, "hidden": True})
    page.set_column(LOW, LOW, None, None, {"collapsed": True})
    page.freeze_panes(NUMBERS_ROW, INDIKATOR)
    page.print_area(0, 0, last - 1, RESPONSIBLE - 1)
    print_on_folio(sheet, footer=report.footer, repeat=(HEAD_ROW, NUMBERS_ROW))
