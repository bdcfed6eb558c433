"""Turn how a return came (late, again, on an old form, beside a copy) into problems."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workbook_tools.conflict_names import are_copies, is_conflict_name
from workbook_tools.form.content import Accepted
from workbook_tools.form.parse import ParsedForm
from workbook_tools.form.submission import Submission
from workbook_tools.indicators.numbers import format_number
from workbook_tools.indicators.period import due_date, format_date, late_days
from workbook_tools.problems.catalogue import problem
from workbook_tools.problems.problem import Problem, Severity
from workbook_tools.registry.model import Rules

MOST_CHANGES = 12  # differences listed in K02 before the list is cut
MOST_OTHERS = 3  # other files named in K06


@dataclass(frozen=True, slots=True)
class Other:
    """An accepted return of the same form: its file's own name, its revision, when in words."""

    file: str
    revision: int
    received: str


@dataclass(frozen=True, slots=True)
class History:
    """What the ledger knows when a return is concluded.

    `earlier` are accepted values of the unit and year for other triwulan, `previous` is the
    accepted return for the same triwulan that counts, `others` are all of them, oldest
    first; `file` is the return's own name.
    """

    earlier: Accepted
    previous: Submission | None
    received: date
    rules: Rules
    file: str = ""
    others: tuple[Other, ...] = ()

    @property
    def standing(self) -> Other | None:
        """Give the accepted return that counts, as people know it."""
        previous = self.previous
        return next(
            (o for o in self.others if previous is not None and o.revision == previous.revision),
            None,
        )


def delivery_problems(form: ParsedForm, *, issue: int, history: History) -> list[Problem]:
    """Find what is to be said of a return's way: late (K03), replacing (K02), outdated (K06)."""
    content = form.content
    problems: list[Problem] = []
    due = due_date(content.year, content.period, day=history.rules.due_day_unit)
    days = late_days(history.received, due)
    if days:
        problems.append(problem("K03", days=str(days), due=format_date(due)))
    previous = history.previous
    if previous is None:
        return problems
    if issue < previous.issue:
        problems.append(_outdated(issue, previous))
    else:
        changes = _changes(form, previous)
        problems.append(problem("K02", previous=str(previous.revision), changes=changes))
    return problems


def copy_problems(history: History, *, accepted: bool) -> list[Problem]:
    """Show a person that copies of one form were returned (K06): the last must not win unseen.

    Both files are named, and which of them counts now.
    """
    involved = [o for o in history.others if _is_conflict(o.file, history.file)]
    standing = history.standing
    if not involved or standing is None:
        return []
    if standing not in involved:
        involved.append(standing)
    listed = ", ".join(
        f"“{o.file}” (revisi {o.revision}, masuk {o.received})"
        for o in _newest_of_each(involved)[:MOST_OTHERS]
    )
    counts = (
        (history.file, max(o.revision for o in history.others) + 1)
        if accepted
        else (
            standing.file,
            standing.revision,
        )
    )
    return [
        problem(
            "K06",
            severity=Severity.INFO,
            variant="both",
            file=history.file,
            others=listed,
            revision=str(counts[1]),
            standing=counts[0],
        )
    ]


def _is_conflict(other: str, own: str) -> bool:
    """Tell whether two files of one form were likely not meant to replace one another."""
    if other == own:
        return False
    return are_copies(other, own) or is_conflict_name(other) or is_conflict_name(own)


def _newest_of_each(others: Sequence[Other]) -> list[Other]:
    newest = {other.file: other for other in sorted(others, key=lambda o: o.revision)}
    return sorted(newest.values(), key=lambda o: -o.revision)


def _outdated(issue: int, previous: Submission) -> Problem:
    """Refuse a return on an older issue than the one that was accepted (ADR 4)."""
    return problem(
        "K06",
        severity=Severity.ERROR,
        issue=str(issue),
        latest=str(previous.issue),
        revision=str(previous.revision),
        file=previous.file.replace("\\", "/").rsplit("/", 1)[-1],
    )


def _changes(form: ParsedForm, before: Submission) -> str:
    """Name what differs from the return before: figures with old and new, texts by cell."""
    differences = [
        f"{typed.cell}: {_number(old) or 'kosong'} menjadi {_number(typed.value) or 'kosong'}"
        for typed in form.inputs
        if (old := before.values.get((typed.indicator.id, typed.input.key))) != typed.value
    ]
    differences += [
        f"{cell}: teksnya"
        for indicator, field, cell in form.cells
        if form.text(indicator, field) != before.texts.get((indicator, field), "")
    ]
    if not differences:
        return "Semua isian sama."
    more = len(differences) - MOST_CHANGES
    tail = f"; dan {more} lagi" if more > 0 else ""
    return f"Yang berubah: {'; '.join(differences[:MOST_CHANGES])}{tail}."


def _number(value: Decimal | None) -> str:
    return "" if value is None else format_number(value)
