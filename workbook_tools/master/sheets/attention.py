"""Turn the year's gaps and oddities into sentences: what is missing, what to check."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from workbook_tools import fit
from workbook_tools.form.submission import Delivery
from workbook_tools.indicators.achievement import TARGET_PERLU_KONFIRMASI, TARGET_SUSPECT
from workbook_tools.indicators.numbers import format_number
from workbook_tools.master import words
from workbook_tools.master.figures import DATA_TERAKHIR, Row
from workbook_tools.master.layout import (
    ANOMALI,
    JEJAK,
    PENGIRIMAN,
    first_cell,
    sheet_name,
)
from workbook_tools.master.report import Report
from workbook_tools.master.sheets import page
from workbook_tools.master.trail import counting
from workbook_tools.registry.model import TRIWULAN
from workbook_tools.xlsx import Sheet

ASKED = ("N10", "N08", "N09")
"""Warnings that ask whether a figure is right, the most likely slip first."""

_MISSING = (1, page.GRADE)
_NAMES = (page.ASSESSED, page.GAP)
_TEXTS = (page.SCOPE, page.LAST)
_MOST = 8
_LONGEST = 190
_MOST_NAMES = 12


@dataclass(frozen=True, slots=True)
class Odd:
    """One thing to look at: the name of the indicator or unit, its sheet, and why."""

    name: str
    sheet: str
    text: str


def write_attention(sheet: Sheet, report: Report, row: int, *, odd: Sequence[Odd]) -> int:
    """Write what has not come on the left, what looks odd on the right; give the next row."""
    left, right = _MISSING, (_NAMES[0], _TEXTS[1])
    sheet.merge((row, left[0], row, left[1]), "Yang belum masuk atau terlambat", style="section")
    sheet.merge((row, right[0], row, right[1]), "Yang perlu diperiksa", style="section")
    sheet.height(row, 20)
    row += 1
    sheet.height(row, 4)
    missing = [text for period in TRIWULAN for text in _missing(report.forms, period)] or [
        "Semua formulir sudah diterima, tidak ada yang terlambat."
    ]
    for text, one in zip_longest(missing, odd[:_MOST]):
        row += 1
        cells = []
        if text is not None:
            sheet.merge((row, left[0], row, left[1]), text, style="body")
            cells.append((text, page.room(*left)))
        if one is not None:
            sheet.merge((row, _NAMES[0], row, _NAMES[1]), "", style="link")
            sheet.link((row, _NAMES[0]), first_cell(one.sheet), text=one.name, style="link")
            sheet.merge((row, _TEXTS[0], row, _TEXTS[1]), one.text, style="body")
            cells += [(one.text, page.room(*_TEXTS)), (one.name, page.room(*_NAMES))]
        sheet.height(row, fit.height(cells))
    row += 1
    sheet.link((row, 1), first_cell(PENGIRIMAN), text="Rincian: Pengiriman", style="link")
    details = ((_NAMES[0], ANOMALI), (page.SCOPE, JEJAK))
    for column, name in details:
        sheet.link((row, column), first_cell(name), text=f"Rincian: {name}", style="link")
    rest = _rest(len(odd))
    sheet.merge((row, page.SCOPE + 1, row, page.LAST), rest, style="muted")
    return row + 1


def oddities(report: Report) -> tuple[Odd, ...]:
    """Give everything that should be looked at, the most suspicious first."""
    return (
        *_suspect(report),
        *_warned(report),
        *_stale(report),
        *_unsure(report),
    )


def _missing(deliveries: tuple[Delivery, ...], period: int) -> Iterator[str]:
    """Say for one triwulan who is late, who was rejected, how many are still to come."""
    own = [one for one in deliveries if one.period == period]
    open_ones = [one for one in own if one.status != "diterima"]
    overdue = [one for one in open_ones if one.late_days > 0]
    rejected = [d.name for d in open_ones if d.status == "ditolak" and d.late_days <= 0]
    waiting = [d for d in open_ones if d.status == "belum" and d.late_days <= 0]
    came_late = [d for d in own if d.status == "diterima" and d.late_days > 0]
    name = words.triwulan(period)
    if overdue:
        yield f"{name} lewat batas: {_listed(overdue)}."
    if rejected:
        yield f"{name} ditolak dan belum diperbaiki: {', '.join(rejected)}."
    if waiting:
        yield f"{name} belum masuk, belum lewat batas waktu: {len(waiting)} formulir."
    if came_late:
        yield f"{name} diterima terlambat: {_listed(came_late)}."


def _listed(deliveries: Sequence[Delivery]) -> str:
    shown = [f"{one.name} ({one.late_days} hari)" for one in deliveries[:_MOST_NAMES]]
    more = len(deliveries) - len(shown)
    return ", ".join(shown) + (f", dan {more} lagi" if more else "")


def _suspect(report: Report) -> Iterator[Odd]:
    for row in report.consolidated.rows:
        if TARGET_SUSPECT in row.flags and row.achievement.raw is not None:
            shown = format_number(row.achievement.raw, decimals=2)
            text = f"{row.indicator.indikator}: capaian {shown} %. Periksa target dan realisasi."
            yield _odd(report, row, text)


def _warned(report: Report) -> Iterator[Odd]:
    """Repeat the questions that accepted returns were asked about their figures."""
    own = {row.indicator.id: row for row in report.consolidated.rows}
    asked = [
        (ASKED.index(warned.code), one, warned)
        for one in counting(report.trail)
        for warned in one.warnings
        if warned.code in ASKED
    ]
    seen: set[tuple[str, str, int]] = set()
    for _, one, warned in sorted(asked, key=lambda found: (found[0], found[1].number)):
        row = own.get(warned.indicator)
        key = (warned.code, warned.indicator, one.period)
        if row is not None and key not in seen:
            seen.add(key)
            where = f"{words.triwulan(one.period)} {warned.cell}".strip()
            yield _odd(report, row, f"{warned.code} {where}: {warned.message}")


def _stale(report: Report) -> Iterator[Odd]:
    for row in report.consolidated.rows:
        if DATA_TERAKHIR in row.flags and row.last_period:
            since = words.triwulan(row.last_period)
            yield _odd(
                report, row, f"{row.indicator.indikator}: tidak ada data baru sejak {since}."
            )


def _unsure(report: Report) -> Iterator[Odd]:
    """Gather the targets that wait for Perencanaan, one line per unit."""
    waiting: dict[str, list[str]] = {}
    for row in report.consolidated.rows:
        if row.achievement.status == TARGET_PERLU_KONFIRMASI:
            unit, _, number = row.indicator.id.rpartition("/")
            waiting.setdefault(unit or row.indicator.unit, []).append(number)
    for unit, numbers in waiting.items():
        position = report.registry.position(unit)
        sheet = sheet_name(position, report.registry) if position else ANOMALI
        shown = ", ".join(numbers[:_MOST_NAMES]) + (", …" if len(numbers) > _MOST_NAMES else "")
        yield Odd(
            unit,
            sheet,
            f"{len(numbers)} target perlu dikonfirmasi Perencanaan sebelum capaiannya dihitung "
            f"(nomor {shown}).",
        )


def _odd(report: Report, row: Row, text: str) -> Odd:
    position = report.registry.position(row.indicator.unit)
    text = " ".join(text.split())
    short = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return Odd(
        row.indicator.id, sheet_name(position, report.registry) if position else ANOMALI, short
    )


def _rest(count: int) -> str:
    if count > _MOST:
        return f"Masih ada {count - _MOST} hal lain; lihat kolom Catatan tiap lembar dan Jejak."
    return "" if count else "Tidak ada angka yang janggal."
