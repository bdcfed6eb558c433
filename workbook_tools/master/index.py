"""Turn the parts of a large year into the one workbook that leads to all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from workbook_tools import fit
from workbook_tools.form.submission import Delivery
from workbook_tools.indicators.achievement import Average, average
from workbook_tools.master.figures import Consolidated, Row
from workbook_tools.master.layout import RINGKASAN
from workbook_tools.master.report import Report, plan_report
from workbook_tools.master.sheets.grading import grade_of_mean
from workbook_tools.master.sheets.listing import write_data
from workbook_tools.master.styles import DEFAULTS, STYLES, print_on_folio
from workbook_tools.registry.model import Registry
from workbook_tools.uncollected import uncollected
from workbook_tools.xlsx import Book, Sheet

_COLUMNS = (
    ("No", 6.0),
    ("Bagian", 60.0),
    ("Jabatan", 11.0),
    ("Indikator", 12.0),
    ("Rata-rata IKU (%)", 14.0),
    ("Rata-rata IKI (%)", 14.0),
    ("Predikat IKI", 18.0),
    ("Dinilai", 20.0),
    ("Formulir diterima", 22.0),
    ("Terlambat", 12.0),
)
_HEAD = 6
_Told = TypeVar("_Told")


@dataclass(frozen=True, slots=True)
class PartFile:
    """One part and the name of its workbook, which lies beside the index."""

    label: str
    name: str
    registry: Registry


@uncollected()
def write_index(
    consolidated: Consolidated,
    registry: Registry,
    parts: Sequence[PartFile],
    *,
    deliveries: Sequence[Delivery],
    version: str,
    notice: str = "",
) -> bytes:
    """Write the averages and forms of every part with a link to it, and the sheet Data of all.

    The figures are values: the formulas stand in the parts. Equal arguments give equal bytes.
    """
    report = plan_report(
        consolidated,
        registry,
        deliveries=deliveries,
        findings=(),
        trail=(),
        version=version,
        notice=notice,
    )
    book = Book(title=f"IKU dan IKI {consolidated.year}", styles=STYLES, defaults=DEFAULTS)
    _write_parts(book.sheet(RINGKASAN), report, parts)
    write_data(book, report)
    return book.close()


def _write_parts(sheet: Sheet, report: Report, parts: Sequence[PartFile]) -> None:
    sheet.widths(dict(enumerate((width for _, width in _COLUMNS), start=1)))
    agency = report.registry.agency
    sheet.text((1, 1), f"Capaian Kinerja IKU dan IKI Tahun {report.year}", style="title")
    sheet.height(1, 26)
    sheet.text((2, 1), f"{agency.name} · {agency.region}", style="subtitle")
    sheet.text((3, 1), f"{report.as_of} · workbook_tools {report.version}", style="subtitle")
    if report.notice:
        sheet.merge((4, 1, 4, len(_COLUMNS)), report.notice, style="notice")
        room = sum(width for _, width in _COLUMNS)
        sheet.height(4, fit.height([(report.notice, room)], size=11) + 6)
    sheet.text(
        (5, 1),
        f"Induk tahun ini terbagi atas {len(parts)} buku kerja di folder ini; tautan di kolom "
        "Bagian membukanya. Lembar Data memuat semua indikator.",
        style="subtitle",
    )
    for column, (head, _) in enumerate(_COLUMNS, start=1):
        sheet.text((_HEAD, column), head, style="head")
    sheet.height(_HEAD, 32)
    rows = _by_unit(report.consolidated.rows, lambda row: row.indicator.unit)
    sent = _by_unit(report.forms, lambda form: form.unit)
    for number, part in enumerate(parts, start=1):
        _write_part(sheet, report, part, number, rows=rows, sent=sent)
    sheet.worksheet.freeze_panes(_HEAD, 2)
    sheet.worksheet.autofilter(_HEAD - 1, 0, _HEAD + len(parts) - 1, len(_COLUMNS) - 1)
    print_on_folio(sheet, footer=report.footer, repeat=(_HEAD, _HEAD))
    sheet.worksheet.activate()


def _by_unit(told: Iterable[_Told], unit: Callable[[_Told], str]) -> dict[str, list[_Told]]:
    found: dict[str, list[_Told]] = defaultdict(list)
    for one in told:
        found[unit(one)].append(one)
    return found


def _write_part(
    sheet: Sheet,
    report: Report,
    part: PartFile,
    number: int,
    *,
    rows: Mapping[str, Sequence[Row]],
    sent: Mapping[str, Sequence[Delivery]],
) -> None:
    row = _HEAD + number
    units = [position.id for position in part.registry.positions]
    measured = [one for unit in units for one in rows.get(unit, ())]
    iku, iki = (_mean(report, measured, jenis) for jenis in ("IKU", "IKI"))
    forms = [form for unit in units for form in sent.get(unit, ())]
    accepted = sum(form.status == "diterima" for form in forms)
    late = sum(form.late_days > 0 for form in forms)
    sheet.number((row, 1), number, style="centre")
    sheet.file_link((row, 2), part.name, text=part.label, style="grid_link")
    sheet.number((row, 3), len(part.registry.positions), style="count")
    sheet.number((row, 4), len(part.registry.indicators), style="count")
    sheet.number((row, 5), iku.mean, style="percent")
    sheet.number((row, 6), iki.mean, style="percent")
    sheet.text((row, 7), grade_of_mean(iki.mean, report.registry.rules), style="centre")
    sheet.text((row, 8), iki.text, style="centre")
    sheet.text((row, 9), f"{accepted} dari {len(forms)}", style="centre")
    sheet.number((row, 10), late, style="centre")
    sheet.height(row, fit.height([(part.label, _COLUMNS[1][1])]))


def _mean(report: Report, measured: Iterable[Row], jenis: str) -> Average:
    shown = [row.achievement.shown for row in measured if row.jenis == jenis]
    return average(shown, report.registry.rules.cap_average)
