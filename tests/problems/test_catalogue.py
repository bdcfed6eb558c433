"""Hold the catalogue to the package that speaks through it."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import workbook_tools
from workbook_tools.problems.catalogue import CATALOGUE, describe, group, problem
from workbook_tools.problems.entry import Entry
from workbook_tools.problems.problem import Place, Severity

PACKAGE = Path(workbook_tools.__file__).parent
SPOKEN = re.compile(r"[\"'](?!T00)([BITSNXKG][0-9]{2})[\"':]")
BLAME = re.compile(r"\b(salah Anda|invalid|error|tidak valid|Anda salah)\b", re.IGNORECASE)


def spoken() -> set[str]:
    """Collect every code that stands in the package outside its catalogue."""
    return {
        code
        for path in PACKAGE.rglob("*.py")
        if path.parent.name not in {"sentences", "examples"}
        for code in SPOKEN.findall(path.read_text("utf-8"))
    }


def test_every_code_that_can_be_sent_has_its_sentences() -> None:
    assert spoken() - CATALOGUE.keys() == set()


def test_every_sentence_belongs_to_a_code_that_can_be_sent() -> None:
    assert CATALOGUE.keys() - spoken() == set()


@pytest.mark.parametrize(("code", "entry"), CATALOGUE.items())
def test_an_entry_says_what_is_wrong_and_what_to_do(code: str, entry: Entry) -> None:
    assert re.fullmatch(r"[BITSNXKG]\d\d", code)
    assert entry.name
    assert entry.what
    assert entry.remedy.endswith((".", "}"))
    assert not BLAME.search(entry.what + entry.remedy)
    assert "  " not in entry.what + entry.remedy
    for sentence in (entry.what, entry.remedy):
        list(Formatter().parse(sentence))


@pytest.mark.parametrize(
    ("code", "severity"),
    [
        ("S01", Severity.ERROR),
        ("S02", Severity.WARNING),
        ("T10", Severity.WARNING),
        ("T15", Severity.INFO),
        ("N09", Severity.WARNING),
        ("N12", Severity.ERROR),
        ("K01", Severity.INFO),
    ],
)
def test_a_problem_has_the_severity_of_its_code(code: str, severity: Severity) -> None:
    assert problem(code).severity is severity


def test_a_severity_may_be_lowered_for_one_problem() -> None:
    assert problem("N12", severity=Severity.WARNING).severity is Severity.WARNING


def test_the_sentences_carry_the_facts() -> None:
    found = problem("T08", what="Kunci baris 9 terhapus.")

    assert describe(found).what == "Kunci baris 9 terhapus."
    assert describe(found).text == f"{describe(found).what} {describe(found).remedy}"


def test_equal_sentences_are_gathered_over_their_cells_and_errors_come_first() -> None:
    cells = ("H8", "H9", "H12")
    late = problem("K03", days="2", due="5 April 2020")
    blanks = [problem("S13", Place("Isian", cell), found="#REF!") for cell in cells]
    other = problem("S13", Place("Isian", "H10"), found="#N/A")

    gathered = group([late, *blanks, other])

    assert [(p.code, p.place.cell, p.cells) for p in gathered] == [
        ("S13", "H8", ("H9", "H12")),
        ("S13", "H10", ()),
        ("K03", None, ()),
    ]
