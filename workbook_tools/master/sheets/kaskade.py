"""Turn superiors and `sama_dengan` into a tree that folds: IKU, positions, their IKI."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from workbook_tools import fit
from workbook_tools.indicators import expressions, tallies
from workbook_tools.indicators.achievement import NO_PREDIKAT, Average
from workbook_tools.master import paging, words
from workbook_tools.master.layout import KASKADE, RINGKASAN, Field, PositionPlan, first_cell
from workbook_tools.master.places import Place, places
from workbook_tools.master.report import INDENT, Report, figure_width, has_decimals
from workbook_tools.master.sheets.grading import (
    GRADE_WIDTH,
    colour_grades,
    grade,
    grade_formula,
    grade_of_mean,
    grade_of_mean_formula,
)
from workbook_tools.master.styles import DEEPEST, INDENT_STEPS, print_on_folio
from workbook_tools.master.tree_lines import Line, lines_of, number_of
from workbook_tools.xlsx import Book, Sheet, cell_name

NODE, KIND, ABOVE, SATUAN, TARGET, REALISASI, CAPAIAN, PREDIKAT, ASSESSED, REMARK = range(1, 11)
STATUS, ORIGIN = 11, 12
HEADS = (
    "Jabatan dan indikator",
    "Jenis",
    "Di bawah",
    "Satuan",
    "Target",
    "Realisasi",
    "Capaian (%)",
    "Predikat",
    "Dinilai",
    "Keterangan",
    "Status",
    "Lembar",
)
HEAD_ROW = 6
_BOLD = 0.93  # of a column's width that bold letters leave
_WIDEST = 150.0
_DEEPEST_INDENT = INDENT_STEPS * DEEPEST * INDENT
_WIDTHS = {
    KIND: 11.0,
    ABOVE: 32.0,
    PREDIKAT: GRADE_WIDTH,
    ASSESSED: 16.0,
    REMARK: 36.0,
    STATUS: 28.0,
    ORIGIN: 30.0,
}


def write_cascade(book: Book, report: Report) -> None:
    """Write the tree; every figure is a formula on the position's sheet."""
    sheet = book.sheet(KASKADE)
    widths = _WIDTHS | _fitted(report)
    sheet.widths(widths)
    _write_title(sheet, report, widths)
    spots = places(report)
    row = HEAD_ROW
    heads: set[int] = set()
    for line in lines_of(report):
        row += 1
        if line.measured is None:
            heads.add(row)
        _write_line(sheet, report, row, line=line, widths=widths)
        if line.measured is not None:
            _write_indicator(sheet, report, row, spots[line.measured.indicator.id])
        elif line.plan is not None:
            _write_position(sheet, report, row, line.plan, depth=line.depth)
    _finish(sheet, report, widths, last=max(row, HEAD_ROW + 1), heads=heads)


def _fitted(report: Report) -> dict[int, float]:
    rows = report.consolidated.rows

    return {
        NODE: _DEEPEST_INDENT
        + fit.column(
            (f"{number_of(row)} {row.indicator.indikator}" for row in rows),
            least=62 - _DEEPEST_INDENT,
            most=_WIDEST,
        ),
        SATUAN: fit.width((row.indicator.satuan for row in rows), least=12, most=18),
        TARGET: figure_width((row.target_value for row in rows), least=11),
        REALISASI: figure_width((row.realisasi_sd for row in rows), least=11),
        CAPAIAN: figure_width((row.achievement.shown for row in rows), least=10.6),
    }


def _write_title(sheet: Sheet, report: Report, widths: Mapping[int, float]) -> None:
    agency = report.registry.agency
    sheet.text((1, 1), f"KASKADE KINERJA TAHUN {report.year}", style="title")
    sheet.height(1, 26)
    sheet.text((2, 1), f"{agency.name} · {agency.region} · {report.as_of}", style="subtitle")
    said = (
        "IKI berada di bawah jabatannya, jabatan di bawah atasannya menurut registri; IKI yang "
        "mengulang IKU (sama_dengan) berada di bawah IKU itu. Gunakan tombol 1, 2, 3 di tepi kiri "
        "untuk melipat dan membuka."
    )
    sheet.merge((3, NODE, 3, REMARK), said, style="muted")
    sheet.height(3, fit.height([(said, fit.heading_width(widths, NODE, REMARK))], size=9))
    sheet.link((4, 1), first_cell(RINGKASAN), text="← Ringkasan", style="link")
    if report.notice:
        sheet.merge((4, ABOVE, 4, REMARK), report.notice, style="notice")
        room = fit.heading_width(widths, ABOVE, REMARK)
        sheet.height(4, fit.height([(report.notice, room)], size=11) + 6)
    sheet.height(5, 6)
    for column, head in enumerate(HEADS, start=1):
        sheet.text((HEAD_ROW, column), head, style="head")
    sheet.height(HEAD_ROW, 24)


def _write_line(
    sheet: Sheet, report: Report, row: int, *, line: Line, widths: Mapping[int, float]
) -> None:
    """Write the words of one row, indented by its depth, and let it fold."""
    depth = min(line.depth, DEEPEST)
    is_position = line.measured is None
    look = f"branch_{depth}" if is_position else f"node_{depth}"
    cell, small, centre = (
        (f"{look}_cell", f"{look}_small", f"{look}_centre")
        if is_position
        else ("cell", "small", "centre")
    )
    sheet.text((row, NODE), line.text, style=look)
    sheet.text((row, KIND), line.kind, style=centre)
    sheet.text((row, ABOVE), line.above, style=cell)
    sheet.text((row, REMARK), line.remark, style=small)
    room = (widths[NODE] - INDENT_STEPS * depth * INDENT) * (_BOLD if is_position else 1)
    said = [
        (line.text, room),
        (line.above, widths[ABOVE]),
    ]
    if line.measured is not None:
        said.append((line.measured.indicator.satuan, widths[SATUAN]))
        graded = grade(line.measured.achievement, report.registry.rules)
        said.append((graded, widths[PREDIKAT] * _BOLD))
    small_points = fit.height([(line.remark, widths[REMARK])], size=9)
    sheet.height(row, max(fit.height(said), small_points), level=depth)


def _write_indicator(sheet: Sheet, report: Report, row: int, spot: Place) -> None:
    measured, rules = spot.measured, report.registry.rules
    indicator, compared = measured.indicator, measured.achievement
    wanted = has_decimals(indicator, (measured.target_value, measured.realisasi_sd))
    sheet.text((row, SATUAN), indicator.satuan, style="centre")
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
    status = cell_name((row, STATUS))
    sheet.formula(
        (row, PREDIKAT),
        grade_formula(capaian=cell_name((row, CAPAIAN)), status=status, rules=rules),
        value=grade(compared, rules),
        style="grade",
    )
    sheet.blank((row, ASSESSED), style="centre")
    sheet.formula(
        (row, STATUS), spot.cell(Field.STATUS), value=compared.status, style="small_centre"
    )
    sheet.link((row, ORIGIN), spot.link, text=indicator.id, style="grid_link")


def _write_position(
    sheet: Sheet, report: Report, row: int, plan: PositionPlan, *, depth: int
) -> None:
    """Write the mean of one position's indicators, on its sheet's own columns."""
    rules, table = report.registry.rules, report.table
    look = f"branch_{min(depth, DEEPEST)}"
    for column in (SATUAN, TARGET, REALISASI, STATUS):
        sheet.blank((row, column), style=f"{look}_cell")
    sheet.link((row, ORIGIN), first_cell(plan.sheet), text=plan.sheet, style="grid_link")
    if not plan.count:
        sheet.text((row, CAPAIAN), NO_PREDIKAT, style=f"{look}_percent")
        sheet.text((row, PREDIKAT), NO_PREDIKAT, style=f"{look}_cell")
        sheet.text((row, ASSESSED), "tanpa indikator", style=f"{look}_centre")
        return
    known = report.consolidated.average(plan.position.id) or Average(None, 0, plan.count)
    statuses = plan.range_of(table.column(Field.STATUS))
    sheet.formula(
        (row, CAPAIAN),
        tallies.average_of(
            capaian=plan.range_of(table.column(Field.CAPAIAN)), status=statuses, rules=rules
        ),
        value=NO_PREDIKAT if known.mean is None else known.mean,
        style=f"{look}_percent",
    )
    sheet.formula(
        (row, PREDIKAT),
        grade_of_mean_formula(cell_name((row, CAPAIAN)), rules),
        value=grade_of_mean(known.mean, rules),
        style="grade",
    )
    sheet.formula(
        (row, ASSESSED), tallies.assessed_of(statuses), value=known.text, style=f"{look}_centre"
    )


def _finish(
    sheet: Sheet, report: Report, widths: Mapping[int, float], *, last: int, heads: Iterable[int]
) -> None:
    rules, page = report.registry.rules, sheet.worksheet
    colour_grades(
        sheet,
        (HEAD_ROW + 1, CAPAIAN, last, PREDIKAT),
        grade=f"$H{HEAD_ROW + 1}",
        rules=rules,
    )
    page.autofilter(HEAD_ROW - 1, 0, last - 1, ORIGIN - 1)
    sheet.height(last + 1, 8)
    room = fit.heading_width(widths, NODE, REMARK)
    for row, text in enumerate(
        (
            f"Predikat menurut Permendagri 86/2017: {words.legend(rules)}.",
            "Capaian jabatan adalah rata-rata IKI-nya sendiri; hanya yang berstatus OK dihitung. "
            "Registri mencatat atasan dan sama_dengan, bukan IKI mana mendukung IKU mana; "
            "hubungan lain tidak disimpulkan. Capaian IKI bukan penilaian SKP.",
        ),
        start=last + 2,
    ):
        sheet.merge((row, NODE, row, REMARK), text, style="muted")
        sheet.height(row, fit.height([(text, room)], size=9))
    page.outline_settings(symbols_below=False)
    page.freeze_panes(HEAD_ROW, KIND - 1)
    page.print_area(0, 0, last + 2, REMARK - 1)
    kept = {*heads, *range(last - 1, last + 3)}
    flow = paging.Flow(last=last + 3, repeat=(HEAD_ROW, HEAD_ROW), kept=kept)
    paging.set_breaks(sheet, flow, widths=[widths[column] for column in range(NODE, REMARK + 1)])
    print_on_folio(sheet, footer=report.footer, repeat=(HEAD_ROW, HEAD_ROW))
