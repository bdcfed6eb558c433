"""Turn the inbox into a listing of its files, and wait until a file is still."""

from __future__ import annotations

import math
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from workbook_tools.problems.catalogue import problem
from workbook_tools.problems.problem import Problem
from workbook_tools.problems.sentences import waiting
from workbook_tools.temporary_names import (
    OWN_NAMES,
    is_folder_of_system,
    is_open,
    is_temporary,
    is_unnamed_save,
    lock_of,
)
from workbook_tools.visible import one_line

MOST_NESTED = 60  # folders inside one another; nobody files returns deeper than this
_JUNCTION = 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT: Windows' link to another folder


@dataclass(frozen=True, slots=True)
class Candidate:
    """One file of the inbox at one look: where, in whose folder, how large, when changed."""

    path: Path
    folder: str | None
    size: int
    mtime_ns: int


@dataclass(slots=True)
class Listing:
    """The files of the inbox at one look, and the folders that could not be looked into, with why.

    `is_bare` where the inbox holds nothing that people made, not even the units' folders.
    """

    files: tuple[Candidate, ...] = ()
    closed: list[tuple[Path, str]] = field(default_factory=list)
    is_bare: bool = False


def look(inbox: Path) -> Listing:
    """List the plain files of the inbox; OSError where it cannot be reached itself.

    No link, device or path outside it is followed, and no folder of a system entered.
    """
    listing = Listing()
    found = _walk(inbox, listing.closed)
    listing.files = tuple(sorted(found, key=lambda c: str(c.path)))
    if not listing.files:
        with os.scandir(inbox) as entries:
            listing.is_bare = all(is_folder_of_system(e.name) and e.is_dir() for e in entries)
    return listing


def _walk(inbox: Path, closed: list[tuple[Path, str]]) -> Iterator[Candidate]:
    """Give the files of all folders; those yet to be entered stand in a list, however deep."""
    folders = [(inbox, 0)]
    while folders:
        folder, depth = folders.pop()
        if depth > MOST_NESTED:
            closed.append((folder, waiting.too_deep(MOST_NESTED)))
            continue
        for entry in _entries(folder, inbox, closed):
            path = Path(entry.path)
            facts = _facts(entry, closed)
            if facts is None or getattr(facts, "st_reparse_tag", 0) == _JUNCTION:
                continue
            if stat.S_ISDIR(facts.st_mode) and not is_folder_of_system(entry.name):
                folders.append((path, depth + 1))
            elif stat.S_ISREG(facts.st_mode) and entry.name.casefold() not in OWN_NAMES:
                unit = _first_folder(path.relative_to(inbox))
                yield Candidate(path, unit, facts.st_size, facts.st_mtime_ns)


def _facts(entry: os.DirEntry[str], closed: list[tuple[Path, str]]) -> os.stat_result | None:
    try:
        return entry.stat(follow_symlinks=False)
    except FileNotFoundError:
        return None  # removed since it was listed
    except OSError as error:
        closed.append((Path(entry.path), waiting.closed(waiting.reason_of(error))))
        return None


def _entries(folder: Path, inbox: Path, closed: list[tuple[Path, str]]) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError as error:
        if folder == inbox:
            raise
        if not isinstance(error, FileNotFoundError):  # removed since it was listed
            closed.append((folder, waiting.closed(waiting.reason_of(error))))
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
        return _first_folder(path.resolve().relative_to(inbox.resolve()))
    except ValueError:
        return None


def _first_folder(within: Path) -> str | None:
    return within.parts[0] if len(within.parts) > 1 else None


def left_alone(candidate: Candidate) -> Problem | None:
    """Say why a file is not read now, None where it may be."""
    if is_unnamed_save(candidate.path):
        return problem("B03", found=candidate.path.name, variant="unnamed")
    if is_temporary(candidate.path):
        return problem("B03", found=candidate.path.name)
    if candidate.size == 0:
        return problem("B04", found="0 byte")
    return None


def why_waiting(candidate: Candidate) -> str:
    """Say why a file is not taken in yet."""
    if is_unnamed_save(candidate.path):
        return waiting.UNNAMED
    if is_temporary(candidate.path):
        return waiting.LEFT_BEHIND
    if (lock := lock_of(candidate.path)) is not None:
        return waiting.still_open(one_line(lock.name))
    if candidate.size == 0:
        return waiting.EMPTY
    return waiting.COPYING


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
