"""No text of the master is cut off and no figure is shown as ####, whatever was sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from tests.master import samples
from tests.master.test_odd_registers import only
from tests.master.test_odd_years import trail_of
from workbook_tools import fit
from workbook_tools.form.submission import Submission
from workbook_tools.indicators.numbers import format_number
from workbook_tools.master.consolidate import consolidate
from workbook_tools.master.write import write_master
from workbook_tools.problems.problem import Severity
from workbook_tools.registry.finding import Finding
from workbook_tools.registry.model import Registry
from workbook_tools.registry.source import load_source
from workbook_tools.xlsx import Book

YEAR = 2020
BROKEN = "baris\n" * 330 + "akhir"
LONG = ("Anggaran baru cair pada akhir triwulan & peserta belum hadir. " * 40)[:2000]
FIELDS = ("penghambat", "pendorong", "tindak_lanjut", "bukti", "keterangan")
FINDING = Finding("TEXT", Severity.WARNING, "Target", "D45", "kabid-pasar/01", 2020, LONG)
_DECIMALS = {"#,##0": 0, "#,##0.00": 2}
_ROW = 15.0
_LEAST = 0.9  # of a line that may be missing before a letter is cut


def book_of(registry: Registry, returns: list[Submission], *, changes: str = "") -> bytes:
    return write_master(
        consolidate(registry, returns, YEAR),
        registry,
        deliveries=samples.deliveries(registry, returns, YEAR),
        findings=(FINDING,),
        trail=trail_of(returns, changes=changes),
        version="1.0.0",
        notice="Angka karangan.",
    )


def with_texts(returns: list[Submission], text: str) -> list[Submission]:
    return [
        replace(form, texts={(name, field): text for name, _ in form.values for field in FIELDS})
        for form in returns
    ]


def with_words(registry: Registry, text: str) -> Registry:
    return replace(
        registry,
        positions=tuple(
            replace(p, fungsi_lines=(*p.fungsi_lines, text), note=text) for p in registry.positions
        ),
        indicators=tuple(
            replace(
                i,
                sasaran=text,
                indikator=text,
                penjelasan=text,
                sumber_data=text,
                inputs=tuple(replace(spec, label=text) for spec in i.inputs),
            )
            for i in registry.indicators
        ),
    )


def widths_of(sheet: Worksheet) -> Mapping[int, float]:
    return {
        column: d.width
        for d in sheet.column_dimensions.values()
        for column in range(d.min or 1, (d.max or 1) + 1)
    }


def cut_off(content: bytes) -> Iterator[tuple[str, str, float, float]]:
    """Give every wrapped text that needs more than its rows give it."""
    for sheet in openpyxl.load_workbook(BytesIO(content), data_only=True):
        widths = widths_of(sheet)
        areas = {str(area).split(":", maxsplit=1)[0]: area for area in sheet.merged_cells.ranges}
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.alignment.wrap_text:
                    area = areas.get(cell.coordinate)
                    needed, given = _needed(cell, widths, area), _given(sheet, cell, area)
                    if needed > given:
                        yield sheet.title, cell.coordinate, needed, given


def _columns(cell: Cell, area: CellRange | None) -> range:
    if area is None:
        return range(cell.column, cell.column + 1)
    return range(area.min_col, area.max_col + 1)


def _needed(cell: Cell, widths: Mapping[int, float], area: CellRange | None) -> float:
    width = sum(widths.get(column, 8.43) for column in _columns(cell, area))
    width -= 1.4 * (cell.alignment.indent or 0)
    size = cell.font.size or 10
    return float((fit.lines(str(cell.value), width, size=size) - 1 + _LEAST) * size * 1.22)


def _given(sheet: Worksheet, cell: Cell, area: CellRange | None) -> float:
    last = cell.row if area is None else area.max_row
    heights = [sheet.row_dimensions[row].height or _ROW for row in range(cell.row, last + 1)]
    return sum(min(height, fit.MAXIMUM_HEIGHT) for height in heights)


def too_wide(content: bytes) -> Iterator[tuple[str, str, float, float]]:
    """Give every figure that its column would show as ####."""
    for sheet in openpyxl.load_workbook(BytesIO(content), data_only=True):
        widths = widths_of(sheet)
        areas = {str(area).split(":", maxsplit=1)[0]: area for area in sheet.merged_cells.ranges}
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, int | float) and cell.number_format in _DECIMALS:
                    decimals = _DECIMALS[cell.number_format]
                    said = format_number(Decimal(str(cell.value)), decimals=decimals)
                    columns = _columns(cell, areas.get(cell.coordinate))
                    given = 7 * sum(widths.get(column, 8.43) for column in columns)
                    needed = fit.pixels(said, cell.font.size or 10) + 9 * (cell.alignment.indent)
                    if needed > given:
                        yield sheet.title, cell.coordinate, needed, given


def small() -> Registry:
    return only(load_source(), "iku-dinas", "kepala-dinas", "kasubbag-keuangan", "kabid-pasar")


def returns(registry: Registry, text: str = "") -> list[Submission]:
    forms = samples.a_year(registry, YEAR, seed=1)
    return with_texts(forms, text) if text else forms


@pytest.mark.parametrize("text", ["", LONG, BROKEN], ids=["usual", "long", "broken"])
def test_no_text_of_a_return_is_cut_off(text: str) -> None:
    registry = small()

    content = book_of(registry, returns(registry, text), changes=text)

    assert list(cut_off(content)) == []


@pytest.mark.parametrize("text", [LONG, BROKEN], ids=["long", "broken"])
def test_no_word_of_the_register_is_cut_off(text: str) -> None:
    registry = with_words(small(), text)

    assert list(cut_off(book_of(registry, returns(registry)))) == []


def test_no_text_of_a_whole_year_and_of_an_empty_one_is_cut_off() -> None:
    registry = load_source()

    assert list(cut_off(book_of(registry, returns(registry)))) == []
    assert list(cut_off(book_of(registry, []))) == []


def test_a_text_of_hundreds_of_lines_goes_on_in_the_next_rows_and_loses_no_letter() -> None:
    registry = small()
    book = openpyxl.load_workbook(BytesIO(book_of(registry, returns(registry, BROKEN))))

    rows = list(book["Catatan pengisi"].iter_rows(min_row=4, values_only=True))

    when = {"TW I", "TW I (lanjutan)"}
    own = [row for row in rows if row[1] == "kabid-pasar/01" and row[3] in when]
    assert len(own) > 5
    assert "\n".join(str(row[4]) for row in own) == BROKEN


@pytest.mark.parametrize("factor", [1, 1000, 10**9])
def test_no_figure_is_too_wide_for_its_column(factor: int) -> None:
    registry = small()
    large = [
        replace(form, values={k: v and v * factor for k, v in form.values.items()})
        for form in returns(registry)
    ]

    assert list(too_wide(book_of(registry, large))) == []


def test_the_judge_of_room_finds_a_row_that_is_too_low_and_a_figure_that_is_too_wide() -> None:
    book = Book(styles={"wrapped": {"text_wrap": True}, "figure": {"num_format": "#,##0.00"}})
    sheet = book.sheet("Satu")
    sheet.widths({1: 10, 2: 5})
    sheet.text((1, 1), LONG, style="wrapped")
    sheet.number((1, 2), 1234567, style="figure")
    sheet.height(1, 30)
    content = book.close()

    assert [found[:2] for found in cut_off(content)] == [("Satu", "A1")]
    assert [found[:2] for found in too_wide(content)] == [("Satu", "B1")]
