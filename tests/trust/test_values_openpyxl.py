"""A form that openpyxl loaded, filled and saved holds what openpyxl and calamine read in it."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import HealthCheck, Phase, assume, given, seed, settings
from hypothesis import strategies as st
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook import Workbook

from tests.returns.desk import Form
from tests.returns.paper import remade
from tests.trust.size import SEED, sized
from tests.trust.values import At, by_calamine, by_openpyxl
from tests.trust.values_drawing import fillings
from tests.trust.values_filling import Filling, Planted
from tests.trust.values_judge import Tally, cells_of, judged
from workbook_tools.form.layout import ISIAN
from workbook_tools.pipeline.session import Session
from workbook_tools.reader.raw import CellType

pytestmark = pytest.mark.slow


def save(form: Form, filling: Filling, *, epoch_1904: bool) -> bytes:
    """Type a filling into a form through openpyxl and save it."""

    def change(book: Workbook) -> None:
        if epoch_1904:
            book.epoch = CALENDAR_MAC_1904
        for (row, column), planted in filling.cells.items():
            cell = book[ISIAN].cell(row, column)
            assert isinstance(cell, Cell)
            put(cell, planted)

    return remade(form.data, change)


def put(cell: Cell, planted: Planted) -> None:
    """Put one value into one cell; a text that begins like a formula stays a text."""
    seen = planted.seen
    if seen is None or not seen.text:
        cell.value = "=A1+A2" if planted.spelling and planted.spelling.formula else None
    elif seen.type is CellType.NUMBER:
        cell.value = float(seen.text)
    elif seen.type is CellType.BOOLEAN:
        cell.value = seen.text == "TRUE"
    elif seen.type is CellType.DATE:
        cell.value = dt.datetime.fromisoformat(seen.text)
        cell.number_format = "d mmmm yyyy"
    else:
        cell.value = seen.text
        cell.data_type = "e" if seen.type is CellType.ERROR else "s"


def writable(filling: Filling) -> bool:
    """Tell whether openpyxl can write a filling as it is.

    It refuses control characters, writes U+FFFE and U+FFFF so that the part is no XML, a text
    such as _x0041_ without its escape (so that every program but openpyxl reads an A), a
    return that XML makes a line feed, and numbers with 16 digits where some need 17.
    """
    held = [p.seen for p in filling.cells.values() if p.seen is not None]
    texts = [seen.text for seen in held]
    numbers = [float(seen.text) for seen in held if seen.type is CellType.NUMBER and seen.text]
    return all(float(f"{number:.16g}") == number for number in numbers) and not any(
        ILLEGAL_CHARACTERS_RE.search(text) or re.search("_x|[\r\ufffe\uffff]", text)
        for text in texts
    )


@pytest.mark.timeout(36_000)
def test_a_form_saved_by_openpyxl_holds_what_two_engines_read(
    forms: tuple[Form, ...], session: Session
) -> None:
    tally = Tally()

    @seed(SEED)
    @settings(
        max_examples=sized(25, 10_000),
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,),
    )
    @given(st.data())
    def check(data: st.DataObject) -> None:
        form, epoch_1904 = data.draw(st.sampled_from(forms)), data.draw(st.booleans())
        filling = data.draw(fillings(form.layout, epoch_1904=epoch_1904))
        assume(writable(filling))
        file = save(form, filling, epoch_1904=epoch_1904)
        # Errors are blanks to calamine; blanks alone are saved without xml:space, so it cuts them.
        unseen = frozenset[At](
            at
            for at, seen in filling.planted().items()
            if seen.type is CellType.ERROR or not seen.text.strip()
        )
        ours = cells_of(file)
        tally.compare(ours, {"openpyxl": (by_openpyxl(file), frozenset())})
        tally.compare(ours, {"calamine": (by_calamine(file), unseen)})
        open_cells = {at: seen for at, seen in ours.items() if at in filling.cells}
        tally.compare(open_cells, {"what was typed": (filling.planted(), frozenset())})
        tally.weigh(
            judged(session, form.unit, file),
            filling,
            {"openpyxl": by_openpyxl(file), "what was typed": filling.planted()},
        )
        found = tally.taken()
        assert found == [], found

    check()
    tally.report("saved by openpyxl")
    assert tally.counts["accepted"] > sized(10, 4_000)
