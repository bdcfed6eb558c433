"""The files of people are not harmed: read quickly, never written, removed only once kept."""

from __future__ import annotations

import errno
import hashlib
import os
import time
from pathlib import Path

import pytest
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from tests.shell import NIAGA, PASAR, RETRIBUSI, Office, call
from tests.trust.watcher import beat, set_up, until, watching
from workbook_tools.pipeline import settle
from workbook_tools.pipeline.session import Session

TOUCHED = {"created", "modified", "moved", "closed"}


class Seen(FileSystemEventHandler):
    """Keeps every event that changed something."""

    def __init__(self) -> None:
        self.events: list[tuple[str, str]] = []

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in {*TOUCHED, "deleted"} and not event.is_directory:
            self.events.append((event.event_type, Path(os.fsdecode(event.src_path)).name))


def test_nothing_is_made_written_or_renamed_in_the_inbox(office: Office) -> None:
    office.drop(PASAR, office.filled(PASAR), name="diterima.xlsx")
    office.drop(RETRIBUSI, office.filled(RETRIBUSI, {"H8": "abc"}), name="ditolak.xlsx")
    office.drop(NIAGA, b"<html>", name="asing.xlsx")
    office.drop(NIAGA, b"", name="kosong.xlsx")
    office.drop(NIAGA, b"Siti", name="~$terbuka.xlsx")
    seen, observer = Seen(), Observer()
    observer.schedule(seen, str(office.root / "inbox"), recursive=True)
    observer.start()
    try:
        assert office.says("ingest").code == 1
        time.sleep(0.3)
    finally:
        observer.stop()
        observer.join()
    assert sorted(seen.events) == [
        ("deleted", "asing.xlsx"),
        ("deleted", "diterima.xlsx"),
        ("deleted", "ditolak.xlsx"),
    ]


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="asks Linux what is open")
def test_a_file_is_closed_again_before_it_is_judged(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def opened() -> list[str]:
        inbox = str(office.root / "inbox")
        links = (Path("/proc/self/fd") / name for name in os.listdir("/proc/self/fd"))  # noqa: PTH208
        return [str(link) for link in links if str(os.path.realpath(link)).startswith(inbox)]

    read, deliver = Session.read, settle.deliver

    def reading(session: Session, data: bytes) -> object:
        asked.append("read")
        assert opened() == []
        return read(session, data)

    def delivering(*given: object, **named: object) -> None:
        asked.append("deliver")
        assert opened() == []
        deliver(*given, **named)  # type: ignore[arg-type] # handed through as it came

    monkeypatch.setattr(Session, "read", reading)
    monkeypatch.setattr(settle, "deliver", delivering)
    office.drop(PASAR, office.filled(PASAR))
    assert office.says("ingest").code == 0
    assert asked == ["read", "deliver"]


def test_a_file_is_removed_only_once_the_archive_holds_it_and_its_note_is_out(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlink = Path.unlink
    removed: list[str] = []

    def checked(path: Path, missing_ok: bool = False) -> None:  # noqa: FBT001, FBT002 - pathlib's own
        if "inbox" in path.parts:
            sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
            kept = office.root / ".state" / "arsip" / "berkas" / sha256[:2] / sha256
            assert hashlib.sha256(kept.read_bytes()).hexdigest() == sha256
            assert list((office.root / "outbox").rglob("*/tanda-terima/*.txt")) or list(
                (office.root / "outbox").rglob("*/ditolak/*.txt")
            )
            removed.append(path.name)
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", checked)
    office.drop(PASAR, office.filled(PASAR), name="a.xlsx")
    office.drop(RETRIBUSI, office.filled(RETRIBUSI, {"H8": "abc"}), name="b.xlsx")
    office.says("ingest")
    assert sorted(removed) == ["a.xlsx", "b.xlsx"]


def test_a_file_that_cannot_be_opened_is_told_and_taken_in_when_it_can(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = office.drop(PASAR, office.filled(PASAR))
    opens = os.open

    def locked(name: str | Path, *given: int, **named: int) -> int:
        if Path(name) == path:
            raise PermissionError(errno.EACCES, "Permission denied", str(name))
        return opens(name, *given, **named)

    with monkeypatch.context() as patched:
        patched.setattr("workbook_tools.plain_file.os.open", locked)
        said = office.says("ingest")
    (arrival,) = said.rows("arrivals")
    assert (said.code, arrival["status"]) == (0, "ignored")
    assert "belum dapat dibaca (Permission denied)" in str(arrival["problems"])
    (waits,) = office.says("status").rows("waiting")
    assert waits["file"] == "inbox/kabid-pasar/kiriman.xlsx"
    assert office.ledger()["arrival"] == []
    assert office.says("ingest").rows("arrivals")[0]["status"] == "accepted"


def waiting_now(office: Office) -> list[dict[str, object]]:
    """Give what lies in the inbox by the clock that the watcher has too."""
    return call("--workspace", str(office.root), "--json", "status").rows("waiting")


@pytest.mark.slow
def test_files_that_nobody_finishes_are_shown_for_as_long_as_they_lie_there(
    office: Office,
) -> None:
    set_up(office, scan_seconds=0.2, settle_seconds=0.3, patience_seconds=20.0)
    office.drop(PASAR, office.filled(PASAR), name="dibuka.xlsx")
    office.drop(PASAR, b"Siti", name="~$dibuka.xlsx")
    office.drop(PASAR, b"", name="kosong.xlsx")
    whole = office.filled(PASAR, {"H8": 3})
    grows = office.drop(PASAR, whole[:2000], name="tumbuh.xlsx")
    reasons = {
        "inbox/kabid-pasar/dibuka.xlsx": "bila tidak ada yang membukanya, hapus ~$dibuka.xlsx",
        "inbox/kabid-pasar/kosong.xlsx": "masih kosong (0 byte)",
        "inbox/kabid-pasar/tumbuh.xlsx": "menunggu sampai selesai disalin",
    }
    with watching(office) as running:

        def told() -> bool:
            with grows.open("ab") as file:
                file.write(whole[grows.stat().st_size :][:10])
            waiting = waiting_now(office)
            return len(waiting) == 3 and all(
                reasons[str(w["file"])] in str(w["reason"]) for w in waiting
            )

        until(told, within=10)
        first = {str(w["file"]): w["since"] for w in waiting_now(office)}
        time.sleep(1.5)
        assert told()
        again = {str(w["file"]): w["since"] for w in waiting_now(office)}
        assert again == first  # the time is the one of the first sight, also while it grows
        assert beat(office)["trouble"] == ""
        (office.root / "inbox" / PASAR / "~$dibuka.xlsx").unlink()
        grows.write_bytes(whole)
        until(lambda: len(waiting_now(office)) == 1, within=10)
        running.end()
    assert "kosong.xlsx" in call("--workspace", str(office.root), "status").out
    assert office.says("verify").code == 0
