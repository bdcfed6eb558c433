"""What the writer cannot store it refuses aloud, with the place."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from python_calamine import load_workbook

from tests.office import ODS, edit
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


def test_a_formula_stands_in_the_file_as_the_library_itself_writes_it() -> None:
    expression = '=IFERROR(ROUND(SUM($A$1:A2)/COUNT(A1:A2),2),"n/a")'
    target = BytesIO()
    plain = xlsxwriter.Workbook(target)
    plain.add_worksheet("Satu").write_formula(0, 0, expression, None, 3)
    plain.close()
    book = Book()
    book.sheet("Satu").formula((1, 1), expression, value=3)

    assert sheet_xml(book.close()) == sheet_xml(target.getvalue())


def sheet_xml(content: bytes) -> bytes:
    """Give the part of the first sheet."""
    return zipfile.ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml")


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


EXACT = (
    "_x005F_x003D_1+1",
    "_x0041_x0042_x0043_",
    "_x0041_",
    "_x005F_",
    "a & b <c> _x0041_x0041_",
    "<r><t>tebal</t></r>",
    "<r>",
    " _x0041_x0041_ ",
)


def _exact_book(tmp_path: Path) -> Path:
    book = Book()
    sheet = book.sheet("Satu")
    for row, text in enumerate(EXACT, start=1):
        sheet.text((row, 1), text)
    path = tmp_path / "teks.xlsx"
    path.write_bytes(book.close())
    return path


def test_a_text_that_looks_like_an_escape_or_markup_is_stored_exactly(tmp_path: Path) -> None:
    (sheet,) = (load_workbook(str(_exact_book(tmp_path))).get_sheet_by_name("Satu"),)

    assert tuple(row[0] for row in sheet.to_python(skip_empty_area=False)) == EXACT


def test_openpyxl_reads_such_texts_but_for_its_own_way_with_one_escape(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(_exact_book(tmp_path))["Satu"]

    read = [sheet.cell(row, 1).value for row in range(1, len(EXACT) + 1)]
    assert read == [text.replace("x005F_", "") for text in EXACT]  # it drops each "x005F_"


@pytest.mark.office
def test_libreoffice_keeps_such_texts_through_a_save(tmp_path: Path) -> None:
    # As ods: what LibreOffice writes as xlsx loses an escape of its own accord.
    saved = edit(_exact_book(tmp_path), tmp_path / "simpan.ods", {}, filter_name=ODS)

    sheet = load_workbook(str(saved)).get_sheet_by_name("Satu")
    assert tuple(row[0] for row in sheet.to_python(skip_empty_area=False)) == EXACT


def test_places_have_the_names_that_people_know() -> None:
    assert (cell_name((12, 8)), area_name((1, 1, 9, 3))) == ("H12", "A1:C9")
    assert quoted("kabid-pasar") == "'kabid-pasar'"
