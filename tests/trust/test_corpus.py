"""Workbooks that nobody here wrote pass the door: each gets a verdict and a note, none stops it."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.reader.conftest import CORPUS
from tests.shell import PASAR, Office
from tests.trust.monsters import spoilt_ones
from tests.trust.size import SEED, figure, sized
from workbook_tools.reader.limits import Limits
from workbook_tools.reader.worker import Reader

FILES = tuple(sorted(path for path in CORPUS.glob("*/*") if path.is_file()))


@pytest.fixture
def reader() -> Iterator[Reader]:
    """Give a reader of its own."""
    reader = Reader(Limits())
    yield reader
    reader.close()


def test_every_foreign_workbook_gets_a_verdict_and_a_good_return_beside_it_too(
    office: Office,
) -> None:
    for path in FILES:
        office.drop(PASAR, path.read_bytes(), name=path.name)
    office.drop(PASAR, office.filled(PASAR), name="formulir.xlsx")
    start = time.monotonic()
    said = office.says("ingest")
    took = time.monotonic() - start
    found = Counter(str(a["status"]) for a in said.rows("arrivals"))
    codes = Counter(
        p["code"]
        for a in said.rows("arrivals")
        for p in listed(a["problems"])
        if p["severity"] == "error"
    )
    figure("foreign workbooks", len(FILES))
    figure("their verdicts", dict(found))
    figure("their codes", dict(codes.most_common()))
    figure("judged in", f"{took:.1f} s")
    assert said.code == 1
    empty = sum(1 for path in FILES if not path.stat().st_size)
    assert (found["accepted"], found["fault"], found["ignored"]) == (1, 0, empty)
    assert sum(found.values()) == len(FILES) + 1
    assert "S03" not in codes  # a workbook that is not ours gets no problems of cells
    for arrival in said.rows("arrivals"):
        if arrival["status"] == "rejected":
            assert (office.root / str(arrival["note"])).is_file()
    assert len(office.inbox()) == empty
    assert office.says("verify").code == 0


def listed(found: object) -> list[dict[str, str]]:
    """Give a list of a document."""
    assert isinstance(found, list)
    return found


@pytest.mark.slow
def test_every_spoiled_foreign_workbook_gets_a_verdict(reader: Reader) -> None:
    seeds = [path.read_bytes() for path in FILES if 0 < path.stat().st_size < 200_000]
    count = sized(800, 40_000)
    slowest = (0.0, b"")
    found: Counter[str] = Counter()
    for data in spoilt_ones(seeds, count, random.Random(SEED)):
        start = time.monotonic()
        reading = reader.read(data)
        slowest = max(slowest, (time.monotonic() - start, data[:8]))
        found.update({p.code for p in reading.problems} or {"read"})
    figure("spoiled foreign workbooks", count)
    figure("their verdicts", dict(found.most_common()))
    figure("slowest of them", f"{slowest[0]:.2f} s, beginning {slowest[1]!r}")
    assert slowest[0] < 15
