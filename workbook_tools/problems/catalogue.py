"""Turn a `Problem` into the sentences a person reads.

The sentences themselves stand in `validation.sentences` and nowhere else; words in braces
are facts of the problem.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from workbook_tools.problems.problem import NOWHERE, Place, Problem, Severity
from workbook_tools.problems.sentences import CATALOGUE
from workbook_tools.visible import one_line

LONGEST_FACT = 1000  # characters; two of them and a sentence still fit into a cell
_DESCRIBED = 4096  # problems remembered: each is described for the ledger, its note and the answer

__all__ = ["CATALOGUE", "Message", "describe", "group", "problem", "reading_order", "severity_of"]


@dataclass(frozen=True, slots=True)
class Message:
    """What a person reads about one problem."""

    what: str
    remedy: str

    @property
    def text(self) -> str:
        """Give both sentences as one text."""
        return f"{self.what} {self.remedy}".strip()


def severity_of(code: str) -> Severity:
    """Give the severity that a code has by default."""
    return CATALOGUE[code].severity


def problem(
    code: str,
    place: Place = NOWHERE,
    *,
    found: str | None = None,
    expected: str | None = None,
    severity: Severity | None = None,
    **facts: str,
) -> Problem:
    """Make a problem with its catalogue severity; facts are shown to people as they stand."""
    return Problem(
        code,
        place,
        found=found,
        expected=expected,
        facts=tuple(sorted(facts.items())),
        severity=severity or severity_of(code),
    )


@lru_cache(maxsize=_DESCRIBED)
def describe(finding: Problem) -> Message:
    """Give the sentences for one problem; what others wrote is cut and shows all it holds."""
    entry = CATALOGUE[finding.code]
    facts: defaultdict[str, str] = defaultdict(str)
    facts.update(
        {
            "found": finding.found or "",
            "expected": finding.expected or "",
            "cell": finding.place.cell or "",
            "sheet": f"“{finding.place.sheet}”" if finding.place.sheet else "",
            "indicator": finding.place.indicator or "",
        }
    )
    facts.update(dict(finding.facts))
    shown = defaultdict(str, {n: one_line(f, longest=LONGEST_FACT) for n, f in facts.items()})
    what, remedy = entry.variants.get(facts["variant"], (entry.what, entry.remedy))
    return Message(
        " ".join(what.format_map(shown).split()),
        " ".join(remedy.format_map(shown).split()),
    )


def group(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Gather equal problems over their cells, worst first, then in reading order.

    Problems are equal when a person would read the same sentences; the first cell stays
    the place, the others stand in `cells`.
    """
    order = {severity: place for place, severity in enumerate(Severity)}
    gathered: dict[tuple[str, Severity, str | None, str], list[Problem]] = {}
    for finding in problems:
        key = (finding.code, finding.severity, finding.place.sheet, describe(finding).text)
        gathered.setdefault(key, []).append(finding)
    grouped = [
        replace(same[0], cells=tuple(p.place.cell for p in same[1:] if p.place.cell is not None))
        for same in gathered.values()
    ]
    return tuple(sorted(grouped, key=lambda p: (order[p.severity], reading_order(p))))


def reading_order(found: Problem) -> tuple[str, int, int, str]:
    """Give the key that sorts problems the way a person reads a sheet: down, then across."""
    cell = found.place.cell or ""
    letters = cell.rstrip("0123456789")
    return (found.place.sheet or "", int(cell[len(letters) :] or 0), len(letters), letters)
