"""Hold what the master tells of each accepted return: its way, and what it replaced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Warned:
    """One warning that an accepted return was given; `message` is what its sender read."""

    code: str
    cell: str
    indicator: str
    message: str


@dataclass(frozen=True, slots=True)
class Received:
    """One accepted return in the order of arrival; `number` is that of the arrival.

    `received_at` is aware (UTC), `people` the block for pengisi and atasan (field -> text),
    `changes` says what differs from the return it replaced, "" where it replaced none.
    """

    number: int
    unit: str
    year: int
    period: int
    revision: int
    issue: int
    file: str
    sha256: str
    received_at: datetime
    people: Mapping[str, str]
    changes: str
    warnings: tuple[Warned, ...]


def replacements(trail: Sequence[Received]) -> Mapping[int, Received | None]:
    """Say by which later return each was replaced, by number; None for those that count.

    Of several returns of one form the one on the newest issue counts, and of those the last
    to arrive, as the ledger says.
    """
    replaced: dict[int, Received | None] = {}
    standing: dict[tuple[str, int], Received] = {}
    for one in sorted(trail, key=lambda received: received.number):
        form = (one.unit, one.period)
        before = standing.get(form)
        if before is not None and before.issue > one.issue:
            replaced[one.number] = before
            continue
        if before is not None:
            replaced[before.number] = one
        replaced[one.number] = None
        standing[form] = one
    return replaced


def counting(trail: Iterable[Received]) -> tuple[Received, ...]:
    """Give the returns that count now."""
    known = tuple(trail)
    replaced = replacements(known)
    return tuple(one for one in known if replaced[one.number] is None)
