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
