"""Turn deliveries, findings, inputs, texts and figures into plain lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from workbook_tools import fit
from workbook_tools.form.submission import Delivery
from workbook_tools.master import words
from workbook_tools.master.consolidate import DATA_COLUMNS, record
from workbook_tools.master.figures import Row
from workbook_tools.master.layout import (
    ANOMALI,
    DATA,
    ISIAN,
    PENGIRIMAN,
    RINGKASAN,
    URAIAN,
    Isian,
    first_cell,
    sheet_name,
)
from workbook_tools.master.report import Report
from workbook_tools.master.styles import print_on_folio
from workbook_tools.registry.finding import Finding
from workbook_tools.xlsx import Book, Sheet

_Columns = Sequence[tuple[str, float]]
_HEAD = 3
_BODY = 4


def write_deliveries(book: Book, report: Report) -> None:
    """List every unit and triwulan: what has come, when, and with how many problems."""
    columns = (
        ("Unit", 27),
        ("Nama jabatan", 68),
        ("Triwulan", 10),
        ("Status", 14),
        ("Diterima", 17),
        ("Revisi", 9),
        ("Terlambat (hari)", 11),
        ("Kesalahan", 11),
        ("Peringatan", 11),
    )
    sheet = _open(book, report, PENGIRIMAN, columns, title="Pengiriman formulir")
    for row, delivery in enumerate(report.deliveries, start=_BODY):
        _write_delivery(sheet, row, delivery, report)
    last = _close(sheet, columns, len(report.deliveries))
    for status, style in (("diterima", "good"), ("ditolak", "bad"), ("belum", "grey")):
        sheet.conditional(
            (_BODY, 4, last, 4),
            {
                "type": "formula",
                "criteria": f'=$D{_BODY}="{words.DELIVERY_WORDS[status]}"',
                "format": style,
            },
        )
    sheet.conditional(
        (_BODY, 7, last, 7),
        {"type": "formula", "criteria": f"=N($G{_BODY})>0", "format": "bad"},
    )


def _write_delivery(sheet: Sheet, row: int, delivery: Delivery, report: Report) -> None:
    sheet.text((row, 1), delivery.unit, style="cell")
    sheet.text((row, 2), delivery.name, style="cell")
    sheet.text((row, 3), words.triwulan(delivery.period), style="centre")
    sheet.text((row, 4), words.DELIVERY_WORDS[delivery.status], style="cell")
    moment: datetime | None = delivery.received_at
    if moment is None:
        sheet.blank((row, 5), style="when")
    else:
        sheet.date((row, 5), words.local(moment, report.registry.rules), style="when")
    figures = (delivery.revision, delivery.late_days, delivery.errors, delivery.warnings)
    for column, figure in enumerate(figures, start=6):
        sheet.number((row, column), figure, style="whole")
    sheet.height(row, fit.height([(delivery.name, 68)]))


def write_findings(book: Book, report: Report) -> None:
    """List what `check` noticed in the register, with the place to look at."""
    columns = (
        ("Kode", 29),
        ("Tingkat", 13),
        ("Lembar di registri", 17),
        ("Sel", 9),
        ("Indikator", 29),
        ("Tahun", 8),
        ("Yang ditemukan dan yang perlu dilakukan", 92),
    )
    title = "Anomali pada registri dan dokumen cetak"
    sheet = _open(book, report, ANOMALI, columns, title=title)
    for row, finding in enumerate(report.findings, start=_BODY):
        _write_finding(sheet, row, finding, report)
    last = _close(sheet, columns, len(report.findings))
    for severity, style in (("error", "bad"), ("info", "grey")):
        sheet.conditional(
            (_BODY, 2, last, 2),
            {
                "type": "formula",
                "criteria": f'=$B{_BODY}="{words.SEVERITY_WORDS[severity]}"',
                "format": style,
            },
        )


def _write_finding(sheet: Sheet, row: int, finding: Finding, report: Report) -> None:
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
    sheet.height(row, fit.height([(finding.message, 92), (finding.code, 29)]))


def _sheet_for(name: str, report: Report) -> str | None:
    """Give the sheet of an indicator or of a unit, None for anything else."""
    indicator = report.registry.indicator(name)
    position = report.registry.position(indicator.unit if indicator else name)
    return sheet_name(position) if position else None


def write_inputs(book: Book, report: Report) -> None:
    """List every input as the units typed it; the positions' formulas stand on these cells."""
    sheet = book.sheet(ISIAN)
    heads = ("Unit", "Indikator", "Kunci", "Yang diisi", "Satuan", "Agregasi")
    _plain_head(sheet, (*heads, "TW I", "TW II", "TW III", "TW IV"))
    sheet.widths(dict(enumerate((27, 30, 8, 62, 16, 16, 13, 13, 13, 13), start=1)))
    by_id = {row.indicator.id: row for row in report.consolidated.rows}
    for (indicator_id, key), line in report.isian.rows.items():
        row = by_id[indicator_id]
        _write_input(sheet, line, row, key=key)
    sheet.worksheet.autofilter(0, 0, max(report.isian.rows.values(), default=1), 9)
    print_on_folio(sheet, footer=report.footer, repeat=(1, 1))


def _write_input(sheet: Sheet, line: int, row: Row, *, key: str) -> None:
    spec = next(spec for spec in row.indicator.inputs if spec.key == key)
    texts = (
        row.indicator.unit,
        row.indicator.id,
        key,
        spec.label,
        spec.unit,
        words.AGGREGATION_WORDS[spec.aggregation],
    )
    for column, text in enumerate(texts, start=1):
        sheet.text((line, column), text, style="cell")
    values = [dict(q.inputs).get(key) if q else None for q in row.quarters]
    broken = any(v is not None and v != v.to_integral_value() for v in values)
    style = "typed_decimal" if broken or spec.decimals else "typed_whole"
    for column, value in enumerate(values, start=Isian.TW1.column):
        sheet.number((line, column), value, style=style)
    sheet.height(line, fit.height([(spec.label, 62), (row.indicator.id, 30)]))


def write_texts(book: Book, report: Report) -> None:
    """List what the units wrote beside their figures, for the narrative of the LKjIP."""
    fields = tuple(words.TEXT_FIELDS)
    columns = (
        ("Unit", 26.0),
        ("Indikator", 28.0),
        ("Indikator kinerja", 34.0),
        ("Triwulan", 9.0),
        *((words.TEXT_FIELDS[field], 30.0) for field in fields),
    )
    sheet = _open(book, report, URAIAN, columns, title="Uraian dari unit")
    line = _BODY
    for row in report.consolidated.rows:
        for quarter in row.quarters:
            if quarter is None or not quarter.texts:
                continue
            written = dict(quarter.texts)
            texts = (
                row.indicator.unit,
                row.indicator.id,
                row.indicator.indikator,
                words.triwulan(quarter.period),
                *(written.get(field, "") for field in fields),
            )
            for column, text in enumerate(texts, start=1):
                sheet.text((line, column), text, style="cell")
            widths = [width for _, width in columns]
            sheet.height(line, fit.height(zip(texts, widths, strict=True)))
            line += 1
    _close(sheet, columns, line - _BODY)


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


def _open(book: Book, report: Report, name: str, columns: _Columns, *, title: str) -> Sheet:
    """Begin a list: its title, a way back, its heads from row 3."""
    sheet = book.sheet(name)
    sheet.widths({column: width for column, (_, width) in enumerate(columns, start=1)})
    sheet.text((1, 1), f"{title} — tahun {report.year}", style="title")
    sheet.height(1, 26)
    sheet.link((2, 1), first_cell(RINGKASAN), text="← Ringkasan", style="link")
    for column, (head, _) in enumerate(columns, start=1):
        sheet.text((_HEAD, column), head, style="head")
    sheet.height(_HEAD, fit.height(columns, minimum=2))
    sheet.worksheet.freeze_panes(_HEAD, 0)
    print_on_folio(sheet, footer=report.footer, repeat=(_HEAD, _HEAD))
    return sheet


def _close(sheet: Sheet, columns: _Columns, count: int) -> int:
    """Finish a list of `count` rows and give its last row; an empty one says so."""
    last = _BODY + max(count, 1) - 1
    if count == 0:
        sheet.merge((_BODY, 1, _BODY, len(columns)), "Tidak ada.", style="cell")
    sheet.worksheet.autofilter(_HEAD - 1, 0, last - 1, len(columns) - 1)
    return last


def _plain_head(sheet: Sheet, heads: Sequence[str]) -> None:
    for column, head in enumerate(heads, start=1):
        sheet.text((1, column), head, style="data_head")
    sheet.height(1, 20)
    sheet.worksheet.freeze_panes(1, 0)
