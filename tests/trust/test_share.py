"""A share without events is watched; gone or frozen it is said, then taken up again."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from tests.shell import PASAR, RETRIBUSI, Office
from tests.trust.drops import Dropper
from tests.trust.share import Share, has_ended, shared
from tests.trust.size import SEED, figure, sized
from tests.trust.stock import padded
from tests.trust.test_every_file import assert_each_judged_once, delays, tell, wait_for_all
from tests.trust.watcher import arrivals, beat, set_up, until, watching

pytestmark = pytest.mark.share

SCAN = SETTLE = 1.0
TWO_SCANS = 2 * SCAN
CACHE = 1.0  # for so long FUSE itself may show an old listing
TAKEN_UP = SETTLE + TWO_SCANS + CACHE + 4.0  # and a few seconds to judge on a busy machine


@pytest.fixture
def quick(office: Office) -> Office:
    """Give an office whose watcher looks every second."""
    set_up(office, scan_seconds=SCAN, settle_seconds=SETTLE, patience_seconds=60.0)
    return office


def trouble(office: Office) -> str:
    """Give what the watcher's sign of life says is wrong."""
    return str(beat(office).get("trouble") or "")


def is_filed(office: Office, count: int) -> Callable[[], bool]:
    """Ask whether so many arrivals are filed."""
    return lambda: [row.state for row in arrivals(office)] == ["filed"] * count


def sent(share: Share, unit: str, data: bytes, name: str) -> Path:
    """Write a file on the server, as another machine does."""
    path = share.folder / unit / name
    path.write_bytes(data)
    return path


def assert_said_in_status(office: Office) -> None:
    """Demand that `status` says it too."""
    watcher = cast("dict[str, object]", office.says("status").document["watcher"])
    assert watcher["alive"] is True
    assert watcher["trouble"] == trouble(office) != ""


@pytest.mark.timeout(3600)
def test_what_other_machines_write_to_a_share_is_judged_once_and_in_time(
    quick: Office, tmp_path: Path
) -> None:
    with shared(quick, tmp_path / "server") as share, watching(quick) as watcher:
        dropper = Dropper(quick, random.Random(SEED), settle=SETTLE, landing=share.server)
        dropper.drop(sized(54, 2000), rate=6)
        wait_for_all(quick, dropper)
        watcher.end()
        assert_each_judged_once(quick, dropper)
        p95 = tell("a share without events", delays(quick, dropper.dropped, since=0))
        assert quick.inbox() == []
        assert quick.says("verify").code == 0
    assert p95 <= SETTLE + TWO_SCANS + CACHE


def test_a_share_that_vanishes_is_said_and_taken_up_with_what_came_meanwhile(
    quick: Office, tmp_path: Path
) -> None:
    with shared(quick, tmp_path / "server") as share, watching(quick) as watcher:
        sent(share, PASAR, quick.filled(PASAR), "dulu.xlsx")
        until(is_filed(quick, 1), within=30)
        half = sent(share, PASAR, quick.filled(PASAR, {"H8": 2})[:6000], "separuh.xlsx")
        time.sleep(SCAN)
        share.vanish()
        said = until(lambda: trouble(quick) != "", within=TWO_SCANS + 1, every=0.01)
        figure("share gone, seconds until said (bound 2 scans)", f"{said:.2f}")
        assert said <= TWO_SCANS
        assert_said_in_status(quick)
        assert "Folder inbox" in watcher.said()
        half.write_bytes(quick.filled(PASAR, {"H8": 2}))
        sent(share, RETRIBUSI, quick.filled(RETRIBUSI), "sementara itu.xlsx")
        time.sleep(3 * SCAN)
        assert [row.state for row in arrivals(quick)] == ["filed"]
        assert list(share.point.iterdir()) == []
        assert quick.says("verify").code == 0
        share.mount()
        back = until(is_filed(quick, 3), within=60)
        figure("share back, seconds until what came meanwhile was filed", f"{back:.2f}")
        assert back <= TAKEN_UP
        until(lambda: trouble(quick) == "", within=TWO_SCANS + 1)
        watcher.end()
        assert {row.status for row in arrivals(quick)} == {"accepted"}
        assert quick.inbox() == []
        assert watcher.said().count("Traceback") == 0
        assert quick.says("verify").code == 0


def test_a_share_that_comes_and_goes_loses_nothing(quick: Office, tmp_path: Path) -> None:
    rng = random.Random(SEED)
    count = sized(5, 100)
    with shared(quick, tmp_path / "server") as share, watching(quick) as watcher:
        for number in range(count):
            sent(share, PASAR, quick.filled(PASAR, {"H8": number % 5 + 1}), f"{number}.xlsx")
            time.sleep(rng.uniform(0, 2.5))
            share.vanish()
            time.sleep(rng.uniform(0, 2.5))
            share.mount()
        until(lambda: not list((share.folder / PASAR).iterdir()), within=60)
        until(is_filed(quick, count), within=60)
        watcher.end()
        figure("a share that came and went: times / arrivals", f"{count} / {len(arrivals(quick))}")
        assert sorted(row.file for row in arrivals(quick)) == sorted(
            f"inbox/{PASAR}/{number}.xlsx" for number in range(count)
        )
        assert {row.status for row in arrivals(quick)} <= {"accepted", "duplicate"}
        assert quick.says("verify").code == 0


@pytest.mark.timeout(3600)
def test_a_share_that_freezes_at_any_moment_is_said_and_taken_up_when_it_answers(
    quick: Office, tmp_path: Path
) -> None:
    count, slowest = sized(4, 60), 0.0
    with shared(quick, tmp_path / "server") as share, watching(quick) as watcher:
        for number in range(count):
            sent(share, PASAR, quick.filled(PASAR, {"H8": number % 5 + 1}), f"{number}.xlsx")
            time.sleep(0.6 + 2 * number / count)  # from before the first look to after filing
            with share.frozen():
                said = until(lambda: trouble(quick) != "", within=TWO_SCANS + 6, every=0.01)
                slowest = max(slowest, said)
                assert_said_in_status(quick)
            until(is_filed(quick, number + 1), within=60)
            until(lambda: trouble(quick) == "", within=TAKEN_UP)
        watcher.end()
    figure("share frozen, slowest seconds until said (bound 2 scans + 1)", f"{slowest:.2f}")
    assert slowest <= TWO_SCANS + 1
    assert "tidak menjawab" in watcher.said()
    assert quick.says("verify").code == 0


@pytest.mark.parametrize("moment", [0.0, 1.3, 2.1])
def test_a_watcher_of_a_frozen_share_ends_when_told_to(
    quick: Office, tmp_path: Path, moment: float
) -> None:
    with shared(quick, tmp_path / "server") as share:
        with watching(quick) as watcher:
            sent(share, PASAR, quick.filled(PASAR), "kiriman.xlsx")
            time.sleep(moment)
            with share.frozen():
                time.sleep(SCAN)
                watcher.process.send_signal(signal.SIGTERM)
                seconds = until(lambda: has_ended(watcher.process), within=15)
                assert beat(quick)["running"] is False
            figure("frozen share, seconds from SIGTERM to the end", f"{seconds:.2f}")
            assert watcher.process.wait(10) == 0, watcher.said()
            assert "Traceback" not in watcher.said()
        again_after(quick)


def again_after(office: Office) -> None:
    """Demand that the next watcher takes up what was left."""
    with watching(office) as watcher:
        until(is_filed(office, 1), within=30)
        until(lambda: office.inbox() == [], within=30)
        watcher.end()
    assert [row.status for row in arrivals(office)] == ["accepted"]
    assert office.says("verify").code == 0


def test_where_nothing_may_be_deleted_a_file_is_judged_once_until_it_changes(
    quick: Office, tmp_path: Path
) -> None:
    moment = 946_684_800
    first, second = same_size(quick)
    with shared(quick, tmp_path / "server", "--delete-deny") as share:
        with watching(quick) as watcher:
            path = sent(share, PASAR, first, "tetap.xlsx")
            os.utime(path, (moment, moment))
            until(lambda: len(arrivals(quick)) == 1, within=30)
            time.sleep(5 * SCAN)
            assert len(arrivals(quick)) == 1
            path.write_bytes(second)
            os.utime(path, (moment, moment))
            until(lambda: len(arrivals(quick)) == 2, within=30)
            time.sleep(3 * SCAN)
            watcher.end()
        with watching(quick) as watcher:
            time.sleep(4 * SCAN)
            watcher.end()
        assert [row.status for row in arrivals(quick)] == ["accepted", "accepted"]
        assert path.read_bytes() == second


def same_size(office: Office) -> tuple[bytes, bytes]:
    """Give two different returns of one size."""
    first, second = office.filled(PASAR), office.filled(PASAR, {"H8": 2})
    longest = max(len(first), len(second))
    return padded(first, longest + 1), padded(second, longest + 1)
