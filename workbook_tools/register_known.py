"""Turn what a register was read as into a file beside the ledger, and back.

Reading a large register and looking for its anomalies takes most of a second; whoever reads
the same file with the same program gets from here what came of it last time. The file may be
lost or damaged at any time: then the register is read again.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from workbook_tools import __version__, registry
from workbook_tools.registry.finding import Finding
from workbook_tools.registry.model import Registry


@dataclass(frozen=True, slots=True)
class Known:
    """What a register was read as; `findings` None where nobody has asked for them yet."""

    registry: Registry
    findings: tuple[Finding, ...] | None = None


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is known, of which bytes, and by which program."""

    program: str
    sha256: str
    known: Known


@cache
def _adapter() -> TypeAdapter[_Kept]:
    return TypeAdapter(_Kept)


@cache
def _program() -> str:
    """Tell programs apart that may read a register differently, also while one is developed."""
    told = hashlib.sha256(__version__.encode())
    for path in sorted(Path(registry.__path__[0]).glob("*.py")):
        told.update(path.read_bytes())
    return told.hexdigest()


def recall(path: Path, data: bytes) -> Known | None:
    """Give what is known of a register's bytes, None where nothing is."""
    try:
        kept = _adapter().validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None
    sha256 = hashlib.sha256(data).hexdigest()
    return kept.known if (kept.program, kept.sha256) == (_program(), sha256) else None


def remember(path: Path, data: bytes, known: Known) -> None:
    """Keep what is known of a register's bytes, where there is a folder to keep it in."""
    kept = _Kept(_program(), hashlib.sha256(data).hexdigest(), known)
    temporary = path.with_name(f".{path.name}.sementara")
    with suppress(OSError):
        temporary.write_bytes(_adapter().dump_json(kept))
        temporary.replace(path)
