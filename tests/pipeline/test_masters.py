"""A divided master is written part by part: only what changed, and nothing is left over."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from tests.shell import NIAGA, PASAR, Office, tree
from workbook_tools.master.layout import DATA

DIVIDED = "master_positions = 10\n"


@pytest.fixture
def divided(office: Office) -> Office:
    """Give an office whose master is divided."""
    (office.root / "workbook_tools.toml").write_text(DIVIDED, "utf-8")
    return office


def masters(office: Office) -> dict[str, bytes]:
    return tree(office.root / "outbox" / "master")


def rows(content: bytes) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content))[DATA]
    return list(sheet.iter_rows(min_row=2, values_only=True))


def sent(office: Office, unit: str, figure: int = 1) -> None:
    office.drop(unit, office.filled(unit, {"H8": figure}), name=f"{figure}.xlsx")
    assert office.says("ingest").code == 0


def test_the_index_holds_the_rows_of_all_parts_in_the_registers_order(divided: Office) -> None:
    sent(divided, PASAR)
    written = masters(divided)
    index = rows(written.pop("IKU-IKI-2020.xlsx"))
    assert [row[2] for row in index] == [i.id for i in divided.registry.indicators]
    assert sorted(index, key=str) == sorted(
        (r for one in written.values() for r in rows(one)), key=str
    )


def test_every_link_of_the_index_leads_to_a_part(divided: Office) -> None:
    sent(divided, PASAR)
    written = masters(divided)
    with ZipFile(io.BytesIO(written.pop("IKU-IKI-2020.xlsx"))) as package:
        part = package.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
    assert sorted(re.findall(r'Target="([^"]*)"', part)) == sorted(written)


def test_a_return_changes_its_part_and_the_index_alone(divided: Office) -> None:
    sent(divided, PASAR)
    before = masters(divided)
    times = {p.name: p.stat().st_mtime_ns for p in (divided.root / "outbox" / "master").iterdir()}
    sent(divided, NIAGA)
    after = {p.name: p.stat().st_mtime_ns for p in (divided.root / "outbox" / "master").iterdir()}
    written = {name for name in after if after[name] != times.get(name)}
    assert written == {"IKU-IKI-2020.xlsx", "IKU-IKI-2020_kabid-perdagangan.xlsx"}
    assert {name for name, data in masters(divided).items() if before[name] != data} == written


def test_the_audit_is_clean_and_names_a_part_that_was_changed(divided: Office) -> None:
    sent(divided, PASAR)
    assert divided.says("verify").document["findings"] == []
    (divided.root / "outbox" / "master" / "IKU-IKI-2020_sekretaris.xlsx").write_bytes(b"x")
    (found,) = divided.says("verify").rows("findings")
    assert "IKU-IKI-2020_sekretaris.xlsx" in str(found["message"])


def test_a_part_that_is_lost_or_changed_comes_back_with_the_next_return(divided: Office) -> None:
    sent(divided, PASAR)
    folder = divided.root / "outbox" / "master"
    (folder / "IKU-IKI-2020_sekretaris.xlsx").write_bytes(b"x")
    (folder / "IKU-IKI-2020_kabid-koperasi-ukm.xlsx").unlink()
    sent(divided, NIAGA)
    assert divided.says("verify").document["findings"] == []


def test_what_is_divided_no_longer_leaves_no_part_behind(divided: Office) -> None:
    sent(divided, PASAR)
    other = divided.root / "outbox" / "master" / "IKU-IKI-2020_catatan kami.xlsx"
    other.write_bytes(b"an office's own file")
    part = divided.root / "outbox" / "master" / "IKU-IKI-2020_sekretaris.xlsx"
    assert part.exists()
    part.with_name("IKU-IKI-2020_sekretaris.menunggu.xlsx").write_bytes(part.read_bytes())
    (divided.root / "workbook_tools.toml").write_text("", "utf-8")
    assert divided.says("consolidate", "--year", "2020").code == 0
    assert set(masters(divided)) == {"IKU-IKI-2020.xlsx", other.name}
    assert divided.says("verify").document["findings"] == []


def test_a_rebuild_gives_every_byte_back(divided: Office) -> None:
    sent(divided, PASAR)
    sent(divided, NIAGA)
    before = masters(divided)
    shutil.rmtree(divided.root / "outbox" / "master")
    assert divided.says("rebuild").code == 0
    assert masters(divided) == before


def test_a_record_that_cannot_be_read_only_costs_time(divided: Office) -> None:
    sent(divided, PASAR)
    before = masters(divided)
    record: Path = divided.root / ".state" / "induk.json"
    for broken in (b"", b"[]", b'{"a": 1}', b'{"a": {"digest": 1}}', b"\xff"):
        record.write_bytes(broken)
        assert divided.says("consolidate", "--year", "2020").code == 0
        assert masters(divided) == before


def test_a_record_that_cannot_be_written_only_costs_time(divided: Office) -> None:
    record = divided.root / ".state" / "induk.json"
    record.unlink(missing_ok=True)
    record.mkdir()
    sent(divided, PASAR)
    assert divided.says("verify").document["findings"] == []
