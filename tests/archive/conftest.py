"""Give every test of this folder an empty archive, in every kind of place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.archive.places import KINDS, address
from workbook_tools.archive import Archive, open_archive


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of a place where nothing is yet; "" for the folder beside it."""
    return address(str(request.param), tmp_path)


@pytest.fixture
def archive(url: str, tmp_path: Path) -> Archive:
    """Give an archive that holds nothing yet."""
    return open_archive(url, tmp_path / "catatan" / "arsip")
