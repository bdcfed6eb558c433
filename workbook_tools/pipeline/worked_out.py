"""Keep what is worked out of a register while a process runs: its parts, what was measured.

A watcher asks again after every return, mostly of the same register and the same returns.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from workbook_tools.master.division import Part, divide
from workbook_tools.master.remeasure import Measures
from workbook_tools.registry.model import Registry

_REGISTERS = 2


@dataclass(frozen=True, slots=True, eq=False)
class _This:
    """One register in memory; the same one is told by its place, not by its 10,000 texts."""

    registry: Registry

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _This) and other.registry is self.registry

    def __hash__(self) -> int:
        return id(self.registry)


def measures_of(registry: Registry) -> Measures:
    """Give what was measured of a register until now."""
    return _measures(_This(registry))


def parts_of(registry: Registry, *, most: int) -> tuple[tuple[Part, str], ...]:
    """Divide a register; give each part with a digest of all that the register says of it."""
    return _parts(_This(registry), most)


def digest(*parts: object) -> str:
    """Tell contents apart: equal values give equal digests, in every process."""
    told = hashlib.sha256()
    for part in parts:
        told.update(repr(part).encode("utf-8", "surrogatepass"))
    return told.hexdigest()


@lru_cache(maxsize=_REGISTERS)
def _measures(this: _This) -> Measures:
    return Measures(this.registry)


@lru_cache(maxsize=_REGISTERS)
def _parts(this: _This, most: int) -> tuple[tuple[Part, str], ...]:
    return tuple((part, digest(part)) for part in divide(this.registry, most=most))
