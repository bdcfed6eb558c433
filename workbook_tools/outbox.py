"""Turn bytes into files of the outbox: names, atomic writes, and what waits for a locked target."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from workbook_tools.errors import CannotWrite
from workbook_tools.indicators.period import period_code

PENDING = ".menunggu"
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
_LONGEST_STEM = 80


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
    stem = _NOT_IN_NAMES.sub("_", Path(name).stem).strip(" .")
    return stem[:_LONGEST_STEM].rstrip(" .") or "berkas"


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that it is either the old or the new one, never half."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.sementara")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
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


def sync_folder(folder: Path) -> None:
    """Make a rename in a folder last through a power cut, where the system can."""
    if os.name == "nt":  # Windows opens no folders; NTFS journals the rename itself
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def publish(path: Path, data: bytes) -> Published:
    """Put a file in place, or beside its place while somebody has the old one open.

    Windows refuses to replace an open file; the new one then waits under a pending name
    and `settle_pending` puts it in place later. Never copies over the target.
    """
    pending = pending_name(path)
    try:
        # An older one that waits goes first: it must never be put over this one.
        _remove_pending(pending)
        write_atomically(path, data)
    except PermissionError:
        try:
            write_atomically(pending, data)
        except OSError as error:
            raise CannotWrite(_sentence(path, error)) from error
        return Published(path, waiting=pending)
    except OSError as error:
        raise CannotWrite(_sentence(path, error)) from error
    return Published(path)


def pending_name(path: Path) -> Path:
    """Give the name under which a file waits for its place."""
    return path.with_name(f"{path.stem}{PENDING}{path.suffix}")


def waiting_in(folder: Path) -> tuple[Path, ...]:
    """Give the files of a folder that wait for their places."""
    return tuple(sorted(folder.glob(f"*{PENDING}.*")))


def settle_pending(folder: Path) -> tuple[Path, ...]:
    """Put waiting files into their places; give those that still have to wait."""
    still: list[Path] = []
    for pending in waiting_in(folder):
        target = pending.with_name(pending.name.replace(PENDING, "", 1))
        try:
            if target.exists() and target.stat().st_mtime_ns > pending.stat().st_mtime_ns:
                pending.unlink()
            else:
                pending.replace(target)
        except PermissionError:
            still.append(pending)
        except OSError as error:
            raise CannotWrite(_sentence(target, error)) from error
    return tuple(still)


def _remove_pending(pending: Path) -> None:
    """Remove a waiting file; one that is open in a program stays, older than what it waits for."""
    with suppress(PermissionError):
        pending.unlink(missing_ok=True)


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
