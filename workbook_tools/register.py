"""Turn the register's file into a `Registry` and its findings, each file's content once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from workbook_tools.errors import BadRegister, NotAWorkspace
from workbook_tools.register_known import Linting, Reading, mark_of, recall, remember
from workbook_tools.registry.errors import RegistryError
from workbook_tools.registry.finding import Finding
from workbook_tools.registry.model import Registry
from workbook_tools.workspace import Workspace


def load_registry(workspace: Workspace) -> Registry:
    """Read a workspace's register; BadRegister says every fault with its cell.

    The same bytes give the same object, once and again.
    """
    return read_register(workspace)[1]


def read_register(workspace: Workspace) -> tuple[bytes, Registry]:
    """Read a workspace's register and give its bytes too; BadRegister as for `load_registry`."""
    data = _bytes(workspace.register)
    return data, _registry(data, workspace.state)


def registry_of(data: bytes) -> Registry:
    """Read the bytes of a register; BadRegister as for `load_registry`."""
    return _registry(data, None)


def load_findings(workspace: Workspace) -> tuple[Finding, ...]:
    """Give everything in a workspace's register that somebody should look at."""
    return _findings(_bytes(workspace.register), workspace.state)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise NotAWorkspace(
            f"Registri tidak ditemukan di {path}. Jalankan “workbook-tools init” di ruang "
            "kerja ini, atau pilih ruang kerja lain dengan --workspace."
        ) from error
    except OSError as error:
        raise BadRegister(
            ((None, None, f"{path} tidak dapat dibaca: {error.strerror}."),)
        ) from error


@lru_cache(maxsize=2)
def _registry(data: bytes, state: Path | None) -> Registry:
    known = None if state is None else recall(state, Reading, data)
    if known is not None:
        return known.registry
    from workbook_tools.registry.workbook import read_registry

    try:
        registry = read_registry(data)
    except RegistryError as error:
        raise BadRegister(tuple((f.sheet, f.cell, f.sentence) for f in error.findings)) from error
    if state is not None:
        remember(state, Reading(*mark_of(data), registry))
    return registry


@lru_cache(maxsize=2)
def _findings(data: bytes, state: Path) -> tuple[Finding, ...]:
    known = recall(state, Linting, data)
    if known is not None:
        return known.findings
    from workbook_tools.registry.lint import lint
    from workbook_tools.registry.workbook import read_columns

    findings = lint(_registry(data, state), columns=read_columns(data))
    remember(state, Linting(*mark_of(data), findings))
    return findings
