"""Turn the files of the inbox into arrivals: scan, wait until a file is still, read it once."""

from __future__ import annotations

import errno
import hashlib
import math
import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from workbook_tools.problems.catalogue import problem
from workbook_tools.problems.problem import Problem

OWN_NAMES = {".gitkeep", "thumbs.db", "desktop.ini", ".ds_store"}
_TEMPORARY = re.compile(r"^(~\$|\.~|~.*\.tmp$)|\.(tmp|part|partial|crdownload)$", re.IGNORECASE)
_JUNCTION = 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT: Windows' link to another folder
_OWNER = re.compile(r"^(~\$|\.~)")
_EXCEL_SAVE = re.compile(r"[0-9A-F]{8}")  # what Excel writes before it gives the file its name
_OWN_FOLDERS = {"System Volume Information", "$RECYCLE.BIN"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One file of the inbox at one look: where, in whose folder, how large, when changed."""

    path: Path
    folder: str | None
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Bytes:
    """The bytes of one file, read once; `data` is None where the file is over the limit."""

    data: bytes | None
    size: int


@dataclass(slots=True)
class Listing:
    """The files of the inbox at one look, and the folders that could not be looked into.

    `is_bare` where the inbox holds nothing at all, not even the units' folders.
    """

    files: tuple[Candidate, ...] = ()
    closed: list[tuple[Path, str]] = field(default_factory=list)
    is_bare: bool = False


class NotSteady(OSError):
    """The file changed while it was read, or is no plain file of this folder."""


def scan(inbox: Path) -> tuple[Candidate, ...]:
    """List the plain files of the inbox; no link, device or path outside it is followed."""
    return look(inbox).files


def look(inbox: Path) -> Listing:
    """List the inbox; OSError where it cannot be reached itself."""
    listing = Listing()
    found = _walk(inbox, inbox, listing.closed)
    listing.files = tuple(sorted(found, key=lambda c: str(c.path)))
    if not listing.files:
        with os.scandir(inbox) as entries:
            listing.is_bare = next(entries, None) is None
    return listing


def _walk(folder: Path, inbox: Path, closed: list[tuple[Path, str]]) -> Iterator[Candidate]:
    for entry in _entries(folder, inbox, closed):
        path = Path(entry.path)
        try:
            facts = entry.stat(follow_symlinks=False)
        except FileNotFoundError:
            continue  # removed since it was listed
        except OSError as error:
            closed.append((path, error.strerror or str(error)))
            continue
        if getattr(facts, "st_reparse_tag", 0) == _JUNCTION:
            continue
        if stat.S_ISDIR(facts.st_mode) and entry.name not in _OWN_FOLDERS:
            yield from _walk(path, inbox, closed)
        elif stat.S_ISREG(facts.st_mode) and entry.name.casefold() not in OWN_NAMES:
            yield Candidate(path, unit_folder(path, inbox), facts.st_size, facts.st_mtime_ns)


def _entries(folder: Path, inbox: Path, closed: list[tuple[Path, str]]) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError as error:
        if folder == inbox:
            raise
        if not isinstance(error, FileNotFoundError):  # removed since it was listed
            closed.append((folder, error.strerror or str(error)))
        return []


def in_order_of_saving(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Give files that lie there together in the order in which they were last saved.

    Of several for the same form the last counts, so the order must not be that of names:
    a copy of a file keeps its time of saving.
    """
    return tuple(sorted(candidates, key=lambda c: (c.mtime_ns, str(c.path))))


def unit_folder(path: Path, inbox: Path) -> str | None:
    """Give the unit folder a file lies in, None where it lies in none."""
    try:
        parts = path.resolve().relative_to(inbox.resolve()).parts
    except ValueError:
        return None
    return parts[0] if len(parts) > 1 else None


def is_temporary(path: Path) -> bool:
    """Tell whether a name is one that programs give to temporary and owner files (B03)."""
    return _TEMPORARY.search(path.name) is not None


def is_owner_file(path: Path) -> bool:
    """Tell whether a file only says that somebody has another one open."""
    return _OWNER.search(path.name) is not None


def is_unnamed_save(path: Path) -> bool:
    """Tell whether a file is one that Excel writes and then renames; it may be an only copy."""
    return _EXCEL_SAVE.fullmatch(path.name) is not None


def is_open(path: Path) -> bool:
    """Tell whether an office program holds the file open, by the owner file beside it."""
    name = path.name
    owners = (f"~${name}", f"~${name[2:]}", f".~lock.{name}#", f".~{name}")
    return any(_lies_there(path.with_name(owner)) for owner in owners)


def _lies_there(path: Path) -> bool:
    try:
        path.lstat()
    except OSError:  # also a name too long for the system, which nobody can have made
        return False
    return True


def left_alone(candidate: Candidate) -> Problem | None:
    """Say why a file is not read now, None where it may be."""
    if is_unnamed_save(candidate.path):
        return problem("B03", found=candidate.path.name, variant="unnamed")
    if is_temporary(candidate.path):
        return problem("B03", found=candidate.path.name)
    if candidate.size == 0:
        return problem("B04", found="0 bita")
    return None


def why_waiting(candidate: Candidate) -> str:
    """Say why a file is not taken in yet."""
    if is_unnamed_save(candidate.path):
        return (
            "simpanan Excel yang belum bernama dan mungkin satu-satunya salinan; bila tetap ada, "
            "buka dengan Excel lalu simpan sebagai .xlsx"
        )
    if is_temporary(candidate.path):
        return "berkas sementara yang tertinggal; bila isinya formulir, simpan lagi sebagai .xlsx"
    if candidate.size == 0:
        return "masih kosong, 0 bita"
    if is_open(candidate.path):
        return "masih dibuka di program lain"
    return "menunggu sampai selesai disalin"


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


@dataclass(slots=True)
class _Look:
    size: int
    mtime_ns: int
    since: float


class Stillness:
    """Remembers looks at the inbox and tells which files have been still long enough.

    Ages are counted by our own clock from the first look (copies keep old times).
    """

    def __init__(self, settle_seconds: float) -> None:
        """Ask for this many seconds without a change."""
        self._settle = settle_seconds
        self._looks: dict[Path, _Look] = {}
        self._last = 0.0

    def still(self, candidates: tuple[Candidate, ...], *, now: float) -> tuple[Candidate, ...]:
        """Take one look; give the files that are the same as `settle_seconds` ago."""
        seen: dict[Path, _Look] = {}
        still: list[Candidate] = []
        for candidate in candidates:
            look = self._looks.get(candidate.path)
            same = look is not None and (look.size, look.mtime_ns) == (
                candidate.size,
                candidate.mtime_ns,
            )
            if look is None or not same:
                look = _Look(candidate.size, candidate.mtime_ns, now)
            elif now - look.since >= self._settle and not is_open(candidate.path):
                still.append(candidate)
            seen[candidate.path] = look
        self._looks = seen
        self._last = now
        return tuple(still)

    def soonest(self, *, now: float) -> float:
        """Give in how many seconds the next file will be still that was not at the last look."""
        dues = (look.since + self._settle for look in tuple(self._looks.values()))
        return min((max(0.0, due - now) for due in dues if due > self._last), default=math.inf)

    def forget(self, paths: Iterable[Path]) -> None:
        """Forget files that were taken in: another under the same name must settle anew."""
        for path in paths:
            self._looks.pop(path, None)

    def age(self, candidate: Candidate, *, now: float) -> float:
        """Give for how many seconds a file has been still."""
        look = self._looks.get(candidate.path)
        return 0.0 if look is None else now - look.since


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
