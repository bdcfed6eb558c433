"""A large register is parted so that every part computes alone and nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.office import registry_of
from tests.master import samples
from tests.master.judge import cells_of, differences, errors, master
from tests.office import recalculate
from workbook_tools.master.division import Part, divide
from workbook_tools.registry.model import Position, Registry
from workbook_tools.registry.source import load_source

REGISTRY = load_source()
LARGE = registry_of(3)


def together(parts: tuple[Part, ...]) -> list[str]:
    return [position.id for part in parts for position in part.registry.positions]


def test_a_register_that_is_small_enough_stays_whole() -> None:
    (part,) = divide(REGISTRY, most=len(REGISTRY.positions))
    assert part.registry == REGISTRY


def test_an_agency_that_is_small_enough_is_a_part_with_its_iku() -> None:
    parts = divide(LARGE, most=24)
    assert [part.id for part in parts] == ["iku-dinas", "iku-dinas-2", "iku-dinas-3"]
    assert [len(part.registry.positions) for part in parts] == [24, 24, 24]
    assert parts[1].label == "Kepala Dinas Koperasi UKM, Perindustrian dan Perdagangan 2"


def test_an_agency_that_is_too_large_is_parted_by_its_bidang() -> None:
    parts = divide(REGISTRY, most=10)
    assert [part.label for part in parts][1:3] == [
        "Sekretaris Dinas",
        "Kepala Bidang Koperasi dan UKM",
    ]
    assert max(len(part.registry.positions) for part in parts) <= 10


def test_the_printed_document_stays_with_the_first_part() -> None:
    first, *others = divide(LARGE, most=24)
    assert first.registry.document == LARGE.document
    assert {part.registry.document for part in others} == {()}


@st.composite
def registers(draw: st.DrawFn) -> Registry:
    """Give the register with any superiors, some of them unknown."""
    positions: list[Position] = []
    for position in REGISTRY.positions:
        above = draw(st.sampled_from([None, "tidak-dikenal", *(p.id for p in positions)]))
        positions.append(replace(position, superior=above))
    return replace(REGISTRY, positions=tuple(positions))


@given(register=registers(), most=st.integers(1, 30))
def test_parts_hold_every_position_and_indicator_once_and_what_they_mirror(
    register: Registry, most: int
) -> None:
    parts = divide(register, most=most)
    assert sorted(together(parts)) == sorted(p.id for p in register.positions)
    assert sorted(i.id for part in parts for i in part.registry.indicators) == sorted(
        i.id for i in register.indicators
    )
    for part in parts:
        ids = [p.id for p in part.registry.positions]
        assert ids == [p.id for p in register.positions if p.id in part.units]
        assert all(part.registry.source(i).unit in part.units for i in part.registry.indicators)


@pytest.mark.office
@pytest.mark.parametrize("number", range(len(divide(REGISTRY, most=10))))
def test_every_part_calculates_alone(number: int, tmp_path: Path) -> None:
    part = divide(REGISTRY, most=10)[number].registry
    source = tmp_path / "bagian.xlsx"
    source.write_bytes(master(part, samples.a_year(part, 2020, seed=5), 2020))
    before = cells_of(source)
    after = cells_of(recalculate(source, tmp_path / "hitung-ulang.xlsx"))
    assert errors(after) == []
    assert differences(before.values, after.values, among=list(before.formulas)) == []
