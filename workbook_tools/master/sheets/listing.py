"""Turn findings, inputs and figures into plain lists."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from workbook_tools import fit
from workbook_tools.master import words
from workbook_tools.master.consolidate import DATA_COLUMNS, record
from workbook_tools.master.figures import Row
from workbook_tools.master.layout import (
    ANOMALI,
    DATA,
    ISIAN,
    Isian,
    first_cell,
    sheet_name,
)
from workbook_tools.master.report import Report, figure_width
from workbook_tools.master.sheets.frame import BODY, close_list, open_list, write_link
from workbook_tools.master.styles import print_on_folio
from workbook_tools.registry.finding import Finding
from workbook_tools.registry.model import TRIWULAN
from workbook_tools.xlsx import Book, Sheet

_WIDEST = 150.0


def write_findings(book: Book, report: Report) -> None:
    """List what `check` noticed in the register, with the place to look at."""
    columns = (
        ("Kode", 29),
        ("Tingkat", 13),
        ("Lembar di registri", 17),
        ("Sel", 9),
        ("Indikator", 29),
        ("Tahun", 8),
        (
            "Yang ditemukan dan yang perlu dilakukan",
            fit.column((one.message for one in report.findings), least=92, most=_WIDEST),
        ),
    )
    title = "Anomali pada registri dan dokumen cetak"
    sheet = open_list(book, report, ANOMALI, columns, title=title)
    for row, finding in enumerate(report.findings, start=BODY):
        _write_finding(sheet, row, finding, report, room=columns[-1][1])
    last = close_list(sheet, columns, len(report.findings))
    for severity, style in (("error", "bad"), ("info", "grey")):
        sheet.conditional(
            (BODY, 2, last, 2),
            {
                "type": "formula",
                "criteria": f'=$B{BODY}="{words.SEVERITY_WORDS[severity]}"',
                "format": style,
            },
        )


def _write_finding(
    sheet: Sheet, row: int, finding: Finding, report: Report, *, room: float
) -> None:
    sheet.text((row, 1), finding.code, style="cell")
    sheet.text((row, 2), words.SEVERITY_WORDS[str(finding.severity)], style="cell")
    sheet.text((row, 3), finding.sheet or "", style="cell")
    sheet.text((row, 4), finding.cell or "", style="centre")
    target = _sheet_for(finding.indicator or "", report)
    if target is None:
        sheet.text((row, 5), finding.indicator or "", style="cell")
    else:
        sheet.link((row, 5), first_cell(target), text=finding.indicator or "", style="grid_link")
    sheet.text((row, 6), str(finding.year or ""), style="centre")
    sheet.text((row, 7), finding.message, style="cell")
    sheet.height(row, fit.height([(finding.message, room), (finding.code, 29)]))


def _sheet_for(name: str, report: Report) -> str | None:
    """Give the sheet of an indicator or of a unit, None for anything else."""
    indicator = report.registry.indicator(name)
    position = report.registry.position(indicator.unit if indicator else name)
    return sheet_name(position, report.registry) if position else None


def write_inputs(book: Book, report: Report) -> None:
    """List every input as the units typed it; the positions' formulas stand on these cells."""
    sheet = book.sheet(ISIAN)
    heads = ("Unit", "Indikator", "Kunci", "Yang diisi", "Satuan", "Agregasi")
    _plain_head(sheet, (*heads, "TW I", "TW II", "TW III", "TW IV"))
    specs = [spec for row in report.consolidated.rows for spec in row.indicator.inputs]
    label = fit.column((spec.label for spec in specs), least=62, most=_WIDEST)
    unit = fit.width((spec.unit for spec in specs), least=16, most=24)
    typed = (
        value
        for row in report.consolidated.rows
        for quarter in row.quarters
        if quarter
        for _, value in quarter.inputs
    )
    figures = [figure_width(typed, least=11.6)] * len(TRIWULAN)
    sheet.widths(dict(enumerate((27, 30, 8, label, unit, 16, *figures), start=1)))
    by_id = {row.indicator.id: row for row in report.consolidated.rows}
    for (indicator_id, key), line in report.isian.rows.items():
        row = by_id[indicator_id]
        _write_input(sheet, line, row, key=key, widths=(label, unit), report=report)
    sheet.worksheet.autofilter(0, 0, max(report.isian.rows.values(), default=1), 9)
    print_on_folio(sheet, footer=report.footer, repeat=(1, 1))


def _write_input(
    sheet: Sheet, line: int, row: Row, *, key: str, widths: tuple[float, float], report: Report
) -> None:
    spec = next(spec for spec in row.indicator.inputs if spec.key == key)
    write_link(sheet, (line, 1), row.indicator.unit, report)
    write_link(sheet, (line, 2), row.indicator.id, report)
    texts = (key, spec.label, spec.unit, words.AGGREGATION_WORDS[spec.aggregation])
    for column, text in enumerate(texts, start=3):
        sheet.text((line, column), text, style="cell")
    values = [dict(q.inputs).get(key) if q else None for q in row.quarters]
    broken = any(v is not None and v != v.to_integral_value() for v in values)
    style = "typed_decimal" if broken or spec.decimals else "typed_whole"
    for column, value in enumerate(values, start=Isian.TW1.column):
        sheet.number((line, column), value, style=style)
    cells = zip((spec.label, spec.unit), widths, strict=True)
    sheet.height(line, fit.height([*cells, (row.indicator.id, 30)]))


def write_data(book: Book, report: Report) -> None:
    """Write the tidy table that other programs read (design.md, Contract)."""
    sheet = book.sheet(DATA)
    _plain_head(sheet, DATA_COLUMNS)
    sheet.widths(
        dict(enumerate((7, 27, 30, 8, 16, 12, 13, 13, 13, 13, 13, 13, 11, 15, 28, 8, 68), start=1))
    )
    for line, row in enumerate(report.consolidated.rows, start=2):
        for column, value in enumerate(record(row), start=1):
            if isinstance(value, str):
                sheet.text((line, column), value, style="plain")
            elif value is not None:
                style = "plain_number" if isinstance(value, Decimal) else "plain"
                sheet.number((line, column), value, style=style)
    last = max(1, len(report.consolidated.rows))
    sheet.worksheet.autofilter(0, 0, last, len(DATA_COLUMNS) - 1)
    print_on_folio(sheet, footer=report.footer, repeat=(1, 1))


def _plain_head(sheet: Sheet, heads: Sequence[str]) -> None:
    for column, head in enumerate(heads, start=1):
        sheet.text((1, column), head, style="data_head")
    sheet.height(1, 20)
    sheet.worksheet.freeze_panes(1, 0)
