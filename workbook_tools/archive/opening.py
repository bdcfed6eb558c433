"""Turn a workspace's settings into its archive."""

from __future__ import annotations

from pathlib import Path

from workbook_tools.archive.archive import Archive
from workbook_tools.archive.folder import JOURNAL, FileJournal, FolderStore


def folder_archive(root: Path) -> Archive:
    """Give the archive in a folder."""
    return Archive(FolderStore(root), FileJournal(root / JOURNAL))
