"""Let several watchers work on one inbox, and kill one in the middle; nothing is done twice."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from decimal import Decimal
from pathlib import Path

import pytest

from tests.ledger.rounds import Desk, on_server
from tests.ledger.server import Server
from tests.shell import NIAGA, PASAR, RETRIBUSI, Office
from tests.trust.size import IS_LARGE, figure, sized
from workbook_tools.archive import folder_archive

pytestmark = [pytest.mark.postgres, pytest.mark.kill, pytest.mark.timeout(1800)]
HOLDER = "select holder from workbook_tools_giliran.turn"
ROOT = Path(__file__).parents[2]
PATIENCE = 60.0  # seconds; a killed watcher's turn takes its time to run out
SETTINGS = ("scan_seconds = 0.5", "settle_seconds = 0.2", "patience_seconds = 5", "events = false")


@pytest.fixture
def desk(office: Office, server: Server) -> Iterator[Desk]:
    """Give an office whose ledger was moved to a server, its watchers looking often."""
    (office.root / "workbook_tools.toml").write_text("\n".join(SETTINGS))
    moved = on_server(office, server)
    assert office.says("rebuild").code == 0
    yield moved
    server.drop(moved.database)


@contextmanager
def watcher(desk: Desk, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a watcher in a process group of its own while it lasts."""
    root = str(desk.office.root)
    program = "workbook_tools" if IS_LARGE else "tests.ledger.hasty"
    command = [sys.executable, "-m", program, "--workspace", root, "--json", "watch"]
    with log.open("wb") as said:
        process = subprocess.Popen(
            command, stdout=said, stderr=said, start_new_session=True, cwd=ROOT
        )
    try:
        yield process
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            assert process.wait(PATIENCE) == 0
    finally:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a watcher and what it started, as a power cut does."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def until(came_true: Callable[[], bool], what: str) -> None:
    last = time.monotonic() + PATIENCE
    while not came_true():
        assert time.monotonic() < last, f"{what} did not come true"
        time.sleep(0.05)


def running(desk: Desk) -> int:
    """Count the watchers that say they live."""
    return len(list((desk.office.root / ".state").glob("pemantau.*.json")))


def judged(desk: Desk) -> int:
    return sum(1 for row in desk.rows()["arrival"] if row[7] is not None)


def is_done(desk: Desk) -> bool:
    rows = desk.rows()
    arrivals = rows["arrival"]
    return not desk.office.inbox() and not rows["stale"] and all(r[6] == "filed" for r in arrivals)


def drop(office: Office, count: int, *, start: int = 0) -> list[str]:
    """Drop returns of three units, every one another; give their names."""
    names: list[str] = []
    for number in range(start, start + count):
        unit = (PASAR, NIAGA, RETRIBUSI)[number % 3]
        name = f"kiriman {number}.xlsx"
        office.drop(unit, office.filled(unit, {"H8": Decimal(number + 1)}), name=name)
        names.append(f"inbox/{unit}/{name}")
    return names


def assert_each_judged_once(desk: Desk, names: list[str]) -> None:
    """Every file has one arrival, journalled once under its number, and all of it is sound."""
    rows = desk.rows()["arrival"]
    assert Counter(row[2] for row in rows) == Counter(names)
    assert {row[7] for row in rows} <= {"accepted", "rejected"}
    events = [e for e in folder_archive(desk.office.workspace.archive).journal() if e.get("id")]
    assert [e["id"] for e in events] == list(range(1, len(names) + 1))
    said = desk.office.says("verify")
    assert (said.code, said.document["findings"]) == (0, [])


def test_three_watchers_judge_every_file_once(desk: Desk, tmp_path: Path) -> None:
    with ExitStack() as stack:
        for number in range(3):
            stack.enter_context(watcher(desk, tmp_path / f"{number}.log"))
        until(lambda: running(desk) == 3, "three watchers")
        names: list[str] = []
        for _ in range(3):
            names += drop(desk.office, sized(4, 40), start=len(names))
            time.sleep(0.7)
        until(lambda: judged(desk) == len(names) and is_done(desk), "all judged")
    told = [path.read_text() for path in sorted(tmp_path.glob("*.log"))]
    assert [text for text in told if "Traceback" in text] == []
    figure("watchers that judged something", sum("DITERIMA" in text for text in told))
    assert_each_judged_once(desk, names)


@pytest.mark.parametrize("at", (1, 2, 3, 5, 7)[: sized(1, 5)])
def test_the_work_of_a_killed_watcher_is_taken_over(desk: Desk, tmp_path: Path, at: int) -> None:
    with ExitStack() as stack:
        started = [
            stack.enter_context(watcher(desk, tmp_path / f"{number}.log")) for number in range(3)
        ]
        until(lambda: running(desk) == 3, "three watchers")
        names = drop(desk.office, sized(12, 300))  # more than a batch
        until(lambda: judged(desk) >= at, "one at work")
        ((holder,),) = desk.server.asks(HOLDER, desk.database)
        (at_work,) = (p for p in started if str(p.pid) == str(holder).split()[-1])
        kill(at_work)
        killed = time.monotonic()
        left = sum(1 for row in desk.rows()["arrival"] if row[6] != "filed")
        assert left + len(desk.office.inbox()) > 0
        until(lambda: judged(desk) == len(names) and is_done(desk), "all judged")
        figure("seconds from the kill to everything done", round(time.monotonic() - killed, 1))
        figure("arrivals that the killed one left unfinished", left)
    assert_each_judged_once(desk, names)


def test_a_paused_watcher_that_wakes_up_does_no_harm(desk: Desk, tmp_path: Path) -> None:
    names = drop(desk.office, 12)
    with ExitStack() as stack:
        first = stack.enter_context(watcher(desk, tmp_path / "0.log"))
        until(lambda: judged(desk) >= 2, "the first at work")
        os.killpg(first.pid, signal.SIGSTOP)
        stack.enter_context(watcher(desk, tmp_path / "1.log"))
        until(lambda: judged(desk) == len(names) and is_done(desk), "all judged by the second")
        os.killpg(first.pid, signal.SIGCONT)
        names += drop(desk.office, 3, start=len(names))
        until(lambda: judged(desk) == len(names) and is_done(desk), "all judged")
        assert first.poll() is None
    assert_each_judged_once(desk, names)


def test_masters_that_a_killed_watcher_did_not_write_are_written_by_another(
    desk: Desk, tmp_path: Path
) -> None:
    drop(desk.office, 3)
    assert desk.office.says("ingest").code == 0
    before = desk.office.master().read_bytes()
    desk.office.master().unlink()
    desk.server.asks("insert into workbook_tools.stale values (2020)", desk.database)
    with watcher(desk, tmp_path / "0.log"):
        until(lambda: is_done(desk), "the master of the first look")
        desk.office.master().unlink()
        desk.server.asks("insert into workbook_tools.stale values (2020)", desk.database)
        until(lambda: is_done(desk), "the master that another left")
        until(desk.office.master().exists, "the master")
    assert desk.office.master().read_bytes() == before


def test_status_tells_of_a_watcher_that_lives_though_another_was_killed(
    desk: Desk, tmp_path: Path
) -> None:
    with watcher(desk, tmp_path / "0.log"):
        until(lambda: running(desk) == 1, "a watcher")
        with watcher(desk, tmp_path / "1.log"):
            until(lambda: running(desk) == 2, "two watchers")
        told = desk.office.says("status").document["watcher"]
    assert isinstance(told, dict)
    assert told["alive"] is True
    assert json.dumps(told["trouble"]) == "null"


def test_a_watcher_goes_on_when_its_server_is_back(desk: Desk, tmp_path: Path) -> None:
    name = desk.database
    cut = f"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'"  # noqa: S608
    with watcher(desk, tmp_path / "0.log"):
        until(lambda: running(desk) == 1, "a watcher")
        desk.server.asks(f"alter database {name} allow_connections false")
        desk.server.asks(cut)
        names = drop(desk.office, 2)
        (beat,) = (desk.office.root / ".state").glob("pemantau.*.json")
        until(lambda: "menolak sambungan" in beat.read_text("utf-8"), "trouble that is said")
        assert "rahasia" not in beat.read_text("utf-8")
        desk.server.asks(f"alter database {name} allow_connections true")
        until(lambda: judged(desk) == len(names) and is_done(desk), "all judged")
    assert "Traceback" not in (tmp_path / "0.log").read_text("utf-8")
    assert "rahasia" not in (tmp_path / "0.log").read_text("utf-8")
    assert_each_judged_once(desk, names)
