"""Show what others typed and named, all of it and nothing more."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook_tools.visible import indented, one_line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("  dua  kata ", "dua kata"),
        ("satu\r\ndua\u2028tiga\x85empat", "satu dua tiga empat"),
        ("a\u202eb\u200bc\ufeffd", "abcd"),
        ("a\x07b\x1bc", "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}c"),
        ("a\udc80b", "a\N{REPLACEMENT CHARACTER}b"),
        ("", ""),
    ],
)
def test_a_text_stands_on_one_line_and_hides_nothing(text: str, shown: str) -> None:
    assert one_line(text) == shown


def test_a_long_text_is_cut_and_says_so() -> None:
    assert one_line("abcdef", longest=6) == "abcdef"
    assert one_line("abcdef", longest=3) == "abc…"


def test_a_text_keeps_its_lines_below_the_first_with_room_before_them() -> None:
    assert indented("satu\r\n\r\n dua\u2029tiga") == "satu\n      dua\n      tiga"


@given(st.text())
def test_no_text_brings_along_what_hides_others(text: str) -> None:
    shown = one_line(text) + indented(text)

    hidden = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert {c for c in shown if unicodedata.category(c) in hidden} <= {"\n"}
    assert all(line.startswith("      ") for line in indented(text).split("\n")[1:])


@given(text=st.text(st.characters(exclude_categories=["Zs", "Zl", "Zp"])))
def test_a_printable_text_is_shown_as_it_is(text: str) -> None:
    assert (one_line(text) == text) == text.isprintable()
