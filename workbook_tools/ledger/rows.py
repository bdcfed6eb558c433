"""Turn rows of the ledger into what the pipeline works with."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import (
    Row,
)

from workbook_tools.form.submission import Submission


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


def submission_of(
    row: ArrivalRow,
    values: Sequence[Row[tuple[object, ...]]],
    texts: Sequence[Row[tuple[object, ...]]],
) -> Submission:
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
        values={
            (v.indicator, v.key): None if v.number is None else Decimal(v.number) for v in values
        },
        texts={(t.indicator, t.field): t.text for t in texts if t.indicator},
        people={t.field: t.text for t in texts if not t.indicator},
        warnings=warnings,
    )
