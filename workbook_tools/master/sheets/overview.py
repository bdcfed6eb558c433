"""Turn units, bidang and predikat into the tables of the first page, a bar beside each row."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from workbook_tools import fit
from workbook_tools.form.submission import Delivery
from workbook_tools.indicators import expressions, tallies
from workbook_tools.indicators.achievement import NO_PREDIKAT
from workbook_tools.master import words
from workbook_tools.master.cascade import UNDER_HEAD, branches, scope_name
from workbook_tools.master.layout import Field, PositionPlan, first_cell
from workbook_tools.master.report import Report
from workbook_tools.master.sheets import page
from workbook_tools.master.sheets.bars import place_bars
from workbook_tools.master.sheets.grading import (
    colour_grades,
    grade_of_mean,
    grade_of_mean_formula,
)
from workbook_tools.master.sheets.kiriman import colour_states, short_state
from workbook_tools.master.sheets.parts import Part, part_of, spans
from workbook_tools.registry.model import TRIWULAN
from workbook_tools.xlsx import Book, Sheet, absolute_name, cell_name

_NOTHING = "Belum ada capaian yang dapat dinilai."
_LATE_WORDS = (
    "✔ Terlambat: diterima sesudah batas waktu. ○ Lewat: belum masuk dan sudah lewat batas waktu."
)
_NOT_JUDGED = "– Tidak dinilai"
_JUST_SCALE = "Rata-rata hanya memuat indikator berstatus OK."


def write_overview(book: Book, sheet: Sheet, report: Report, row: int) -> int:
    """Write the units on the left, bidang and predikat on the right; give the next free row."""
    left = _write_units(book, sheet, report, row)
    right = _write_scopes(book, sheet, report, row)
    right = _write_predikat(book, sheet, report, right + 1)
    last = _write_legend(sheet, report, right + 1)
    for line in range(row + 3, max(left, last)):
        sheet.height(line, page.ROW_POINTS)
    return max(left, last) + 1


def scopes(report: Report) -> tuple[tuple[str, tuple[PositionPlan, ...]], ...]:
    """Give every bidang that has indicators with the positions in it, its head first."""
    plans = {plan.position.id: plan for plan in report.measured_plans}
    found: list[tuple[str, list[PositionPlan]]] = []
    for branch in branches(report.registry):
        if branch.depth == UNDER_HEAD:
            found.append((scope_name(branch.position), []))
        if branch.depth >= UNDER_HEAD and branch.position.id in plans:
            found[-1][1].append(plans[branch.position.id])
    return tuple((name, tuple(own)) for name, own in found if own)


def _write_units(book: Book, sheet: Sheet, report: Report, row: int) -> int:
    sheet.merge((row, 1, row, page.BARS), "Capaian per unit dan formulirnya", style="section")
    head, first = row + 2, row + 3
    triwulan = [words.triwulan(period) for period in TRIWULAN]
    heads = ("No", "Unit", *triwulan, "Rata-rata (%)", "Predikat", "Dinilai", "Rata-rata capaian")
    for column, text in enumerate(heads, start=1):
        sheet.text((head, column), text, style="head")
    sheet.height(head, fit.height([("Rata-rata (%)", 8.0)]) + 2)
    fillers = report.fillers
    known = {(form.unit, form.period): form for form in report.deliveries}
    for number, plan in enumerate(report.measured_plans, start=1):
        line = first + number - 1
        sheet.number((line, page.NUMBER), number, style="mid_whole")
        sheet.link((line, page.UNIT), first_cell(plan.sheet), text=_name(plan), style="fit_link")
        for period in TRIWULAN:
            form = known.get((fillers[plan.position.id], period))
            text = _state(form)
            sheet.text((line, page.TW1 + period - 1), text, style="mid_small")
        cells = plan.range_of(report.table.column(Field.FOR_AVERAGE))
        figures = tallies.average(cells), tallies.assessed(cells)
        _write_mean(sheet, report, (plan,), figures, at=(line, page.AVERAGE))
    last = first + len(report.measured_plans) - 1
    _write_best(sheet, report, row + 1, names=page.UNIT, area=(first, last), groups=None)
    if last >= first:
        columns = (page.UNIT, page.AVERAGE, page.BARS)
        place_bars(book, sheet, first=first, last=last, columns=columns, what="capaian per unit")
        colour_states(sheet, (first, page.TW1, last, page.TW1 + len(TRIWULAN) - 1))
        _colour(sheet, report, (first, page.AVERAGE, last, page.GRADE))
    return last + 1


def _state(form: Delivery | None) -> str:
    return words.DELIVERY_WORDS["belum"] if form is None else short_state(form)


def _write_mean(
    sheet: Sheet,
    report: Report,
    plans: Sequence[PositionPlan],
    expressions: tuple[str, str],
    *,
    at: tuple[int, int],
) -> None:
    """Write average, predikat and how many were judged, in three columns from `at` on."""
    known, rules = page.mean(report, plans), report.registry.rules
    average, assessed = expressions
    line, column = at
    sheet.formula(at, average, value=page.or_dash(known.mean), style="mid_percent")
    sheet.formula(
        (line, column + 1),
        grade_of_mean_formula(cell_name(at), rules),
        value=grade_of_mean(known.mean, rules),
        style="mid",
    )
    sheet.formula(
        (line, column + 2),
        f'"("&{assessed}&")"',
        value=f"({known.text})",
        style="mid_small",
    )


def _colour(sheet: Sheet, report: Report, area: tuple[int, int, int, int]) -> None:
    grade = cell_name((area[0], area[3]))
    colour_grades(sheet, area, grade=f"${grade}", rules=report.registry.rules)


def _name(plan: PositionPlan) -> str:
    return "IKU (tingkat dinas)" if plan.position.jenis == "IKU" else plan.position.label


def _write_scopes(book: Book, sheet: Sheet, report: Report, row: int) -> int:
    groups = scopes(report)
    sheet.merge((row, page.SCOPE, row, page.LAST), "Capaian per bidang", style="section")
    sheet.height(row, 20)
    head, first = row + 2, row + 3
    heads = ("Bidang", "Rata-rata (%)", "Predikat", "Dinilai", "Rata-rata capaian")
    for column, text in enumerate(heads, start=page.SCOPE):
        sheet.text((head, column), text, style="head")
    known = spans(report)
    for line, (name, plans) in enumerate(groups, start=first):
        target = first_cell(plans[0].sheet)
        sheet.link((line, page.SCOPE), target, text=name, style="fit_link")
        if (part := part_of(known, plans)) is not None:
            figures = part.average(report.registry.rules), part.assessed
            _write_mean(sheet, report, plans, figures, at=(line, page.SCOPE_AVERAGE))
    last = first + len(groups) - 1
    if not groups:
        area = (first, page.SCOPE, first, page.LAST)
        sheet.merge(area, "Registri tidak menyebut bidang.", style="muted")
        return first + 1
    _write_best(sheet, report, row + 1, names=page.SCOPE, area=(first, last), groups=groups)
    columns = (page.SCOPE, page.SCOPE_AVERAGE, page.SCOPE_BARS)
    place_bars(book, sheet, first=first, last=last, columns=columns, what="capaian per bidang")
    _colour(sheet, report, (first, page.SCOPE_AVERAGE, last, page.SCOPE_GRADE))
    return last + 1


def _write_best(
    sheet: Sheet,
    report: Report,
    row: int,
    *,
    names: int,
    area: tuple[int, int],
    groups: Sequence[tuple[str, Sequence[PositionPlan]]] | None,
) -> None:
    """Say in words what the bars show: the highest and the lowest average."""
    first, last = area
    end = page.BARS if names == page.UNIT else page.LAST
    column = page.AVERAGE if names == page.UNIT else page.SCOPE_AVERAGE
    labels = f"{absolute_name((first, names))}:{absolute_name((last, names))}"
    means = f"{absolute_name((first, column))}:{absolute_name((last, column))}"

    def told(function: str) -> str:
        best = f"{function}({means})"
        return f'INDEX({labels},MATCH({best},{means},0))&" ("&ROUND({best},0)&" %)"'

    if groups is None:
        groups = [(_name(plan), (plan,)) for plan in report.measured_plans]
    known = [
        (found, name)
        for name, plans in groups
        if (found := page.mean(report, plans).mean) is not None
    ]
    text = _NOTHING
    if known:
        top, low = max(known, key=lambda pair: pair[0]), min(known, key=lambda pair: pair[0])
        text = f"Tertinggi: {_told(*top)}; terendah: {_told(*low)}."
    left = 1 if names == page.UNIT else names
    sheet.merge((row, left, row, end), text, style="finding")
    if last >= first:
        expression = (
            f'IF(COUNT({means})=0,"{_NOTHING}",'
            f'"Tertinggi: "&{told("MAX")}&"; terendah: "&{told("MIN")}&".")'
        )
        sheet.formula((row, left), expression, value=text, style="finding")
    sheet.height(row, 32)


def _told(mean: Decimal, name: str) -> str:
    return f"{name} ({mean.quantize(Decimal(1), rounding=ROUND_HALF_UP)} %)"


def _write_predikat(book: Book, sheet: Sheet, report: Report, row: int) -> int:
    """Count indicators per predikat by live formulas; what is not judged comes last."""
    scale = report.registry.rules.scale
    lines = [(band.label, f"{band.symbol} {band.label}") for band in scale]
    lines.append((NO_PREDIKAT, _NOT_JUDGED))
    known = spans(report)
    kinds = {
        jenis: part_of(known, [p for p in report.measured_plans if p.position.jenis == jenis])
        for jenis in ("IKU", "IKI")
    }
    sheet.merge(
        (row, page.SCOPE, row, page.LAST), "Jumlah indikator menurut predikat", style="section"
    )
    heads = ("Predikat", "IKU", "IKI", "Jumlah", "Jumlah indikator")
    for column, text in enumerate(heads, start=page.SCOPE):
        sheet.text((row + 2, column), text, style="head")
    first, total = row + 3, 0
    counts: list[int] = []
    for line, (word, shown) in enumerate(lines, start=first):
        sheet.text((line, page.SCOPE), shown, style="mid")
        total = 0
        for column, (jenis, part) in enumerate(kinds.items(), start=page.SCOPE + 1):
            count = sum(r.jenis == jenis and r.predikat == word for r in report.consolidated.rows)
            expression = _counted(part, word, shown=shown)
            sheet.formula((line, column), expression, value=count, style="mid_whole")
            total += count
        both = f"{cell_name((line, page.SCOPE + 1))}+{cell_name((line, page.SCOPE + 2))}"
        sheet.formula((line, page.SCOPE + 3), both, value=total, style="mid_whole")
        counts.append(total)
    last = first + len(lines) - 1
    columns = (page.SCOPE, page.SCOPE_ASSESSED, page.SCOPE_BARS)
    place_bars(book, sheet, first=first, last=last, columns=columns, what="jumlah per predikat")
    for place in range(len(scale)):
        at = (first + place, page.SCOPE, first + place, page.SCOPE)
        colour_grades(sheet, at, grade=cell_name(at[:2]), rules=report.registry.rules)
    _write_share(sheet, report, row + 1, first=first, counts=counts)
    return last + 1


def _counted(part: Part | None, word: str, *, shown: str) -> str:
    """Count the indicators of one kind with a predikat, or those that have none."""
    if part is None:
        return "0"
    return part.unjudged if word == NO_PREDIKAT else part.graded(shown)


def _write_share(
    sheet: Sheet, report: Report, row: int, *, first: int, counts: Sequence[int]
) -> None:
    """Say how many of those judged have one of the two highest predikat."""
    bands = report.registry.rules.scale
    good = min(2, len(bands))
    column = page.SCOPE_ASSESSED

    def total(count: int) -> str:
        end = cell_name((first + count - 1, column))
        return f"SUM({cell_name((first, column))}:{end})"

    names = " atau ".join(band.label for band in bands[:good])
    last = expressions.text(f" indikator yang dinilai {names}.")
    expression = f'{total(good)}&" dari "&{total(len(bands))}&{last}'
    judged = sum(counts[: len(bands)])
    text = f"{sum(counts[:good])} dari {judged} indikator yang dinilai {names}."
    expression = f'IF({total(len(bands))}=0,"{_NOTHING}",{expression})'
    sheet.merge((row, page.SCOPE, row, page.LAST), "", style="finding")
    value = text if judged else _NOTHING
    sheet.formula((row, page.SCOPE), expression, value=value, style="finding")


def _write_legend(sheet: Sheet, report: Report, row: int) -> int:
    """Say in small print what the signs mean and what the figures stand on."""
    rules = report.registry.rules
    said = (
        f"Predikat: {words.legend(rules)} (Permendagri 86/2017). {_JUST_SCALE}",
        f"{words.settings(rules)}. Capaian IKI bukan penilaian SKP.",
        _LATE_WORDS,
    )
    width = page.room(page.SCOPE, page.LAST)
    for text in said:
        rows = -(-fit.height([(text, width)], size=9) // page.ROW_POINTS)
        last = row + int(rows) - 1
        sheet.merge((row, page.SCOPE, last, page.LAST), text, style="muted")
        row = last + 1
    return row
