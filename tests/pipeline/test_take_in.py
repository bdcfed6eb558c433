"""Take in what lies in the inbox by one command: what cannot be seen is said, nothing is lost."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from tests.shell import NIAGA, PASAR, Office
from workbook_tools.pipeline import take_in
from workbook_tools.pipeline.ingest import ingest


def emptied(office: Office) -> None:
    """Leave the inbox as a share does that has come off."""
    (office.root / "inbox").rename(office.root / "drive")
    (office.root / "inbox").mkdir()


def test_a_bare_inbox_is_an_error_and_not_an_empty_one(office: Office) -> None:
    emptied(office)
    said = office.tells("ingest")
    assert (said.code, said.out) == (2, "")
    assert "Folder inbox kosong, folder unit pun tidak ada" in said.err
    assert "Periksa sambungan ke drive bersama" in said.err
    assert "workbook-tools init" in said.err
    assert "terlepas" in str(office.says("status").document["trouble"])


def test_the_inbox_of_a_clone_is_empty_and_not_bare(office: Office) -> None:
    emptied(office)
    (office.root / "inbox" / ".gitkeep").touch()
    said = office.tells("ingest")
    assert (said.code, said.err) == (0, "")
    assert "Tidak ada berkas baru di inbox." in said.out


def test_what_could_be_finished_is_told_although_the_inbox_cannot_be_seen(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    office.drop(PASAR, office.filled(PASAR))
    with monkeypatch.context() as patched:
        patched.setattr("workbook_tools.ledger.store.Ledger.judge", killed)
        office.says("ingest")
    emptied(office)
    said = office.says("ingest")
    assert said.code == 2
    assert "terlepas" in said.err
    assert [a["status"] for a in said.rows("arrivals")] == ["accepted"]


def test_a_folder_that_cannot_be_opened_is_told_of_and_keeps_no_other_waiting(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.drop(PASAR, office.filled(PASAR))
    office.drop(NIAGA, office.filled(NIAGA))
    scandir = os.scandir

    def refused(folder: str | Path) -> object:
        if Path(folder).name == NIAGA:
            raise PermissionError(errno.EACCES, "Permission denied", str(folder))
        return scandir(folder)

    with monkeypatch.context() as patched:
        patched.setattr("workbook_tools.inbox.os.scandir", refused)
        said = office.says("ingest")
    assert said.code == 0
    assert [(a["file"], a["status"]) for a in said.rows("arrivals")] == [
        (f"inbox/{PASAR}/kiriman.xlsx", "accepted"),
        (f"inbox/{NIAGA}", "ignored"),
    ]
    assert "folder tidak dapat dibuka (tidak diizinkan)" in said.out
    assert office.inbox() == [f"{NIAGA}/kiriman.xlsx"]


def test_a_file_that_is_open_is_told_with_the_file_that_says_so(office: Office) -> None:
    office.drop(PASAR, office.filled(PASAR))
    office.drop(PASAR, b"Siti", name=".~lock.kiriman.xlsx#")
    said = office.tells("ingest")
    assert said.code == 0
    assert "bila tidak ada yang membukanya, hapus .~lock.kiriman.xlsx#" in said.out


def test_a_share_that_goes_after_the_judging_takes_no_outcome_along(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = office.drop(PASAR, office.filled(PASAR))
    stat = Path.stat

    def stale(asked: Path, **how: bool) -> os.stat_result:
        if asked == path:
            raise OSError(errno.EIO, "Input/output error", str(asked))
        return stat(asked, **how)

    def then_gone(*given: object) -> object:
        done = ingest(*given)  # type: ignore[arg-type] # handed through as it came
        monkeypatch.setattr(Path, "stat", stale)
        return done

    monkeypatch.setattr(take_in, "ingest", then_gone)
    said = office.says("ingest")
    assert said.code == 0, said.err
    assert [a["status"] for a in said.rows("arrivals")] == ["accepted"]


@pytest.mark.parametrize("at", ["settle_pending", "consolidate_stale"])
def test_a_master_that_cannot_be_written_takes_no_outcome_along(
    office: Office, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    office.drop(PASAR, office.filled(PASAR))
    with monkeypatch.context() as patched:
        patched.setattr(take_in, at, full)
        said = office.says("ingest")
    assert said.code == 2
    assert "Induk tidak dapat disusun (disk penuh)" in said.err
    assert [a["status"] for a in said.rows("arrivals")] == ["accepted"]
    assert office.says("ingest").code == 0
    assert office.master().is_file()
