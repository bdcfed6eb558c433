"""Name what is kept: originals and registers by their hash, snapshots, and what happened when.

Nothing is ever deleted or changed here; the ledger can be made again from it alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from workbook_tools.archive.store import Journal, Store
from workbook_tools.errors import ArchiveDamaged

TURN = "turn"  # the number of the turn in which a machine wrote an event (ADR 0010)
_ORIGINALS, _SNAPSHOTS, _REGISTERS, _OWNERS = "berkas", "snapshot", "registri", "pemilik"

Event = Mapping[str, str | int | None]


@dataclass(frozen=True, slots=True)
class Archive:
    """The archive in a store."""

    store: Store
    events: Journal

    @property
    def place(self) -> str:
        """Tell people where it is."""
        return self.store.place

    @property
    def is_shared(self) -> bool:
        """Tell whether any workspace may be given the same address."""
        return self.store.is_shared

    def put(self, data: bytes) -> str:
        """Keep an original; give its sha256. Doing it again is harmless."""
        sha256 = hashlib.sha256(data).hexdigest()
        self.store.put(_original(sha256), data)
        return sha256

    def put_stream(self, source: BinaryIO) -> str:
        """Keep an original too large to hold in memory; give its sha256."""
        return self.store.put_stream(source, _original)

    def read(self, sha256: str) -> bytes:
        """Give an original back; ArchiveDamaged where it is gone or has changed."""
        return _sound(self.store.read(_original(sha256)), sha256)

    def size(self, sha256: str) -> int:
        """Give an original's size in bytes, 0 where it is gone."""
        return self.store.size(_original(sha256)) or 0

    def originals(self) -> Iterator[str]:
        """Yield the hash of every original."""
        yield from (PurePosixPath(name).name for name in self.store.names(_ORIGINALS))

    def require_original(self, sha256: str) -> None:
        """Make sure of an original without holding it; ArchiveDamaged as for `read`."""
        _require(self.hash_of_original(sha256), sha256)

    def hash_of_original(self, sha256: str) -> str:
        """Give the hash of what is kept as the original with this one."""
        return self.store.sha256(_original(sha256))

    def put_snapshot(self, digest: str, snapshot: bytes) -> None:
        """Keep the snapshot of an issued form."""
        self.store.put(_snapshot(digest), snapshot)

    def read_snapshot(self, digest: str) -> bytes:
        """Give a snapshot back; ArchiveDamaged where it is gone."""
        return self.store.read(_snapshot(digest))

    def snapshots(self) -> Iterator[str]:
        """Yield the digest of every snapshot."""
        yield from self._stems(_SNAPSHOTS, ".json")

    def put_register(self, data: bytes) -> str:
        """Keep a register that returns are judged by; give its sha256."""
        sha256 = hashlib.sha256(data).hexdigest()
        self.store.put(_register(sha256), data)
        return sha256

    def read_register(self, sha256: str) -> bytes:
        """Give a register back; ArchiveDamaged where it is gone or has changed."""
        return _sound(self.store.read(_register(sha256)), sha256)

    def registers(self) -> Iterator[str]:
        """Yield the hash of every register."""
        yield from self._stems(_REGISTERS, ".xlsx")

    def require_register(self, sha256: str) -> None:
        """Make sure of a register; ArchiveDamaged as for `read_register`."""
        _require(self.hash_of_register(sha256), sha256)

    def hash_of_register(self, sha256: str) -> str:
        """Give the hash of what is kept as the register with this one."""
        return self.store.sha256(_register(sha256))

    def owners(self) -> tuple[str, ...]:
        """Give the fingerprints of those who said that a shared store is theirs."""
        return tuple(PurePosixPath(name).name for name in self.store.names(_OWNERS))

    def belong_to(self, fingerprint: str) -> None:
        """Write down whose the archive is."""
        self.store.put(f"{_OWNERS}/{fingerprint}", fingerprint.encode())

    def _stems(self, folder: str, ending: str) -> Iterator[str]:
        names = map(PurePosixPath, self.store.names(folder))
        yield from (name.stem for name in names if name.suffix == ending)

    def append(self, *events: Event) -> None:
        """Add events to the journal in one write and make them last together.

        Where the write is cut off, the first of them stand and the others do not.
        """
        if events:
            turn = max(int(event.get(TURN) or 0) for event in events)
            self.events.append(b"".join(map(_line, events)), turn)

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

    def news(self, mark: int) -> Iterator[tuple[Event, int]]:
        """Yield the events after a mark, each with the mark behind it; 0 marks the beginning.

        As `journal` otherwise, which machines that take turns must ask: it knows every turn.
        """
        for line, after in self.events.since(mark):
            event = _event(line)
            if event is not None:
                yield event, after

    def _latest_turns(self) -> Mapping[int, int]:
        latest: dict[int, int] = {}
        for event in self._lines():
            if TURN in event and event.get("event") == "arrived":
                number = int(event["id"] or 0)
                latest[number] = max(latest.get(number, 0), int(event[TURN] or 0))
        return latest

    def _lines(self) -> Iterator[Event]:
        for line in self.events.lines():
            event = _event(line)
            if event is not None:
                yield event


def _sound(data: bytes, sha256: str) -> bytes:
    _require(hashlib.sha256(data).hexdigest(), sha256)
    return data


def _require(found: str, sha256: str) -> None:
    if found != sha256:
        raise ArchiveDamaged(f"{changed(sha256)}, lalu jalankan lagi.")


def changed(sha256: str) -> str:
    """Say that what is kept under a hash is not what was kept."""
    return f"Berkas arsip {sha256} isinya berubah. Pulihkan dari cadangan"


def _original(sha256: str) -> str:
    return f"{_ORIGINALS}/{sha256[:2]}/{sha256}"


def _snapshot(digest: str) -> str:
    return f"{_SNAPSHOTS}/{digest}.json"


def _register(sha256: str) -> str:
    return f"{_REGISTERS}/{sha256}.xlsx"


def _line(event: Event) -> bytes:
    return json.dumps(dict(event), ensure_ascii=False, sort_keys=True).encode() + b"\n"


def _event(line: bytes) -> Event | None:
    try:
        event = json.loads(line)
    except ValueError:
        return None
    return event if isinstance(event, dict) else None
