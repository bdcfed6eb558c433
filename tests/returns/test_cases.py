"""Send every kind of wrong and doubtful return, and see exactly what is said of it."""

from __future__ import annotations

import pytest

from tests.returns.cases import Case
from tests.returns.desk import IN_TIME, Desk, found
from tests.returns.every_case import CASES
from workbook_tools.form.layout import ISIAN
from workbook_tools.problems.catalogue import describe
from workbook_tools.problems.problem import Severity


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_return_is_judged_by_exactly_what_is_wrong_with_it(desk: Desk, case: Case) -> None:
    form, data = case.send(desk)

    outcome = desk.send(case.unit, data, day=IN_TIME[case.period])

    assert sorted(found(outcome), key=str) == sorted(case.found, key=str)
    assert outcome.status == ("accepted" if case.cure is None else "rejected")
    assert any(p.severity is Severity.ERROR for p in outcome.problems) is (case.cure is not None)
    sentences = " ".join(describe(p).text for p in outcome.problems)
    assert case.says in sentences
    recorded = desk.values(case.unit, case.period)
    assert bool(recorded) is (case.cure is None), "all of a return is accepted or none of it"
    assert case.values.items() <= recorded.items()
    if case.cure is None:
        assert len(recorded) <= len(form.layout.rows)
    for problem in outcome.problems:
        assert problem.place.sheet in (None, ISIAN, "Isian TW 1", "Rincian")
