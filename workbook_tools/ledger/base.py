"""Open a ledger's database for reading or for one transaction, and tell its trouble."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from workbook_tools.ledger.place import Place
from workbook_tools.ledger.tables import meta_table
from workbook_tools.ledger.turn import Turn


class Database:
    """The database of a ledger."""

    def __init__(self, place: Place) -> None:
        """Work on the database at a place."""
        self.place = place
        self.turn: Turn | None = None
        self._engine = place.engine()

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with self._asked(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        """Open one transaction: all of it is recorded, or nothing; TurnLost as `Turn` says."""
        with self._asked(), self._engine.begin() as connection:
            if self.turn is not None:
                self.turn.guard(connection)
            yield connection

    @contextmanager
    def _asked(self) -> Iterator[None]:
        """Turn what the database says of disk and way to it into a sentence for the operator."""
        try:
            yield
        except DBAPIError as error:
            if trouble := self.place.troubled(error):
                raise trouble from error
            raise

    def seal(self) -> None:
        """Make what was written last where it is; CannotWrite where that fails."""
        with self._asked():
            self.place.seal(self._engine)


def version_of(place: Place, connection: Connection) -> int:
    """Give the version of a ledger, 0 where none was ever laid out whole."""
    if not place.has_tables(connection):
        return 0
    row = connection.execute(select(meta_table.c.version)).first()
    return 0 if row is None else int(row.version)
