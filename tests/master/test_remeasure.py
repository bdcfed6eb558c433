"""What is measured again after a change is what would be measured of everything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest

from tests.master import samples
from workbook_tools.form.submission import Submission
from workbook_tools.indicators import measure
from workbook_tools.master.consolidate import consolidate
from workbook_tools.master.remeasure import Measures
from workbook_tools.registry.source import load_source

YEAR = 2020
REGISTRY = load_source()
SENT = (
    *samples.a_year(REGISTRY, YEAR - 1, seed=3),
    *samples.a_year(REGISTRY, YEAR, seed=4),
    *samples.a_year(REGISTRY, YEAR + 1, seed=5),
)


def changed(one: Submission) -> Submission:
    """Give a later return with other figures."""
    values = {place: Decimal(77) for place in one.values}
    return replace(one, values=values, revision=one.revision + 1, sha256="f" * 64)


@pytest.mark.parametrize("seed", range(6))
def test_it_is_the_same_whatever_was_measured_before(seed: int) -> None:
    random, measures = Random(seed), Measures(REGISTRY)
    sent: Sequence[Submission] = SENT
    for _ in range(4):
        sent = [
            changed(one) if random.random() < 0.05 else one
            for one in random.sample(sent, k=len(sent) - 5)
        ]
        for year in (YEAR, YEAR - 1, YEAR + 1):
            assert measures.consolidate(sent, year) == consolidate(REGISTRY, sent, year)


def test_one_changed_return_leaves_the_rows_of_other_units_as_they_are() -> None:
    measures = Measures(REGISTRY)
    before = measures.consolidate(SENT, YEAR)
    place = next(n for n, one in enumerate(SENT) if (one.unit, one.year) == ("kabid-pasar", YEAR))
    after = measures.consolidate([*SENT[:place], changed(SENT[place]), *SENT[place + 1 :]], YEAR)

    pairs = zip(before.rows, after.rows, strict=True)
    others = {new.indicator.unit for old, new in pairs if new is not old}
    assert others == {"kabid-pasar"}


def test_a_year_in_which_nothing_was_sent_has_no_realisasi() -> None:
    reached = {
        measure.to_date(one, REGISTRY.source(one).inputs, []).value for one in REGISTRY.indicators
    }

    assert reached == {None}
