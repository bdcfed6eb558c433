"""Turn codes, numbers and times of the master into the words that its readers know."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from workbook_tools.indicators.achievement import (
    BELUM_DIISI,
    DI_ANTARA_BATAS,
    OK,
    TARGET_NOL,
    TARGET_PERLU_KONFIRMASI,
    TARGET_SUSPECT,
    TIDAK_DINILAI,
)
from workbook_tools.indicators.numbers import format_number
from workbook_tools.indicators.period import format_date
from workbook_tools.master.figures import DATA_TERAKHIR, Row
from workbook_tools.master.layout import TRIWULAN_NAMES
from workbook_tools.registry.model import Aggregation, Band, Rules

_LONGEST_REASON = 160

STATUS_WORDS: Mapping[str, str] = {
    OK: "Dapat dinilai",
    BELUM_DIISI: "Belum diisi",
    TARGET_PERLU_KONFIRMASI: "Target perlu dikonfirmasi Perencanaan",
    TARGET_NOL: "Target nol, capaian tidak dapat dihitung",
    TIDAK_DINILAI: "Tidak ada target, tidak dinilai",
}

DELIVERY_WORDS: Mapping[str, str] = {
    "diterima": "✔ Diterima",
    "ditolak": "✖ Ditolak",
    "belum": "○ Belum",
}

SEVERITY_WORDS: Mapping[str, str] = {
    "error": "Kesalahan",
    "warning": "Peringatan",
    "info": "Informasi",
}

AGGREGATION_WORDS: Mapping[Aggregation, str] = {
    Aggregation.SUM: "dijumlah",
    Aggregation.LAST: "posisi terakhir",
    Aggregation.AVERAGE: "rata-rata",
    Aggregation.MAX: "tertinggi",
}

TEXT_FIELDS: Mapping[str, str] = {
    "pendorong": "Faktor pendorong",
    "penghambat": "Faktor penghambat",
    "tindak_lanjut": "Tindak lanjut",
    "bukti": "Bukti dukung",
    "keterangan": "Keterangan",
}


def local(moment: datetime, rules: Rules) -> datetime:
    """Give an aware time in the office's zone."""
    return moment.astimezone(ZoneInfo(rules.timezone))


def long_time(moment: datetime, rules: Rules) -> str:
    """Write an aware time for people, such as 5 April 2020 pukul 14.05 WIB."""
    there = local(moment, rules)
    return f"{format_date(there.date())} pukul {there:%H.%M} {there.tzname()}"


def triwulan(period: int) -> str:
    """Name a triwulan, such as TW II."""
    return TRIWULAN_NAMES[period - 1]


def notes(row: Row) -> str:
    """Say in words what is special about a row, one line each; "" where nothing is."""
    said = []
    status = row.achievement.status
    if status == BELUM_DIISI and (reason := _no_data(row)):
        said.append(f"Data belum ada: {reason}")
    elif status != OK:
        said.append(f"{STATUS_WORDS[status]}.")
    if DATA_TERAKHIR in row.flags and row.last_period:
        said.append(f"Data terakhir {triwulan(row.last_period)}.")
    if TARGET_SUSPECT in row.flags:
        said.append("Capaian di atas 200 %: periksa target dan realisasi.")
    if DI_ANTARA_BATAS in row.flags:
        said.append("Nilainya di antara dua batas predikat; dibaca menurut pengaturan.")
    if row.source is not row.indicator:
        said.append(f"Isian sama dengan {row.source.id}.")
    return "\n".join(said)


def _no_data(row: Row) -> str:
    """Give the reason that the newest return gives for having no figure, "" for a blank."""
    if row.period is None:
        return ""
    quarter = row.quarters[row.period - 1]
    if quarter is None:
        return ""
    return " ".join(dict(quarter.texts).get("keterangan", "").split())[:_LONGEST_REASON]


def settings(rules: Rules) -> str:
    """Say the settings that shape the figures, short enough for a page's foot."""
    floor = "tanpa batas bawah" if rules.floor is None else f"paling rendah {_whole(rules.floor)}"
    report = (
        "tanpa batas atas"
        if rules.cap_report is None
        else f"paling tinggi {_whole(rules.cap_report)}"
    )
    mean = (
        "rata-rata tanpa batas"
        if rules.cap_average is None
        else f"untuk rata-rata paling tinggi {_whole(rules.cap_average)}"
    )
    minimum = "(2T-R)/T" if rules.min_variant == "standard" else "T/R"
    bounds = "batas bawah" if rules.predikat_policy == "lower" else "batas atas"
    return (
        f"Capaian {floor}, {report}, {mean}; minimize {minimum}; "
        f"predikat mulai {scale(rules)} ({bounds})"
    )


def _whole(value: Decimal) -> str:
    return format_number(value, decimals=0)


def scale(rules: Rules) -> str:
    """Say the bounds of the scale, highest first, such as 91/76/66/51."""
    return "/".join(_whole(bound) for _, bound in _bounds(rules))


def legend(rules: Rules) -> str:
    """Say what each symbol means."""
    sign = "≥" if rules.predikat_policy == "lower" else ">"
    known = [
        f"{b.symbol} {b.label} {sign} {format_number(bound, decimals=0)}"
        for b, bound in _bounds(rules)
    ]
    last = rules.scale[-1]
    return " · ".join([*known, f"{last.symbol} {last.label}", "abu-abu: tidak dinilai"])


def _bounds(rules: Rules) -> list[tuple[Band, Decimal]]:
    """Give each band but the last with the bound that the policy reads."""
    step = 0 if rules.predikat_policy == "lower" else 1
    return [(band, band.lower - step) for band in rules.scale[:-1]]
