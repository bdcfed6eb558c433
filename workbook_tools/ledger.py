"""Keep what was issued, what arrived and how it was judged; the only place with queries."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Row,
    String,
    Table,
    create_engine,
    delete,
    event,
    insert,
    select,
    update,
)

from workbook_tools.errors import BadSettings
from workbook_tools.form.content import Accepted
from workbook_tools.form.issued import IssuedForm, Shelf
from workbook_tools.form.snapshot import read_snapshot
from workbook_tools.form.submission import Submission

_META = MetaData()
VERSION = 1
MASTER_STATUSES = ("accepted", "rejected")  # what a master tells of
_CHUNK = 500

_meta = Table("meta", _META, Column("version", Integer, nullable=False))
_issue = Table(
    "issue",
    _META,
    Column("id", Integer, primary_key=True),
    Column("unit", String, nullable=False),
    Column("year", Integer, nullable=False),
    Column("period", Integer, nullable=False),
    Column("issue", Integer, nullable=False),
    Column("digest", String, nullable=False),
    Column("snapshot", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("at", String, nullable=False),
    Index("issue_once", "unit", "year", "period", "issue", unique=True),
)
_arrival = Table(
    "arrival",
    _META,
    Column("id", Integer, primary_key=True),
    Column("sha256", String, nullable=False, index=True),
    Column("file", String, nullable=False),
    Column("folder", String),
    Column("at", String, nullable=False),
    Column("taken", Integer, nullable=False),  # 1 where the file leaves the inbox once filed
    Column("state", String, nullable=False),  # arrived, judged, delivered, filed
    Column("status", String),
    Column("unit", String),
    Column("year", Integer),
    Column("period", Integer),
    Column("issue", Integer),
    Column("revision", Integer),
    Column("report", String),  # JSON of the arrival as `ingest` prints it
    Index("arrival_form", "unit", "year", "period"),
)
_value = Table(
    "value",
    _META,
    Column("arrival", Integer, ForeignKey("arrival.id"), primary_key=True),
    Column("indicator", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("number", String),  # decimal text; NULL where the person said "no data"
)
_text = Table(
    "text",
    _META,
    Column("arrival", Integer, ForeignKey("arrival.id"), primary_key=True),
    Column("indicator", String, primary_key=True),  # "" for the block of people
    Column("field", String, primary_key=True),
    Column("text", String, nullable=False),
)
_stale = Table("stale", _META, Column("year", Integer, primary_key=True))


@dataclass(frozen=True, slots=True)
class ArrivalRow:
    """One arrival as the ledger has it; `report` is the JSON document of `ingest`."""

    id: int
    sha256: str
    file: str
    folder: str | None
    at: datetime
    taken: bool
    state: str
    status: str | None
    unit: str | None
    year: int | None
    period: int | None
    issue: int | None
    revision: int | None
    report: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is recorded of a judgement, in one transaction."""

    status: str
    unit: str | None
    year: int | None
    period: int | None
    issue: int | None
    revision: int | None
    report: Mapping[str, object]
    values: Mapping[tuple[str, str], Decimal | None]
    texts: Mapping[tuple[str, str], str]


class Ledger:
    """The ledger in a local SQLite file."""

    def __init__(self, path: Path) -> None:
        """Open the ledger, made where it is missing."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._engine: Engine = create_engine(f"sqlite:///{path.as_posix()}")
        event.listen(self._engine, "connect", _set_pragmas)
        _META.create_all(self._engine)
        with self._engine.begin() as connection:
            row = connection.execute(select(_meta.c.version)).first()
            if row is None:
                connection.execute(insert(_meta).values(version=VERSION))
        if row is not None and row.version > VERSION:
            self.close()
            raise BadSettings(
                f"Ledger di {path} dibuat oleh workbook-tools yang lebih baru. Pasang versi yang "
                "baru itu di komputer ini."
            )

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with self._engine.connect() as connection:
            yield connection

    # Issued forms

    def record_issue(self, form: IssuedForm, snapshot: bytes, *, sha256: str, at: datetime) -> None:
        """Record an issued form; recording it again is harmless."""
        content = form.content
        with self._engine.begin() as connection:
            known = connection.execute(
                select(_issue.c.id).where(
                    _issue.c.unit == content.unit,
                    _issue.c.year == content.year,
                    _issue.c.period == content.period,
                    _issue.c.issue == form.issue,
                )
            ).first()
            if known is None:
                connection.execute(
                    insert(_issue).values(
                        unit=content.unit,
                        year=content.year,
                        period=content.period,
                        issue=form.issue,
                        digest=form.digest,
                        snapshot=snapshot.decode(),
                        sha256=sha256,
                        at=at.isoformat(),
                    )
                )

    def shelf(self) -> Shelf:
        """Give every issued form."""
        forms: dict[tuple[str, int, int], tuple[IssuedForm, ...]] = {}
        with self._read() as connection:
            for row in connection.execute(select(_issue).order_by(_issue.c.issue, _issue.c.id)):
                form = IssuedForm(read_snapshot(row.snapshot), row.issue, row.digest)
                key = (row.unit, row.year, row.period)
                forms[key] = (*forms.get(key, ()), form)
        return Shelf(forms)

    def issues_of(self, unit: str, year: int, *, period: int) -> tuple[IssuedForm, ...]:
        """Give the issues of one form, oldest first."""
        query = select(_issue).where(
            _issue.c.unit == unit, _issue.c.year == year, _issue.c.period == period
        )
        with self._read() as connection:
            return tuple(
                IssuedForm(read_snapshot(row.snapshot), row.issue, row.digest)
                for row in connection.execute(query.order_by(_issue.c.issue))
            )

    def issued_periods(self) -> tuple[tuple[int, int], ...]:
        """Give the (year, triwulan) for which forms went out, ascending."""
        with self._read() as connection:
            rows = connection.execute(select(_issue.c.year, _issue.c.period).distinct())
            return tuple(sorted((row.year, row.period) for row in rows))

    def issued_hashes(self) -> tuple[tuple[str, str], ...]:
        """Give (sha256 of the form, digest of its snapshot) of every issue."""
        with self._read() as connection:
            rows = connection.execute(
                select(_issue.c.sha256, _issue.c.digest).order_by(_issue.c.id)
            )
            return tuple((row.sha256, row.digest) for row in rows)

    # Arrivals

    def next_arrival(self) -> int:
        """Give the number the next arrival will have."""
        with self._read() as connection:
            row = connection.execute(
                select(_arrival.c.id).order_by(_arrival.c.id.desc()).limit(1)
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
        with self._engine.begin() as connection:
            known = connection.execute(select(_arrival.c.id).where(_arrival.c.id == number)).first()
            if known is None:
                connection.execute(
                    insert(_arrival).values(
                        id=number,
                        sha256=sha256,
                        file=file,
                        folder=folder,
                        at=at.isoformat(),
                        taken=int(taken),
                        state="arrived",
                    )
                )

    def judge(self, number: int, verdict: Verdict) -> None:
        """Record a judgement and its values in one transaction."""
        with self._engine.begin() as connection:
            connection.execute(
                update(_arrival)
                .where(_arrival.c.id == number)
                .values(
                    state="judged",
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
                    insert(_value),
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
                    insert(_text),
                    [
                        {"arrival": number, "indicator": indicator, "field": field, "text": text}
                        for (indicator, field), text in verdict.texts.items()
                    ],
                )

    def stale_years(self) -> tuple[int, ...]:
        """Give the years whose master does not show the newest judgements yet."""
        with self._read() as connection:
            rows = connection.execute(select(_stale.c.year).order_by(_stale.c.year))
            return tuple(row.year for row in rows)

    def record_master(self, year: int) -> None:
        """Record that the master of a year was published."""
        with self._engine.begin() as connection:
            connection.execute(delete(_stale).where(_stale.c.year == year))

    def advance(self, number: int, state: str) -> None:
        """Move an arrival on to `delivered` or `filed`."""
        with self._engine.begin() as connection:
            connection.execute(update(_arrival).where(_arrival.c.id == number).values(state=state))

    def arrivals(self) -> tuple[ArrivalRow, ...]:
        """Give every arrival in order."""
        with self._read() as connection:
            rows = connection.execute(select(_arrival).order_by(_arrival.c.id))
            return tuple(_arrival_row(row) for row in rows)

    def arrival(self, number: int) -> ArrivalRow:
        """Give one arrival."""
        with self._read() as connection:
            return _arrival_row(
                connection.execute(select(_arrival).where(_arrival.c.id == number)).one()
            )

    def unfinished(self) -> tuple[ArrivalRow, ...]:
        """Give the arrivals that a stopped process left on the way."""
        with self._read() as connection:
            rows = connection.execute(
                select(_arrival).where(_arrival.c.state != "filed").order_by(_arrival.c.id)
            )
            return tuple(_arrival_row(row) for row in rows)

    def same_bytes(self, sha256: str, *, before: int) -> tuple[ArrivalRow, ...]:
        """Give the earlier judged arrivals of the same file, oldest first."""
        with self._read() as connection:
            rows = connection.execute(
                select(_arrival)
                .where(
                    _arrival.c.sha256 == sha256,
                    _arrival.c.id < before,
                    _arrival.c.status.is_not(None),
                )
                .order_by(_arrival.c.id)
            )
            return tuple(_arrival_row(row) for row in rows)

    def revisions(self, unit: str, year: int, *, period: int) -> int:
        """Count the accepted returns of one form."""
        with self._read() as connection:
            rows = connection.execute(
                select(_arrival.c.id).where(
                    _arrival.c.unit == unit,
                    _arrival.c.year == year,
                    _arrival.c.period == period,
                    _arrival.c.status == "accepted",
                )
            )
            return len(rows.all())

    # Accepted values

    def submissions(
        self, *, unit: str | None = None, before: int | None = None
    ) -> tuple[Submission, ...]:
        """Give the accepted return that counts for every unit, year and triwulan.

        Of several, the one on the newest issue counts, and of those the last to arrive.
        `before` looks only at the arrivals before that number.
        """
        accepted = select(_arrival).where(_arrival.c.status == "accepted")
        if unit is not None:
            accepted = accepted.where(_arrival.c.unit == unit)
        if before is not None:
            accepted = accepted.where(_arrival.c.id < before)
        with self._read() as connection:
            effective: dict[tuple[str, int, int], ArrivalRow] = {}
            for row in connection.execute(accepted.order_by(_arrival.c.issue, _arrival.c.id)):
                effective[row.unit, row.year, row.period] = _arrival_row(row)
            numbers = [row.id for row in effective.values()]
            values = _by_arrival(connection, _value, numbers)
            texts = _by_arrival(connection, _text, numbers)
        return tuple(
            _submission(row, values.get(row.id, ()), texts.get(row.id, ()))
            for _, row in sorted(effective.items())
        )

    def accepted(self, unit: str, year: int) -> Accepted:
        """Give the accepted values of one unit and year by triwulan."""
        return {s.period: s.values for s in self.submissions(unit=unit) if s.year == year}


def _mark_stale(connection: Connection, year: int) -> None:
    known = connection.execute(select(_stale.c.year).where(_stale.c.year == year)).first()
    if known is None:
        connection.execute(insert(_stale).values(year=year))


def _set_pragmas(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined] # a DBAPI connection
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _by_arrival(
    connection: Connection, table: Table, numbers: Sequence[int]
) -> dict[int, list[Row[tuple[object, ...]]]]:
    found: dict[int, list[Row[tuple[object, ...]]]] = {}
    for start in range(0, len(numbers), _CHUNK):  # SQLite binds a limited number of values
        chosen = table.c.arrival.in_(numbers[start : start + _CHUNK])
        for row in connection.execute(select(table).where(chosen)):
            found.setdefault(row.arrival, []).append(row)
    return found


def _arrival_row(row: Row[tuple[object, ...]]) -> ArrivalRow:
    return ArrivalRow(
        row.id,
        row.sha256,
        row.file,
        row.folder,
        datetime.fromisoformat(row.at),
        bool(row.taken),
        row.state,
        row.status,
        row.unit,
        row.year,
        row.period,
        row.issue,
        row.revision,
        json.loads(row.report) if row.report else {},
    )


def _submission(
    row: ArrivalRow,
    values: Sequence[Row[tuple[object, ...]]],
    texts: Sequence[Row[tuple[object, ...]]],
) -> Submission:
    problems = row.report.get("problems")
    warnings = (
        sum(1 for p in problems if p.get("severity") == "warning")
        if isinstance(problems, list)
        else 0
    )
    return Submission(
        unit=row.unit or "",
        year=row.year or 0,
        period=row.period or 0,
        issue=row.issue or 0,
        revision=row.revision or 0,
        sha256=row.sha256,
        file=row.file,
        received_at=row.at,
        values={
            (v.indicator, v.key): None if v.number is None else Decimal(v.number) for v in values
        },
        texts={(t.indicator, t.field): t.text for t in texts if t.indicator},
        people={t.field: t.text for t in texts if not t.indicator},
        warnings=warnings,
    )
