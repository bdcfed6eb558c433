"""Turn who has sent, what waits and how the watcher fares into JSON and into lines for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from workbook_tools.form.submission import Delivery
from workbook_tools.indicators.period import period_code, period_label
from workbook_tools.outbox import waiting_in
from workbook_tools.pipeline.consolidate import status
from workbook_tools.pipeline.heartbeat import LastBeat, read_beat
from workbook_tools.pipeline.sightings import InboxNow, inbox_now
from workbook_tools.visible import one_line

if TYPE_CHECKING:
    from workbook_tools.ledger import ArrivalRow
    from workbook_tools.pipeline.session import Session

Document = dict[str, object]

MOST_STRANGERS = 10
MOST_WAITING = 20
_DELIVERY_WORDS = {"belum": "○ belum", "diterima": "● diterima", "ditolak": "✗ ditolak"}


@dataclass(frozen=True, slots=True)
class Status:
    """Everything that `status` shows.

    `fillers` maps a unit to the unit whose form fills it, `strangers` are the files that
    no form could be recognised in, `masters` those that wait for their place.
    """

    deliveries: tuple[Delivery, ...]
    last: LastBeat
    inbox: InboxNow
    masters: tuple[str, ...]
    strangers: tuple[Document, ...]
    fillers: Mapping[str, str]

    def document(self) -> Document:
        """Give its JSON (design.md, Contract)."""
        return {
            "units": [status_document(d) for d in self.deliveries],
            "watcher": self.last.document(),
            "waiting": [file.document() for file in self.inbox.waiting],
            "trouble": self.inbox.trouble or None,
            "masters_waiting": list(self.masters),
            "unrecognised": list(self.strangers),
        }


def state_of(session: Session, *, year: int | None, period: int | None, now: datetime) -> Status:
    """Gather what `status` shows; `now` is the real time, by which the watcher lives.

    BadRequest for a year the register does not have.
    """
    workspace = session.workspace
    last = read_beat(workspace, now=now)
    return Status(
        status(session, year=year, period=period),
        last,
        inbox_now(
            workspace,
            now=session.now,
            known=last.beat.waiting if last.is_alive else None,
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


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


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
    return [
        *_delivery_lines(state),
        *_watcher_lines(state.last, in_words),
        *_inbox_lines(state.inbox, state.last, in_words),
        *(
            f"Induk baru menunggu sampai yang lama ditutup: {one_line(name)}"
            for name in state.masters
        ),
        *_stranger_lines(state.strangers),
    ]


def _delivery_lines(state: Status) -> list[str]:
    deliveries, fillers = state.deliveries, state.fillers
    if not deliveries:
        return [
            "Belum ada formulir yang diterbitkan. Jalankan, misalnya: workbook-tools issue "
            "--year 2020 --period TW1"
        ]
    lines: list[str] = []
    width = max(len(d.name) for d in deliveries)
    for year, period in dict.fromkeys((d.year, d.period) for d in deliveries):
        mine = [d for d in deliveries if (d.year, d.period) == (year, period)]
        counted = Counter(d.status for d in mine if fillers.get(d.unit) == d.unit)
        lines.append(
            f"{period_label(period)} Tahun {year}: {counted['diterima']} diterima, "
            f"{counted['ditolak']} ditolak, {counted['belum']} belum"
        )
        lines += [_delivery_line(d, width=width, filler=fillers.get(d.unit, d.unit)) for d in mine]
        lines.append("")
    return lines


def _delivery_line(delivery: Delivery, *, width: int, filler: str) -> str:
    name = f"  {_DELIVERY_WORDS[delivery.status]:<11} {delivery.name:<{width}}  {delivery.unit}"
    if filler != delivery.unit:
        return f"{name} (diisi lewat {filler})"
    late = f"  terlambat {delivery.late_days} hari" if delivery.late_days else ""
    wrong = f"  {delivery.errors} kesalahan" if delivery.status == "ditolak" else ""
    asked = f"  {delivery.warnings} peringatan" if delivery.warnings else ""
    return f"{name}{late}{wrong}{asked}"


def _watcher_lines(last: LastBeat, in_words: Callable[[datetime], str]) -> list[str]:
    if last.at is None:
        return ["Pemantau belum pernah dijalankan. Jalankan: workbook-tools watch"]
    if not last.is_alive:
        return [
            f"Pemantau tidak berjalan; tanda hidup terakhir {in_words(last.at)}. Jalankan: "
            "workbook-tools watch"
        ]
    beat, lines = last.beat, ["Pemantau berjalan."]
    if beat.trouble:
        since = "" if beat.trouble_since is None else f" sejak {in_words(beat.trouble_since)}"
        lines.append(f"  Gangguan{since}: {one_line(beat.trouble)}")
    if beat.busy_since is not None:
        lines.append(f"  Sedang memeriksa kiriman sejak {in_words(beat.busy_since)}.")
    return lines


def _inbox_lines(inbox: InboxNow, last: LastBeat, in_words: Callable[[datetime], str]) -> list[str]:
    """Say what lies in the inbox, by its reason; what the watcher said already is not repeated."""
    lines: list[str] = []
    if inbox.trouble and not (last.is_alive and inbox.trouble in last.beat.trouble):
        lines.append(inbox.trouble)
    if inbox.waiting:
        lines.append(f"Berkas di inbox yang belum diambil ({len(inbox.waiting)}):")
    for found in inbox.waiting[:MOST_WAITING]:
        lines.append(f"  {one_line(found.file)}, sejak {in_words(found.since)}")
        lines.append(f"    {one_line(found.reason)}")
    more = len(inbox.waiting) - MOST_WAITING
    return [*lines, f"  ... dan {more} berkas lagi"] if more > 0 else lines


def _stranger_lines(strangers: tuple[Document, ...]) -> list[str]:
    if not strangers:
        return []
    shown = [
        f"  {one_line(str(found['file']))}  (lihat {found['note']})"
        for found in strangers[:MOST_STRANGERS]
    ]
    more = len(strangers) - MOST_STRANGERS
    return [
        "Berkas yang tidak dapat dikenali sebagai formulir:",
        *shown,
        *([f"  ... dan {more} berkas lagi"] if more > 0 else ()),
    ]
