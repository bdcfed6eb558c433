"""Keep every original by its hash, every issued snapshot, and an append-only journal."""

from __future__ import annotations

from workbook_tools.archive.archive import TURN, Archive, Event, changed
from workbook_tools.archive.opening import folder_archive, open_archive

__all__ = ["TURN", "Archive", "Event", "changed", "folder_archive", "open_archive"]
