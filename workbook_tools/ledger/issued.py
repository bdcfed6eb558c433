"""Keep the forms that went out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select

from workbook_tools.form.issued import IssuedForm, Shelf
from workbook_tools.form.snapshot import read_snapshot
from workbook_tools.ledger.base import Database
from workbook_tools.ledger.tables import issue_table


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
        """Give every issued form."""
        forms: dict[tuple[str, int, int], tuple[IssuedForm, ...]] = {}
        with self._read() as connection:
            for row in connection.execute(
                select(issue_table).order_by(issue_table.c.issue, issue_table.c.id)
            ):
                form = IssuedForm(read_snapshot(row.snapshot), row.issue, row.digest)
                key = (row.unit, row.year, row.period)
                forms[key] = (*forms.get(key, ()), form)
        return Shelf(forms)

    def issues_of(self, unit: str, year: int, *, period: int) -> tuple[IssuedForm, ...]:
        """Give the issues of one form, oldest first."""
        query = select(issue_table).where(
            issue_table.c.unit == unit, issue_table.c.year == year, issue_table.c.period == period
        )
        with self._read() as connection:
            return tuple(
                IssuedForm(read_snapshot(row.snapshot), row.issue, row.digest)
                for row in connection.execute(query.order_by(issue_table.c.issue))
            )

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
