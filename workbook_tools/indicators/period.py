"""Turn a year and a triwulan into names, days and due dates; every date is an argument."""

from __future__ import annotations

from datetime import date, timedelta

from workbook_tools.registry.model import TRIWULAN

ROMAN = ("I", "II", "III", "IV")
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


def parse_period(text: str) -> int | None:
    """Read "TW1" to "TW4" in any case, None for anything else."""
    return next((n for n in TRIWULAN if text.strip().upper() == period_code(n)), None)


def period_code(triwulan: int) -> str:
    """Give the short name of a triwulan: "TW1"."""
    return f"TW{triwulan}"


def period_label(triwulan: int) -> str:
    """Give the name of a triwulan as people write it: "Triwulan I"."""
    return f"Triwulan {ROMAN[triwulan - 1]}"


def first_day(year: int, triwulan: int) -> date:
    """Give the first day of a triwulan."""
    return date(year, 3 * triwulan - 2, 1)


def last_day(year: int, triwulan: int) -> date:
    """Give the last day of a triwulan."""
    if triwulan == TRIWULAN[-1]:
        return date(year, 12, 31)
    return first_day(year, triwulan + 1) - timedelta(days=1)


def due_date(year: int, triwulan: int, *, day: int) -> date:
    """Give the due date: day `day` after the triwulan (domain.md section 8)."""
    return last_day(year, triwulan) + timedelta(days=day)


def late_days(received: date, due: date) -> int:
    """Count the days after the due date, 0 in time."""
    return max(0, (received - due).days)


def format_date(day: date) -> str:
    """Write a date as people read it: "5 April 2020"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
