"""Turn the rules of `measure` and `achievement` into Excel expressions, without "=".

Arguments are cell references, on any sheet; a cell that is blank, "" or a text counts as
missing. Functions are those of Excel 2010, separators commas. Each function here has the
name of its Python twin; a test recalculates both and demands equality.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbook_tools.indicators.achievement import (
    BELUM_DIISI,
    NO_PREDIKAT,
    OK,
    TARGET_NOL,
    TARGET_PERLU_KONFIRMASI,
    TIDAK_DINILAI,
)
from workbook_tools.indicators.expressions import NOTHING, number, rounded, text
from workbook_tools.indicators.measure import DENOMINATORS, accumulates
from workbook_tools.registry.model import (
    METHOD_KEYS,
    Aggregation,
    Indicator,
    InputSpec,
    Method,
    Polarity,
    Rules,
    TargetStatus,
)

TargetRef = str | tuple[str, str]
"""A cell with the target, or (low, high) where the polarity is `range`."""

LOWEST = "-1E+307"


def realisasi(method: Method, refs: Mapping[str, str]) -> str:
    """Compute one triwulan's realisasi from the cells of its inputs (key -> cell)."""
    cells = [refs[key] for key in METHOD_KEYS[method]]
    known = f"COUNT({','.join(cells)})={len(cells)}"
    zero = [f"{refs[key]}=0" for key in DENOMINATORS[method]]
    value = _combine(method, refs)
    if zero:
        value = f"IF({_any(zero)},{NOTHING},{value})"
    return f"IF({known},{value},{NOTHING})"


def to_date(
    indicator: Indicator,
    inputs: Sequence[InputSpec],
    refs: Sequence[Mapping[str, str]],
    *,
    tw: Sequence[str],
) -> str:
    """Compute the realisasi to date.

    `refs` are the cells of the inputs per triwulan (key -> cell), `tw` the cells with
    each triwulan's realisasi, both from TW I on; `inputs` as in `measure.to_date`.
    """
    method = indicator.method
    if method is Method.RATA_RATA_PERTUMBUHAN:
        return _price_to_date(refs)
    if method is Method.LANGSUNG:
        return f"IF(COUNT({','.join(tw)})=0,{NOTHING},{_join(indicator.aggregation, tw)})"
    own = {spec.key: spec.aggregation for spec in inputs}
    cells = {key: [quarter[key] for quarter in refs] for key in METHOD_KEYS[method]}
    joined = {key: f"({_join(own[key], values)})" for key, values in cells.items()}
    (divisor,) = (joined[key] for key in DENOMINATORS[method])
    value = f"IF({divisor}=0,{NOTHING},{_combine(method, joined)})"
    unknown = [f"COUNT({','.join(values)})=0" for values in cells.values()]
    return f"IF({_any(unknown)},{NOTHING},{value})"


def status(
    *, actual: str, target: TargetRef, target_status: str | Sequence[str], indicator: Indicator
) -> str:
    """Give the status word of one row.

    `target_status` is the cell with the target's status, or the cells of all the targets
    that were added up: one of them that is blank or unsure makes the sum so.
    """
    cells = [target_status] if isinstance(target_status, str) else target_status
    return _status(
        (f"ISNUMBER({actual})", actual),
        target,
        blank=[f"NOT({_known(target)})", *(f'{cell}="{TargetStatus.KOSONG}"' for cell in cells)],
        unsure=[f'{cell}="{TargetStatus.PERLU_KONFIRMASI}"' for cell in cells],
        indicator=indicator,
    )


def capaian(
    *, actual: str, target: TargetRef, status: str, indicator: Indicator, rules: Rules
) -> str:
    """Give the shown capaian (floor, cap, rounded to 2), "" unless the status cell says OK."""
    value = _shown(_raw(actual, target, indicator, rules), rules)
    return f'IF({status}="{OK}",{value},{NOTHING})'


def predikat(*, capaian: str, status: str, rules: Rules) -> str:
    """Give the predikat of the cell with the shown capaian, "-" where there is none."""
    labels = [band.label for band in rules.scale]
    found = _banded(capaian, labels, rules)
    return f'IF(AND({status}="{OK}",ISNUMBER({capaian})),{found},"{NO_PREDIKAT}")'


def symbol(*, capaian: str, status: str, rules: Rules) -> str:
    """Give the symbol of the cell with the shown capaian, "" where there is none."""
    symbols = [band.symbol for band in rules.scale]
    found = _banded(capaian, symbols, rules)
    return f'IF(AND({status}="{OK}",ISNUMBER({capaian})),{found},{NOTHING})'


def renstra(
    *,
    actuals: Sequence[str],
    targets: Sequence[TargetRef],
    target_statuses: Sequence[str],
    indicator: Indicator,
    rules: Rules,
) -> str:
    """Give the shown capaian against the Renstra's end, "" where there is none.

    `actuals` are the cells with the years' realisasi, this year's last; `targets` and
    `target_statuses` the cells of every year of the Renstra, ascending.
    """
    if not accumulates(indicator):
        actuals, targets, target_statuses = actuals[-1:], targets[-1:], target_statuses[-1:]
    actual = f"SUM({','.join(actuals)})"
    target = _total(targets)
    judged = _status(
        (f"COUNT({','.join(actuals)})>0", actual),
        target,
        blank=[
            *(f"NOT({_known(one)})" for one in targets),
            *(f'{cell}="{TargetStatus.KOSONG}"' for cell in target_statuses),
        ],
        unsure=[f'{cell}="{TargetStatus.PERLU_KONFIRMASI}"' for cell in target_statuses],
        indicator=indicator,
    )
    value = _shown(_raw(actual, target, indicator, rules), rules)
    return f'IF({judged}="{OK}",{value},{NOTHING})'


def change(*, this: str, before: str) -> str:
    """Give the change against the year before in percent, "n/a" where there is none."""
    value = f'IF({before}=0,"n/a",100*({this}-{before})/ABS({before}))'
    return f'IF(COUNT({this},{before})=2,{value},"n/a")'


def graded(*, capaian: str, otherwise: str, rules: Rules) -> str:
    """Give symbol and predikat of a capaian in one text, `otherwise` where there is none."""
    texts = [f"{band.symbol} {band.label}" for band in rules.scale]
    return f"IF(ISNUMBER({capaian}),{_banded(capaian, texts, rules)},{otherwise})"


def _any(conditions: Sequence[str]) -> str:
    return conditions[0] if len(conditions) == 1 else f"OR({','.join(conditions)})"


def _shown(raw: str, rules: Rules) -> str:
    if rules.floor is not None:
        raw = f"MAX({number(rules.floor)},{raw})"
    if rules.cap_report is not None:
        raw = f"MIN({number(rules.cap_report)},{raw})"
    return rounded(raw)


def _combine(method: Method, parts: Mapping[str, str]) -> str:
    if method is Method.RATA_RATA_PERTUMBUHAN:
        p0, p1, p2, p3 = (parts[key] for key in METHOD_KEYS[method])
        return f"100*(({p1}-{p0})/{p0}+({p2}-{p1})/{p1}+({p3}-{p2})/{p2})/3"
    a = parts["a"]
    if method is Method.LANGSUNG:
        return a
    b = parts["b"]
    if method is Method.RASIO:
        return f"100*{a}/{b}"
    return f"100*({a}-{b})/{b if method is Method.PERTUMBUHAN else a}"


def _join(aggregation: Aggregation, cells: Sequence[str]) -> str:
    """Join one input over the triwulan in which it is known (at least one is)."""
    if aggregation is Aggregation.LAST:
        latest = cells[0]
        for cell in cells[1:]:
            latest = f"IF(ISNUMBER({cell}),{cell},{latest})"
        return latest
    if aggregation is Aggregation.MAX:
        return f"MAX({','.join(f'IF(ISNUMBER({cell}),{cell},{LOWEST})' for cell in cells)})"
    total = "+".join(f"IF(ISNUMBER({cell}),{cell},0)" for cell in cells)
    if aggregation is Aggregation.AVERAGE:
        return f"({total})/COUNT({','.join(cells)})"
    return total


def _price_to_date(refs: Sequence[Mapping[str, str]]) -> str:
    keys = METHOD_KEYS[Method.RATA_RATA_PERTUMBUHAN]
    months = [(q[keys[i]], q[keys[i + 1]]) for q in refs for i in range(len(keys) - 1)]
    total = "+".join(f"IF(COUNT({a},{b})=2,IF({a}=0,0,({b}-{a})/{a}),0)" for a, b in months)
    count = "+".join(f"IF(COUNT({a},{b})=2,IF({a}=0,0,1),0)" for a, b in months)
    return f"IF(({count})=0,{NOTHING},100*({total})/({count}))"


def _known(target: TargetRef) -> str:
    return f"ISNUMBER({target})" if isinstance(target, str) else f"COUNT({','.join(target)})=2"


def _total(targets: Sequence[TargetRef]) -> TargetRef:
    if isinstance(targets[0], str):
        return f"SUM({','.join(t for t in targets if isinstance(t, str))})"
    low, high = zip(*(t for t in targets if not isinstance(t, str)), strict=True)
    return f"SUM({','.join(low)})", f"SUM({','.join(high)})"


def _status(
    actual: tuple[str, str],
    target: TargetRef,
    *,
    blank: Sequence[str],
    unsure: Sequence[str],
    indicator: Indicator,
) -> str:
    is_known, value = actual
    return (
        f'IF({_any(blank)},"{TIDAK_DINILAI}",IF({_any(unsure)},"{TARGET_PERLU_KONFIRMASI}",'
        f'IF(NOT({is_known}),"{BELUM_DIISI}",{_case(value, target, indicator)})))'
    )


def _case(actual: str, target: TargetRef, indicator: Indicator) -> str:
    """Tell OK from a target that cannot be compared with, all parts being numbers."""
    if isinstance(target, tuple):
        low, high = target
        above, below = _case(actual, high, indicator), _case(actual, low, indicator)
        return f'IF({actual}>{high},{above},IF({actual}<{low},{below},"{OK}"))'
    if indicator.polarity is Polarity.MAXIMIZE:
        return f'IF({target}=0,"{TARGET_NOL}","{OK}")'
    if indicator.polarity is Polarity.STABILIZE:
        at_zero = f'"{TARGET_NOL}"'
    elif indicator.worst is not None and indicator.worst > 0:
        at_zero = f'"{OK}"'
    else:
        at_zero = f'IF({actual}<=0,"{OK}","{TARGET_NOL}")'
    return f'IF({target}<0,"{TIDAK_DINILAI}",IF({target}=0,{at_zero},"{OK}"))'


def _raw(actual: str, target: TargetRef, indicator: Indicator, rules: Rules) -> str:
    """Compute the unrounded capaian of a row whose status is OK."""
    if isinstance(target, tuple):
        low, high = target
        above, below = (_raw(actual, one, indicator, rules) for one in (high, low))
        return f"IF({actual}>{high},{above},IF({actual}<{low},{below},100))"
    ratio, mirrored = f"100*{actual}/{target}", f"100*(2-{actual}/{target})"
    if indicator.polarity is Polarity.MAXIMIZE:
        return f"IF({target}>0,{ratio},{mirrored})"
    if indicator.polarity is Polarity.STABILIZE:
        return f"IF({actual}<={target},{ratio},{mirrored})"
    at_zero = "100"
    if indicator.worst is not None and indicator.worst > 0:
        at_zero = f"IF({actual}<=0,100,100*(1-{actual}/{number(indicator.worst)}))"
    if rules.min_variant == "t_per_r":
        mirrored = f"IF({actual}>0,100*{target}/{actual},{mirrored})"
    return f"IF({target}=0,{at_zero},{mirrored})"


def _banded(capaian: str, texts: Sequence[str], rules: Rules) -> str:
    """Choose the text of the band that a number falls into; the last takes what is left."""
    found = text(texts[-1])
    for band, said in reversed(tuple(zip(rules.scale[:-1], texts[:-1], strict=True))):
        bound = number(band.lower)
        reached = f"{capaian}>={bound}"
        if rules.predikat_policy == "upper":
            reached = f"{capaian}>{number(band.lower - 1)}"
        found = f"IF({reached},{text(said)},{found})"
    return found
