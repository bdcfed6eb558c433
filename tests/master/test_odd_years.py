"""Years that lack much, or hold what nobody expects, still give a sound master."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from tests.master import samples
from tests.master.test_recalculation import YEAR, judged
from workbook_tools import fit
from workbook_tools.form.submission import Submission
from workbook_tools.master.consolidate import consolidate
from workbook_tools.master.trail import Received, Warned
from workbook_tools.master.write import write_master
from workbook_tools.registry.model import Registry
from workbook_tools.registry.source import load_source

HOSTILE = "Kepala & <Seksi> \"Pasar\" 'Lama' {=1} _x005F_x003D_1+1"
LONG = ("Anggaran baru cair pada akhir triwulan & peserta belum hadir. " * 40)[:2000]


def trail_of(submissions: Sequence[Submission], *, changes: str = "") -> list[Received]:
    return [
        Received(
            number=number,
            unit=one.unit,
            year=one.year,
            period=one.period,
            revision=one.revision,
            issue=one.issue,
            file=one.file,
            sha256=one.sha256,
            received_at=one.received_at,
            people={"pengisi_nama": HOSTILE},
            changes=changes,
            warnings=(Warned("N10", "H8", f"{one.unit}/01", "Periksa angka nol."),),
        )
        for number, one in enumerate(submissions, start=1)
    ]


def master(registry: Registry, submissions: Sequence[Submission]) -> bytes:
    return write_master(
        consolidate(registry, submissions, YEAR),
        registry,
        deliveries=samples.deliveries(registry, submissions, YEAR),
        findings=(),
        trail=trail_of(submissions, changes="Yang berubah: H8: 1 menjadi 2."),
        version="1.0.0",
    )


def one_unit(registry: Registry) -> Registry:
    unit = registry.form_units()[-1]
    return replace(
        registry,
        positions=tuple(p for p in registry.positions if p.id == unit),
        indicators=registry.of_unit(unit),
    )


def zero_targets(registry: Registry) -> Registry:
    return replace(
        registry,
        indicators=tuple(
            replace(one, targets=tuple(replace(t, value=Decimal(0)) for t in one.targets))
            for one in registry.indicators
        ),
    )


def many_indicators(registry: Registry) -> Registry:
    unit = registry.form_units()[-1]
    model = registry.of_unit(unit)[0]
    more = tuple(
        replace(
            model,
            id=f"{unit}/{number}",
            inputs=tuple(replace(i, indicator=f"{unit}/{number}") for i in model.inputs),
            targets=tuple(replace(t, indicator=f"{unit}/{number}") for t in model.targets),
        )
        for number in range(100, 300)
    )
    return replace(registry, indicators=(*registry.indicators, *more))


def hostile_names(registry: Registry) -> Registry:
    return replace(
        registry,
        positions=tuple(replace(p, label=f"{p.label} {HOSTILE}") for p in registry.positions),
        indicators=tuple(
            replace(i, indikator=f"{i.indikator} {HOSTILE}", satuan="a&<b>\"'")
            for i in registry.indicators
        ),
    )


ODD = (one_unit, zero_targets, many_indicators, hostile_names)


@pytest.mark.office
@pytest.mark.parametrize("changed", ODD)
def test_no_formula_of_an_odd_register_differs_from_its_stored_value(
    changed: Callable[[Registry], Registry], tmp_path: Path
) -> None:
    registry = changed(load_source())
    before = samples.a_year(registry, YEAR - 1, seed=5)
    now = samples.a_year(registry, YEAR, seed=6, periods=(1, 2))

    count, differences = judged(master(registry, [*before, *now]), tmp_path)

    assert differences == []
    assert count > 30


def test_texts_of_two_thousand_characters_stand_whole_in_rows_that_show_them() -> None:
    registry = load_source()
    form = samples.a_year(registry, YEAR, seed=1)[0]
    name = registry.of_unit(form.unit)[0].id
    fields = ("penghambat", "pendorong", "tindak_lanjut", "bukti", "keterangan")
    texts = {(name, field): LONG for field in fields}

    book = openpyxl.load_workbook(BytesIO(master(registry, [replace(form, texts=texts)])))

    sheet = book["Catatan pengisi"]
    assert [sheet.cell(4, column).value for column in range(5, 10)] == [LONG] * 5
    needed = fit.lines(LONG, sheet.column_dimensions["E"].width - 1)  # openpyxl joins E to I
    assert needed * 12.8 < (sheet.row_dimensions[4].height or 0) <= fit.MAXIMUM_HEIGHT


def test_a_register_without_any_return_says_so_on_every_sheet_of_returns() -> None:
    book = openpyxl.load_workbook(BytesIO(master(load_source(), [])), data_only=True)

    assert book["Jejak"]["A4"].value == "Tidak ada."
    assert book["Catatan pengisi"]["A4"].value == "Tidak ada."
    assert "terlambat" not in str(book["Ringkasan"]["A9"].value)


def test_hostile_names_stay_text() -> None:
    registry = hostile_names(load_source())
    now = samples.a_year(registry, YEAR, seed=7, periods=(1,))

    book = openpyxl.load_workbook(BytesIO(master(registry, now)))

    names = {row[0] for row in book["Pengiriman"].iter_rows(values_only=True)}
    assert any("Kepala & <Seksi> \"Pasar\" 'Lama' {=1}" in str(name) for name in names)
