"""Bring ledgers of any age up to this program, whole or not at all."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import DBAPIError

from tests.shell import TABLES
from workbook_tools.ledger import VERSION, Ledger
from workbook_tools.ledger.place import Place
from workbook_tools.ledger.postgres import postgres_place
from workbook_tools.ledger.sqlite import SqliteFile
from workbook_tools.ledger.tables import META
from workbook_tools.ledger.upgrade import FOLDER

BEFORE_ALEMBIC = Path(__file__).with_name("before_alembic.sql")
HEAD = f"{VERSION:04}"


@pytest.fixture
def blank_place(place: Place) -> Place:
    """Give a place where no ledger is."""
    place.remove(None)
    return place


def recorded(ledger: Ledger) -> tuple[object, object]:
    """Give the version of a ledger as it is recorded, ours and Alembic's."""
    with ledger._engine.connect() as connection:
        return (
            connection.exec_driver_sql("select version from meta").scalar_one(),
            connection.exec_driver_sql("select version_num from alembic_version").scalar_one(),
        )


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        return {
            name: connection.execute(f"select * from {name}").fetchall()  # noqa: S608
            for name in TABLES
        }


def test_the_last_step_is_the_version_of_the_program() -> None:
    assert ScriptDirectory(str(FOLDER)).get_current_head() == HEAD


def test_the_steps_make_the_tables_that_the_program_asks(blank_place: Place) -> None:
    opened = Ledger(blank_place)
    try:
        with opened._engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, META) == []
        assert recorded(opened) == (VERSION, HEAD)
    finally:
        opened.close()


def test_a_file_of_the_program_before_alembic_keeps_every_row(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(BEFORE_ALEMBIC.read_text("utf-8"))
    before = rows(path)
    opened = Ledger(path)
    try:
        assert recorded(opened) == (VERSION, HEAD)
        assert [s.unit for s in opened.submissions()] == ["kabid-pasar"]
        assert opened.stale_years() == (2020,)
    finally:
        opened.close()
    assert rows(path) == before
    assert len(before["arrival"]) == 2


def test_tables_that_a_killed_program_laid_out_in_part_are_completed(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "create table meta (version integer not null);"
            "create table stale (year integer not null, primary key (year));"
        )
    opened = Ledger(path)
    try:
        assert opened.next_arrival() == 1
        assert recorded(opened) == (VERSION, HEAD)
    finally:
        opened.close()


def test_a_step_that_fails_leaves_nothing_of_itself(
    blank_place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(MigrationContext, "stamp", fail)
    with pytest.raises(RuntimeError):
        Ledger(blank_place)
    monkeypatch.undo()
    engine = blank_place.engine()
    try:
        with engine.connect() as connection:
            assert not blank_place.has_tables(connection)
            with pytest.raises(DBAPIError):
                connection.exec_driver_sql("select * from arrival")
    finally:
        engine.dispose()


def test_of_several_that_open_a_new_ledger_at_once_none_fails(blank_place: Place) -> None:
    def opened(_: int) -> tuple[object, object]:
        ledger = Ledger(blank_place)
        try:
            return recorded(ledger)
        finally:
            ledger.close()

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(opened, range(4))) == [(VERSION, HEAD)] * 4


def test_who_opens_a_new_file_waits_for_whoever_is_making_it(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("create table meta (version integer not null)")
        other.execute("begin immediate")  # then SQLite refuses another way of logging at once
        release = threading.Timer(0.3, other.rollback)
        release.start()
        try:
            Ledger(path).close()
        finally:
            release.join()


def test_a_ledger_that_is_up_to_date_opens_without_alembic(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    Ledger(SqliteFile(path)).close()
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from pathlib import Path; from workbook_tools.ledger import Ledger;"
            f"Ledger(Path({str(path)!r})).close();"
            "print({'alembic', 'psycopg'} & set(sys.modules))",
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    assert told.stdout == "set()\n"


@pytest.mark.postgres
def test_a_ledger_lies_in_a_schema_of_its_own(blank: str) -> None:
    opened = Ledger(postgres_place(blank))
    try:
        with opened._engine.connect() as connection:
            found = connection.exec_driver_sql(
                "select distinct table_schema from information_schema.tables "
                "where table_name in ('arrival', 'alembic_version', 'meta')"
            )
            assert found.scalars().all() == ["workbook_tools"]
    finally:
        opened.close()
