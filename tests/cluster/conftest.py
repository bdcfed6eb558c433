"""Give the tests of this folder an office with many returns, and what a serial run makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cluster.sent import Sent, sent
from tests.shell import Said


@dataclass(frozen=True, slots=True)
class Serial:
    """What one machine alone makes of the returns."""

    said: Said
    office: Sent


@pytest.fixture(scope="session")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Sent:
    """Give the office before anything is taken in; only to be copied."""
    return sent(tmp_path_factory.mktemp("stok") / "kantor")


@pytest.fixture(scope="session")
def serial(stock: Sent, tmp_path_factory: pytest.TempPathFactory) -> Serial:
    """Give the office after `ingest` without a cluster; only to be looked at."""
    office = stock.copied(tmp_path_factory.mktemp("serial") / "kantor")
    return Serial(office.does("ingest"), office)


@pytest.fixture
def many(stock: Sent, tmp_path: Path) -> Sent:
    """Give an office of its own to a test."""
    return stock.copied(tmp_path / "kantor")
