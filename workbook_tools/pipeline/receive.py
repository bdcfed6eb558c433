"""Turn files that lie there into arrivals: read once, archived, recorded (effects 1 to 3)."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbook_tools.errors import CannotWrite
from workbook_tools.inbox import Candidate
from workbook_tools.ledger import ArrivalFacts
from workbook_tools.pipeline.arrival import Arrival, arrival_event
from workbook_tools.pipeline.session import Session
from workbook_tools.plain_file import Bytes, lies_within, read_file, steady
from workbook_tools.problems.sentences.waiting import HELD
from workbook_tools.reader.kind import MARKS
from workbook_tools.reader.reading import Reading
from workbook_tools.reader.worker import ReaderFault
from workbook_tools.workspace import as_text

CELL_BYTES = 300  # about what a cell that was read takes in memory
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Source:
    """One file to take in.

    `seen` is the file of the inbox as it was listed, None for a file that an operator named:
    the one is removed once filed, the other left. `is_patient` while the file may still be
    on its way, so that one that is not whole is looked at again.
    """

    path: Path
    folder: str | None
    seen: Candidate | None = None
    is_patient: bool = False


@dataclass(frozen=True, slots=True)
class Left:
    """A file that is not taken in now, and why, in words for people; with its code."""

    path: Path
    why: str
    code: str = "B04"


def from_inbox(
    candidates: Sequence[Candidate], *, patient: Sequence[Candidate] = ()
) -> tuple[Source, ...]:
    """Take files of the inbox in; they are removed once the archive holds them."""
    return tuple(Source(c.path, c.folder, c, is_patient=c in patient) for c in candidates)


@dataclass(frozen=True, slots=True)
class Kept:
    """A file whose original the archive holds, and of which nothing is recorded yet."""

    source: Source
    sha256: str
    file: str
    data: bytes | None
    reading: Reading | None

    @property
    def weight(self) -> int:
        """Give about how many bytes of memory it holds."""
        workbook = None if self.reading is None else self.reading.workbook
        cells = 0 if workbook is None else sum(len(sheet.cells) for sheet in workbook.sheets)
        return len(self.data or b"") + CELL_BYTES * cells


def keep(session: Session, source: Source, *, held: Collection[tuple[str, str]]) -> Kept | Left:
    """Read a file once and archive it.

    A file that cannot be read now, changes, or is not whole yet is left for the next look:
    trouble with a disk or a share is no verdict. CannotWrite where the archive cannot be
    written, ReaderUnavailable where nothing can be read. `held` are (file, sha256) of what was
    judged already and could not be taken away.
    """
    if source.seen is not None and not lies_within(source.path, session.workspace.inbox):
        return Left(source.path, "jalannya lewat tautan, yang tidak diikuti")
    try:
        read = read_file(source.path, limit=session.limits.file_size, seen=source.seen)
    except OSError as error:
        return _unread(source, error)
    if read.size > session.limits.kept:
        size = f"{read.size / 1_000_000:,.0f} MB".replace(",", ".")
        return Left(
            source.path, f"terlalu besar untuk diambil ({size}); pindahkan dari inbox", "B05"
        )
    reading = _reading(session, read) if source.is_patient else None
    if reading is not None and _may_be_half(reading, read.data or b""):
        return Left(source.path, "menunggu sampai selesai disalin")
    sha256 = _archived(session, source, read)
    if isinstance(sha256, Left):
        return sha256
    file = session.workspace.relative(source.path)
    if (file, sha256) in held:
        return Left(source.path, HELD)
    return Kept(source, sha256, file, read.data, reading)


def record(session: Session, kept: Sequence[Kept]) -> tuple[Arrival, ...]:
    """Record that archived files arrived, in their order.

    CannotWrite where the journal or the ledger cannot be written; what the journal has by
    then is recorded by the next command.
    """
    if not kept:
        return ()
    first = session.ledger.next_arrival()
    facts = [
        ArrivalFacts(
            number,
            one.sha256,
            one.file,
            _unit(session, one.source.folder),
            session.now,
            taken=one.source.seen is not None,
        )
        for number, one in enumerate(kept, first)
    ]
    _journalled(session, facts)
    session.ledger.arrive(facts)
    return tuple(
        Arrival(
            fact.number,
            fact.sha256,
            fact.file,
            fact.folder,
            fact.at,
            one.data,
            one.source.path if fact.taken else None,
            one.reading,
        )
        for fact, one in zip(facts, kept, strict=True)
    )


def _unit(session: Session, folder: str | None) -> str | None:
    """Give the unit's id where a folder differs from it in the case of its letters only."""
    if folder is None:
        return None
    folder = as_text(folder)
    units = session.registry.form_units()
    return next((unit for unit in units if unit == folder.lower()), folder)


def _unread(source: Source, error: OSError) -> Left:
    reason = error.strerror or str(error)
    log.info("belum dapat dibaca: %s (%s)", source.path.name, reason)
    return Left(source.path, f"belum dapat dibaca ({reason})")


def _reading(session: Session, read: Bytes) -> Reading | None:
    """Read the workbook; None where there is nothing to read, or where the reader fails on it."""
    if not read.data:
        return None
    try:
        return session.read(read.data)
    except ReaderFault:
        return None  # it is read once more when it is judged, and the fault recorded


def _may_be_half(reading: Reading, data: bytes) -> bool:
    """Tell whether what is wrong with a file may be that it is not all there yet.

    The blocks of a copy may come in any order: one whose first has not come begins with
    zeros, and one that has only begun is shorter than the mark of its kind.
    """
    has_only_begun = data.startswith(b"\0") or any(mark.startswith(data[:4]) for mark in MARKS)
    codes = {found.code for found in reading.problems}
    return "B07" in codes or ("B01" in codes and has_only_begun)


def _archived(session: Session, source: Source, read: Bytes) -> str | Left:
    """Put the original into the archive; give its hash."""
    try:
        if read.data is not None:
            return session.archive.put(read.data)
        with steady(source.path, source.seen) as file:
            return session.archive.put_stream(file)
    except OSError as error:
        if error.filename == str(source.path):
            return _unread(source, error)
        raise _unwritable(session, error) from error


def _journalled(session: Session, facts: Sequence[ArrivalFacts]) -> None:
    try:
        session.append([arrival_event(fact) for fact in facts])
    except OSError as error:
        raise _unwritable(session, error) from error


def _unwritable(session: Session, error: OSError) -> CannotWrite:
    return CannotWrite(
        f"Arsip di {session.archive.place} tidak dapat ditulis ({error.strerror}). Periksa izin "
        "folder dan ruang disk, lalu jalankan lagi."
    )
