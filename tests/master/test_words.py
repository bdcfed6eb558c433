"""Readers see Indonesian numbers, times and sentences."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from workbook_tools.master import words
from workbook_tools.registry.model import Rules


def test_times_are_those_of_the_office() -> None:
    moment = datetime(2020, 4, 5, 7, 5, tzinfo=UTC)

    assert words.long_time(moment, Rules()) == "5 April 2020 pukul 14.05 WIB"
    assert words.long_time(moment, Rules(timezone="Asia/Jayapura")).endswith("16.05 WIT")


def test_the_settings_fit_into_a_pages_foot() -> None:
    said = words.settings(Rules())

    assert said == (
        "Capaian paling rendah 0, tanpa batas atas, untuk rata-rata paling tinggi 120; "
        "minimize (2T-R)/T; predikat mulai 91/76/66/51 (batas bawah)"
    )
    assert len(said) < 200


def test_other_settings_are_said_too() -> None:
    rules = Rules(
        floor=None,
        cap_report=Decimal(150),
        cap_average=None,
        min_variant="t_per_r",
        predikat_policy="upper",
    )

    assert words.settings(rules) == (
        "Capaian tanpa batas bawah, paling tinggi 150, rata-rata tanpa batas; "
        "minimize T/R; predikat mulai 90/75/65/50 (batas atas)"
    )


def test_the_legend_names_symbol_word_and_bound() -> None:
    assert words.legend(Rules()) == (
        "▲ Sangat Tinggi ≥ 91 · △ Tinggi ≥ 76 · ◆ Sedang ≥ 66 · ▽ Rendah ≥ 51 · "
        "▼ Sangat Rendah · abu-abu: tidak dinilai"
    )
    assert words.legend(Rules(predikat_policy="upper")).startswith("▲ Sangat Tinggi > 90 · ")
