"""Open what a command works with: workspace, register, ledger, archive, key and the time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from filelock import FileLock, Timeout

from workbook_tools.archive import Archive
from workbook_tools.errors import BadSettings, Busy, CannotWrite
from workbook_tools.form.limits import Limits
from workbook_tools.indicators.period import format_date
from workbook_tools.ledger import Ledger
from workbook_tools.registry.model import Registry
from workbook_tools.workspace import Workspace

WAIT_SECONDS = 120.0
_NETWORK = ("//", "\\\\")


@dataclass(frozen=True, slots=True)
class Session:
    """Everything one command needs. `now` is aware, in the office's zone."""

    workspace: Workspace
    registry: Registry
    ledger: Ledger
    archive: Archive
    key: bytes
    now: datetime
    limits: Limits = field(default_factory=Limits)

    def local(self, moment: datetime) -> datetime:
        """Give a moment in the office's zone."""
        return moment.astimezone(ZoneInfo(self.registry.rules.timezone))

    def in_words(self, moment: datetime) -> str:
        """Write a moment for people: "5 April 2020 pukul 08.30"."""
        local = self.local(moment)
        return f"{format_date(local.date())} pukul {local:%H.%M}"


@contextmanager
def open_session(workspace: Workspace, now: datetime, *, registry: Registry) -> Iterator[Session]:
    """Open a session and hold the workspace's lock while it lasts; Busy where it is held."""
    with _locked(workspace.state / "kerja.lock", wait=WAIT_SECONDS):
        ledger = open_ledger(workspace)
        try:
            yield Session(
                workspace, registry, ledger, Archive(workspace.archive), workspace.key(), now
            )
        finally:
            ledger.close()


def open_ledger(workspace: Workspace) -> Ledger:
    """Open the ledger; a network path is refused, since SQLite loses data there."""
    if str(workspace.state).startswith(_NETWORK):
        raise BadSettings(
            f"Folder catatan program ({workspace.state}) berada di jaringan. Isi “state” di "
            "workbook_tools.toml dengan folder di komputer ini."
        )
    try:
        return Ledger(workspace.ledger)
    except OSError as error:
        raise CannotWrite(f"Ledger di {workspace.ledger} tidak dapat dibuka: {error}.") from error


@contextmanager
def watcher_lock(workspace: Workspace) -> Iterator[None]:
    """Hold the place of the one watcher of a workspace; Busy where another has it."""
    with _locked(workspace.state / "pemantau.lock", wait=0):
        yield


@contextmanager
def _locked(path: Path, *, wait: float) -> Iterator[None]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path, timeout=wait):
            yield
    except Timeout as error:
        raise Busy(
            "Ruang kerja ini sedang dipakai oleh proses lain (pemantau atau perintah lain). "
            "Tunggu sampai selesai, atau hentikan proses itu, lalu jalankan lagi."
        ) from error
    except PermissionError as error:
        raise CannotWrite(f"{path.parent} tidak dapat ditulis; periksa izin folder.") from error
