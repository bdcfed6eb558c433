"""Keep the forms that went out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from sqlalchemy import func, insert, select

from workbook_tools.form.issued import IssuedForm, Shelf
from workbook_tools.form.snapshot import read_snapshot
from workbook_tools.ledger.base import Database
from workbook_tools.ledger.tables import issue_table

_Form = tuple[str, int, int]
AT_ONCE = 500  # forms that are read with the shelf: those of an office in six years
MOST_FORMS = 2_000  # that are held at once, some 20 kB each


class IssuedForms(Database):
    """The issued forms of a ledger."""

    def record_issue(self, form: IssuedForm, snapshot: bytes, *, sha256: str, at: datetime) -> None:
        """Record an issued form; recording it again is harmless."""
        content = form.content
        with self._write() as connection:
            known = connection.execute(
                select(issue_table.c.id).where(
                    issue_table.c.unit == content.unit,
                    issue_table.c.year == content.year,
                    issue_table.c.period == content.period,
                    issue_table.c.issue == form.issue,
                )
            ).first()
            if known is None:
                connection.execute(
                    insert(issue_table).values(
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
        """Give every issued form; those of a large workspace are read when they are asked for."""
        form = (issue_table.c.unit, issue_table.c.year, issue_table.c.period)
        query = select(*form).group_by(*form).order_by(func.min(issue_table.c.id))
        with self._read() as connection:
            forms = [(row.unit, row.year, row.period) for row in connection.execute(query)]
        shelved = _Forms(self, forms)
        return Shelf(dict(shelved) if len(forms) <= AT_ONCE else shelved)

    def issues_of_year(self, unit: str, year: int) -> dict[int, tuple[IssuedForm, ...]]:
        """Give the issues of a unit's forms of a year by triwulan, oldest first."""
        query = (
            select(issue_table)
            .where(issue_table.c.unit == unit, issue_table.c.year == year)
            .order_by(issue_table.c.issue)
        )
        found: dict[int, tuple[IssuedForm, ...]] = {}
        with self._read() as connection:
            for row in connection.execute(query):
                form = IssuedForm(read_snapshot(row.snapshot), row.issue, row.digest)
                found[row.period] = (*found.get(row.period, ()), form)
        return found

    def issues_of(self, unit: str, year: int, *, period: int) -> tuple[IssuedForm, ...]:
        """Give the issues of one form, oldest first."""
        return self.issues_of_year(unit, year).get(period, ())

    def issued_periods(self) -> tuple[tuple[int, int], ...]:
        """Give the (year, triwulan) for which forms went out, ascending."""
        with self._read() as connection:
            rows = connection.execute(select(issue_table.c.year, issue_table.c.period).distinct())
            return tuple(sorted((row.year, row.period) for row in rows))

    def issued_forms(self) -> frozenset[tuple[str, int, int]]:
        """Give the (unit, year, triwulan) whose form went out."""
        columns = (issue_table.c.unit, issue_table.c.year, issue_table.c.period)
        with self._read() as connection:
            rows = connection.execute(select(*columns).distinct())
            return frozenset((row.unit, row.year, row.period) for row in rows)

    def issued_hashes(self) -> tuple[tuple[str, str], ...]:
        """Give (sha256 of the form, digest of its snapshot) of every issue."""
        with self._read() as connection:
            rows = connection.execute(
                select(issue_table.c.sha256, issue_table.c.digest).order_by(issue_table.c.id)
            )
            return tuple((row.sha256, row.digest) for row in rows)


class _Forms(Mapping[_Form, tuple[IssuedForm, ...]]):
    """Issued forms by (unit, year, triwulan); those of a unit and year are read together."""

    def __init__(self, ledger: IssuedForms, forms: Iterable[_Form]) -> None:
        self._ledger = ledger
        self._forms = dict.fromkeys(forms)
        self._held: dict[_Form, tuple[IssuedForm, ...]] = {}

    def __getitem__(self, form: _Form) -> tuple[IssuedForm, ...]:
        if form not in self._forms:
            raise KeyError(form)
        held = self._held.get(form)
        if held is None:
            unit, year, period = form
            if len(self._held) > MOST_FORMS:
                self._held = {}
            issues = self._ledger.issues_of_year(unit, year)
            self._held |= {(unit, year, number): found for number, found in issues.items()}
            held = issues[period]
        return held

    def __iter__(self) -> Iterator[_Form]:
        return iter(self._forms)

    def __len__(self) -> int:
        return len(self._forms)
