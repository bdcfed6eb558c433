"""Check the typed frame of many returns at once."""

from __future__ import annotations

from decimal import Decimal

from tests.form.forms import RATIOS, TRAINING, content_of, with_cells, written
from workbook_tools.form.parse import ParsedForm, parse
from workbook_tools.validation.schema import Failure, check_frame, typed_frame

Typed = dict[tuple[int, int], str | Decimal | None]


def parsed(unit: str, cells: Typed) -> ParsedForm:
    form = parse(with_cells(written(unit), cells), content_of(unit)).form
    assert form is not None
    return form


SOUND: Typed = {(8, 8): Decimal(36), (9, 8): Decimal(86)}


def test_a_frame_has_one_row_per_input_of_every_return() -> None:
    frame = typed_frame({"aa": parsed(TRAINING, SOUND), "bb": parsed(RATIOS, {})})

    assert list(frame.index) == [("aa", 8), ("aa", 9), *(("bb", row) for row in range(8, 19))]
    assert frame["nilai"].dtype == "float64"
    assert frame["wajib"].dtype == "bool"
    assert frame.loc[("aa", 8), "nilai"] == 36.0


def test_sound_returns_fail_nothing() -> None:
    assert check_frame(typed_frame({"aa": parsed(TRAINING, SOUND)})) == ()


def test_no_returns_fail_nothing() -> None:
    assert check_frame(typed_frame({})) == ()


def test_each_failure_names_return_row_code_and_column_once() -> None:
    forms = {
        "aa": parsed(TRAINING, SOUND | {(8, 8): Decimal(-1), (9, 16): "x" * 2001}),
        "bb": parsed(TRAINING, {(8, 8): Decimal(36), (8, 12): "bel\x07"}),
        "cc": parsed(TRAINING, SOUND),
    }

    assert check_frame(typed_frame(forms)) == (
        Failure("aa", 8, "S15", "nilai"),
        Failure("aa", 9, "S16", "keterangan"),
        Failure("bb", 8, "S16", "penghambat"),
        Failure("bb", 9, "S01", "nilai"),
    )


def test_half_of_an_optional_indicator_is_a_blank_that_fails() -> None:
    form = parsed("iku-dinas", {(9, 8): Decimal(100)})

    assert check_frame(typed_frame({"aa": form})) == (Failure("aa", 10, "S01", "nilai"),)


def test_no_data_is_no_blank() -> None:
    form = parsed(TRAINING, SOUND | {(8, 8): "-"})

    assert check_frame(typed_frame({"aa": form})) == ()
