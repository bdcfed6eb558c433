"""Turn the year into one page: who has sent, what was reached, what is missing, what to check."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from workbook_tools import fit
from workbook_tools.indicators import formulas
from workbook_tools.indicators.achievement import NO_PREDIKAT, Average
from workbook_tools.indicators.achievement import average as mean_of
from workbook_tools.master import words
from workbook_tools.master.layout import RINGKASAN, Field, PositionPlan, first_cell
from workbook_tools.master.report import Report
from workbook_tools.master.sheets.attention import write_attention
from workbook_tools.master.styles import GREY_FILL, GREY_INK, MEASURED_HEAD, print_on_folio
from workbook_tools.registry.model import TRIWULAN
from workbook_tools.xlsx import Book, Sheet, absolute_name, quoted

NUMBER, UNIT, TW1, AVERAGE, ASSESSED = 1, 2, 3, 7, 8
GAP, CHART, LAST = 9, 10, 16
_WIDTHS = {1: 5, 2: 48, 3: 12, 4: 12, 5: 12, 6: 12, 7: 12, 8: 20, 9: 2}
_CHART_COLUMN_WIDTH = 12
_ROW_POINTS = 18.0
_CHART_PIXELS = 7 * (_CHART_COLUMN_WIDTH * 7 + 5)


def write_summary(book: Book, report: Report) -> None:
    """Write the first sheet."""
    sheet = book.sheet(RINGKASAN)
    sheet.widths(_WIDTHS | dict.fromkeys(range(CHART, LAST + 1), _CHART_COLUMN_WIDTH))
    row = _write_title(sheet, report)
    _write_counts(sheet, report, row)
    row = _write_totals(sheet, report, row)
    row = _write_matrix(book, sheet, report, row)
    row = write_attention(sheet, report, row + 1)
    row = _write_links(sheet, report, row + 1)
    _write_settings(sheet, report, row + 1)
    print_on_folio(sheet, footer=report.footer, repeat=None)
    sheet.worksheet.activate()


def _write_title(sheet: Sheet, report: Report) -> int:
    agency = report.registry.agency
    sheet.text((1, 1), f"Capaian Kinerja IKU dan IKI Tahun {report.year}", style="title")
    sheet.height(1, 28)
    sheet.text((2, 1), f"{agency.name} · {agency.region}", style="subtitle")
    sheet.text((3, 1), f"{report.as_of} · workbook_tools {report.version}", style="subtitle")
    if not report.notice:
        return 5
    sheet.merge((4, 1, 4, LAST), report.notice, style="notice")
    sheet.height(4, fit.height([(report.notice, 180)], size=11) + 8)
    return 6


def _write_totals(sheet: Sheet, report: Report, row: int) -> int:
    """Write the agency's averages and how many forms have come, one line each."""
    for jenis, name in (("IKU", "Rata-rata capaian IKU (%)"), ("IKI", "Rata-rata capaian IKI (%)")):
        ranges = [
            plan.range_of(report.table.column(Field.FOR_AVERAGE))
            for plan in report.measured_plans
            if plan.position.jenis == jenis
        ]
        if not ranges:
            continue
        known = _average_of(report, jenis)
        sheet.text((row, UNIT), name, style="label_mid")
        sheet.formula(
            (row, TW1), formulas.average(*ranges), value=_or_dash(known.mean), style="stat"
        )
        sheet.formula(
            (row, TW1 + 1),
            f'"("&{formulas.assessed(*ranges)}&")"',
            value=f"({known.text})",
            style="stat_mid",
        )
        sheet.height(row, 22)
        row += 1
    accepted = sum(1 for d in report.forms if d.status == "diterima")
    sheet.text((row, UNIT), "Formulir diterima", style="label_mid")
    sheet.number((row, TW1), accepted, style="stat_whole")
    sheet.text((row, TW1 + 1), f"dari {len(report.forms)} formulir setahun", style="stat_mid")
    sheet.height(row, 22)
    return row + 2


def _average_of(report: Report, jenis: str) -> Average:
    shown = [row.achievement.shown for row in report.consolidated.rows if row.jenis == jenis]
    return mean_of(shown, report.registry.rules.cap_average)


def _write_matrix(book: Book, sheet: Sheet, report: Report, row: int) -> int:
    """Write units against triwulan with each unit's average, and the chart beside it."""
    sheet.merge(
        (row, 1, row, ASSESSED), "Siapa yang sudah mengirim dan capaiannya", style="section"
    )
    sheet.merge((row, CHART, row, LAST), "Rata-rata capaian per unit", style="section")
    sheet.height(row, 20)
    head = row + 1
    heads = ("No", "Unit", *(words.triwulan(p) for p in TRIWULAN), "Rata-rata (%)", "Dinilai")
    for column, text in enumerate(heads, start=1):
        sheet.text((head, column), text, style="head")
    first = head + 1
    fillers = dict(report.registry.reporting_units())
    statuses = {(d.unit, d.period): d.status for d in report.deliveries}
    for number, plan in enumerate(report.measured_plans, start=1):
        line = first + number - 1
        filler = fillers[plan.position.id]
        sheet.number((line, NUMBER), number, style="mid_whole")
        sheet.link((line, UNIT), first_cell(plan.sheet), text=_unit_name(plan), style="mid_link")
        for period in TRIWULAN:
            status = statuses.get((filler, period), "belum")
            sheet.text((line, TW1 + period - 1), words.DELIVERY_WORDS[status], style="mid_centre")
        _write_unit_average(sheet, report, plan, line)
        sheet.height(line, _ROW_POINTS)
    last = first + len(report.measured_plans) - 1
    _write_finding(sheet, report, head, first=first, last=last)
    _place_chart(book, sheet, first=first, last=last)
    for status, style in (("diterima", "good"), ("ditolak", "bad"), ("belum", "grey")):
        sheet.conditional(
            (first, TW1, last, TW1 + len(TRIWULAN) - 1),
            {
                "type": "cell",
                "criteria": "==",
                "value": f'"{words.DELIVERY_WORDS[status]}"',
                "format": style,
            },
        )
    return last + 1


def _write_unit_average(sheet: Sheet, report: Report, plan: PositionPlan, line: int) -> None:
    values = plan.range_of(report.table.column(Field.FOR_AVERAGE))
    known = report.consolidated.average(plan.position.id) or Average(None, 0, plan.count)
    sheet.formula(
        (line, AVERAGE), formulas.average(values), value=_or_dash(known.mean), style="mid_percent"
    )
    sheet.formula(
        (line, ASSESSED),
        f'"("&{formulas.assessed(values)}&")"',
        value=f"({known.text})",
        style="mid_centre",
    )


def _unit_name(plan: PositionPlan) -> str:
    return "IKU (tingkat dinas)" if plan.position.jenis == "IKU" else plan.position.label


def _write_finding(sheet: Sheet, report: Report, row: int, *, first: int, last: int) -> None:
    """Say in words what the chart shows: the highest and the lowest average."""
    names = f"{absolute_name((first, UNIT))}:{absolute_name((last, UNIT))}"
    means = f"{absolute_name((first, AVERAGE))}:{absolute_name((last, AVERAGE))}"

    def told(function: str) -> str:
        best = f"{function}({means})"
        return f'INDEX({names},MATCH({best},{means},0))&" ("&ROUND({best},0)&" %)"'

    nothing = "Belum ada capaian yang dapat dinilai."
    expression = (
        f'IF(COUNT({means})=0,"{nothing}",'
        f'"Tertinggi: "&{told("MAX")}&"; terendah: "&{told("MIN")}&".")'
    )
    known = [
        (mean.mean, _unit_name(plan))
        for plan in report.measured_plans
        if (mean := report.consolidated.average(plan.position.id)) and mean.mean is not None
    ]
    text = nothing
    if known:
        top = max(known, key=lambda pair: pair[0])
        low = min(known, key=lambda pair: pair[0])
        text = f"Tertinggi: {_told(*top)}; terendah: {_told(*low)}."
    sheet.merge((row, CHART, row, LAST), "", style="finding")
    sheet.formula((row, CHART), expression, value=text, style="finding")
    sheet.height(row, 36)


def _told(mean: Decimal, name: str) -> str:
    return f"{name} ({mean.quantize(Decimal(1), rounding=ROUND_HALF_UP)} %)"


def _place_chart(book: Book, sheet: Sheet, *, first: int, last: int) -> None:
    chart = book.bar_chart()
    source = quoted(sheet.name)
    names = f"{absolute_name((first, UNIT))}:{absolute_name((last, UNIT))}"
    means = f"{absolute_name((first, AVERAGE))}:{absolute_name((last, AVERAGE))}"
    chart.add_series(
        {
            "name": "Rata-rata capaian (%)",
            "categories": f"={source}!{names}",
            "values": f"={source}!{means}",
            "fill": {"color": MEASURED_HEAD},
            "gap": 45,
            "data_labels": {"value": True, "num_format": "#,##0.0;;", "font": {"size": 8}},
        }
    )
    chart.set_legend({"none": True})
    chart.set_title({"none": True})
    chart.set_y_axis(
        {
            "reverse": True,
            "num_font": {"size": 8},
            "line": {"color": GREY_INK},
            "major_tick_mark": "none",
        }
    )
    chart.set_x_axis(
        {
            "min": 0,
            "num_format": "0",
            "num_font": {"size": 8},
            "major_gridlines": {"visible": True, "line": {"color": GREY_FILL}},
            "visible": False,
        }
    )
    count = last - first + 1
    chart.set_plotarea({"layout": {"x": 0.46, "y": 0.0, "width": 0.47, "height": 1.0}})
    chart.set_size({"width": _CHART_PIXELS, "height": int(count * _ROW_POINTS / 0.75)})
    chart.set_chartarea({"border": {"none": True}})
    sheet.chart(
        (first, CHART),
        chart,
        options={
            "description": "Diagram batang rata-rata capaian tiap unit dalam persen",
            "object_position": 2,
        },
    )


def _write_counts(sheet: Sheet, report: Report, row: int) -> None:
    """Count indicators per predikat by live formulas; what is not judged comes last."""
    rules = report.registry.rules
    heads = [(band.label, f"{band.symbol} {band.label}") for band in rules.scale]
    heads.append((NO_PREDIKAT, "Tidak dinilai"))
    sheet.text((row, CHART), "Jumlah indikator", style="head")
    for offset, (_, shown) in enumerate(heads, start=1):
        sheet.text((row, CHART + offset), shown, style="head")
    for line, jenis in ((row + 1, "IKU"), (row + 2, "IKI")):
        sheet.text((line, CHART), jenis, style="mid_centre")
        for offset, (word, _) in enumerate(heads, start=1):
            _write_count(sheet, report, (line, CHART + offset), jenis=jenis, word=word)


def _write_count(
    sheet: Sheet, report: Report, at: tuple[int, int], *, jenis: str, word: str
) -> None:
    column = report.table.column(Field.PREDIKAT)
    terms = [
        f'COUNTIF({plan.range_of(column)},"{word}")'
        for plan in report.measured_plans
        if plan.position.jenis == jenis
    ]
    count = sum(r.jenis == jenis and r.predikat == word for r in report.consolidated.rows)
    sheet.formula(at, "+".join(terms) or "0", value=count, style="mid_whole")


def _write_links(sheet: Sheet, report: Report, row: int) -> int:
    """Link to every sheet, in four columns."""
    sheet.merge((row, 1, row, LAST), "Daftar lembar", style="section")
    sheet.height(row, 20)
    columns = (UNIT, TW1, AVERAGE, CHART)
    for number, plan in enumerate(report.sheet_names):
        at = (row + 1 + number // len(columns), columns[number % len(columns)])
        sheet.link(at, first_cell(plan), text=plan, style="link")
    return row + 1 + -(-len(report.sheet_names) // len(columns))


def _write_settings(sheet: Sheet, report: Report, row: int) -> None:
    rules = report.registry.rules
    sheet.merge((row, 1, row, LAST), "Pengaturan yang dipakai", style="section")
    sheet.height(row, 20)
    said = (
        words.settings(rules),
        f"Predikat menurut Permendagri 86/2017: {words.legend(rules)}.",
        "Rata-rata hanya memuat indikator berstatus OK. Capaian IKI bukan penilaian SKP.",
    )
    for offset, text in enumerate(said, start=1):
        sheet.merge((row + offset, 1, row + offset, LAST), text, style="muted")
        sheet.height(row + offset, fit.height([(text, 190)], size=9))


def _or_dash(mean: Decimal | None) -> Decimal | str:
    return NO_PREDIKAT if mean is None else mean
