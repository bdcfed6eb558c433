"""Read a register once for each of its contents, whatever becomes of what is known of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from workbook_tools import register, register_known
from workbook_tools.register import load_findings, load_registry, registry_of
from workbook_tools.register_known import FILES, Reading
from workbook_tools.registry import workbook
from workbook_tools.registry.model import Registry
from workbook_tools.registry.source import load_source
from workbook_tools.registry.write import write_registry
from workbook_tools.workspace import Workspace, make_workspace


@pytest.fixture
def office(tmp_path: Path) -> Workspace:
    """Give a workspace whose register nobody has read."""
    registry = load_source()
    return make_workspace(tmp_path / "ruang", registry, register=write_registry(registry))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Count the bytes of every register that is really read; each process starts anew."""
    sizes: list[int] = []
    really = workbook.read_registry

    def counted(data: bytes) -> Registry:
        sizes.append(len(data))
        return really(data)

    monkeypatch.setattr(workbook, "read_registry", counted)
    forget()
    yield sizes
    forget()


def forget() -> None:
    """Forget what this process knows of registers, as another would."""
    register._registry.cache_clear()
    register._findings.cache_clear()


def test_what_is_known_of_a_register_is_what_reading_it_gives(office: Workspace) -> None:
    data = office.register.read_bytes()
    found = load_findings(office)
    forget()
    assert load_registry(office) == registry_of(data)
    assert load_findings(office) == found
    assert repr(load_registry(office)) == repr(registry_of(data))


def test_a_register_is_read_once_by_several_processes(office: Workspace, read: list[int]) -> None:
    load_registry(office)
    forget()
    load_registry(office)
    assert len(read) == 1


def test_findings_that_nobody_asked_for_yet_are_found_later(
    office: Workspace, read: list[int]
) -> None:
    load_registry(office)
    forget()
    found = load_findings(office)
    forget()
    assert found == load_findings(office)
    assert len(read) == 1


def test_a_register_that_was_changed_is_read_again(office: Workspace, read: list[int]) -> None:
    before = load_registry(office)
    changed = replace(
        before, positions=(replace(before.positions[0], label="Lain"), *before.positions[1:])
    )
    office.register.write_bytes(write_registry(changed))
    forget()
    assert load_registry(office).positions[0].label == "Lain"
    assert len(read) == 2


@pytest.mark.parametrize("found", [b"", b"{}", b"bukan JSON", b'{"program": 1}'])
def test_what_is_known_may_be_damaged(office: Workspace, read: list[int], found: bytes) -> None:
    before = load_registry(office)
    (office.state / FILES[Reading]).write_bytes(found)
    forget()
    assert load_registry(office) == before
    assert len(read) == 2


@pytest.mark.parametrize("part", range(12))
def test_of_what_is_known_no_changed_byte_is_believed(office: Workspace, part: int) -> None:
    before = load_registry(office)
    path = office.state / FILES[Reading]
    data = bytearray(path.read_bytes())
    data[len(data) * part // 12 + 70] ^= 1
    path.write_bytes(data)
    forget()
    assert load_registry(office) == before


def test_another_program_reads_the_register_itself(
    office: Workspace, read: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    load_registry(office)
    forget()
    monkeypatch.setattr(register_known, "__version__", "0.0.0")
    register_known._program.cache_clear()
    try:
        load_registry(office)
    finally:
        monkeypatch.undo()
        register_known._program.cache_clear()
    assert len(read) == 2


def test_a_workspace_without_a_place_for_it_is_read_each_time(
    office: Workspace, read: list[int]
) -> None:
    shutil.rmtree(office.state)
    load_registry(office)
    forget()
    load_registry(office)
    assert len(read) == 2
