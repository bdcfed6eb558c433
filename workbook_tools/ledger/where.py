"""Turn a workspace's setting into the place of its ledger."""

from __future__ import annotations

from pathlib import Path

from workbook_tools.ledger.place import Place
from workbook_tools.ledger.sqlite import SqliteFile


def ledger_place(url: str, path: Path) -> Place:
    """Give the database at an address, the file where there is none; BadSettings as it says."""
    if not url:
        return SqliteFile(path)
    from workbook_tools.ledger.postgres import postgres_place

    return postgres_place(url)
