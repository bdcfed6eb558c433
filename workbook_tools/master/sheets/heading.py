"""Turn a position's printed lines and figures into the head of its page."""

from __future__ import annotations

from collections.abc import Mapping

from workbook_tools import fit
from workbook_tools.indicators import tallies
from workbook_tools.indicators.achievement import Average
from workbook_tools.master import words
from workbook_tools.master.layout import FIRST_LINE_ROW, RINGKASAN, Field, PositionPlan, first_cell
from workbook_tools.master.report import Report
from workbook_tools.registry.model import Position
from workbook_tools.xlsx import Sheet

_PRINTED_HEADS = {
    Field.NUMBER: "NO",
    Field.SASARAN: "SASARAN/ KINERJA",
    Field.INDIKATOR: "INDIKATOR KINERJA",
    Field.PENJELASAN: "PENJELASAN/ALASAN/ FORMULASI/ PERHITUNGAN",
    Field.SUMBER: "SUMBER DATA",
}


def write_top(
    sheet: Sheet, report: Report, plan: PositionPlan, widths: Mapping[int, float]
) -> float:
    """Write title, links and the printed lines; give the height in points."""
    table = report.table
    jenis = "UTAMA (IKU)" if plan.position.jenis == "IKU" else "INDIVIDU (IKI)"
    sheet.text((1, 1), f"INDIKATOR KINERJA {jenis}", style="title")
    right = table.first_measured
    sheet.merge(
        (1, right, 1, table.last_measured),
        f"Pengukuran tahun {report.year} · {report.as_of}",
        style="subtitle",
    )
    sheet.height(1, 26)
    sheet.link((2, 1), first_cell(RINGKASAN), text="← Ringkasan", style="link")
    sheet.text((2, 3), plan.position.label, style="muted_line")
    used = 26.0 + 15
    room = fit.heading_width(widths, 1, table.last_printed)
    for offset in range(plan.header_row - 1 - FIRST_LINE_ROW):
        row = FIRST_LINE_ROW + offset
        line = plan.lines[offset] if offset < len(plan.lines) else ""
        sheet.merge((row, 1, row, table.last_printed), line, style="printed")
        points = fit.height([(line, room)])
        sheet.height(row, points)
        used += points
    _write_summary(sheet, report, plan)
    return used


def _write_summary(sheet: Sheet, report: Report, plan: PositionPlan) -> None:
    """Write the position's average and who has sent, beside the printed lines."""
    table = report.table
    left, last = table.first_measured, table.last_measured
    average = report.consolidated.average(plan.position.id) or Average(None, 0, plan.count)
    statuses = plan.range_of(table.column(Field.STATUS))
    row = FIRST_LINE_ROW
    sheet.merge((row, left, row, left + 2), "Rata-rata capaian (%)", style="label")
    sheet.formula(
        (row, left + 3),
        tallies.average_of(
            capaian=plan.range_of(table.column(Field.CAPAIAN)),
            status=statuses,
            rules=report.registry.rules,
        ),
        value="-" if average.mean is None else average.mean,
        style="stat_small",
    )
    sheet.formula(
        (row, left + 4),
        f'"("&{tallies.assessed_of(statuses)}&")"',
        value=f"({average.text})",
        style="stat_note",
    )
    sheet.merge((row + 1, left, row + 1, left + 2), "Formulir", style="label")
    sheet.merge(
        (row + 1, left + 3, row + 1, last), _deliveries(report, plan.position), style="stat_note"
    )
    sheet.merge((row + 2, left, row + 2, left + 2), "Predikat", style="label")
    sheet.merge(
        (row + 2, left + 3, row + 2, last),
        words.legend(report.registry.rules),
        style="stat_note",
    )


def _deliveries(report: Report, position: Position) -> str:
    filler = report.fillers.get(position.id, position.id)
    own = sorted((d for d in report.deliveries if d.unit == filler), key=lambda d: d.period)
    said = [f"{words.triwulan(d.period)} {words.DELIVERY_WORDS[d.status]}" for d in own]
    text = " · ".join(said) or "belum ada formulir"
    return text if filler == position.id else f"{text} (diisi oleh {filler})"


def write_heads(
    sheet: Sheet, report: Report, plan: PositionPlan, widths: Mapping[int, float]
) -> float:
    """Write the two header rows; give their height in points."""
    table, row = report.table, plan.header_row
    for field, head in _PRINTED_HEADS.items():
        column = table.column(field)
        sheet.merge((row, column, row + 1, column), head, style="head_printed")
    first, last = (table.printed_target(year) for year in (table.years[0], table.years[-1]))
    sheet.merge((row, first, row, last), "TARGET", style="head_printed")
    for year in table.years:
        sheet.text((row + 1, table.printed_target(year)), str(year), style="head_printed")
    heads = _measured_heads(report)
    sheet.merge(
        (row, table.first_measured, row, table.last_measured),
        f"PENGUKURAN TAHUN {report.year}",
        style="head",
    )
    for field, head in heads.items():
        sheet.text((row + 1, table.column(field)), head, style="head")
    symbol, predikat = table.column(Field.SYMBOL), table.column(Field.PREDIKAT)
    sheet.merge((row + 1, symbol, row + 1, predikat), "Predikat", style="head")
    cells = [(head, widths[table.column(field)] * 0.9) for field, head in heads.items()]
    points = fit.height(cells)
    sheet.height(row, 17)
    sheet.height(row + 1, points)
    return 17 + points


def _measured_heads(report: Report) -> dict[Field, str]:
    end = report.table.years[-1]
    return {
        Field.SATUAN: "Satuan",
        Field.TARGET: f"Target {report.year}",
        Field.TARGET_STATUS: "Status target",
        Field.TW1: "Realisasi\nTW I",
        Field.TW2: "Realisasi\nTW II",
        Field.TW3: "Realisasi\nTW III",
        Field.TW4: "Realisasi\nTW IV",
        Field.TO_DATE: "Realisasi\ns.d.",
        Field.CAPAIAN_TO_DATE: "Capaian s.d. TW (%)",
        Field.CAPAIAN: "Capaian tahun (%)",
        Field.STATUS: "Status",
        Field.RENSTRA: f"Capaian akhir Renstra {end} (%)",
        Field.CHANGE: f"Ubah dari {report.year - 1} (%)",
        Field.NOTE: "Catatan",
    }
