"""The office judges: it recalculates what it must, and keeps what a person would keep."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from tests import office

pytestmark = pytest.mark.office


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    """Give a workbook whose formula 1+1 was stored with the wrong value 99."""
    path = tmp_path / "planted.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Isian")
    sheet.write_formula("A1", "=1+1", value=99)
    sheet.write_formula("A2", "=B2*2", value=0)
    sheet.write_number("B2", 0)
    sheet.write_number("B3", 7)
    book.close()
    return path


def _value(path: Path, address: str) -> object:
    return openpyxl.load_workbook(path, data_only=True)["Isian"][address].value


def test_the_judge_corrects_a_planted_wrong_value(planted: Path, tmp_path: Path) -> None:
    assert _value(planted, "A1") == 99
    assert _value(office.recalculate(planted, tmp_path / "judged.xlsx"), "A1") == 2


def test_a_person_gets_no_recalculation_but_of_what_she_changed(
    planted: Path, tmp_path: Path
) -> None:
    edited = office.edit(planted, tmp_path / "edited.xlsx", {("Isian", "B2"): 21.0})
    assert (_value(edited, "A1"), _value(edited, "A2")) == (99, 42)


def test_texts_numbers_formulas_and_blanks_arrive_as_they_were_meant(
    planted: Path, tmp_path: Path
) -> None:
    edited = office.edit(
        planted,
        tmp_path / "edited.xlsx",
        {("Isian", "B2"): "82,25", ("Isian", "B3"): None, ("Isian", "B4"): 82.25},
        formulas={("Isian", "B5"): "=SUM(1;2)"},
    )
    assert [_value(edited, cell) for cell in ("B2", "B3", "B4", "B5")] == ["82,25", None, 82.25, 3]


def test_many_edits_share_one_office_and_other_formats_come_out(
    planted: Path, tmp_path: Path
) -> None:
    ods, xls = office.edit_many(
        [
            office.Edit(planted, tmp_path / "a.ods", filter_name=office.ODS),
            office.Edit(planted, tmp_path / "a.xls", filter_name=office.XLS),
        ]
    )
    assert ods.read_bytes()[:2] == b"PK"
    assert xls.read_bytes()[:4] == bytes.fromhex("D0CF11E0")


def test_a_locked_cell_is_refused_as_it_is_to_a_person(tmp_path: Path) -> None:
    path = tmp_path / "locked.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("Isian").protect()
    book.close()
    with pytest.raises(office.OfficeError, match="Isian!A1 is locked"):
        office.edit(path, tmp_path / "out.xlsx", {("Isian", "A1"): 1.0})


def test_a_workbook_becomes_pictures_of_its_pages(planted: Path, tmp_path: Path) -> None:
    pages = office.to_png(office.to_pdf(planted, tmp_path), tmp_path / "pages")
    assert [page.read_bytes()[1:4] for page in pages] == [b"PNG"]
