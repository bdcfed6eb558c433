"""Turn years of realisasi and targets into columns 5, 6 and 13 of Formulir E.81.

Each rule stands here twice: as a Python function and, named `..._formula`, as the same rule
in Excel (domain.md sections 3 and 8). Column 14 compares column 13 with column 5 by
`achievement` and `formulas.capaian`. Only plain sums add up over the years; a percentage or
an end-of-period figure of this year already is the one that is reached.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, localcontext

from workbook_tools.indicators.achievement import ARITHMETIC
from workbook_tools.indicators.expressions import NOTHING, repeated
from workbook_tools.indicators.measure import accumulates
from workbook_tools.registry.model import Indicator


def end_target(indicator: Indicator) -> Decimal | None:
    """Give the target of the Renstra's end: all years together for sums, else the last."""
    targets = indicator.targets
    if not targets:
        return None
    if not accumulates(indicator):
        return targets[-1].value
    return _sum([target.value for target in targets], at_least=len(targets))


def end_low(indicator: Indicator) -> Decimal | None:
    """Give the lower bound of the Renstra's end, joined as `end_target` is."""
    lows = [target.low for target in indicator.targets]
    if not lows:
        return None
    return _sum(lows, at_least=len(lows)) if accumulates(indicator) else lows[-1]


def end_target_formula(indicator: Indicator, targets: Sequence[str]) -> str:
    """Compute `end_target` from the cells of every year's target, ascending."""
    if not accumulates(indicator):
        return repeated(targets[-1])
    cells = ",".join(targets)
    return f"IF(COUNT({cells})={len(targets)},SUM({cells}),{NOTHING})"


def reached_before(
    indicator: Indicator, actuals: Mapping[int, Decimal | None], *, year: int
) -> Decimal | None:
    """Give the realisasi up to the year before: the Renstra's years together for sums.

    `actuals` maps earlier years to their realisasi.
    """
    if not accumulates(indicator):
        return actuals.get(year - 1)
    years = [target.year for target in indicator.targets if target.year < year]
    return _sum([actuals.get(one) for one in years], at_least=1)


def reached_before_formula(indicator: Indicator, actuals: Sequence[str], *, last: str) -> str:
    """Compute `reached_before` from the cells of the Renstra's earlier years and of the last."""
    if not accumulates(indicator):
        return repeated(last)
    if not actuals:
        return NOTHING
    cells = ",".join(actuals)
    return f"IF(COUNT({cells})=0,{NOTHING},SUM({cells}))"


def reached(indicator: Indicator, before: Decimal | None, now: Decimal | None) -> Decimal | None:
    """Give what is reached up to this year: before and now together, only for sums."""
    return _sum([before, now], at_least=1) if accumulates(indicator) else now


def reached_formula(indicator: Indicator, before: str, now: str) -> str:
    """Compute `reached` from the cells of columns 6 and 12."""
    if not accumulates(indicator):
        return repeated(now)
    return f"IF(COUNT({before},{now})=0,{NOTHING},SUM({before},{now}))"


def _sum(values: Sequence[Decimal | None], *, at_least: int) -> Decimal | None:
    """Add up the known values, None where fewer than `at_least` are known."""
    given = [value for value in values if value is not None]
    if len(given) < max(at_least, 1):
        return None
    with localcontext(ARITHMETIC):
        return sum(given, Decimal(0))
