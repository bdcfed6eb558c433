"""What is written directly stands in the file as the library itself would write it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from random import Random

import pytest
import xlsxwriter
from xlsxwriter.exceptions import OverlappingRange
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from workbook_tools.xlsx_cells import PlainWorksheet, column_name

_TEXTS = ("teks", " tepi ", "a & b <c> \"d\" 'e'", "dua\nbaris", "\x01", "ü", "123", "x" * 20_000)
_NUMBERS = (0, 1, -1, 0.1, 1 / 3, 1e300, 12345678901234567890, 2.5e-7)
_MOMENT = datetime(2020, 1, 5, 8, 30, tzinfo=UTC).replace(tzinfo=None)
_RESULTS = ("", "OK", "a & b", "#N/A", "#bukan galat", 0, 7, 0.1, 1e22)


class _Cell:
    """Where a cell lies, what kind it is, and which of the kind's values it has."""

    def __init__(self, random: Random) -> None:
        self.at = random.randrange(50), random.randrange(40)
        self.kind = random.choice(("text", "number", "formula", "blank"))
        self.choice = random.randrange(1000)
        self.look = random.randrange(4)


def _directly(sheet: Worksheet, cell: _Cell, look: Format | None) -> int:
    assert isinstance(sheet, PlainWorksheet)
    if cell.kind == "text":
        return sheet.put_text(*cell.at, _TEXTS[cell.choice % len(_TEXTS)], look)
    if cell.kind == "number":
        return sheet.put_number(*cell.at, _NUMBERS[cell.choice % len(_NUMBERS)], look)
    if cell.kind == "formula":
        value = _RESULTS[cell.choice % len(_RESULTS)]
        return sheet.put_formula(*cell.at, 'IF(A1<B1,"<&>",2)', look, value)
    return sheet.put_blank(*cell.at, look)


def _through_the_library(sheet: Worksheet, cell: _Cell, look: Format | None) -> int:
    if cell.kind == "text":
        return int(sheet.write_string(*cell.at, _TEXTS[cell.choice % len(_TEXTS)], look))
    if cell.kind == "number":
        return int(sheet.write_number(*cell.at, _NUMBERS[cell.choice % len(_NUMBERS)], look))
    if cell.kind == "formula":
        value = _RESULTS[cell.choice % len(_RESULTS)]
        return int(sheet.write_formula(*cell.at, '=IF(A1<B1,"<&>",2)', look, value))
    return int(sheet.write_blank(*cell.at, None, look))


def _merge(sheet: Worksheet, area: tuple[int, int, int, int], look: Format | None) -> int:
    if isinstance(sheet, PlainWorksheet):
        return sheet.put_merge(area, look)
    return sheet.merge_range(*area, "", look)


def _book(
    seed: int,
    *,
    sheet_class: type[Worksheet],
    put: Callable[[Worksheet, _Cell, Format | None], int],
) -> dict[str, bytes]:
    """Give the parts of a workbook with cells, heights, merges and comments in any order."""
    random, target = Random(seed), BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    looks = [None, *(book.add_format({"bold": True, "indent": step}) for step in range(3))]
    sheet = book.add_worksheet("Satu", worksheet_class=sheet_class)
    sheet.set_column(3, 5, 20, book.add_format({"italic": True}))
    sheet.set_row(7, 40, book.add_format({"font_size": 8}))
    sheet.set_row(45, 10)
    for cell in (_Cell(random) for _ in range(random.randrange(400))):
        assert put(sheet, cell, looks[cell.look]) == 0
    sheet.merge_range(60, 2, 63, 4, "gabungan", looks[1])
    for area in ((66, 0, 68, 3), (70, 30, 70, 44)):
        assert _merge(sheet, area, looks[random.randrange(4)]) == 0
    sheet.write_datetime(64, 45, _MOMENT, looks[2])
    sheet.write_boolean(64, 2, boolean=True)
    sheet.write_array_formula(65, 1, 65, 2, "A1:B1", None, 5)
    sheet.write_comment(90, 1, "catatan")
    book.close()
    with zipfile.ZipFile(target) as parts:
        return {
            name: parts.read(name) for name in parts.namelist() if not name.startswith("docProps")
        }


@pytest.mark.parametrize("seed", range(12))
def test_cells_stand_in_the_file_as_the_library_itself_writes_them(seed: int) -> None:
    made = _book(seed, sheet_class=PlainWorksheet, put=_directly)

    assert made == _book(seed, sheet_class=Worksheet, put=_through_the_library)


@pytest.mark.parametrize("at", [(-1, 0), (0, -1), (1_048_576, 0), (0, 16_384)])
def test_a_cell_outside_of_a_sheet_is_not_stored(at: tuple[int, int]) -> None:
    book = xlsxwriter.Workbook(BytesIO())
    look = book.add_format()
    sheet = book.add_worksheet("Satu", worksheet_class=PlainWorksheet)
    assert isinstance(sheet, PlainWorksheet)

    answers = {
        sheet.put_text(*at, "teks", look),
        sheet.put_number(*at, 1, look),
        sheet.put_formula(*at, "1", look, 1),
        sheet.put_blank(*at, look),
        sheet.put_merge((*at, at[0] + 1, at[1] + 1), look),
    }

    assert answers == {-1}
    assert not sheet.table


def test_cells_that_are_merged_are_not_merged_again() -> None:
    book = xlsxwriter.Workbook(BytesIO())
    sheet = book.add_worksheet("Satu", worksheet_class=PlainWorksheet)
    assert isinstance(sheet, PlainWorksheet)
    sheet.put_merge((0, 0, 2, 2), book.add_format())

    with pytest.raises(OverlappingRange):
        sheet.put_merge((2, 2, 3, 3), book.add_format())


def test_columns_have_the_letters_of_excel() -> None:
    assert [column_name(column) for column in (0, 7, 25, 26, 16_383)] == [
        "A",
        "H",
        "Z",
        "AA",
        "XFD",
    ]
