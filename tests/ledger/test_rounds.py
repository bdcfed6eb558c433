"""Work a year with the ledger in a file and on a server; nobody can tell what went out apart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ledger.rounds import Desk, Twin, kept, on_server
from tests.ledger.server import Server
from tests.pipeline.rounds import a_year_of_work
from tests.shell import NIAGA, PASAR, RETRIBUSI, Office, call, dumped, tree
from workbook_tools.registry.source import load_source

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def both(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, Desk]]:
    """Give a year of work done twice, from `init` on, with one key."""
    folder = tmp_path_factory.mktemp("dua")
    assert call("init", str(folder / "berkas")).code == 0
    in_file = Twin(folder / "berkas", load_source())
    desk = on_server(in_file.twin(folder / "server"), server)
    for office in (in_file, desk.office):
        for period in ("TW1", "TW2"):
            chosen = [word for unit in (PASAR, NIAGA, RETRIBUSI) for word in ("--unit", unit)]
            assert office.says("issue", "--year", "2020", "--period", period, *chosen).code == 0
        a_year_of_work(office)
        assert office.says("consolidate", "--year", "2020").code == 0
    yield in_file, desk
    server.drop(desk.database)


def ledger(office: Office) -> dict[str, list[tuple[object, ...]]]:
    return dumped(office.root / ".state" / "ledger.sqlite")


def test_what_goes_out_is_the_same_byte_for_byte(both: tuple[Office, Desk]) -> None:
    in_file, desk = both
    ours, theirs = tree(in_file.root / "outbox"), tree(desk.office.root / "outbox")
    assert sorted(ours) == sorted(theirs)
    assert [name for name in ours if ours[name] != theirs[name]] == []
    assert len(ours) > 20


def test_archive_and_journal_are_the_same(both: tuple[Office, Desk]) -> None:
    in_file, desk = both
    assert kept(in_file.root) == kept(desk.office.root)


def test_the_rows_are_the_same_and_no_file_is_made(both: tuple[Office, Desk]) -> None:
    in_file, desk = both
    assert desk.rows() == ledger(in_file)
    assert not (desk.office.root / ".state" / "ledger.sqlite").exists()


@pytest.mark.parametrize("command", [("status",), ("verify",), ("check",)])
def test_a_command_answers_the_same(both: tuple[Office, Desk], command: tuple[str, ...]) -> None:
    in_file, desk = both
    ours, theirs = in_file.says(*command), desk.office.says(*command)
    assert (theirs.code, theirs.document) == (ours.code, ours.document)


def test_no_password_is_written_anywhere(both: tuple[Office, Desk]) -> None:
    _, desk = both
    found = [name for name, data in tree(desk.office.root).items() if b"rahasia" in data]
    assert found == ["workbook_tools.toml"]


def test_a_rebuild_makes_the_same_rows_and_outputs(both: tuple[Office, Desk]) -> None:
    _, desk = both
    office = desk.office
    rows, before = desk.rows(), tree(office.root / "outbox")
    assert office.says("rebuild").code == 0
    assert desk.rows()["value"] == rows["value"]
    assert tree(office.root / "outbox") == before
    assert office.says("verify").code == 0
    schemas = desk.server.asks("select nspname from pg_namespace", desk.database)
    assert [name for (name,) in schemas if name == "workbook_tools_baru"] == []


def test_a_rebuild_moves_a_ledger_from_its_file_to_a_server(
    both: tuple[Office, Desk], server: Server, tmp_path: Path
) -> None:
    in_file, _ = both
    moved = on_server(in_file.copied(tmp_path / "pindah"), server)
    before = tree(moved.office.root / "outbox")
    assert moved.office.tells("status").code == 2
    assert moved.office.says("rebuild").code == 0
    assert moved.office.says("verify").code == 0
    assert tree(moved.office.root / "outbox") == before
    assert moved.rows()["value"] == ledger(in_file)["value"]
    server.drop(moved.database)


def test_a_rebuild_that_fails_leaves_the_old_ledger_and_nothing_beside_it(
    both: tuple[Office, Desk], server: Server, tmp_path: Path
) -> None:
    _, desk = both
    office = desk.office.copied(tmp_path / "rusak")
    damaged = on_server(office, server, template=desk.database)
    rows = damaged.rows()
    archived = next((office.root / ".state" / "arsip" / "snapshot").glob("*.json"))
    archived.unlink()
    assert office.tells("rebuild").code == 2
    assert damaged.rows() == rows
    schemas = server.asks("select nspname from pg_namespace", damaged.database)
    assert [name for (name,) in schemas if name == "workbook_tools_baru"] == []
    server.drop(damaged.database)
