"""See that every sentence about a return is whole: no fact is missing, no mark left over."""

from __future__ import annotations

import re
from string import Formatter

from workbook_tools.pipeline.arrival import Outcome
from workbook_tools.problems.catalogue import CATALOGUE, describe
from workbook_tools.problems.problem import Problem, Severity

FLAW = re.compile(r"“”|\(\)|  | [.,](?!xls)|None|[{}]")
MAY_BE_BLANK = {"nearest", "changes"}


def assert_whole(problem: Problem) -> None:
    """Demand every fact that the catalogue's sentences ask for."""
    entry = CATALOGUE[problem.code]
    facts = dict(problem.facts) | {
        "found": problem.found or "",
        "expected": problem.expected or "",
        "cell": problem.place.cell or "",
        "sheet": problem.place.sheet or "",
        "indicator": problem.place.indicator or "",
    }
    variant = facts.get("variant", "")
    assert not variant or variant in entry.variants
    for sentence in entry.variants.get(variant, (entry.what, entry.remedy)):
        for _, name, _, _ in Formatter().parse(sentence):
            assert name is None or name in MAY_BE_BLANK or facts.get(name, "").strip(), (
                f"{problem.code} lacks {name}"
            )
    for text in (describe(problem).what, describe(problem).remedy):
        assert text
        assert text[-1] in ".!?", text
        flaw = FLAW.search(text)
        assert flaw is None or flaw[0] in (problem.found or ""), text
    assert problem.place.cell != ""


def assert_consistent(outcome: Outcome) -> None:
    """Demand that status and problems say the same, and that no rejection is silent."""
    errors = [p for p in outcome.problems if p.severity is Severity.ERROR]
    if outcome.status == "rejected":
        assert errors, "a rejection is never without a reason"
        assert outcome.note is not None
        assert outcome.note_text is not None
    if outcome.status == "accepted":
        assert not errors
        assert outcome.receipt is not None
    for problem in outcome.problems:
        assert_whole(problem)
