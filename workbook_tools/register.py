"""Turn the register's file into a `Registry` and its findings, each file's content once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from workbook_tools.errors import BadRegister, NotAWorkspace
from workbook_tools.registry.errors import RegistryError
from workbook_tools.registry.lint import Finding, lint
from workbook_tools.registry.model import Registry
from workbook_tools.registry.workbook import read_columns, read_registry


def load_registry(path: Path) -> Registry:
    """Read the register workbook; BadRegister says every fault with its cell."""
    return registry_of(_bytes(path))


def registry_of(data: bytes) -> Registry:
    """Read the bytes of a register workbook; BadRegister as for `load_registry`."""
    try:
        return _registry(data)
    except RegistryError as error:
        raise BadRegister(tuple((f.sheet, f.cell, f.sentence) for f in error.findings)) from error


def load_findings(path: Path) -> tuple[Finding, ...]:
    """Give everything in the register that somebody should look at."""
    data = _bytes(path)
    load_registry(path)
    return _findings(data)


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
def _registry(data: bytes) -> Registry:
    return read_registry(data)


@lru_cache(maxsize=2)
def _findings(data: bytes) -> tuple[Finding, ...]:
    return lint(_registry(data), columns=read_columns(data))
