"""Turn superiors and `sama_dengan` into the lines of the tree, from the agency down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workbook_tools.master.cascade import Branch, branches, hangs_under_iku, mirrored_below
from workbook_tools.master.figures import Row
from workbook_tools.master.layout import PositionPlan
from workbook_tools.master.report import Report

AGENCY = "Dinas"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the tree: a position with its plan, or an indicator."""

    depth: int
    text: str
    kind: str
    above: str
    remark: str
    plan: PositionPlan | None = None
    measured: Row | None = None


def lines_of(report: Report) -> Iterator[Line]:
    """Give the tree: a position, its indicators one step deeper, then those below it."""
    plans = {plan.position.id: plan for plan in report.plans}
    rows = {row.indicator.id: row for row in report.consolidated.rows}
    for branch in branches(report.registry):
        yield _position_line(report, branch, plans[branch.position.id])
        is_iku = branch.position.jenis == "IKU"
        for indicator in report.registry.of_unit(branch.position.id):
            if hangs_under_iku(report.registry, indicator):
                continue
            kind = "IKU" if is_iku else "IKI"
            yield _indicator_line(rows[indicator.id], branch.depth + 1, kind, above=branch)
            for one in mirrored_below(report.registry, indicator):
                yield _mirror_line(report, rows[one.id], branch.depth + 2)


def _position_line(report: Report, branch: Branch, plan: PositionPlan) -> Line:
    position, parent = branch.position, branch.parent
    is_iku = position.jenis == "IKU"
    own = report.registry.of_unit(position.id)
    remark = branch.remark
    if own and all(hangs_under_iku(report.registry, one) for one in own):
        remark = f"{remark} IKI jabatan ini berada di bawah IKU yang diulangnya.".strip()
    return Line(
        depth=branch.depth,
        text=position.label,
        kind=AGENCY if is_iku else "Jabatan",
        above="" if parent is None else AGENCY if parent.jenis == "IKU" else parent.label,
        remark=remark,
        plan=plan,
    )


def _indicator_line(measured: Row, depth: int, kind: str, *, above: Branch) -> Line:
    indicator = measured.indicator
    remark = ""
    if indicator.mirrors is not None:
        remark = f"Isian sama dengan {indicator.mirrors}."
    return Line(
        depth=depth,
        text=f"{number_of(measured)} {indicator.indikator}",
        kind=kind,
        above=AGENCY if above.position.jenis == "IKU" else above.position.label,
        remark=remark,
        measured=measured,
    )


def _mirror_line(report: Report, measured: Row, depth: int) -> Line:
    indicator = measured.indicator
    position = report.registry.position(indicator.unit)
    owner = position.label if position else indicator.unit
    return Line(
        depth=depth,
        text=f"{number_of(measured)} {indicator.indikator}",
        kind="IKI",
        above=f"IKU {indicator.mirrors}",
        remark=f"IKI {owner}; isiannya dari IKU di atasnya.",
        measured=measured,
    )


def number_of(measured: Row) -> str:
    """Give the last part of an indicator's id."""
    return measured.indicator.id.rsplit("/", maxsplit=1)[-1]
