"""Turn what ledger, register and inbox know into everything that the page shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from urllib.parse import urlencode

from workbook_tools.board import words
from workbook_tools.board.achieved import finding_iku, finding_units, measures_of
from workbook_tools.board.facts import (
    BELUM,
    DITERIMA,
    DITOLAK,
    LEWAT,
    RECEIVED,
    TERLAMBAT,
    Band,
    Board,
    Figure,
    Gathered,
    Measure,
    Unit,
)
from workbook_tools.board.matters import passing, standing
from workbook_tools.board.mistakes import mistakes_of
from workbook_tools.board.sent import units_of
from workbook_tools.indicators.achievement import average
from workbook_tools.indicators.period import format_date, period_label
from workbook_tools.master.words import long_time
from workbook_tools.master.words import settings as settings_words
from workbook_tools.registry.model import TRIWULAN, Registry


def compose(registry: Registry, gathered: Gathered) -> Board:
    """Give the board of the newest year; no clock is asked."""
    units = units_of(registry, gathered)
    measures = measures_of(registry, gathered)
    iku = tuple(m for m in measures if m.is_iku)
    current = max((p for y, p in gathered.known if y == gathered.year), default=None)
    figures = _figures(units, current)
    return Board(
        agency=words.name(registry.agency.name),
        year=gathered.year,
        as_of=gathered.as_of,
        as_of_words=("" if gathered.as_of is None else long_time(gathered.as_of, registry.rules)),
        notice=words.text(gathered.notice),
        headline=(
            _delivery_sentence(units, gathered.year, current),
            *_capaian_sentence(iku, current, registry.rules.cap_average),
        ),
        figures=figures,
        standing=standing(registry, gathered),
        passing=passing(registry, gathered),
        units=units,
        iku=iku,
        measures=tuple(m for m in measures if not m.is_iku),
        has_years=len(gathered.earlier) > 0,
        finding_iku=finding_iku(iku),
        finding_units=finding_units(units),
        mistakes=mistakes_of(registry, gathered),
        bands=tuple(Band(b.symbol, b.label, b.colour) for b in registry.rules.scale),
        settings=settings_words(registry.rules),
        masters=gathered.masters,
        version=gathered.version,
    )


def _counts(units: Sequence[Unit], period: int) -> Counter[str]:
    """Count the states of the forms of one triwulan; a unit filled through another has none."""
    return Counter(unit.cells[period - 1].state for unit in units if not unit.filler)


def _figures(units: Sequence[Unit], period: int | None) -> tuple[Figure, ...]:
    if period is None:
        return ()
    counts = _counts(units, period)
    forms = sum(counts.values())
    received = counts[DITERIMA] + counts[TERLAMBAT]
    late = counts[TERLAMBAT]
    return (
        Figure(
            f"{received} dari {forms}",
            "diterima" + (f", {late} terlambat" if late else ""),
            DITERIMA if received else "",
            _choice(RECEIVED, period) if received else "",
        ),
        _figure(counts[DITOLAK], "ditolak, belum dikirim ulang", state=DITOLAK, period=period),
        _figure(counts[LEWAT], "lewat tenggat", state=LEWAT, period=period),
        _figure(counts[BELUM], "belum masuk", state=BELUM, period=period),
    )


def _figure(count: int, said: str, *, state: str, period: int) -> Figure:
    """Give a figure that calls and leads on only where there is something."""
    if not count:
        return Figure(str(count), said, "", "")
    return Figure(str(count), said, state, _choice(state, period))


def _choice(states: str, period: int) -> str:
    """Give the filter of the page that shows the forms of a triwulan in these states."""
    return urlencode({"keadaan": states, "tw": period})


def _delivery_sentence(units: Sequence[Unit], year: int, period: int | None) -> str:
    if not units:
        return "Registri belum memuat unit yang mengisi formulir."
    if period is None:
        return f"Belum ada formulir yang diterbitkan untuk tahun {year}."
    counts = _counts(units, period)
    forms = sum(counts.values())
    received = counts[DITERIMA] + counts[TERLAMBAT]
    due = next((u.cells[period - 1].due for u in units), None)
    when = f"{period_label(period)} Tahun {year}"
    end = "" if due is None else f" (batas kirim {format_date(due)})"
    if received == forms > 1:
        return f"{when}{end}: semua {forms} formulir sudah diterima."
    return f"{when}{end}: {received} dari {forms} formulir sudah diterima."


def _capaian_sentence(
    iku: Sequence[Measure], period: int | None, cap: Decimal | None
) -> tuple[str, ...]:
    """Say the mean of the IKU, and how it moved since the triwulan before."""
    means = [average([m.trend.values[q - 1] for m in iku], cap) for q in TRIWULAN]
    now = average([m.capaian for m in iku], cap)
    if now.mean is None:
        return ()
    said = f"Rata-rata capaian IKU {words.percent(now.mean)} % dari target setahun ({now.text})"
    earlier = [
        (q, means[q - 1].mean)
        for q in TRIWULAN
        if period is not None and q < period and means[q - 1].mean is not None
    ]
    if not earlier:
        return (f"{said}.",)
    before, mean = earlier[-1]
    way = "tetap sama dengan" if mean == now.mean else "dari"
    if mean is not None and mean != now.mean:
        way = "naik dari" if mean < now.mean else "turun dari"
    return (f"{said}, {way} {words.percent(mean)} % pada {period_label(before)}.",)
