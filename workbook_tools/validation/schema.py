"""Check the typed frame of many returns at once with pandera: limits, blanks, scales, texts.

The frame is long: one row per input of every return, whatever its unit. Its index is
(sha256, row), so each failure leads back to a return and to the Excel row in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from workbook_tools.form.content import TEXT_FIELDS
from workbook_tools.form.parse import ParsedForm, TypedInput
from workbook_tools.registry.model import Kind

_PERCENT_TARGET = 2  # from this target on, a value of at most 1 may be a fraction (S05)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_NONE = float("nan")


@dataclass(frozen=True, slots=True)
class Failure:
    """One rule that one row of one return breaks; `column` is the frame's column."""

    sha256: str
    row: int
    code: str
    column: str


def typed_frame(forms: Mapping[str, ParsedForm]) -> pd.DataFrame:
    """Make the long frame of parsed returns, keyed by their sha256.

    Index: sha256 (str), row (int, Excel row). Columns: indikator, kunci, jenis (str:
    count, percent, money); nilai, batas_bawah, batas_atas, target (float64, NaN where
    there is none, in the input's own unit); wajib, kosong (bool); one object column per
    text field (None where blank); batas_teks (int, characters).
    """
    index: list[tuple[str, int]] = []
    records: list[dict[str, object]] = []
    for sha256, form in forms.items():
        seen: set[str] = set()
        for typed in form.inputs:
            index.append((sha256, typed.row))
            records.append(_record(form, typed, first=typed.indicator.id not in seen))
            seen.add(typed.indicator.id)
    frame = pd.DataFrame.from_records(records, columns=_COLUMNS)
    frame.index = pd.MultiIndex.from_tuples(index, names=["sha256", "row"])
    return frame.astype(_DTYPES)


_COLUMNS = [
    "indikator",
    "kunci",
    "jenis",
    "nilai",
    "wajib",
    "kosong",
    "batas_bawah",
    "batas_atas",
    "target",
    "batas_teks",
    *TEXT_FIELDS,
]
_DTYPES = {
    "nilai": "float64",
    "wajib": "bool",
    "kosong": "bool",
    "batas_bawah": "float64",
    "batas_atas": "float64",
    "target": "float64",
    "batas_teks": "int64",
    **dict.fromkeys(("indikator", "kunci", "jenis", *TEXT_FIELDS), "object"),
}


def _record(form: ParsedForm, typed: TypedInput, *, first: bool) -> dict[str, object]:
    asked = typed.input
    record: dict[str, object] = {
        "indikator": typed.indicator.id,
        "kunci": asked.key,
        "jenis": str(asked.kind),
        "nilai": _NONE if typed.value is None else float(typed.value),
        "wajib": typed.indicator.required,
        "kosong": not typed.typed and not typed.wrong,
        "batas_bawah": _NONE if asked.minimum is None else float(asked.minimum),
        "batas_atas": _NONE if asked.maximum is None else float(asked.maximum),
        "target": _NONE if typed.indicator.target is None else float(typed.indicator.target),
        "batas_teks": form.content.text_limit,
    }
    for field in TEXT_FIELDS:
        text = form.text(typed.indicator.id, field) if first else ""
        record[field] = text or None
    return record


def _partly_filled(frame: pd.DataFrame) -> pd.Series:
    """Tell for each row whether another input of the same indicator and return is filled."""
    filled = (~frame["kosong"]).groupby([frame["sha256"], frame["indikator"]])
    return filled.transform("any").astype(bool)


def _required_filled(frame: pd.DataFrame) -> pd.Series:
    # An optional indicator may stay blank as a whole, never in part: half of a ratio is
    # no figure.
    return ~(frame["kosong"] & (frame["wajib"] | _partly_filled(frame)))


def _within_limits(frame: pd.DataFrame) -> pd.Series:
    value = frame["nilai"]
    low = value.isna() | frame["batas_bawah"].isna() | (value >= frame["batas_bawah"])
    high = value.isna() | frame["batas_atas"].isna() | (value <= frame["batas_atas"])
    return low & high


def _scale_is_clear(frame: pd.DataFrame) -> pd.Series:
    percent = frame["jenis"] == str(Kind.PERCENT)
    fraction = (frame["nilai"] > 0) & (frame["nilai"] <= 1)
    return ~(percent & fraction & (frame["target"] >= _PERCENT_TARGET))


def _short_enough(field: str) -> pa.Check:
    def check(frame: pd.DataFrame) -> pd.Series:
        length = frame[field].map(lambda text: len(text) if isinstance(text, str) else 0)
        return length <= frame["batas_teks"]

    return pa.Check(check, error=f"S16:{field}")


def _clean(text: object) -> bool:
    return not (isinstance(text, str) and _CONTROL.search(text))


@cache
def schema() -> pa.DataFrameSchema:
    """Give the one schema of every return; each failing check carries its code."""
    return pa.DataFrameSchema(
        {
            "indikator": pa.Column(object),
            "kunci": pa.Column(object),
            "jenis": pa.Column(object, pa.Check.isin([str(kind) for kind in Kind])),
            "nilai": pa.Column("float64", nullable=True),
            "wajib": pa.Column("bool"),
            "kosong": pa.Column("bool"),
            **{
                field: pa.Column(
                    object,
                    pa.Check(_clean, element_wise=True, error=f"S16:{field}"),
                    nullable=True,
                )
                for field in TEXT_FIELDS
            },
        },
        checks=[
            pa.Check(_required_filled, error="S01:nilai"),
            pa.Check(_within_limits, error="S15:nilai"),
            pa.Check(_scale_is_clear, error="S05:nilai"),
            *(_short_enough(field) for field in TEXT_FIELDS),
        ],
    )


def check_frame(frame: pd.DataFrame) -> Sequence[Failure]:
    """Check a frame of `typed_frame` and give every failure once, in the frame's order.

    A frame-level check that fails is reported by pandera once per column, so failures are
    collapsed by (return, row, code, column). A failure without a code is a fault of the
    program and is raised.
    """
    if frame.empty:
        return ()
    try:
        # pandera turns the tuples of a MultiIndex into text, so it sees row numbers.
        schema().validate(frame.reset_index(), lazy=True)
    except SchemaErrors as error:
        return _failures(error, frame)
    return ()


def check_forms(forms: Mapping[int, ParsedForm]) -> dict[int, tuple[Failure, ...]]:
    """Check many returns, by number, in one call; only those with failures are in the answer."""
    failures: dict[int, tuple[Failure, ...]] = {}
    named = {str(number): form for number, form in forms.items()}
    for failure in check_frame(typed_frame(named)) if named else ():
        number = int(failure.sha256)
        failures[number] = (*failures.get(number, ()), failure)
    return failures


def _failures(error: SchemaErrors, frame: pd.DataFrame) -> tuple[Failure, ...]:
    cases = error.failure_cases
    found: dict[Failure, None] = {}
    for check, position in zip(cases["check"], cases["index"], strict=True):
        code, separator, column = str(check).partition(":")
        if not separator or position is None:
            raise error
        sha256, row = frame.index[int(position)]
        found[Failure(str(sha256), int(row), code, column)] = None
    return tuple(sorted(found, key=lambda f: (f.sha256, f.row, f.code, f.column)))
