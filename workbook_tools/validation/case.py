"""One return under the checks: what it says, with what was accepted before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from workbook_tools.form.content import Accepted, FormIndicator
from workbook_tools.form.parse import ParsedForm
from workbook_tools.indicators.achievement import Achievement, achievement
from workbook_tools.indicators.measure import Quarters, ToDate, joined_inputs, to_date
from workbook_tools.registry.model import Polarity, Rules


@dataclass(frozen=True, slots=True)
class Case:
    """One return to be checked: the form as read, what was accepted before, the rules.

    `earlier` holds the accepted values of the same unit and year for the other triwulan.
    """

    form: ParsedForm
    earlier: Accepted
    rules: Rules
    # Several checks and the receipt ask for the same figures.
    _known: dict[tuple[str, int], ToDate] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def values(self, indicator: FormIndicator) -> dict[str, Decimal | None]:
        """Give what is typed for one indicator now."""
        return {i.input.key: i.value for i in self.form.of_indicator(indicator.id)}

    def to_date(self, indicator: FormIndicator) -> ToDate:
        """Give the realisasi to date with this return."""
        return self._joined(indicator, self.form.content.period)

    def reported(self, indicator: FormIndicator) -> ToDate:
        """Give the realisasi of all triwulan reported, those after this return's too.

        A first triwulan that is corrected late must still fit the rest of its year.
        """
        return self._joined(indicator, max(self.form.content.period, *self.earlier, 1))

    def joined(self, indicator: FormIndicator) -> dict[str, Decimal | None]:
        """Give each input over all triwulan reported, joined by its own rule."""
        last = max(self.form.content.period, *self.earlier, 1)
        quarters = self._quarters(indicator, last)
        return joined_inputs(indicator.as_indicator(), indicator.input_specs(), quarters)

    def _joined(self, indicator: FormIndicator, last: int) -> ToDate:
        found = self._known.get((indicator.id, last))
        if found is None:
            quarters = self._quarters(indicator, last)
            found = to_date(indicator.as_indicator(), indicator.input_specs(), quarters)
            self._known[indicator.id, last] = found
        return found

    def _quarters(self, indicator: FormIndicator, last: int) -> Quarters:
        keys = [spec.key for spec in indicator.inputs]
        quarters: list[Mapping[str, Decimal | None] | None] = []
        for number in range(1, last + 1):
            known = self.earlier.get(number)
            if number == self.form.content.period:
                quarters.append(self.values(indicator))
            elif known is None:
                quarters.append(None)
            else:
                quarters.append({key: known.get((indicator.id, key)) for key in keys})
        return quarters

    def capaian(self, indicator: FormIndicator) -> Achievement:
        """Give the capaian of this return against the target to date, or the year's."""
        target = indicator.target if indicator.target_to_date is None else indicator.target_to_date
        if all(value is None for value in self.values(indicator).values()):
            return Achievement(None, None, "")  # this return says nothing about it
        reached = self.to_date(indicator)
        return achievement(
            reached.value,
            (indicator.target_low, target) if indicator.polarity is Polarity.RANGE else target,
            polarity=indicator.polarity,
            worst=indicator.worst,
            target_status=indicator.target_status,
            min_variant=self.rules.min_variant,
        )
