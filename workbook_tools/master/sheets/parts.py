"""Turn some positions into the rows of Pengukuran Kinerja on which their figures stand.

There every indicator has one row, the IKU first and then each position after its superior,
so that whoever leads a bidang and all below it are one range. A formula over them stays
short however many positions the register has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbook_tools.indicators import tallies
from workbook_tools.master.entries import entries
from workbook_tools.master.layout import PENGUKURAN, PositionPlan
from workbook_tools.master.report import Report
from workbook_tools.master.sheets.pengukuran import CAPAIAN, HEAD_ROW, PREDIKAT, STATUS
from workbook_tools.registry.model import Rules
from workbook_tools.xlsx import absolute_name, quoted

Spans = Mapping[str, tuple[int, int]]
"""The first and the last row of every position that has indicators, by its id."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of Pengukuran Kinerja; headings among them have no status."""

    first: int
    last: int

    def average(self, rules: Rules) -> str:
        """Compute the mean of the rows' capaian."""
        return tallies.average_of(
            capaian=self._column(CAPAIAN), status=self._column(STATUS), rules=rules
        )

    @property
    def assessed(self) -> str:
        """Say "n dinilai dari m"."""
        return tallies.assessed_of(self._column(STATUS))

    @property
    def judged(self) -> str:
        """Count the rows that have a capaian."""
        return tallies.judged(self._column(STATUS))

    @property
    def unjudged(self) -> str:
        """Count the rows that have none."""
        return tallies.unjudged(self._column(STATUS))

    def graded(self, shown: str) -> str:
        """Count the rows with this symbol and predikat."""
        return tallies.with_grade(shown, grades=self._column(PREDIKAT), status=self._column(STATUS))

    def _column(self, column: int) -> str:
        first, last = absolute_name((self.first, column)), absolute_name((self.last, column))
        return f"{quoted(PENGUKURAN)}!{first}:{last}"


def spans(report: Report) -> Spans:
    """Find the rows of every position."""
    found: dict[str, tuple[int, int]] = {}
    for row, entry in enumerate(entries(report), start=HEAD_ROW + 1):
        if entry.measured is not None and entry.plan is not None:
            unit = entry.plan.position.id
            found[unit] = (found.get(unit, (row, row))[0], row)
    return found


def part_of(known: Spans, plans: Sequence[PositionPlan]) -> Part | None:
    """Give the rows of positions that follow one another, None where there are none."""
    rows = [row for plan in plans for row in known.get(plan.position.id, ())]
    return Part(min(rows), max(rows)) if rows else None
