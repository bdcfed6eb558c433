"""A realisasi and its target give capaian, status and predikat."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.indicators.samples import indicator
from workbook_tools.indicators.achievement import (
    Achievement,
    Average,
    achievement,
    achievement_of,
    average,
    between_bounds,
    classify,
    symbol,
)
from workbook_tools.registry.model import (
    PERMENDAGRI_86_2017,
    Band,
    Polarity,
    Rules,
    Target,
    TargetStatus,
)

AMOUNT = st.decimals(min_value=-(10**6), max_value=10**6, places=2)


@pytest.mark.parametrize(
    ("polarity", "actual", "target", "shown"),
    [
        ("maximize", "20", "22", "90.91"),
        ("maximize", "9.0909090909", "10", "90.91"),
        ("maximize", "0", "22", "0.00"),
        ("maximize", "-4", "-5", "120.00"),
        ("maximize", "-6", "-5", "80.00"),
        ("minimize", "4", "5", "120.00"),
        ("minimize", "5", "5", "100.00"),
        ("minimize", "6", "5", "80.00"),
        ("minimize", "12", "5", "0.00"),
        ("minimize", "-2", "5", "240.00"),
        ("minimize", "2.5", "5", "150.00"),
        ("minimize", "0", "0", "100.00"),
        ("minimize", "-3", "0", "100.00"),
        ("stabilize", "96", "100", "96.00"),
        ("stabilize", "102", "100", "98.00"),
        ("stabilize", "110", "100", "90.00"),
        ("maximize", "20.005", "100", "20.01"),
        ("maximize", "1.005", "100", "1.01"),
        ("maximize", "90.995", "100", "91.00"),
    ],
)
def test_capaian_follows_the_polarity(polarity: str, actual: str, target: str, shown: str) -> None:
    result = achievement(actual, target, polarity=polarity)
    assert (result.status, result.shown) == ("OK", Decimal(shown))


def test_raw_is_never_clamped() -> None:
    result = achievement(12, 5, polarity="minimize")
    assert (result.raw, result.shown) == (Decimal(-40), Decimal(0))


def test_floor_and_cap_are_for_what_is_shown() -> None:
    assert achievement(12, 5, polarity="minimize", floor=None).shown == Decimal(-40)
    capped = achievement(30, 10, cap_report=120)
    assert (capped.raw, capped.shown) == (Decimal(300), Decimal(120))


@pytest.mark.parametrize(
    ("actual", "shown"),
    [(4, "125.00"), (5, "100.00"), (6, "83.33"), (12, "41.67"), (0, "200.00"), (-2, "240.00")],
)
def test_the_legacy_variant_divides_target_by_realisasi(actual: int, shown: str) -> None:
    result = achievement(actual, 5, polarity="minimize", min_variant="t_per_r")
    assert result.shown == Decimal(shown)


def test_a_minimized_zero_needs_a_worst_case() -> None:
    assert achievement(4, 0, polarity="minimize", worst=10).shown == Decimal(60)
    assert achievement(4, 0, polarity="minimize").status == "TARGET_NOL"
    assert achievement(4, 0, polarity="minimize", worst=0).status == "TARGET_NOL"


@pytest.mark.parametrize(
    ("polarity", "actual", "shown"),
    [
        ("minimize", "6.5", "107.14"),
        ("minimize", "9", "87.50"),
        ("range", "6.5", "107.14"),
        ("range", "9", "87.50"),
        ("range", "7", "100.00"),
        ("range", "7.4", "100.00"),
        ("range", "8", "100.00"),
        ("maximize", "6.3", "90.00"),
        ("maximize", "10", "125.00"),
    ],
)
def test_a_range_is_measured_from_its_nearer_bound(polarity: str, actual: str, shown: str) -> None:
    assert achievement(actual, (7, 8), polarity=polarity).shown == Decimal(shown)


@pytest.mark.parametrize(
    ("actual", "target", "polarity", "target_status", "status"),
    [
        (5, None, "maximize", None, "TIDAK_DINILAI"),
        (5, "", "maximize", None, "TIDAK_DINILAI"),
        (5, None, "maximize", "perlu konfirmasi", "TIDAK_DINILAI"),
        (5, 5, "maximize", "kosong", "TIDAK_DINILAI"),
        (5, (None, 5), "range", None, "TIDAK_DINILAI"),
        (5, 5, "maximize", "perlu konfirmasi", "TARGET_PERLU_KONFIRMASI"),
        (None, 5, "maximize", "perlu konfirmasi", "TARGET_PERLU_KONFIRMASI"),
        (None, 5, "maximize", "ok", "BELUM_DIISI"),
        (None, 0, "maximize", "ok", "BELUM_DIISI"),
        (5, 0, "maximize", "ok", "TARGET_NOL"),
        (0, 0, "maximize", "ok", "TARGET_NOL"),
        (5, 0, "stabilize", "ok", "TARGET_NOL"),
        (5, -5, "minimize", "ok", "TIDAK_DINILAI"),
        (5, -5, "stabilize", "ok", "TIDAK_DINILAI"),
    ],
)
def test_what_cannot_be_judged_says_why_and_has_no_number(
    actual: int | None,
    target: int | tuple[int | None, int | None] | None,
    polarity: str,
    target_status: str | None,
    status: str,
) -> None:
    result = achievement(actual, target, polarity=polarity, target_status=target_status)
    assert result == Achievement(None, None, status)


def test_more_than_twice_the_target_makes_the_target_suspect() -> None:
    result = achievement(830, 37.96)
    assert (result.shown, result.flags) == (Decimal("2186.51"), ("TARGET_SUSPECT",))
    assert achievement(20, 10).flags == ()


def test_numbers_may_come_as_decimals_floats_integers_or_texts() -> None:
    given_as = (Decimal("0.1"), 0.1, "0.1")
    assert {achievement(number, 1).raw for number in given_as} == {Decimal(10)}


@pytest.mark.parametrize("number", ["abc", float("nan"), float("inf")])
def test_what_is_no_number_is_refused(number: str | float) -> None:
    with pytest.raises(ValueError, match="Bukan angka"):
        achievement(number, 1)


def test_the_register_says_how_an_indicator_is_judged() -> None:
    target = Target("x/1", 2020, "7-8", Decimal(8), "hari", TargetStatus.OK, low=Decimal(7))
    ranged = indicator(polarity=Polarity.RANGE)
    assert achievement_of(ranged, Decimal(9), target=target, rules=Rules()).shown == Decimal("87.5")
    assert achievement_of(ranged, Decimal(9), target=None, rules=Rules()).status == "TIDAK_DINILAI"


@pytest.mark.parametrize(
    ("value", "lower", "upper"),
    [
        ("50", "Sangat Rendah", "Sangat Rendah"),
        ("50.5", "Sangat Rendah", "Rendah"),
        ("50.99", "Sangat Rendah", "Rendah"),
        ("51", "Rendah", "Rendah"),
        ("65", "Rendah", "Rendah"),
        ("65.5", "Rendah", "Sedang"),
        ("66", "Sedang", "Sedang"),
        ("75.99", "Sedang", "Tinggi"),
        ("76", "Tinggi", "Tinggi"),
        ("90", "Tinggi", "Tinggi"),
        ("90.5", "Tinggi", "Sangat Tinggi"),
        ("90.91", "Tinggi", "Sangat Tinggi"),
        ("90.99", "Tinggi", "Sangat Tinggi"),
        ("90.995", "Sangat Tinggi", "Sangat Tinggi"),
        ("91", "Sangat Tinggi", "Sangat Tinggi"),
        ("120", "Sangat Tinggi", "Sangat Tinggi"),
        ("-40", "Sangat Rendah", "Sangat Rendah"),
    ],
)
def test_predikat_reads_the_scale_by_its_policy(value: str, lower: str, upper: str) -> None:
    assert (classify(value), classify(value, "upper")) == (lower, upper)


def test_without_capaian_there_is_no_predikat() -> None:
    assert (classify(None), symbol(None, scale=PERMENDAGRI_86_2017)) == ("-", "")


def test_another_scale_may_be_used_and_its_last_band_takes_what_is_left() -> None:
    scale = (Band(Decimal(80), "Baik", "+", "000000"), Band(Decimal(0), "Kurang", "-", "000000"))
    assert [classify(value, scale=scale) for value in (80, 79, -1)] == ["Baik", "Kurang", "Kurang"]
    assert symbol(80, scale=scale) == "+"


def test_a_value_in_a_gap_of_the_printed_intervals_is_flagged() -> None:
    values = ("50", "50.01", "50.99", "51", "65.5", "75.5", "90.91", "90", "91", None)
    assert [between_bounds(value) for value in values] == [
        False,
        True,
        True,
        False,
        True,
        True,
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(("cap", "mean"), [(120, "70.00"), (100, "63.33"), (None, "130.00")])
def test_averages_are_capped(cap: int | None, mean: str) -> None:
    shown = [Decimal(300), Decimal(50), Decimal(40)]
    assert average(shown, None if cap is None else Decimal(cap)).mean == Decimal(mean)


def test_averages_leave_out_what_was_not_judged_and_say_so() -> None:
    mean = average([Decimal(50), None, Decimal(60), None], None)
    assert mean == Average(Decimal(55), 2, 4)
    assert mean.text == "2 dinilai dari 4"
    assert average([None], None) == Average(None, 0, 1)


@given(AMOUNT, AMOUNT.filter(lambda target: target > 0))
def test_the_two_polarities_mirror_each_other_around_100(actual: Decimal, target: Decimal) -> None:
    up = achievement(actual, target).raw
    down = achievement(actual, target, polarity="minimize").raw
    assert up is not None
    assert down is not None
    assert abs(up + down - 200) < Decimal("1e-20")


@given(AMOUNT, AMOUNT, st.sampled_from(["maximize", "minimize", "stabilize"]))
def test_a_number_is_there_exactly_when_the_status_is_ok(
    actual: Decimal, target: Decimal, polarity: str
) -> None:
    result = achievement(actual, target, polarity=polarity)
    assert (result.raw is not None) == (result.shown is not None) == (result.status == "OK")
