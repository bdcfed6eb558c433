"""Turn the register's file into a `Registry` and its findings, each file's content once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from workbook_tools.errors import BadRegister, NotAWorkspace
from workbook_tools.register_known import Known, recall, remember
from workbook_tools.registry.errors import RegistryError
from workbook_tools.registry.finding import Finding
from workbook_tools.registry.model import Registry
from workbook_tools.workspace import Workspace


def load_registry(workspace: Workspace) -> Registry:
    """Read a workspace's register; BadRegister says every fault with its cell."""
    return _registry(_bytes(workspace.register), workspace.known_register)


def registry_of(data: bytes) -> Registry:
    """Read the bytes of a register; BadRegister as for `load_registry`."""
    return _registry(data, None)


def load_findings(workspace: Workspace) -> tuple[Finding, ...]:
    """Give everything in a workspace's register that somebody should look at."""
    return _findings(_bytes(workspace.register), workspace.known_register)


def findings_of(data: bytes) -> tuple[Finding, ...]:
    """Give the findings of the bytes of a register."""
    return _findings(data, None)


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
def _registry(data: bytes, known: Path | None) -> Registry:
    if before := _recalled(known, data):
        return before.registry
    from workbook_tools.registry.workbook import read_registry

    try:
        registry = read_registry(data)
    except RegistryError as error:
        raise BadRegister(tuple((f.sheet, f.cell, f.sentence) for f in error.findings)) from error
    if known is not None:
        remember(known, data, Known(registry))
    return registry


@lru_cache(maxsize=2)
def _findings(data: bytes, known: Path | None) -> tuple[Finding, ...]:
    before = _recalled(known, data)
    if before is not None and before.findings is not None:
        return before.findings
    from workbook_tools.registry.lint import lint
    from workbook_tools.registry.workbook import read_columns

    registry = _registry(data, known)
    findings = lint(registry, columns=read_columns(data))
    if known is not None:
        remember(known, data, Known(registry, findings))
    return findings


def _recalled(known: Path | None, data: bytes) -> Known | None:
    return None if known is None else recall(known, data)
