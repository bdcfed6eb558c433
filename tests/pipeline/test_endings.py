"""What goes wrong with one arrival, note, listener or terminal stops nothing else."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Self
from zoneinfo import ZoneInfo

import pytest
from watchdog.events import FileSystemEventHandler
from watchdog.observers.api import BaseObserver, ObservedWatch

from tests.shell import NIAGA, PASAR, RETRIBUSI, TODAY, Office
from tests.trust.watcher import beat, set_up, until
from workbook_tools import inbox
from workbook_tools.errors import CannotWrite
from workbook_tools.inbox import Listing
from workbook_tools.ledger import Ledger
from workbook_tools.pipeline import ingest, lister, settle
from workbook_tools.pipeline.arrival import Outcome
from workbook_tools.pipeline.engine import Checked
from workbook_tools.pipeline.hints import Hints
from workbook_tools.pipeline.progress import Step
from workbook_tools.pipeline.session import Session
from workbook_tools.pipeline.watch import Watch
from workbook_tools.reader.worker import ReaderFault
from workbook_tools.workspace import open_workspace

NOW = datetime(2020, 4, 3, 9, tzinfo=ZoneInfo("Asia/Jakarta"))
WITHIN = 20.0


class Running:
    """A watcher in a thread."""

    def __init__(self, office: Office, tell: Callable[[tuple[Outcome, ...]], None]) -> None:
        self.stop = threading.Event()
        self.watch = Watch(open_workspace(office.root), lambda: NOW, tell, self.stop)
        self.thread = threading.Thread(target=self.watch.run)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self.thread.join(WITHIN)
        assert not self.thread.is_alive()


def silent(_outcomes: tuple[Outcome, ...]) -> None:
    """Tell nobody."""


@pytest.fixture
def quick(office: Office) -> Office:
    """Give an office whose watcher looks often."""
    set_up(office, scan_seconds=0.2, settle_seconds=0.2, patience_seconds=1.0)
    return office


@pytest.fixture
def undelivered(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Give an office in which a return was judged and its receipt could not be written."""

    def refused(*_: object, **__: object) -> None:
        raise CannotWrite("disk penuh")

    office.drop(PASAR, office.filled(PASAR), name="a.xlsx")
    with monkeypatch.context() as patched:
        patched.setattr(settle, "deliver", refused)
        assert office.says("ingest").code == 2
    office.drop(NIAGA, office.filled(NIAGA), name="b.xlsx")
    return office


def test_a_note_that_the_program_cannot_write_keeps_no_other_file_waiting(
    undelivered: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("rekaan")

    with monkeypatch.context() as patched:
        patched.setattr(ingest, "rejudge", broken)
        said = undelivered.says("ingest")
    assert said.code == 2
    assert "gangguan saat menulis catatan kiriman nomor 1" in said.err
    assert undelivered.inbox() == ["kabid-pasar/a.xlsx"]
    assert undelivered.says("ingest").code == 0
    assert undelivered.inbox() == []
    assert undelivered.says("verify").code == 0


def test_an_original_that_is_gone_from_the_archive_keeps_no_other_file_waiting(
    undelivered: Office,
) -> None:
    (sha256,) = [row[1] for row in undelivered.ledger()["arrival"]]
    kept = undelivered.root / ".state" / "arsip" / "berkas" / str(sha256)[:2] / str(sha256)
    data = kept.read_bytes()
    kept.unlink()
    said = undelivered.says("ingest")
    assert said.code == 2
    assert "Pulihkan dari cadangan" in said.err
    assert undelivered.inbox() == ["kabid-pasar/a.xlsx"]
    kept.write_bytes(data)
    assert undelivered.says("ingest").code == 0
    assert undelivered.says("verify").code == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows has no names of bytes")
def test_a_folder_whose_name_is_no_text_is_taken_in_and_so_is_its_neighbour(
    office: Office,
) -> None:
    office.drop(os.fsdecode(b"\xffunit"), office.filled(PASAR), name="a.xlsx")
    office.drop(NIAGA, office.filled(NIAGA), name="b.xlsx")
    said = office.says("ingest")
    assert sorted(str(a["status"]) for a in said.rows("arrivals")) == ["accepted", "rejected"]
    assert office.inbox() == []
    assert office.says("verify").code == 0


def test_a_fault_keeps_the_file_whenever_the_program_is_stopped(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ReaderFault("rekaan")

    judge = Ledger.judge

    def stopped(self: Ledger, *given: object, **named: object) -> None:
        judge(self, *given, **named)  # type: ignore[arg-type] # handed through as it came
        raise CannotWrite("disk penuh")

    office.drop(PASAR, office.filled(PASAR))
    with monkeypatch.context() as patched:
        patched.setattr("workbook_tools.pipeline.session.Session.read", broken)
        patched.setattr(Ledger, "judge", stopped)
        assert office.says("ingest").code == 2
    assert office.inbox() == ["kabid-pasar/kiriman.xlsx"]
    said = office.says("ingest")
    assert [a["status"] for a in said.rows("arrivals")] == ["accepted"]


def test_of_a_batch_neither_bytes_nor_cells_are_kept(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[object] = []
    really = settle.settle

    def spied(session: Session, seen: Sequence[Checked], *, step: Step) -> object:
        kept.extend((one.arrival.data, one.arrival.reading) for one in seen)
        return really(session, seen, step=step)

    monkeypatch.setattr(ingest, "settle", spied)
    office.drop(PASAR, office.filled(PASAR))
    office.drop(RETRIBUSI, office.filled(RETRIBUSI, {"H8": "abc"}))
    office.says("ingest")
    assert kept == [(None, None)] * 2


def test_where_no_thread_is_to_be_had_a_batch_is_examined_in_the_only_one(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise RuntimeError("can't start new thread")

    office.drop(PASAR, office.filled(PASAR))
    with monkeypatch.context() as patched:
        patched.setattr(ThreadPoolExecutor, "submit", refused)
        said = office.says("ingest")
    assert [a["status"] for a in said.rows("arrivals")] == ["accepted"]


@pytest.mark.slow
def test_after_twenty_revisions_the_copies_are_still_named_rightly(office: Office) -> None:
    for number in range(1, 24):
        office.drop(PASAR, office.filled(PASAR, {"H8": number}), name="isian.xlsx")
        assert office.says("ingest").code == 0
    office.drop(PASAR, office.filled(PASAR, {"H8": 50}), name="isian (1).xlsx")
    (arrival,) = office.says("ingest").rows("arrivals")
    assert arrival["revision"] == 24
    assert "revisi 24 dari “isian (1).xlsx”" in str(arrival["problems"])


@pytest.mark.parametrize("what", ["tell", "advance"])
def test_a_passing_fault_after_a_judgement_does_not_keep_the_master_back(
    quick: Office, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    def torn(_outcomes: tuple[Outcome, ...]) -> None:
        raise BrokenPipeError(32, "Broken pipe")

    advance = Ledger.advance
    failures = [CannotWrite("disk penuh")] if what == "advance" else []

    def once(self: Ledger, numbers: Collection[int], state: str) -> None:
        if state == "filed" and failures:
            raise failures.pop()
        advance(self, numbers, state)

    monkeypatch.setattr(Ledger, "advance", once)
    quick.drop(PASAR, quick.filled(PASAR))
    with Running(quick, torn if what == "tell" else silent):
        until(lambda: quick.inbox() == [], within=WITHIN)
        until(lambda: quick.master().is_file(), within=WITHIN)
        until(lambda: beat(quick).get("trouble") == "", within=WITHIN)
    assert quick.says("verify").code == 0


@pytest.mark.slow
def test_an_inbox_that_is_gone_is_looked_for_at_each_scan_and_no_oftener(
    quick: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[float] = []
    look = inbox.look

    def counted(folder: Path) -> Listing:
        looks.append(time.monotonic())
        return look(folder)

    monkeypatch.setattr(lister, "look", counted)
    set_up(quick, scan_seconds=0.2, settle_seconds=5.0, patience_seconds=60.0)
    with Running(quick, silent):
        quick.drop(PASAR, quick.filled(PASAR))
        until(lambda: len(looks) > 3, within=WITHIN)
        (quick.root / "inbox").rename(quick.root / "lepas")
        until(lambda: "tidak terjangkau" in str(beat(quick)["trouble"]), within=WITHIN)
        time.sleep(5.0 + 0.5)  # the file would have been still by now
        before = len(looks)
        time.sleep(2.0)
        assert len(looks) - before <= 12


@pytest.mark.slow
def test_a_file_that_cannot_be_had_is_tried_less_and_less_often(
    quick: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[float] = []

    def locked(*_: object, **__: object) -> None:
        tried.append(time.monotonic())
        raise PermissionError(13, "Permission denied")

    path = quick.drop(PASAR, quick.filled(PASAR))
    with Running(quick, silent):
        with monkeypatch.context() as patched:
            patched.setattr("workbook_tools.pipeline.receive.read_file", locked)
            until(lambda: len(tried) >= 3, within=WITHIN)
            time.sleep(4.0)
            assert len(tried) <= 9  # of about twenty looks
        os.utime(path)  # whoever saves again is heard at once
        until(lambda: quick.inbox() == [], within=WITHIN)


def test_a_watcher_that_hears_nothing_of_a_frozen_share_ends_at_once(
    quick: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    thaw = threading.Event()

    def frozen(_inbox: Path) -> Listing:
        thaw.wait(WITHIN)
        return Listing()

    monkeypatch.setattr(lister, "look", frozen)
    set_up(quick, scan_seconds=60.0, settle_seconds=1.0)
    with Running(quick, silent) as running:
        until(lambda: beat(quick) != {}, within=WITHIN)
        time.sleep(0.5)
        running.stop.set()
        started = time.monotonic()
        running.thread.join(WITHIN)
        assert time.monotonic() - started < 10.0  # of the sixty to the next scan
    thaw.set()


def test_beginning_to_listen_keeps_nobody_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    thaw = threading.Event()
    schedule = BaseObserver.schedule

    def slow(
        self: BaseObserver, handler: FileSystemEventHandler, path: str, *, recursive: bool = False
    ) -> ObservedWatch:
        thaw.wait(WITHIN)
        return schedule(self, handler, path, recursive=recursive)

    monkeypatch.setattr(BaseObserver, "schedule", slow)
    bell = threading.Event()
    listening = Hints(tmp_path, bell)
    started = time.monotonic()
    listening.listen()
    listening.listen()
    assert time.monotonic() - started < 1.0
    thaw.set()
    until(lambda: rings(tmp_path, bell), within=WITHIN)
    listening.forget()


def rings(folder: Path, bell: threading.Event) -> bool:
    """Tell whether a new file rings the bell."""
    (folder / f"{time.monotonic_ns()}.txt").write_text(TODAY)
    return bell.wait(0.2)
