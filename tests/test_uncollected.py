"""The search for garbage rests while many values are made, and goes on afterwards."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from workbook_tools.uncollected import uncollected


@pytest.fixture(autouse=True)
def _searching() -> Iterator[None]:
    """Let Python search before and after each test."""
    gc.enable()
    yield
    gc.enable()


def test_nothing_is_searched_while_many_values_are_made() -> None:
    with uncollected():
        inside = gc.isenabled()

    assert (inside, gc.isenabled()) == (False, True)


def test_the_search_goes_on_where_the_work_fails() -> None:
    def fails() -> None:
        with uncollected():
            raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        fails()

    assert gc.isenabled()


def test_who_has_put_it_off_before_is_left_alone() -> None:
    gc.disable()
    with uncollected():
        pass

    assert not gc.isenabled()
