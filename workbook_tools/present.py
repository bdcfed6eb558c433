"""Turn outcomes into the JSON of the Contract and into lines for the operator's terminal."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from workbook_tools.form.layout import ISIAN, input_cells, text_cells
from workbook_tools.form.submission import Delivery
from workbook_tools.indicators.period import period_code, period_label
from workbook_tools.problems.catalogue import describe, group
from workbook_tools.problems.problem import Severity

if TYPE_CHECKING:
    from workbook_tools.ledger import ArrivalRow
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
_DELIVERY_WORDS = {"belum": "○ belum", "diterima": "● diterima", "ditolak": "✗ ditolak"}
_SEVERITY_WORDS = {
    Severity.ERROR: "penting",
    Severity.WARNING: "perlu diperiksa",
    Severity.INFO: "untuk diketahui",
}
MOST_STRANGERS = 10
_STALE_SCANS = 10  # looks without a sign of life after which the watcher counts as silent


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
        lines.append(f"{word}{revision}  {outcome.file}")
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


def status_document(delivery: Delivery) -> Document:
    """Give the JSON of one unit's state."""
    received = delivery.received_at
    return {
        "unit": delivery.unit,
        "name": delivery.name,
        "year": delivery.year,
        "period": period_code(delivery.period),
        "status": delivery.status,
        "received_at": None if received is None else received.isoformat(),
        "revision": delivery.revision,
        "late_days": delivery.late_days,
        "errors": delivery.errors,
        "warnings": delivery.warnings,
    }


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """What the watcher last said of itself; `is_alive` judged at the time of asking."""

    is_alive: bool
    at: datetime | None
    trouble: str
    waiting: tuple[str, ...]

    def document(self) -> Document:
        """Give its JSON."""
        return {
            "alive": self.is_alive,
            "at": None if self.at is None else self.at.isoformat(),
            "trouble": self.trouble or None,
            "waiting": list(self.waiting),
        }


def read_heartbeat(workspace: Workspace, *, now: datetime) -> Heartbeat:
    """Read the watcher's sign of life."""
    try:
        beat = json.loads(workspace.heartbeat.read_text("utf-8"))
        at = datetime.fromisoformat(beat["at"])
        fresh = abs((now - at).total_seconds()) < _STALE_SCANS * max(1.0, beat["scan_seconds"])
        return Heartbeat(
            bool(beat["running"]) and fresh,
            at,
            str(beat["trouble"]),
            tuple(beat["waiting"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return Heartbeat(is_alive=False, at=None, trouble="", waiting=())


def unrecognised_document(row: ArrivalRow) -> Document:
    """Give the JSON of one file that no form could be recognised in."""
    return {
        "file": row.file,
        "received_at": row.at.isoformat(),
        "number": row.id,
        "note": row.report.get("note"),
    }


def status_lines(
    deliveries: Sequence[Delivery],
    beat: Heartbeat,
    *,
    fillers: Mapping[str, str],
    masters_waiting: Sequence[str],
    strangers: Sequence[Document],
) -> list[str]:
    """Say who has sent, per triwulan, and what waits.

    `fillers` maps a unit to the unit whose form fills it, `strangers` are the files that
    no form could be recognised in.
    """
    lines: list[str] = []
    width = max((len(d.name) for d in deliveries), default=0)
    for year, period in dict.fromkeys((d.year, d.period) for d in deliveries):
        mine = [d for d in deliveries if (d.year, d.period) == (year, period)]
        counted = Counter(d.status for d in mine if fillers.get(d.unit) == d.unit)
        lines.append(
            f"{period_label(period)} Tahun {year}: {counted['diterima']} diterima, "
            f"{counted['ditolak']} ditolak, {counted['belum']} belum"
        )
        lines += [_delivery_line(d, width=width, filler=fillers.get(d.unit, d.unit)) for d in mine]
        lines.append("")
    if not deliveries:
        lines.append(
            "Belum ada formulir yang diterbitkan. Jalankan, misalnya: workbook-tools issue "
            "--year 2020 --period TW1"
        )
    lines.append(_watcher_line(beat))
    lines += [f"  Menunggu: {name}" for name in beat.waiting if beat.is_alive]
    lines += [
        f"  Induk baru menunggu karena yang lama sedang dibuka: {name}" for name in masters_waiting
    ]
    if strangers:
        lines.append("Berkas yang tidak dapat dikenali sebagai formulir:")
        lines += [f"  {d['file']}  (lihat {d['note']})" for d in strangers[:MOST_STRANGERS]]
    return lines


def _delivery_line(delivery: Delivery, *, width: int, filler: str) -> str:
    name = f"  {_DELIVERY_WORDS[delivery.status]:<11} {delivery.name:<{width}}  {delivery.unit}"
    if filler != delivery.unit:
        return f"{name} (diisi lewat {filler})"
    late = f"  terlambat {delivery.late_days} hari" if delivery.late_days else ""
    wrong = f"  {delivery.errors} kesalahan" if delivery.status == "ditolak" else ""
    asked = f"  {delivery.warnings} peringatan" if delivery.warnings else ""
    return f"{name}{late}{wrong}{asked}"


def _watcher_line(beat: Heartbeat) -> str:
    if beat.is_alive:
        return f"Pemantau berjalan. {beat.trouble}".strip()
    if beat.at is None:
        return "Pemantau belum pernah dijalankan (workbook-tools watch)."
    return "Pemantau tidak berjalan. Jalankan: workbook-tools watch"


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
