"""Answer what was accepted and what came last, without walking through everything that came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, Row, Select, Table, func, select

from workbook_tools.form.content import Accepted
from workbook_tools.form.submission import Submission
from workbook_tools.ledger.base import Database
from workbook_tools.ledger.rows import ArrivalRow, arrival_row, submission_of
from workbook_tools.ledger.tables import (
    MASTER_STATUSES,
    arrival_table,
    issue_table,
    text_table,
    value_table,
)

MOST_RETURNS = 20  # of one form that are looked back on
_CHUNK = 500
_FORM = (arrival_table.c.unit, arrival_table.c.year, arrival_table.c.period)


class JudgedReturns(Database):
    """The judgements of a ledger."""

    def revisions(self, unit: str, year: int, *, period: int) -> int:
        """Count the accepted returns of one form."""
        query = select(func.count()).where(
            arrival_table.c.unit == unit,
            arrival_table.c.year == year,
            arrival_table.c.period == period,
            arrival_table.c.status == "accepted",
        )
        with self._read() as connection:
            return int(connection.execute(query).scalar_one())

    def accepted_returns(
        self, unit: str, year: int, *, period: int, before: int
    ) -> tuple[ArrivalRow, ...]:
        """Give the last accepted returns of one form before an arrival, oldest first."""
        query = (
            select(arrival_table)
            .where(
                arrival_table.c.unit == unit,
                arrival_table.c.year == year,
                arrival_table.c.period == period,
                arrival_table.c.status == "accepted",
                arrival_table.c.id < before,
            )
            .order_by(arrival_table.c.id.desc())
            .limit(MOST_RETURNS)
        )
        with self._read() as connection:
            return tuple(arrival_row(row) for row in connection.execute(query))[::-1]

    def submissions(
        self, *, unit: str | None = None, before: int | None = None
    ) -> tuple[Submission, ...]:
        """Give the accepted return that counts for every unit, year and triwulan.

        Of several, the one on the newest issue counts, and of those the last to arrive.
        `before` looks only at the arrivals before that number.
        """
        order = func.row_number().over(
            partition_by=_FORM, order_by=(arrival_table.c.issue.desc(), arrival_table.c.id.desc())
        )
        ranked = select(arrival_table.c.id, order.label("place")).where(
            arrival_table.c.status == "accepted"
        )
        if unit is not None:
            ranked = ranked.where(arrival_table.c.unit == unit)
        if before is not None:
            ranked = ranked.where(arrival_table.c.id < before)
        first = ranked.subquery()
        counting = (
            select(arrival_table)
            .join(first, first.c.id == arrival_table.c.id)
            .where(first.c.place == 1)
            .order_by(*_FORM)
        )
        with self._read() as connection:
            rows = tuple(arrival_row(row) for row in connection.execute(counting))
            numbers = [row.id for row in rows]
            values = _by_arrival(connection, value_table, numbers)
            texts = _by_arrival(connection, text_table, numbers)
        return tuple(
            submission_of(row, values.get(row.id, ()), texts.get(row.id, ())) for row in rows
        )

    def accepted(self, unit: str, year: int) -> Accepted:
        """Give the accepted values of one unit and year by triwulan."""
        return {s.period: s.values for s in self.submissions(unit=unit) if s.year == year}

    def newest(self) -> Mapping[tuple[str, int, int], ArrivalRow]:
        """Give the last accepted or rejected return of every (unit, year, triwulan)."""
        last = (
            select(func.max(arrival_table.c.id).label("id"))
            .where(arrival_table.c.status.in_(MASTER_STATUSES), *(c.is_not(None) for c in _FORM))
            .group_by(*_FORM)
            .subquery()
        )
        query = select(arrival_table).join(last, last.c.id == arrival_table.c.id)
        with self._read() as connection:
            rows = [arrival_row(row) for row in connection.execute(query)]
        return {(r.unit or "", r.year or 0, r.period or 0): r for r in rows}

    def judged_periods(self) -> frozenset[tuple[int, int]]:
        """Give the (year, triwulan) of which anything has come."""
        query = select(arrival_table.c.year, arrival_table.c.period).distinct()
        with self._read() as connection:
            rows = connection.execute(query)
            return frozenset((r.year, r.period) for r in rows if r.year and r.period)

    def judged_last(self, year: int) -> datetime | None:
        """Give when the last return of a year came that a master tells of."""
        query = select(arrival_table.c.at).where(
            arrival_table.c.year == year, arrival_table.c.status.in_(MASTER_STATUSES)
        )
        with self._read() as connection:
            moments = connection.execute(query.distinct()).scalars()
            return max(map(datetime.fromisoformat, moments), default=None)

    def judged_of(self, years: Sequence[int]) -> tuple[ArrivalRow, ...]:
        """Give every accepted or rejected return of some years, in the order of arrival."""
        query = (
            select(arrival_table)
            .where(arrival_table.c.status.in_(MASTER_STATUSES), arrival_table.c.year.in_(years))
            .order_by(arrival_table.c.id)
        )
        with self._read() as connection:
            return tuple(arrival_row(row) for row in connection.execute(query))

    def people_of(self, year: int) -> Mapping[int, Mapping[str, str]]:
        """Give the block of people of a year's accepted returns: arrival -> field -> text."""
        query = (
            select(text_table.c.arrival, text_table.c.field, text_table.c.text)
            .join(arrival_table, arrival_table.c.id == text_table.c.arrival)
            .where(
                arrival_table.c.status == "accepted",
                arrival_table.c.year == year,
                text_table.c.indicator == "",
            )
        )
        found: dict[int, dict[str, str]] = {}
        with self._read() as connection:
            for row in connection.execute(query):
                found.setdefault(row.arrival, {})[row.field] = row.text
        return found

    def last_event(self) -> datetime | None:
        """Give when the last form went out or the last file came, None where nothing did."""
        with self._read() as connection:
            moments = [
                *connection.execute(select(arrival_table.c.at).distinct()).scalars(),
                *connection.execute(select(issue_table.c.at).distinct()).scalars(),
            ]
        return max(map(datetime.fromisoformat, moments), default=None)

    def unrecognised(self) -> tuple[ArrivalRow, ...]:
        """Give the rejected files that no form could be recognised in, newest first."""
        query: Select[tuple[object, ...]] = (
            select(arrival_table)
            .where(arrival_table.c.status == "rejected", arrival_table.c.year.is_(None))
            .order_by(arrival_table.c.id.desc())
        )
        with self._read() as connection:
            return tuple(arrival_row(row) for row in connection.execute(query))


def _by_arrival(
    connection: Connection, table: Table, numbers: Sequence[int]
) -> dict[int, list[Row[tuple[object, ...]]]]:
    found: dict[int, list[Row[tuple[object, ...]]]] = {}
    for start in range(0, len(numbers), _CHUNK):  # SQLite binds a limited number of values
        chosen = table.c.arrival.in_(numbers[start : start + _CHUNK])
        for row in connection.execute(select(table).where(chosen)):
            found.setdefault(row.arrival, []).append(row)
    return found
