"""Say of every unit and triwulan whether its form has come, and how late."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from workbook_tools.form.submission import Delivery, Submission
from workbook_tools.indicators.period import due_date, late_days
from workbook_tools.ledger import ArrivalRow
from workbook_tools.pipeline.session import Session


@dataclass(frozen=True, slots=True)
class Sent:
    """What has come: the returns that count, and the last judgement of every form."""

    submissions: tuple[Submission, ...]
    newest: Mapping[tuple[str, int, int], ArrivalRow]


def sent_until_now(session: Session) -> Sent:
    """Ask the ledger what has come; masters and board tell of the same."""
    return Sent(session.ledger.submissions(), session.ledger.newest())


def deliveries(
    session: Session,
    periods: Sequence[tuple[int, int]],
    *,
    sent: Sent,
    today: date | None,
    due: Collection[tuple[int, int]],
) -> tuple[Delivery, ...]:
    """Say for every reporting unit and each (year, triwulan) whether it has sent.

    A unit whose indicators mirror others counts as filled by the unit it mirrors. `due`
    are the (year, triwulan) that have begun to come in: nobody is late for another.
    """
    accepted = {(s.unit, s.year, s.period): s for s in sent.submissions}
    found: list[Delivery] = []
    for year, period in periods:
        for unit, source in session.registry.reporting_units():
            position = session.registry.position(unit)
            key = (source, year, period)
            found.append(
                _delivery(
                    session,
                    unit,
                    position.label if position else unit,
                    when=(year, period),
                    submission=accepted.get(key),
                    last=sent.newest.get(key),
                    today=today if (year, period) in due else None,
                )
            )
    return tuple(found)


def _delivery(
    session: Session,
    unit: str,
    name: str,
    *,
    when: tuple[int, int],
    submission: Submission | None,
    last: ArrivalRow | None,
    today: date | None,
) -> Delivery:
    year, period = when
    due = due_date(year, period, day=session.registry.rules.due_day_unit)
    received: datetime | None = None
    status, revision = "belum", None
    if submission is not None:
        status, revision, received = "diterima", submission.revision, submission.received_at
    elif last is not None:
        status, received = "ditolak", last.at
    if received is not None and status == "diterima":
        late = late_days(session.local(received).date(), due)
    else:
        late = 0 if today is None else late_days(today, due)
    errors, warnings = _counts(last)
    return Delivery(unit, name, year, period, status, received, revision, late, errors, warnings)


def _counts(row: ArrivalRow | None) -> tuple[int, int]:
    problems = row.report.get("problems") if row is not None else None
    if not isinstance(problems, list):
        return 0, 0
    severities = [p.get("severity") for p in problems]
    return severities.count("error"), severities.count("warning")
