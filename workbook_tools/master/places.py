"""Turn an indicator into the cells in which its figures stand on its position's sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workbook_tools.master.figures import Row
from workbook_tools.master.layout import Field, Table
from workbook_tools.master.report import Report
from workbook_tools.xlsx import absolute_name, cell_name, quoted


@dataclass(frozen=True, slots=True)
class Place:
    """One indicator's row on its position's sheet; addresses carry the sheet's name."""

    measured: Row
    sheet: str
    row: int
    table: Table

    def cell(self, field: Field) -> str:
        """Give the cell of a field."""
        return self._column(self.table.column(field))

    def target(self, year: int) -> str:
        """Give the hidden cell with the target (its upper bound) of a year."""
        return self._column(self.table.target_parts(year)[0])

    def low(self, year: int) -> str:
        """Give the hidden cell with the lower bound of a year's target."""
        return self._column(self.table.target_parts(year)[1])

    def target_status(self, year: int) -> str:
        """Give the hidden cell with the status of a year's target."""
        return self._column(self.table.target_parts(year)[2])

    def actual(self, year: int) -> str:
        """Give the hidden cell with the realisasi of an earlier year."""
        return self._column(self.table.actual(year))

    @property
    def link(self) -> str:
        """Give the target of a link to the indicator's row."""
        at = cell_name((self.row, self.table.column(Field.INDIKATOR)))
        return f"{quoted(self.sheet)}!{at}"

    def _column(self, column: int) -> str:
        return f"{quoted(self.sheet)}!{absolute_name((self.row, column))}"


def places(report: Report) -> Mapping[str, Place]:
    """Give the place of every indicator by its id, in the register's order."""
    return {
        measured.indicator.id: Place(measured, plan.sheet, row, report.table)
        for plan in report.measured_plans
        for row, measured in enumerate(
            report.consolidated.of_unit(plan.position.id), start=plan.first_row
        )
    }
