"""Answer what was accepted and what came last, without walking through everything that came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, and_, func, select, true

from workbook_tools.form.content import Accepted
from workbook_tools.form.submission import Submission
from workbook_tools.ledger.base import Database
from workbook_tools.ledger.past import Past, PastReturn
from workbook_tools.ledger.rows import ArrivalRow, arrival_row, counting, submission_of
from workbook_tools.ledger.tables import (
    MASTER_STATUSES,
    arrival_table,
    issue_table,
    text_table,
    value_table,
)

_CHUNK = 500
_Value = TypeVar("_Value", str, int)
_FORM = (arrival_table.c.unit, arrival_table.c.year, arrival_table.c.period)


class JudgedReturns(Database):
    """The judgements of a ledger."""

    def past(self, forms: Collection[tuple[str, int]], files: Collection[str]) -> Past:
        """Give the judged returns of some (unit, year), and those with the bytes of some files.

        Of a file that came before, the other returns of its unit and year are known too.
        """
        judged = arrival_table.c.status.in_(MASTER_STATUSES)
        with self._read() as connection:
            same = _chosen(connection, judged, arrival_table.c.sha256, files)
            wanted = {*forms, *((r.unit, r.year) for r in same if r.unit and r.year is not None)}
            of_years = and_(
                arrival_table.c.status == "accepted",
                arrival_table.c.year.in_(sorted({year for _, year in wanted})),
            )
            units = sorted({unit for unit, _ in wanted})
            accepted = _chosen(connection, of_years, arrival_table.c.unit, units)
            rows = [row for row in accepted if (row.unit, row.year) in wanted]
            submissions = _submissions(connection, rows)
        others = {row.id: row for row in (*same, *rows)}
        return Past(PastReturn(row, submissions.get(row.id)) for row in others.values())

    def submissions(self, *, unit: str | None = None) -> tuple[Submission, ...]:
        """Give the accepted return that counts for every unit, year and triwulan."""
        ids = select(*_FORMED).where(arrival_table.c.status == "accepted")
        if unit is not None:
            ids = ids.where(arrival_table.c.unit == unit)
        with self._read() as connection:
            chosen = [
                one.id for one in counting(_Accepted(*row) for row in connection.execute(ids))
            ]
            rows = _chosen(connection, true(), arrival_table.c.id, chosen)
            found = _submissions(connection, rows)
        return tuple(found[number] for number in chosen)

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


class _Accepted(NamedTuple):
    """An accepted return as far as it must be known to choose the one that counts."""

    id: int
    unit: str | None
    year: int | None
    period: int | None
    issue: int | None


_FORMED = tuple(arrival_table.c[name] for name in _Accepted._fields)


def _chosen(
    connection: Connection,
    condition: ColumnElement[bool],
    column: ColumnElement[_Value],
    values: Collection[_Value],
) -> list[ArrivalRow]:
    """Give the arrivals that meet a condition and have one of some values in a column."""
    return [
        arrival_row(row)
        for some in _portions(list(values))
        for row in connection.execute(select(arrival_table).where(condition, column.in_(some)))
    ]


def _submissions(connection: Connection, rows: Sequence[ArrivalRow]) -> dict[int, Submission]:
    """Give the submissions of accepted arrivals by their numbers."""
    numbers = [row.id for row in rows]
    values: dict[int, dict[tuple[str, str], Decimal | None]] = defaultdict(dict)
    for v in _of_arrivals(connection, value_table, numbers):
        values[v.arrival][v.indicator, v.key] = None if v.number is None else Decimal(v.number)
    texts: dict[int, dict[tuple[str, str], str]] = defaultdict(dict)
    for t in _of_arrivals(connection, text_table, numbers):
        texts[t.arrival][t.indicator, t.field] = t.text
    return {
        row.id: submission_of(row, values.get(row.id, {}), texts.get(row.id, {})) for row in rows
    }


def _of_arrivals(
    connection: Connection, table: Table, numbers: Sequence[int]
) -> Iterator[Row[tuple[object, ...]]]:
    for some in _portions(numbers):
        yield from connection.execute(select(table).where(table.c.arrival.in_(some)))


def _portions(values: Sequence[_Value]) -> Iterator[Sequence[_Value]]:
    """Part values into as many as SQLite binds at once."""
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]
