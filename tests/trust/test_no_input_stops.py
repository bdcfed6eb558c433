"""No file stops, exhausts or crashes the program: each gets a verdict, and the next is read."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.shell import PASAR, RETRIBUSI, Office
from tests.trust.monsters import MONSTERS, OLE, spoilt_ones
from tests.trust.size import SEED, figure, sized
from workbook_tools.problems.problem import Severity
from workbook_tools.reader.limits import Limits
from workbook_tools.reader.reading import Reading
from workbook_tools.reader.worker import Reader

SLOWEST = 15.0  # seconds a verdict may take on a machine that does other things too


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """Give one reader for all files, as the watcher has."""
    reader = Reader(Limits())
    yield reader
    reader.close()


def verdict_of(reading: Reading) -> set[str]:
    """Give the codes; a file without a workbook must have one that refuses it."""
    refused = any(p.severity is Severity.ERROR for p in reading.problems)
    assert refused == (reading.workbook is None)
    return {p.code for p in reading.problems}


LONG = ("two million", "beyond the limit", "gigabyte")
"""In the names of monsters whose verdict takes seconds."""


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.slow if any(word in name for word in LONG) else ())
        for name in MONSTERS
    ],
)
def test_a_monster_gets_a_verdict_and_the_next_file_is_read(reader: Reader, name: str) -> None:
    make, codes = MONSTERS[name]
    data = make()
    start = time.monotonic()
    reading = reader.read(data)
    took = time.monotonic() - start
    figure(f"verdict on {name}", f"{sorted(verdict_of(reading))} in {took:.2f} s")
    assert took < SLOWEST
    assert not codes or codes & verdict_of(reading)
    assert verdict_of(reader.read(b"a;b\n1;2\n")) == {"B01"}


@pytest.mark.slow
def test_every_spoiled_file_gets_a_verdict(reader: Reader, office: Office) -> None:
    rng = random.Random(SEED)
    seeds = [office.filled(PASAR), office.form(RETRIBUSI), OLE + bytes(3_000)]
    count = sized(600, 20_000)
    slowest, found = 0.0, Counter[str]()
    for data in spoilt_ones(seeds, count, rng):
        start = time.monotonic()
        reading = reader.read(data)
        slowest = max(slowest, time.monotonic() - start)
        found.update(verdict_of(reading) or {"read"})
    figure("spoiled files", count)
    figure("verdicts on spoiled files", dict(found.most_common()))
    figure("slowest verdict on a spoiled file", f"{slowest:.2f} s")
    assert slowest < SLOWEST
    assert found["B07"] > count / 4
