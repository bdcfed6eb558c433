"""What the units wrote in the newest triwulan stands once each, with who wrote it."""

from __future__ import annotations

from dataclasses import replace

from tests.master import samples
from workbook_tools.form.submission import Submission
from workbook_tools.master.consolidate import consolidate
from workbook_tools.master.passages import Passage, newest_period, passages
from workbook_tools.registry.source import load_source

UNIT = "kasubbag-umum-kepegawaian"
NAME = "Kasubbag Umum dan Kepegawaian"


def form(period: int, **texts: str) -> Submission:
    """Give a return whose penghambat are written per number of the indicator (n01="...")."""
    registry = load_source()
    (sent,) = (
        one for one in samples.a_year(registry, 2020, seed=1, periods=[period]) if one.unit == UNIT
    )
    written = {(f"{UNIT}/{key[1:]}", "penghambat"): text for key, text in texts.items()}
    return replace(sent, texts=written)


def found(*forms: Submission) -> tuple[Passage, ...]:
    registry = load_source()
    return passages(consolidate(registry, forms, 2020), registry, field="penghambat")


def test_only_the_newest_triwulan_speaks() -> None:
    assert found(form(1, n01="lama"), form(2, n02="baru")) == (Passage(NAME, ("02",), "baru"),)


def test_a_text_written_about_several_indicators_stands_once() -> None:
    (one, other) = found(form(3, n01="sama", n02="lain", n03="sama"))

    assert one.attribution == f"{NAME} (01, 03)"
    assert other.attribution == f"{NAME} (02)"


def test_before_the_first_return_nobody_has_written() -> None:
    assert found() == ()
    assert newest_period(consolidate(load_source(), (), 2020)) is None
