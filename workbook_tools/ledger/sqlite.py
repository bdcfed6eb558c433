"""Keep a ledger in a local SQLite file."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError

from workbook_tools.errors import CannotWrite, OperatorError
from workbook_tools.ledger.place import Guard, unusable
from workbook_tools.outbox import sync_file, sync_folder

_PATIENCE, _ASK_AGAIN = 5.0, 0.02  # seconds; as long as SQLite waits for other locks


@dataclass(frozen=True, slots=True)
class SqliteFile:
    """A ledger in a file."""

    path: Path

    @property
    def name(self) -> str:
        """Give the path."""
        return str(self.path)

    @property
    def is_shared(self) -> bool:
        """Tell that it lies beside the archive, and nowhere else."""
        return False

    def engine(self) -> Engine:
        """Give the engine; the folder is made where it is missing."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(URL.create("sqlite", database=str(self.path)))
        event.listen(engine, "connect", _set_pragmas)
        return engine

    def exists(self) -> bool:
        """Tell whether the file is there, and not emptied."""
        return self.path.exists() and self.path.stat().st_size > 0

    def has_tables(self, connection: Connection) -> bool:
        """Tell whether the table is there that is made with the first ones."""
        asked = "select count(*) from sqlite_master where type = 'table' and name = 'meta'"
        return bool(connection.exec_driver_sql(asked).scalar_one())

    def alone(self, connection: Connection) -> None:
        """Begin the transaction as a writing one: the driver would leave DDL outside of it."""
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    def seal(self, engine: Engine) -> None:
        """Bring everything into the one file and prove it sound; CannotWrite where that fails.

        A file that still has its log beside it must not be moved.
        """
        with engine.connect() as connection:
            busy, *_ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
            mode = connection.exec_driver_sql("PRAGMA journal_mode=DELETE").scalar_one()
            state = connection.exec_driver_sql("PRAGMA integrity_check").scalars().first()
        if busy or mode != "delete" or state != "ok":
            raise CannotWrite(
                f"Ledger baru di {self.name} tidak dapat disimpan utuh ({state}). "
                "Ledger lama tetap dipakai; periksa ruang disk, lalu jalankan lagi."
            )

    def fresh(self) -> Self:
        """Give the file beside it."""
        return type(self)(self.path.with_name("ledger.baru.sqlite"))

    def remove(self, guard: Guard | None) -> None:
        """Remove the file and what SQLite keeps beside it; the folder's lock is guard enough."""
        del guard
        self._remove("", "-wal", "-shm")

    def replace(self, guard: Guard | None) -> None:
        """Rename the file beside it to this one; the lock on the folder is guard enough."""
        del guard
        fresh = self.fresh().path
        sync_file(fresh)
        # The log of the old one goes first: beside the new one it would be taken for its own.
        self._remove("-wal", "-shm")
        fresh.replace(self.path)
        sync_folder(self.path.parent)

    def _remove(self, *suffixes: str) -> None:
        try:
            for suffix in suffixes:
                self.path.with_name(f"{self.path.name}{suffix}").unlink(missing_ok=True)
        except PermissionError as error:
            raise CannotWrite(
                f"{self.path} sedang dipakai program lain. Tutup program itu, lalu jalankan lagi."
            ) from error

    def refused(self, error: Exception) -> OperatorError | None:
        """Tell a file that cannot be opened from one that is damaged."""
        if isinstance(error, OSError | OperationalError):
            return CannotWrite(
                f"Ledger di {self.name} tidak dapat dibuka. Periksa izin folder dan ruang disk."
            )
        return unusable(self.name, "rusak") if isinstance(error, DatabaseError) else None

    def troubled(self, error: DBAPIError) -> OperatorError | None:
        """Tell trouble with disk and permission from a damaged file."""
        if isinstance(error, OperationalError):
            return CannotWrite(
                f"Ledger di {self.name} tidak dapat dibaca atau ditulis ({error.orig}). Periksa "
                "izin folder dan ruang disk, lalu jalankan lagi."
            )
        if type(error) is DatabaseError:  # its subclasses tell of a fault of the program
            return unusable(self.name, f"rusak ({error.orig})")
        return None


def _set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
    cursor = connection.cursor()
    _write_ahead(cursor)
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _write_ahead(cursor: sqlite3.Cursor) -> None:
    """Keep a log beside the file; where others do so at this moment SQLite refuses at once."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() >= until:
                raise
            time.sleep(_ASK_AGAIN)
        else:
            return
