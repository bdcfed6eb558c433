"""Give the sender of an accepted return a receipt of everything recorded."""

from __future__ import annotations

from datetime import date

import pytest

from tests.returns.cases import RATIOS, TRAINING
from tests.returns.desk import Desk
from workbook_tools.form.layout import input_cells
from workbook_tools.indicators.numbers import format_number
from workbook_tools.registry.source import load_source


@pytest.mark.parametrize("unit", load_source().form_units())
def test_every_figure_recorded_stands_in_the_receipt(desk: Desk, unit: str) -> None:
    form = desk.form(unit, 1)
    outcome = desk.send(unit, form.filled())

    text = desk.read(outcome.receipt).decode("utf-8-sig")

    values = desk.values(unit, 1)
    for row, cell in input_cells(form.layout):
        value = values[row.indicator.id, row.input.key]
        assert value is not None
        line = next(line for line in text.splitlines() if f"({cell})" in line)
        assert f"{format_number(value)} {row.input.unit}" in line


def test_a_receipt_names_file_time_revision_and_hash(desk: Desk) -> None:
    form = desk.form(TRAINING, 1)
    desk.send(TRAINING, form.filled())

    outcome = desk.send(TRAINING, form.filled({"H8": 40}), name="isian final.xlsx")

    data = desk.read(outcome.receipt)
    text = data.decode("utf-8-sig")
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n")
    assert "isian final.xlsx" in text
    assert "3 April 2020 pukul 09.00" in text
    assert "evisi 2" in text
    assert outcome.sha256 is not None
    assert outcome.sha256 in text
    assert "Siti Aminah" in text


def test_warnings_and_words_outside_their_place_stand_in_the_receipt(desk: Desk) -> None:
    form = desk.form(TRAINING, 1)
    outcome = desk.send(TRAINING, form.filled({"H8": "36 org", "P8": "Hujan lebat"}))

    text = desk.read(outcome.receipt).decode("utf-8-sig")

    assert "[S06]" in text
    assert "H8" in text
    assert "Hujan lebat" in text


def test_no_data_is_written_as_such(desk: Desk) -> None:
    form = desk.form(RATIOS, 1)
    changes = {"H16": "-", "P16": "Menunggu laporan"}

    outcome = desk.send(RATIOS, form.filled(changes), day=date(2020, 4, 2))

    text = desk.read(outcome.receipt).decode("utf-8-sig")
    line = next(line for line in text.splitlines() if "(H16)" in line)
    assert line.endswith("data belum ada")
    assert "Menunggu laporan" in text
