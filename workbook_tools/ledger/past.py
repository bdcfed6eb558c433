"""Turn judged returns into what a later one is compared with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from workbook_tools.form.submission import Submission
from workbook_tools.ledger.rows import ArrivalRow, counting

MOST_RETURNS = 20  # of one form that are looked back on


@dataclass(frozen=True, slots=True)
class PastReturn:
    """A return that was accepted or rejected; `submission` is what was accepted of it."""

    row: ArrivalRow
    submission: Submission | None


class Past:
    """The returns of some units and years, and those with the bytes of some files.

    It is asked instead of the ledger while a batch is judged, and grows with each judgement.
    """

    def __init__(self, returns: Iterable[PastReturn]) -> None:
        """Remember returns; their order of arrival is that of their numbers."""
        self._accepted: dict[tuple[str, int], list[PastReturn]] = defaultdict(list)
        self._files: dict[str, list[ArrivalRow]] = defaultdict(list)
        for one in sorted(returns, key=lambda one: one.row.id):
            self.add(one)

    def add(self, one: PastReturn) -> None:
        """Remember the return that was judged last."""
        self._files[one.row.sha256].append(one.row)
        if one.submission is not None:
            self._accepted[one.submission.unit, one.submission.year].append(one)

    def submissions(self, unit: str, year: int, *, before: int) -> tuple[Submission, ...]:
        """Give the submission of each triwulan that counted before an arrival."""
        return _counting([o for o in self._accepted.get((unit, year), ()) if o.row.id < before])

    def counting(self, row: ArrivalRow) -> Submission | None:
        """Give the submission that counts now for the form of a return."""
        known = self._accepted.get((row.unit or "", row.year or 0), ())
        return next(iter(_counting([o for o in known if o.row.period == row.period])), None)

    def accepted(self, unit: str, year: int, *, period: int, before: int) -> tuple[ArrivalRow, ...]:
        """Give the last accepted returns of a form before an arrival, oldest first."""
        rows = self._of_form(unit, year, period)
        return tuple(row for row in rows if row.id < before)[-MOST_RETURNS:]

    def revisions(self, unit: str, year: int, *, period: int) -> int:
        """Count the accepted returns of a form, whenever they came."""
        return len(self._of_form(unit, year, period))

    def same_bytes(self, sha256: str, *, before: int) -> tuple[ArrivalRow, ...]:
        """Give the earlier returns of the same file, oldest first."""
        return tuple(row for row in self._files.get(sha256, ()) if row.id < before)

    def _of_form(self, unit: str, year: int, period: int) -> list[ArrivalRow]:
        known = self._accepted.get((unit, year), ())
        return [one.row for one in known if one.row.period == period]


def _counting(known: Iterable[PastReturn]) -> tuple[Submission, ...]:
    returns = {one.row.id: one.submission for one in known}
    chosen = (returns[row.id] for row in counting(one.row for one in known))
    return tuple(one for one in chosen if one is not None)
