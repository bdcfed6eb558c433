"""Hold the register's sheets as rows of texts and numbers, and read cells with a sentence each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from workbook_tools.registry.errors import Defect
from workbook_tools.registry.sheets import STANDARD_COLUMNS, Columns, cell

Word = TypeVar("Word", bound=StrEnum)

Value = str | Decimal | None
"""What one cell holds; a blank cell is None."""

PLAIN_NUMBER = re.compile(r"[+-]?\d+(?:[.,](?:\d{1,2}|\d{4,}))?")
"""A number typed as text that can be read in one way only."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet that is not blank: its Excel row and its cells by column key."""

    number: int
    cells: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Tables:
    """The whole register as rows: sheet name -> rows, and where the columns stand."""

    rows: Mapping[str, tuple[Row, ...]]
    columns: Columns = field(default_factory=lambda: STANDARD_COLUMNS)

    def reader(self, sheet: str, row: Row, defects: list[Defect]) -> RowReader:
        """Give a reader of one row that notes what is wrong in `defects`."""
        return RowReader(sheet, row, self.columns, defects)


@dataclass(frozen=True, slots=True)
class RowReader:
    """Read the cells of one row; whatever cannot be read becomes a defect with its cell."""

    sheet: str
    row: Row
    columns: Columns
    defects: list[Defect]

    def refuse(self, key: str, sentence: str) -> None:
        """Note a defect in one cell of this row."""
        address = cell(self.sheet, key, self.row.number, columns=self.columns)
        self.defects.append(Defect(self.sheet, address, sentence))

    def text(self, key: str) -> str:
        """Give a text exactly as it stands, "" where the cell is blank."""
        value = self.row.cells.get(key)
        if value is None:
            return ""
        return value if isinstance(value, str) else format(value, "f")

    def lines(self, key: str) -> tuple[str, ...]:
        """Give the lines of a text exactly as they stand."""
        text = self.text(key)
        return tuple(text.split("\n")) if text else ()

    def word(self, key: str) -> str:
        """Give an id or a unit without stray blanks around it."""
        return self.text(key).replace("\N{NO-BREAK SPACE}", " ").strip()

    def needed(self, key: str, what: str) -> str:
        """Give a word that may not be blank."""
        word = self.word(key)
        if not word:
            self.refuse(key, f"Sel ini kosong. Isi {what}.")
        return word

    def number(self, key: str) -> Decimal | None:
        """Give a number, None where the cell is blank."""
        value = self.row.cells.get(key)
        if value is None or isinstance(value, Decimal):
            return value
        text = self.word(key)
        if not text:
            return None
        if PLAIN_NUMBER.fullmatch(text):
            return Decimal(text.replace(",", "."))
        self.refuse(key, f"'{text}' bukan angka yang jelas. Ketik sebagai angka, tanpa satuan.")
        return None

    def whole(self, key: str, what: str, *, low: int, high: int) -> int:
        """Give a whole number within inclusive limits, `low` where it cannot be read."""
        count = len(self.defects)
        value = self.number(key)
        if value is not None and value == value.to_integral_value() and low <= value <= high:
            return int(value)
        if len(self.defects) == count:
            found = "kosong" if value is None else f"berisi {value}"
            self.refuse(
                key,
                f"{what} {found}. Isi dengan bilangan bulat dari {low} sampai {high}.",
            )
        return low

    def choice(self, key: str, words: type[Word]) -> Word:
        """Give one of the words of a list, the first where the cell holds none of them."""
        found = self.one_of(key, tuple(words))
        return words(found)

    def one_of(self, key: str, words: tuple[str, ...]) -> str:
        """Give one of the words, in whatever case typed; the first where it is none."""
        typed = " ".join(self.word(key).split())
        match = {word.casefold(): word for word in words}.get(typed.casefold())
        if match is not None:
            return match
        head = key.replace("_", " ")
        listed = ", ".join(words)
        if not typed:
            self.refuse(key, f"{head.capitalize()} kosong. Pilih salah satu: {listed}.")
            return words[0]
        near = get_close_matches(typed.casefold(), words, n=1)
        hint = f" Mungkin maksudnya '{near[0]}'." if near else ""
        self.refuse(
            key,
            f"'{typed}' tidak dikenal sebagai {head}. Pilih salah satu: {listed}.{hint}",
        )
        return words[0]
