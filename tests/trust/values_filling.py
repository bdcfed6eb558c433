"""Turn a form as it was filled into what must be recorded of it, or the errors to be found."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from tests.returns.desk import PEOPLE
from tests.trust.values import At, Seen
from tests.trust.values_pieces import Piece, Pieces, date_style
from tests.trust.values_spelling import Spelling
from workbook_tools.address import a1
from workbook_tools.form.layout import COLUMNS, FormLayout, FormRow, Role, text_cells
from workbook_tools.indicators.numbers import read_number
from workbook_tools.reader.cell_reader import address
from workbook_tools.reader.raw import CellType
from workbook_tools.registry.model import Kind

MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September"),
    *("Oktober", "November", "Desember"),
)
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Planted:
    """One cell of a filling: what it holds (None for a blank), and how it is spelled."""

    seen: Seen | None
    spelling: Spelling | None
    is_day: bool = False


@dataclass(frozen=True, slots=True)
class Filling:
    """All open cells of one form as filled, with what must come of it."""

    layout: FormLayout
    cells: Mapping[At, Planted]

    def pieces(self, form: Pieces) -> dict[At, Piece]:
        """Give the cells as the file spells them, in the styles of the form."""
        written: dict[At, Piece] = {}
        for at, planted in self.cells.items():
            style = date_style(form) if planted.is_day else form.cells[at].style
            blank = Piece(style, "", "")
            written[at] = blank if planted.spelling is None else planted.spelling.piece(style)
        return written

    def wrong_for(self, engine: str) -> frozenset[At]:
        """Give the cells whose spelling an engine is known to read wrong."""
        return frozenset(
            at for at, p in self.cells.items() if p.spelling and engine not in p.spelling.right
        )

    def errors(self) -> set[tuple[str, str]]:
        """Say which errors, by code and cell, the judge must find; none where it must accept."""
        return {(code, a1(*at)) for at, planted in self.cells.items() for code in self._codes(at)}

    def values(self, cells: Mapping[At, Seen]) -> dict[tuple[str, str], Decimal | None]:
        """Say what must be recorded as values if the cells hold what an engine sees."""
        recorded: dict[tuple[str, str], Decimal | None] = {}
        for row in self.layout.rows:
            seen = cells.get((row.row, COLUMNS[Role.INPUT].index))
            if seen is None or not seen.text.strip():
                continue
            value = _value(seen, row)
            recorded[row.indicator.id, row.input.key] = value
        return recorded

    def texts(self, cells: Mapping[At, Seen]) -> dict[tuple[str, str], str]:
        """Say what must be recorded as texts if the cells hold what an engine sees."""
        places = {(i.id, f): address(cell) for i, f, cell in text_cells(self.layout)}
        places |= {("", name): self.layout.people_cell(name) for name in PEOPLE}
        return {
            key: shown
            for key, at in places.items()
            if at is not None and (shown := _shown(cells.get(at)))
        }

    def planted(self) -> dict[At, Seen]:
        """Give what the open cells hold."""
        return {at: p.seen for at, p in self.cells.items() if p.seen is not None and p.seen.text}

    def _codes(self, at: At) -> Iterator[str]:
        planted = self.cells[at]
        row = next((r for r in self.layout.rows if r.row == at[0]), None)
        is_input = row is not None and at[1] == COLUMNS[Role.INPUT].index
        is_formula = planted.spelling is not None and planted.spelling.formula
        if planted.seen is not None and planted.seen.type is CellType.ERROR and row is not None:
            yield "S13"
        elif is_formula and not (planted.seen and planted.seen.text) and row is not None:
            yield "S12"
        elif is_input and row is not None:
            yield from self._input_codes(planted.seen, row)
        elif (
            row is not None and planted.seen is not None and _UNPRINTABLE.search(planted.seen.text)
        ):
            yield "S16"

    def _input_codes(self, seen: Seen | None, row: FormRow) -> Iterator[str]:
        if seen is None or not seen.text.strip():
            mine = [r for r in self.layout.rows if r.indicator.id == row.indicator.id]
            column = COLUMNS[Role.INPUT].index
            held = [self.cells[r.row, column].seen for r in mine]
            if row.indicator.required or any(s is not None and s.text.strip() for s in held):
                yield "S01"
        elif seen.type is CellType.BOOLEAN:
            yield "S03"
        elif seen.type is CellType.DATE:
            yield "S07"
        elif seen.type is CellType.NUMBER:
            yield from _number_codes(seen, row)
        else:
            found = read_number(seen.text, kind=row.input.kind, unit=row.input.unit)
            yield from (c for c in found.problems if c in ("S03", "S04", "S14", "S18", "S20"))
            if found.value is not None:
                yield from _limits(found.value, row)


def _value(seen: Seen, row: FormRow) -> Decimal | None:
    if seen.type is CellType.NUMBER:
        if row.input.kind is Kind.COUNT:
            return Decimal(f"{float(seen.text):.15g}")  # the 15 digits that a sheet shows
        return Decimal(repr(float(seen.text)))
    return read_number(seen.text, kind=row.input.kind, unit=row.input.unit).value


def _number_codes(seen: Seen, row: FormRow) -> Iterator[str]:
    near = float(seen.text)
    if abs(near) >= 10**15:
        yield "S03"
        return
    if row.input.kind is Kind.COUNT and not float(f"{near:.15g}").is_integer():
        yield "S14"
        return
    yield from _limits(Decimal(repr(near)), row)


def _limits(value: Decimal, row: FormRow) -> Iterator[str]:
    low, high = row.input.minimum, row.input.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        yield "S15"


def _shown(seen: Seen | None) -> str:
    if seen is None or seen.type is CellType.ERROR:
        return ""
    if seen.type is CellType.DATE:
        day = dt.date.fromisoformat(seen.text)
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return seen.text.strip()
