"""Turn the register's superiors into a tree: who stands under whom, and what is odd about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbook_tools.registry.model import Indicator, Position, Registry

UNDER_HEAD = 2
"""The depth of those who answer to the head of the agency: they lead a bidang."""

_LEADERS_PREFIX = "Kepala "


@dataclass(frozen=True, slots=True)
class Branch:
    """One position in the tree: the agency has depth 0, its head 1, those below more.

    `parent` is where it hangs, None for the agency; `scope` counts the positions that
    hang below it; `remark` says what is odd, "" where nothing is.
    """

    position: Position
    depth: int
    parent: Position | None
    scope: int
    remark: str


def branches(registry: Registry) -> tuple[Branch, ...]:
    """Give every position once, each before those below it, else in the register's order.

    One without a superior hangs under the agency, and so does one whose superior the
    register does not know or whose chain of superiors never ends.
    """
    agency = next((p for p in registry.positions if p.jenis == "IKU"), None)
    below: dict[str, list[Position]] = {}
    for position in registry.positions:
        if position is not agency:
            below.setdefault(_parent(registry, position), []).append(position)
    found: list[Branch] = []
    if agency is not None:
        found.append(Branch(agency, 0, None, len(registry.positions) - 1, ""))
    _grow(registry, below, found, parent=agency)
    return tuple(found)


def mirrored_below(registry: Registry, indicator: Indicator) -> tuple[Indicator, ...]:
    """Give the IKI that repeat an IKU (`sama_dengan`), () for an indicator of a position."""
    position = registry.position(indicator.unit)
    if position is None or position.jenis != "IKU":
        return ()
    return tuple(one for one in registry.indicators if one.mirrors == indicator.id)


def hangs_under_iku(registry: Registry, indicator: Indicator) -> bool:
    """Tell whether an indicator repeats an IKU and therefore stands below it."""
    source = registry.source(indicator)
    return source is not indicator and indicator in mirrored_below(registry, source)


def scope_name(position: Position) -> str:
    """Name what a position leads: Bidang Pasar for Kepala Bidang Pasar."""
    if position.level == "sekretaris":
        return "Sekretariat"
    return position.label.removeprefix(_LEADERS_PREFIX)


def head_of(registry: Registry, level: str) -> Position | None:
    """Give the first position of a level, such as `kepala_dinas`."""
    return next((p for p in registry.positions if p.level == level), None)


def _grow(
    registry: Registry,
    below: dict[str, list[Position]],
    found: list[Branch],
    *,
    parent: Position | None,
) -> None:
    """Add everyone below, without recursion: the chains of a register may be long."""
    waiting = [(position, 1, parent) for position in reversed(below.get("", []))]
    while waiting:
        position, depth, above = waiting.pop()
        found.append(
            Branch(
                position,
                depth,
                above,
                _scope(below, position),
                _remark(registry, position),
            )
        )
        next_ones = reversed(below.get(position.id, []))
        waiting.extend((one, depth + 1, position) for one in next_ones)


def _scope(below: dict[str, list[Position]], position: Position) -> int:
    count, waiting = 0, list(below.get(position.id, []))
    while waiting:
        count += 1
        waiting.extend(below.get(waiting.pop().id, []))
    return count


def _parent(registry: Registry, position: Position) -> str:
    """Give the id of the superior, "" for one who hangs under the agency."""
    superior = registry.position(position.superior or "")
    if superior is None or superior.jenis == "IKU" or _turns(registry, position):
        return ""
    return superior.id


def _turns(registry: Registry, position: Position) -> bool:
    """Tell whether the chain of superiors comes back to the position itself."""
    seen: set[str] = set()
    above = position.superior
    while above and above not in seen:
        if above == position.id:
            return True
        seen.add(above)
        found = registry.position(above)
        above = found.superior if found else None
    return False


def _remark(registry: Registry, position: Position) -> str:
    said: Sequence[str] = (
        "Halaman jabatan ini tidak ada pada dokumen cetak; indikatornya tidak dapat diukur."
        if position.lost
        else "",
        _about_superior(registry, position),
        "Nama jabatan tidak tercetak; disimpulkan." if position.name_inferred else "",
    )
    return " ".join(text for text in said if text)


def _about_superior(registry: Registry, position: Position) -> str:
    if position.superior is None:
        return "" if position.level == "kepala_dinas" else "Atasan belum dicatat pada registri."
    superior = registry.position(position.superior)
    if superior is None:
        return f"Atasan ({position.superior}) tidak ada pada registri."
    if _turns(registry, position):
        return f"Rantai atasan ({position.superior}) kembali ke jabatan ini."
    if superior.lost:
        return f"Halaman atasannya ({superior.label}) tidak ada pada dokumen cetak."
    return ""
