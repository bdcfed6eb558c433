"""A triwulan has a name, two ends and a due date."""

from __future__ import annotations

from datetime import date

import pytest

from workbook_tools.indicators import period


@pytest.mark.parametrize(
    ("text", "triwulan"), [("TW1", 1), ("tw4", 4), (" TW2 ", 2), ("TW5", None), ("1", None)]
)
def test_a_triwulan_is_read_by_its_short_name(text: str, triwulan: int | None) -> None:
    assert period.parse_period(text) == triwulan


def test_a_triwulan_has_names() -> None:
    names = [(period.period_code(n), period.period_label(n)) for n in (1, 2, 3, 4)]
    assert names == [
        ("TW1", "Triwulan I"),
        ("TW2", "Triwulan II"),
        ("TW3", "Triwulan III"),
        ("TW4", "Triwulan IV"),
    ]


def test_a_triwulan_has_a_first_and_a_last_day() -> None:
    ends = [(period.first_day(2020, n), period.last_day(2020, n)) for n in (1, 2, 3, 4)]
    assert ends == [
        (date(2020, 1, 1), date(2020, 3, 31)),
        (date(2020, 4, 1), date(2020, 6, 30)),
        (date(2020, 7, 1), date(2020, 9, 30)),
        (date(2020, 10, 1), date(2020, 12, 31)),
    ]


def test_forms_are_due_on_a_day_after_the_triwulan() -> None:
    assert period.due_date(2020, 1, day=5) == date(2020, 4, 5)
    assert period.due_date(2020, 4, day=10) == date(2021, 1, 10)


def test_days_late_are_counted_after_the_due_date() -> None:
    due = date(2020, 4, 5)
    days = [period.late_days(date(2020, 4, day), due) for day in (1, 5, 6, 30)]
    assert days == [0, 0, 1, 25]


def test_dates_are_written_in_indonesian() -> None:
    assert period.format_date(date(2020, 4, 5)) == "5 April 2020"
