"""Every indicator of a year is measured as domain.md says."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.master import oracle, samples
from workbook_tools.form.submission import Submission
from workbook_tools.indicators.achievement import DI_ANTARA_BATAS, TARGET_SUSPECT
from workbook_tools.master.consolidate import DATA_COLUMNS, consolidate, data_frame, record
from workbook_tools.master.figures import DATA_TERAKHIR, Row
from workbook_tools.registry.model import (
    Aggregation,
    Indicator,
    Registry,
    Target,
    TargetStatus,
)
from workbook_tools.registry.source import load_source

YEAR = 2020


@cache
def register() -> Registry:
    return load_source()


def sent(
    unit: str, period: int, values: Mapping[tuple[str, str], int | str | None], *, year: int = YEAR
) -> Submission:
    return Submission(
        unit=unit,
        year=year,
        period=period,
        issue=1,
        revision=1,
        sha256=hashlib.sha256(f"{unit}{year}{period}".encode()).hexdigest(),
        file="kembali.xlsx",
        received_at=datetime(year, 3 * period, 28, tzinfo=UTC),
        values={k: None if v is None else Decimal(v) for k, v in values.items()},
        texts={},
        people={},
    )


def measured(indicator: str, *submissions: Submission, registry: Registry | None = None) -> Row:
    rows = consolidate(registry or register(), submissions, YEAR).rows
    return next(row for row in rows if row.indicator.id == indicator)


def with_targets(indicator: str, tw: tuple[int, int, int, int]) -> Registry:
    """Give the real register with targets per triwulan on one indicator."""

    def changed(target: Target) -> Target:
        first, second, third, fourth = (Decimal(value) for value in tw)
        return replace(target, value=Decimal(sum(tw)), tw=(first, second, third, fourth))

    def rewritten(one: Indicator) -> Indicator:
        if one.id != indicator:
            return one
        return replace(one, targets=tuple(changed(t) for t in one.targets))

    whole = register()
    return replace(whole, indicators=tuple(rewritten(one) for one in whole.indicators))


@pytest.mark.parametrize("seed", range(8))
def test_a_full_year_equals_the_oracle_in_every_figure(seed: int) -> None:
    submissions = samples.a_year(register(), YEAR, seed=seed)

    rows = [record(row) for row in consolidate(register(), submissions, YEAR).rows]

    expected = oracle.data(register(), submissions, YEAR)
    assert len(rows) == 70
    for got, wanted in zip(rows, expected, strict=True):
        for name, value, exact in zip(DATA_COLUMNS, got, wanted, strict=True):
            if isinstance(value, Decimal) and name != "capaian":
                assert exact is not None
                assert abs(float(value) - float(exact)) <= 1e-12 * max(1.0, abs(float(exact))), name
            else:
                assert value == exact, (got[2], name)


@pytest.mark.parametrize("periods", [(), (1,), (1, 2), (2, 4), (4,)])
def test_a_year_filled_in_part_equals_the_oracle(periods: tuple[int, ...]) -> None:
    submissions = samples.a_year(register(), YEAR, seed=3, periods=periods)

    frame = data_frame(consolidate(register(), submissions, YEAR))

    expected = oracle.data(register(), submissions, YEAR)
    assert frame["status"].tolist() == [row[14] for row in expected]
    assert frame["capaian"].dropna().tolist() == [
        float(r[12]) for r in expected if r[12] is not None
    ]
    assert frame["realisasi_sd"].dropna().tolist() == pytest.approx(
        [float(row[11]) for row in expected if row[11] is not None], rel=1e-12
    )


def test_an_empty_year_has_every_row_and_no_figure() -> None:
    frame = data_frame(consolidate(register(), [], YEAR))

    assert len(frame) == 70
    assert frame[["tw1", "tw2", "tw3", "tw4", "realisasi_sd", "capaian"]].isna().all(axis=None)
    assert set(frame["predikat"]) == {"-"}
    assert set(frame["berkas_sha256"]) == {""}
    assert "OK" not in set(frame["status"])


def test_the_frame_has_the_contracts_columns_and_types() -> None:
    frame = data_frame(consolidate(register(), samples.a_year(register(), YEAR, seed=1), YEAR))

    assert tuple(frame.columns) == DATA_COLUMNS
    assert DATA_COLUMNS[-2:] == ("revisi", "berkas_sha256")
    assert str(frame["tahun"].dtype) == "int64"
    assert str(frame["revisi"].dtype) == "Int64"
    numbers = ["target", "tw1", "tw2", "tw3", "tw4", "realisasi_sd", "capaian"]
    assert all(pd.api.types.is_float_dtype(frame[name]) for name in numbers)
    assert frame["indikator"].tolist() == [i.id for i in register().indicators]


@settings(max_examples=25)
@given(st.randoms(use_true_random=False))
def test_the_order_of_submissions_does_not_matter(chance: random.Random) -> None:
    submissions = samples.a_year(register(), YEAR, seed=5, periods=(1, 2))
    expected = consolidate(register(), submissions, YEAR)
    shuffled = list(submissions)
    chance.shuffle(shuffled)

    assert consolidate(register(), shuffled, YEAR) == expected


def test_the_iku_and_the_head_compute_from_the_same_inputs_each_with_its_own_formula() -> None:
    form = sent("iku-dinas", 1, {("iku-dinas/02", "a"): 110, ("iku-dinas/02", "b"): 100})

    iku, head = measured("iku-dinas/02", form), measured("kepala-dinas/02", form)

    assert (iku.achievement.shown, head.achievement.shown) == (Decimal("90.91"), Decimal("100.00"))
    assert (iku.predikat, head.predikat) == ("Tinggi", "Sangat Tinggi")
    assert head.sha256 == form.sha256


def test_twenty_of_twenty_two_lies_between_two_bounds() -> None:
    row = measured("iku-dinas/01", sent("iku-dinas", 4, {("iku-dinas/01", "a"): 20}))

    assert row.achievement.shown == Decimal("90.91")
    assert row.flags == (DI_ANTARA_BATAS,)


def test_a_later_blank_keeps_the_last_reported_value_and_marks_it() -> None:
    key = ("iku-dinas/01", "a")
    row = measured(
        "iku-dinas/01", sent("iku-dinas", 2, {key: 20}), sent("iku-dinas", 3, {key: None})
    )

    assert row.realisasi_sd == 20
    assert row.last_period == 2
    assert DATA_TERAKHIR in row.flags
    assert row.sha256 == sent("iku-dinas", 3, {}).sha256


def test_a_triwulan_that_nobody_has_sent_marks_nothing() -> None:
    row = measured("iku-dinas/01", sent("iku-dinas", 2, {("iku-dinas/01", "a"): 22}))

    assert row.flags == ()
    assert row.period == 2


def test_an_unconfirmed_target_never_gives_a_capaian() -> None:
    form = sent("kasubbag-keuangan", 4, {("kasubbag-keuangan/01", "a"): 9})

    row = measured("kasubbag-keuangan/01", form)

    assert row.target_status is TargetStatus.PERLU_KONFIRMASI
    assert row.achievement.shown is None
    assert row.target_value == 9


def test_a_capaian_over_200_is_kept_and_suspected() -> None:
    row = measured("iku-dinas/01", sent("iku-dinas", 4, {("iku-dinas/01", "a"): 66}))

    assert row.achievement.shown == Decimal("300.00")
    assert TARGET_SUSPECT in row.flags


def test_targets_per_triwulan_give_a_capaian_to_date() -> None:
    name = "kasi-bina-perdagangan/01"
    registry = with_targets(name, (25, 25, 25, 25))
    forms = [
        sent("kasi-bina-perdagangan", period, {(name, "a"): value})
        for period, value in ((1, 30), (2, 0))
    ]

    row = measured(name, *forms, registry=registry)

    assert row.indicator.aggregation is Aggregation.SUM
    assert row.to_date is not None
    assert (row.to_date.shown, row.achievement.shown) == (Decimal("60.00"), Decimal("30.00"))


def test_a_sum_reaches_for_the_renstra_with_the_years_before() -> None:
    name = "kasi-bina-perdagangan/01"
    forms = [
        sent("kasi-bina-perdagangan", 4, {(name, "a"): 48}, year=year)
        for year in (2018, 2019, 2020)
    ]

    row = measured(name, *forms)

    assert row.renstra is not None
    assert row.renstra.shown == Decimal("60.00")
    assert row.change == 0


def test_a_position_at_the_end_is_compared_with_the_last_target() -> None:
    row = measured("iku-dinas/01", sent("iku-dinas", 4, {("iku-dinas/01", "a"): 20}))

    assert row.renstra is not None
    assert row.renstra.shown == Decimal("80.00")
    assert row.change is None


def test_averages_are_capped_and_count_only_what_is_judged() -> None:
    values = {("iku-dinas/01", "a"): "66", ("iku-dinas/03", "a"): "435.015"}

    average = consolidate(register(), [sent("iku-dinas", 4, values)], YEAR).average("iku-dinas")

    assert average is not None
    assert average.mean == Decimal("85.00")
    assert average.text == "2 dinilai dari 4"


def test_the_newest_arrival_dates_the_data() -> None:
    forms = [
        sent("iku-dinas", 1, {}),
        sent("iku-dinas", 2, {}),
        sent("iku-dinas", 4, {}, year=2019),
    ]

    assert consolidate(register(), forms, YEAR).as_of == datetime(2020, 6, 28, tzinfo=UTC)


def test_texts_stay_with_the_indicator_that_was_asked() -> None:
    submissions = samples.a_year(register(), YEAR, seed=2, periods=(1,))

    rows = consolidate(register(), submissions, YEAR).rows

    told = {
        (row.indicator.id, field)
        for row in rows
        for quarter in row.quarters
        if quarter
        for field, _ in quarter.texts
    }
    assert told == {key for form in submissions for key in form.texts}


def test_inputs_of_an_indicator_carry_its_keys_in_the_forms_order() -> None:
    row = measured("iku-dinas/02", sent("iku-dinas", 1, {("iku-dinas/02", "b"): 100}))

    quarter = row.quarters[0]
    assert quarter is not None
    assert quarter.inputs == (("a", None), ("b", Decimal(100)))
    assert quarter.realisasi is None
