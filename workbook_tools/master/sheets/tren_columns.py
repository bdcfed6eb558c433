"""Own the columns of the sheet Tren; its rows, charts and formulas ask here."""

from __future__ import annotations

from dataclasses import dataclass

from workbook_tools.master.layout import TRIWULAN_NAMES

NUMBER, ID, NAME, UNIT = 1, 2, 3, 4
KNOWN = 4
NAME_LEAST, NAME_MOST = 42.0, 150.0
_NUMBER, _ID, _UNIT = 5.0, 29.0, 13.0
FIGURE, PERCENT = 11.5, 9.5
_DIRECTION, _PATTERN = 25.0, 9.0
_PER_YEAR = 3  # target, realisasi, capaian


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of the table: known texts, three per year, change, triwulan, hidden helpers.

    `years` are the years side by side, this year last; `planned` those of the Renstra;
    the widths show the longest name of an indicator and the longest figures whole.
    """

    years: tuple[int, ...]
    planned: tuple[int, ...]
    name_width: float = NAME_LEAST
    figure_width: float = FIGURE
    percent_width: float = PERCENT

    def target(self, year: int) -> int:
        """Give the column of a year's target; realisasi and capaian follow."""
        return KNOWN + 1 + _PER_YEAR * self.years.index(year)

    def actual(self, year: int) -> int:
        """Give the column of a year's realisasi."""
        return self.target(year) + 1

    def capaian(self, year: int) -> int:
        """Give the column of a year's capaian."""
        return self.target(year) + 2

    @property
    def known_widths(self) -> tuple[float, ...]:
        """Give the widths of the columns that say which indicator it is."""
        return _NUMBER, _ID, self.name_width, _UNIT

    @property
    def change(self) -> int:
        """Give the column of the change against the year before; its direction follows."""
        return KNOWN + 1 + _PER_YEAR * len(self.years)

    @property
    def direction(self) -> int:
        """Give the column of the direction."""
        return self.change + 1

    @property
    def triwulan(self) -> int:
        """Give the column of the realisasi of TW I."""
        return self.change + 2

    @property
    def pattern(self) -> int:
        """Give the column of the bars of text, the last that is printed."""
        return self.triwulan + len(TRIWULAN_NAMES)

    def status(self, year: int) -> int:
        """Give the hidden column with the status of a year's capaian."""
        return self.pattern + 2 + self.years.index(year)

    @property
    def planned_first(self) -> int:
        """Give the first hidden column with the targets of the Renstra; realisasi follow."""
        return self.pattern + 2 + len(self.years)

    @property
    def last(self) -> int:
        """Give the last hidden column."""
        return self.planned_first + 2 * len(self.planned) - 1

    def widths(self) -> list[float]:
        """Give the widths of all columns."""
        years = [self.figure_width, self.figure_width, self.percent_width] * len(self.years)
        triwulan = [self.figure_width] * len(TRIWULAN_NAMES)
        return [*self.known_widths, *years, self.percent_width, _DIRECTION, *triwulan, _PATTERN]
