"""Bound what a returned workbook may cost to read, and say what was exceeded."""

from __future__ import annotations

from dataclasses import dataclass

from workbook_tools.problems.problem import NOWHERE, Place, Problem, Severity

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384


@dataclass(frozen=True, slots=True)
class Limits:
    """The most a return may hold; measured on 188 real government returns, with room above.

    Sizes are in bytes. `ratio` (inflated : packed) counts for one part, once more than
    `ratio_after` bytes have come out of it. `cells` counts cell elements of all sheets,
    blank ones too; `filled` counts those that hold something. `kept` is the size up to which
    a file that is too large to read is still taken in, so that a misplaced backup cannot fill
    the archive. `seconds` (of computing) and `memory` bind the process that reads.
    """

    file_size: int = 25_000_000
    kept: int = 500_000_000
    inflated: int = 100_000_000
    entries: int = 1_000
    ratio: int = 200
    ratio_after: int = 1 << 20
    cells: int = 2_000_000
    filled: int = 200_000
    strings: int = 1_000_000
    string_characters: int = 50_000_000
    sheets: int = 200
    merges: int = 100_000
    seconds: float = 20.0
    memory: int = 1 << 30


class ReadingRefused(Exception):
    """Carry the problems that stop the reading of one workbook or of one of its parts."""

    def __init__(self, *problems: Problem) -> None:
        """Keep the problems, at least one."""
        super().__init__(*problems)
        self.problems = problems


def grouped(number: float) -> str:
    """Write a number with Indonesian separators, as in 25.000.000."""
    return f"{number:,.0f}".replace(",", ".")


def too_large(limit: str, value: str) -> Problem:
    """Make B05: which limit was exceeded, and how far it goes."""
    return Problem("B05", facts=(("limit", limit), ("value", value)))


def damaged(what: str, place: Place = NOWHERE, *, cells: tuple[str, ...] = ()) -> Problem:
    """Make B07: which part of the file is damaged."""
    return Problem("B07", place, facts=(("what", what),), cells=cells)


def active(what: str) -> Problem:
    """Make B06: what the workbook carries that could act on its own or reach outside."""
    return Problem("B06", facts=(("what", what),))


def encrypted() -> Problem:
    """Make B02: nobody reads this file without its password or permission."""
    return Problem("B02")


def not_a_workbook(kind: str) -> Problem:
    """Make B01: what the file really is."""
    return Problem("B01", facts=(("kind", kind),))


def saved_elsewhere(program: str) -> Problem:
    """Make B08: which other program saved the file."""
    return Problem("B08", facts=(("program", program),), severity=Severity.INFO)
