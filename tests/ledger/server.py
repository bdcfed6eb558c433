"""Turn an empty folder into a running PostgreSQL server, with a database for every test."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

SYSTEM_USER = "postgres"  # initdb refuses to run as root
USER, PASSWORD = "kantor", "rahasia-8%2F"
START_SECONDS = 60.0
_HBA = "local all postgres trust\nhost all all 127.0.0.1/32 scram-sha-256\n"
_SETTINGS = """
listen_addresses = '127.0.0.1'
shared_buffers = 16MB
max_connections = 60
fsync = off
lc_messages = 'C'
"""


def _binary(name: str) -> str:
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    found = str(places[0]) if places else shutil.which(name)
    if found is None:
        raise AssertionError(f"{name} is not here: install Debian's package postgresql")
    return found


def _as_user(command: Sequence[str]) -> list[str]:
    """Give the command line that runs as the system user, where we are root."""
    if os.geteuid() != 0:
        return list(command)
    user = ["--reuid", SYSTEM_USER, "--regid", SYSTEM_USER, "--init-groups"]
    return ["setpriv", *user, "--pdeathsig", "QUIT", *command]


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass(slots=True)
class Server:
    """A running server; it gives databases and takes its own life."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def asks(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Run a statement as the server's own user; give its rows."""
        with psycopg.connect(
            host=str(self.folder), port=self.port, user="postgres", dbname=database, autocommit=True
        ) as connection:
            told = connection.execute(statement.encode())
            return told.fetchall() if told.description else []

    def database(self, *, template: str = "template1") -> str:
        """Make a database that belongs to the user; give its name."""
        name = f"basis{next(self.numbers)}"
        self.asks(f"create database {name} owner {USER} template {template}")
        return name

    def drop(self, name: str) -> None:
        """Drop a database and whoever is connected to it."""
        self.asks(f"drop database if exists {name} with (force)")

    def url(self, database: str, *, password: str = PASSWORD, user: str = USER) -> str:
        """Give the address of a database as it is written into the settings."""
        return f"postgresql+psycopg://{user}:{password}@127.0.0.1:{self.port}/{database}"


@contextmanager
def running(encoding: str = "UTF8") -> Iterator[Server]:
    """Run a server while it lasts, in a folder under /tmp that its user may reach."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, SYSTEM_USER, SYSTEM_USER)
        data, port = folder / "data", _free_port()
        made = [_binary("initdb"), "-D", str(data), "-E", encoding, "--locale=C", "-U", "postgres"]
        subprocess.run(
            _as_user([*made, "--no-sync", "-A", "trust"]),
            check=True,
            stdout=subprocess.DEVNULL,
            cwd="/",
        )
        (data / "pg_hba.conf").write_text(_HBA)
        with (data / "postgresql.conf").open("a") as settings:
            settings.write(f"{_SETTINGS}port = {port}\nunix_socket_directories = '{folder}'\n")
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                _as_user([_binary("postgres"), "-D", str(data)]), stderr=log, cwd="/"
            )
        server = Server(folder, port, process)
        try:
            _wait(server)
            server.asks(f"create role {USER} login password '{PASSWORD.replace('%2F', '/')}'")
            yield server
        finally:
            process.send_signal(signal.SIGQUIT)
            process.wait(30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait(server: Server) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        with contextlib.suppress(psycopg.OperationalError):
            server.asks("select 1")
            return
        if server.process.poll() is not None:
            break
        time.sleep(0.05)
    raise AssertionError(f"the server did not start: {(server.folder / 'log').read_text()}")
