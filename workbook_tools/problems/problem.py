"""Turn a finding into a coded `Problem`: code + place + facts; sentences live in the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """What a problem does to a return: rejects it, asks about it, or informs."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem is, in the words of the person who looks at the workbook."""

    sheet: str | None = None
    cell: str | None = None
    indicator: str | None = None


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding about one return.

    `found` and `expected` are shown to people as they stand; `facts` fill the
    catalogue's sentence (name/value pairs, values already formatted for people).
    `cells` lists further cells that have the same problem, once grouped.
    """

    code: str
    place: Place = NOWHERE
    found: str | None = None
    expected: str | None = None
    facts: tuple[tuple[str, str], ...] = ()
    severity: Severity = Severity.ERROR
    cells: tuple[str, ...] = ()
