"""Give every test an office of its own, copied from one that issued its forms once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.returns.desk import Desk, open_desk
from workbook_tools.registry.model import TRIWULAN
from workbook_tools.registry.source import load_source

REGISTER = Path(__file__).parents[2] / "templates" / "registri.xlsx"


@pytest.fixture(scope="session")
def issued_desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Open an office that issued every form of the year; only to be copied."""
    root = tmp_path_factory.mktemp("kantor") / "ruang"
    desk = open_desk(root, load_source(), register=REGISTER.read_bytes())
    for period in TRIWULAN:
        desk.issue(period)
    return desk


@pytest.fixture
def desk(issued_desk: Desk, tmp_path: Path) -> Desk:
    """Open an office that issued every form of the year and received nothing yet."""
    return issued_desk.copied(tmp_path / "ruang")
