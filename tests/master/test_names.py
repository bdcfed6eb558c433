"""Every position has a sheet of its own, whatever its id, and every link finds it."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest

from tests.master import samples
from tests.master.judge import master
from workbook_tools.master.layout import ANALYSES, LISTS, RINGKASAN, sheet_name
from workbook_tools.registry.build import UNIT_ID
from workbook_tools.registry.model import Registry
from workbook_tools.registry.source import load_source

YEAR = 2020
LONG = "kepala-seksi-pemberdayaan-dan-pengembangan-usaha"
IDS = (LONG, f"{LONG}-mikro", "data", "tren", "history", "ringkasan", "iku", "tentang")


def with_ids(*names: str) -> Registry:
    """Give the first positions of the register these ids, and leave the rest out."""
    registry = load_source()
    agency, *others = (p for p in registry.positions if not p.lost)
    chosen = others[3 : 3 + len(names)]
    new = {old.id: name for old, name in zip(chosen, names, strict=True)}
    return replace(
        registry,
        positions=(
            agency,
            *(replace(p, id=new[p.id], superior=None) for p in chosen),
        ),
        indicators=(
            *registry.of_unit(agency.id),
            *(
                replace(
                    one,
                    id=(name := one.id.replace(old.id, new[old.id])),
                    unit=new[old.id],
                    inputs=tuple(replace(spec, indicator=name) for spec in one.inputs),
                    targets=tuple(replace(t, indicator=name) for t in one.targets),
                )
                for old in chosen
                for one in registry.of_unit(old.id)
            ),
        ),
    )


def test_ids_that_excel_refuses_as_names_of_sheets_give_a_master_with_all_sheets() -> None:
    registry = with_ids(*IDS)

    content = master(registry, samples.a_year(registry, YEAR, seed=1), YEAR)

    names = openpyxl.load_workbook(BytesIO(content)).sheetnames
    assert len({name.lower() for name in names}) == len(names)
    assert len(names) == 1 + 1 + len(ANALYSES) + len(IDS) + len(LISTS)
    assert all(len(name) <= 31 for name in names)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = [archive.read(n).decode() for n in archive.namelist() if "worksheets/s" in n]
    linked = {
        place.strip("'")
        for part in parts
        for place in re.findall(r'<hyperlink [^>]*location="([^"!]+)!', part)
    }
    assert linked == set(names)


def test_two_long_ids_with_the_same_beginning_have_two_names() -> None:
    registry = with_ids(LONG, f"{LONG}-mikro")

    one, other = (sheet_name(p, registry) for p in registry.positions[1:])

    assert one != other
    assert one[:24] == other[:24] == LONG[:24]


@pytest.mark.parametrize("name", ["kabid-pasar", LONG, "data"])
def test_a_sheet_keeps_its_name_when_other_positions_come_and_go(name: str) -> None:
    alone, crowded = with_ids(name), with_ids(f"{LONG}-besar", name, "jejak")

    assert sheet_name(alone.positions[1], alone) == sheet_name(crowded.positions[2], crowded)


def test_a_short_id_that_is_free_is_the_name_itself() -> None:
    registry = with_ids("kabid-pasar", "a" * 31)

    assert [sheet_name(p, registry) for p in registry.positions] == [
        "IKU", "kabid-pasar", "a" * 31,
    ]  # fmt: skip


def test_a_second_table_of_iku_has_a_sheet_of_its_own() -> None:
    registry = with_ids("upt-pasar")
    agency, other = registry.positions
    both = replace(registry, positions=(agency, replace(other, jenis="IKU")))

    content = master(both, samples.a_year(both, YEAR, seed=1), YEAR)

    names = openpyxl.load_workbook(BytesIO(content)).sheetnames
    assert names[:3] == [RINGKASAN, "IKU", "upt-pasar"]


@pytest.mark.parametrize("mark", "[]:*?/\\'~ ")
def test_no_id_of_the_register_may_hold_a_mark_that_a_name_of_a_sheet_must_not(mark: str) -> None:
    assert not UNIT_ID.fullmatch(f"kabid{mark}pasar")
    assert not UNIT_ID.fullmatch(f"{mark}kabid-pasar")
    assert not UNIT_ID.fullmatch(f"kabid-pasar{mark}")
