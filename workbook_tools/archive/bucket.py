"""Turn a place of fsspec into few plain operations, and its trouble into sentences for people.

Only kinds of places are used of which it is known that an object is there whole or not at all.
"""

from __future__ import annotations

import errno
import hashlib
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from shutil import copyfileobj
from typing import BinaryIO, Literal, Protocol

from workbook_tools.archive.folder import copy_atomically
from workbook_tools.archive.store import BLOCK_BYTES
from workbook_tools.errors import ArchiveDamaged, CannotWrite
from workbook_tools.outbox import write_atomically

_FULL = {errno.ENOSPC, errno.EDQUOT}
log = logging.getLogger(__name__)


class FileSystem(Protocol):
    """What is used of a file system of fsspec."""

    def info(self, path: str) -> Mapping[str, object]:
        """Tell of one path; FileNotFoundError where nothing is there."""

    def ls(self, path: str, *, detail: Literal[False]) -> Sequence[str]:
        """List a folder."""

    def find(self, path: str) -> Sequence[str]:
        """List the files of a folder and those below it."""

    def cat_file(self, path: str) -> bytes:
        """Read one file."""

    def cat(self, path: list[str]) -> Mapping[str, bytes]:
        """Read files, side by side where the place allows it."""

    def pipe_file(self, path: str, value: bytes) -> None:
        """Write one file."""

    def open(self, path: str, mode: str) -> AbstractContextManager[BinaryIO]:
        """Open one file."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """A place under `root`; `place` names it for people. `is_folder` where it is one."""

    system: FileSystem
    root: str
    place: str
    is_folder: bool = False

    def size(self, name: str) -> int | None:
        """Give a size in bytes, None where nothing has that name."""
        with self._told():
            try:
                told = self.system.info(self._path(name))
            except FileNotFoundError:
                return None
        return int(str(told["size"])) if told["type"] == "file" else None

    def read(self, name: str) -> bytes:
        """Give an object back."""
        with self._told(name):
            return self.system.cat_file(self._path(name))

    def read_all(self, names: Sequence[str]) -> dict[str, bytes]:
        """Give objects back by their names."""
        if self.is_folder:  # fsspec would take some letters of its path for a pattern
            return {name: self.read(name) for name in names}
        if not names:
            return {}
        with self._told(names[0]):
            found = self.system.cat([self._path(name) for name in names])
        return {name: found[self._path(name)] for name in names}

    def sha256(self, name: str) -> str:
        """Hash an object without holding it."""
        hashed = hashlib.sha256()
        with self._told(name), self.system.open(self._path(name), "rb") as file:
            while block := file.read(BLOCK_BYTES):
                hashed.update(block)
        return hashed.hexdigest()

    def write(self, name: str, data: bytes) -> None:
        """Write an object, whole or not at all."""
        with self._told():
            if self.is_folder:
                write_atomically(Path(self._path(name)), data)
            else:
                self.system.pipe_file(self._path(name), data)

    def copy(self, name: str, source: BinaryIO, size: int) -> None:
        """Write an object that is too large to hold, and look at what came of it."""
        with self._told():
            if self.is_folder:
                copy_atomically(Path(self._path(name)), source)
            else:
                with self.system.open(self._path(name), "wb") as target:
                    copyfileobj(source, target, BLOCK_BYTES)
        if self.size(name) != size:
            raise CannotWrite(
                f"Yang ditulis ke {self.place} tidak lengkap. Periksa jaringan, lalu jalankan lagi."
            )

    def children(self, folder: str) -> tuple[str, ...]:
        """Give the last words of what lies in a folder, in order; temporary ones are hidden."""
        with self._told():
            try:
                found = self.system.ls(self._path(folder), detail=False)
            except FileNotFoundError:
                return ()
        words = (PurePosixPath(path).name for path in found)
        return tuple(sorted(word for word in words if not word.startswith(".")))

    def names(self, folder: str) -> tuple[str, ...]:
        """Give the names of all objects below a folder, in order."""
        if not self.children(folder):  # which says what keeps it from being listed; find does not
            return ()
        with self._told():
            found = self.system.find(self._path(folder))
        within = [path.removeprefix(f"{self.root}/") for path in found]
        return tuple(sorted(n for n in within if not PurePosixPath(n).name.startswith(".")))

    def _path(self, name: str) -> str:
        return f"{self.root}/{name}"

    @contextmanager
    def _told(self, name: str | None = None) -> Iterator[None]:
        """Say in a sentence what went wrong; `name` where something must be there.

        The drivers' exceptions have nothing in common, and what they say may hold a secret:
        only what they are is logged.
        """
        try:
            yield
        except Exception as error:  # noqa: BLE001 - see above
            log.debug("arsip: %s", type(error).__name__)
            raise self._trouble(error, name) from None

    def _trouble(self, error: Exception, name: str | None) -> ArchiveDamaged | CannotWrite:
        if isinstance(error, PermissionError):
            return CannotWrite(
                f"Arsip di {self.place} menolak program ini. Periksa kunci dan hak baca-tulis, "
                "lalu jalankan lagi."
            )
        if isinstance(error, FileNotFoundError) and name is not None:
            return ArchiveDamaged(
                f"Berkas arsip {name} tidak ada di {self.place}. Pulihkan dari cadangan, lalu "
                "jalankan lagi."
            )
        if isinstance(error, FileNotFoundError):
            return CannotWrite(
                f"Tempat arsip {self.place} tidak ada. Mintalah pengelola membuatnya, atau "
                "perbaiki “archive_url” di workbook_tools.toml."
            )
        if isinstance(error, OSError) and error.errno in _FULL:
            return CannotWrite(
                f"Arsip di {self.place} penuh. Mintalah pengelola menambah ruang, lalu jalankan "
                "lagi."
            )
        return CannotWrite(
            f"Arsip di {self.place} tidak dapat dibaca atau ditulis. Periksa jaringan, tempat itu, "
            "dan “archive_url” di workbook_tools.toml, lalu jalankan lagi."
        )
