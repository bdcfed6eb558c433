"""Inputs become realisasi, triwulan become a figure to date, years lead to the Renstra's end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.indicators.samples import indicator, inputs
from workbook_tools.indicators.measure import (
    ToDate,
    change,
    monthly_rates,
    realisasi,
    renstra,
    target_to_date,
    to_date,
    zero_denominators,
)
from workbook_tools.registry.model import (
    METHOD_KEYS,
    Aggregation,
    Method,
    Polarity,
    Rules,
    Target,
    TargetStatus,
)

Inputs = dict[str, Decimal | None]


def numbers(**values: str | None) -> Inputs:
    return {key: None if value is None else Decimal(value) for key, value in values.items()}


def direct(*values: str | None) -> list[Inputs | None]:
    return [numbers(a=value) for value in values]


def rounded(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"


@pytest.mark.parametrize(
    ("method", "values", "expected"),
    [
        (Method.LANGSUNG, {"a": "7"}, "7.00"),
        (Method.LANGSUNG, {"a": "0"}, "0.00"),
        (Method.RASIO, {"a": "30", "b": "120"}, "25.00"),
        (Method.PERTUMBUHAN, {"a": "110", "b": "100"}, "10.00"),
        (Method.PERTUMBUHAN_PER_N, {"a": "110", "b": "100"}, "9.09"),
        (
            Method.RATA_RATA_PERTUMBUHAN,
            {"p0": "100", "p1": "103", "p2": "101.97", "p3": "108.0882"},
            "2.67",
        ),
    ],
)
def test_each_method_has_its_formula(method: Method, values: dict[str, str], expected: str) -> None:
    assert rounded(realisasi(method, numbers(**values))) == expected


@pytest.mark.parametrize("method", list(Method))
def test_a_missing_input_gives_no_realisasi(method: Method) -> None:
    keys = METHOD_KEYS[method]
    for missing in keys:
        values: Inputs = {key: Decimal(5) for key in keys if key != missing}
        assert realisasi(method, values) is None
        assert realisasi(method, {**values, missing: None}) is None


@pytest.mark.parametrize(
    ("method", "values", "keys"),
    [
        (Method.LANGSUNG, {"a": "0"}, ()),
        (Method.RASIO, {"a": "0", "b": "0"}, ("b",)),
        (Method.PERTUMBUHAN, {"a": "0", "b": "0"}, ("b",)),
        (Method.PERTUMBUHAN_PER_N, {"a": "0", "b": "0"}, ("a",)),
        (Method.RATA_RATA_PERTUMBUHAN, {"p0": "0", "p1": "1", "p2": "0", "p3": "0"}, ("p0", "p2")),
    ],
)
def test_a_denominator_of_zero_is_named_and_gives_no_realisasi(
    method: Method, values: dict[str, str], keys: tuple[str, ...]
) -> None:
    given_inputs = numbers(**values)
    assert zero_denominators(method, given_inputs) == keys
    assert (realisasi(method, given_inputs) is None) == bool(keys)


@pytest.mark.parametrize(
    ("aggregation", "values", "expected"),
    [
        (Aggregation.SUM, ["30", "0"], ToDate(Decimal(30), 2, is_stale=False)),
        (Aggregation.SUM, ["30", "0", "40", "35"], ToDate(Decimal(105), 4, is_stale=False)),
        (Aggregation.SUM, ["30", None, "40"], ToDate(Decimal(70), 3, is_stale=False)),
        (Aggregation.SUM, ["30", None], ToDate(Decimal(30), 1, is_stale=False)),
        (Aggregation.LAST, ["18", "20"], ToDate(Decimal(20), 2, is_stale=False)),
        (Aggregation.LAST, ["18", "20", None], ToDate(Decimal(20), 2, is_stale=True)),
        (Aggregation.LAST, ["18", "0"], ToDate(Decimal(0), 2, is_stale=False)),
        (Aggregation.AVERAGE, ["10", None, "20"], ToDate(Decimal(15), 3, is_stale=False)),
        (Aggregation.MAX, ["10", "30", "20"], ToDate(Decimal(30), 3, is_stale=False)),
        (Aggregation.LAST, [None, None], ToDate(None, None, is_stale=False)),
    ],
)
def test_triwulan_are_joined_by_the_indicators_rule(
    aggregation: Aggregation, values: list[str | None], expected: ToDate
) -> None:
    one = indicator(aggregation=aggregation)
    assert to_date(one, one.inputs, direct(*values)) == expected


def test_a_triwulan_that_nobody_sent_is_a_blank_one() -> None:
    one = indicator(aggregation=Aggregation.LAST)
    assert to_date(one, one.inputs, [numbers(a="5"), None]) == ToDate(Decimal(5), 1, is_stale=True)


def ratio(numerators: Sequence[str], denominator: str) -> list[Inputs]:
    return [numbers(a=value, b=denominator) for value in numerators]


def test_ratios_join_their_inputs_and_never_percentages() -> None:
    summed = inputs(Method.RASIO, {"a": Aggregation.SUM})
    one = indicator(method=Method.RASIO, aggregation=Aggregation.LAST)
    found = to_date(one, summed, ratio(["20", "30", "0", "10"], "500"))
    assert (found.value, found.triwulan) == (Decimal(12), 4)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (("20", "500"), ("30", None), ToDate(Decimal(10), 1, is_stale=True)),
        (("5", None), ("10", "100"), ToDate(Decimal(15), 2, is_stale=False)),
        (("20", "500"), (None, "400"), ToDate(Decimal(5), 2, is_stale=False)),
        ((None, "500"), (None, "500"), ToDate(None, None, is_stale=False)),
    ],
)
def test_each_input_of_a_ratio_is_joined_wherever_it_is_known(
    first: tuple[str | None, str | None],
    second: tuple[str | None, str | None],
    expected: ToDate,
) -> None:
    summed = inputs(Method.RASIO, {"a": Aggregation.SUM})
    one = indicator(method=Method.RASIO, aggregation=Aggregation.LAST)
    quarters = [numbers(a=a, b=b) for a, b in (first, second)]
    assert to_date(one, summed, quarters) == expected


def test_prices_are_the_mean_of_all_monthly_rates_to_date() -> None:
    one = indicator(method=Method.RATA_RATA_PERTUMBUHAN, aggregation=Aggregation.AVERAGE)
    quarters = [
        numbers(p0="100", p1="103", p2="101.97", p3="108.0882"),  # 3, -1, 6
        numbers(p0="100", p1="102", p2=None, p3=None),  # 2
    ]
    assert to_date(one, one.inputs, quarters) == ToDate(Decimal("2.5"), 2, is_stale=False)


def test_monthly_rates_need_both_prices_and_no_zero_before() -> None:
    assert monthly_rates(numbers(p0="0", p1="5", p2=None, p3="6")) == ()


def test_a_mirror_computes_from_the_sources_inputs_with_its_own_method() -> None:
    source = indicator(method=Method.PERTUMBUHAN_PER_N, aggregation=Aggregation.LAST)
    mirror = indicator(method=Method.PERTUMBUHAN, aggregation=Aggregation.LAST)
    quarters = [numbers(a="110", b="100")]
    assert rounded(to_date(source, source.inputs, quarters).value) == "9.09"
    assert rounded(to_date(mirror, source.inputs, quarters).value) == "10.00"


@pytest.mark.parametrize(
    ("aggregation", "targets", "expected"),
    [
        (Aggregation.SUM, ("25", "25", "25", "25"), "50"),
        (Aggregation.LAST, ("10", "15", "20", "25"), "15"),
        (Aggregation.AVERAGE, ("10", "20", "30", "40"), "15"),
        (Aggregation.MAX, ("10", "20", "15", "20"), "20"),
        (Aggregation.SUM, ("25", "25", None, None), None),
        (Aggregation.SUM, (None, None, None, None), None),
    ],
)
def test_targets_to_date_follow_the_same_rule(
    aggregation: Aggregation, targets: tuple[str | None, ...], expected: str | None
) -> None:
    values = [None if value is None else Decimal(value) for value in targets]
    found = target_to_date(aggregation, values, 2)
    assert found == (None if expected is None else Decimal(expected))


def renstra_targets(
    *values: str | None, status: TargetStatus = TargetStatus.OK
) -> tuple[Target, ...]:
    return tuple(
        Target(
            "x/01",
            year,
            value or "",
            None if value is None else Decimal(value),
            "unit",
            status if year == 2019 else TargetStatus.OK,
        )
        for year, value in enumerate(values, start=2018)
    )


def known(**years: str) -> Mapping[int, Decimal | None]:
    return {int(year[1:]): Decimal(value) for year, value in years.items()}


def test_sums_compare_all_years_with_all_targets() -> None:
    one = indicator(targets=renstra_targets("100", "100", "100", "100", "100"))
    actuals = known(y2018="100", y2019="80", y2020="120", y2021="999")
    assert renstra(one, year=2020, actuals=actuals, rules=Rules()).shown == Decimal(60)


def test_positions_compare_this_year_with_the_end_target() -> None:
    one = indicator(
        aggregation=Aggregation.LAST, targets=renstra_targets("5", "10", "15", "20", "25")
    )
    assert renstra(one, year=2020, actuals=known(y2020="20"), rules=Rules()).shown == Decimal(80)
    assert renstra(one, year=2021, actuals=known(y2020="20"), rules=Rules()).status == "BELUM_DIISI"


def test_percentages_are_never_added_over_the_years() -> None:
    one = indicator(method=Method.RASIO, targets=renstra_targets("10", "20", "30", "40", "50"))
    assert renstra(one, year=2020, actuals=known(y2020="25"), rules=Rules()).shown == Decimal(50)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (TargetStatus.PERLU_KONFIRMASI, "TARGET_PERLU_KONFIRMASI"),
        (TargetStatus.KOSONG, "TIDAK_DINILAI"),
        (TargetStatus.OK, "OK"),
    ],
)
def test_one_unusable_target_spoils_the_sum_of_targets(status: TargetStatus, expected: str) -> None:
    one = indicator(targets=renstra_targets("1", "1", "1", "1", "1", status=status))
    assert renstra(one, year=2018, actuals=known(y2018="1"), rules=Rules()).status == expected


def test_the_renstra_follows_the_polarity_and_needs_targets() -> None:
    one = indicator(
        aggregation=Aggregation.AVERAGE,
        polarity=Polarity.MINIMIZE,
        targets=renstra_targets("5", "5", "5", "5", "5"),
    )
    assert renstra(one, year=2020, actuals=known(y2020="6"), rules=Rules()).shown == Decimal(80)
    bare = indicator()
    assert renstra(bare, year=2020, actuals={}, rules=Rules()).status == "TIDAK_DINILAI"


@pytest.mark.parametrize(
    ("this", "before", "expected"),
    [
        ("110", "100", "10.00"),
        ("90", "100", "-10.00"),
        ("5", "-10", "150.00"),
        ("5", "0", None),
        (None, "5", None),
        ("5", None, None),
    ],
)
def test_change_is_against_the_year_before(
    this: str | None, before: str | None, expected: str | None
) -> None:
    values = numbers(this=this, before=before)
    assert rounded(change(values["this"], values["before"])) == expected


@given(st.lists(st.none() | st.integers(0, 10**6), min_size=1, max_size=4))
def test_the_latest_position_is_a_reported_one_and_blanks_never_count(
    values: list[int | None],
) -> None:
    one = indicator(aggregation=Aggregation.LAST)
    quarters: list[Inputs] = [{"a": None if v is None else Decimal(v)} for v in values]
    found = to_date(one, one.inputs, quarters)
    if found.triwulan is None:
        assert set(values) == {None}
    else:
        assert found.value == values[found.triwulan - 1]
        assert found.is_stale == (found.triwulan < len(values))
