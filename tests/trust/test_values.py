"""What is taken from a return is what a second engine reads, however the file spells it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from python_calamine import CalamineError

from tests.returns.desk import Form
from tests.trust.size import SEED, sized
from tests.trust.values import Cells, by_calamine, by_openpyxl
from tests.trust.values_drawing import fillings, shapes
from tests.trust.values_filling import Filling
from tests.trust.values_judge import Tally, cells_of, judged
from tests.trust.values_pieces import Shape, put_together, taken_apart
from tests.trust.values_spelling import CALAMINE, OPENPYXL
from workbook_tools.pipeline.session import Session

pytestmark = pytest.mark.slow


def engines(data: bytes, shape: Shape, filling: Filling) -> dict[str, Cells]:
    """Read with the engines that are right about a file of that shape.

    Of a strict workbook openpyxl sees no sheet at all, and of a part in UTF-16 calamine sees
    nothing or says that it is no workbook. A number that begins with a reference or a
    comment makes calamine give up the sheet ("invalid float literal").
    """
    seen: dict[str, Cells] = {}
    if not shape.strict:
        seen[OPENPYXL] = by_openpyxl(data)
    if shape.encoding != "utf-16":
        try:
            seen[CALAMINE] = by_calamine(data)
        except CalamineError:
            assert filling.wrong_for(CALAMINE)
    return seen


def whole(cells: Cells, filling: Filling) -> Cells:
    """Give what a whole form holds: `cells` of the issued one with what is planted over them."""
    rest = {at: seen for at, seen in cells.items() if at not in filling.cells}
    return {**rest, **filling.planted()}


def mended(seen: Cells, filling: Filling, engine: str) -> Cells:
    """Put the planted value where the engine is known to read that spelling wrong."""
    wrong = filling.wrong_for(engine)
    planted = {at: s for at, s in filling.planted().items() if at in wrong}
    return {**{at: s for at, s in seen.items() if at not in wrong}, **planted}


def test_the_engines_agree_on_every_form_as_issued(forms: tuple[Form, ...]) -> None:
    tally = Tally()
    for form in forms:
        others = {
            OPENPYXL: (by_openpyxl(form.data), frozenset[tuple[int, int]]()),
            CALAMINE: (by_calamine(form.data), frozenset[tuple[int, int]]()),
        }
        tally.compare(cells_of(form.data), others)
    tally.report("forms as issued")
    assert tally.unexplained == []


@pytest.mark.timeout(36_000)
def test_whatever_is_taken_equals_what_a_second_engine_reads(
    forms: tuple[Form, ...], session: Session
) -> None:
    tally = Tally()
    issued = {form.data: cells_of(form.data) for form in forms}

    @seed(SEED)
    @settings(
        max_examples=sized(120, 30_000),
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,),
    )
    @given(st.data())
    def check(data: st.DataObject) -> None:
        form, shape = data.draw(st.sampled_from(forms)), data.draw(shapes())
        filling = data.draw(fillings(form.layout, epoch_1904=shape.epoch_1904))
        pieces = taken_apart(form.data)
        file = put_together(pieces, filling.pieces(pieces), shape)
        seen = engines(file, shape, filling)
        expected = whole(issued[form.data], filling)
        others = {name: (cells, filling.wrong_for(name)) for name, cells in seen.items()}
        tally.compare(cells_of(file), {**others, "what was planted": (expected, frozenset())})
        judges = {name: mended(cells, filling, name) for name, cells in seen.items()}
        tally.weigh(
            judged(session, form.unit, file), filling, {**judges, "what was planted": expected}
        )
        found = tally.taken()
        assert found == [], (shape, found)

    check()
    tally.report("raw edits")
    assert tally.counts["accepted"] > sized(60, 15_000)
