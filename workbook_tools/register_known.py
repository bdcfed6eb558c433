"""Turn what a register was read as into files beside the ledger, and back.

Reading a large register and looking for its anomalies takes most of a second; whoever reads
the same file with the same program gets from here what came of it last time. The files may be
lost or damaged at any time: then the register is read again. The first line of each is the hash
of the others.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from workbook_tools import __version__, registry
from workbook_tools.registry.finding import Finding
from workbook_tools.registry.model import Registry


@dataclass(frozen=True, slots=True)
class Reading:
    """What a register was read as, of which bytes, and by which program."""

    program: str
    sha256: str
    registry: Registry


@dataclass(frozen=True, slots=True)
class Linting:
    """What was found in a register, of which bytes, and by which program."""

    program: str
    sha256: str
    findings: tuple[Finding, ...]


FILES = {Reading: "registri.dibaca", Linting: "registri.temuan"}
_Known = TypeVar("_Known", Reading, Linting)


@cache
def _program() -> str:
    """Tell programs apart that may read a register differently, also while one is developed."""
    told = hashlib.sha256(__version__.encode())
    for path in sorted(Path(registry.__path__[0]).glob("*.py")):
        told.update(path.read_bytes())
    return told.hexdigest()


def mark_of(data: bytes) -> tuple[str, str]:
    """Give what must be equal where a register need not be read again: program and hash."""
    return _program(), hashlib.sha256(data).hexdigest()


def recall(state: Path, kind: type[_Known], data: bytes) -> _Known | None:
    """Give what is known of a register's bytes, None where nothing is."""
    try:
        sha256, _, told = (state / FILES[kind]).read_bytes().partition(b"\n")
        if hashlib.sha256(told).hexdigest().encode() != sha256:
            return None
        known = TypeAdapter(kind).validate_json(told)
    except (OSError, ValidationError):
        return None
    return known if (known.program, known.sha256) == mark_of(data) else None


def remember(state: Path, known: Reading | Linting) -> None:
    """Keep what is known of a register, where there is a folder to keep it in."""
    path = state / FILES[type(known)]
    temporary = path.with_name(f".{path.name}.sementara")
    told = TypeAdapter(type(known)).dump_json(known)
    with suppress(OSError):
        temporary.write_bytes(hashlib.sha256(told).hexdigest().encode() + b"\n" + told)
        temporary.replace(path)
