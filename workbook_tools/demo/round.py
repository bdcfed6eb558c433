"""Drive a year of forms through the real watcher: good returns, bad ones, corrections."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from datetime import time as clock_time
from pathlib import Path
from zoneinfo import ZoneInfo

from workbook_tools.demo.figures import invent, invent_texts
from workbook_tools.demo.people import MISHAPS, Mishap, fill
from workbook_tools.errors import BadRequest, OperatorError
from workbook_tools.form.layout import FormLayout
from workbook_tools.indicators.period import last_day, period_code, period_label
from workbook_tools.ledger import ArrivalRow
from workbook_tools.pipeline.audit import Audit, verify
from workbook_tools.pipeline.board import board_path
from workbook_tools.pipeline.issue import FormOut, issue_forms
from workbook_tools.pipeline.masters import master_path
from workbook_tools.pipeline.session import Session, open_session
from workbook_tools.register import load_registry
from workbook_tools.registry.model import TRIWULAN
from workbook_tools.registry.source import load_source
from workbook_tools.registry.workbook import write_registry
from workbook_tools.workspace import SETTINGS, Workspace, make_workspace, open_workspace

YEAR = 2020
SEED = 2020
MARK = "DEMO.txt"
NOTICE = "PERAGAAN: semua angka realisasi di sini rekaan, bukan data Dinas."
PATIENCE = 120.0
DEMO_SETTINGS = f"""\
# Ruang kerja peragaan; boleh dihapus.
state = ".state"
scan_seconds = 0.3
settle_seconds = 0.3
patience_seconds = 1.0
notice = "{NOTICE}"
"""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Account:
    """What the demonstration did and where to look."""

    root: Path
    forms: int
    outcomes: tuple[tuple[str, int], ...]
    codes: tuple[tuple[str, int], ...]
    mishaps: tuple[str, ...]
    audit: Audit
    seconds: float
    master: str
    board: str
    note: str
    note_text: str
    receipt: str

    def document(self) -> dict[str, object]:
        """Give the account as JSON."""
        return {
            "workspace": str(self.root),
            "forms": self.forms,
            "outcomes": dict(self.outcomes),
            "codes": dict(self.codes),
            "findings": [f.message for f in self.audit.findings],
            "values": self.audit.values,
            "seconds": round(self.seconds, 1),
            "master": self.master,
            "board": self.board,
            "note": self.note,
            "note_text": self.note_text,
            "receipt": self.receipt,
        }

    def lines(self) -> Sequence[str]:
        """Give the account for people."""
        outcomes = dict(self.outcomes)
        clean = "bersih" if not self.audit.findings else f"{len(self.audit.findings)} temuan"
        return (
            "",
            NOTICE,
            f"{self.forms} formulir terbit; {outcomes.get('accepted', 0)} kiriman diterima, "
            f"{outcomes.get('rejected', 0)} ditolak dengan catatan lalu diperbaiki.",
            f"Kesalahan yang ditemukan: {', '.join(code for code, _ in self.codes)}.",
            f"Audit: {clean}; {self.audit.values} angka berlaku. Waktu: {self.seconds:.0f} detik.",
            "",
            "Silakan buka:",
            f"  Induk          {self.root / self.master}",
            f"  Papan          {self.root / self.board}",
            f"  Berkas perbaikan {self.root / self.note}",
            f"  Catatan        {self.root / self.note_text}",
            f"  Tanda terima   {self.root / self.receipt}",
        )


def run_demo(root: Path, *, say: Say) -> Account:
    """Run the whole round in a folder of its own; an earlier demonstration there is replaced."""
    started = time.monotonic()
    workspace = _fresh(root)
    forms = 0
    words: list[str] = []
    for period in TRIWULAN:
        mishaps = MISHAPS[period]
        day = date(YEAR + period // 4, last_day(YEAR, period).month % 12 + 1, 3)
        issued = _issue(workspace, period, day)
        forms += len(issued)
        say(
            f"{period_label(period)}: {len(issued)} formulir terbit; mengisi "
            f"({len(mishaps)} sengaja keliru) ..."
        )
        with _watcher(workspace, day):
            _send(workspace, issued, mishaps)
            _wait_until_empty(workspace)
            _mend(workspace, issued, mishaps, period=period)
            _wait_until_empty(workspace)
        words += [mishap.words for mishap in mishaps]
    return _account(workspace, forms, tuple(words), time.monotonic() - started)


def _fresh(root: Path) -> Workspace:
    if root.exists() and any(root.iterdir()):
        if not (root / MARK).is_file():
            raise BadRequest(
                f"Folder {root} tidak kosong dan bukan bekas peragaan. Sebutkan folder lain: "
                "workbook-tools demo NAMA_FOLDER"
            )
        shutil.rmtree(root)
    root.mkdir(parents=True, exist_ok=True)
    (root / MARK).write_text(f"{NOTICE}\n", "utf-8")
    (root / SETTINGS).write_text(DEMO_SETTINGS, "utf-8")
    registry = load_source()
    make_workspace(root, registry, register=write_registry(registry))
    return open_workspace(root)


@contextmanager
def _session(workspace: Workspace, day: date) -> Iterator[Session]:
    registry = load_registry(workspace)
    zone = ZoneInfo(registry.rules.timezone)
    now = datetime.combine(day, clock_time(8, 0), tzinfo=zone)
    with open_session(workspace, now, registry=registry) as session:
        yield session


def _issue(workspace: Workspace, period: int, day: date) -> tuple[FormOut, ...]:
    with _session(workspace, day) as session:
        return issue_forms(session, year=YEAR, period=period, units=())


@contextmanager
def _watcher(workspace: Workspace, day: date) -> Iterator[None]:
    """Run the watcher of the command line as a process of its own."""
    command = [sys.executable, "-m", "workbook_tools", "--workspace", str(workspace.root)]
    command += ["--today", day.isoformat(), "watch"]
    flags = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
    environment = os.environ | {"PYTHONUTF8": "1"}
    with (workspace.root / "pemantau.log").open("ab") as output:
        process = subprocess.Popen(  # noqa: S603 - our own program
            command,
            stdout=output,
            stderr=subprocess.STDOUT,
            creationflags=flags,
            env=environment,
        )
        try:
            yield
        finally:
            process.send_signal(getattr(signal, "CTRL_BREAK_EVENT", signal.SIGTERM))
            if process.wait(timeout=PATIENCE):
                raise OperatorError(
                    f"Pemantau berhenti tidak wajar; lihat {workspace.root / 'pemantau.log'}."
                )


def _send(workspace: Workspace, issued: Sequence[FormOut], mishaps: Sequence[Mishap]) -> None:
    wrong = {mishap.unit: mishap for mishap in mishaps}
    for form in issued:
        _fill_and_drop(
            workspace, form.path, form.layout, mishap=wrong.get(form.layout.content.unit)
        )


def _fill_and_drop(
    workspace: Workspace, source: Path, layout: FormLayout, *, mishap: Mishap | None
) -> None:
    content = layout.content
    book = fill(
        source,
        layout,
        figures=invent(content, seed=SEED),
        texts=invent_texts(content, seed=SEED),
    )
    if mishap is not None and mishap.spoil is not None:
        mishap.spoil(book, layout)
    buffer = io.BytesIO()
    book.save(buffer)
    data = buffer.getvalue()
    if mishap is not None and mishap.spoil_bytes is not None:
        data = mishap.spoil_bytes(data)
    folder = content.unit if mishap is None or mishap.folder is None else mishap.folder
    name = f"Isian {content.name} {period_code(content.period)}.xlsx".replace("/", "-")
    (workspace.inbox / folder / name).write_bytes(data)


def _mend(
    workspace: Workspace, issued: Sequence[FormOut], mishaps: Sequence[Mishap], *, period: int
) -> None:
    """Open each correction workbook, put right what it marks, and drop it back."""
    forms = {form.layout.content.unit: form for form in issued}
    for mishap in mishaps:
        form = forms[mishap.unit]
        folder = workspace.outbox / (mishap.folder or mishap.unit) / "ditolak"
        found = sorted(
            folder.glob(f"PERBAIKAN_*_{mishap.unit}_{YEAR}-{period_code(period)}_*.xlsx")
        )
        source = found[-1] if found else form.path
        _fill_and_drop(workspace, source, form.layout, mishap=None)


def _wait_until_empty(workspace: Workspace) -> None:
    """Wait until the watcher has taken every file; it says so by emptying the inbox."""
    until = time.monotonic() + PATIENCE
    while any(path.is_file() for path in workspace.inbox.rglob("*")):
        if time.monotonic() > until:
            raise OperatorError(
                f"Pemantau tidak mengambil berkas; lihat {workspace.root / 'pemantau.log'}."
            )
        time.sleep(0.1)


def _account(workspace: Workspace, forms: int, words: tuple[str, ...], seconds: float) -> Account:
    with _session(workspace, date(YEAR + 1, 1, 31)) as session:
        rows = session.ledger.arrivals()
        audit = verify(session)
    outcomes = Counter(row.status or "" for row in rows)
    codes = Counter(code for row in rows if row.status == "rejected" for code in _error_codes(row))
    rejected = next(r for r in rows if r.status == "rejected" and r.report.get("note"))
    accepted = next(r for r in rows if r.status == "accepted")
    return Account(
        root=workspace.root,
        forms=forms,
        outcomes=tuple(sorted(outcomes.items())),
        codes=tuple(sorted(codes.items())),
        mishaps=words,
        audit=audit,
        seconds=seconds,
        master=workspace.relative(master_path(workspace.outbox, YEAR)),
        board=workspace.relative(board_path(workspace.outbox)),
        note=str(rejected.report["note"]),
        note_text=str(rejected.report["note_text"]),
        receipt=str(accepted.report["receipt"]),
    )


def _error_codes(row: ArrivalRow) -> set[str]:
    problems = json.loads(json.dumps(row.report.get("problems", [])))
    return {str(p["code"]) for p in problems if p["severity"] == "error"}
