"""A workbook of rules that LibreOffice judges: facts on one sheet, formulas on another."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import openpyxl
import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from tests import office

Cell = Decimal | str | None
Expected = Decimal | str

LONGEST_FORMULA = 8192


def seeded(seed: int) -> random.Random:
    """Give the same figures in every run."""
    return random.Random(seed)


def shown(value: Decimal | None) -> Expected:
    return "" if value is None else value


@dataclass
class Bench:
    """A workbook of rows: inputs as plain cells, formulas with what Python computed."""

    book: xlsxwriter.Workbook
    facts: xlsxwriter.worksheet.Worksheet
    rules: xlsxwriter.worksheet.Worksheet
    expected: dict[str, Expected]
    row: int = 0

    def put(self, values: Sequence[Cell]) -> list[str]:
        """Write one row of facts and give the references of its cells."""
        refs = []
        for column, value in enumerate(values):
            if isinstance(value, Decimal):
                self.facts.write_number(self.row, column, float(value))
            elif value == "":
                self.facts.write_formula(self.row, column, '=""', None, "")
            elif value is not None:
                self.facts.write_string(self.row, column, value)
            refs.append(f"'Isian Data'!{xl_rowcol_to_cell(self.row, column)}")
        return refs

    def ask(self, column: int, formula: str, expected: Expected) -> str:
        """Write one formula with its value, and give the reference of its cell."""
        assert len(formula) < LONGEST_FORMULA
        value = float(expected) if isinstance(expected, Decimal) else expected
        assert self.rules.write_formula(self.row, column, f"={formula}", None, value) == 0
        cell = xl_rowcol_to_cell(self.row, column)
        self.expected[cell] = expected
        return cell


def judge(folder: Path, fill: Callable[[Bench], None]) -> None:
    """Write a workbook, let LibreOffice recalculate it, and compare every formula."""
    source = folder / "rules.xlsx"
    book = xlsxwriter.Workbook(str(source))
    bench = Bench(book, book.add_worksheet("Isian Data"), book.add_worksheet("Hasil"), {})
    fill(bench)
    book.close()
    judged = openpyxl.load_workbook(
        office.recalculate(source, folder / "judged.xlsx"), data_only=True
    )
    stated = openpyxl.load_workbook(source, data_only=False)["Hasil"]
    wrong = [
        (cell, expected, judged["Hasil"][cell].value, stated[cell].value)
        for cell, expected in bench.expected.items()
        if not is_same(judged["Hasil"][cell].value, expected)
    ]
    assert bench.expected
    assert wrong[:5] == []


def is_same(found: object, expected: Expected) -> bool:
    if isinstance(expected, str):
        return (found or "") == expected
    if isinstance(found, bool) or not isinstance(found, int | float):
        return False
    return abs(Decimal(found) - expected) <= max(abs(expected), Decimal(1)) * Decimal("1e-9")


def amount(rng: random.Random) -> Cell:
    """Give a number that people may type, at times nothing, an empty text or a word."""
    dice = rng.random()
    if dice < 0.12:
        return None
    if dice < 0.16:
        return ""
    if dice < 0.18:
        return "12,5"
    if dice < 0.28:
        return Decimal(0)
    if dice < 0.6:
        return Decimal(rng.randint(-20, 300))
    return Decimal(rng.randint(-10_000, 1_000_000)) / Decimal(rng.choice((10, 100, 1000)))


def known(cell: Cell) -> Decimal | None:
    return cell if isinstance(cell, Decimal) else None
