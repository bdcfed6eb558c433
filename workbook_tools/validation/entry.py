"""What the catalogue says of one code."""

from __future__ import annotations

from dataclasses import dataclass

from workbook_tools.validation.problems import Severity


@dataclass(frozen=True, slots=True)
class Entry:
    """One code: its severity, a short name, what is wrong, and what to do."""

    severity: Severity
    name: str
    what: str
    remedy: str
