"""Work with the archive in a folder and in an object store; nobody can tell the work apart."""

from __future__ import annotations

from pathlib import Path

import fsspec
import pytest

from tests.archive.places import FILES, FOLDER, KINDS, MEMORY, address, move
from tests.pipeline.rounds import a_year_of_work
from tests.shell import NIAGA, PASAR, RETRIBUSI, Office, call, tree
from workbook_tools.registry.source import load_source

SECRET = "rahasia"  # noqa: S105 - invented


@pytest.fixture(scope="module", params=KINDS)
def worked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Give an office that kept its archive in one place from its first day on, after a year."""
    folder = tmp_path_factory.mktemp("setahun")
    assert call("init", str(folder / "ruang")).code == 0
    office = Office(folder / "ruang", load_source())
    url = address(str(request.param), folder)
    (office.root / "workbook_tools.toml").write_text(f'archive_url = "{url}"\n', "utf-8")
    for period in ("TW1", "TW2"):
        chosen = [word for unit in (PASAR, NIAGA, RETRIBUSI) for word in ("--unit", unit)]
        assert office.says("issue", "--year", "2020", "--period", period, *chosen).code == 0
    a_year_of_work(office)
    assert (office.workspace.archive.exists()) is (request.param == FOLDER)
    return office


def test_an_archive_anywhere_is_verified_clean_and_counts_its_files(worked: Office) -> None:
    said = worked.says("verify")
    assert (said.code, said.rows("findings")) == (0, [])
    assert said.document["archived"] == 7 + 8  # forms and different returns


def test_a_lost_ledger_and_all_outputs_come_back_byte_for_byte(worked: Office) -> None:
    before, rows = tree(worked.root / "outbox"), worked.ledger()
    (worked.root / ".state" / "ledger.sqlite").unlink()
    assert worked.says("status").code == 2
    for name in before:
        (worked.root / "outbox" / name).unlink()
    assert worked.says("rebuild").code == 0
    assert tree(worked.root / "outbox") == before
    assert worked.ledger()["value"] == rows["value"]
    assert worked.says("verify").code == 0


@pytest.mark.parametrize("kind", [FILES, MEMORY])
def test_an_office_that_copied_its_archive_goes_on_with_it(
    office: Office, tmp_path: Path, kind: str
) -> None:
    office.drop(PASAR, office.filled(PASAR))
    assert office.says("ingest").code == 0
    move(office, address(kind, tmp_path))
    office.drop(PASAR, office.filled(PASAR, {"H8": 2}), name="revisi.xlsx")
    (arrival,) = office.says("ingest").rows("arrivals")
    assert (arrival["status"], arrival["revision"]) == ("accepted", 2)
    assert office.says("verify").code == 0
    before = tree(office.root / "outbox")
    assert office.says("rebuild").code == 0
    assert tree(office.root / "outbox") == before


def set_url(office: Office, url: str) -> None:
    (office.root / "workbook_tools.toml").write_text(f'archive_url = "{url}"\n', "utf-8")


@pytest.mark.parametrize("command", ["ingest", "rebuild", "verify"])
def test_an_empty_place_is_no_archive_of_an_office_that_has_worked(
    office: Office, tmp_path: Path, command: str
) -> None:
    set_url(office, address(FILES, tmp_path))
    said = office.tells(command)
    assert said.code == 2
    assert "kosong, padahal ruang kerja ini sudah berisi catatan" in said.err
    assert not (tmp_path / "gudang").exists()


def test_the_archive_of_another_workspace_is_refused(office: Office, tmp_path: Path) -> None:
    url = address(MEMORY, tmp_path)
    move(office, url)
    assert office.says("ingest").code == 0
    assert call("init", str(tmp_path / "lain")).code == 0
    other = Office(tmp_path / "lain", office.registry)
    set_url(other, url)
    for command in ("rebuild", "ingest"):
        assert other.tells(command).code == 2
    assert "milik ruang kerja lain" in other.tells("rebuild").err


@pytest.mark.parametrize("command", ["ingest", "verify", "rebuild", "status"])
def test_an_address_that_is_refused_is_one_sentence_without_it(
    office: Office, command: str
) -> None:
    set_url(office, f"s3://kunci:{SECRET}/@ember")
    said = office.tells(command)
    assert (said.code, said.err.count("\n")) == (2, 1)
    assert "archive_url" in said.err
    assert SECRET not in said.out + said.err


def test_a_place_that_fails_in_the_middle_loses_nothing(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    move(office, address(MEMORY, tmp_path))
    assert office.says("ingest").code == 0
    office.drop(PASAR, office.filled(PASAR))
    write = fsspec.get_filesystem_class("memory").pipe_file
    calls = [0]

    def gone(*arguments: object, **named: object) -> object:
        calls[0] += 1
        if calls[0] == 2:  # the original is there, its line in the journal is not
            raise ConnectionError(SECRET)
        return write(*arguments, **named)

    with monkeypatch.context() as patched:
        patched.setattr("fsspec.implementations.memory.MemoryFileSystem.pipe_file", gone)
        said = office.tells("ingest")
    assert (said.code, office.inbox()) == (2, ["kabid-pasar/kiriman.xlsx"])
    assert "Periksa jaringan" in said.err
    assert SECRET not in said.err
    (arrival,) = office.says("ingest").rows("arrivals")
    assert (arrival["status"], office.inbox()) == ("accepted", [])
    assert office.says("verify").code == 0


def test_the_settings_never_show_the_address(office: Office) -> None:
    set_url(office, f"s3://kunci:{SECRET}@ember/folder")
    settings = office.workspace.settings
    assert SECRET not in repr(settings) + str(settings) + settings.model_dump_json()
