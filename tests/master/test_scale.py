"""The office chooses the words of its scale; no mark in them breaks a formula or a count."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.master import samples
from tests.master.judge import cells_of, differences, errors, master
from tests.office import recalculate
from workbook_tools.master.consolidate import consolidate
from workbook_tools.master.layout import RINGKASAN
from workbook_tools.registry.model import Band, Registry, Rules
from workbook_tools.registry.source import load_source

YEAR = 2020
SCALE = (
    Band(Decimal(91), 'Sangat "Tinggi"', "▲", "1B7837"),
    Band(Decimal(76), "*", "", "5AAE61"),
    Band(Decimal(66), "Sedang?~", "◆", "B8860B"),
    Band(Decimal(51), ">=0", "", "D95F0E"),
    Band(Decimal("-Infinity"), "=1+1&'", "<>", "B2182B"),
)

pytestmark = pytest.mark.office


def register() -> Registry:
    return replace(load_source(), rules=Rules(scale=SCALE))


def test_sharp_words_of_the_scale_are_counted_one_by_one(tmp_path: Path) -> None:
    registry = register()
    returns = samples.a_year(registry, YEAR, seed=8)
    source = tmp_path / "induk.xlsx"
    source.write_bytes(master(registry, returns, YEAR))
    before = cells_of(source)

    after = cells_of(recalculate(source, tmp_path / "hitung-ulang.xlsx"))

    assert errors(after) == []
    assert differences(before.values, after.values, among=sorted(before.formulas)) == []
    counts = consolidate(registry, returns, YEAR).predikat_counts()
    labels = {
        str(value): int(at[1:])
        for (sheet, at), value in after.values.items()
        if sheet == RINGKASAN and at[0] == "L" and int(at[1:]) > 9
    }
    counted = {
        band.label: after.values[RINGKASAN, f"O{labels[f'{band.symbol} {band.label}']}"]
        for band in SCALE
    }
    assert counted == {band.label: counts[band.label] for band in SCALE}
    assert sum(count > 0 for count in counts.values()) > 2


def test_a_word_longer_than_a_constant_of_excel_may_be_stays_whole(tmp_path: Path) -> None:
    long = Band(SCALE[0].lower, 'Sangat "Tinggi" ' * 20, "▲", SCALE[0].colour)
    registry = replace(load_source(), rules=Rules(scale=(long, *SCALE[1:])))
    source = tmp_path / "induk.xlsx"
    source.write_bytes(master(registry, samples.a_year(registry, YEAR, seed=8), YEAR))
    before = cells_of(source)

    after = cells_of(recalculate(source, tmp_path / "hitung-ulang.xlsx"))

    assert differences(before.values, after.values, among=sorted(before.formulas)) == []
