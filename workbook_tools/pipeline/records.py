"""Turn a journal and a ledger into what each of them knows, so that they can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workbook_tools.archive import Archive
from workbook_tools.ledger import Ledger
from workbook_tools.pipeline.arrival import arrival_facts
from workbook_tools.pipeline.journal import issued_facts


@dataclass(frozen=True, slots=True)
class Records:
    """What came, (number, sha256) -> file, and what was issued, (sha256, digest)."""

    arrived: Mapping[tuple[int, str], str]
    issued: frozenset[tuple[str, str]]

    def without(self, others: Records) -> Records:
        """Give what the others do not have."""
        return Records(
            {key: file for key, file in self.arrived.items() if key not in others.arrived},
            self.issued - others.issued,
        )

    @property
    def names(self) -> tuple[str, ...]:
        """Give the file of what came, and the sha256 of what was issued."""
        forms = sorted(sha256 for sha256, _ in self.issued)
        return (*(self.arrived[key] for key in sorted(self.arrived)), *forms)


def journalled(archive: Archive) -> Records:
    """Give what the journal tells of."""
    arrived: dict[tuple[int, str], str] = {}
    issued: set[tuple[str, str]] = set()
    for event in archive.journal():
        if (facts := arrival_facts(event)) is not None:
            arrived[facts.number, facts.sha256] = facts.file
        elif (form := issued_facts(event)) is not None:
            issued.add(form)
    return Records(arrived, frozenset(issued))


def recorded(ledger: Ledger) -> Records:
    """Give what a ledger knows of."""
    arrived = {(row.id, row.sha256): row.file for row in ledger.arrivals()}
    return Records(arrived, frozenset(ledger.issued_hashes()))
