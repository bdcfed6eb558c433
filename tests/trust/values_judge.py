"""Turn returns into verdicts as the pipeline gives them, and weigh them against other engines."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import pytest

from tests.returns.desk import IN_TIME, Desk, Form
from tests.trust.size import figure
from tests.trust.values import At, Cells, by_parser, differences
from tests.trust.values_filling import Filling
from workbook_tools.form.layout import ISIAN
from workbook_tools.pipeline.arrival import Arrival, texts_of, values_of
from workbook_tools.pipeline.judging import rejudge
from workbook_tools.pipeline.session import Session
from workbook_tools.problems.problem import Severity
from workbook_tools.reader.read import read_workbook


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the ledger would record of a return, or the errors for which it is rejected."""

    accepted: bool
    errors: frozenset[tuple[str, str | None]]
    values: Mapping[tuple[str, str], Decimal | None]
    texts: Mapping[tuple[str, str], str]


def judged(session: Session, unit: str, data: bytes, *, name: str = "kiriman.xlsx") -> Verdict:
    """Judge a return as the first one that comes, exactly as `ingest` does."""
    sha256 = hashlib.sha256(data).hexdigest()
    judgement = rejudge(session, Arrival(1, sha256, name, unit, session.now, data, None))
    form = judgement.form
    return Verdict(
        judgement.accepted,
        frozenset(
            (p.code, cell)
            for p in judgement.problems
            if p.severity is Severity.ERROR
            for cell in (p.place.cell, *p.cells)
        ),
        {} if form is None else values_of(form),
        {} if form is None else texts_of(form),
    )


@pytest.fixture(scope="module")
def forms(issued_desk: Desk) -> tuple[Form, ...]:
    """Give every issued form but those of the last triwulan, whose shortfalls are errors."""
    return tuple(form for period in (1, 2, 3) for form in issued_desk.issue(period))


@pytest.fixture
def session(desk: Desk) -> Iterator[Session]:
    """Open an office that received nothing yet."""
    with desk.session(IN_TIME[3]) as opened:
        yield opened


def cells_of(data: bytes) -> Cells:
    """Give what our reader takes from the sheet Isian."""
    reading = read_workbook(data)
    assert reading.workbook is not None, reading.problems
    sheet = reading.workbook.sheet(ISIAN)
    assert sheet is not None
    return by_parser(sheet)


@dataclass(slots=True)
class Tally:
    """Counts of what was compared, and every difference that nothing explains."""

    counts: Counter[str] = field(default_factory=Counter)
    unexplained: list[str] = field(default_factory=list)

    def taken(self) -> list[str]:
        """Give the differences found since the last look, so that one file is told at a time."""
        found, self.unexplained = self.unexplained, []
        return found

    def compare(self, ours: Cells, others: Mapping[str, tuple[Cells, frozenset[At]]]) -> None:
        """Compare every cell with each engine, besides those that the engine reads wrong."""
        for engine, (seen, besides) in others.items():
            self.counts[f"files against {engine}"] += 1
            self.counts[f"cells against {engine}"] += len({*ours, *seen} - besides)
            self.unexplained += differences(ours, seen, besides=besides)

    def weigh(self, verdict: Verdict, filling: Filling, engines: Mapping[str, Cells]) -> None:
        """Compare a verdict with the errors to be found, or what would be recorded of it."""
        expected = filling.errors()
        self.counts["files judged"] += 1
        if expected:
            self.counts["rejected with their exact codes"] += 1
            if verdict.accepted or verdict.errors != expected:
                self.unexplained.append(f"errors {sorted(expected)} against {verdict.errors}")
            return
        if not verdict.accepted:
            self.unexplained.append(f"not accepted: {verdict.errors}")
            return
        self.counts["accepted"] += 1
        for engine, cells in engines.items():
            for what, ours, theirs in (
                ("value", verdict.values, filling.values(cells)),
                ("text", verdict.texts, filling.texts(cells)),
            ):
                self.counts[f"{what}s of the ledger against {engine}"] += len(theirs)
                self.unexplained += [
                    f"{what} of {key}: {ours.get(key)!r} against {theirs.get(key)!r} of {engine}"
                    for key in {**ours, **theirs}
                    if key not in ours or key not in theirs or ours[key] != theirs[key]
                ]

    def report(self, name: str) -> None:
        """Print the figures, and fail if one difference is left."""
        for what, count in sorted(self.counts.items()):
            figure(f"{name}, {what}", count)
        figure(f"{name}, unexplained differences", len(self.unexplained))
