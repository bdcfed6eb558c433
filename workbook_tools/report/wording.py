"""Turn measured rows into the sentences and figures of LKjIP Bab III."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from workbook_tools.indicators.achievement import HUNDRED, OK
from workbook_tools.indicators.measure import accumulates
from workbook_tools.indicators.numbers import format_number
from workbook_tools.indicators.period import period_label
from workbook_tools.master import words
from workbook_tools.master.figures import Row
from workbook_tools.master.report import has_decimals
from workbook_tools.registry.model import Indicator, Polarity, Registry, Target
from workbook_tools.visible import one_line

NONE = "-"
SIGN = "\N{NO-BREAK SPACE}%"
CENTS = 2
LONGEST_LABEL = 46
NOT_JUDGED = "6B6B6B"
"""The ink of everything that has no capaian: grey, never green."""


def name_of(indicator: Indicator) -> str:
    """Give an indicator's text on one line."""
    return one_line(indicator.indikator) or indicator.id


def places(row: Row) -> int:
    """Give how many decimals all figures of one row are shown with."""
    values = (row.realisasi_sd, row.target_value, *(value for _, value in row.actuals))
    return CENTS if has_decimals(row.indicator, values) else 0


def figure(row: Row, value: Decimal | None) -> str:
    """Write a figure of a row, "-" where there is none."""
    return NONE if value is None else format_number(value, decimals=places(row))


def target(row: Row, of: Target | None) -> str:
    """Write a target, a range as both its bounds."""
    if of is None or of.value is None:
        return NONE
    if row.indicator.polarity is Polarity.RANGE and of.low is not None:
        return f"{figure(row, of.low)}–{figure(row, of.value)}"
    return figure(row, of.value)


def percent(value: Decimal | None) -> str:
    """Write a percentage without its sign, "-" where there is none."""
    return NONE if value is None else format_number(value, decimals=CENTS)


def end_target(indicator: Indicator) -> Decimal | None:
    """Give the Renstra's end target: the sum over the years where years add up."""
    values = [one.value for one in indicator.targets]
    if not values:
        return None
    if not accumulates(indicator):
        return values[-1]
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if len(known) == len(values) else None


def predikat(row: Row) -> str:
    """Write the predikat as symbol and word."""
    return f"{row.symbol} {row.predikat}".strip()


def capaian(row: Row) -> str:
    """Write a capaian with its predikat, as it stands beside a bar."""
    shown = row.achievement.shown
    return "tidak dinilai" if shown is None else f"{percent(shown)}{SIGN} {row.predikat}"


def colour(registry: Registry, label: str) -> str:
    """Give the ink of a predikat."""
    return next((band.colour for band in registry.rules.scale if band.label == label), NOT_JUDGED)


def tint(ink: str) -> str:
    """Give a pale ground in the hue of an ink, pale enough for black letters."""
    parts = (int(ink[at : at + 2], 16) for at in (0, 2, 4))
    return "".join(f"{part + (255 - part) * 4 // 5:02X}" for part in parts)


def sentences(row: Row, registry: Registry) -> str:
    """Tell one indicator in sentences: this year, the year before, the end of the Renstra."""
    told = [_this_year(row), _before(row), _end(row, registry)]
    return " ".join(one for one in told if one)


def _unit(row: Row) -> str:
    satuan = one_line(row.indicator.satuan)
    return f" {satuan}" if satuan else ""


def _this_year(row: Row) -> str:
    if row.realisasi_sd is None:
        return f"Realisasi tahun {row.year} belum ada."
    until = ""
    if row.last_period and row.last_period < len(row.quarters):
        until = f" (data sampai dengan {period_label(row.last_period)})"
    said = f"Realisasi tahun {row.year} {figure(row, row.realisasi_sd)}{_unit(row)}{until}"
    if row.achievement.status != OK:
        return f"{said}; capaiannya tidak dinilai."
    return (
        f"{said} dari target {target(row, row.target)}{_unit(row)}: capaian "
        f"{percent(row.achievement.shown)}{SIGN} ({row.predikat})."
    )


def _before(row: Row) -> str:
    before = dict(row.actuals).get(row.year - 1)
    if before is None or row.realisasi_sd is None:
        return f"Realisasi tahun {row.year - 1} tidak ada dalam data, jadi tidak dibandingkan."
    start = f"Dibandingkan dengan tahun {row.year - 1} ({figure(row, before)}{_unit(row)})"
    if row.change is None:
        return f"{start} perubahannya tidak dapat dihitung."
    if row.change == 0:
        return f"{start} realisasinya tetap."
    way = "naik" if row.change > 0 else "turun"
    return f"{start} realisasinya {way} {percent(abs(row.change))}{SIGN}."


def _end(row: Row, registry: Registry) -> str:
    if row.renstra is None or row.renstra.status != OK:
        return ""
    end = registry.years[-1]
    goal = end_target(row.indicator)
    whole = "jumlah target" if accumulates(row.indicator) else "target"
    scope = f"{registry.years[0]}–{end}" if accumulates(row.indicator) else str(end)
    return (
        f"Terhadap {whole} akhir Renstra {scope} ({figure(row, goal)}{_unit(row)}) capaiannya "
        f"{percent(row.renstra.shown)}{SIGN}."
    )


def finding_of_bars(rows: Sequence[Row]) -> str:
    """Say what a chart of capaian shows."""
    known = [
        (row, shown) for row in rows for shown in (row.achievement.shown,) if shown is not None
    ]
    if not known:
        return "Belum ada capaian yang dapat dinilai."
    if len(known) == 1:
        row, shown = known[0]
        return f"{short(name_of(row.indicator))}: capaian {percent(shown)}{SIGN} ({row.predikat})."
    reached = sum(1 for _, shown in known if shown >= HUNDRED)
    number = str(reached) if reached else "Tidak satu pun"
    said = f"{number} dari {len(known)} indikator yang dinilai mencapai 100{SIGN} atau lebih."
    top, low = max(known, key=lambda pair: pair[1]), min(known, key=lambda pair: pair[1])
    return (
        f"{said} Tertinggi: {short(name_of(top[0].indicator))} ({percent(top[1])}{SIGN}); "
        f"terendah: {short(name_of(low[0].indicator))} ({percent(low[1])}{SIGN})."
    )


def finding_of_years(row: Row) -> str:
    """Say what a chart of target and realisasi over the years shows."""
    if row.realisasi_sd is None:
        return f"Realisasi tahun {row.year} belum ada; yang tampak hanya targetnya."
    if row.target_value is None:
        return f"Realisasi tahun {row.year} {figure(row, row.realisasi_sd)}, tanpa target."
    if row.indicator.polarity is Polarity.RANGE:
        return (
            f"Realisasi tahun {row.year} {figure(row, row.realisasi_sd)}, targetnya "
            f"{target(row, row.target)}."
        )
    gap = row.realisasi_sd - row.target_value
    if gap == 0:
        where = "sama dengan targetnya"
    else:
        side = "di atas" if gap > 0 else "di bawah"
        where = f"{figure(row, abs(gap))}{_unit(row)} {side} targetnya"
    known = sum(1 for _, value in row.actuals if value is not None)
    before = "" if known else " Realisasi tahun-tahun sebelumnya tidak ada dalam data."
    return f"Realisasi tahun {row.year} {where}.{before}"


def reason(row: Row) -> str:
    """Say why a row has no capaian."""
    return one_line(words.notes(row)) or words.STATUS_WORDS[row.achievement.status]


def short(text: str) -> str:
    """Cut a text to what stands beside a bar."""
    return one_line(text, longest=LONGEST_LABEL)
