"""Turn bytes into files of the outbox: names, atomic writes, and what waits for a locked target."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from workbook_tools.errors import CannotWrite
from workbook_tools.indicators.period import period_code

PENDING = ".menunggu"
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
_LONGEST_STEM = 80
_MOST_BYTES = 160  # of a stem in UTF-8: Linux allows 255 for a name, and more is put around it
_WAITS = re.compile(rf"(?P<stem>.+){re.escape(PENDING)}(?:-(?P<number>[0-9]+))?")
_REFUSED = {errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY}
"""How systems and shares say that somebody has the target open."""
_NOT_FOR_FOLDERS = {errno.EINVAL, errno.ENOTSUP}  # file systems that flush no folders


@dataclass(frozen=True, slots=True)
class Published:
    """Where a file was written; `waiting` where the target is open in another program."""

    path: Path
    waiting: Path | None = None


def form_name(jenis: str, unit: str, *, year: int, period: int) -> str:
    """Give the stem of everything about one form, such as `IKI_kabid-pasar_2020-TW1`."""
    return f"{jenis}_{unit}_{year}-{period_code(period)}"


def safe_stem(name: str) -> str:
    """Make a file name's stem that every system takes, from one that a person chose."""
    stem = _NOT_IN_NAMES.sub("_", Path(name).stem).strip(" .")[:_LONGEST_STEM]
    short = stem.encode("utf-8", "replace")[:_MOST_BYTES].decode("utf-8", "ignore")
    return short.rstrip(" .") or "berkas"


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that it is either the old or the new one, never half.

    The temporary name is the same each time: what a killed process left is written over when
    the work is done again.
    """
    temporary = path.with_name(f".{path.name}.sementara")
    try:
        make_folder(path.parent)
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        sync_folder(path.parent)
    except BaseException:
        with suppress(OSError):  # it may never have been made
            temporary.unlink()
        raise


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, each so that it lasts through a power cut."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def sync_file(path: Path) -> None:
    """Make what a file holds last through a power cut."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make a rename in a folder last through a power cut, where the system can."""
    if os.name == "nt":  # Windows opens no folders; NTFS journals the rename itself
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NOT_FOR_FOLDERS:
            raise
    finally:
        os.close(handle)


def publish(path: Path, data: bytes) -> Published:
    """Put a file in place, or beside its place while somebody has the old one open.

    Windows refuses to replace an open file; the new one then waits under a pending name
    and `settle_pending` puts it in place later. Never copies over the target. An older one
    that waits goes first; where it cannot, this one waits behind it.
    """
    try:
        behind = _remove(pending_of(path))
        if not behind:
            try:
                write_atomically(path, data)
            except OSError as error:
                if error.errno not in _REFUSED:
                    raise
            else:
                return Published(path)
        waiting = _next_pending(path, behind)
        write_atomically(waiting, data)
    except OSError as error:
        raise CannotWrite(_sentence(path, error)) from error
    return Published(path, waiting=waiting)


def pending_of(path: Path) -> tuple[Path, ...]:
    """Give the files that wait for the place of `path`, oldest first."""
    return tuple(
        sorted((p for p in waiting_in(path.parent) if _target_of(p) == path), key=_place_in_line)
    )


def waiting_in(folder: Path) -> tuple[Path, ...]:
    """Give the files of a folder that wait for their places."""
    return tuple(
        sorted(
            path
            for path in folder.glob(f"*{PENDING}*")
            if _WAITS.fullmatch(path.stem) and not path.name.startswith(".")
        )
    )


def settle_pending(folder: Path) -> tuple[Path, ...]:
    """Put waiting files into their places; give those that still have to wait.

    Only the newest of several is put in place, and only once the older ones are gone: no
    older file may ever come over a newer one, whatever the clock says.
    """
    still: list[Path] = []
    for target in sorted({_target_of(path) for path in waiting_in(folder)}):
        *older, newest = pending_of(target) or (target,)
        if newest == target:
            continue  # another command was here first
        try:
            if left := _remove(older):
                still += [*left, newest]
                continue
            newest.replace(target)
            sync_folder(folder)
        except OSError as error:
            if error.errno not in _REFUSED:
                raise CannotWrite(_sentence(target, error)) from error
            still.append(newest)
    return tuple(still)


def _target_of(pending: Path) -> Path:
    match = _WAITS.fullmatch(pending.stem)
    return pending.with_name(f"{match['stem'] if match else pending.stem}{pending.suffix}")


def _place_in_line(pending: Path) -> int:
    match = _WAITS.fullmatch(pending.stem)
    return int(match["number"] or 1) if match else 0


def _next_pending(path: Path, behind: Sequence[Path]) -> Path:
    """Give the name under which a file waits: `X.menunggu.xlsx`, then `X.menunggu-2.xlsx`."""
    last = max(map(_place_in_line, behind), default=0)
    number = f"-{last + 1}" if last else ""
    return path.with_name(f"{path.stem}{PENDING}{number}{path.suffix}")


def _remove(files: Iterable[Path]) -> list[Path]:
    """Remove files; give those that are open in a program and stay."""
    left: list[Path] = []
    for path in files:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            if error.errno not in _REFUSED:
                raise
            left.append(path)
    return left


def write_out(path: Path, data: bytes) -> None:
    """Write a note, receipt or form; CannotWrite says what to do."""
    try:
        write_atomically(path, data)
    except OSError as error:
        raise CannotWrite(_sentence(path, error)) from error


def for_notepad(text: str) -> bytes:
    """Encode a text so that Notepad shows it right: UTF-8 with BOM, CRLF."""
    return "\r\n".join(text.splitlines()).encode("utf-8-sig") + b"\r\n"


def _sentence(path: Path, error: OSError) -> str:
    reason = error.strerror or str(error)
    return (
        f"{path} tidak dapat ditulis ({reason}). Tutup berkas itu bila sedang terbuka, periksa "
        "izin folder dan ruang disk, lalu jalankan lagi."
    )
