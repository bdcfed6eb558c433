"""Give every test of this folder an empty archive, in every kind of place."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbook_tools.archive import Archive, folder_archive


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Give an archive that holds nothing yet."""
    return folder_archive(tmp_path / "arsip")
