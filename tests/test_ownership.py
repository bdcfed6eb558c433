"""A workspace is worked on with the records of one computer."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copytree, move, rmtree

import pytest

from tests.shell import PASAR, Office, tree
from workbook_tools.ownership import MARK


def test_a_workspace_says_whose_it_is_without_its_key(office: Office) -> None:
    mark = (office.root / MARK).read_text("utf-8")
    assert set(json.loads(mark)) == {"keterangan", "komputer", "penanda", "sejak"}
    assert office.workspace.key().hex() not in mark


def test_a_computer_without_the_records_judges_nothing(office: Office, tmp_path: Path) -> None:
    office.drop(PASAR, office.filled(PASAR))
    move(office.root / ".state", tmp_path / "komputer lama")
    for command in ("ingest", "status", "rebuild", "verify"):
        said = office.says(command)
        assert said.code == 2
        assert "Catatan program untuk ruang kerja ini ada di komputer" in said.err
    assert office.inbox() == ["kabid-pasar/kiriman.xlsx"]
    assert "kunci" not in {path.name for path in (office.root / ".state").rglob("*")}
    rmtree(office.root / ".state")
    copytree(tmp_path / "komputer lama", office.root / ".state")  # the work moves here
    assert office.says("ingest").code == 0


def test_a_computer_with_other_records_judges_nothing(office: Office, tmp_path: Path) -> None:
    office.drop(PASAR, office.filled(PASAR))
    before = tree(office.root / "outbox")
    key = office.root / ".state" / "kunci"
    key.write_text("ab" * 32)
    said = office.says("ingest")
    assert said.code == 2
    assert "Jalankan program di komputer itu" in said.err
    assert tree(office.root / "outbox") == before
    assert office.inbox() == ["kabid-pasar/kiriman.xlsx"]
    assert not (tmp_path / MARK).exists()


@pytest.mark.parametrize("spoiled", ["", "[]", "{}", "\xff"])
def test_a_mark_that_cannot_be_read_stops_with_what_to_do(office: Office, spoiled: str) -> None:
    (office.root / MARK).write_bytes(spoiled.encode("latin-1"))
    said = office.says("status")
    assert said.code == 2
    assert "hapus bila hanya komputer ini" in said.err
    (office.root / MARK).unlink()
    assert office.says("status").code == 0
    assert (office.root / MARK).is_file()
