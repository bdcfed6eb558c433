"""Turn the register's tree into the lines of a report: parts, bidang, positions, indicators."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbook_tools.master.cascade import UNDER_HEAD, Branch, branches, scope_name
from workbook_tools.master.figures import Row
from workbook_tools.master.layout import PositionPlan
from workbook_tools.master.report import Report

PART, SCOPE, UNIT, INDICATOR = range(4)
IKU_PART = "INDIKATOR KINERJA UTAMA (IKU)"
IKI_PART = "INDIKATOR KINERJA INDIVIDU (IKI)"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: a heading of a level, or an indicator with its number within its position.

    `plan` is the position's where the heading or the row belongs to one position.
    """

    level: int
    text: str = ""
    plan: PositionPlan | None = None
    remark: str = ""
    measured: Row | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """What stands below a heading: how many lines, and the indicators among them."""

    lines: int
    rows: tuple[Row, ...]


def entries(report: Report) -> tuple[Entry, ...]:
    """Give every line in order: the IKU, then every position by bidang."""
    tree = branches(report.registry)
    plans = {plan.position.id: plan for plan in report.plans}
    own = [branch for branch in tree if branch.position.jenis == "IKU"]
    others = [branch for branch in tree if branch.position.jenis != "IKU"]
    found: list[Entry] = []
    if own:
        found.append(Entry(PART, IKU_PART))
        for branch in own:
            found.extend(_rows(report, plans[branch.position.id]))
    if others:
        found.append(Entry(PART, IKI_PART))
    for branch in others:
        found.extend(_of_position(report, branch, plans[branch.position.id]))
    return tuple(found)


def section(lines: Sequence[Entry], index: int) -> Section:
    """Give what stands below the heading at `index`, up to the next of its level or above."""
    below: list[Entry] = []
    for entry in lines[index + 1 :]:
        if entry.level <= lines[index].level:
            break
        below.append(entry)
    return Section(len(below), tuple(e.measured for e in below if e.measured))


def _of_position(report: Report, branch: Branch, plan: PositionPlan) -> Iterator[Entry]:
    if branch.depth == UNDER_HEAD and branch.scope:
        yield Entry(SCOPE, scope_name(branch.position))
    yield Entry(UNIT, branch.position.label, plan, branch.remark)
    yield from _rows(report, plan)


def _rows(report: Report, plan: PositionPlan) -> Iterator[Entry]:
    rows = report.consolidated.of_unit(plan.position.id)
    for number, measured in enumerate(rows, start=1):
        yield Entry(INDICATOR, plan=plan, measured=measured, number=number)
