"""What keeps the program from working is said in a sentence, and does no damage."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.shell import NIAGA, PASAR, RETRIBUSI, Office, tree
from tests.trust.watcher import beat, set_up, until, watching
from workbook_tools.pipeline.arrival import Outcome
from workbook_tools.pipeline.watch import Watch
from workbook_tools.workspace import open_workspace

NOW = datetime(2020, 4, 3, 9, tzinfo=ZoneInfo("Asia/Jakarta"))
WITHIN = 20.0


@pytest.fixture
def quick(office: Office) -> Office:
    """Give an office whose watcher looks often."""
    set_up(office, scan_seconds=0.2, settle_seconds=0.2, patience_seconds=1.0)
    return office


def test_a_second_watcher_is_refused_with_a_sentence_and_the_first_works_on(
    quick: Office,
) -> None:
    with watching(quick) as first:
        second = subprocess.run(
            [sys.executable, "-m", "workbook_tools", "watch"],
            cwd=quick.root,
            capture_output=True,
            text=True,
            timeout=WITHIN,
            check=False,
        )
        assert second.returncode == 2
        assert "sedang dipakai oleh proses lain" in second.stderr
        assert "Traceback" not in second.stderr
        quick.drop(PASAR, quick.filled(PASAR))
        until(lambda: quick.inbox() == [], within=WITHIN)
        assert beat(quick)["pid"] == first.process.pid
        first.end()


def test_a_second_watcher_on_another_computer_is_refused(quick: Office, tmp_path: Path) -> None:
    elsewhere = tmp_path / "komputer lain"
    text = (quick.root / "workbook_tools.toml").read_text()
    quick.drop(PASAR, quick.filled(PASAR))
    (quick.root / "workbook_tools.toml").write_text(f'state = "{elsewhere.as_posix()}"\n{text}')
    said = quick.says("watch")
    assert said.code == 2
    assert "ada di komputer" in said.err
    assert quick.inbox() == ["kabid-pasar/kiriman.xlsx"]


def test_an_outbox_of_one_unit_that_cannot_be_written_holds_up_that_unit_alone(
    office: Office,
) -> None:
    place = office.root / "outbox" / PASAR / "tanda-terima"
    place.write_text("sebuah berkas di tempat folder")
    office.drop(PASAR, office.filled(PASAR))
    office.drop(NIAGA, office.filled(NIAGA))
    office.drop(RETRIBUSI, office.filled(RETRIBUSI, {"H8": "abc"}))
    said = office.says("ingest")
    assert said.code == 2
    assert "tidak dapat ditulis" in said.err
    assert office.inbox() == ["kabid-pasar/kiriman.xlsx"]
    assert office.master().is_file()
    written = tree(office.root / "outbox")
    assert any(f"{NIAGA}/tanda-terima/" in name for name in written)
    assert any(f"{RETRIBUSI}/ditolak/" in name for name in written)
    place.unlink()
    assert office.says("ingest").code == 0
    assert office.inbox() == []
    assert office.says("verify").code == 0


def test_a_clock_that_jumps_back_changes_neither_order_nor_what_counts(office: Office) -> None:
    office.drop(PASAR, office.filled(PASAR, {"H8": 2}), name="a.xlsx")
    assert office.says("ingest", today="2020-04-09").code == 0
    office.drop(PASAR, office.filled(PASAR, {"H8": 3}), name="b.xlsx")
    (second,) = office.says("ingest", today="2020-04-03").rows("arrivals")
    assert (second["status"], second["revision"]) == ("accepted", 2)
    (unit,) = (
        u
        for u in office.says("status", today="2020-04-03").rows("units")
        if (u["unit"], u["period"]) == (PASAR, "TW1")
    )
    assert (unit["status"], unit["revision"]) == ("diterima", 2)
    assert office.says("verify").code == 0
    before = tree(office.root / "outbox")
    assert office.says("rebuild").code == 0
    assert tree(office.root / "outbox") == before


def test_an_empty_file_is_not_overdue_because_the_clock_was_wrong(office: Office) -> None:
    office.drop(PASAR, b"")
    for day in ("2020-04-09", "2020-04-03", "2020-04-04"):
        (arrival,) = office.says("ingest", today=day).rows("arrivals")
        assert arrival["status"] == "ignored"
    (arrival,) = office.says("ingest", today="2020-04-05").rows("arrivals")
    assert arrival["status"] == "rejected"


def test_a_watcher_works_on_when_its_clock_jumps_back(quick: Office) -> None:
    moments = [NOW]
    told: list[Outcome] = []
    stop = threading.Event()
    watch = Watch(open_workspace(quick.root), lambda: moments[-1], told.extend, stop)
    thread = threading.Thread(target=watch.run)
    thread.start()
    try:
        for number, moment in enumerate((NOW + timedelta(days=2), NOW - timedelta(days=1)), 1):
            moments.append(moment)
            quick.drop(PASAR, quick.filled(PASAR, {"H8": number}), name=f"{number}.xlsx")
            until(lambda n=number: len(told) == n, within=WITHIN)  # type: ignore[misc]
        empty = quick.drop(PASAR, b"", name="kosong.xlsx")
        until(lambda: len(waiting(quick)) == 1, within=WITHIN)
        assert datetime.fromisoformat(waiting(quick)[0]) <= moments[-1]
        empty.unlink()
        until(lambda: waiting(quick) == [], within=WITHIN)
    finally:
        stop.set()
        thread.join(WITHIN)
    assert [outcome.status for outcome in told] == ["accepted", "accepted"]
    assert quick.says("verify").code == 0


def waiting(office: Office) -> list[str]:
    """Give since when files wait, as the watcher says."""
    found = beat(office).get("waiting")
    return [w["since"] for w in found] if isinstance(found, list) else []


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="stops a process as POSIX can")
def test_a_watcher_that_has_stopped_is_not_said_to_run(quick: Office) -> None:
    with watching(quick) as running:
        running.pause()
        until(lambda: '"alive": false' in quick.says("status").out, within=WITHIN, every=0.5)
        assert "Pemantau tidak berjalan" in quick.tells("status").out
        running.go_on()
        until(lambda: '"alive": true' in said_now(quick), within=WITHIN, every=0.5)
        running.end()
    time.sleep(0.1)


def said_now(office: Office) -> str:
    """Give what `status` says as JSON."""
    return office.says("status").out
