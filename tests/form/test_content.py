"""Make the content of forms from the register and from what was accepted before."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.form.forms import RATIOS, TRAINING, content_of, registry
from workbook_tools.form.content import Accepted, digest, make_content, merged
from workbook_tools.form.snapshot import read_snapshot, write_snapshot
from workbook_tools.registry.model import TRIWULAN

A, B = "kasi-pemberdayaan-koperasi/01", "kasi-pemberdayaan-koperasi/02"
ACCEPTED: Accepted = {
    1: {(A, "a"): Decimal(9), (B, "a"): Decimal(80)},
    2: {(A, "a"): Decimal(12), (B, "a"): None},
    3: {(A, "a"): Decimal(100), (B, "a"): Decimal(100)},
}


def test_every_indicator_that_mirrors_no_other_is_asked_once() -> None:
    asked = [i.id for unit in registry().form_units() for i in content_of(unit).indicators]

    assert len(asked) == len(set(asked)) == 66
    assert not any(indicator.startswith("kepala-dinas/") for indicator in asked)


def test_twenty_one_units_get_a_form() -> None:
    assert len(registry().form_units()) == 21
    assert "kepala-dinas" not in registry().form_units()


def test_a_form_is_due_on_the_fifth_after_its_triwulan() -> None:
    assert [content_of(TRAINING, p).due for p in TRIWULAN] == [
        date(2020, 4, 5),
        date(2020, 7, 5),
        date(2020, 10, 5),
        date(2021, 1, 5),
    ]


def test_yearly_indicators_are_required_in_the_last_triwulan_only() -> None:
    for period, required in ((1, False), (3, False), (4, True)):
        assert all(i.required is required for i in content_of("iku-dinas", period).indicators)
    assert all(i.required for i in content_of(TRAINING, 1).indicators)


def test_the_earlier_realisasi_adds_up_or_stays_by_its_aggregation() -> None:
    content = content_of(TRAINING, 3, accepted=ACCEPTED)

    assert [i.prior for i in content.indicators] == [Decimal(21), Decimal(80)]


def test_only_earlier_triwulan_count_as_earlier() -> None:
    content = content_of(TRAINING, 1, accepted=ACCEPTED)

    assert [i.prior for i in content.indicators] == [None, None]
    assert [i.prior_inputs for i in content.indicators] == [(), ()]


def test_the_typed_triwulan_is_put_among_the_earlier_ones() -> None:
    content = content_of(TRAINING, 3, accepted=ACCEPTED)

    assert merged(content.indicators[0], 3, {"a": Decimal(5)}) == [
        {"a": Decimal(9)},
        {"a": Decimal(12)},
        {"a": Decimal(5)},
        None,
    ]
    assert merged(content.indicators[0], 3, {"a": None})[2] is None


@pytest.mark.parametrize("unit", registry().form_units())
def test_a_snapshot_gives_its_content_back(unit: str) -> None:
    content = content_of(unit, 2)

    assert read_snapshot(write_snapshot(content).decode()) == content


def test_a_snapshot_keeps_every_digit_of_what_was_accepted() -> None:
    accepted: Accepted = {1: {(A, "a"): Decimal("123456789.123456"), (B, "a"): Decimal(1)}}
    content = content_of(TRAINING, 2, accepted=accepted)

    assert read_snapshot(write_snapshot(content).decode()) == content


def test_the_digest_changes_with_what_the_form_says() -> None:
    first, second = content_of(TRAINING, 2), content_of(TRAINING, 2, accepted=ACCEPTED)

    digests = {digest(write_snapshot(c)) for c in (first, second, content_of(TRAINING, 2))}

    assert len(digests) == 2
    assert all(len(d) == 32 for d in digests)


def test_a_unit_that_is_not_in_the_register_has_no_content() -> None:
    with pytest.raises(KeyError, match="tidak-ada"):
        make_content(registry(), "tidak-ada", year=2020, period=1, accepted={})


def test_the_limits_of_the_register_stand_in_the_form() -> None:
    share = content_of(RATIOS).indicators[0]

    assert share.maximum == 100
    assert [i.minimum for i in share.inputs] == [0, 0]
    assert content_of(RATIOS).text_limit == 2000
