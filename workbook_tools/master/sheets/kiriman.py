"""Turn the state of every form into a matrix of units and triwulan, and into a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbook_tools import fit
from workbook_tools.form.submission import Delivery
from workbook_tools.indicators.period import due_date, format_date
from workbook_tools.master import words
from workbook_tools.master.layout import PENGIRIMAN, TRIWULAN_NAMES
from workbook_tools.master.report import Report
from workbook_tools.master.sheets.frame import (
    close_list,
    open_page,
    write_link,
    write_list_heads,
)
from workbook_tools.master.styles import MUTED, print_on_folio
from workbook_tools.registry.model import TRIWULAN
from workbook_tools.xlsx import Area, Book, Sheet, absolute_name

RECEIVED, REJECTED, MISSING = "✔", "✖", "○"
_LATE = "terlambat"

_NAME, _TW1, _TOTALS = 1, 2, 6
_WIDTHS = (50.0, 32.0, 32.0, 32.0, 32.0, 12.0, 14.0, 12.5, 12.5)
_SMALLER = 10 / 9  # the words of a cell are one point smaller than what rows are fitted to
_HEAD = 4
_MATRIX_HEADS = ("Diterima", "Terlambat (hari)", "Kesalahan", "Peringatan")
_LIST_HEADS = (
    "Nama jabatan",
    "Unit",
    "Triwulan",
    "Status",
    "Diterima",
    "Revisi",
    "Terlambat (hari)",
    "Kesalahan",
    "Peringatan",
)
_STATUS, _LATENESS = 4, 7
_COUNTED = {7: "G", 8: "H", 9: "I"}  # columns of the list that the matrix adds up


def write_deliveries(book: Book, report: Report) -> None:
    """Write the matrix on top, below it one row per unit and triwulan with real figures."""
    sheet = open_page(book, report, PENGIRIMAN, title="Pengiriman formulir", widths=_WIDTHS)
    sheet.merge((3, 1, 3, len(_WIDTHS)), _legend(report), style="muted_line")
    units = tuple(report.fillers.items())
    first = _HEAD + 1
    list_head = first + max(len(units), 1) + 3
    body = (list_head + 1, list_head + max(len(report.deliveries), 1))
    _write_matrix(sheet, report, units, body=body)
    sheet.merge(
        (list_head - 1, 1, list_head - 1, len(_WIDTHS)),
        "Daftar kiriman, dapat disaring",
        style="section",
    )
    columns = tuple(zip(_LIST_HEADS, _WIDTHS, strict=True))
    write_list_heads(sheet, columns, row=list_head)
    for row, delivery in enumerate(report.deliveries, start=list_head + 1):
        _write_delivery(sheet, row, delivery, report)
    last = close_list(sheet, columns, len(report.deliveries), head=list_head)
    colour_states(sheet, (first, _TW1, first + len(units), _TW1 + len(TRIWULAN) - 1))
    colour_states(sheet, (list_head + 1, _STATUS, last, _STATUS))
    sheet.conditional(
        (list_head + 1, _LATENESS, last, _LATENESS),
        {"type": "formula", "criteria": f"=N($G{list_head + 1})>0", "format": "bad"},
    )
    sheet.worksheet.freeze_panes(_HEAD, _NAME)
    # Excel repeats rows only on the pages after them: on the matrix' own there are no others.
    print_on_folio(sheet, footer=report.footer, repeat=(list_head, list_head))
    sheet.worksheet.set_h_pagebreaks([list_head - 2])


def state(delivery: Delivery) -> str:
    """Say in one line how a form stands: symbol, word, and how late."""
    known = words.DELIVERY_WORDS[delivery.status]
    if delivery.late_days <= 0:
        return known
    said = _LATE if delivery.status == "diterima" else "lewat batas"
    return f"{known}, {said} {delivery.late_days} hari"


def short_state(delivery: Delivery) -> str:
    """Say in two words how a form stands, for a narrow column."""
    known = words.DELIVERY_WORDS[delivery.status]
    if delivery.late_days <= 0 or delivery.status == "ditolak":
        return known
    return f"{known[0]} {'Terlambat' if delivery.status == 'diterima' else 'Lewat'}"


def _legend(report: Report) -> str:
    rules = report.registry.rules
    dates = ", ".join(
        f"{words.triwulan(period)} "
        f"{format_date(due_date(report.year, period, day=rules.due_day_unit))}"
        for period in TRIWULAN
    )
    return (
        f"{RECEIVED} diterima · {REJECTED} ditolak, menunggu perbaikan · {MISSING} belum masuk. "
        f"Batas waktu: {dates}."
    )


def _write_matrix(
    sheet: Sheet, report: Report, units: Sequence[tuple[str, str]], *, body: tuple[int, int]
) -> None:
    heads = ("Unit", *TRIWULAN_NAMES, *_MATRIX_HEADS)
    write_list_heads(sheet, tuple(zip(heads, _WIDTHS, strict=True)), row=_HEAD)
    known = {(one.unit, one.period): one for one in report.deliveries}
    for row, (unit, filler) in enumerate(units, start=_HEAD + 1):
        position = report.registry.position(unit)
        name = position.label if position else unit
        if filler != unit:
            name += f"\n(diisi melalui formulir {filler})"
        sheet.text((row, _NAME), name, style="cell")
        cells = [(name, _WIDTHS[0])]
        for period in TRIWULAN:
            text = _cell(known.get((unit, period)), report)
            sheet.text((row, _TW1 + period - 1), text, style="small")
            cells.append((text, _WIDTHS[period] * _SMALLER))
        _write_totals(sheet, row, unit, known, body=body)
        sheet.height(row, fit.height(cells, minimum=2))


def _cell(delivery: Delivery | None, report: Report) -> str:
    """Say in a few lines how one form stands, when it came, and with what problems."""
    if delivery is None:
        return words.DELIVERY_WORDS["belum"]
    first = state(delivery)
    if delivery.revision is not None and delivery.revision > 1:
        first += f", revisi {delivery.revision}"
    lines = [first]
    if delivery.received_at is not None:
        there = words.local(delivery.received_at, report.registry.rules)
        lines.append(f"{there:%d/%m/%Y %H.%M}")
    counts = ((delivery.errors, "kesalahan"), (delivery.warnings, "peringatan"))
    if found := ", ".join(f"{count} {what}" for count, what in counts if count):
        lines[-1] += f" · {found}"
    return "\n".join(lines)


def _write_totals(
    sheet: Sheet,
    row: int,
    unit: str,
    known: Mapping[tuple[str, int], Delivery],
    *,
    body: tuple[int, int],
) -> None:
    """Add up a unit's forms by live formulas over the list below."""
    own = [one for (name, _), one in known.items() if name == unit]
    units = _range(2, body)
    test = f'{units},"{unit}"'
    sheet.formula(
        (row, _TOTALS),
        f'COUNTIFS({test},{_range(_STATUS, body)},"{words.DELIVERY_WORDS["diterima"]}*")',
        value=sum(one.status == "diterima" for one in own),
        style="count",
    )
    sums = {
        7: sum(one.late_days for one in own),
        8: sum(one.errors for one in own),
        9: sum(one.warnings for one in own),
    }
    for column, value in sums.items():
        sheet.formula(
            (row, column),
            f"SUMIFS({_range(column, body)},{test})",
            value=value,
            style="count",
        )


def _range(column: int, body: tuple[int, int]) -> str:
    return f"{absolute_name((body[0], column))}:{absolute_name((body[1], column))}"


def _write_delivery(sheet: Sheet, row: int, delivery: Delivery, report: Report) -> None:
    filler = report.fillers.get(delivery.unit, delivery.unit)
    name = delivery.name if filler == delivery.unit else f"{delivery.name} (melalui {filler})"
    sheet.text((row, 1), name, style="cell")
    write_link(sheet, (row, 2), delivery.unit, report)
    sheet.text((row, 3), words.triwulan(delivery.period), style="centre")
    sheet.text((row, 4), state(delivery), style="cell")
    if delivery.received_at is None:
        sheet.blank((row, 5), style="when")
    else:
        sheet.date((row, 5), words.local(delivery.received_at, report.registry.rules), style="when")
    figures = (delivery.revision, delivery.late_days, delivery.errors, delivery.warnings)
    for column, figure in enumerate(figures, start=6):
        sheet.number((row, column), figure, style="count")
    cells = [(name, _WIDTHS[0]), (delivery.unit, _WIDTHS[1]), (state(delivery), _WIDTHS[3])]
    sheet.height(row, fit.height(cells))


def colour_states(sheet: Sheet, area: Area) -> None:
    """Colour states by their symbol; what came late or is overdue stands out."""
    cell = absolute_name(area[:2]).replace("$", "")
    looks: tuple[tuple[str, Mapping[str, str | int | bool]], ...] = (
        (f'=AND(LEFT({cell},1)="{RECEIVED}",ISNUMBER(SEARCH("{_LATE}",{cell})))', LATE_LOOK),
        (f'=LEFT({cell},1)="{RECEIVED}"', GOOD_LOOK),
        (f'=LEFT({cell},1)="{REJECTED}"', BAD_LOOK),
        (f'=AND(LEFT({cell},1)="{MISSING}",ISNUMBER(SEARCH("lewat",{cell})))', BAD_LOOK),
        (f'=LEFT({cell},1)="{MISSING}"', {"font_color": MUTED, "bg_color": "#ECEEF0"}),
    )
    for criteria, look in looks:
        sheet.conditional(
            area,
            {"type": "formula", "criteria": criteria, "format": look, "stop_if_true": True},
        )


GOOD_LOOK: Mapping[str, str] = {"font_color": "#1B7837", "bg_color": "#EAF4EC"}
LATE_LOOK: Mapping[str, str] = {"font_color": "#7A4B00", "bg_color": "#FFF4CE"}
BAD_LOOK: Mapping[str, str] = {"font_color": "#B2182B", "bg_color": "#FBE9EA"}
