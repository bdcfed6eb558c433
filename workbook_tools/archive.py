"""Keep every original by its hash, every issued snapshot, and an append-only journal.

Nothing is ever deleted or changed here; the ledger can be made again from it alone.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from workbook_tools.errors import ArchiveDamaged
from workbook_tools.outbox import make_folder, sync_folder, write_atomically

TURN = "turn"  # the number of the turn in which a machine wrote an event (ADR 0010)
_BLOCK = 1 << 20

Event = Mapping[str, str | int | None]


@dataclass(frozen=True, slots=True)
class Archive:
    """The archive at a folder."""

    root: Path

    @property
    def journal_path(self) -> Path:
        """Give the path of the journal."""
        return self.root / "jurnal.jsonl"

    def path(self, sha256: str) -> Path:
        """Give where the original with this hash lies."""
        return self.root / "berkas" / sha256[:2] / sha256

    def put(self, data: bytes) -> str:
        """Keep an original; give its sha256. Doing it again is harmless."""
        sha256 = hashlib.sha256(data).hexdigest()
        path = self.path(sha256)
        if not path.exists():
            write_atomically(path, data)
        return sha256

    def put_stream(self, source: BinaryIO) -> str:
        """Keep an original too large to hold in memory; give its sha256."""
        make_folder(self.root)
        temporary = self.root / ".besar.sementara"
        hashed = hashlib.sha256()
        try:
            with temporary.open("wb") as copy:
                while block := source.read(_BLOCK):
                    hashed.update(block)
                    copy.write(block)
                copy.flush()
                os.fsync(copy.fileno())
            path = self.path(hashed.hexdigest())
            make_folder(path.parent)
            temporary.replace(path)
            sync_folder(path.parent)
        finally:
            temporary.unlink(missing_ok=True)
        return hashed.hexdigest()

    def read(self, sha256: str) -> bytes:
        """Give an original back; ArchiveDamaged where it is gone."""
        return _kept(self.path(sha256))

    def size(self, sha256: str) -> int:
        """Give an original's size in bytes, 0 where it is gone."""
        path = self.path(sha256)
        return path.stat().st_size if path.is_file() else 0

    def put_snapshot(self, digest: str, snapshot: bytes) -> None:
        """Keep the snapshot of an issued form."""
        path = self.snapshot_path(digest)
        if not path.exists():
            write_atomically(path, snapshot)

    def snapshot_path(self, digest: str) -> Path:
        """Give where the snapshot with this digest lies."""
        return self.root / "snapshot" / f"{digest}.json"

    def read_snapshot(self, digest: str) -> bytes:
        """Give a snapshot back; ArchiveDamaged where it is gone."""
        return _kept(self.snapshot_path(digest))

    def snapshots(self) -> Iterator[tuple[str, Path]]:
        """Yield (digest, path) of every snapshot."""
        for path in sorted((self.root / "snapshot").glob("*.json")):
            if not path.name.startswith("."):
                yield path.stem, path

    def put_register(self, data: bytes) -> str:
        """Keep a register that returns are judged by; give its sha256."""
        sha256 = hashlib.sha256(data).hexdigest()
        path = self.register_path(sha256)
        if not path.exists():
            write_atomically(path, data)
        return sha256

    def register_path(self, sha256: str) -> Path:
        """Give where the register with this hash lies."""
        return self.root / "registri" / f"{sha256}.xlsx"

    def registers(self) -> Iterator[tuple[str, Path]]:
        """Yield (hash, path) of every register."""
        for path in sorted((self.root / "registri").glob("*.xlsx")):
            if not path.name.startswith("."):
                yield path.stem, path

    def files(self) -> Iterator[tuple[str, Path]]:
        """Yield (hash, path) of every original."""
        for path in sorted((self.root / "berkas").glob("??/*")):
            if not path.name.startswith("."):
                yield path.name, path

    def append(self, event: Event) -> None:
        """Add one event to the journal and make it last."""
        self.append_all((event,))

    def append_all(self, events: Sequence[Event]) -> None:
        """Add events to the journal in one write and make them last together.

        Where the write is cut off, the first of them stand and the others do not.
        """
        if not events:
            return
        make_folder(self.root)
        lines = b"".join(map(_line, events))
        with self.journal_path.open("ab+") as file:
            size = file.seek(0, os.SEEK_END)
            if size:
                file.seek(size - 1)
                if file.read(1) != b"\n":  # a write that was cut off stays a line of its own
                    lines = b"\n" + lines
            file.write(lines)
            file.flush()
            os.fsync(file.fileno())

    def journal(self) -> Iterator[Event]:
        """Yield the events in order; a line that was cut off while written is no event.

        Nor is what a machine wrote that had lost its turn: of several arrivals with one
        number, the one of the latest turn counts, wherever it stands.
        """
        latest: Mapping[int, int] | None = None
        for event in self._lines():
            if TURN in event and event.get("event") == "arrived":
                latest = self._latest_turns() if latest is None else latest
                if int(event[TURN] or 0) < latest.get(int(event["id"] or 0), 0):
                    continue
            yield event

    def _latest_turns(self) -> Mapping[int, int]:
        latest: dict[int, int] = {}
        for event in self._lines():
            if TURN in event and event.get("event") == "arrived":
                number = int(event["id"] or 0)
                latest[number] = max(latest.get(number, 0), int(event[TURN] or 0))
        return latest

    def _lines(self) -> Iterator[Event]:
        if not self.journal_path.exists():
            return
        with self.journal_path.open("rb") as file:
            for line in file:
                try:
                    event = json.loads(line)
                except ValueError:
                    continue
                if isinstance(event, dict):
                    yield event


def _line(event: Event) -> bytes:
    return json.dumps(dict(event), ensure_ascii=False, sort_keys=True).encode() + b"\n"


def _kept(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ArchiveDamaged(
            f"Berkas arsip {path} tidak dapat dibaca ({error.strerror}). Pulihkan dari cadangan, "
            "lalu jalankan lagi."
        ) from error
