"""Tell from a name what programs and systems leave beside the files of people."""

from __future__ import annotations

import re
from pathlib import Path

OWN_NAMES = {".gitkeep", "thumbs.db", "desktop.ini", ".ds_store"}
_TEMPORARY = re.compile(
    r"^(~\$|\.~|\._|\.nfs|\.fuse_hidden|\.goutputstream-|\.smbdelete|~.*\.tmp$)"
    r"|\.(tmp|part|partial|crdownload)$",
    re.IGNORECASE,
)
_OWNER = re.compile(r"^(~\$|\.~)")
_COMPANION = re.compile(r"^\._")  # what macOS keeps beside a file on a foreign disk
_EXCEL_SAVE = re.compile(r"[0-9A-F]{8}")  # what Excel writes before it gives the file its name
_OF_SYSTEMS = {
    "#recycle",
    "@eadir",
    "$recycle.bin",
    "system volume information",
    "lost+found",
    "__macosx",
}
"""Bins and indexes that systems, shares and unpacked archives keep; in small letters."""


def is_temporary(path: Path) -> bool:
    """Tell whether a name is one that programs give to temporary and owner files (B03)."""
    return _TEMPORARY.search(path.name) is not None


def is_owner_file(path: Path) -> bool:
    """Tell whether a file only says that somebody has another one open."""
    return _OWNER.search(path.name) is not None


def is_companion(path: Path) -> bool:
    """Tell whether a file only holds what macOS knows of another one; it lies there for ever."""
    return _COMPANION.search(path.name) is not None


def is_unnamed_save(path: Path) -> bool:
    """Tell whether a file is one that Excel writes and then renames; it may be an only copy."""
    return _EXCEL_SAVE.fullmatch(path.name) is not None


def is_folder_of_system(name: str) -> bool:
    """Tell whether a folder belongs to a system and not to people: hidden ones, bins, indexes."""
    return name.startswith(".") or name.casefold() in _OF_SYSTEMS


def lock_of(path: Path) -> Path | None:
    """Give the owner file beside a file, None where no office program holds it open."""
    name = path.name
    owners = (f"~${name}", f"~${name[2:]}", f".~lock.{name}#", f".~{name}")
    return next((o for o in map(path.with_name, owners) if _lies_there(o)), None)


def is_open(path: Path) -> bool:
    """Tell whether an office program holds the file open, by the owner file beside it."""
    return lock_of(path) is not None


def _lies_there(path: Path) -> bool:
    try:
        path.lstat()
    except OSError:  # also a name too long for the system, which nobody can have made
        return False
    return True
