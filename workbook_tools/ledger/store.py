"""Keep what was issued, what arrived and how it was judged; the only place with queries."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from sqlalchemy import (
    Connection,
    create_engine,
    delete,
    event,
    insert,
    select,
    update,
)

from workbook_tools.errors import BadSettings
from workbook_tools.ledger.issued import IssuedForms
from workbook_tools.ledger.judged import JudgedReturns
from workbook_tools.ledger.rows import ArrivalRow, Verdict, arrival_row
from workbook_tools.ledger.tables import (
    MASTER_STATUSES,
    META,
    VERSION,
    arrival_table,
    meta_table,
    stale_table,
    text_table,
    value_table,
)


class Ledger(JudgedReturns, IssuedForms):
    """The ledger in a local SQLite file."""

    def __init__(self, path: Path) -> None:
        """Open the ledger, made where it is missing."""
        path.parent.mkdir(parents=True, exist_ok=True)
        super().__init__(create_engine(f"sqlite:///{path.as_posix()}"))
        event.listen(self._engine, "connect", _set_pragmas)
        META.create_all(self._engine)
        with self._engine.begin() as connection:
            row = connection.execute(select(meta_table.c.version)).first()
            if row is None:
                connection.execute(insert(meta_table).values(version=VERSION))
        if row is not None and row.version > VERSION:
            self.close()
            raise BadSettings(
                f"Ledger di {path} dibuat oleh workbook-tools yang lebih baru. Pasang versi yang "
                "baru itu di komputer ini."
            )

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    # Arrivals

    def next_arrival(self) -> int:
        """Give the number the next arrival will have."""
        with self._read() as connection:
            row = connection.execute(
                select(arrival_table.c.id).order_by(arrival_table.c.id.desc()).limit(1)
            ).first()
            return 1 if row is None else int(row.id) + 1

    def arrive(
        self,
        number: int,
        *,
        sha256: str,
        file: str,
        folder: str | None,
        at: datetime,
        taken: bool,
    ) -> None:
        """Record an arrival; recording it again is harmless."""
        with self._write() as connection:
            known = connection.execute(
                select(arrival_table.c.id).where(arrival_table.c.id == number)
            ).first()
            if known is None:
                connection.execute(
                    insert(arrival_table).values(
                        id=number,
                        sha256=sha256,
                        file=file,
                        folder=folder,
                        at=at.isoformat(),
                        taken=int(taken),
                        state="arrived",
                    )
                )

    def judge(self, number: int, verdict: Verdict, *, state: str = "judged") -> None:
        """Record a judgement, its values and the new state in one transaction."""
        with self._write() as connection:
            connection.execute(
                update(arrival_table)
                .where(arrival_table.c.id == number)
                .values(
                    state=state,
                    status=verdict.status,
                    unit=verdict.unit,
                    year=verdict.year,
                    period=verdict.period,
                    issue=verdict.issue,
                    revision=verdict.revision,
                    report=json.dumps(verdict.report, ensure_ascii=False, sort_keys=True),
                )
            )
            if verdict.year is not None and verdict.status in MASTER_STATUSES:
                _mark_stale(connection, verdict.year)
            if verdict.values:
                connection.execute(
                    insert(value_table),
                    [
                        {
                            "arrival": number,
                            "indicator": indicator,
                            "key": key,
                            "number": None if value is None else str(value),
                        }
                        for (indicator, key), value in verdict.values.items()
                    ],
                )
            if verdict.texts:
                connection.execute(
                    insert(text_table),
                    [
                        {"arrival": number, "indicator": indicator, "field": field, "text": text}
                        for (indicator, field), text in verdict.texts.items()
                    ],
                )

    def stale_years(self) -> tuple[int, ...]:
        """Give the years whose master does not show the newest judgements yet."""
        with self._read() as connection:
            rows = connection.execute(select(stale_table.c.year).order_by(stale_table.c.year))
            return tuple(row.year for row in rows)

    def record_master(self, year: int) -> None:
        """Record that the master of a year was published."""
        with self._write() as connection:
            connection.execute(delete(stale_table).where(stale_table.c.year == year))

    def advance(self, number: int, state: str) -> None:
        """Move an arrival on to `delivered` or `filed`."""
        with self._write() as connection:
            connection.execute(
                update(arrival_table).where(arrival_table.c.id == number).values(state=state)
            )

    def arrivals(self) -> tuple[ArrivalRow, ...]:
        """Give every arrival in order."""
        with self._read() as connection:
            rows = connection.execute(select(arrival_table).order_by(arrival_table.c.id))
            return tuple(arrival_row(row) for row in rows)

    def arrival(self, number: int) -> ArrivalRow:
        """Give one arrival."""
        with self._read() as connection:
            return arrival_row(
                connection.execute(select(arrival_table).where(arrival_table.c.id == number)).one()
            )

    def unfinished(self) -> tuple[ArrivalRow, ...]:
        """Give the arrivals that a stopped process left on the way."""
        with self._read() as connection:
            rows = connection.execute(
                select(arrival_table)
                .where(arrival_table.c.state != "filed")
                .order_by(arrival_table.c.id)
            )
            return tuple(arrival_row(row) for row in rows)

    def held(self) -> frozenset[tuple[str, str]]:
        """Give (file, sha256) of what was judged and could not be taken from the inbox yet."""
        with self._read() as connection:
            rows = connection.execute(
                select(arrival_table.c.file, arrival_table.c.sha256).where(
                    arrival_table.c.state.in_(("judged", "delivered")),
                    arrival_table.c.taken == 1,
                )
            )
            return frozenset((row.file, row.sha256) for row in rows)

    def same_bytes(self, sha256: str, *, before: int) -> tuple[ArrivalRow, ...]:
        """Give the earlier accepted or rejected arrivals of the same file, oldest first."""
        with self._read() as connection:
            rows = connection.execute(
                select(arrival_table)
                .where(
                    arrival_table.c.sha256 == sha256,
                    arrival_table.c.id < before,
                    arrival_table.c.status.in_(MASTER_STATUSES),
                )
                .order_by(arrival_table.c.id)
            )
            return tuple(arrival_row(row) for row in rows)

    def arrival_numbers(self) -> frozenset[int]:
        """Give the number of every arrival."""
        with self._read() as connection:
            return frozenset(connection.execute(select(arrival_table.c.id)).scalars())


def _mark_stale(connection: Connection, year: int) -> None:
    known = connection.execute(select(stale_table.c.year).where(stale_table.c.year == year)).first()
    if known is None:
        connection.execute(insert(stale_table).values(year=year))


def _set_pragmas(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined] # a DBAPI connection
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()
