"""Turn the files of the inbox into arrivals: scan, wait until a file is still, read it once."""

from __future__ import annotations

import hashlib
import io
import os
import re
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from workbook_tools.problems.catalogue import problem
from workbook_tools.problems.problem import Problem

OWN_NAMES = {".gitkeep", "thumbs.db", "desktop.ini", ".ds_store"}
_TEMPORARY = re.compile(r"^(~\$|\.~|~.*\.tmp$)|\.(tmp|part|partial|crdownload)$", re.IGNORECASE)
_JUNCTION = 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT: Windows' link to another folder
ZIP_MARK = b"PK\x03\x04"


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


def scan(inbox: Path) -> tuple[Candidate, ...]:
    """List the plain files of the inbox; no link, device or path outside it is followed."""
    return tuple(sorted(_walk(inbox, inbox), key=lambda c: str(c.path)))


def _walk(folder: Path, inbox: Path) -> Iterator[Candidate]:
    try:
        with os.scandir(folder) as entries:
            found = list(entries)
    except FileNotFoundError:
        if folder == inbox:
            raise
        return  # removed since it was listed
    for entry in found:
        try:
            facts = entry.stat(follow_symlinks=False)
        except FileNotFoundError:
            continue
        path = Path(entry.path)
        if getattr(facts, "st_reparse_tag", 0) == _JUNCTION:
            continue
        if stat.S_ISDIR(facts.st_mode):
            yield from _walk(path, inbox)
        elif stat.S_ISREG(facts.st_mode) and entry.name.casefold() not in OWN_NAMES:
            yield Candidate(path, unit_folder(path, inbox), facts.st_size, facts.st_mtime_ns)


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


def is_open(path: Path) -> bool:
    """Tell whether an office program holds the file open, by the owner file beside it."""
    name = path.name
    owners = (f"~${name}", f"~${name[2:]}", f".~lock.{name}#", f".~{name}")
    return any(path.with_name(owner).exists() for owner in owners)


def left_alone(candidate: Candidate) -> Problem | None:
    """Say why a file is not read now, None where it may be."""
    if is_temporary(candidate.path):
        return problem("B03", found=candidate.path.name)
    if candidate.size == 0:
        return problem("B04", found="0 bita")
    return None


def why_waiting(candidate: Candidate) -> str:
    """Say why a file is not taken in yet."""
    if candidate.size == 0:
        return "masih kosong, 0 bita"
    if is_open(candidate.path):
        return "masih dibuka di program lain"
    return "menunggu sampai selesai disalin"


def read_file(path: Path, *, limit: int) -> Bytes:
    """Read a file once and let go of it; a link is refused with OSError.

    At most `limit` + 1 bytes are read, so that a giant file costs no memory.
    """
    with os.fdopen(_open(path), "rb") as file:
        data = file.read(limit + 1)
        size = os.fstat(file.fileno()).st_size
    return Bytes(data if len(data) <= limit else None, size)


def _open(path: Path) -> int:
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    return os.open(path, flags)


def is_complete(data: bytes) -> bool:
    """Tell whether a workbook's zip directory reads; other kinds of file always are."""
    if not data.startswith(ZIP_MARK):
        return True
    return zipfile.is_zipfile(io.BytesIO(data))


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
        return tuple(still)

    def age(self, candidate: Candidate, *, now: float) -> float:
        """Give for how many seconds a file has been still."""
        look = self._looks.get(candidate.path)
        return 0.0 if look is None else now - look.since


def take_away(path: Path, sha256: str) -> None:
    """Remove a file from the inbox, only if it still has that hash; it is in the archive.

    A file that changed meanwhile, is gone or is held open stays for the next look.
    """
    try:
        with os.fdopen(_open(path), "rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found == sha256:
            path.unlink()
    except OSError:
        return
