"""Turn the year's gaps and oddities into sentences: what is missing, what to check."""

from __future__ import annotations

from workbook_tools import fit
from workbook_tools.form.submission import Delivery
from workbook_tools.indicators.achievement import TARGET_PERLU_KONFIRMASI, TARGET_SUSPECT
from workbook_tools.indicators.numbers import format_number
from workbook_tools.master import words
from workbook_tools.master.figures import DATA_TERAKHIR, Row
from workbook_tools.master.layout import ANOMALI, PENGIRIMAN, first_cell, sheet_of
from workbook_tools.master.report import Report
from workbook_tools.registry.model import TRIWULAN
from workbook_tools.xlsx import Sheet

_LAST = 16
_TEXT_WIDTH = 200.0
_ROWS_SHOWN = 12


def write_attention(sheet: Sheet, report: Report, row: int) -> int:
    """Write both lists; give the next free row."""
    sheet.merge((row, 1, row, _LAST), "Yang belum masuk atau terlambat", style="section")
    sheet.height(row, 20)
    sentences = [text for period in TRIWULAN for text in _missing(report.forms, period)] or [
        "Semua formulir sudah diterima."
    ]
    for text in sentences:
        row += 1
        sheet.merge((row, 2, row, _LAST), text, style="body")
        sheet.height(row, fit.height([(text, _TEXT_WIDTH)]))
    row += 1
    sheet.link((row, 2), first_cell(PENGIRIMAN), text="Rincian: Pengiriman", style="link")
    row += 2
    sheet.merge((row, 1, row, _LAST), "Yang perlu diperiksa", style="section")
    sheet.height(row, 20)
    odd = [
        (measured, reason) for measured in report.consolidated.rows if (reason := _odd(measured))
    ]
    for measured, reason in odd[:_ROWS_SHOWN]:
        row += 1
        target = first_cell(sheet_of(measured.indicator, report.registry))
        sheet.link((row, 2), target, text=measured.indicator.id, style="link")
        text = f"{measured.indicator.indikator}: {reason}"
        sheet.merge((row, 3, row, _LAST), text, style="body")
        sheet.height(row, fit.height([(text, _TEXT_WIDTH - 50)]))
    row += 1
    sheet.merge((row, 2, row, _LAST), _rest(report, len(odd)), style="muted")
    row += 1
    sheet.link((row, 2), first_cell(ANOMALI), text="Rincian: Anomali", style="link")
    return row + 1


def _missing(deliveries: tuple[Delivery, ...], period: int) -> list[str]:
    """Say for one triwulan who is late, who was rejected, and how many are still to come."""
    open_ones = [d for d in deliveries if d.period == period and d.status != "diterima"]
    late = [f"{d.name} ({d.late_days} hari)" for d in open_ones if d.late_days > 0]
    rejected = [d.name for d in open_ones if d.status == "ditolak" and d.late_days <= 0]
    waiting = [d for d in open_ones if d.status == "belum" and d.late_days <= 0]
    name = words.triwulan(period)
    said = []
    if late:
        said.append(f"{name} terlambat: {', '.join(late)}.")
    if rejected:
        said.append(f"{name} ditolak dan belum diperbaiki: {', '.join(rejected)}.")
    if waiting:
        said.append(f"{name} belum masuk, belum lewat batas waktu: {len(waiting)} formulir.")
    return said


def _odd(row: Row) -> str:
    """Say why a row should be looked at; "" where nothing is odd."""
    if TARGET_SUSPECT in row.flags and row.achievement.raw is not None:
        shown = format_number(row.achievement.raw, decimals=2)
        return f"capaian {shown} %, periksa target dan realisasi."
    if row.achievement.status == TARGET_PERLU_KONFIRMASI:
        return "target perlu dikonfirmasi Perencanaan sebelum capaian dihitung."
    if DATA_TERAKHIR in row.flags and row.last_period:
        return f"belum ada data baru sejak {words.triwulan(row.last_period)}."
    return ""


def _rest(report: Report, count: int) -> str:
    more = max(0, count - _ROWS_SHOWN)
    rest = f"Masih ada {more} indikator lain; lihat kolom Catatan tiap lembar. " if more else ""
    odd = rest or ("" if count else "Tidak ada angka yang janggal. ")
    return f"{odd}Pemeriksaan registri menemukan {len(report.findings)} hal."
