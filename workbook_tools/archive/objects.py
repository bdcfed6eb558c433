"""Keep an archive in an object store: objects by their names, the journal in objects of its own.

Objects cannot be added to, so that each addition to the journal is one object more. Their
names hold their place in the order and what they must hash to.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from workbook_tools.archive.bucket import Bucket
from workbook_tools.archive.folder import JOURNAL
from workbook_tools.archive.store import BLOCK_BYTES
from workbook_tools.outbox import make_folder

SEGMENTS, FOLDS = "jurnal", "lipat"
BLOCK = 200  # segments that lie together, and are folded into one object
_SEGMENT = re.compile(r"(?P<number>\d{12})-\d{12}-(?P<hash>[0-9a-f]{16})\.jsonl")
_FOLD = re.compile(r"(?P<block>\d{10})-(?P<hash>[0-9a-f]{16})\.jsonl")


@dataclass(frozen=True, slots=True)
class ObjectStore:
    """A bucket; what is too large to hold is gathered in a folder of this computer first."""

    bucket: Bucket
    aside: Path

    @property
    def place(self) -> str:
        """Name the bucket."""
        return self.bucket.place

    @property
    def is_shared(self) -> bool:
        """Tell that any workspace may be given the same address."""
        return True

    def size(self, name: str) -> int | None:
        """Give a size in bytes, None where nothing has that name."""
        return self.bucket.size(name)

    def read(self, name: str) -> bytes:
        """Give an object back."""
        return self.bucket.read(name)

    def sha256(self, name: str) -> str:
        """Hash an object."""
        return self.bucket.sha256(name)

    def put(self, name: str, data: bytes) -> None:
        """Write an object where there is none, or another than it must be."""
        if self.bucket.size(name) != len(data) or self.bucket.read(name) != data:
            self.bucket.write(name, data)

    def put_stream(self, source: BinaryIO, name_of: Callable[[str], str]) -> str:
        """Gather it in a file without a name, then write it under its own."""
        make_folder(self.aside)
        hashed, size = hashlib.sha256(), 0
        with TemporaryFile(dir=self.aside) as gathered:
            while block := source.read(BLOCK_BYTES):
                hashed.update(block)
                size += gathered.write(block)
            sha256 = hashed.hexdigest()
            name = name_of(sha256)
            if self.bucket.size(name) != size:
                gathered.seek(0)
                self.bucket.copy(name, gathered, size)
        return sha256

    def names(self, folder: str) -> Iterator[str]:
        """Yield the names of the objects below a folder."""
        yield from self.bucket.names(folder)


@dataclass(slots=True)
class SegmentJournal:
    """The lines of numbered objects, and before them those of a file that was copied here.

    What was read is kept in memory: it never changes. So is the number last given, since one
    process at a time writes; another's late object beside ours has another name.
    """

    bucket: Bucket
    seen: dict[str, bytes] = field(default_factory=dict)
    last: int | None = None

    def append(self, lines: bytes, turn: int) -> None:
        """Write lines as the next object."""
        number = (self._last() if self.last is None else self.last) + 1
        self.last = None  # where the writing fails nobody knows what came of it
        name = f"{number:012d}-{turn:012d}-{_hash(lines)}.jsonl"
        self.bucket.write(f"{SEGMENTS}/{number // BLOCK:010d}/{name}", lines)
        self.last = number

    def lines(self) -> Iterator[bytes]:
        """Yield the lines of all objects that are whole, in the order of their numbers."""
        if self.bucket.size(JOURNAL) is not None:
            yield from self._read([JOURNAL])[JOURNAL].splitlines()
        folds = self._folds()
        for block in sorted({*self._blocks(), *folds}):
            data = self._folded(folds.get(block))
            yield from (self._segments(block) if data is None else data).splitlines()

    def since(self, mark: int) -> Iterator[tuple[bytes, int]]:  # noqa: ARG002 - late objects come between
        """Yield every line: what another machine adds late does not stand at the end."""
        for line in self.lines():
            yield line, 0

    def _blocks(self) -> list[str]:
        return [word for word in self.bucket.children(SEGMENTS) if word.isdecimal()]

    def _folds(self) -> dict[str, str]:
        found = map(_FOLD.fullmatch, self.bucket.children(f"{SEGMENTS}/{FOLDS}"))
        return {match["block"]: match[0] for match in found if match is not None}

    def _folded(self, fold: str | None) -> bytes | None:
        """Give the lines of a block that were folded; None where they were not, or not wholly."""
        if fold is None:
            return None
        name = f"{SEGMENTS}/{FOLDS}/{fold}"
        data = self._read([name])[name]
        return data if _is_whole(fold, data) else None

    def _segments(self, block: str) -> bytes:
        """Give the lines of a block from its objects; one that is not whole holds no event."""
        folder = f"{SEGMENTS}/{block}"
        names = [f"{folder}/{w}" for w in self.bucket.children(folder) if _SEGMENT.fullmatch(w)]
        read = self._read(names)
        return b"".join(read[name] for name in names if _is_whole(name, read[name]))

    def _read(self, names: list[str]) -> dict[str, bytes]:
        self.seen |= self.bucket.read_all([name for name in names if name not in self.seen])
        return {name: self.seen[name] for name in names}

    def _last(self) -> int:
        """Give the last number, and fold the blocks that are full by now.

        The block before the last is left alone: who lost its turn may still write there.
        """
        blocks = self._blocks()
        folds = self._folds()
        for block in blocks[:-2]:
            if block not in folds:
                data = self._segments(block)
                self.bucket.write(f"{SEGMENTS}/{FOLDS}/{block}-{_hash(data)}.jsonl", data)
        for block in reversed(blocks):
            found = map(_SEGMENT.fullmatch, self.bucket.children(f"{SEGMENTS}/{block}"))
            numbers = [int(match["number"]) for match in found if match is not None]
            if numbers:
                return max(numbers)
        return 0


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def _is_whole(name: str, data: bytes) -> bool:
    """Tell whether an object is what its name says."""
    return name.endswith(f"-{_hash(data)}.jsonl")
