"""An analyst edits one figure in LibreOffice: what the rules say follows, and nothing else."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from tests import office
from tests.master import samples
from tests.master.judge import Cells, Place, cells_of, differences, errors, master
from tests.trust.size import SEED, figure, sized
from workbook_tools.form.submission import Submission
from workbook_tools.master.layout import (
    CATATAN,
    DATA,
    EVALUASI,
    ISIAN,
    JEJAK,
    KASKADE,
    PENGIRIMAN,
    PENGUKURAN,
    RINGKASAN,
    TREN,
    plan_isian,
)
from workbook_tools.registry.model import TRIWULAN, Registry
from workbook_tools.registry.source import load_source

YEAR = 2020
PERIODS = (1, 2, 3)

TOLD = {DATA, ISIAN, CATATAN, JEJAK, PENGIRIMAN}
"""Sheets that hold what the returns said; figures are edited on one of them."""

ATTENTION, ODD_CARD = "Yang belum masuk atau terlambat", "Hal yang perlu diperiksa"

pytestmark = [pytest.mark.office, pytest.mark.timeout(1800)]

Input = tuple[str, str, int]
"""An indicator, the key of one of its inputs, a triwulan."""


@cache
def register() -> Registry:
    return load_source()


@cache
def returns() -> tuple[Submission, ...]:
    earlier = [
        form for year in (2018, 2019) for form in samples.a_year(register(), year, seed=SEED)
    ]
    return (*earlier, *samples.a_year(register(), YEAR, seed=SEED, periods=PERIODS))


def edited(
    submissions: Sequence[Submission], at: Input, number: Decimal | None
) -> list[Submission]:
    """Give the returns as they were if one input had been typed otherwise."""
    indicator, key, period = at
    unit = indicator.split("/", maxsplit=1)[0]
    return [
        replace(form, values={**form.values, (indicator, key): number})
        if (form.unit, form.year, form.period) == (unit, YEAR, period)
        else form
        for form in submissions
    ]


def some_inputs(count: int) -> list[tuple[Input, Decimal | None]]:
    """Draw inputs with a new figure each: another number, 0, or none."""
    chance = random.Random(SEED)
    places = sorted(plan_isian(register()).rows)
    drawn = []
    for number in range(count):
        indicator, key = chance.choice(places)
        new = [Decimal(chance.randint(1, 900)), Decimal(0), None][number % 3]
        drawn.append(((indicator, key, chance.choice(PERIODS)), new))
    return drawn


def typed(source: Path, target: Path, at: Input, number: Decimal | None) -> Cells:
    """Give the workbook after a person has typed one figure into the sheet Isian."""
    indicator, key, period = at
    cell = plan_isian(register()).cell(indicator, key, period).rsplit("!", maxsplit=1)[1]
    value = None if number is None else float(number)
    return cells_of(office.edit(source, target, {(ISIAN, cell.replace("$", "")): value}))


def test_an_edited_input_changes_exactly_what_the_rules_say(tmp_path: Path) -> None:
    source = tmp_path / "induk.xlsx"
    source.write_bytes(master(register(), returns(), YEAR))
    before = cells_of(source)
    followed = 0
    for number, (at, new) in enumerate(some_inputs(sized(5, 240))):
        wanted = cells_of(master(register(), edited(returns(), at, new), YEAR))

        after = typed(source, tmp_path / f"sesudah-{number}.xlsx", at, new)

        live = sorted(before.formulas)
        assert errors(after) == [], (at, new)
        assert differences(after.values, wanted.values, among=live) == [], (at, new)
        followed += len(differences(before.values, after.values, among=live))
        constant = sorted((before.values.keys() | after.values.keys()) - before.formulas.keys())
        assert len(differences(before.values, after.values, among=constant)) <= 1, (at, new)
    figure("cells that followed an edited input", followed)
    assert followed > 0


def moved(before: Cells, after: Cells) -> set[Place]:
    """Give the cells at which two masters differ on the sheets that show figures."""
    places = sorted(before.values.keys() | after.values.keys())
    found = differences(before.values, after.values, among=places)
    return {place for place, _, _ in found if place[0] not in TOLD}


def is_told(place: Place, before: Cells) -> bool:
    """Tell whether a cell holds words about the returns, which no edit of a figure changes.

    Those are the column Catatan of a position, and on Ringkasan what is to be checked.
    """
    sheet, at = place
    column, row = re.fullmatch(r"([A-Z]+)(\d+)", at).groups()  # type: ignore[union-attr]
    if sheet == RINGKASAN:
        first = next(c for (s, c), v in before.values.items() if s == sheet and v == ATTENTION)
        card = next(c for (s, c), v in before.values.items() if s == sheet and v == ODD_CARD)
        return int(row) >= int(first[1:]) or at == f"{card[0]}{int(card[1:]) + 1}"
    return any(before.values.get((sheet, f"{column}{line}")) == "Catatan" for line in range(1, 40))


def test_an_edit_moves_exactly_the_cells_of_every_sheet_that_the_rules_say(tmp_path: Path) -> None:
    source = tmp_path / "induk.xlsx"
    source.write_bytes(master(register(), returns(), YEAR))
    before = cells_of(source)
    seen: set[str] = set()
    edits = [*some_inputs(sized(3, 60)), (("iku-dinas/01", "a", 3), Decimal(3))]
    for number, (at, new) in enumerate(edits):
        wanted = cells_of(master(register(), edited(returns(), at, new), YEAR))
        target = tmp_path / f"sesudah-{number}.xlsx"
        typed(source, target, at, new)

        after = cells_of(office.recalculate(target, tmp_path / f"keras-{number}.xlsx"))

        said, done = moved(before, wanted), moved(before, after)
        assert done <= said, (at, new)
        assert [place for place in sorted(said - done) if not is_told(place, before)] == []
        assert differences(after.values, wanted.values, among=sorted(done)) == []
        seen |= {sheet for sheet, _ in done}
    figure("sheets on which an edited input moved figures", len(seen))
    assert {RINGKASAN, "IKU", "kepala-dinas", PENGUKURAN, EVALUASI, KASKADE, TREN} <= seen


def test_an_input_of_an_iku_moves_the_iki_that_repeats_it_on_every_report(tmp_path: Path) -> None:
    source = tmp_path / "induk.xlsx"
    source.write_bytes(master(register(), returns(), YEAR))
    before = cells_of(source)

    after = typed(source, tmp_path / "sesudah.xlsx", ("iku-dinas/03", "a", 3), Decimal(871))

    moved = differences(before.values, after.values, among=sorted(before.formulas))
    sheets = {place[0] for place, _, _ in moved}
    assert {"IKU", "kepala-dinas", PENGUKURAN, EVALUASI, KASKADE} <= sheets
    rates = [now for (sheet, at), _, now in moved if sheet == PENGUKURAN and at[0] == "F"]
    assert rates == [871, 871]


def test_an_edited_target_moves_every_report(tmp_path: Path) -> None:
    source, target = tmp_path / "induk.xlsx", tmp_path / "sesudah.xlsx"
    registry = register()
    source.write_bytes(master(registry, returns(), YEAR))
    cell = target_cell(source, "kasi-bina-produksi")

    after = cells_of(office.edit(source, target, {("kasi-bina-produksi", cell): 40}))

    one = registry.of_unit("kasi-bina-produksi")[0]
    other = replace(
        one,
        targets=tuple(replace(t, value=Decimal(40)) if t.year == YEAR else t for t in one.targets),
    )
    changed = replace(
        registry,
        indicators=tuple(other if i.id == one.id else i for i in registry.indicators),
    )
    wanted = cells_of(master(changed, returns(), YEAR))
    assert differences(after.values, wanted.values, among=sorted(after.formulas)) == []


def target_cell(source: Path, sheet: str) -> str:
    """Give the address of the first target of the year on a position's sheet."""
    for row in openpyxl.load_workbook(source)[sheet].iter_rows():
        for cell in row:
            if cell.value == f"Target {YEAR}":
                return str(cell.offset(row=1).coordinate)
    message = f"no target on {sheet}"
    raise AssertionError(message)


def test_each_triwulan_that_was_sent_may_be_edited() -> None:
    assert {period for (_, _, period), _ in some_inputs(60)} == set(PERIODS) < set(TRIWULAN)
