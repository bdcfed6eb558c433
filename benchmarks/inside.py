"""Measure the steps of one process: reading a return, and validating a batch."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from io import BytesIO

import pandas as pd
from python_calamine import load_workbook

from benchmarks.measure import Sample, timed
from benchmarks.office import TODAY, YEAR, Office, session_on
from benchmarks.results import Row
from benchmarks.wanted import PANDAS_READ, READ, VALIDATE
from workbook_tools.form.layout import ISIAN
from workbook_tools.form.parse import ParsedForm, parse
from workbook_tools.reader.read import read_workbook
from workbook_tools.validation.schema import check_frame, typed_frame

READ_AT_ONCE = 100
TIMES = 5
ALONE = 40  # returns that are validated one by one; the time of one is taken for the others


def bare_calamine(data: bytes) -> None:
    """Read every sheet and nothing else: no hash, no limits, no formulas, no error cells."""
    book = load_workbook(BytesIO(data))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def ours(data: bytes) -> None:
    """Read as the program does: hash, limits, every sheet with its formulas and error cells."""
    hashlib.sha256(data).hexdigest()
    read_workbook(data)


def with_pandas(data: bytes) -> None:
    """Read the one sheet with what pandas reads Excel files with by default."""
    pd.read_excel(BytesIO(data), sheet_name=ISIAN, engine="openpyxl")


def reading_rows(office: Office) -> tuple[Row, ...]:
    """Compare the reading of one return."""
    chosen = [r.data for r in office.returns[:READ_AT_ONCE]]

    def each(read: Callable[[bytes], object]) -> Sample:
        return timed(lambda: [read(data) for data in chosen], times=TIMES).share(len(chosen))

    bare, own, slow = each(bare_calamine), each(ours), each(with_pandas)
    return (
        Row(READ, own.median / bare.median, own.words, bare.words),
        Row(PANDAS_READ, slow.median / own.median, own.words, slow.words),
    )


def validating_row(office: Office) -> Row:
    """Compare one call of pandera for all returns with one call for each."""
    forms = parsed(office)
    together = timed(lambda: check_frame(typed_frame(forms)), times=TIMES)
    some = list(forms.items())[:ALONE]
    alone = timed(
        lambda: [check_frame(typed_frame({name: form})) for name, form in some], times=2
    ).share(len(some))
    ratio = alone.median * len(forms) / together.median
    return Row(VALIDATE, ratio, together.words, f"{alone.words} for each of {len(forms)}")


def parsed(office: Office) -> dict[str, ParsedForm]:
    """Parse every return by the form that was issued."""
    found: dict[str, ParsedForm] = {}
    with session_on(office.workspace, office.registry, day=TODAY) as session:
        shelf = session.ledger.shelf()
    for number, one in enumerate(office.returns):
        book = read_workbook(one.data).workbook
        issued = shelf.latest(one.unit, YEAR, period=one.period)
        form = None if book is None or issued is None else parse(book, issued.content).form
        if form is not None:
            found[str(number)] = form
    return found


def rows(office: Office) -> Sequence[Row]:
    """Measure every row of this module."""
    return (*reading_rows(office), validating_row(office))
