"""Give every test of this folder a place for a ledger, in both kinds of database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ledger.server import Server, running
from workbook_tools.ledger import Ledger
from workbook_tools.ledger.place import Place
from workbook_tools.ledger.postgres import postgres_place
from workbook_tools.ledger.sqlite import SqliteFile

POSTGRES = pytest.param("postgres", marks=pytest.mark.postgres)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Give a running server."""
    with running() as started:
        yield started


@pytest.fixture(scope="session")
def template(server: Server) -> str:
    """Give a database with an empty ledger; only to be copied."""
    name = server.database()
    Ledger(postgres_place(server.url(name))).close()
    return name


@pytest.fixture
def database(server: Server, template: str) -> Iterator[str]:
    """Give the address of a database with an empty ledger."""
    name = server.database(template=template)
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def blank(server: Server) -> Iterator[str]:
    """Give the address of a database that nothing was ever laid out in."""
    name = server.database()
    yield server.url(name)
    server.drop(name)


@pytest.fixture(params=["sqlite", POSTGRES])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Give a place for a ledger."""
    if request.param == "sqlite":
        return SqliteFile(tmp_path / "catatan" / "ledger.sqlite")
    return postgres_place(str(request.getfixturevalue("database")))


@pytest.fixture
def ledger(place: Place) -> Iterator[Ledger]:
    """Give an empty ledger."""
    opened = Ledger(place)
    yield opened
    opened.close()
