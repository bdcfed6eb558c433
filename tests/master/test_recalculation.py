"""LibreOffice, calculating every formula of the master anew, finds what the core computed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tests.master import samples
from tests.office import recalculate
from workbook_tools.form.submission import Submission
from workbook_tools.master.consolidate import consolidate
from workbook_tools.master.write import write_master
from workbook_tools.registry.model import Indicator, Registry, Rules, Target
from workbook_tools.registry.source import load_source
from workbook_tools.xlsx import Book

YEAR = 2020
Difference = tuple[str, str, object, object]

pytestmark = pytest.mark.office


def master(registry: Registry, submissions: list[Submission]) -> bytes:
    return write_master(
        consolidate(registry, submissions, YEAR),
        registry,
        deliveries=samples.deliveries(registry, submissions, YEAR),
        findings=(),
        version="1.0.0",
    )


def judged(content: bytes, folder: Path) -> tuple[int, list[Difference]]:
    """Give the number of formulas and every cell that a recalculation changes."""
    source = folder / "induk.xlsx"
    source.write_bytes(content)
    target = recalculate(source, folder / "hitung-ulang.xlsx")
    formulas = openpyxl.load_workbook(source)
    stored = openpyxl.load_workbook(source, data_only=True)
    anew = openpyxl.load_workbook(target, data_only=True)
    places = [
        (sheet.title, cell.coordinate)
        for sheet in formulas
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    differences = []
    for sheet, place in places:
        before, after = stored[sheet][place].value, anew[sheet][place].value
        if not _equal(before, after):
            differences.append((sheet, place, before, after))
    return len(places), differences


def _equal(before: object, after: object) -> bool:
    if isinstance(before, int | float) and isinstance(after, int | float):
        return before == pytest.approx(after, rel=1e-9, abs=1e-9)
    return (before or "") == (after or "") and not str(after).startswith("#")


def with_targets_per_triwulan(registry: Registry) -> Registry:
    """Give each usable target four parts that fit its aggregation."""

    def parted(indicator: Indicator, target: Target) -> Target:
        if target.value is None:
            return target
        part = target.value / 4 if indicator.aggregation == "sum" else target.value
        return replace(target, tw=(part, part, part, part))

    return replace(
        registry,
        indicators=tuple(
            replace(one, targets=tuple(parted(one, target) for target in one.targets))
            for one in registry.indicators
        ),
    )


@pytest.mark.parametrize(("seed", "periods"), [(1, (1, 2, 3, 4)), (2, (1, 3)), (3, ())])
def test_no_formula_differs_from_its_stored_value(
    seed: int, periods: tuple[int, ...], tmp_path: Path
) -> None:
    registry = load_source()
    before = [form for year in (2018, 2019) for form in samples.a_year(registry, year, seed=year)]
    now = samples.a_year(registry, YEAR, seed=seed, periods=periods)

    count, differences = judged(master(registry, [*before, *now]), tmp_path)

    assert differences == []
    assert count > 1000


def test_no_formula_differs_under_other_settings_and_targets_per_triwulan(tmp_path: Path) -> None:
    rules = Rules(
        floor=None,
        cap_report=Decimal(150),
        cap_average=Decimal(100),
        min_variant="t_per_r",
        predikat_policy="upper",
    )
    registry = replace(with_targets_per_triwulan(load_source()), rules=rules)
    submissions = samples.a_year(registry, YEAR, seed=4, periods=(1, 2, 3))

    count, differences = judged(master(registry, submissions), tmp_path)

    assert differences == []
    assert count > 1000


def test_the_comparison_finds_a_planted_wrong_value(tmp_path: Path) -> None:
    book = Book()
    sheet = book.sheet("Satu")
    sheet.number((1, 1), 20)
    sheet.formula((1, 2), "A1/2", value=99)
    sheet.formula((1, 3), "A1/0", value=10)
    sheet.formula((1, 4), "A1*2", value=40)

    count, differences = judged(book.close(), tmp_path)

    assert count == 3
    assert differences == [("Satu", "B1", 99, 10), ("Satu", "C1", 10, "#DIV/0!")]
