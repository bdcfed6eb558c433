"""Say in one sentence what keeps a ledger on a server from being used, and never a password."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.ledger.server import PASSWORD, USER, Server, running
from tests.ledger.test_ledger import arrive
from tests.shell import PASAR, Office
from workbook_tools.errors import CannotWrite
from workbook_tools.ledger import Ledger
from workbook_tools.ledger.place import Place
from workbook_tools.ledger.postgres import postgres_place
from workbook_tools.pipeline.session import open_anew
from workbook_tools.settings import Settings, read_settings

SECRET = PASSWORD.split("-", maxsplit=1)[0]
NOW = datetime(2020, 4, 3, 2, tzinfo=UTC)
_TROUBLE = """
create function workbook_tools.trouble() returns trigger language plpgsql as
$$ begin raise exception 'rekaan' using errcode = 'XX001'; end $$;
create trigger trouble before insert on workbook_tools.value
for each row execute function workbook_tools.trouble()
"""
HINT = re.compile(
    r"[Pp]eriksa|[Pp]erbaiki|Mintalah|Tulis|Pasang|Buat|Pakai|Jalankan|Tunggu|Hubungi"
)


def set_url(office: Office, url: str) -> None:
    (office.root / "workbook_tools.toml").write_text(f'ledger_url = "{url}"\n')


def refused(office: Office, url: str, *, command: str = "rebuild") -> str:
    """Give what a command says that is refused for its ledger: one paragraph, no password."""
    set_url(office, url)
    said = office.tells(command)
    assert said.code == 2, (said.code, said.out, said.err)
    assert "Traceback" not in said.err
    assert SECRET not in said.out + said.err
    assert "\n" not in said.err.strip()
    assert HINT.search(said.err), said.err
    return said.err


@pytest.mark.parametrize(
    "url",
    [
        "bukan alamat",
        f"postgresql://{USER}:{SECRET}@h/d",
        f"postgresql+psycopg2://{USER}:{SECRET}@h/d",
        f"mysql://{USER}:{SECRET}@h/d",
        "sqlite:///ledger.sqlite",
        f"postgresql+psycopg://{USER}:{SECRET}@h",
        f"postgresql+psycopg://{USER}:{SECRET}@h:lima/d",
        f"postgresql+psycopg://{USER}:x@{SECRET}@h/d",
    ],
)
def test_an_address_that_is_none_or_of_another_database_is_refused(
    office: Office, url: str
) -> None:
    assert "postgresql+psycopg://pengguna:sandi@server" in refused(office, url)


def test_a_missing_extra_is_named_with_its_command(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    told = refused(office, f"postgresql+psycopg://{USER}:{SECRET}@127.0.0.1/d")
    assert '"workbook-tools[postgres]"' in told


def test_a_server_that_is_not_there_is_said_with_its_address(office: Office) -> None:
    told = refused(office, f"postgresql+psycopg://{USER}:{SECRET}@127.0.0.1:1/kantor")
    assert "server PostgreSQL 127.0.0.1:1, basis data kantor tidak dapat dihubungi" in told


def test_the_settings_never_show_the_address(tmp_path: Path) -> None:
    path = tmp_path / "workbook_tools.toml"
    path.write_text(f'ledger_url = "postgresql+psycopg://u:{SECRET}@h/d"\n')
    settings: Settings = read_settings(path)
    assert SECRET not in repr(settings) + str(settings) + settings.model_dump_json()


@pytest.mark.postgres
@pytest.mark.parametrize("command", ["rebuild", "status", "ingest", "verify"])
def test_a_wrong_password_is_said(office: Office, server: Server, command: str) -> None:
    url = server.url("postgres", password=f"{SECRET}-salah")
    assert "Pengguna atau kata sandi" in refused(office, url, command=command)


@pytest.mark.postgres
def test_an_unknown_user_is_said(office: Office, server: Server) -> None:
    url = server.url("postgres", user="entah")
    assert "Pengguna atau kata sandi" in refused(office, url)


@pytest.mark.postgres
def test_a_missing_database_is_said(office: Office, server: Server) -> None:
    assert "belum ada" in refused(office, server.url("tidak_ada"))


@pytest.mark.postgres
def test_a_database_in_which_nothing_may_be_made_is_said(office: Office, server: Server) -> None:
    assert "tidak berhak" in refused(office, server.url("postgres"))


@pytest.mark.postgres
def test_a_server_that_is_full_is_said(office: Office, server: Server, blank: str) -> None:
    server.asks(f"alter role {USER} connection limit 0")
    try:
        assert "sedang menolak sambungan" in refused(office, blank)
    finally:
        server.asks(f"alter role {USER} connection limit -1")


@pytest.mark.postgres
def test_a_ledger_of_a_newer_program_on_a_server_is_refused(
    office: Office, server: Server, database: str
) -> None:
    server.asks("update workbook_tools.meta set version = 999", database.rsplit("/", 1)[1])
    assert "lebih baru" in refused(office, database, command="status")


@pytest.mark.postgres
@pytest.mark.parametrize("command", ["status", "ingest", "verify", "rebuild"])
def test_a_database_that_may_only_be_read_is_said(
    office: Office, server: Server, blank: str, command: str
) -> None:
    set_url(office, blank)
    assert office.tells("rebuild").code == 0
    name = blank.rsplit("/", 1)[1]
    server.asks(f"alter database {name} set default_transaction_read_only = on")
    if command == "status":
        assert office.tells(command).code == 0
    else:
        assert "hanya boleh dibaca" in refused(office, blank, command=command)


@pytest.mark.postgres
@pytest.mark.parametrize(
    "harm",
    [
        "drop table workbook_tools.text",
        "drop table workbook_tools.owner",
        "alter table workbook_tools.arrival drop column status",
        "delete from workbook_tools.meta",
    ],
)
def test_a_ledger_on_a_server_that_is_not_whole_is_said(
    office: Office, server: Server, blank: str, harm: str
) -> None:
    set_url(office, blank)
    assert office.tells("rebuild").code == 0
    server.asks(harm, blank.rsplit("/", 1)[1])
    office.drop(PASAR, office.filled(PASAR))
    assert "tidak lengkap" in refused(office, blank, command="ingest")
    assert office.tells("rebuild").code == 0
    assert office.tells("verify").code == 0


@pytest.mark.postgres
def test_passing_trouble_of_a_server_is_no_verdict_on_a_return(
    office: Office, server: Server, blank: str
) -> None:
    set_url(office, blank)
    assert office.tells("rebuild").code == 0
    name = blank.rsplit("/", 1)[1]
    server.asks(_TROUBLE, name)
    office.drop(PASAR, office.filled(PASAR))
    assert "kode XX001" in refused(office, blank, command="ingest")
    server.asks("drop trigger trouble on workbook_tools.value", name)
    said = office.says("ingest")
    assert said.code == 0
    assert office.inbox() == []
    assert [row["number"] for row in said.rows("arrivals")] == [1]


@pytest.mark.postgres
def test_a_rebuild_that_lost_its_turn_leaves_the_new_ledger_to_the_next(
    office: Office, server: Server, blank: str
) -> None:
    set_url(office, blank)
    with open_anew(office.workspace, NOW, registry=office.registry):
        taken = "update workbook_tools_giliran.turn set number = number + 1"
        server.asks(taken, blank.rsplit("/", 1)[1])
    assert postgres_place(blank).fresh().exists()


@pytest.mark.postgres
def test_a_ledger_that_the_archive_knows_of_and_the_server_does_not_is_said(
    office: Office, blank: str
) -> None:
    assert "rebuild" in refused(office, blank, command="status")


@pytest.mark.postgres
def test_a_ledger_of_another_workspace_is_refused(office: Office, database: str) -> None:
    other = Ledger(postgres_place(database))
    assert other.belongs_to("lain")
    other.close()
    for command in ("status", "rebuild"):
        assert "milik ruang kerja lain" in refused(office, database, command=command)
    assert not postgres_place(database).fresh().exists()


@pytest.fixture(scope="module")
def latin() -> Iterator[Server]:
    """Give a server whose databases cannot hold every letter."""
    with running("LATIN1") as started:
        yield started


@pytest.mark.postgres
def test_a_database_that_cannot_hold_every_letter_is_refused(office: Office, latin: Server) -> None:
    assert "ENCODING 'UTF8'" in refused(office, latin.url(latin.database()))


@pytest.mark.postgres
def test_a_server_that_goes_away_in_the_middle_is_said_and_what_was_begun_is_undone(
    server: Server, database: str
) -> None:
    place: Place = postgres_place(database)
    opened = Ledger(place)
    name = database.rsplit("/", 1)[1]
    arrive(opened)
    server.asks(
        f"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'"  # noqa: S608
    )
    with pytest.raises(CannotWrite, match="Ledger di server PostgreSQL") as told:
        arrive(opened, sha256="bb")
    assert SECRET not in str(told.value)
    assert [row.sha256 for row in opened.arrivals()] == ["aa"]
    opened.close()
