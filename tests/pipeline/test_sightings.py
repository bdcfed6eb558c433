"""Remember since when files lie there, and say so of those that people must know of."""

from __future__ import annotations

import errno
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from workbook_tools.inbox import Listing, look
from workbook_tools.pipeline.sightings import Sightings, inbox_now, lingering, load_sightings
from workbook_tools.problems.sentences.waiting import BARE
from workbook_tools.settings import Settings
from workbook_tools.workspace import Workspace

NOW = datetime(2020, 4, 3, 2, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Give a workspace with a state folder and one unit's folder in the inbox."""
    (tmp_path / ".state").mkdir()
    (tmp_path / "inbox" / "kabid-pasar").mkdir(parents=True)
    return Workspace(tmp_path.resolve(), Settings())


def drop(workspace: Workspace, name: str) -> Path:
    """Put a file into the unit's folder."""
    path = workspace.inbox / "kabid-pasar" / name
    path.write_bytes(b"x")
    return path


def test_a_sighting_that_could_not_be_written_is_said_once_and_written_later(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    path = drop(workspace, "a.xlsx")
    sightings, files = Sightings(workspace), look(workspace.inbox).files
    with monkeypatch.context() as patched, caplog.at_level(logging.WARNING):
        patched.setattr("workbook_tools.pipeline.sightings.write_atomically", full)
        sightings.see(files, NOW)
        sightings.see(files, NOW)
    assert len(caplog.records) == 1
    assert load_sightings(workspace).since(path, now=LATER) == LATER
    sightings.see(files, LATER)
    assert load_sightings(workspace).since(path, now=LATER) == NOW


def test_what_is_known_already_is_not_written_again(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(workspace, "a.xlsx")
    files = look(workspace.inbox).files
    load_sightings(workspace).see(files, NOW)

    def never(*_: object) -> None:
        raise AssertionError("written again")

    monkeypatch.setattr("workbook_tools.pipeline.sightings.write_atomically", never)
    load_sightings(workspace).see(files, LATER)


def test_what_systems_leave_is_shown_after_patience_but_for_companions(
    workspace: Workspace,
) -> None:
    for name in ("._a.xlsx", ".nfs0001", ".smbdelete01", "~$a.xlsx", ".~lock.a.xlsx#"):
        drop(workspace, name)
    sightings, listing = Sightings(workspace), look(workspace.inbox)
    sightings.see(listing.files, NOW)
    assert lingering(listing, sightings, now=NOW, reasons={}) == ()
    shown = lingering(listing, sightings, now=LATER, reasons={})
    assert [found.file for found in shown] == [
        "inbox/kabid-pasar/.nfs0001",
        "inbox/kabid-pasar/.smbdelete01",
    ]
    assert {found.since for found in shown} == {NOW}


def test_a_file_waits_for_its_copy_or_for_somebody_who_looks(workspace: Workspace) -> None:
    drop(workspace, "a.xlsx")
    (watched,) = inbox_now(workspace, now=NOW, known=(), held=()).waiting
    (unwatched,) = inbox_now(workspace, now=NOW, known=None, held=()).waiting
    assert watched.reason == "menunggu sampai selesai disalin"
    assert unwatched.reason == (
        "belum diperiksa karena pemantau tidak berjalan; jalankan workbook-tools ingest"
    )


def test_a_closed_folder_is_told_since_it_was_closed(workspace: Workspace) -> None:
    folder = workspace.inbox / "kabid-pasar"
    sightings = Sightings(workspace)
    told = [
        [w.since for w in lingering(listing, sightings, now=now, reasons={})]
        for listing, now in (
            (Listing(closed=[(folder, "tertutup")]), NOW),
            (Listing(closed=[(folder, "tertutup")]), LATER),
            (Listing(), LATER),
            (Listing(closed=[(folder, "tertutup")]), LATER),
        )
    ]
    assert told == [[NOW], [NOW], [], [LATER]]


def test_a_bare_inbox_is_trouble_and_one_of_a_clone_is_not(workspace: Workspace) -> None:
    (workspace.inbox / "kabid-pasar").rmdir()
    assert inbox_now(workspace, now=NOW, known=(), held=()).trouble == BARE
    (workspace.inbox / ".gitkeep").touch()
    assert inbox_now(workspace, now=NOW, known=(), held=()).trouble == ""
