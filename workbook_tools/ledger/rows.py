"""Turn rows of the ledger into what the pipeline works with."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol, TypeVar

from sqlalchemy import Row

from workbook_tools.form.submission import Submission

Values = Mapping[tuple[str, str], Decimal | None]
Texts = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class ArrivalFacts:
    """What the journal keeps of an arrival; `taken` where the file is removed once filed."""

    number: int
    sha256: str
    file: str
    folder: str | None
    at: datetime
    taken: bool


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
    """What is recorded of a judgement, in one transaction; texts of people stand under ""."""

    status: str
    unit: str | None
    year: int | None
    period: int | None
    issue: int | None
    revision: int | None
    report: Mapping[str, object]
    values: Values
    texts: Texts
    state: str = "judged"


def arrival_row(row: Row[tuple[object, ...]]) -> ArrivalRow:
    """Read a row of the table `arrival`."""
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


def submission_of(row: ArrivalRow, values: Values, texts: Texts) -> Submission:
    """Make an accepted arrival with its values and texts a submission."""
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
        values=values,
        texts={(indicator, field): text for (indicator, field), text in texts.items() if indicator},
        people={field: text for (indicator, field), text in texts.items() if not indicator},
        warnings=warnings,
    )


class Formed(Protocol):
    """A return whose form is known."""

    @property
    def id(self) -> int:
        """Give its number."""

    @property
    def unit(self) -> str | None:
        """Give the unit of its form."""

    @property
    def year(self) -> int | None:
        """Give the year of its form."""

    @property
    def period(self) -> int | None:
        """Give the triwulan of its form."""

    @property
    def issue(self) -> int | None:
        """Give which issue of the form it came on."""


Return = TypeVar("Return", bound=Formed)


def counting(accepted: Iterable[Return]) -> tuple[Return, ...]:
    """Choose the accepted return that counts for every unit, year and triwulan, in that order.

    Of several, the one on the newest issue counts, and of those the last to arrive.
    """
    found: dict[tuple[str, int, int], Return] = {}
    for one in accepted:
        form = (one.unit or "", one.year or 0, one.period or 0)
        best = found.get(form)
        if best is None or (one.issue or 0, one.id) > (best.issue or 0, best.id):
            found[form] = one
    return tuple(found[form] for form in sorted(found))
