"""Hold the page of all codes to the catalogue, and its examples to what the program says."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path

import pytest

from tests.returns.desk import IN_TIME, Desk
from tests.returns.every_case import CASES
from tests.returns.fixtures import desk, issued_desk
from tests.returns.sentences import assert_whole
from workbook_tools.problems.catalogue import CATALOGUE, describe
from workbook_tools.problems.examples import EXPLANATIONS
from workbook_tools.problems.examples.example import Explanation
from workbook_tools.problems.manual import GROUPS, write_manual
from workbook_tools.problems.problem import Place, Problem

__all__ = ["desk", "issued_desk"]

PAGE = Path(__file__).parents[2] / "docs" / "masalah.md"
RENEW = ".venv/bin/python -m workbook_tools.problems.manual > docs/masalah.md"
EXAMPLES = [example.problem for told in EXPLANATIONS.values() for example in told.examples]
BY_NAME = {case.name: case for case in CASES}
SENT = {
    "T05": ("T05 the sheet is renamed",),
    "T06": ("T06 the heading of the yellow column is gone",),
    "T07": ("T07 a row is inserted among the rows",),
    "T08": ("T08 a row is deleted",),
    "T10": ("T10 the protection is taken off",),
    "T11": ("T11 another target",),
    "T12": ("T12 two yellow cells are one",),
    "T13": ("T13 a row that a filter leaves out", "T13 a row hidden by hand"),
    "T14": ("T14 a word beside the table",),
    "T15": ("T15 a sheet more",),
    "S01": ("S01 a required cell is blank",),
    "S02": ("S02 nihil is 0 where things are counted",),
    "S03": ("S03 a share is no number",),
    "S04": ("S04 a comma before three digits",),
    "S06": ("S06 the unit is typed too",),
    "S07": ("S07 a date", "S07 a date that became its serial number"),
    "S11": ("S11 a formula with its value",),
    "S12": ("S12 a formula without its value",),
    "S13": ("S13 a broken reference",),
    "S14": ("S14 a fraction of a person",),
    "S15": ("S15 thirteen months",),
    "S16": ("S16 a text of 2.001 letters",),
    "S18": ("S18 nothing may be 0 or no data", "S18 no data and no reason"),
    "S20": ("S20 another unit",),
    "S21": ("S21 a text like a formula",),
    "N01": ("N01 a row is copied below",),
    "N02": ("T08 a row is deleted",),
    "N03": ("N03 an indicator of another unit",),
    "N05": ("N05 a denominator of 0",),
    "N06": ("N06 more active cooperatives than there are",),
    "N08": ("N08 a position fell",),
    "N09": ("N09 more than twice the target",),
    "N10": ("N10 ten times the target",),
    "N12": (
        "N12 below the target at the year's end",
        "N12 below the target before the year's end",
    ),
}
"""Code -> the returns that its examples are, in their order."""
PAIRS = [
    (example.problem, name)
    for code, names in SENT.items()
    for example, name in zip(EXPLANATIONS[code].examples, names, strict=False)
]


def read(found: Problem) -> tuple[str, Place, str, str]:
    """Give what a person reads of a problem, and where."""
    message = describe(found)
    return found.severity, found.place, message.what, message.remedy


def test_the_page_is_what_the_generator_gives() -> None:
    page = PAGE.read_text("utf-8").splitlines()

    changed = list(unified_diff(page, write_manual().splitlines(), str(PAGE.name), "baru"))

    assert changed == [], "\n".join([f"Renew it with: {RENEW}", *changed])


def test_every_code_is_explained_and_no_other() -> None:
    assert EXPLANATIONS.keys() == CATALOGUE.keys()


def test_every_code_stands_in_the_table_once_and_has_its_place() -> None:
    page = write_manual()

    for code in CATALOGUE:
        assert page.count(f"(#{code.lower()})") == 1
        assert page.count(f'<a id="{code.lower()}"></a>') == 1
    assert {code[0] for code in CATALOGUE} == GROUPS.keys()


@pytest.mark.parametrize(("code", "told"), EXPLANATIONS.items())
def test_a_code_has_an_example_of_each_of_its_sentences(code: str, told: Explanation) -> None:
    variants = {dict(example.problem.facts).get("variant", "") for example in told.examples}

    assert variants == {"", *CATALOGUE[code].variants}
    assert {example.problem.code for example in told.examples} == {code}
    assert CATALOGUE[code].severity in {example.problem.severity for example in told.examples}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.code)
def test_an_example_has_every_fact_of_its_sentences(example: Problem) -> None:
    assert_whole(example)


@pytest.mark.parametrize("told", EXPLANATIONS.values(), ids=EXPLANATIONS.keys())
def test_an_explanation_is_made_of_whole_sentences(told: Explanation) -> None:
    texts = [told.meaning, told.why, *(example.done for example in told.examples)]

    assert [text for text in texts if not text.endswith(".") or "  " in text] == []
    assert told.office == "" or told.office.endswith(".")


@pytest.mark.parametrize(("example", "name"), PAIRS, ids=lambda part: str(part)[:60])
def test_an_example_is_what_the_program_says_of_that_return(
    desk: Desk, example: Problem, name: str
) -> None:
    case = BY_NAME[name]
    _, data = case.send(desk)

    outcome = desk.send(case.unit, data, day=IN_TIME[case.period])

    assert read(example) in [read(p) for p in outcome.problems if p.code == example.code]
