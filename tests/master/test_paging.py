"""Pages end before they are full, and never with a heading or just before a signature."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest

from tests.master import samples
from tests.master.judge import master
from workbook_tools.master import paging
from workbook_tools.master.layout import EVALUASI, KASKADE, PENGUKURAN
from workbook_tools.master.paging import Flow, breaks
from workbook_tools.registry.source import load_source

TEN_EACH = dict.fromkeys(range(1, 41), 10.0)


def test_a_page_ends_where_the_next_row_has_no_room() -> None:
    assert breaks(TEN_EACH, Flow(25, (1, 1), set()), points=100) == (10, 19)


def test_the_rows_repeated_on_a_page_take_their_room() -> None:
    assert breaks(TEN_EACH, Flow(25, (1, 3), set()), points=100) == (10, 17, 24)


def test_a_heading_goes_to_the_next_page_with_what_it_heads() -> None:
    assert breaks(TEN_EACH, Flow(25, (1, 1), {9, 10}), points=100) == (8, 17)


def test_a_page_of_nothing_but_headings_is_filled() -> None:
    assert breaks(TEN_EACH, Flow(12, (1, 1), range(1, 13)), points=100) == (10,)


def test_what_fits_on_one_page_is_not_broken() -> None:
    assert breaks(TEN_EACH, Flow(10, (1, 1), {10}), points=100) == ()


def test_a_row_higher_than_a_page_has_a_page_of_its_own() -> None:
    heights = TEN_EACH | {5: 500.0}

    assert breaks(heights, Flow(8, (1, 1), set()), points=100) == (4, 5)


def test_wide_columns_are_printed_small_so_that_more_rows_fit() -> None:
    assert (
        paging.room([100.0])
        < paging.room([200.0])
        == pytest.approx(paging.room([100.0] * 2), rel=0.02)
    )


@pytest.mark.parametrize("name", [PENGUKURAN, KASKADE, EVALUASI])
def test_no_page_of_a_report_ends_with_a_heading_or_leaves_the_last_rows_alone(name: str) -> None:
    registry = load_source()
    content = master(registry, samples.a_year(registry, 2020, seed=1), 2020)

    sheet = openpyxl.load_workbook(BytesIO(content), data_only=True)[name]

    ends = [found.id for found in sheet.row_breaks.brk]
    assert ends
    for end in ends:
        assert not sheet.cell(end, 1).font.b, end
    blocks = [row for row in range(1, sheet.max_row + 1) if "NIP" in str(sheet.cell(row, 1).value)]
    assert all(max(ends) < block - 4 for block in blocks)
