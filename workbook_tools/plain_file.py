"""Turn a plain file into its bytes, read once, and take it away only while it holds them."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from workbook_tools.inbox import Candidate


@dataclass(frozen=True, slots=True)
class Bytes:
    """The bytes of one file, read once; `data` is None where the file is over the limit."""

    data: bytes | None
    size: int


class NotSteady(OSError):
    """The file changed while it was read, or is no plain file of this folder."""


def read_file(path: Path, *, limit: int, seen: Candidate | None = None) -> Bytes:
    """Read a file once and let go of it; NotSteady where it is not what was `seen`.

    At most `limit` + 1 bytes are read, so that a giant file costs no memory.
    """
    with steady(path, seen) as file:
        data = file.read(limit + 1)
        size = os.fstat(file.fileno()).st_size
        if len(data) != min(size, limit + 1):
            raise NotSteady(errno.EAGAIN, "berkas berubah saat dibaca", str(path))
    return Bytes(data if len(data) <= limit else None, size)


@contextmanager
def steady(path: Path, seen: Candidate | None = None) -> Iterator[BinaryIO]:
    """Open a plain file; NotSteady where it is none or changes while it is open.

    A link or device is refused, and so is a file that is not the one `seen`.
    """
    with os.fdopen(_open(path), "rb") as file:
        before = os.fstat(file.fileno())
        if not stat.S_ISREG(before.st_mode):
            raise NotSteady(errno.EINVAL, "bukan berkas biasa", str(path))
        if seen is not None and (before.st_size, before.st_mtime_ns) != (seen.size, seen.mtime_ns):
            raise NotSteady(errno.EAGAIN, "berkas berubah sejak dilihat", str(path))
        yield file
        after = os.fstat(file.fileno())
        if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
            raise NotSteady(errno.EAGAIN, "berkas berubah saat dibaca", str(path))


def _open(path: Path) -> int:
    if path.is_symlink():
        raise NotSteady(errno.ELOOP, "tautan tidak diikuti", str(path))
    flags = os.O_RDONLY
    for name in ("O_BINARY", "O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC"):
        flags |= getattr(os, name, 0)
    return os.open(path, flags)


def lies_within(path: Path, inbox: Path) -> bool:
    """Tell whether a file still lies in the inbox, no folder of its way being a link."""
    return path.parent.resolve() == inbox.resolve() / path.parent.relative_to(inbox)


def take_away(path: Path, sha256: str, *, inbox: Path) -> bool:
    """Remove a file from the inbox, only if it still has that hash; it is in the archive.

    Gives False where it is held open, cannot be removed or cannot be reached now, and so
    still lies there. A file that changed meanwhile is another one, which stays.
    """
    try:
        with os.fdopen(_open(path), "rb") as file:
            read = os.fstat(file.fileno())
            if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                return True
        now = path.lstat()
        if _same_file(now, read):  # whoever replaced it meanwhile must not lose the new one
            path.unlink()
    except NotSteady:
        return True
    except (FileNotFoundError, NotADirectoryError):
        return is_gone(path, inbox)
    except OSError:
        return False
    return True


def _same_file(one: os.stat_result, other: os.stat_result) -> bool:
    return (one.st_ino, one.st_size, one.st_mtime_ns) == (
        other.st_ino,
        other.st_size,
        other.st_mtime_ns,
    )


def is_gone(path: Path, inbox: Path) -> bool:
    """Tell whether a file is gone from an inbox that is there.

    A share that has come off says of every file that there is none.
    """
    name, folder = path.name, path.parent
    while folder.is_relative_to(inbox):
        try:
            names = {entry.name for entry in folder.iterdir()}
        except (FileNotFoundError, NotADirectoryError):
            name, folder = folder.name, folder.parent  # the whole folder may have been removed
            continue
        except OSError:
            return False
        return name not in names and (folder != inbox or bool(names))
    return False
