"""The memory of the watcher stays as it is, however many files have passed through it.

Accepted returns are another matter: the year's master lists each, and is made in memory.
"""

from __future__ import annotations

import os
import sys
import time
from decimal import Decimal
from pathlib import Path

import pytest

from tests.shell import UNITS, Office
from tests.trust.monsters import MONSTERS
from tests.trust.size import figure, sized
from tests.trust.watcher import arrivals, set_up, until, watching

ROUND = 100
GROWTH = 1.25  # times the memory after a fourth of the files, at their end


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux how much memory is in use")
def test_the_memory_of_the_watcher_does_not_grow_with_the_files(office: Office) -> None:
    rounds = sized(10, 100)
    set_up(office, scan_seconds=0.2, settle_seconds=0.0, patience_seconds=0.0)
    bomb = MONSTERS["a hundred thousand merges"][0]()
    used: list[float] = []
    started = time.monotonic()
    with watching(office) as running:
        for number in range(rounds):
            for file in range(ROUND - 1):
                unit = UNITS[file % 3]
                # Few are accepted, for a master tells of each that was, and so grows with them.
                turn = number * ROUND + file
                value = f"kira-kira {turn}" if file % 25 else Decimal(turn)
                office.drop(unit, office.filled(unit, {"H8": value}), name=f"{number} {file}.xlsx")
            office.drop(UNITS[0], bomb + bytes([number]), name=f"{number} bom.xlsx")
            until(lambda: office.inbox() == [], within=300)
            used.append(resident(running.process.pid))
        took = time.monotonic() - started
        running.end(within=120)
    figure("files through one watcher", f"{rounds * ROUND} in {took:.0f} s")
    figure("its memory in MB, at each quarter", [round(m, 1) for m in used[:: max(1, rounds // 4)]])
    figure("its memory in MB, at the end", round(used[-1], 1))
    assert len(arrivals(office)) == rounds * ROUND
    assert used[-1] < GROWTH * used[rounds // 4]
    assert office.says("verify").code == 0


def resident(pid: int) -> float:
    """Give how many MB a process has in memory."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGESIZE") / 1_000_000
