"""Say who has sent, what waits and how the watcher fares, in lines and in JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from workbook_tools.form.submission import Delivery
from workbook_tools.pipeline.heartbeat import Beat, LastBeat, read_beat
from workbook_tools.pipeline.sightings import InboxNow, Lingering
from workbook_tools.present_status import Status, status_document, status_lines
from workbook_tools.problems.sentences import waiting
from workbook_tools.settings import Settings
from workbook_tools.workspace import Workspace

NOW = datetime(2020, 4, 3, 2, 0, tzinfo=UTC)
WAITING = Lingering("inbox/a.xlsx", NOW, "dibuka")
NOTHING = Status((), LastBeat(), InboxNow(), (), (), {})


def said(**changes: object) -> list[str]:
    """Give the lines of a state in which nothing is going on but for the changes."""
    state = replace(NOTHING, **changes)  # type: ignore[arg-type] # fields of Status
    return status_lines(state, lambda moment: f"pukul {moment:%H.%M}")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Give a workspace with its state folder."""
    (tmp_path / ".state").mkdir()
    return Workspace(tmp_path, Settings())


def beating(workspace: Workspace, **changes: object) -> None:
    """Write the watcher's sign of life."""
    beat = {
        "pid": 1,
        "at": NOW.isoformat(),
        "running": True,
        "trouble": "",
        "trouble_since": None,
        "busy_since": None,
        "waiting": [{"file": "inbox/a.xlsx", "since": NOW.isoformat(), "reason": "dibuka"}],
        "scan_seconds": 2.0,
    }
    workspace.heartbeat.write_text(json.dumps({**beat, **changes}))


def test_a_fresh_sign_of_life_is_one(workspace: Workspace) -> None:
    beating(workspace)
    beat = read_beat(workspace, now=NOW + timedelta(seconds=19))
    assert beat == LastBeat(is_alive=True, at=NOW, beat=Beat(waiting=(WAITING,)))
    assert said(last=beat)[1:] == ["Pemantau berjalan."]


def test_what_troubles_the_watcher_and_what_it_does_is_said_with_its_time(
    workspace: Workspace,
) -> None:
    beating(
        workspace,
        trouble="Folder inbox tidak menjawab.",
        trouble_since=NOW.isoformat(),
        busy_since=NOW.isoformat(),
    )
    beat = read_beat(workspace, now=NOW)
    assert said(last=beat)[1:] == [
        "Pemantau berjalan.",
        "  Gangguan sejak pukul 02.00: Folder inbox tidak menjawab.",
        "  Sedang memeriksa kiriman sejak pukul 02.00.",
    ]
    assert beat.document()["trouble"] == "Folder inbox tidak menjawab."
    assert beat.document()["trouble_since"] == NOW.isoformat()


def test_what_lies_in_the_inbox_is_said_with_its_time_and_reason() -> None:
    lines = said(inbox=InboxNow((WAITING,), "Folder inbox tidak terjangkau."))
    assert lines[2:] == [
        "Folder inbox tidak terjangkau.",
        "Berkas di inbox yang belum diambil (1):",
        "  inbox/a.xlsx, sejak pukul 02.00",
        "    dibuka",
    ]
    many = said(inbox=InboxNow((WAITING,) * 23))
    assert many[-1] == "  ... dan 3 berkas lagi"
    assert len(many) == 2 + 1 + 2 * 20 + 1


@pytest.mark.parametrize(
    ("changes", "after"),
    [({}, 21.0), ({"running": False}, 0.0), ({}, -21.0), ({"scan_seconds": 0.1}, 11.0)],
)
def test_an_old_sign_or_a_last_one_is_none(
    workspace: Workspace, changes: dict[str, object], after: float
) -> None:
    beating(workspace, **changes)
    beat = read_beat(workspace, now=NOW + timedelta(seconds=after))
    assert not beat.is_alive
    assert "tidak berjalan" in said(last=beat)[1]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.unlink(missing_ok=True),
        lambda path: path.write_text("{"),
        lambda path: path.write_text("[]"),
        lambda path: path.write_text('{"at": "kemarin"}'),
        lambda path: path.write_bytes(b"\xff"),
    ],
)
def test_a_sign_that_cannot_be_read_is_none(
    workspace: Workspace, spoil: Callable[[Path], object]
) -> None:
    beating(workspace)
    spoil(workspace.heartbeat)
    beat = read_beat(workspace, now=NOW)
    assert beat == LastBeat()
    assert "belum pernah dijalankan" in said(last=beat)[1]


def delivery(status: str, **changes: int) -> Delivery:
    """Give the state of a unit."""
    received = NOW if status != "belum" else None
    return Delivery(
        "kabid-pasar",
        "Kabid Pasar",
        2020,
        1,
        status,
        received,
        1 if status == "diterima" else None,
        changes.get("late_days", 0),
        changes.get("errors", 0),
        changes.get("warnings", 0),
    )


def test_each_triwulan_is_counted_and_each_unit_told() -> None:
    lines = said(
        deliveries=(
            delivery("diterima", warnings=2),
            delivery("ditolak", errors=3, late_days=1),
            delivery("belum", late_days=12),
        ),
        fillers={"kabid-pasar": "kabid-pasar"},
        masters=("outbox/master/x.xlsx",),
        strangers=({"file": "inbox/kabid-pasar/foto.png", "note": "outbox/catatan.txt"},),
    )
    assert lines[:4] == [
        "Triwulan I Tahun 2020: 1 diterima, 1 ditolak, 1 belum",
        "  ● diterima  Kabid Pasar  kabid-pasar  2 peringatan",
        "  ✗ ditolak   Kabid Pasar  kabid-pasar  terlambat 1 hari  3 kesalahan",
        "  ○ belum     Kabid Pasar  kabid-pasar  terlambat 12 hari",
    ]
    assert lines[-3:] == [
        "Induk baru menunggu sampai yang lama ditutup: outbox/master/x.xlsx",
        "Berkas yang tidak dapat dikenali sebagai formulir:",
        "  inbox/kabid-pasar/foto.png  (lihat outbox/catatan.txt)",
    ]


def test_a_unit_filled_by_another_is_said_so_and_not_counted() -> None:
    head, line, *_ = said(
        deliveries=(delivery("belum", late_days=12),), fillers={"kabid-pasar": "iku-dinas"}
    )
    assert head == "Triwulan I Tahun 2020: 0 diterima, 0 ditolak, 0 belum"
    assert line == "  ○ belum     Kabid Pasar  kabid-pasar (diisi lewat iku-dinas)"


def test_a_unit_that_has_not_sent_has_no_time(workspace: Workspace) -> None:
    assert status_document(delivery("belum"))["received_at"] is None
    assert status_document(delivery("diterima"))["received_at"] == NOW.isoformat()
    assert workspace.heartbeat.name == "pemantau.json"


def test_a_trouble_that_the_watcher_names_is_not_said_twice() -> None:
    last = LastBeat(is_alive=True, at=NOW, beat=Beat(trouble=f"{waiting.BARE} Disk penuh."))
    assert said(last=last, inbox=InboxNow(trouble=waiting.BARE))[2:] == [
        f"  Gangguan: {waiting.BARE} Disk penuh."
    ]
    ended = LastBeat(is_alive=False, at=NOW, beat=last.beat)
    assert said(last=ended, inbox=InboxNow(trouble=waiting.BARE))[2:] == [waiting.BARE]


def test_a_reason_cannot_fake_a_line_of_the_status() -> None:
    fake = Lingering("inbox/a.xlsx", NOW, "dibuka\nPemantau berjalan.")
    assert said(inbox=InboxNow((fake,)))[-1] == "    dibuka Pemantau berjalan."


def test_strangers_that_are_not_shown_are_counted() -> None:
    strangers = ({"file": "inbox/foto.png", "note": "outbox/catatan.txt"},) * 12
    assert said(strangers=strangers)[-1] == "  ... dan 2 berkas lagi"
