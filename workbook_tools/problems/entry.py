"""What the catalogue says of one code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbook_tools.problems.problem import Severity


@dataclass(frozen=True, slots=True)
class Entry:
    """One code: its severity, a short name, what is wrong, and what to do.

    `variants` holds other (what, remedy) for the same code; a problem chooses one by its
    fact `variant`.
    """

    severity: Severity
    name: str
    what: str
    remedy: str
    variants: Mapping[str, tuple[str, str]] = field(default_factory=dict)
