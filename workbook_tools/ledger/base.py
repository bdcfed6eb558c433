"""Open a ledger's database for reading or for one transaction, and tell its trouble."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError, OperationalError

from workbook_tools.errors import CannotWrite, LedgerUnusable


class Database:
    """The database of a ledger."""

    def __init__(self, engine: Engine) -> None:
        """Work on an opened database."""
        self._engine = engine

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with self._asked(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        """Open one transaction: all of it is recorded, or nothing."""
        with self._asked(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _asked(self) -> Iterator[None]:
        """Turn what the database says of disk and file into a sentence for the operator."""
        name = self._engine.url.database
        try:
            yield
        except OperationalError as error:
            raise CannotWrite(
                f"Ledger di {name} tidak dapat dibaca atau ditulis ({error.orig}). Periksa izin "
                "folder dan ruang disk, lalu jalankan lagi."
            ) from error
        except DatabaseError as error:
            if type(error) is not DatabaseError:
                raise  # its subclasses tell of a fault of the program
            raise LedgerUnusable(
                f"Ledger di {name} rusak ({error.orig}). Jalankan “workbook-tools rebuild”; ledger "
                "disusun ulang dari arsip."
            ) from error

    def seal(self) -> None:
        """Bring everything into the one file and prove it sound; CannotWrite where that fails.

        A file that still has its log beside it must not be moved.
        """
        with self._asked(), self._engine.connect() as connection:
            busy, *_ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
            mode = connection.exec_driver_sql("PRAGMA journal_mode=DELETE").scalar_one()
            state = connection.exec_driver_sql("PRAGMA integrity_check").scalars().first()
        if busy or mode != "delete" or state != "ok":
            raise CannotWrite(
                f"Ledger baru di {self._engine.url.database} tidak dapat disimpan utuh ({state}). "
                "Ledger lama tetap dipakai; periksa ruang disk, lalu jalankan lagi."
            )
