"""What became of a file that was read: its workbook, or the problems that forbid it."""

from __future__ import annotations

from dataclasses import dataclass

from workbook_tools.problems.problem import Problem
from workbook_tools.reader.raw import RawWorkbook


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of a file: its workbook, or None where a problem is an error."""

    workbook: RawWorkbook | None
    problems: tuple[Problem, ...] = ()
