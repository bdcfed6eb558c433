"""Every file reaches exactly one end: dropped in every way, none is lost, none judged twice."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from tests.shell import Office
from tests.trust.drops import Dropper, into_new_folder, old_time, written
from tests.trust.hand import Dropped
from tests.trust.size import SEED, figure, sized
from tests.trust.watcher import NeverCameTrue, arrivals, counted, set_up, until, watching

SCAN = SETTLE = 1.0
RATE = 6.0
LONGEST = 120.0
AT_MOST = SETTLE + 2 * SCAN


def delays(office: Office, dropped: Sequence[Dropped], *, since: float) -> list[float]:
    """Give the seconds from stillness to the note on disk of every file that gets one.

    The note's moment is that of its last rename. Nothing is awaited before `since`.
    """
    notes = {(row.file, row.sha256): row.note for row in arrivals(office)}
    return sorted(
        Path(office.root, note).stat().st_ctime - max(each.still_at, since)
        for each in dropped
        if (note := notes.get(each.key)) is not None
    )


def tell(what: str, seconds: Sequence[float]) -> float:
    """Print how long notes took; give the 95th percentile."""
    p95 = seconds[int(len(seconds) * 0.95)]
    figure(
        f"{what}, seconds from stillness to note",
        f"n={len(seconds)} p50={seconds[len(seconds) // 2]:.2f} p95={p95:.2f} "
        f"max={seconds[-1]:.2f} (bound {AT_MOST:g})",
    )
    return p95


def assert_each_judged_once(office: Office, dropper: Dropper) -> None:
    """Compare what was dropped with the ledger, file by file and hash by hash."""
    expected = Counter(each.key for each in dropper.dropped)
    found = counted(office)
    lost, more = expected - found, found - expected - Counter(dropper.tolerated)
    ways = {each.key: each.way for each in dropper.dropped}
    figure("files dropped / arrivals", f"{expected.total()} / {found.total()}")
    figure("lost / judged twice", f"{lost.total()} / {more.total()}")
    figure("tolerated because the machine paused", len(dropper.tolerated))
    assert {key: ways[key] for key in lost} == {}
    assert {key: ways.get(key) for key in more} == {}
    rows = arrivals(office)
    assert {row.state for row in rows} == {"filed"}
    wanted = {each.key: each.status for each in dropper.dropped}
    wrong = [
        (row.file, row.status, wanted[row.file, row.sha256])
        for row in rows
        if (row.file, row.sha256) in wanted
        and row.status not in (wanted[row.file, row.sha256], "duplicate")
    ]
    assert wrong == []


def wait_for_all(office: Office, dropper: Dropper) -> None:
    """Wait until everything dropped is filed, or nothing was for long."""
    with suppress(NeverCameTrue):
        until(lambda: done(office, dropper), within=LONGEST)


def done(office: Office, dropper: Dropper) -> bool:
    """Tell whether everything dropped was filed."""
    expected = Counter(each.key for each in dropper.dropped)
    filed = Counter((r.file, r.sha256) for r in arrivals(office) if r.state == "filed")
    return not expected - filed


@pytest.mark.slow
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("events", [True, False], ids=["events", "no-events"])
def test_every_file_dropped_in_any_way_is_judged_once_and_in_time(
    office: Office, *, events: bool
) -> None:
    set_up(office, scan_seconds=SCAN, settle_seconds=SETTLE, patience_seconds=60.0, events=events)
    dropper = Dropper(office, random.Random(SEED), settle=SETTLE)
    dropper.drop(sized(30, 360), rate=100, ways=(written, old_time, into_new_folder))
    before = len(dropper.dropped)
    with watching(office) as watcher:
        ready = time.time()
        wait_for_all(office, dropper)
        dropper.drop(sized(150, 5000), rate=RATE)
        wait_for_all(office, dropper)
        calm = dropper.dropped[before:]
        watcher.pause()
        dropper.burst(sized(20_000, 200_000), among=20)
        watcher.go_on()
        awake = time.time()
        wait_for_all(office, dropper)
        stormy = dropper.dropped[before + len(calm) :]
        watcher.end()
    kind = "with events" if events else "without events"
    assert_each_judged_once(office, dropper)
    figure("deleted and made anew on the same inode", sum(h.same_inode for h in dropper.hands))
    tell(f"{kind}, there before the start", delays(office, dropper.dropped[:before], since=ready))
    tell(f"{kind}, in a burst", delays(office, stormy, since=awake))
    tell(f"{kind}, at {RATE:g} files a second", delays(office, calm, since=0))
    every = sorted([*delays(office, calm, since=0), *delays(office, stormy, since=awake)])
    p95 = tell(f"{kind}, all that came while it watched", every)
    assert office.inbox() == []
    assert office.says("verify").code == 0
    assert p95 <= AT_MOST
