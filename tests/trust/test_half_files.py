"""Never half a file: what was copied in part, or hurt on the way, is never accepted."""

from __future__ import annotations

import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import chain, islice
from typing import cast

import pytest

from tests.returns.paper import remade
from tests.shell import PASAR, RETRIBUSI, Office
from tests.trust.halves import (
    Half,
    flipped,
    holed,
    mixed,
    shortened,
    streamed,
    truncated,
    zero_headed,
    zero_tailed,
)
from tests.trust.size import SEED, figure, sized
from tests.trust.stock import versions
from tests.trust.watcher import arrivals, set_up, until, watching
from workbook_tools.reader.limits import Limits
from workbook_tools.reader.package import open_package
from workbook_tools.reader.read import read_workbook

UNREAD = {
    "local version", "local flags", "local time", "local crc", "local packed size", "local size",
    "local extra", "descriptor", "last byte of part", "central made by", "central version",
    "central flags", "central time", "central extra", "central disk", "central attributes",
    "central comment", "end comment", "part",
}  # fmt: skip
"""Where a bit may turn and nothing that is read changes: the directory and each part's checksum
decide, what the headers say a second time is not asked. Of the last byte of a packed part the
bits behind the end are filling; within a part another bit may point back at equal bytes."""
PATIENCE = 9.0
PREFIXES = (1, 2, 3, 4, 29, 30, 500)
FILE_CODES = {"B01", "B02", "B05", "B06", "B07"}


def halves(good: bytes, old: bytes, rng: random.Random) -> Iterator[Half]:
    """Give every kind of half file of one workbook."""
    step, count = sized(97, 1), sized(250, 20_000)
    return chain(
        truncated(good, step),
        zero_tailed(good, step),
        zero_headed(good, step),
        holed(good, count, rng),
        shortened(good, count, rng),
        mixed(good, old, step),
        flipped(good, sized(1000, 0), rng),
    )


def makers(office: Office, changes: dict[str, str | int]) -> dict[str, bytes]:
    """Give one return as three programs pack it."""
    typed = office.filled(PASAR, changes)
    return {"excel": typed, "openpyxl": remade(typed, lambda _: None), "streamed": streamed(typed)}


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("maker", ["excel", "openpyxl", "streamed"])
def test_of_a_half_file_nothing_is_read_or_exactly_what_the_whole_one_says(
    office: Office, maker: str
) -> None:
    rng = random.Random(SEED)
    good, old = makers(office, {})[maker], makers(office, {"H8": 2})[maker]
    whole, before = read_workbook(good), read_workbook(old)
    assert whole.workbook is not None
    assert before not in (whole, read_workbook(b""))
    parts = open_package(good, Limits()).parts
    counted, unread, wrong = Counter[str](), Counter[str](), list[tuple[str, str]]()
    for half in halves(good, old, rng):
        counted[half.how] += 1
        reading = read_workbook(half.data)
        if reading.workbook is None:
            codes = {p.code for p in reading.problems}
            if not codes or not codes <= FILE_CODES:
                wrong.append((half.how, f"{half.field}: {sorted(codes)}"))
        elif reading == whole:
            assert open_package(half.data, Limits()).parts == parts
            unread[f"{half.how} in {half.field}"] += 1
        elif not (half.how == "mixed" and reading == before):
            wrong.append((half.how, f"{half.field}: read as another workbook"))
    figure(f"half files of {maker}", dict(counted))
    figure(f"half files of {maker}, bytes that nobody reads", dict(unread))
    assert wrong == []
    assert sum(counted.values()) > sized(4000, 100_000)
    assert {field.rpartition(" in ")[2] for field in unread} <= UNREAD


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_no_half_file_is_accepted_and_each_has_a_note(office: Office) -> None:
    rng = random.Random(SEED)
    good, old = office.filled(RETRIBUSI), office.filled(RETRIBUSI, {"H8": 2})
    every = [half for half in halves(good, old, rng) if half.data]
    rng.shuffle(every)
    hurt = (half for half in every if read_workbook(half.data).workbook is None)
    chosen = list(islice(hurt, sized(150, 5_000)))
    for number, half in enumerate(chosen):
        office.drop(RETRIBUSI, half.data, name=f"separuh {number:05}.xlsx")
    told = office.says("ingest").rows("arrivals")
    figure("half files judged by ingest", len(told))
    assert len(told) == len(chosen)
    assert {arrival["status"] for arrival in told} <= {"rejected", "duplicate"}
    rejected = [arrival for arrival in told if arrival["status"] == "rejected"]
    assert {code[0] for arrival in rejected for code in codes(arrival)} == {"B"}
    notes = [office.root / str(arrival["note_text"]) for arrival in rejected]
    assert all(note.is_file() for note in notes)
    assert office.ledger()["value"] == []


def codes(arrival: dict[str, object]) -> list[str]:
    """Give the codes of an arrival's problems."""
    return [problem["code"] for problem in cast("list[dict[str, str]]", arrival["problems"])]


def waiting_halves(office: Office, rng: random.Random) -> list[Half]:
    """Give half files of every kind that a copy leaves while it is under way."""
    good, old = office.filled(PASAR), office.filled(PASAR, {"H8": 2})
    by_kind: dict[str, list[Half]] = defaultdict(list)
    for half in halves(good, old, rng):
        if half.data and half.how not in ("flipped", "doubled", "left out"):
            by_kind[half.how].append(half)
    chosen = [half for kind in by_kind.values() for half in rng.sample(kind, sized(10, 40))]
    chosen += [Half("truncated", "prefix", good[:length]) for length in PREFIXES]
    chosen += [Half("zero-headed", "all", bytes(len(good))), Half("zero-headed", "all", bytes(1))]
    return [half for half in chosen if read_workbook(half.data).workbook is None]


@pytest.mark.slow
def test_a_half_file_waits_for_its_patience_and_counts_once_it_is_complete(office: Office) -> None:
    set_up(office, scan_seconds=0.2, settle_seconds=0.3, patience_seconds=PATIENCE)
    rng = random.Random(SEED)
    waiting = waiting_halves(office, rng)
    whole = versions(office.filled(PASAR), len(waiting))
    paths = [office.root / "inbox" / PASAR / f"{number}.xlsx" for number in range(len(waiting))]
    names = [path.relative_to(office.root).as_posix() for path in paths]
    dropped = dict(zip(names, waiting, strict=True))
    with watching(office) as watcher:
        began = time.monotonic()
        for path, half in zip(paths, waiting, strict=True):
            path.write_bytes(half.data)
        last = time.monotonic()
        while time.monotonic() < began + PATIENCE - 3:
            early = {row.file: row.status for row in arrivals(office)}
            judged = [half for name, half in dropped.items() if name in early]
            assert [(half.how, half.field, half.data[:4]) for half in judged] == []
            time.sleep(0.2)
        for path, data in list(zip(paths, whole, strict=True))[::2]:
            path.write_bytes(data)
        until(lambda: len(arrivals(office)) == len(waiting), within=PATIENCE + 30)
        figure("half files that waited, then judged after", f"{time.monotonic() - last:.1f} s")
        until(lambda: office.inbox() == [], within=10)
        watcher.end()
    status = {row.file: row.status for row in arrivals(office)}
    figure("half files completed in time / never", f"{len(names[::2])} / {len(names[1::2])}")
    assert {status[name] for name in names[::2]} == {"accepted"}
    assert {status[name] for name in names[1::2]} <= {"rejected", "duplicate"}
