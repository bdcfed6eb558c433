"""A form that LibreOffice stored as xlsx, ods or xls holds the same values, and is accepted."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, assume, given, seed, settings
from hypothesis import strategies as st

from tests import office
from tests.returns.desk import Form
from tests.trust.size import SEED, sized
from tests.trust.values import At, Cells, by_calamine, by_openpyxl, number
from tests.trust.values_drawing import fillings
from tests.trust.values_filling import Filling, Planted
from tests.trust.values_judge import Tally, cells_of, judged
from workbook_tools.address import a1
from workbook_tools.form.layout import COLUMNS, ISIAN, LOCKED_ROLES
from workbook_tools.pipeline.session import Session
from workbook_tools.reader.raw import CellType

pytestmark = [pytest.mark.office, pytest.mark.slow]

FORMATS = {"xlsx": office.XLSX, "ods": office.ODS, "xls": office.XLS}
_NOT_TYPED = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff\x85\u2028\u2029]")


def keystrokes(filling: Filling) -> dict[tuple[str, str], str | float | None]:
    """Give what a person types for a filling; what nobody can type is not drawn."""
    typed: dict[tuple[str, str], str | float | None] = {}
    for at, planted in filling.cells.items():
        seen = planted.seen
        assume(seen is None or seen.type in (CellType.NUMBER, CellType.TEXT))
        assume(seen is None or not _NOT_TYPED.search(seen.text))
        if seen is None or not seen.text:
            typed[ISIAN, a1(*at)] = None
        else:
            typed[ISIAN, a1(*at)] = float(seen.text) if seen.type is CellType.NUMBER else seen.text
    return typed


def shown(filling: Filling) -> Filling:
    """Give a filling as it can be typed: a formula that shows nothing is a cell left blank.

    Numbers are rounded to the 15 digits that sheets show: an ods from LibreOffice holds no more.
    """
    return replace(filling, cells={at: _typed(p) for at, p in filling.cells.items()})


def _typed(planted: Planted) -> Planted:
    if planted.seen is None or not planted.seen.text:
        return Planted(None, None)
    if planted.seen.type is not CellType.NUMBER:
        return planted
    rounded = float(f"{float(planted.seen.text):.15g}")
    largest = math.copysign(1e308, rounded)  # what is rounded up beyond it is no number any more
    return replace(planted, seen=number(largest if math.isinf(rounded) else rounded))


def own(cells: Cells, form: Form) -> Cells:
    """Give the cells that a form is read by, besides previews: the locked and the open ones."""
    rows = {row.row for row in form.layout.rows}
    locked = {COLUMNS[role].index for role in LOCKED_ROLES}
    return {at: seen for at, seen in cells.items() if at[0] in rows and at[1] in locked}


@pytest.mark.timeout(36_000)
def test_a_form_stored_in_three_formats_holds_the_same_values(
    forms: tuple[Form, ...], session: Session, tmp_path: Path
) -> None:
    tally = Tally()

    @seed(SEED)
    @settings(
        max_examples=sized(6, 500),
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,),
    )
    @given(st.data())
    def check(data: st.DataObject) -> None:
        form = data.draw(st.sampled_from(forms))
        filling = shown(data.draw(fillings(form.layout, epoch_1904=False)))
        typed = keystrokes(filling)
        source = tmp_path / "formulir.xlsx"
        source.write_bytes(form.data)
        planted = filling.planted()
        for ending, filter_name in FORMATS.items():
            target = tmp_path / f"terisi.{ending}"
            stored = office.edit(source, target, typed, filter_name=filter_name).read_bytes()
            ours = cells_of(stored)
            opened = {at: ours[at] for at in filling.cells if at in ours}
            tally.compare(opened, {f"what was typed, {ending}": (planted, frozenset())})
            as_issued = own(cells_of(form.data), form)
            tally.compare(own(ours, form), {f"the form, {ending}": (as_issued, frozenset())})
            tally.compare(ours, engines(stored, ending, ours))
            verdict = judged(session, form.unit, stored, name=target.name)
            tally.weigh(verdict, filling, {f"what was typed, {ending}": planted})
        found = tally.taken()
        assert found == [], found

    check()
    tally.report("stored by LibreOffice")
    assert tally.counts["accepted"] >= sized(6, 500)


def engines(stored: bytes, ending: str, ours: Cells) -> Mapping[str, tuple[Cells, frozenset[At]]]:
    """Read with engines that are not the one that our reader asks for that format."""
    if ending == "xls":
        return {}
    # Of an ods calamine drops <text:tab/>: "a", tab, "b" becomes "ab".
    tabs = frozenset(at for at, cell in ours.items() if ending == "ods" and "\t" in cell.text)
    seen = {f"calamine, {ending}": (by_calamine(stored), tabs)}
    if ending == "xlsx":
        seen["openpyxl, xlsx"] = (by_openpyxl(stored), frozenset())
    return seen
