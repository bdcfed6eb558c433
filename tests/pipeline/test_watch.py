"""Let the real watcher run on a folder: it takes in, survives, and ends when told to."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.shell import NIAGA, PASAR, RETRIBUSI, UNITS, Office, tree
from workbook_tools.errors import Busy
from workbook_tools.pipeline.arrival import Outcome
from workbook_tools.pipeline.watch import Watch
from workbook_tools.problems.sentences.waiting import still_open
from workbook_tools.reader.worker import ReaderFault
from workbook_tools.workspace import open_workspace

PATIENCE = 20.0
NOW = datetime(2020, 4, 3, 9, tzinfo=ZoneInfo("Asia/Jakarta"))


@pytest.fixture
def quick(office: Office) -> Office:
    """Give an office whose watcher looks often and waits little."""
    (office.root / "workbook_tools.toml").write_text(
        "scan_seconds = 0.1\nsettle_seconds = 0.3\npatience_seconds = 1.0\n"
    )
    return office


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds, and fail where it never does."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.05)


class Running:
    """A watcher in a thread, and what it told."""

    def __init__(self, office: Office) -> None:
        self.told: list[Outcome] = []
        self.stop = threading.Event()
        self.failure: BaseException | None = None
        self.watch = Watch(
            open_workspace(office.root),
            lambda: NOW,
            self.told.extend,
            self.stop,
        )
        self.thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        try:
            self.watch.run()
        except BaseException as error:  # noqa: BLE001 - handed to the test
            self.failure = error

    def statuses(self) -> list[tuple[str, str]]:
        """Give name and fate of every file told of."""
        return [(o.file.rsplit("/", 1)[1], o.status) for o in self.told]


@contextmanager
def watching(office: Office) -> Iterator[Running]:
    """Run a watcher while it lasts; it must end without a failure."""
    running = Running(office)
    running.thread.start()
    try:
        yield running
    finally:
        running.stop.set()
        running.thread.join(timeout=PATIENCE)
    assert not running.thread.is_alive()
    assert running.failure is None


def beat(office: Office) -> dict[str, object]:
    """Give the watcher's last sign of life."""
    try:
        found = json.loads((office.root / ".state" / "pemantau.json").read_text())
    except FileNotFoundError:
        return {}
    assert isinstance(found, dict)
    return found


def waiting(office: Office) -> dict[str, str]:
    """Give what the watcher says of the files that wait: their reasons by name."""
    told = beat(office).get("waiting")
    return {w["file"]: w["reason"] for w in told} if isinstance(told, list) else {}


def test_files_of_every_way_of_arriving_are_taken_in(quick: Office) -> None:
    # One lies there at the start; one is copied slowly; one is saved as Excel does.
    quick.drop(PASAR, quick.filled(PASAR), name="dulu.xlsx")
    slow, renamed = quick.filled(NIAGA), quick.filled(RETRIBUSI, {"H8": "abc"})
    with watching(quick) as running:
        path = quick.drop(NIAGA, slow[:2000], name="pelan.xlsx")
        for start in range(2000, len(slow), len(slow) // 5):
            time.sleep(0.1)
            with path.open("ab") as file:
                file.write(slow[start : start + len(slow) // 5])
        hidden = quick.drop(RETRIBUSI, renamed, name="~simpan.tmp")
        time.sleep(0.2)
        hidden.rename(hidden.with_name("jadi.xlsx"))
        until(lambda: len(running.told) == 3 and quick.inbox() == [])
        assert sorted(running.statuses()) == [
            ("dulu.xlsx", "accepted"),
            ("jadi.xlsx", "rejected"),
            ("pelan.xlsx", "accepted"),
        ]
    outbox = tree(quick.root / "outbox")
    assert len([name for name in outbox if "/tanda-terima/" in name]) == 2
    assert len([name for name in outbox if "/ditolak/" in name]) == 2
    assert quick.says("verify").code == 0


def test_without_events_looking_is_enough(quick: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def none_left(*_: object, **__: object) -> None:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr("workbook_tools.pipeline.hints.Observer.schedule", none_left)
    with watching(quick) as running:
        quick.drop(PASAR, quick.filled(PASAR))
        until(lambda: running.statuses() == [("kiriman.xlsx", "accepted")])
    assert quick.inbox() == []
    assert quick.master().is_file()


def test_a_copy_that_never_completes_is_refused_after_patience(quick: Office) -> None:
    quick.drop(PASAR, quick.filled(PASAR)[:5000], name="putus.xlsx")
    with watching(quick) as running:
        until(
            lambda: (
                waiting(quick)
                == {"inbox/kabid-pasar/putus.xlsx": "menunggu sampai selesai disalin"}
            )
        )
        assert running.told == []
        until(lambda: running.statuses() == [("putus.xlsx", "rejected")])
    assert [p.code for p in running.told[0].problems] == ["B07"]


def test_a_file_that_is_open_waits_until_it_is_closed(quick: Office) -> None:
    quick.drop(PASAR, quick.filled(PASAR))
    owner = quick.drop(PASAR, b"Siti", name=".~lock.kiriman.xlsx#")
    with watching(quick) as running:
        until(
            lambda: (
                waiting(quick)
                == {"inbox/kabid-pasar/kiriman.xlsx": still_open(".~lock.kiriman.xlsx#")}
            )
        )
        time.sleep(0.6)
        assert running.told == []
        owner.unlink()
        until(lambda: running.statuses() == [("kiriman.xlsx", "accepted")])


def test_a_faulty_file_is_tried_once_and_again_after_it_changed(
    quick: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ReaderFault("rekaan")

    path = quick.drop(PASAR, quick.filled(PASAR))
    with watching(quick) as running:
        with monkeypatch.context() as patched:
            patched.setattr("workbook_tools.pipeline.session.Session.read", broken)
            until(lambda: running.statuses() == [("kiriman.xlsx", "fault")])
            time.sleep(1.0)
        assert running.statuses() == [("kiriman.xlsx", "fault")]
        path.write_bytes(quick.filled(PASAR, {"H8": 3}))
        until(lambda: len(running.told) == 2)
        assert running.statuses()[1] == ("kiriman.xlsx", "accepted")
    assert quick.inbox() == []


def test_a_file_that_cannot_be_removed_is_judged_once_and_removed_later(
    quick: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick.drop(PASAR, quick.filled(PASAR))
    unlink = Path.unlink

    def held(path: Path, missing_ok: bool = False) -> None:  # noqa: FBT001, FBT002 - pathlib's own
        if path.name == "kiriman.xlsx":
            raise PermissionError(13, "in use")
        unlink(path, missing_ok=missing_ok)

    with watching(quick) as running:
        with monkeypatch.context() as patched:
            patched.setattr(Path, "unlink", held)
            until(lambda: running.statuses() == [("kiriman.xlsx", "accepted")])
            time.sleep(1.0)
        until(lambda: quick.inbox() == [])
    assert running.statuses() == [("kiriman.xlsx", "accepted")]
    assert len(quick.ledger()["arrival"]) == 1


def test_an_inbox_that_vanishes_is_said_and_taken_up_again(quick: Office) -> None:
    with watching(quick) as running:
        until(lambda: beat(quick) != {})
        (quick.root / "inbox").rename(quick.root / "lepas")
        until(lambda: "tidak terjangkau" in str(beat(quick)["trouble"]))
        said = quick.tells("status").out
        (quick.root / "lepas").rename(quick.root / "inbox")
        quick.drop(PASAR, quick.filled(PASAR))
        until(lambda: running.statuses() == [("kiriman.xlsx", "accepted")])
        until(lambda: beat(quick)["trouble"] == "")
    assert "Pemantau" in said


def test_an_outbox_that_cannot_be_written_holds_up_and_loses_nothing(quick: Office) -> None:
    place = quick.root / "outbox" / PASAR / "tanda-terima"
    place.write_text("sebuah berkas di tempat folder")
    quick.drop(PASAR, quick.filled(PASAR))
    with watching(quick) as running:
        until(lambda: "tanda-terima" in str(beat(quick).get("trouble")))
        time.sleep(0.5)
        assert quick.inbox() == ["kabid-pasar/kiriman.xlsx"]
        place.unlink()
        until(lambda: beat(quick)["trouble"] == "")
    assert running.failure is None
    assert quick.inbox() == []
    assert len(quick.ledger()["arrival"]) == 1
    assert len(tree(place)) == 1
    assert quick.says("verify").code == 0


def test_a_register_that_is_broken_meanwhile_holds_up_until_it_is_mended(quick: Office) -> None:
    register = quick.workspace.register
    sound = register.read_bytes()
    with watching(quick) as running:
        until(lambda: beat(quick) != {})
        register.write_bytes(b"setengah tersimpan")
        quick.drop(PASAR, quick.filled(PASAR))
        until(lambda: "Registri" in str(beat(quick)["trouble"]))
        register.write_bytes(sound)
        until(lambda: running.statuses() == [("kiriman.xlsx", "accepted")])


def test_a_locked_master_waits_and_is_put_in_place_when_it_is_closed(
    quick: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert quick.says("consolidate", "--year", "2020").code == 0
    master = quick.master()
    old = master.read_bytes()
    replace = Path.replace

    def held(path: Path, target: Path) -> Path:
        if target == master:
            raise PermissionError(13, "in use")
        return replace(path, target)

    with watching(quick) as running:
        with monkeypatch.context() as patched:
            patched.setattr(Path, "replace", held)
            quick.drop(PASAR, quick.filled(PASAR))
            until(lambda: len(running.told) == 1)
            waiting = master.with_name("IKU-IKI-2020.menunggu.xlsx")
            until(waiting.exists)
            assert master.read_bytes() == old
            said = quick.says("status").document
            assert said["masters_waiting"] == ["outbox/master/IKU-IKI-2020.menunggu.xlsx"]
        until(lambda: not waiting.exists())
    assert master.read_bytes() != old
    assert quick.says("verify").code == 0


def test_a_second_watcher_is_refused_while_the_first_lives(quick: Office) -> None:
    with watching(quick):
        until(lambda: beat(quick) != {})
        second = Running(quick)
        second.thread.start()
        second.thread.join(timeout=PATIENCE)
        assert isinstance(second.failure, Busy)
        said = quick.says("watch")
        assert (said.code, said.out) == (2, "")
        assert "sedang dipakai oleh proses lain" in said.err


def start(office: Office, *arguments: str) -> subprocess.Popen[str]:
    """Start the watcher as people do."""
    return subprocess.Popen(
        [sys.executable, "-m", "workbook_tools", *arguments, "watch"],
        cwd=office.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM to send")
@pytest.mark.parametrize("name", ["SIGTERM", pytest.param("SIGINT", marks=pytest.mark.slow)])
def test_a_signal_ends_the_process_well_and_the_ledger_with_it(quick: Office, name: str) -> None:
    quick.drop(PASAR, quick.filled(PASAR))
    process = start(quick, "--json")
    try:
        until(lambda: quick.inbox() == [])
        alive = quick.says("status").document["watcher"]
        process.send_signal(getattr(signal, name))
        out, err = process.communicate(timeout=PATIENCE)
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 0
    assert json.loads(out) == {"stopped": True}
    assert "DITERIMA revisi 1  inbox/kabid-pasar/kiriman.xlsx" in err
    assert "Traceback" not in err
    assert isinstance(alive, dict)
    assert alive["alive"] is True
    assert quick.says("status").document["watcher"] == {
        "alive": False,
        "at": beat(quick)["at"],
        "trouble": None,
        "trouble_since": None,
        "busy_since": None,
        "waiting": [],
    }
    assert quick.says("verify").code == 0


@pytest.mark.kill
@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL to send")
def test_a_killed_watcher_leaves_its_place_to_the_next(quick: Office) -> None:
    process = start(quick)
    until(lambda: beat(quick) != {})
    process.kill()
    process.communicate()
    for unit in UNITS:
        quick.drop(unit, quick.filled(unit))
    with watching(quick) as running:
        until(lambda: len(running.told) == 3)
    assert quick.says("verify").code == 0
    shutil.rmtree(quick.root / "outbox")
    assert quick.says("rebuild").code == 0
