"""Name one thing that `check` lists: code, severity, exact cell and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from workbook_tools.problems.problem import Severity
from workbook_tools.registry.columns import HEAD_ROW
from workbook_tools.registry.model import Indicator, Position, Registry, Target
from workbook_tools.registry.sheets import DOKUMEN, INDIKATOR, JABATAN, TARGET, Columns, cell


@dataclass(frozen=True, slots=True)
class Finding:
    """One anomaly of the register.

    `indicator` is the id of the indicator, or of the position where the finding concerns
    a whole position; None where it concerns neither. `year` is set for a target's cell.
    """

    code: str
    severity: Severity
    sheet: str
    cell: str
    indicator: str | None
    year: int | None
    message: str


@dataclass(frozen=True, slots=True)
class Scribe:
    """Write findings of one code with the addresses of a register's own columns."""

    code: str
    severity: Severity
    columns: Columns

    def indicator(self, indicator: Indicator, key: str, message: str) -> Finding:
        """Give a finding in one cell of an indicator's row."""
        place = cell(INDIKATOR.name, key, indicator.row, columns=self.columns)
        return self._finding(INDIKATOR.name, place, indicator.id, message=message)

    def position(self, position: Position, key: str, message: str) -> Finding:
        """Give a finding in one cell of a position's row."""
        place = cell(JABATAN.name, key, position.row, columns=self.columns)
        return self._finding(JABATAN.name, place, position.id, message=message)

    def target(self, target: Target, key: str, message: str) -> Finding:
        """Give a finding in one cell of a target's row."""
        place = cell(TARGET.name, key, target.row, columns=self.columns)
        return self._finding(
            TARGET.name, place, target.indicator, message=message, year=target.year
        )

    def line(self, number: int, subject: str, message: str) -> Finding:
        """Give a finding in one line of the printed document, counted from 1."""
        place = cell(DOKUMEN.name, "teks", HEAD_ROW + number, columns=self.columns)
        return self._finding(DOKUMEN.name, place, subject, message=message)

    def _finding(
        self, sheet: str, place: str, subject: str, *, message: str, year: int | None = None
    ) -> Finding:
        return Finding(self.code, self.severity, sheet, place, subject, year, message)


Rule = Callable[[Registry, Columns], Iterator[Finding]]
"""A rule gives every finding of its kind; its docstring says why the rule exists."""
