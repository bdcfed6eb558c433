"""Turn who has sent, what waits and how the watcher fares into JSON and into lines for people."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from workbook_tools.form.submission import Delivery
from workbook_tools.indicators.period import period_code, period_label
from workbook_tools.outbox import waiting_in
from workbook_tools.pipeline.consolidate import status
from workbook_tools.pipeline.sightings import InboxNow, Lingering, inbox_now
from workbook_tools.visible import one_line

if TYPE_CHECKING:
    from workbook_tools.ledger import ArrivalRow
    from workbook_tools.pipeline.session import Session
    from workbook_tools.workspace import Workspace

Document = dict[str, object]

MOST_STRANGERS = 10
MOST_WAITING = 20
_DELIVERY_WORDS = {"belum": "○ belum", "diterima": "● diterima", "ditolak": "✗ ditolak"}
_STALE_SCANS = 10  # looks without a sign of life after which the watcher counts as silent


@dataclass(frozen=True, slots=True)
class Status:
    """Everything that `status` shows.

    `fillers` maps a unit to the unit whose form fills it, `strangers` are the files that
    no form could be recognised in, `masters` those that wait for their place.
    """

    deliveries: tuple[Delivery, ...]
    beat: Heartbeat
    inbox: InboxNow
    masters: tuple[str, ...]
    strangers: tuple[Document, ...]
    fillers: Mapping[str, str]

    def document(self) -> Document:
        """Give its JSON (design.md, Contract)."""
        return {
            "units": [status_document(d) for d in self.deliveries],
            "watcher": self.beat.document(),
            "waiting": waiting_document(self.inbox.waiting),
            "trouble": self.inbox.trouble or None,
            "masters_waiting": list(self.masters),
            "unrecognised": list(self.strangers),
        }


def state_of(session: Session, *, year: int | None, period: int | None, now: datetime) -> Status:
    """Gather what `status` shows; `now` is the real time, by which the watcher lives.

    BadRequest for a year the register does not have.
    """
    workspace = session.workspace
    beat = read_heartbeat(workspace, now=now)
    return Status(
        status(session, year=year, period=period),
        beat,
        inbox_now(
            workspace,
            now=session.now,
            known=beat.waiting if beat.is_alive else (),
            held=[file for file, _ in session.ledger.held()],
        ),
        tuple(workspace.relative(path) for path in waiting_in(workspace.outbox / "master")),
        tuple(unrecognised_document(row) for row in session.ledger.unrecognised()),
        dict(session.registry.reporting_units()),
    )


def status_document(delivery: Delivery) -> Document:
    """Give the JSON of one unit's state."""
    received = delivery.received_at
    return {
        "unit": delivery.unit,
        "name": delivery.name,
        "year": delivery.year,
        "period": period_code(delivery.period),
        "status": delivery.status,
        "received_at": _iso(received),
        "revision": delivery.revision,
        "late_days": delivery.late_days,
        "errors": delivery.errors,
        "warnings": delivery.warnings,
    }


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """What the watcher last said of itself; `is_alive` judged at the time of asking."""

    is_alive: bool = False
    at: datetime | None = None
    trouble: str = ""
    trouble_since: datetime | None = None
    busy_since: datetime | None = None
    waiting: tuple[Lingering, ...] = ()

    def document(self) -> Document:
        """Give its JSON."""
        return {
            "alive": self.is_alive,
            "at": _iso(self.at),
            "trouble": self.trouble or None,
            "trouble_since": _iso(self.trouble_since),
            "busy_since": _iso(self.busy_since),
            "waiting": waiting_document(self.waiting),
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
            _moment(beat["trouble_since"]),
            _moment(beat["busy_since"]),
            tuple(
                Lingering(str(w["file"]), datetime.fromisoformat(w["since"]), str(w["reason"]))
                for w in beat["waiting"]
            ),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return Heartbeat()


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def waiting_document(waiting: Sequence[Lingering]) -> list[Document]:
    """Give the JSON of the files that lie in the inbox."""
    return [{"file": w.file, "since": w.since.isoformat(), "reason": w.reason} for w in waiting]


def unrecognised_document(row: ArrivalRow) -> Document:
    """Give the JSON of one file that no form could be recognised in."""
    return {
        "file": row.file,
        "received_at": row.at.isoformat(),
        "number": row.id,
        "note": row.report.get("note"),
    }


def status_lines(state: Status, in_words: Callable[[datetime], str]) -> list[str]:
    """Say who has sent, per triwulan, and what waits; `in_words` writes a moment."""
    deliveries, fillers, beat, inbox = state.deliveries, state.fillers, state.beat, state.inbox
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
    lines += _watcher_lines(beat, in_words)
    lines += _inbox_lines(inbox, beat, in_words)
    lines += [
        f"  Induk baru menunggu karena yang lama sedang dibuka: {name}" for name in state.masters
    ]
    if state.strangers:
        lines.append("Berkas yang tidak dapat dikenali sebagai formulir:")
        lines += [
            f"  {one_line(str(d['file']))}  (lihat {d['note']})"
            for d in state.strangers[:MOST_STRANGERS]
        ]
    return lines


def _inbox_lines(
    inbox: InboxNow, beat: Heartbeat, in_words: Callable[[datetime], str]
) -> list[str]:
    lines: list[str] = []
    if inbox.trouble and inbox.trouble != beat.trouble:
        lines.append(inbox.trouble)
    if inbox.waiting:
        lines.append("Berkas di inbox yang belum diambil:")
    lines += [
        f"  {one_line(found.file)}  sejak {in_words(found.since)}: {found.reason}"
        for found in inbox.waiting[:MOST_WAITING]
    ]
    more = len(inbox.waiting) - MOST_WAITING
    return [*lines, f"  ... dan {more} berkas lagi"] if more > 0 else lines


def _delivery_line(delivery: Delivery, *, width: int, filler: str) -> str:
    name = f"  {_DELIVERY_WORDS[delivery.status]:<11} {delivery.name:<{width}}  {delivery.unit}"
    if filler != delivery.unit:
        return f"{name} (diisi lewat {filler})"
    late = f"  terlambat {delivery.late_days} hari" if delivery.late_days else ""
    wrong = f"  {delivery.errors} kesalahan" if delivery.status == "ditolak" else ""
    asked = f"  {delivery.warnings} peringatan" if delivery.warnings else ""
    return f"{name}{late}{wrong}{asked}"


def _watcher_lines(beat: Heartbeat, in_words: Callable[[datetime], str]) -> list[str]:
    if beat.at is None:
        return ["Pemantau belum pernah dijalankan (workbook-tools watch)."]
    if not beat.is_alive:
        return [
            f"Pemantau tidak berjalan; tanda hidup terakhir {in_words(beat.at)}. Jalankan: "
            "workbook-tools watch"
        ]
    lines = ["Pemantau berjalan."]
    if beat.trouble:
        since = "" if beat.trouble_since is None else f" (sejak {in_words(beat.trouble_since)})"
        lines.append(f"  Gangguan{since}: {beat.trouble}")
    if beat.busy_since is not None:
        lines.append(f"  Sedang memeriksa kiriman sejak {in_words(beat.busy_since)}.")
    return lines
