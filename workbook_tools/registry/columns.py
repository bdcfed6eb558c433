"""Say what a sheet and a column of the register workbook are, before any is declared."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

HEAD_ROW = 1
"""The Excel row of the header words in every sheet but the guide."""

FIRST_ROW = HEAD_ROW + 1
"""The first Excel row that holds data."""

GUIDE = "Petunjuk"
"""The sheet for people; the program never reads it."""

YES = "ya"
NO = "tidak"

JENIS = ("IKU", "IKI")
LEVELS = ("organisasi", "kepala_dinas", "sekretaris", "kasubbag", "kabid", "kasi", "upt")


class Content(StrEnum):
    """How a column's cells are read and written."""

    ID = "id"
    TEXT = "text"
    NUMBER = "number"
    DERIVED = "derived"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key, the header word people see, the note on it and its width.

    `choices` fill a drop-down list; `list_of` names the sheet whose ids fill it instead.
    """

    key: str
    head: str
    note: str
    width: float
    content: Content = Content.TEXT
    choices: tuple[str, ...] = ()
    list_of: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of the register and the text file of the package that feeds it."""

    name: str
    file: str
    about: str
    frozen_columns: int
    columns: tuple[Column, ...]

    def column(self, key: str) -> Column:
        """Give a column by its key."""
        return next(column for column in self.columns if column.key == key)

    @property
    def read_columns(self) -> tuple[Column, ...]:
        """Give the columns that are data, without those that Excel derives."""
        return tuple(c for c in self.columns if c.content is not Content.DERIVED)
