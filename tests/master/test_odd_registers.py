"""A register of any shape gives a sound master: no error value, nothing that differs, no loss."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tests.master import samples
from tests.master.judge import Cells, cells_of, differences, errors, master
from tests.office import recalculate
from workbook_tools.form.submission import Submission
from workbook_tools.master.layout import EVALUASI, KASKADE, PENGUKURAN
from workbook_tools.registry.model import Indicator, Registry
from workbook_tools.registry.source import load_source

YEAR = 2020
SHARP = """Seksi <b>"Agro"</b> & 'Non' =1+1 """
LONG = "Jalan rusak sehingga petugas <terlambat> & harus kembali; " * 35  # over 2,000 characters
HIGHEST = 408  # a row that needs more is cut off by Excel
REPORTS = (PENGUKURAN, EVALUASI, KASKADE)

pytestmark = [pytest.mark.office, pytest.mark.timeout(600)]


def only(registry: Registry, *units: str) -> Registry:
    """Leave only some units in a register."""
    return replace(
        registry,
        positions=tuple(
            replace(p, superior=p.superior if p.superior in units else None)
            for p in registry.positions
            if p.id in units
        ),
        indicators=tuple(i for i in registry.indicators if i.unit in units),
    )


def many(registry: Registry, unit: str, count: int) -> Registry:
    """Give one unit `count` indicators."""
    pattern = registry.of_unit(unit)[0]

    def copied(number: int) -> Indicator:
        name = f"{unit}/{number:03}"
        return replace(
            pattern,
            id=name,
            number=str(number),
            indikator=f"Indikator ke-{number}",
            inputs=tuple(replace(spec, indicator=name) for spec in pattern.inputs),
            targets=tuple(replace(target, indicator=name) for target in pattern.targets),
        )

    others = tuple(i for i in registry.indicators if i.unit != unit)
    return replace(registry, indicators=(*others, *(copied(n) for n in range(1, count + 1))))


def without_targets(registry: Registry) -> Registry:
    """Make every target 0."""
    return replace(
        registry,
        indicators=tuple(
            replace(i, targets=tuple(replace(t, value=Decimal(0)) for t in i.targets))
            for i in registry.indicators
        ),
    )


def renamed(registry: Registry) -> Registry:
    """Put marks that XML, Excel and HTML know into every name, and make some very long."""
    return replace(
        registry,
        agency=replace(registry.agency, name=SHARP, region="=2+2"),
        positions=tuple(
            replace(p, label=f"{SHARP}{p.id}", jabatan=SHARP, note=LONG) for p in registry.positions
        ),
        indicators=tuple(
            replace(i, indikator=f"=1+1 {SHARP}", sasaran=LONG, satuan='"&<>')
            for i in registry.indicators
        ),
    )


def with_long_texts(submissions: Sequence[Submission]) -> list[Submission]:
    """Write 2,000 characters into every field of every indicator that was asked."""
    fields = ("penghambat", "pendorong", "tindak_lanjut", "bukti")
    return [
        replace(
            form,
            texts={(name, field): LONG[:2000] for name, _ in form.values for field in fields},
        )
        for form in submissions
    ]


def sound(registry: Registry, submissions: Sequence[Submission], folder: Path) -> Cells:
    """Demand that a recalculation finds no error and no difference; give what it read."""
    source = folder / "induk.xlsx"
    source.write_bytes(master(registry, submissions, YEAR))
    before = cells_of(source)
    after = cells_of(recalculate(source, folder / "hitung-ulang.xlsx"))
    assert errors(after) == []
    assert differences(before.values, after.values, among=sorted(before.formulas)) == []
    assert {sheet for sheet, _ in before.formulas} >= set(REPORTS)
    assert max(len(text) for text in before.formulas.values()) < 8192
    return before


def texts_on(cells: Cells, sheet: str) -> list[str]:
    return [str(value) for (name, _), value in cells.values.items() if name == sheet]


@pytest.mark.parametrize("unit", ["kasi-bina-produksi", "iku-dinas", "kabid-perdagangan"])
def test_a_register_of_one_unit_gives_a_sound_master(unit: str, tmp_path: Path) -> None:
    registry = only(load_source(), unit)

    cells = sound(registry, samples.a_year(registry, YEAR, seed=1), tmp_path)

    told = f"dinilai dari {len(registry.of_unit(unit))}"
    for sheet in REPORTS:
        assert [text for text in texts_on(cells, sheet) if text.endswith(told)], sheet


def test_a_year_in_which_all_targets_are_zero_is_judged_nowhere(tmp_path: Path) -> None:
    registry = without_targets(only(load_source(), "iku-dinas", "kepala-dinas", "kabid-pasar"))

    cells = sound(registry, samples.a_year(registry, YEAR, seed=2), tmp_path)

    for sheet in (PENGUKURAN, KASKADE):
        assert texts_on(cells, sheet).count("– Target nol") > 0
    assert "0 dinilai dari 9" in texts_on(cells, EVALUASI)


def test_a_unit_with_200_indicators_gives_a_sound_master(tmp_path: Path) -> None:
    registry = many(only(load_source(), "kasi-bina-produksi", "kabid-pasar"), "kabid-pasar", 200)

    cells = sound(registry, samples.a_year(registry, YEAR, seed=3, periods=(1, 2)), tmp_path)

    for sheet in REPORTS:
        there = "\n".join(texts_on(cells, sheet))
        assert all(f"Indikator ke-{number}" in there for number in range(1, 201)), sheet


def test_a_register_before_its_first_return_says_so_on_every_report(tmp_path: Path) -> None:
    registry = only(load_source(), "iku-dinas", "kepala-dinas", "kabid-pasar", "kasi-sarpras-pasar")

    cells = sound(registry, [], tmp_path)

    for sheet in REPORTS:
        assert any("Belum ada formulir yang diterima" in text for text in texts_on(cells, sheet))


def test_sharp_names_and_texts_of_2000_characters_stay_whole_and_are_texts(tmp_path: Path) -> None:
    units = ("iku-dinas", "kepala-dinas", "kabid-pasar", "kasi-sarpras-pasar", "kabid-industri")
    registry = renamed(only(load_source(), *units))
    submissions = with_long_texts(samples.a_year(registry, YEAR, seed=4))

    cells = sound(registry, submissions, tmp_path)

    source = openpyxl.load_workbook(tmp_path / "induk.xlsx")
    for sheet in REPORTS:
        there = texts_on(cells, sheet)
        assert [text for text in there if SHARP in text], sheet
        heights = [row.height or 15 for row in source[sheet].row_dimensions.values()]
        assert max(heights) < HIGHEST, sheet
        held = [c for row in source[sheet].iter_rows() for c in row if "=1+1" in str(c.value)]
        assert {cell.data_type for cell in held} == {"s"}, sheet
    passages = [text for text in texts_on(cells, EVALUASI) if text == LONG[:2000].strip()]
    assert len(passages) >= 3 * 3
