"""Turn the accepted returns of a year in the ledger into what the master tells of them."""

from __future__ import annotations

from collections.abc import Mapping

from workbook_tools.ledger import ArrivalRow
from workbook_tools.master.trail import Received, Warned
from workbook_tools.pipeline.session import Session
from workbook_tools.problems.catalogue import CATALOGUE

_REPLACES = "K02"


def trail(session: Session, year: int) -> tuple[Received, ...]:
    """Give every accepted return of a year, in the order of arrival."""
    people = session.ledger.people_of(year)
    return tuple(
        _received(row, people.get(row.id, {}))
        for row in session.ledger.judged_of([year])
        if row.status == "accepted"
    )


def _received(row: ArrivalRow, people: Mapping[str, str]) -> Received:
    problems = _problems(row)
    changes = [
        told for problem in problems if problem["code"] == _REPLACES and (told := _changes(problem))
    ]
    return Received(
        number=row.id,
        unit=row.unit or "",
        year=row.year or 0,
        period=row.period or 0,
        revision=row.revision or 0,
        issue=row.issue or 0,
        file=row.file,
        sha256=row.sha256,
        received_at=row.at,
        people=people,
        changes="\n".join(changes),
        warnings=tuple(
            Warned(one["code"], one["cell"], one["indicator"], one["message"])
            for one in problems
            if one["severity"] == "warning"
        ),
    )


def _problems(row: ArrivalRow) -> list[dict[str, str]]:
    """Give the problems of a judgement as texts, "" for what they leave open."""
    found = row.report.get("problems")
    if not isinstance(found, list):
        return []
    keys = ("code", "severity", "cell", "indicator", "message")
    return [{key: str(one.get(key) or "") for key in keys} for one in found]


def _changes(problem: Mapping[str, str]) -> str:
    """Give what the sender was told of the differences, without what was to be done."""
    return problem["message"].removesuffix(CATALOGUE[_REPLACES].remedy).strip()
