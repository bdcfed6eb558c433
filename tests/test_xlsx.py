"""What the writer cannot store it refuses aloud, with the place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from workbook_tools.xlsx import Book, Sheet, WriteRefused, area_name, cell_name, quoted


def test_the_same_content_gives_the_same_bytes() -> None:
    def once() -> bytes:
        book = Book(title="Sama")
        sheet = book.sheet("Satu")
        sheet.text((1, 1), "teks")
        sheet.number((2, 1), Decimal("1.5"))
        return book.close()

    assert once() == once()


@pytest.mark.parametrize(
    "text", ["=1+1", "http://contoh.example", "+1", "@SUM(A1)", "123", "{=A1}"]
)
def test_a_text_is_a_text_whatever_it_looks_like(text: str) -> None:
    book = Book()
    book.sheet("Satu").text((1, 1), text)

    cell = openpyxl.load_workbook(BytesIO(book.close()))["Satu"]["A1"]

    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_a_formula_carries_its_value() -> None:
    book = Book()
    book.sheet("Satu").formula((1, 1), "1+1", value=Decimal(2))
    content = book.close()

    assert openpyxl.load_workbook(BytesIO(content))["Satu"]["A1"].value == "=1+1"
    assert openpyxl.load_workbook(BytesIO(content), data_only=True)["Satu"]["A1"].value == 2


def _long_text(sheet: Sheet) -> None:
    sheet.text((2, 3), "x" * 32768)


def _far_cell(sheet: Sheet) -> None:
    sheet.number((2, 20000), 1)


def _infinite(sheet: Sheet) -> None:
    sheet.number((2, 3), Decimal("Infinity"))


def _not_a_number(sheet: Sheet) -> None:
    sheet.formula((2, 3), "1", value=float("nan"))


def _long_prompt(sheet: Sheet) -> None:
    sheet.validation((2, 3, 2, 3), {"validate": "any", "input_message": "x" * 256})


def _unknown_rule(sheet: Sheet) -> None:
    sheet.conditional((2, 3, 2, 3), {"type": "tidak ada"})


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize(
    "write", [_long_text, _far_cell, _infinite, _not_a_number, _long_prompt, _unknown_rule]
)
def test_what_xlsxwriter_would_only_skip_is_refused(write: Callable[[Sheet], None]) -> None:
    sheet = Book().sheet("Satu")

    with pytest.raises(WriteRefused) as refused:
        write(sheet)

    assert refused.value.sheet == "Satu"
    assert "Satu!" in str(refused.value)


def test_dates_are_real_dates_and_none_is_blank() -> None:
    book = Book(styles={"date": {"num_format": "d mmmm yyyy"}})
    sheet = book.sheet("Satu")
    sheet.date((1, 1), date(2020, 4, 5), style="date")
    sheet.number((2, 1), None)
    sheet.text((3, 1), "")

    read = openpyxl.load_workbook(BytesIO(book.close()))["Satu"]

    assert read["A1"].value.date() == date(2020, 4, 5)
    assert read["A1"].number_format == "d mmmm yyyy"
    assert (read["A2"].value, read["A3"].value) == (None, None)


def test_places_have_the_names_that_people_know() -> None:
    assert (cell_name((12, 8)), area_name((1, 1, 9, 3))) == ("H12", "A1:C9")
    assert quoted("kabid-pasar") == "'kabid-pasar'"
