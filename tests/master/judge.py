"""Cells of a master as they stand, and where two masters differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from tests.master import samples
from workbook_tools.form.submission import Submission
from workbook_tools.master.consolidate import consolidate
from workbook_tools.master.write import write_master
from workbook_tools.registry.model import Registry

Place = tuple[str, str]
Difference = tuple[Place, object, object]


@dataclass(frozen=True)
class Cells:
    """Every cell that is not blank, and which of them hold a formula."""

    values: Mapping[Place, object]
    formulas: Mapping[Place, str]


def master(registry: Registry, submissions: Sequence[Submission], year: int) -> bytes:
    """Write the master of a year."""
    return write_master(
        consolidate(registry, submissions, year),
        registry,
        deliveries=samples.deliveries(registry, submissions, year),
        findings=(),
        version="1.0.0",
    )


def cells_of(content: bytes | Path) -> Cells:
    """Read every value as stored, and every formula."""
    source = content.read_bytes() if isinstance(content, Path) else content
    values = dict(_cells(source, data_only=True))
    formulas = {
        place: str(value)
        for place, value in _cells(source, data_only=False)
        if isinstance(value, str) and value.startswith("=") and values.get(place) != value
    }
    return Cells(values, formulas)


def _cells(source: bytes, *, data_only: bool) -> Iterator[tuple[Place, object]]:
    book = openpyxl.load_workbook(BytesIO(source), data_only=data_only)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    yield (sheet.title, cell.coordinate), cell.value


def differences(
    one: Mapping[Place, object], other: Mapping[Place, object], *, among: Sequence[Place]
) -> list[Difference]:
    """Give every place among some at which two masters do not say the same."""
    return [
        (place, one.get(place), other.get(place))
        for place in among
        if not is_same(one.get(place), other.get(place))
    ]


def is_same(one: object, other: object) -> bool:
    """Tell whether two values are equal, a blank and "" being one and the same."""
    if isinstance(one, int | float) and isinstance(other, int | float):
        return one == pytest.approx(other, rel=1e-9, abs=1e-9)
    return (one or "") == (other or "")


def errors(cells: Cells) -> list[Place]:
    """Give every place that shows an error value."""
    return [
        place
        for place in cells.formulas
        if isinstance(said := cells.values.get(place), str) and said.startswith("#")
    ]
