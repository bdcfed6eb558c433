"""Fill any form with anything that fits, and find exactly that again."""

from __future__ import annotations

import string
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.returns.cases import RATIOS, TRAINING
from tests.returns.desk import IN_TIME, Desk, Form
from tests.returns.paper import Value, typed
from workbook_tools.form.content import FormContent, FormInput, digest, make_content
from workbook_tools.form.layout import input_cells, make_layout, text_cells
from workbook_tools.form.parse import ParsedForm, Parsing, parse
from workbook_tools.form.rows import Filling
from workbook_tools.form.snapshot import write_snapshot
from workbook_tools.form.stamp import Stamp, sign
from workbook_tools.form.write import draw_form, open_form_book, write_form
from workbook_tools.problems.problem import Severity
from workbook_tools.reader.read import read_workbook
from workbook_tools.registry.model import TRIWULAN, Kind
from workbook_tools.registry.source import load_source

REGISTRY = load_source()
UNITS = REGISTRY.form_units()
HARD = (
    "<&>\"'",
    "=1+1",
    "=SUM(A1)",
    "@nama",
    "+62 812",
    "-",
    "'",
    "_x0041_",
    "😀 👩‍🔧",
    "a\nb",
    "]]>",
)

texts = st.one_of(
    st.sampled_from(HARD),
    st.text(
        st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"),
        min_size=1,
        max_size=60,
    ),
    st.text(string.printable[:95] + "\n", min_size=1, max_size=200),
).filter(lambda text: text.strip() != "")


def numbers(asked: FormInput) -> st.SearchStrategy[Decimal]:
    """Give numbers within the limits of an input that a spreadsheet keeps."""
    low, high = asked.minimum or Decimal(0), asked.maximum or Decimal(10**12)
    places = 0 if asked.kind is Kind.COUNT else 3
    return st.decimals(low, high, places=places, allow_nan=False, allow_infinity=False)


@cache
def blank(unit: str, period: int) -> tuple[FormContent, bytes]:
    """Give a form as it goes out."""
    content = make_content(REGISTRY, unit, year=2020, period=period, accepted={})
    stamp = Stamp(unit, 2020, period, 1, 1, digest(write_snapshot(content)))
    return content, write_form(content, sign(stamp, b"kunci"), rules=REGISTRY.rules)


def parsed(data: bytes, content: FormContent) -> Parsing:
    """Read and parse a return."""
    workbook = read_workbook(data).workbook
    assert workbook is not None
    return parse(workbook, content)


def form_of(parsing: Parsing) -> ParsedForm:
    assert parsing.form is not None
    return parsing.form


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("period", TRIWULAN)
@settings(max_examples=4)
@given(data=st.data())
def test_any_number_within_the_limits_comes_back_exactly(
    unit: str, period: int, data: st.DataObject
) -> None:
    content, form = blank(unit, period)
    layout = make_layout(content)
    answers = {cell: data.draw(numbers(row.input), label=cell) for row, cell in input_cells(layout)}

    parsing = parsed(typed(form, answers), content)

    assert parsing.problems == ()
    assert {i.cell: i.value for i in form_of(parsing).inputs} == answers


@pytest.mark.parametrize("unit", UNITS)
@settings(max_examples=6)
@given(data=st.data())
def test_any_text_comes_back_exactly(unit: str, data: st.DataObject) -> None:
    content, form = blank(unit, 1)
    cells = {(i.id, field): cell for i, field, cell in text_cells(make_layout(content))}
    chosen = data.draw(st.dictionaries(st.sampled_from(sorted(cells)), texts, max_size=8))

    parsing = parsed(typed(form, {cells[key]: text for key, text in chosen.items()}), content)

    found = form_of(parsing)
    assert {(t.indicator, t.field): t.text for t in found.texts} == {
        key: text.strip() for key, text in chosen.items()
    }
    assert {t.cell for t in found.texts} == {cells[key] for key in chosen}
    assert all(p.code == "S21" and p.severity is Severity.WARNING for p in parsing.problems)


@settings(max_examples=40)
@given(texts)
def test_any_text_put_back_into_a_form_comes_back_as_it_was(text: str) -> None:
    content, _ = blank(TRAINING, 1)
    indicator = content.indicators[0].id
    book = open_form_book(content)
    filling = Filling(texts={(indicator, "keterangan"): text})
    draw_form(
        book, content, Stamp(TRAINING, 2020, 1, 1, 1, ""), rules=REGISTRY.rules, filling=filling
    )

    found = form_of(parsed(book.close(), content))

    assert found.text(indicator, "keterangan") == text.strip()


@pytest.mark.parametrize("unit", UNITS)
def test_equal_content_gives_equal_bytes(unit: str) -> None:
    content, form = blank(unit, 3)
    stamp = Stamp(unit, 2020, 3, 1, 1, digest(write_snapshot(content)))

    again = make_content(load_source(), unit, year=2020, period=3, accepted={})

    assert write_form(again, sign(stamp, b"kunci"), rules=REGISTRY.rules) == form


def test_equal_returns_give_equal_corrections(issued_desk: Desk, tmp_path: Path) -> None:
    desks = [issued_desk.copied(tmp_path / name) for name in ("satu", "dua")]

    notes = []
    for desk in desks:
        outcome = desk.send(RATIOS, desk.form(RATIOS, 2).filled({"H8": "?"}), day=IN_TIME[2])
        notes.append((desk.read(outcome.note), desk.read(outcome.note_text)))

    assert notes[0] == notes[1]


ROUND: tuple[tuple[str, int, Mapping[str, Value]], ...] = (
    (TRAINING, 1, {"H8": 9, "H9": 80}),
    (TRAINING, 2, {"H8": 12, "H9": 84}),
    (TRAINING, 4, {"H8": 15, "H9": 86}),
    (RATIOS, 1, {"H10": 100}),
    (RATIOS, 3, {"H10": 150}),
    ("kabid-pasar", 1, {"H8": None}),
)


@settings(max_examples=5)
@given(st.permutations(range(len(ROUND))))
def test_any_order_of_arrival_gives_the_same_accepted_values(
    issued_desk: Desk, order: list[int]
) -> None:
    forms: dict[int, Form] = {n: issued_desk.form(u, p) for n, (u, p, _) in enumerate(ROUND)}
    with TemporaryDirectory() as folder:
        desk = issued_desk.copied(Path(folder) / "ruang")
        for number in order:
            unit, _, changes = ROUND[number]
            texts: Mapping[str, Value] = {"L8": "a", "N8": "b", "L9": "a", "N9": "b"}
            extra = texts if unit == TRAINING else {}
            outcome = desk.send(unit, forms[number].filled({**changes, **extra}), day=IN_TIME[4])
            assert outcome.status == "accepted", outcome.problems

        values = {(s.unit, s.period): dict(s.values) for s in desk.submissions()}

    assert values.keys() == {(unit, period) for unit, period, _ in ROUND}
    for unit, period, changes in ROUND:
        layout = forms[[(u, p) for u, p, _ in ROUND].index((unit, period))].layout
        cells = {cell: (row.indicator.id, row.input.key) for row, cell in input_cells(layout)}
        for cell, value in changes.items():
            assert values[unit, period].get(cells[cell]) == value
