"""Keep an archive in a folder of this computer: files by their names, the journal in one file."""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfileobj
from typing import BinaryIO

from workbook_tools.archive.store import BLOCK_BYTES
from workbook_tools.errors import ArchiveDamaged
from workbook_tools.outbox import make_folder, sync_folder, write_atomically

JOURNAL = "jurnal.jsonl"
_LARGE = ".besar.{owner}.sementara"


@dataclass(frozen=True, slots=True)
class FolderStore:
    """A folder."""

    root: Path

    @property
    def place(self) -> str:
        """Give its path."""
        return str(self.root)

    @property
    def is_shared(self) -> bool:
        """Tell that it lies in the state folder of one workspace."""
        return False

    def size(self, name: str) -> int | None:
        """Give a size in bytes, None where there is no such file."""
        path = self.root / name
        return path.stat().st_size if path.is_file() else None

    def read(self, name: str) -> bytes:
        """Read a file."""
        try:
            return (self.root / name).read_bytes()
        except OSError as error:
            raise self._damaged(name, error) from error

    def sha256(self, name: str) -> str:
        """Hash a file."""
        try:
            with (self.root / name).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise self._damaged(name, error) from error

    def put(self, name: str, data: bytes) -> None:
        """Write a file where there is none, or another than it must be."""
        if self.size(name) != len(data) or self.read(name) != data:
            write_atomically(self.root / name, data)

    def put_stream(self, source: BinaryIO, name_of: Callable[[str], str]) -> str:
        """Copy into a file of our own, which then gets its name.

        One process at a time works on an archive, so that what others left under such names
        is of no use to anybody.
        """
        make_folder(self.root)
        for left in self.root.glob(_LARGE.format(owner="*")):
            left.unlink(missing_ok=True)
        owner = f"{platform.node()}.{os.getpid()}"
        temporary = self.root / _LARGE.format(owner=owner)
        hashed = hashlib.sha256()
        try:
            with temporary.open("wb") as copy:
                while block := source.read(BLOCK_BYTES):
                    hashed.update(block)
                    copy.write(block)
                copy.flush()
                os.fsync(copy.fileno())
            path = self.root / name_of(hashed.hexdigest())
            make_folder(path.parent)
            temporary.replace(path)
            sync_folder(path.parent)
        finally:
            temporary.unlink(missing_ok=True)
        return hashed.hexdigest()

    def names(self, folder: str) -> Iterator[str]:
        """Yield the files of a folder and those below it; temporary ones are hidden."""
        found: list[str] = []
        for base, _, files in os.walk(self.root / folder, onerror=_raise_unless_gone):
            within = Path(base).relative_to(self.root).as_posix()
            found += [f"{within}/{name}" for name in files if not name.startswith(".")]
        yield from sorted(found)

    def _damaged(self, name: str, error: OSError) -> ArchiveDamaged:
        return ArchiveDamaged(
            f"Berkas arsip {self.root / name} tidak dapat dibaca ({error.strerror}). Pulihkan "
            "dari cadangan, lalu jalankan lagi."
        )


@dataclass(frozen=True, slots=True)
class FileJournal:
    """The lines of one file."""

    path: Path

    def append(self, lines: bytes, turn: int) -> None:  # noqa: ARG002 - a file keeps its own order
        """Add lines at the end in one write."""
        make_folder(self.path.parent)
        with self.path.open("ab+") as file:
            size = file.seek(0, os.SEEK_END)
            if size:
                file.seek(size - 1)
                if file.read(1) != b"\n":  # a write that was cut off stays a line of its own
                    lines = b"\n" + lines
            file.write(lines)
            file.flush()
            os.fsync(file.fileno())

    def lines(self) -> Iterator[bytes]:
        """Yield the lines of the file."""
        with suppress(FileNotFoundError, NotADirectoryError), self.path.open("rb") as file:
            yield from file

    def since(self, mark: int) -> Iterator[tuple[bytes, int]]:
        """Yield the lines after a place in the file; a shorter file is another, read whole."""
        with suppress(FileNotFoundError, NotADirectoryError), self.path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            mark = file.seek(mark if mark <= size else 0)
            for line in file:
                if not line.endswith(b"\n"):
                    return
                mark += len(line)
                yield line, mark


def copy_atomically(path: Path, source: BinaryIO) -> None:
    """Copy into a file so that it is there whole or not at all."""
    make_folder(path.parent)
    temporary = path.with_name(f".{path.name}.sementara")
    try:
        with temporary.open("wb") as copy:
            copyfileobj(source, copy, BLOCK_BYTES)
            copy.flush()
            os.fsync(copy.fileno())
        temporary.replace(path)
        sync_folder(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def _raise_unless_gone(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error
