"""Keep what was issued, what arrived and how it was judged; the only place with queries."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from workbook_tools.errors import BadSettings
from workbook_tools.ledger.base import version_of
from workbook_tools.ledger.issued import IssuedForms
from workbook_tools.ledger.judged import JudgedReturns
from workbook_tools.ledger.place import Place
from workbook_tools.ledger.rows import ArrivalFacts, ArrivalRow, Verdict, arrival_row
from workbook_tools.ledger.sqlite import SqliteFile
from workbook_tools.ledger.tables import (
    MASTER_STATUSES,
    ON_ITS_WAY,
    VERSION,
    arrival_table,
    owner_table,
    stale_table,
    text_table,
    value_table,
)


class Ledger(JudgedReturns, IssuedForms):
    """The ledger, in a file or on a server."""

    def __init__(self, place: Place | Path) -> None:
        """Open the ledger, made where it is missing and brought up to this program."""
        super().__init__(SqliteFile(place) if isinstance(place, Path) else place)
        try:
            self._open()
        except BaseException:
            self.close()
            raise

    def _open(self) -> None:
        with self._engine.connect() as connection:
            version = version_of(self.place, connection)
        if version < VERSION:
            from workbook_tools.ledger.upgrade import upgrade

            upgrade(self.place, self._engine)
        if version > VERSION:
            raise BadSettings(
                f"Ledger di {self.place.name} dibuat oleh workbook-tools yang lebih baru. Pasang "
                "versi yang baru itu di komputer ini."
            )

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def belongs_to(self, fingerprint: str) -> bool:
        """Tell whether a workspace's key is the ledger's own; the first that asks has it."""
        with self._write() as connection:
            owner = connection.execute(select(owner_table.c.fingerprint)).scalar()
            if owner is None:
                connection.execute(insert(owner_table).values(fingerprint=fingerprint))
        return owner in {None, fingerprint}

    # Arrivals

    def next_arrival(self) -> int:
        """Give the number the next arrival will have."""
        with self._read() as connection:
            row = connection.execute(
                select(arrival_table.c.id).order_by(arrival_table.c.id.desc()).limit(1)
            ).first()
            return 1 if row is None else int(row.id) + 1

    def arrive(self, arrivals: Sequence[ArrivalFacts]) -> None:
        """Record arrivals in one transaction; recording one again is harmless."""
        with self._write() as connection:
            numbers = [facts.number for facts in arrivals]
            known = set(
                connection.execute(
                    select(arrival_table.c.id).where(
                        arrival_table.c.id.between(min(numbers), max(numbers))
                    )
                ).scalars()
            )
            fresh = [_arrived(facts) for facts in arrivals if facts.number not in known]
            if fresh:
                connection.execute(insert(arrival_table), fresh)

    def judge(self, verdicts: Mapping[int, Verdict]) -> None:
        """Record judgements by arrival, their values and new states in one transaction."""
        with self._write() as connection:
            judged = [
                {"number": number, **_judged(verdict)} for number, verdict in verdicts.items()
            ]
            connection.execute(
                update(arrival_table).where(arrival_table.c.id == bindparam("number")), judged
            )
            years = {
                v.year
                for v in verdicts.values()
                if v.year is not None and v.status in MASTER_STATUSES
            }
            for year in sorted(years):
                _mark_stale(connection, year)
            values = [row for number, v in verdicts.items() for row in _values(number, v)]
            if values:
                connection.execute(insert(value_table), values)
            texts = [row for number, v in verdicts.items() for row in _texts(number, v)]
            if texts:
                connection.execute(insert(text_table), texts)

    def stale_years(self) -> tuple[int, ...]:
        """Give the years whose master does not show the newest judgements yet."""
        with self._read() as connection:
            rows = connection.execute(select(stale_table.c.year).order_by(stale_table.c.year))
            return tuple(row.year for row in rows)

    def record_master(self, year: int) -> None:
        """Record that the master of a year was published."""
        with self._write() as connection:
            connection.execute(delete(stale_table).where(stale_table.c.year == year))

    def advance(self, numbers: Collection[int], state: str) -> None:
        """Move arrivals on to `delivered` or `filed` in one transaction."""
        if not numbers:
            return
        moved = [{"number": number, "state": state} for number in numbers]
        with self._write() as connection:
            connection.execute(
                update(arrival_table).where(arrival_table.c.id == bindparam("number")), moved
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
                select(arrival_table).where(ON_ITS_WAY).order_by(arrival_table.c.id)
            )
            return tuple(arrival_row(row) for row in rows)

    def held(self) -> frozenset[tuple[str, str]]:
        """Give (file, sha256) of what was judged and could not be taken from the inbox yet."""
        with self._read() as connection:
            rows = connection.execute(
                select(arrival_table.c.file, arrival_table.c.sha256).where(
                    ON_ITS_WAY,
                    arrival_table.c.state.in_(("judged", "delivered")),
                    arrival_table.c.taken == 1,
                )
            )
            return frozenset((row.file, row.sha256) for row in rows)

    def arrival_numbers(self, *, since: int = 0) -> frozenset[int]:
        """Give the number of every arrival from one on."""
        query = select(arrival_table.c.id).where(arrival_table.c.id >= since)
        with self._read() as connection:
            return frozenset(connection.execute(query).scalars())


def _arrived(facts: ArrivalFacts) -> dict[str, object]:
    return {
        "id": facts.number,
        "sha256": facts.sha256,
        "file": facts.file,
        "folder": facts.folder,
        "at": facts.at.isoformat(),
        "taken": int(facts.taken),
        "state": "arrived",
    }


def _judged(verdict: Verdict) -> dict[str, object]:
    return {
        "state": verdict.state,
        "status": verdict.status,
        "unit": verdict.unit,
        "year": verdict.year,
        "period": verdict.period,
        "issue": verdict.issue,
        "revision": verdict.revision,
        "report": json.dumps(verdict.report, ensure_ascii=False, sort_keys=True),
    }


def _values(number: int, verdict: Verdict) -> Iterator[dict[str, object]]:
    for (indicator, key), value in verdict.values.items():
        told = None if value is None else str(value)
        yield {"arrival": number, "indicator": indicator, "key": key, "number": told}


def _texts(number: int, verdict: Verdict) -> Iterator[dict[str, object]]:
    for (indicator, field), text in verdict.texts.items():
        yield {"arrival": number, "indicator": indicator, "field": field, "text": text}


def _mark_stale(connection: Connection, year: int) -> None:
    known = connection.execute(select(stale_table.c.year).where(stale_table.c.year == year)).first()
    if known is None:
        connection.execute(insert(stale_table).values(year=year))
