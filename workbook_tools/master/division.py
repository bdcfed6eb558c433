"""Turn a register of many positions into parts, each small enough for a workbook of its own.

A part is a whole tree of positions where that is small enough: an agency with its IKU, or a
bidang with its seksi. Positions that mirror the indicators of another stay with it, so that
every part computes alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from workbook_tools.registry.model import Position, Registry


@dataclass(frozen=True, slots=True)
class Part:
    """One part: the id of its first position, what people call it, and its own register.

    The printed document stays with the first part.
    """

    id: str
    label: str
    registry: Registry

    @property
    def units(self) -> frozenset[str]:
        """Give the ids of its positions."""
        return frozenset(position.id for position in self.registry.positions)


def divide(registry: Registry, *, most: int) -> tuple[Part, ...]:
    """Part a register in its own order; one with at most `most` positions stays whole."""
    if len(registry.positions) <= most:
        return (_part(registry, registry.positions, is_first=True),)
    groups = _packed(_joined(registry, _trees(registry, most)), most)
    places = {position.id: place for place, position in enumerate(registry.positions)}
    ordered = [sorted(group, key=lambda p: places[p.id]) for group in groups]
    ordered.sort(key=lambda group: places[group[0].id])
    return tuple(
        _part(registry, group, is_first=number == 0) for number, group in enumerate(ordered)
    )


def _part(registry: Registry, positions: Sequence[Position], *, is_first: bool) -> Part:
    units = {position.id for position in positions}
    head = next((p for p in positions if p.jenis != "IKU"), positions[0])
    return Part(
        positions[0].id,
        head.label,
        replace(
            registry,
            positions=tuple(positions),
            indicators=tuple(i for i in registry.indicators if i.unit in units),
            document=registry.document if is_first else (),
        ),
    )


def _trees(registry: Registry, most: int) -> Iterator[list[Position]]:
    """Yield the largest trees that are small enough; what stands above them stands alone."""
    known = {position.id for position in registry.positions}
    below: dict[str | None, list[Position]] = {}
    for position in registry.positions:
        superior = position.superior if position.superior in known else None
        below.setdefault(superior, []).append(position)
    waiting = list(reversed(below.get(None, [])))
    while waiting:
        top = waiting.pop()
        tree = _tree(top, below)
        if len(tree) <= most:
            yield tree
        else:
            yield [top]
            waiting += reversed(below.get(top.id, []))


def _tree(top: Position, below: Mapping[str | None, Sequence[Position]]) -> list[Position]:
    found, waiting = [], [top]
    while waiting:
        position = waiting.pop()
        found.append(position)
        waiting += below.get(position.id, ())
    return found


def _joined(registry: Registry, groups: Iterable[list[Position]]) -> list[list[Position]]:
    """Put a group that mirrors another's indicators together with it."""
    joined = list(groups)
    at = {p.id: number for number, group in enumerate(joined) for p in group}
    for indicator in registry.indicators:
        source = registry.source(indicator)
        here, there = at[indicator.unit], at[source.unit]
        if here != there:
            joined[there] += joined[here]
            at |= {p.id: there for p in joined[here]}
            joined[here] = []
    return [group for group in joined if group]


def _packed(groups: Iterable[list[Position]], most: int) -> list[list[Position]]:
    """Put positions that stand alone one after another into one part."""
    packed: list[list[Position]] = []
    was_alone = False
    for group in groups:
        is_alone = len(group) == 1
        if is_alone and was_alone and len(packed[-1]) < most:
            packed[-1] += group
        else:
            packed.append(list(group))
        was_alone = is_alone
    return packed
