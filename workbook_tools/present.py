"""Turn outcomes into the JSON of the Contract and into lines for the operator's terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbook_tools.form.layout import ISIAN, input_cells, text_cells
from workbook_tools.indicators.period import period_code
from workbook_tools.problems.catalogue import describe, group
from workbook_tools.problems.problem import Severity
from workbook_tools.visible import one_line

if TYPE_CHECKING:
    from workbook_tools.pipeline.arrival import Outcome
    from workbook_tools.pipeline.audit import Audit
    from workbook_tools.pipeline.consolidate import MasterOut
    from workbook_tools.pipeline.issue import FormOut
    from workbook_tools.registry.lint import Finding
    from workbook_tools.workspace import Workspace

Document = dict[str, object]

_STATUS_WORDS = {
    "accepted": "DITERIMA",
    "rejected": "DITOLAK",
    "duplicate": "SAMA",
    "ignored": "DIBIARKAN",
    "fault": "GANGGUAN",
}
_SEVERITY_WORDS = {
    Severity.ERROR: "penting",
    Severity.WARNING: "perlu diperiksa",
    Severity.INFO: "untuk diketahui",
}


def form_document(form: FormOut, workspace: Workspace) -> Document:
    """Give the JSON of one issued form."""
    content = form.layout.content
    return {
        "unit": content.unit,
        "year": content.year,
        "period": period_code(content.period),
        "issue": form.issue,
        "path": workspace.relative(form.path),
        "inputs": [
            {
                "indicator": row.indicator.id,
                "key": row.input.key,
                "sheet": ISIAN,
                "cell": cell,
                "unit_of_measure": row.input.unit,
                "required": row.indicator.required,
            }
            for row, cell in input_cells(form.layout)
        ],
        "texts": [
            {"indicator": indicator.id, "field": field, "sheet": ISIAN, "cell": cell}
            for indicator, field, cell in text_cells(form.layout)
        ],
    }


def issue_lines(forms: Sequence[FormOut], workspace: Workspace) -> list[str]:
    """Say which forms went out."""
    lines = [f"{len(forms)} formulir diterbitkan:"]
    lines += [
        f"  {workspace.relative(form.path)}  ({len(form.layout.rows)} isian, terbitan ke-"
        f"{form.issue})"
        for form in forms
    ]
    return lines


def outcome_lines(outcomes: Sequence[Outcome]) -> list[str]:
    """Say what became of files, with the problems grouped."""
    lines: list[str] = []
    for outcome in outcomes:
        word = _STATUS_WORDS[outcome.status]
        revision = f" revisi {outcome.revision}" if outcome.revision else ""
        lines.append(f"{word}{revision}  {one_line(outcome.file)}")
        shown = [p for p in group(outcome.problems) if p.severity is not Severity.INFO]
        if outcome.status in ("duplicate", "ignored"):
            shown = list(group(outcome.problems))
        for found in shown:
            cells = ", ".join(c for c in (found.place.cell, *found.cells) if c)
            words = (found.code, cells, describe(found).what)
            lines.append("    " + " ".join(word for word in words if word))
        target = outcome.note or outcome.receipt
        if target:
            lines.append(f"    → {target}")
    if not outcomes:
        lines.append("Tidak ada berkas baru di inbox.")
    return lines


def finding_document(finding: Finding) -> Document:
    """Give the JSON of one finding of `check`."""
    return {
        "code": finding.code,
        "severity": finding.severity,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "indicator": finding.indicator,
        "year": finding.year,
        "message": finding.message,
    }


def check_lines(findings: Sequence[Finding]) -> list[str]:
    """List the findings, worst first, then how many of each kind."""
    order = (Severity.ERROR, Severity.WARNING, Severity.INFO)
    counted = Counter(f.severity for f in findings)
    lines = [
        f"{f.sheet}!{f.cell}  [{f.code}] {f.message}"
        for severity in order
        for f in findings
        if f.severity == severity
    ]
    summary = ", ".join(f"{counted[s]} {_SEVERITY_WORDS[s]}" for s in order)
    return [*lines, f"Registri dapat dipakai; temuan: {summary}."]


def master_document(master: MasterOut, workspace: Workspace) -> Document:
    """Give the JSON of one written master."""
    return {
        "year": master.year,
        "path": workspace.relative(master.path),
        "waiting": None if master.waiting is None else workspace.relative(master.waiting),
    }


def master_lines(masters: Sequence[MasterOut], workspace: Workspace) -> list[str]:
    """Say where the masters are."""
    lines: list[str] = []
    for master in masters:
        lines.append(f"Induk {master.year}: {workspace.relative(master.path)}")
        if master.waiting is not None:
            lines.append(
                f"  Induk lama sedang dibuka, jadi yang baru menunggu di "
                f"{workspace.relative(master.waiting)}. Tutup induk lama; yang baru akan "
                "dipasang sendiri."
            )
    return lines or ["Belum ada kiriman yang diterima, jadi belum ada induk."]


def audit_document(audit: Audit) -> Document:
    """Give the JSON of `verify`."""
    return {
        "findings": [
            {"code": f.code, "severity": "error", "file": f.file, "message": f.message}
            for f in audit.findings
        ],
        "archived": audit.archived,
        "accepted": audit.accepted,
        "values": audit.values,
    }


def audit_lines(audit: Audit) -> list[str]:
    """Say what the audit found."""
    counts = (
        f"{audit.archived} berkas dalam arsip, {audit.accepted} kiriman diterima, "
        f"{audit.values} angka berlaku."
    )
    if not audit.findings:
        return [f"Bersih. {counts}"]
    return [*(f"- {f.message}" for f in audit.findings), counts]
