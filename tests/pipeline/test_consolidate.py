"""Bring returns together: whatever their order, the same figures."""

from __future__ import annotations

import random
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import everything_runs
from tests.shell import LATER, NIAGA, PASAR, RETRIBUSI, UNITS, Office, tree

Sheet = list[tuple[object, ...]]


def data_of(office: Office, year: int = 2020) -> Sheet:
    """Give the sheet Data of a master."""
    book = openpyxl.load_workbook(BytesIO(office.master(year).read_bytes()), data_only=True)
    return [tuple(cell.value for cell in row) for row in book["Data"].iter_rows()]


@pytest.fixture(scope="module")
def returns(template_office: Office) -> dict[str, tuple[str, bytes]]:
    """Give one return per form, accepted or not, by name: whose it is and its bytes."""
    office = template_office
    sent = {
        f"{unit} {period}": (unit, office.filled(unit, period=period))
        for unit in UNITS
        for period in (1, 2)
    }
    sent["salah"] = (RETRIBUSI, office.filled(RETRIBUSI, {"H8": "abc"}))
    sent["html"] = (NIAGA, b"<html>")
    return sent


@pytest.fixture(scope="module")
def in_order(
    template_office: Office,
    returns: dict[str, tuple[str, bytes]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Sheet:
    """Give Data after the returns came in the order of their names."""
    return taken_in(template_office, returns, sorted(returns), tmp_path_factory.mktemp("urut"))


def taken_in(
    template: Office, returns: dict[str, tuple[str, bytes]], order: Sequence[str], root: Path
) -> Sheet:
    """Let returns arrive in an order; some of them together."""
    office = template.copied(root / "ruang")
    chance = random.Random(str(order))
    for number, name in enumerate(order):
        unit, data = returns[name]
        office.drop(unit, data, name=f"{number}.xlsx")
        if chance.random() < 0.2:
            office.says("ingest", today=LATER)
    office.says("ingest", today=LATER)
    assert office.inbox() == []
    return data_of(office)


@settings(
    max_examples=12 if everything_runs() else 1,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.data())
def test_any_order_of_arrival_gives_the_same_data(
    template_office: Office,
    returns: dict[str, tuple[str, bytes]],
    in_order: Sheet,
    tmp_path_factory: pytest.TempPathFactory,
    data: st.DataObject,
) -> None:
    order = data.draw(st.permutations(sorted(returns)))
    assert taken_in(template_office, returns, order, tmp_path_factory.mktemp("acak")) == in_order


def test_the_header_of_data_is_the_contracts(in_order: Sheet) -> None:
    assert in_order[0] == (
        *("jenis", "unit", "indikator", "tahun", "satuan", "polaritas", "target"),
        *("tw1", "tw2", "tw3", "tw4", "realisasi_sd", "capaian", "predikat", "status"),
        *("revisi", "berkas_sha256"),
    )
    assert len(in_order) == 71


def test_a_duplicate_or_a_stranger_changes_no_byte_of_the_master(office: Office) -> None:
    data = office.filled(PASAR)
    office.drop(PASAR, data)
    office.says("ingest")
    before = office.master().read_bytes()
    office.drop(PASAR, data, name="lagi.xlsx")
    office.drop(NIAGA, b"<html>")
    office.says("ingest", today="2020-05-20")
    assert office.master().read_bytes() == before
    assert office.says("verify").code == 0


def test_a_return_of_a_year_brings_the_masters_after_it_up_to_date(office: Office) -> None:
    # The master of 2021 compares with 2020.
    assert office.says("consolidate", "--year", "2021").code == 0
    before = office.master(2021).read_bytes()
    office.drop(PASAR, office.filled(PASAR))
    masters = office.says("ingest").rows("masters")
    assert [m["year"] for m in masters] == [2021, 2020]
    after = office.master(2021).read_bytes()
    assert after != before
    assert office.says("consolidate", "--year", "2021").code == 0
    assert office.master(2021).read_bytes() == after


def test_a_year_with_nothing_but_rejections_has_its_master_and_keeps_it(office: Office) -> None:
    office.drop(PASAR, office.filled(PASAR, {"H8": "abc"}))
    assert office.says("ingest").code == 1
    before = tree(office.root / "outbox")
    assert "master/IKU-IKI-2020.xlsx" in before
    assert office.says("verify").code == 0
    assert office.says("rebuild").code == 0
    assert tree(office.root / "outbox") == before
