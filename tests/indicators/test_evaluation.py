"""Columns 5, 6 and 13 of Formulir E.81 add up over the years for plain sums alone."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

import pytest

from tests.indicators.bench import Bench, judge, seeded, shown
from tests.indicators.samples import indicator
from workbook_tools.indicators import achievement, evaluation, formulas, tallies
from workbook_tools.registry.model import (
    Aggregation,
    Band,
    Indicator,
    Method,
    Rules,
    Target,
    TargetStatus,
)

YEARS = (2018, 2019, 2020, 2021, 2022)


def planned(
    aggregation: Aggregation, *values: int | None, method: Method = Method.LANGSUNG
) -> Indicator:
    targets = tuple(
        Target(
            indicator="x/01",
            year=year,
            printed="",
            value=None if value is None else Decimal(value),
            unit="unit",
            status=TargetStatus.OK,
        )
        for year, value in zip(YEARS, values, strict=False)
    )
    return indicator(method=method, aggregation=aggregation, targets=targets)


def test_the_end_target_of_a_sum_is_the_sum_of_all_years() -> None:
    assert evaluation.end_target(planned(Aggregation.SUM, 100, 100, 100, 100, 100)) == 500


def test_one_unknown_year_leaves_a_sum_without_an_end_target() -> None:
    assert evaluation.end_target(planned(Aggregation.SUM, 100, None, 100, 100, 100)) is None


@pytest.mark.parametrize("aggregation", [Aggregation.LAST, Aggregation.AVERAGE, Aggregation.MAX])
def test_the_end_target_of_all_else_is_that_of_the_last_year(aggregation: Aggregation) -> None:
    assert evaluation.end_target(planned(aggregation, 20, 21, 22, 23, 25)) == 25


def test_an_indicator_without_targets_has_no_end_target() -> None:
    assert evaluation.end_target(indicator()) is None
    assert evaluation.end_low(indicator()) is None


def test_what_a_sum_reached_before_adds_the_known_years_of_the_renstra() -> None:
    one = planned(Aggregation.SUM, 1, 1, 1, 1, 1)

    actuals = {2017: Decimal(7), 2018: Decimal(100), 2019: None}
    assert evaluation.reached_before(one, actuals, year=2020) == 100
    assert evaluation.reached_before(one, {2018: None, 2019: None}, year=2020) is None
    assert evaluation.reached_before(one, {2017: Decimal(7)}, year=2018) is None


def test_what_all_else_reached_before_is_the_year_before_and_no_older_one() -> None:
    one = planned(Aggregation.LAST, 20, 21, 22, 23, 25)

    assert evaluation.reached_before(one, {2018: Decimal(18), 2019: None}, year=2020) is None
    assert evaluation.reached_before(one, {2018: None, 2019: Decimal(19)}, year=2020) == 19


def test_column_13_is_6_plus_12_only_for_a_sum() -> None:
    before, now = Decimal(200), Decimal(100)

    assert evaluation.reached(planned(Aggregation.SUM, 1), before, now) == 300
    assert evaluation.reached(planned(Aggregation.SUM, 1), before, None) == 200
    assert evaluation.reached(planned(Aggregation.LAST, 1), before, now) == 100
    assert evaluation.reached(planned(Aggregation.LAST, 1), before, None) is None
    share = planned(Aggregation.SUM, 1, method=Method.RASIO)
    assert evaluation.reached(share, before, now) == 100


@pytest.mark.office
def test_the_columns_of_e81_agree_with_their_formulas(tmp_path: Path) -> None:
    rng = seeded(81)

    def fill(bench: Bench) -> None:
        for row in range(300):
            bench.row = row
            values = [drawn(rng) for _ in YEARS]
            one = planned(rng.choice(list(Aggregation)), *values)
            actuals = {2018: drawn(rng), 2019: drawn(rng)}
            now = drawn(rng)
            amounts = [None if v is None else Decimal(v) for v in (*values, *actuals.values(), now)]
            refs = bench.put(["" if v is None and rng.random() < 0.5 else v for v in amounts])
            known = {year: None if v is None else Decimal(v) for year, v in actuals.items()}
            before = evaluation.reached_before(one, known, year=2020)
            bench.ask(
                0,
                evaluation.end_target_formula(one, refs[:5]),
                shown(evaluation.end_target(one)),
            )
            sixth = bench.ask(
                1,
                evaluation.reached_before_formula(one, refs[5:7], last=refs[6]),
                shown(before),
            )
            bench.ask(
                2,
                evaluation.reached_formula(one, sixth, refs[7]),
                shown(evaluation.reached(one, before, amounts[-1])),
            )

    judge(tmp_path, fill)


def drawn(rng: random.Random) -> int | None:
    numbers: list[int | None] = [None, 0, -3, *range(1, 400)]
    return rng.choice(numbers)


SCALE = (
    Band(Decimal("85.5"), 'Baik "sekali"', "+", "000000"),
    Band(Decimal(60), "Cukup", "o", "000000"),
    Band(Decimal(0), "Kurang", "-", "000000"),
)


@pytest.mark.office
def test_means_over_a_list_with_headings_agree_with_their_formulas(tmp_path: Path) -> None:
    rng = seeded(120)
    settings = [
        Rules(),
        Rules(cap_average=Decimal("100.5"), scale=SCALE),
        Rules(cap_average=None, predikat_policy="upper"),
    ]

    def fill(bench: Bench) -> None:
        for number in range(90):
            rules = settings[number % len(settings)]
            values: list[Decimal | None] = []
            first = number * 12
            for offset in range(12):
                bench.row = first + offset
                value = Decimal(rng.randint(0, 40000)) / 100
                match rng.randint(0, 3):
                    case 0:
                        bench.put([value, None])  # a heading with an average of its own
                    case 1:
                        bench.put(["", "BELUM_DIISI"])
                        values.append(None)
                    case _:
                        bench.put([value, "OK"])
                        values.append(value)
            bench.row = first
            capaian, status = (
                f"'Isian Data'!{column}{first + 1}:{column}{first + 12}" for column in "AB"
            )
            mean = achievement.average(values, rules.cap_average)
            cell = bench.ask(
                0,
                tallies.average_of(capaian=capaian, status=status, rules=rules),
                "-" if mean.mean is None else mean.mean,
            )
            bench.ask(1, tallies.assessed_of(status), mean.text)
            bench.ask(
                2,
                formulas.graded(capaian=cell, otherwise='"-"', rules=rules),
                achievement.graded(mean.mean, rules.predikat_policy, scale=rules.scale),
            )

    judge(tmp_path, fill)


def test_the_example_of_the_domain_is_averaged_with_each_cap() -> None:
    shown_values = [Decimal(300), Decimal(50), Decimal(40)]

    means = [
        achievement.average(shown_values, cap).mean for cap in (Decimal(120), Decimal(100), None)
    ]

    assert means == [Decimal(70), Decimal("63.33"), Decimal(130)]
