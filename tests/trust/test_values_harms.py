"""A return in which a value could be read in two ways is refused with its exact code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from tests.returns.desk import Form, answers
from tests.returns.paper import typed
from tests.trust.size import figure
from tests.trust.values import At
from tests.trust.values_judge import judged
from tests.trust.values_pieces import Piece, Shape, put_together, taken_apart
from workbook_tools.pipeline.session import Session

H8 = (8, 8)
CHOICE = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice Requires="x"><c r="R8"><v>1</v></c></mc:Choice>'
    '<mc:Fallback><c r="R8"><v>2</v></c></mc:Fallback></mc:AlternateContent>'
)


@dataclass(frozen=True, slots=True)
class Harm:
    """One thing that must not pass: how the file is spelled, and the error to be found."""

    code: str
    cell: str | None
    shape: Shape = field(default_factory=Shape)
    piece: Piece | None = None

    def file(self, form: Form) -> bytes:
        """Do it to a soundly filled form."""
        pieces = taken_apart(typed(form.data, answers(form.layout)))
        cells: dict[At, Piece] = {} if self.piece is None else {H8: self.piece}
        return put_together(pieces, cells, self.shape)


def cell(kind: str, inside: str, *, style: int | None = None) -> Callable[[str], Harm]:
    """Give a harm to the cell H8 itself."""
    return lambda code: Harm(code, "H8", piece=Piece(style, kind, inside))


HARMS = {
    "the same cell twice": Harm("B07", None, Shape(extra={8: '<c r="H8"><v>5</v></c>'})),
    "a cell of another row": Harm("B07", None, Shape(extra={8: '<c r="H9"><v>5</v></c>'})),
    "no such address": Harm("B07", None, Shape(extra={8: '<c r="XFE8"><v>5</v></c>'})),
    "a choice of cells": Harm("B07", None, Shape(extra={8: CHOICE})),
    "cells twice": Harm("B07", None, Shape(before="<sheetData/>")),
    "inputs merged": Harm("T12", "H8", Shape(merges="H8:H9")),
    "no such shared text": cell("s", "<v>99999</v>")("B07"),
    "no number": cell("", "<v>12,5</v>")("B07"),
    "not a number": cell("", "<v>NaN</v>")("B07"),
    "too large a number": cell("", "<v>1E309</v>")("B07"),
    "digits of another script": cell("", "<v>١٢</v>")("B07"),
    "no such style": cell("", "<v>5</v>", style=9999)("B07"),
    "no such type": cell("x", "<v>5</v>")("B07"),
    "no such boolean": cell("b", "<v>2</v>")("B07"),
    "two values": cell("inlineStr", "<v>5</v><is><t>6</t></is>")("B07"),
    "a text that the type disowns": cell("n", "<is><t>6</t></is>")("B07"),
    "a boolean": cell("b", "<v>1</v>")("S03"),
    "an error": cell("e", "<v>#REF!</v>")("S13"),
    "an error as the value of a formula": cell("e", "<f>1/0</f><v>#DIV/0!</v>")("S13"),
    "a day": cell("d", "<v>2020-04-03</v>")("S07"),
    "a formula without its value": cell("", "<f>A1</f>")("S12"),
}


@pytest.mark.parametrize("name", HARMS)
def test_what_could_be_read_in_two_ways_is_refused(
    forms: tuple[Form, ...], session: Session, name: str
) -> None:
    harm = HARMS[name]
    chosen = [form for form in forms if len(form.layout.rows) > 1][:3]
    for form in chosen:
        verdict = judged(session, form.unit, harm.file(form))
        assert not verdict.accepted
        assert verdict.errors == frozenset({(harm.code, harm.cell)})
    figure(f"refused for {name}", len(chosen))


def test_the_forms_that_are_harmed_are_accepted_unharmed(
    forms: tuple[Form, ...], session: Session
) -> None:
    for form in forms[:5]:
        assert judged(session, form.unit, Harm("", None).file(form)).accepted
