"""Open what a command works with: workspace, register, ledger, archive, key and the time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import (
    AbstractContextManager,
    ExitStack,
    closing,
    contextmanager,
    nullcontext,
    suppress,
)
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from filelock import FileLock, Timeout
from sqlalchemy.exc import DBAPIError

from workbook_tools.archive import TURN, Archive, Event
from workbook_tools.errors import (
    BadRequest,
    BadSettings,
    Busy,
    CannotWrite,
    LedgerUnusable,
    OperatorError,
)
from workbook_tools.indicators.period import format_date
from workbook_tools.ledger import Ledger
from workbook_tools.ledger.place import Place, unusable
from workbook_tools.ledger.turn import Turn, TurnLost, take_turn
from workbook_tools.ledger.where import ledger_place
from workbook_tools.ownership import claim, fingerprint
from workbook_tools.pipeline.archive_of import archive_of, make_own
from workbook_tools.pipeline.progress import Progress, silent
from workbook_tools.reader.limits import Limits
from workbook_tools.reader.reading import Reading
from workbook_tools.reader.worker import shared_reader
from workbook_tools.registry.model import Registry
from workbook_tools.slow import told_if_slow
from workbook_tools.workspace import Workspace

if TYPE_CHECKING:  # it knows pandera, which most commands do not need
    from workbook_tools.pipeline.engine import Engine

WAIT_SECONDS = 120.0


@dataclass(slots=True)
class JournalRead:
    """How far a journal was read, its last arrival and last register; a watcher keeps it."""

    mark: int = 0
    number: int = 0
    register: str | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """Everything one command needs. `now` is aware, in the office's zone."""

    workspace: Workspace
    registry: Registry
    ledger: Ledger
    archive: Archive
    key: bytes
    now: datetime
    progress: Progress = silent
    engine: Engine | None = None  # what examines arrivals; None for a thread of this process
    journal: JournalRead = field(default_factory=JournalRead)

    @property
    def limits(self) -> Limits:
        """Give the limits of what is read."""
        return self.workspace.settings.limits

    def read(self, data: bytes) -> Reading:
        """Read a stranger's file in the process for it; ReaderUnavailable where there is none."""
        return shared_reader(self.limits).read(data)

    def append(self, events: Sequence[Event]) -> None:
        """Add events to the journal; where machines take turns, with the turn's number."""
        self.confirm()
        turn = self.ledger.turn
        own = {} if turn is None else {TURN: turn.number}
        self.archive.append(*({**event, **own} for event in events))

    def confirm(self) -> None:
        """Make sure that the work is still ours where machines take turns; TurnLost if not."""
        if self.ledger.turn is not None:
            self.ledger.turn.confirm()

    def local(self, moment: datetime) -> datetime:
        """Give a moment in the office's zone."""
        return moment.astimezone(ZoneInfo(self.registry.rules.timezone))

    def in_words(self, moment: datetime) -> str:
        """Write a moment for people: "5 April 2020 pukul 08.30"."""
        local = self.local(moment)
        return f"{format_date(local.date())} pukul {local:%H.%M}"


@contextmanager
def open_session(
    workspace: Workspace, now: datetime, *, registry: Registry, wait: float | None = None
) -> Iterator[Session]:
    """Open a session and hold the workspace's lock while it lasts; Busy where it is held.

    LedgerUnusable where the archive tells of work that the ledger has lost: going on with
    an empty one would judge everything against nothing.
    """
    with (
        _at_work(workspace, WAIT_SECONDS if wait is None else wait) as turn,
        _known(workspace, now, registry=registry, turn=turn) as session,
    ):
        _make_own(session)
        yield session


@contextmanager
def open_glance(workspace: Workspace, now: datetime, *, registry: Registry) -> Iterator[Session]:
    """Open a session that only reads, without waiting for who is at work.

    LedgerUnusable as for `open_session`.
    """
    with _known(workspace, now, registry=registry, turn=None) as session:
        yield session


@contextmanager
def _known(
    workspace: Workspace, now: datetime, *, registry: Registry, turn: Turn | None
) -> Iterator[Session]:
    place = _place(workspace)
    if not place.exists() and any(archive_of(workspace).journal()):
        raise unusable(place.name, "tidak ada, padahal arsip sudah berisi catatan")
    with _opened(workspace, now, registry=registry, place=place, turn=turn) as session:
        yield session


@contextmanager
def open_anew(workspace: Workspace, now: datetime, *, registry: Registry) -> Iterator[Session]:
    """Open a session on an empty ledger beside the old one, whatever became of that.

    BadSettings where the old one is another workspace's.
    """
    fresh = _place(workspace).fresh()
    with _at_work(workspace, WAIT_SECONDS) as turn:
        guard = None if turn is None else turn.guard
        fresh.remove(guard)
        try:
            with _opened(workspace, now, registry=registry, place=fresh, turn=turn) as session:
                if (standing := standing_ledger(session)) is not None:
                    with closing(standing), suppress(LedgerUnusable):
                        _require_own(standing, session.key)
                _make_own(session)
                yield session
        finally:
            with suppress(TurnLost):  # then it is filled by who has the turn now
                fresh.remove(guard)


@contextmanager
def _at_work(workspace: Workspace, wait: float) -> Iterator[Turn | None]:
    """Be the one who works on a workspace: by a lock beside a file, by a turn on a server."""
    place = _place(workspace)
    if place.is_shared:
        with ExitStack() as stack:
            with _told(wait):
                turn = stack.enter_context(take_turn(place, wait=wait))
            yield turn
        return
    with _locked(workspace.state / "kerja.lock", wait=wait):
        yield None


def _told(wait: float) -> AbstractContextManager[None]:
    """Tell a person whom he waits for; a watcher waits for others all day and tells nobody."""
    if wait < WAIT_SECONDS:
        return nullcontext()
    return told_if_slow(
        "Ruang kerja ini sedang dikerjakan oleh proses lain; ditunggu sampai selesai, paling lama "
        f"{wait:.0f} detik."
    )


@contextmanager
def _opened(
    workspace: Workspace,
    now: datetime,
    *,
    registry: Registry,
    place: Place,
    turn: Turn | None,
) -> Iterator[Session]:
    archive = archive_of(workspace)
    if not workspace.has_key() and any(archive.journal()):
        raise BadSettings(
            f"Kunci ruang kerja di {workspace.state} tidak ada. Pulihkan dari cadangan; formulir "
            "yang sudah dikirim tidak dapat dikenali tanpa kunci itu."
        )
    key = claim(workspace, now)
    opened = _open_ledger(place)
    opened.turn = turn
    try:
        _require_own(opened, key)
        yield Session(workspace, registry, opened, archive, key, now)
    finally:
        opened.close()


def _require_own(ledger: Ledger, key: bytes) -> None:
    """Refuse a ledger on a server that another workspace has (BadSettings)."""
    if ledger.place.is_shared and not ledger.belongs_to(fingerprint(key)):
        raise BadSettings(
            f"Ledger di {ledger.place.name} milik ruang kerja lain. Pakai satu basis data untuk "
            "tiap ruang kerja; perbaiki “ledger_url” di workbook_tools.toml."
        )


def _make_own(session: Session) -> None:
    make_own(session.archive, session.workspace, ledger=session.ledger, key=session.key)


def standing_ledger(session: Session) -> Ledger | None:
    """Open the ledger that the one of `open_anew` will replace; None where it tells nothing."""
    place = _place(session.workspace)
    try:
        return Ledger(place) if place.exists() else None
    except (OperatorError, OSError, DBAPIError):
        return None


def put_in_place(session: Session) -> Session:
    """Let the new ledger of `open_anew` take the place of the old one."""
    session.ledger.seal()
    session.ledger.close()
    place, turn = _place(session.workspace), session.ledger.turn
    place.replace(None if turn is None else turn.guard)
    made = _open_ledger(place)
    made.turn = turn
    return replace(session, ledger=made)


def _place(workspace: Workspace) -> Place:
    return ledger_place(workspace.settings.ledger_url.get_secret_value(), workspace.ledger)


def _open_ledger(place: Place) -> Ledger:
    try:
        return Ledger(place)
    except (OSError, DBAPIError) as error:
        if refused := place.refused(error):
            raise refused from error
        raise


@contextmanager
def watcher_lock(workspace: Workspace) -> Iterator[None]:
    """Hold the place of the one watcher of a workspace; Busy where another has it.

    Watchers of a ledger on a server take turns, and each has its place.
    """
    if workspace.is_shared:
        yield
        return
    with _locked(workspace.state / "pemantau.lock", wait=0):
        yield


@contextmanager
def _locked(path: Path, *, wait: float) -> Iterator[None]:
    lock = FileLock(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _told(wait):
            lock.acquire(timeout=wait)
    except Timeout as error:
        raise Busy(
            "Ruang kerja ini sedang dipakai oleh proses lain (pemantau atau perintah lain). "
            "Tunggu sampai selesai, atau hentikan proses itu, lalu jalankan lagi."
        ) from error
    except OSError as error:
        raise CannotWrite(
            f"{path.parent} tidak dapat ditulis ({error.strerror}). Periksa izin folder dan "
            "“state” di workbook_tools.toml."
        ) from error
    try:
        yield
    finally:
        lock.release()


def require_year(registry: Registry, year: int) -> None:
    """Refuse a year that the register does not have (BadRequest)."""
    if year not in registry.years:
        known = f"{registry.years[0]}-{registry.years[-1]}"
        raise BadRequest(f"Tahun {year} tidak ada dalam registri (yang ada: {known}).")
