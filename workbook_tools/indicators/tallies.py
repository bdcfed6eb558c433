"""Turn ranges of measured rows into Excel expressions for their mean and their counts."""

from __future__ import annotations

from workbook_tools.indicators.achievement import NO_PREDIKAT, OK
from workbook_tools.indicators.expressions import NOTHING, number, rounded, text
from workbook_tools.registry.model import Rules


def for_average(*, capaian: str, status: str, rules: Rules) -> str:
    """Give what one row brings into averages: its capped capaian, "" unless it is OK."""
    value = capaian
    if rules.cap_average is not None:
        value = f"MIN({number(rules.cap_average)},{capaian})"
    return f'IF(AND({status}="{OK}",ISNUMBER({capaian})),{value},{NOTHING})'


def average(cells: str) -> str:
    """Give the mean of a range that holds `for_average`, "-" where no row has one."""
    return f'IF(COUNT({cells})=0,"-",{rounded(f"AVERAGE({cells})")})'


def assessed(cells: str) -> str:
    """Say "n dinilai dari m" for a range that holds `for_average`, one row per indicator."""
    return f'COUNT({cells})&" dinilai dari "&ROWS({cells})'


def average_of(*, capaian: str, status: str, rules: Rules) -> str:
    """Give the mean of a range of shown capaian, each capped, "-" where no row is OK.

    The rows that count are told by the range `status`; headings in between have none.
    """
    good = judged(status)
    total = f'SUMIF({status},"{OK}",{capaian})'
    if rules.cap_average is not None:
        cap = number(rules.cap_average)
        # The bound is joined with & because a criterion is read in the locale of the machine.
        total = (
            f'(SUMIFS({capaian},{status},"{OK}",{capaian},"<="&{cap})'
            f'+{cap}*COUNTIFS({status},"{OK}",{capaian},">"&{cap}))'
        )
    return f'IF({good}=0,"{NO_PREDIKAT}",{rounded(f"{total}/{good}")})'


def assessed_of(status: str) -> str:
    """Say "n dinilai dari m" for a range of status words; headings in between have none."""
    return f'{judged(status)}&" dinilai dari "&COUNTA({status})'


def judged(status: str) -> str:
    """Count the rows of a range of status words that have a capaian."""
    return f'COUNTIF({status},"{OK}")'


def unjudged(status: str) -> str:
    """Count the rows of a range of status words that have none; headings have no word."""
    return f"COUNTA({status})-{judged(status)}"


def with_grade(grade: str, *, grades: str, status: str) -> str:
    """Count the judged rows whose cell in the range `grades` holds this text.

    The office chooses the words of the scale: a criterion of COUNTIF would read `*`, `?`,
    `~` and a leading `=` or `>` in them as signs of its own.
    """
    return f'SUMPRODUCT(({status}="{OK}")*({grades}={text(grade)}))'
