"""Let the watcher say how it fares: what comes last counts, and trouble has its own time."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from workbook_tools.pipeline.heartbeat import (
    SHARE,
    WORK,
    Beat,
    Heartbeat,
    bury_silent,
    read_beat,
)
from workbook_tools.pipeline.sightings import Lingering
from workbook_tools.settings import Settings
from workbook_tools.workspace import Workspace

NOW = datetime(2020, 4, 3, 2, 0, tzinfo=UTC)
SOON = 5.0


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Give a workspace whose watcher beats often."""
    (tmp_path / ".state").mkdir()
    return Workspace(tmp_path, Settings(scan_seconds=0.05))


class Clock:
    """Gives the time that a test sets."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def after(self, minutes: int) -> datetime:
        """Let minutes pass."""
        self.now = NOW + timedelta(minutes=minutes)
        return self.now


def last(workspace: Workspace) -> Beat:
    """Give what was said last."""
    return read_beat(workspace, now=NOW).beat


def test_what_is_written_is_what_is_read(workspace: Workspace) -> None:
    heart = Heartbeat(workspace, Clock())
    waiting = (Lingering("inbox/a.xlsx", NOW, "dibuka"),)
    heart.say(busy_since=NOW, waiting=waiting)
    heart.complain(SHARE, "Folder inbox tidak menjawab.")
    found = read_beat(workspace, now=NOW)
    assert (found.is_alive, found.at) == (True, NOW)
    assert found.beat == Beat(
        trouble="Folder inbox tidak menjawab.", trouble_since=NOW, busy_since=NOW, waiting=waiting
    )


class Held:
    """A clock that holds up the repeating thread: at its first beat, and again at its second."""

    def __init__(self) -> None:
        self.reached = [threading.Event(), threading.Event()]
        self.released = [threading.Event(), threading.Event()]
        self._count = 0

    def __call__(self) -> datetime:
        if threading.current_thread().name == "tanda hidup" and self._count < len(self.reached):
            self._count += 1
            self.reached[self._count - 1].set()
            assert self.released[self._count - 1].wait(SOON)
        return NOW


def while_held(workspace: Workspace, act: Callable[[Heartbeat], None]) -> Heartbeat:
    """Do something while the repeating thread is in the middle of a beat, then let that end."""
    clock = Held()
    heart = Heartbeat(workspace, clock)
    heart.start()
    assert clock.reached[0].wait(SOON)
    acting = threading.Thread(target=act, args=(heart,))
    acting.start()
    acting.join(0.2)
    clock.released[0].set()
    clock.released[1].set()
    acting.join(SOON)
    assert not acting.is_alive()
    return heart


def test_an_older_beat_never_overwrites_a_newer_one(workspace: Workspace) -> None:
    clock = Held()
    heart = Heartbeat(workspace, clock)
    heart.start()
    assert clock.reached[0].wait(SOON)
    saying = threading.Thread(target=heart.say, kwargs={"busy_since": NOW})
    saying.start()
    saying.join(0.2)
    clock.released[0].set()  # the beat that began first now ends
    assert clock.reached[1].wait(SOON)
    said = last(workspace)
    clock.released[1].set()
    saying.join(SOON)
    heart.end()
    assert said.busy_since == NOW


def test_the_end_is_the_last_thing_said_even_by_a_thread_too_slow_to_wait_for(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end(heart: Heartbeat) -> None:
        with monkeypatch.context() as patched:
            patched.setattr(heart._thread, "join", lambda **_: None)
            heart.end()

    heart = while_held(workspace, end)
    heart._thread.join(SOON)
    assert not heart._thread.is_alive()
    assert not last(workspace).is_running


def test_a_look_left_behind_says_nothing_after_the_end(workspace: Workspace) -> None:
    heart = Heartbeat(workspace, Clock())
    heart.start()
    heart.end()
    written = workspace.heartbeat.stat().st_mtime_ns
    heart.say(busy_since=None, waiting=(Lingering("inbox/a.xlsx", NOW, "dibuka"),))
    heart.complain(WORK, "Disk penuh.")
    assert workspace.heartbeat.stat().st_mtime_ns == written
    assert last(workspace).waiting == ()


def test_trouble_of_one_source_does_not_make_that_of_the_other_younger(
    workspace: Workspace,
) -> None:
    clock = Clock()
    heart = Heartbeat(workspace, clock)
    heart.complain(SHARE, "Folder inbox tidak menjawab.")
    second = clock.after(5)
    heart.complain(WORK, "Disk penuh.")
    assert last(workspace).trouble == "Folder inbox tidak menjawab. Disk penuh."
    assert last(workspace).trouble_since == NOW
    clock.after(6)
    heart.complain(SHARE, "Folder inbox tidak terjangkau.")
    assert last(workspace).trouble_since == NOW
    heart.complain(SHARE, "")
    assert last(workspace).trouble == "Disk penuh."
    assert last(workspace).trouble_since == second
    heart.complain(WORK, "")
    assert last(workspace).trouble_since is None
    third = clock.after(9)
    heart.complain(SHARE, "Folder inbox tidak menjawab.")
    assert last(workspace).trouble_since == third


def test_all_is_well_again_only_when_nothing_is_in_trouble(
    workspace: Workspace, caplog: pytest.LogCaptureFixture
) -> None:
    heart = Heartbeat(workspace, Clock())
    with caplog.at_level(logging.WARNING):
        heart.complain(SHARE, "")
        heart.complain(SHARE, "Folder inbox tidak menjawab.")
        heart.complain(WORK, "Disk penuh.")
        heart.complain(SHARE, "")
        heart.complain(WORK, "")
    assert [record.getMessage() for record in caplog.records] == [
        "Folder inbox tidak menjawab. Akan dicoba lagi.",
        "Disk penuh. Akan dicoba lagi.",
        "Satu gangguan berlalu; yang masih ada: Disk penuh.",
        "Keadaan pulih.",
    ]


def test_a_watcher_does_again_by_itself_what_a_command_asks_a_person_to(
    workspace: Workspace, caplog: pytest.LogCaptureFixture
) -> None:
    heart = Heartbeat(workspace, Clock())
    with caplog.at_level(logging.WARNING):
        heart.complain(WORK, "Periksa jaringan dan server itu, lalu jalankan lagi.")
        heart.complain(WORK, "Periksa jaringan dan server itu, lalu jalankan lagi.")
    assert [record.getMessage() for record in caplog.records] == [
        "Periksa jaringan dan server itu. Akan dicoba lagi."
    ]


def test_of_several_watchers_the_last_words_of_one_that_ended_are_kept(tmp_path: Path) -> None:
    (tmp_path / ".state").mkdir()
    shared = Workspace(
        tmp_path, Settings(ledger_url=SecretStr("postgresql+psycopg://server/kantor"))
    )
    heart = Heartbeat(shared, Clock())
    heart.start()
    heart.end()
    found = read_beat(shared, now=NOW)
    assert (found.is_alive, found.at) == (False, NOW)
    assert bury_silent(shared, now=NOW) == 0
    assert read_beat(shared, now=NOW) == found
