"""Measure years of one register again where their returns have changed, and only there."""

from __future__ import annotations

from collections.abc import Sequence

from workbook_tools.form.submission import Submission
from workbook_tools.master.consolidate import brought_together, measured
from workbook_tools.master.figures import Consolidated, Row
from workbook_tools.registry.model import Indicator, Registry

_Form = tuple[int, int]  # year and triwulan


class Measures:
    """What was measured of one register, by the unit whose forms ask and what it has sent.

    The figures of an indicator stand on the returns of one unit alone; one changed return
    therefore changes the rows of that unit, and all others are what they were.
    """

    def __init__(self, registry: Registry) -> None:
        """Know nothing yet."""
        self._registry = registry
        self._asked: dict[str, list[Indicator]] = {}
        for indicator in registry.indicators:
            self._asked.setdefault(registry.source(indicator).unit, []).append(indicator)
        self._known: dict[
            tuple[str, int, tuple[_Form, ...]], tuple[tuple[Submission, ...], tuple[Row, ...]]
        ] = {}

    def consolidate(self, submissions: Sequence[Submission], year: int) -> Consolidated:
        """Give what `master.consolidate.consolidate` gives."""
        sent: dict[str, list[Submission]] = {}
        for one in sorted(submissions, key=lambda one: (one.year, one.period)):
            if one.year <= year:
                sent.setdefault(one.unit, []).append(one)
        rows: dict[str, Row] = {}
        for unit in self._asked:
            for row in self._rows(unit, tuple(sent.get(unit, ())), year):
                rows[row.indicator.id] = row
        ordered = tuple(rows[indicator.id] for indicator in self._registry.indicators)
        return brought_together(self._registry, ordered, submissions, year=year)

    def _rows(self, unit: str, sent: tuple[Submission, ...], year: int) -> tuple[Row, ...]:
        key = unit, year, tuple((one.year, one.period) for one in sent)
        before = self._known.get(key)
        if before is not None and before[0] == sent:
            return before[1]
        index = {(one.unit, one.year, one.period): one for one in sent}
        rows = tuple(
            measured(self._registry, indicator, index, year=year) for indicator in self._asked[unit]
        )
        self._known[key] = sent, rows
        return rows
