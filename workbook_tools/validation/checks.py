"""Check what pandera cannot see row by row: rules over one indicator, over triwulan, over texts.

A check is one function in `CHECKS`; each takes a `Case` and yields problems.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from workbook_tools.address import a1
from workbook_tools.form.content import FormIndicator
from workbook_tools.form.layout import COLUMNS, ISIAN, TEXT_ROLES
from workbook_tools.form.parse import TypedInput
from workbook_tools.indicators.achievement import HUNDRED, OK
from workbook_tools.indicators.measure import (
    realisasi,
    zero_denominators,
)
from workbook_tools.indicators.numbers import format_number
from workbook_tools.indicators.period import format_date
from workbook_tools.problems.catalogue import problem
from workbook_tools.problems.problem import Place, Problem, Severity
from workbook_tools.registry.model import Aggregation, Kind, Method
from workbook_tools.validation.case import Case

HIGH, LOW = Decimal(200), Decimal(50)
FACTORS = (Decimal(10), Decimal(100), Decimal(1000))
NEAR = Decimal("1.25")  # how far from a power of ten still counts as "about" (N10)
LAST_TRIWULAN = 4
EPOCH = date(1899, 12, 30)  # day 0 of every workbook program, but for the 1904 system
LAST_SERIAL = Decimal(100_000)
FAR_OVER = 20  # times the year's target from which a serial number is no plausible count

_EXPLAINED = ("penghambat", "tindak_lanjut")


def _place(typed: TypedInput) -> Place:
    return Place(ISIAN, typed.cell, typed.indicator.id)


def no_data_is_explained(case: Case) -> Iterator[Problem]:
    """S18: "no data" is an answer only with a reason, else it hides a forgotten figure."""
    for typed in case.form.inputs:
        if typed.no_data and not case.form.text(typed.indicator.id, "keterangan"):
            yield problem(
                "S18",
                _place(typed),
                found=typed.typed,
                variant="no_reason",
                cell_note=case.form.text_cell(typed.indicator.id, "keterangan")
                or a1(typed.row, COLUMNS[TEXT_ROLES["keterangan"]].index),
            )


def denominators_are_not_zero(case: Case) -> Iterator[Problem]:
    """N05: nothing can be divided by 0 (domain.md section 2)."""
    for indicator in case.form.content.indicators:
        zeros = zero_denominators(indicator.method, case.values(indicator))
        for typed in case.form.of_indicator(indicator.id):
            if typed.input.key in zeros:
                yield problem("N05", _place(typed), found="0", label=typed.input.label)


def numerators_fit(case: Case) -> Iterator[Problem]:
    """N06: a part cannot be larger than its whole, in the triwulan or to date."""
    for indicator in case.form.content.indicators:
        if indicator.method is not Method.RASIO or indicator.maximum is None:
            continue
        typed = case.values(indicator)
        if typed.get("a") is None:
            continue
        figures = [typed, case.joined(indicator)]
        shares = [
            (share, values["a"], values["b"])
            for values in figures
            if (share := realisasi(indicator.method, values)) is not None
        ]
        share, part, whole = max(shares, default=(None, None, None), key=lambda s: s[0])
        if share is None or part is None or whole is None or share <= indicator.maximum:
            continue
        now = "" if part == typed["a"] else f" ({_number(typed['a'])} pada triwulan ini)"
        yield problem(
            "N06",
            _place(case.form.of_indicator(indicator.id)[0]),
            found=_number(typed["a"]),
            expected=format_number(whole),
            numerator=f"{format_number(part)}{now}",
            denominator=format_number(whole),
            maximum=format_number(indicator.maximum),
        )


def _number(value: Decimal | None) -> str:
    return "" if value is None else format_number(value)


def totals_stay_within_limits(case: Case) -> Iterator[Problem]:
    """S15: months of a year, or another hard maximum, cannot be passed by adding triwulan."""
    for indicator in case.form.content.indicators:
        if indicator.maximum is None or indicator.method is not Method.LANGSUNG:
            continue
        typed = case.form.of_indicator(indicator.id)[0:1]
        total = case.reported(indicator).value
        if not typed or typed[0].value is None or total is None:
            continue
        limit = typed[0].input.maximum
        if total > indicator.maximum and not (limit is not None and typed[0].value > limit):
            yield problem(
                "S15",
                _place(typed[0]),
                found=f"Jumlah seluruh triwulan {format_number(total)}",
                expected=f"paling besar {format_number(indicator.maximum)} {indicator.satuan}",
            )


def magnitude_is_plausible(case: Case) -> Iterator[Problem]:
    """N10: a slipped zero or separator makes 10, 100 or 1000 times; asked, never rejected."""
    for indicator in case.form.content.indicators:
        for typed in case.form.of_indicator(indicator.id):
            found = _magnitude(case, indicator, typed)
            if found is not None:
                yield found


def _magnitude(case: Case, indicator: FormIndicator, typed: TypedInput) -> Problem | None:
    if typed.value is None or typed.value <= 0:
        return None
    suggestions: list[tuple[str, Decimal, Decimal]] = []
    before = _latest(case, indicator.id, typed.input.key)
    if before is not None:
        suggestions.append(("angka triwulan lalu", typed.value, before))
    if indicator.target is not None and typed.input.key == indicator.inputs[0].key:
        # A share or a growth is compared as a whole; it is asked about at its first input.
        reached = case.to_date(indicator).value
        alone = typed.value if indicator.method is Method.LANGSUNG else None
        suggestions += [
            ("target tahun ini", value, indicator.target)
            for value in (alone, reached)
            if value is not None
        ]
    for against, value, expected in suggestions:
        factor = _factor(value, expected)
        if factor is not None:
            return problem(
                "N10",
                _place(typed),
                found=_short(value),
                expected=_short(expected),
                against=against,
                factor=format_number(factor),
            )
    return None


def _short(value: Decimal) -> str:
    """Write a figure with at most two decimals, a whole one without."""
    return format_number(value, decimals=0 if value == value.to_integral_value() else 2)


def _factor(value: Decimal, expected: Decimal) -> Decimal | None:
    if expected <= 0:
        return None
    ratio = value / expected
    return next((f for f in FACTORS if f / NEAR <= ratio <= f * NEAR), None)


def _latest(case: Case, indicator: str, key: str) -> Decimal | None:
    for period in sorted(case.earlier, reverse=True):
        value = case.earlier[period].get((indicator, key))
        if value is not None and period < case.form.content.period:
            return value
    return None


def counts_are_not_dates(case: Case) -> Iterator[Problem]:
    """S07: a cell that keeps its number format shows a typed date as its serial number.

    3/1/2020 becomes 43833. Far over the target it is rejected, elsewhere asked about, and
    a Keterangan says that it is meant.
    """
    year = case.form.content.year
    for typed in case.form.inputs:
        value = typed.value
        if typed.input.kind is not Kind.COUNT or value is None or not 0 < value < LAST_SERIAL:
            continue
        day = EPOCH + timedelta(days=int(value))
        if abs(day.year - year) > 1 or case.form.text(typed.indicator.id, "keterangan"):
            continue
        target = typed.indicator.target
        plain = typed.indicator.method is Method.LANGSUNG and target is not None
        is_far = plain and target is not None and value > FAR_OVER * max(target, Decimal(1))
        yield problem(
            "S07",
            _place(typed),
            found=format_number(value),
            severity=Severity.ERROR if is_far else Severity.WARNING,
            variant="serial",
            date=format_date(day),
            plain=format_number(value).replace(".", ""),
        )


def positions_do_not_fall_unnoticed(case: Case) -> Iterator[Problem]:
    """N08: an end-of-period count seldom falls; often a triwulan's own figure was typed."""
    for typed in case.form.inputs:
        if typed.input.aggregation is not Aggregation.LAST or typed.value is None:
            continue
        before = _latest(case, typed.indicator.id, typed.input.key)
        silent = not case.form.text(typed.indicator.id, "keterangan")
        if before is not None and typed.value < before and silent:
            yield problem(
                "N08",
                _place(typed),
                found=format_number(typed.value),
                expected=format_number(before),
            )


def extremes_are_explained(case: Case) -> Iterator[Problem]:
    """N09: over 200 %, or under 50 % at the year's end, wants a word for the LKjIP."""
    period = case.form.content.period
    for indicator in case.form.content.indicators:
        raw = case.capaian(indicator).raw
        if raw is None or case.form.text(indicator.id, "keterangan"):
            continue
        if raw > HIGH or (raw < LOW and period == LAST_TRIWULAN):
            yield problem(
                "N09",
                _place(case.form.of_indicator(indicator.id)[0]),
                found=format_number(raw, decimals=2),
            )


def shortfalls_are_explained(case: Case) -> Iterator[Problem]:
    """N12: E.81 and LKjIP Bab III want cause and remedy wherever the target is missed.

    An error from the triwulan that the setting `explain_from` names, a warning before.
    """
    period = case.form.content.period
    severity = Severity.ERROR if period >= case.rules.explain_from else Severity.WARNING
    for indicator in case.form.content.indicators:
        reached = case.capaian(indicator)
        if reached.status != OK or reached.raw is None or reached.raw >= HUNDRED:
            continue
        cells = {
            field: cell
            for field in _EXPLAINED
            if (cell := case.form.text_cell(indicator.id, field))
            and not _says_something(case.form.text(indicator.id, field))
        }
        missing = " dan ".join(COLUMNS[TEXT_ROLES[field]].header.lower() for field in cells)
        for cell in cells.values():
            yield problem(
                "N12",
                Place(ISIAN, cell, indicator.id),
                found=format_number(reached.raw, decimals=2),
                severity=severity,
                missing=missing,
            )


def _says_something(text: str) -> bool:
    return any(character.isalpha() for character in text)


CHECKS: tuple[Callable[[Case], Iterator[Problem]], ...] = (
    no_data_is_explained,
    denominators_are_not_zero,
    numerators_fit,
    totals_stay_within_limits,
    magnitude_is_plausible,
    counts_are_not_dates,
    positions_do_not_fall_unnoticed,
    extremes_are_explained,
    shortfalls_are_explained,
)


def run_checks(case: Case) -> tuple[Problem, ...]:
    """Run every check on one return; all problems, in the order of the checks."""
    return tuple(found for check in CHECKS for found in check(case))
