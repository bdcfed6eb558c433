"""Turn the year into six headline figures, each with the words that it needs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from workbook_tools.indicators.achievement import NO_PREDIKAT
from workbook_tools.master import live
from workbook_tools.master.report import Report
from workbook_tools.master.sheets import page
from workbook_tools.master.sheets.grading import grade_of_mean, grade_of_mean_formula
from workbook_tools.master.sheets.parts import Spans, part_of, spans
from workbook_tools.master.sheets.tren import direction_range
from workbook_tools.xlsx import Sheet, absolute_name

_AREAS = ((1, 2), (3, 6), (7, 9), (10, 12), (13, 14), (15, 16))


@dataclass(frozen=True, slots=True)
class _Live:
    """A cell's expression ("" for a plain value) and the value the core computed."""

    expression: str
    value: Decimal | int | str


@dataclass(frozen=True, slots=True)
class _Card:
    label: str
    figure: _Live
    note: _Live
    style: str


def write_cards(sheet: Sheet, report: Report, row: int, *, odd: int) -> int:
    """Write the cards over three rows; give the next free row. `odd` counts what is odd."""
    known = spans(report)
    cards = (
        _average(report, known, jenis="IKU", place=(row + 1, _AREAS[0][0])),
        _average(report, known, jenis="IKI", place=(row + 1, _AREAS[1][0])),
        _forms(report),
        _assessed(report, known),
        _changes(report),
        _odd(report, odd),
    )
    for (first, last), card in zip(_AREAS, cards, strict=True):
        sheet.merge((row, first, row, last), card.label, style="card_label")
        _write(sheet, (row + 1, first, row + 1, last), card.figure, style=card.style)
        _write(sheet, (row + 2, first, row + 2, last), card.note, style="card_note")
    sheet.height(row, 17)
    sheet.height(row + 1, 30)
    sheet.height(row + 2, 17)
    return row + 4


def _write(sheet: Sheet, area: tuple[int, int, int, int], cell: _Live, *, style: str) -> None:
    sheet.merge(area, "", style=style)
    if cell.expression:
        sheet.formula(area[:2], cell.expression, value=cell.value, style=style)
    elif isinstance(cell.value, str):
        sheet.text(area[:2], cell.value, style=style)
    else:
        sheet.number(area[:2], cell.value, style=style)


def _average(report: Report, rows: Spans, *, jenis: str, place: tuple[int, int]) -> _Card:
    plans = [plan for plan in report.measured_plans if plan.position.jenis == jenis]
    label = f"Rata-rata capaian {jenis} (%)"
    part = part_of(rows, plans)
    if part is None:
        return _Card(label, _Live("", NO_PREDIKAT), _Live("", f"tidak ada {jenis}"), "card_figure")
    known = page.mean(report, plans)
    rules, cell = report.registry.rules, absolute_name(place)
    return _Card(
        label,
        _Live(part.average(rules), page.or_dash(known.mean)),
        _Live(
            f'{grade_of_mean_formula(cell, rules)}&" ("&{part.assessed}&")"',
            f"{grade_of_mean(known.mean, rules)} ({known.text})",
        ),
        "card_figure",
    )


def _forms(report: Report) -> _Card:
    forms = report.forms
    accepted = [form for form in forms if form.status == "diterima"]
    late = sum(form.late_days > 0 for form in forms)
    rejected = sum(form.status == "ditolak" for form in forms)
    said = [f"dari {len(forms)} setahun", f"{late} terlambat", f"{rejected} ditolak"]
    return _Card(
        "Formulir diterima", _Live("", len(accepted)), _Live("", " · ".join(said)), "card_whole"
    )


def _assessed(report: Report, rows: Spans) -> _Card:
    part = part_of(rows, report.measured_plans)
    known = page.mean(report, report.measured_plans)
    return _Card(
        "Indikator yang dapat dinilai",
        _Live("0" if part is None else part.judged, known.assessed),
        _Live("", f"dari {known.total} indikator IKU dan IKI"),
        "card_whole",
    )


def _changes(report: Report) -> _Card:
    """Count what got better and worse against the year before, from the sheet Tren."""
    rows, before = report.consolidated.rows, report.year - 1
    label = f"Membaik dari tahun {before}"
    if not rows:
        return _Card(label, _Live("", 0), _Live("", "tidak ada indikator"), "card_whole")
    counts = Counter(live.direction(row.change, row.indicator.polarity) for row in rows)
    area = direction_range(report)

    def counted(*said: str) -> str:
        return "+".join(f'COUNTIF({area},"{one}")' for one in said)

    better = (live.UP + live.BETTER, live.DOWN + live.BETTER)
    worse = (live.UP + live.WORSE, live.DOWN + live.WORSE)
    missing = counts[live.NOT_COMPARED]
    return _Card(
        label,
        _Live(counted(*better), sum(counts[one] for one in better)),
        _Live(
            f'({counted(*worse)})&" memburuk · "&{counted(live.NOT_COMPARED)}&" tanpa pembanding"',
            f"{sum(counts[one] for one in worse)} memburuk · {missing} tanpa pembanding",
        ),
        "card_whole",
    )


def _odd(report: Report, odd: int) -> _Card:
    return _Card(
        "Hal yang perlu diperiksa",
        _Live("", odd),
        _Live("", f"di bawah ini · {len(report.findings)} temuan registri"),
        "card_whole",
    )
