"""An agency ten times as large still gives a master that opens, calculates and prints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.office import open_office
from benchmarks.whole import dropped, ingest
from tests.master import samples
from tests.master.judge import Cells, Place, cells_of, differences, errors, master
from tests.office import recalculate
from tests.trust.size import figure, sized
from workbook_tools.master.consolidate import DATA_COLUMNS
from workbook_tools.master.layout import DATA, RINGKASAN
from workbook_tools.registry.model import Indicator, Position, Registry
from workbook_tools.registry.source import load_source

YEAR = 2020
LONGEST_FORMULA = 8192
INDICATORS_OF_ONE = 200
OF_EACH = 2
FORMS_OF_AN_AGENCY = 84
INDIKATOR = "C"  # the column of Data that names the indicator

pytestmark = [pytest.mark.office, pytest.mark.slow, pytest.mark.timeout(1800)]


def large(positions: int) -> Registry:
    """Multiply the positions of the register; one of them has 200 indicators."""
    registry = load_source()
    known = [p for p in registry.positions if p.jenis == "IKI" and not p.lost][1:]
    named = {p.id: p for p in registry.positions}
    others: list[Position] = []
    indicators: list[Indicator] = []
    for number in range(1, 1 + -(-positions // len(known))):
        for old in known[: positions - len(others)]:
            above = named.get(old.superior or "")
            name = old.superior if above is None or above.level == "kepala_dinas" else (
                f"{old.superior}-{number}"
            )  # fmt: skip
            new = replace(
                old, id=f"{old.id}-{number}", label=f"{old.label} {number}", superior=name
            )
            others.append(new)
            indicators += (copied(one, new.id) for one in registry.of_unit(old.id)[:OF_EACH])
    first = registry.of_unit(known[0].id)[0]
    indicators += (
        copied(replace(first, id=f"x/{number:03}"), others[0].id)
        for number in range(100, 100 + INDICATORS_OF_ONE - OF_EACH)
    )
    kept = tuple(p for p in registry.positions if p.level == "kepala_dinas" or p.jenis == "IKU")
    return replace(
        registry,
        positions=(*kept, *others),
        indicators=(*(i for p in kept for i in registry.of_unit(p.id)), *indicators),
    )


def copied(one: Indicator, unit: str) -> Indicator:
    """Give an indicator to another position."""
    name = f"{unit}/{one.id.split('/')[1]}"
    return replace(
        one,
        id=name,
        unit=unit,
        inputs=tuple(replace(spec, indicator=name) for spec in one.inputs),
        targets=tuple(replace(target, indicator=name) for target in one.targets),
    )


def lengths(formulas: Iterator[str]) -> int:
    return max(map(len, formulas))


def test_many_positions_one_of_them_with_200_indicators_give_a_sound_master(tmp_path: Path) -> None:
    registry = large(sized(150, 1000))
    returns = samples.a_year(registry, YEAR, seed=9)
    source = tmp_path / "induk.xlsx"
    source.write_bytes(master(registry, returns, YEAR))
    before = cells_of(source)
    figure("longest formula of a large master", lengths(iter(before.formulas.values())))
    assert lengths(iter(before.formulas.values())) < LONGEST_FORMULA

    after = cells_of(recalculate(source, tmp_path / "hitung-ulang.xlsx", seconds=900))

    assert errors(after) == []
    assert differences(before.values, after.values, among=sorted(before.formulas)) == []
    assert len({sheet for sheet, _ in before.values}) > len(registry.positions)
    total = len(registry.indicators)
    assert f"dari {total} indikator IKU dan IKI" in {
        value for (sheet, _), value in after.values.items() if sheet == RINGKASAN
    }


def told_by_data(cells: Cells) -> dict[Place, object]:
    """Give what the sheet Data says, by indicator and column."""
    data = {at: value for (sheet, at), value in cells.values.items() if sheet == DATA}
    names = {at[1:]: str(value) for at, value in data.items() if at[0] == INDIKATOR}
    return {(names[at[1:]], at[0]): value for at, value in data.items()}


def test_the_parts_of_many_agencies_and_their_index_open_and_calculate(tmp_path: Path) -> None:
    agencies = sized(6, 42)
    office = open_office(tmp_path / "asal", agencies * FORMS_OF_AN_AGENCY, seed=9)
    root = dropped(office, tmp_path / "kantor")
    ingest(root)
    index, *parts = sorted((root / "outbox" / "master").iterdir())
    figure("positions of a divided master, parts", (len(office.registry.positions), len(parts)))
    assert (index.name, len(parts)) == (f"IKU-IKI-{YEAR}.xlsx", agencies)

    data: dict[Place, object] = {}
    for source in parts:
        before = cells_of(source)
        after = cells_of(recalculate(source, tmp_path / "hitung-ulang.xlsx"))
        assert errors(after) == []
        assert differences(before.values, after.values, among=sorted(before.formulas)) == []
        data |= told_by_data(after)

    shown = cells_of(recalculate(index, tmp_path / "hitung-ulang.xlsx"))
    assert errors(shown) == []
    told = told_by_data(shown)
    assert differences(told, data, among=sorted({*told, *data})) == []
    named = [name for name, column in told if column == INDIKATOR]
    assert named == [DATA_COLUMNS[2], *(one.id for one in office.registry.indicators)]
