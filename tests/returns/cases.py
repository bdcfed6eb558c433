"""Say what a wrong or doubtful return is: how it is made, its problems, and what mends it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.returns.desk import IN_TIME, Desk, Form
from tests.returns.paper import Value, remade, with_cells

TRAINING = "kasi-pemberdayaan-koperasi"  # H8: orang, per triwulan, 36; H9: unit, position, 86
RATIOS = "kabid-koperasi-ukm"  # H8/H9, H10/H11, H12/H13, H17/H18: ratios; H14/H15: growth; H16
MONTHS = "kasubbag-tu-upt-blud"  # H8: bulan, at most 12
SALARY = "iku-dinas"  # H8: koperasi; H9/H10: growth; H11, H12: miliar rupiah
PRICES = "kabid-perdagangan"  # H8:H11 prices

Content = str | int | float | date | time | None
Found = tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One return: how it is made from a form, its exact problems, and its cure.

    `cure` is None where the return is accepted; else what is typed into the correction
    workbook so that it is accepted, by cell. `before` are returns sent earlier: triwulan
    and what is typed over the sound answers. `says` stands in the sentence of the first
    problem.
    """

    name: str
    make: Callable[[Form], bytes]
    found: Found
    unit: str = TRAINING
    period: int = 1
    cure: Mapping[str, Value] | None = None
    says: str = ""
    before: tuple[tuple[int, Mapping[str, Value]], ...] = ()
    values: Mapping[tuple[str, str], Decimal | None] = field(default_factory=dict)

    def send(self, desk: Desk) -> tuple[Form, bytes]:
        """Send what came before; give the form of this return and its bytes."""
        for period, changes in self.before:
            form = desk.form(self.unit, period)
            outcome = desk.send(self.unit, form.filled(changes), day=IN_TIME[period])
            assert outcome.status == "accepted", outcome.problems
        form = desk.form(self.unit, self.period)
        return form, self.make(form)


def types(changes: Mapping[str, Value]) -> Callable[[Form], bytes]:
    """Type over the sound answers."""
    return lambda form: form.filled(changes)


def holds(cells: Mapping[str, str]) -> Callable[[Form], bytes]:
    """Put raw XML into cells over the sound answers."""
    return lambda form: with_cells(form.filled(), cells)


def works(
    change: Callable[[Worksheet], object], changes: Mapping[str, Value] | None = None
) -> Callable[[Form], bytes]:
    """Change the sheet Isian of a filled form in a program."""
    return lambda form: remade(form.filled(changes), lambda book: change(book["Isian"]))


def rebinds(change: Callable[[Workbook], object]) -> Callable[[Form], bytes]:
    """Change the workbook of a filled form in a program."""
    return lambda form: remade(form.filled(), change)


def puts(values: Mapping[str, Content]) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        for at, value in values.items():
            sheet[at] = value

    return change


TEXTS: Mapping[str, Value] = {"L8": "Peserta sedikit", "N8": "Menambah sosialisasi"}
