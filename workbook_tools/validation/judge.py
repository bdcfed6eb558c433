"""Turn a return into a judgement: identity, form, schema, checks; a pure function of its facts.

`examine` reads one return as far as its own bytes allow, `conclude` adds the schema's
failures (found for a whole batch at once) and what was accepted before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from workbook_tools.form.issued import IssuedForm
from workbook_tools.form.parse import ParsedForm, Parsing, TypedInput, parse
from workbook_tools.indicators.numbers import format_number
from workbook_tools.problems.catalogue import problem
from workbook_tools.problems.problem import Place, Problem, Severity
from workbook_tools.reader.raw import RawWorkbook
from workbook_tools.validation.case import Case
from workbook_tools.validation.checks import run_checks
from workbook_tools.validation.delivery import History, Other, copy_problems, delivery_problems
from workbook_tools.validation.identity import House, Identity, identify
from workbook_tools.validation.schema import Failure

__all__ = ["NOBODY", "Examined", "History", "Judgement", "Other", "conclude", "examine"]
__all__ += ["put_together", "unreadable"]


@dataclass(frozen=True, slots=True)
class Examined:
    """What one return's own bytes tell: who it is, the form as read, problems so far."""

    identity: Identity
    form: ParsedForm | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on one return; `accepted` exactly when no problem is an error.

    `case` is what it was judged on; a return that is not what it says has none.
    """

    accepted: bool
    identity: Identity
    form: ParsedForm | None
    problems: tuple[Problem, ...]
    case: Case | None = None
    standing: Other | None = None  # the accepted return that a rejected one leaves in force

    @property
    def issued(self) -> IssuedForm | None:
        """Give the issued form the return was read by."""
        return self.identity.issued


NOBODY = Identity(None, None, ())


def unreadable(problems: Sequence[Problem]) -> Examined:
    """Examine a file that could not be read as a workbook."""
    return Examined(NOBODY, None, tuple(problems))


def examine(
    workbook: RawWorkbook, problems: Sequence[Problem], *, folder: str | None, house: House
) -> Examined:
    """Examine a workbook; `problems` are those that reading it already found.

    A return that is not what it says gets no cell problems (problems.md), but is still
    read as far as possible, so that nothing typed is lost.
    """
    identity = identify(workbook, folder=folder, house=house)
    parsing = None if identity.issued is None else parse(workbook, identity.issued.content)
    return put_together(identity, parsing, problems)


def put_together(
    identity: Identity, parsing: Parsing | None, problems: Sequence[Problem]
) -> Examined:
    """Put together who a return is, how its form was read, and what reading its bytes found.

    `parsing` is by the form of the identity, None where that is unknown.
    """
    so_far = [*problems, *identity.problems]
    if parsing is None:
        return Examined(identity, None, tuple(so_far))
    if identity.is_known:
        so_far += parsing.problems
    return Examined(identity, parsing.form, tuple(so_far))


def conclude(examined: Examined, failures: Sequence[Failure], *, history: History) -> Judgement:
    """Conclude a return with the schema's failures and what was accepted before."""
    identity, form = examined.identity, examined.form
    problems = list(examined.problems)
    case = None
    if form is not None and identity.is_known:
        case = Case(form, history.earlier, history.rules)
        problems += _schema_problems(form, failures)
        problems += run_checks(case)
        if identity.issued is not None:
            problems += delivery_problems(form, issue=identity.issued.issue, history=history)
    problems = _without_consequences(problems)
    accepted = identity.is_known and not any(p.severity is Severity.ERROR for p in problems)
    copies = copy_problems(history, accepted=accepted) if identity.is_known else []
    if accepted:
        return Judgement(accepted, identity, form, (*problems, *copies), case)
    # A rejected return replaces nothing, whatever it would have replaced.
    kept = tuple(p for p in problems if p.code != "K02")
    return Judgement(accepted, identity, form, (*kept, *copies), case, history.standing)


def _required(typed: TypedInput, place: Place) -> Problem:
    return problem("S01", place, label=typed.input.label, unit=typed.input.unit)


def _outside(typed: TypedInput, place: Place) -> Problem:
    limits = [
        f"paling {word} {format_number(value)}"
        for word, value in (("kecil", typed.input.minimum), ("besar", typed.input.maximum))
        if value is not None
    ]
    return problem("S15", place, found=_number(typed.value), expected=", ".join(limits))


def _scale(typed: TypedInput, place: Place) -> Problem:
    value = typed.value or Decimal(0)
    return problem("S05", place, found=format_number(value), hundred=format_number(value * 100))


def _number(value: Decimal | None) -> str:
    return "" if value is None else format_number(value)


_INPUT_FAILURES: dict[str, Callable[[TypedInput, Place], Problem]] = {
    "S01": _required,
    "S15": _outside,
    "S05": _scale,
}


def _schema_problems(form: ParsedForm, failures: Sequence[Failure]) -> list[Problem]:
    rows = {typed.row: typed for typed in form.inputs}
    problems: list[Problem] = []
    for failure in failures:
        typed = rows[failure.row]
        indicator = typed.indicator.id
        if failure.code in _INPUT_FAILURES:
            place = Place("Isian", typed.cell, indicator)
            problems.append(_INPUT_FAILURES[failure.code](typed, place))
            continue
        text = form.text(indicator, failure.column)
        limit = form.content.text_limit
        why = (
            f"Teks ini panjangnya {len(text)} huruf, paling banyak {limit}."
            if len(text) > limit
            else "Teks ini berisi karakter yang tidak dapat dicetak."
        )
        cell = form.text_cell(indicator, failure.column)
        problems.append(problem("S16", Place("Isian", cell, indicator), found=text[:40], why=why))
    return problems


_ONLY_CELL = {"S01", "S02", "S03", "S04", "S05", "S06", "S07", "S12", "S13", "S14", "S18", "S20"}


_WRONG_FIGURE = (_ONLY_CELL - {"S01", "S18"}) | {"S15", "N05", "N06"}


def _without_consequences(problems: Sequence[Problem]) -> list[Problem]:
    """Drop what only follows from another problem of the same cell or figure.

    A cell that cannot be read is not also blank, a slipped zero is not also an extreme
    capaian, and a wrong figure says nothing of what must be explained.
    """
    errors = [p for p in problems if p.severity is Severity.ERROR]
    unread = {p.place.cell for p in errors if p.code in _ONLY_CELL - {"S01"} and p.place.cell}
    slipped = {p.place.cell for p in problems if p.code == "N10" and p.place.cell}
    wrong = {p.place.indicator for p in errors if p.code in _WRONG_FIGURE and p.place.indicator}
    kept: dict[Problem, None] = {}
    for found in problems:
        if found.code == "S01" and found.place.cell in unread:
            continue
        if found.code == "N09" and found.place.cell in slipped:
            continue
        if found.code in ("N08", "N09", "N10", "N12") and found.place.indicator in wrong:
            continue
        kept[found] = None
    return list(kept)
