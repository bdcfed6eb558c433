"""Judge returns as pure values: no disk, no clock."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.form.forms import RATIOS, TRAINING, content_of, registry, with_cells, written
from workbook_tools.form.content import Accepted
from workbook_tools.form.issued import IssuedForm
from workbook_tools.form.parse import parse
from workbook_tools.problems.catalogue import problem
from workbook_tools.validation.identity import Identity
from workbook_tools.validation.judge import (
    Examined,
    History,
    Judgement,
    conclude,
    unreadable,
)
from workbook_tools.validation.schema import check_frame, typed_frame

Typed = dict[tuple[int, int], str | Decimal | None]
SOUND: Typed = {(8, 8): Decimal(36), (9, 8): Decimal(86)}
IN_TIME = date(2020, 4, 1)


def judged(
    cells: Typed, unit: str = TRAINING, *, period: int = 1, earlier: Accepted | None = None
) -> Judgement:
    content = content_of(unit, period)
    parsing = parse(with_cells(written(unit, period), cells), content)
    assert parsing.form is not None
    identity = Identity(None, IssuedForm(content, 1, "0" * 32), ())
    failures = check_frame(typed_frame({"aa": parsing.form}))
    history = History(earlier or {}, None, IN_TIME, registry().rules)
    return conclude(Examined(identity, parsing.form, parsing.problems), failures, history=history)


def codes(judgement: Judgement) -> list[tuple[str, str | None]]:
    return sorted((p.code, p.place.cell) for p in judgement.problems)


def test_a_sound_return_is_accepted_without_a_problem() -> None:
    judgement = judged(SOUND)

    assert judgement.accepted
    assert judgement.problems == ()


def test_a_warning_accepts_and_an_error_rejects() -> None:
    assert judged(SOUND | {(8, 8): "36"}).accepted
    assert not judged(SOUND | {(8, 8): "tiga puluh"}).accepted


def test_what_cannot_be_read_as_a_workbook_is_rejected_with_its_reason() -> None:
    reason = problem("B02")

    judgement = conclude(
        unreadable([reason]), (), history=History({}, None, IN_TIME, registry().rules)
    )

    assert not judgement.accepted
    assert judgement.problems == (reason,)
    assert judgement.issued is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("?", [("S03", "H8")]),
        ("1,250", [("S04", "H8")]),
        (Decimal(-5), [("S15", "H8")]),
        (Decimal("36.5"), [("S14", "H8")]),
        (Decimal(360), [("N10", "H8")]),
    ],
)
def test_what_only_follows_from_a_wrong_figure_is_dropped(
    typed: str | Decimal, kept: list[tuple[str, str | None]]
) -> None:
    assert codes(judged(SOUND | {(8, 8): typed}, period=4)) == kept


def test_a_wrong_figure_of_one_indicator_hides_nothing_of_another() -> None:
    judgement = judged({(8, 8): "?", (9, 8): Decimal(60)}, period=4)

    assert codes(judgement) == [("N12", "L9"), ("N12", "N9"), ("S03", "H8")]


def test_no_problem_is_said_twice() -> None:
    judgement = judged({(row, 8): Decimal(0) for row in range(8, 19)}, RATIOS)

    assert len(set(judgement.problems)) == len(judgement.problems)


def test_the_figure_to_date_counts_what_was_accepted_before() -> None:
    earlier: Accepted = {
        1: {("kasi-pemberdayaan-koperasi/01", "a"): Decimal(30)},
        2: {("kasi-pemberdayaan-koperasi/01", "a"): Decimal(6)},
    }

    assert judged(SOUND | {(8, 8): Decimal(0)}, period=3, earlier=earlier).problems == ()


def test_a_later_triwulan_does_not_count_as_reached_earlier() -> None:
    earlier: Accepted = {4: {("kasi-pemberdayaan-koperasi/01", "a"): Decimal(36)}}

    judgement = judged(SOUND | {(8, 8): Decimal(0)}, period=3, earlier=earlier)

    assert codes(judgement) == [("N12", "L8"), ("N12", "N8")]
    assert judgement.accepted
