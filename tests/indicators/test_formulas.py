"""Every rule as an Excel formula gives in LibreOffice what its Python twin gives."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.indicators.bench import LONGEST_FORMULA, Bench, Cell, amount, judge, known, seeded, shown
from tests.indicators.samples import indicator, inputs
from workbook_tools.indicators import achievement, formulas, measure, tallies
from workbook_tools.registry.model import (
    METHOD_KEYS,
    PERMENDAGRI_86_2017,
    Aggregation,
    Band,
    Indicator,
    Method,
    Polarity,
    Rules,
    Target,
    TargetStatus,
)

FUNCTIONS_OF_EXCEL_2010 = {
    *("ABS", "AND", "AVERAGE", "COUNT", "IF", "ISNUMBER", "MAX", "MIN", "NOT", "OR"),
    *("ROUND", "ROWS", "SUM"),
}


def quarter_rows(method: Method, rng: random.Random) -> list[dict[str, Cell]]:
    """Give four triwulan of inputs; some triwulan are blank as a whole."""
    keys = METHOD_KEYS[method]
    return [
        dict.fromkeys(keys) if rng.random() < 0.2 else {key: amount(rng) for key in keys}
        for _ in range(4)
    ]


@pytest.mark.office
def test_realisasi_and_figures_to_date_agree(tmp_path: Path) -> None:
    rng = seeded(20)

    def fill(bench: Bench) -> None:
        for number, (method, aggregation) in enumerate(
            itertools.islice(itertools.cycle(itertools.product(Method, Aggregation)), 1200)
        ):
            parts = {key: rng.choice(list(Aggregation)) for key in METHOD_KEYS[method]}
            one = indicator(method=method, aggregation=aggregation)
            specs = inputs(method, parts)
            quarters = quarter_rows(method, rng)
            bench.row = number
            refs = bench.put([cell for quarter in quarters for cell in quarter.values()])
            size = len(METHOD_KEYS[method])
            named = [
                dict(zip(METHOD_KEYS[method], refs[i * size : (i + 1) * size], strict=True))
                for i in range(4)
            ]
            numbers = [{key: known(cell) for key, cell in q.items()} for q in quarters]
            tw = [
                bench.ask(
                    column,
                    formulas.realisasi(method, named[column]),
                    shown(measure.realisasi(method, numbers[column])),
                )
                for column in range(4)
            ]
            total = measure.to_date(one, specs, numbers)
            bench.ask(4, formulas.to_date(one, specs, named, tw=tw), shown(total.value))
            half = measure.to_date(one, specs, numbers[:2])
            bench.ask(5, formulas.to_date(one, specs, named[:2], tw=tw[:2]), shown(half.value))

    judge(tmp_path, fill)


def some_rules() -> Iterator[Rules]:
    """Yield settings as they may be chosen, the default first and most often."""
    three = (
        Band(Decimal("85.5"), "Baik", "+", "000000"),
        Band(Decimal(60), "Cukup", "o", "000000"),
        Band(Decimal(0), "Kurang", "-", "000000"),
    )
    yield Rules()
    yield Rules()
    yield Rules(floor=None, cap_average=None)
    yield Rules(cap_report=Decimal("120.5"), predikat_policy="upper")
    yield Rules(min_variant="t_per_r", cap_average=Decimal(100), scale=three)


STATUSES = ("ok", "ok", "ok", "ok", "ok", "ok", "perlu konfirmasi", "kosong", None, "")


def judged_row(
    bench: Bench,
    actual: Cell,
    bounds: tuple[Cell, Cell],
    target_status: str | None,
    one: Indicator,
    rules: Rules,
) -> None:
    """Ask for everything that one row of the master shows about capaian."""
    is_range = one.polarity is Polarity.RANGE
    result = achievement.achievement(
        known(actual),
        (known(bounds[0]), known(bounds[1])) if is_range else known(bounds[1]),
        polarity=one.polarity,
        worst=one.worst,
        target_status=target_status,
        floor=rules.floor,
        cap_report=rules.cap_report,
        min_variant=rules.min_variant,
    )
    r, low, high, printed = bench.put([actual, *bounds, target_status])
    target = (low, high) if is_range else high
    status = bench.ask(
        0,
        formulas.status(actual=r, target=target, target_status=printed, indicator=one),
        result.status,
    )
    value = bench.ask(
        1,
        formulas.capaian(actual=r, target=target, status=status, indicator=one, rules=rules),
        shown(result.shown),
    )
    policy, scale = rules.predikat_policy, rules.scale
    bench.ask(
        2,
        formulas.predikat(capaian=value, status=status, rules=rules),
        achievement.classify(result.shown, policy, scale=scale),
    )
    bench.ask(
        3,
        formulas.symbol(capaian=value, status=status, rules=rules),
        achievement.symbol(result.shown, policy, scale=scale),
    )
    capped = (
        None
        if result.shown is None
        else achievement.clamp(result.shown, floor=None, cap=rules.cap_average)
    )
    bench.ask(4, tallies.for_average(capaian=value, status=status, rules=rules), shown(capped))
    bench.ask(
        5,
        formulas.change(this=r, before=high),
        "n/a" if (moved := measure.change(known(actual), known(bounds[1]))) is None else moved,
    )


@pytest.mark.office
def test_status_capaian_and_predikat_agree(tmp_path: Path) -> None:
    rng = seeded(4)
    worsts = (None, None, Decimal(10), Decimal(0), Decimal("12.5"))

    def fill(bench: Bench) -> None:
        choices = itertools.cycle(itertools.product(Polarity, some_rules(), worsts))
        for number, (polarity, rules, worst) in enumerate(itertools.islice(choices, 3000)):
            bench.row = number
            low, high = amount(rng), amount(rng)
            if known(low) is not None and known(high) is not None and rng.random() < 0.8:
                low, high = sorted((low, high), key=lambda cell: known(cell) or Decimal(0))
            one = indicator(polarity=polarity, worst=worst)
            judged_row(bench, amount(rng), (low, high), rng.choice(STATUSES), one, rules)

    judge(tmp_path, fill)


@pytest.mark.office
def test_halves_are_rounded_up_alike(tmp_path: Path) -> None:
    rng = seeded(5)
    targets = [
        Decimal(text) for text in ("100", "1", "8", "0.5", "37.5", "1000", "12.8", "656081.37")
    ]

    def fill(bench: Bench) -> None:
        for number in range(3000):
            bench.row = number
            half = Decimal(rng.randint(-2000, 30_000)) / 100 + Decimal("0.005")
            target = rng.choice(targets)
            polarity = rng.choice((Polarity.MAXIMIZE, Polarity.MINIMIZE, Polarity.STABILIZE))
            one, rules = indicator(polarity=polarity), Rules(floor=None)
            judged_row(bench, half * target / 100, (None, target), "ok", one, rules)

    judge(tmp_path, fill)


@pytest.mark.office
def test_the_capaian_to_the_renstras_end_agrees(tmp_path: Path) -> None:
    rng = seeded(6)

    def fill(bench: Bench) -> None:
        kinds = itertools.cycle(
            itertools.product(
                (Method.LANGSUNG, Method.RASIO), Aggregation, Polarity, tuple(some_rules())
            )
        )
        for number, (method, aggregation, polarity, rules) in enumerate(
            itertools.islice(kinds, 1500)
        ):
            bench.row = number
            targets = renstra_targets(rng)
            one = replace(
                indicator(method=method, aggregation=aggregation, polarity=polarity),
                targets=targets,
                worst=rng.choice((None, Decimal(50))),
            )
            reached = [amount(rng) for _ in range(rng.randint(1, 5))]
            result = measure.renstra(
                one,
                year=2017 + len(reached),
                actuals={2018 + i: known(cell) for i, cell in enumerate(reached)},
                rules=rules,
            )
            refs = bench.put(
                [
                    *reached,
                    *(target.low for target in targets),
                    *(target.value for target in targets),
                    *(str(target.status) for target in targets),
                ]
            )
            n = len(reached)
            low, high, statuses = refs[n : n + 5], refs[n + 5 : n + 10], refs[n + 10 :]
            is_range = polarity is Polarity.RANGE
            formula = formulas.renstra(
                actuals=refs[:n],
                targets=list(zip(low, high, strict=True)) if is_range else high,
                target_statuses=statuses,
                indicator=one,
                rules=rules,
            )
            bench.ask(0, formula, shown(result.shown))

    judge(tmp_path, fill)


def renstra_targets(rng: random.Random) -> tuple[Target, ...]:
    """Give five years' targets, now and then one that cannot be used."""

    def one(year: int) -> Target:
        value = None if rng.random() < 0.04 else Decimal(rng.randint(0, 400)) / rng.choice((1, 10))
        status = TargetStatus.OK
        if rng.random() < 0.06:
            status = rng.choice((TargetStatus.PERLU_KONFIRMASI, TargetStatus.KOSONG))
        low = None if value is None else value - Decimal(rng.randint(0, 9))
        return Target("x/01", year, "", value, "unit", status, low=low)

    return tuple(one(year) for year in range(2018, 2023))


@pytest.mark.office
def test_averages_agree_and_say_what_they_stand_on(tmp_path: Path) -> None:
    rng = seeded(7)
    choices = [None, Decimal(0), Decimal("66.67"), Decimal("66.66"), Decimal(120), Decimal("0.01")]

    def fill(bench: Bench) -> None:
        for number in range(600):
            bench.row = number
            size = rng.randint(1, 8)
            values = [None if rng.random() < 0.2 else rng.choice(choices) for _ in range(size)]
            if rng.random() < 0.1:
                values = [None] * size
            cells = bench.put([shown(value) for value in values])
            mean = achievement.average(values, None)
            text = "-" if mean.mean is None else mean.mean
            first, last = cells[0], cells[-1].split("!")[1]
            bench.ask(0, tallies.average(f"{first}:{last}"), text)
            in_one_row = f"{mean.assessed} dinilai dari 1"
            bench.ask(1, tallies.assessed(f"{first}:{last}"), in_one_row)

    judge(tmp_path, fill)


def every_formula() -> Iterator[str]:
    """Yield each kind of formula in its longest form."""
    refs = [
        dict.fromkeys(("a", "b"), f"'Kasubbag Umum dan Kepegawaian'!$AB${100 + row}")
        for row in range(4)
    ]
    prices = [
        dict.fromkeys(("p0", "p1", "p2", "p3"), f"'Kasubbag Umum dan Kepegawaian'!$AB${100 + row}")
        for row in range(4)
    ]
    long = refs[0]["a"]
    for method, aggregation in itertools.product(Method, Aggregation):
        one = indicator(method=method, aggregation=aggregation)
        specs = inputs(method, dict.fromkeys(METHOD_KEYS[method], aggregation))
        quarters = prices if method is Method.RATA_RATA_PERTUMBUHAN else refs
        yield formulas.realisasi(method, quarters[0])
        yield formulas.to_date(one, specs, quarters, tw=[long] * 4)
    for polarity, rules in itertools.product(Polarity, some_rules()):
        one = indicator(polarity=polarity, worst=Decimal(10))
        target = (long, long) if polarity is Polarity.RANGE else long
        yield formulas.status(actual=long, target=target, target_status=long, indicator=one)
        yield formulas.capaian(actual=long, target=target, status=long, indicator=one, rules=rules)
        yield formulas.predikat(capaian=long, status=long, rules=rules)
        yield formulas.symbol(capaian=long, status=long, rules=rules)
        yield tallies.for_average(capaian=long, status=long, rules=rules)
        yield formulas.renstra(
            actuals=[long] * 5,
            targets=[target] * 5,
            target_statuses=[long] * 5,
            indicator=one,
            rules=rules,
        )
    yield tallies.average(long)
    yield tallies.assessed(long)
    yield formulas.change(this=long, before=long)


def test_formulas_stay_within_the_limits_and_the_functions_of_excel_2010() -> None:
    for formula in every_formula():
        assert len(formula) < LONGEST_FORMULA
        assert not formula.startswith("=")
        assert set(re.findall(r"([A-Z][A-Z.]*)\(", formula)) <= FUNCTIONS_OF_EXCEL_2010
        depths = itertools.accumulate({"(": 1, ")": -1}.get(sign, 0) for sign in formula)
        assert max(depths) < 64


def test_the_default_scale_stands_in_the_formula_of_the_predikat() -> None:
    found = formulas.predikat(capaian="B1", status="A1", rules=Rules(scale=PERMENDAGRI_86_2017))
    assert found == (
        'IF(AND(A1="OK",ISNUMBER(B1)),IF(B1>=91,"Sangat Tinggi",IF(B1>=76,"Tinggi",'
        'IF(B1>=66,"Sedang",IF(B1>=51,"Rendah","Sangat Rendah")))),"-")'
    )
