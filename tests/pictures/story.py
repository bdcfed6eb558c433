"""Play one unit's triwulan as the guide tells it, in LibreOffice: filled wrongly, told, mended."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from tests.office import edit
from workbook_tools.form.layout import ISIAN

UNIT = "kasi-pemberdayaan-koperasi"
FORM = f"IKI_{UNIT}_2020-TW1.xlsx"
SENT = "IKI Pemberdayaan Koperasi TW I.xlsx"
DAYS = ("2020-03-30", "2020-04-02", "2020-04-03")  # issued, sent, mended

Cells = Mapping[str, str | float | None]
RIGHT: Cells = {
    "H8": 8.0,
    "H9": 42.0,
    "L8": "Sebagian peserta tidak dapat hadir karena akses jalan.",
    "M8": "Dukungan pekon dan pengurus koperasi.",
    "N8": "Mengundang peserta lebih awal pada triwulan II.",
    "O8": "Laporan pelatihan (rekaan)",
    "L9": "Tenaga pendamping masih terbatas.",
    "N9": "Mengusulkan satu pendamping kepada Kepala Bidang.",
    "O9": "Daftar koperasi binaan (rekaan)",
    "C12": "Nama pengisi (rekaan)",
    "L12": "Nama atasan (rekaan)",
}
WRONG: Cells = {**RIGHT, "H8": "8 dari 36", "H9": "-", "L9": None}
MENDED: Cells = {"H8": 8.0, "H9": 42.0, "L9": RIGHT["L9"]}


@dataclass(frozen=True, slots=True)
class Story:
    """The files of the story, in the order in which they come about."""

    root: Path
    form: Path
    filled: Path
    note: Path
    correction: Path
    receipt: Path


def play(root: Path) -> Story:
    """Issue the form, fill it wrongly, take it in, mend the correction and take it in again."""
    desk = root / "meja"
    desk.mkdir(parents=True)
    office = root / "kantor"
    _run(office, DAYS[0], "init")
    _run(office, DAYS[0], "issue", "--year", "2020", "--period", "TW1", "--unit", UNIT)
    form = office / "outbox" / UNIT / "formulir" / FORM
    filled = edit(form, desk / "terisi.xlsx", _on(RIGHT))
    edit(form, office / "inbox" / UNIT / SENT, _on(WRONG))
    rejected = _taken_in(office, DAYS[1])
    note = office / str(rejected["note"])
    told = next(note.parent.glob("CATATAN_*.txt"))
    correction = next(note.parent.glob("PERBAIKAN_*.xlsx"))
    edit(correction, office / "inbox" / UNIT / correction.name, _on(MENDED))
    accepted = _taken_in(office, DAYS[2])
    return Story(office, form, filled, told, correction, office / str(accepted["receipt"]))


def _on(cells: Cells) -> dict[tuple[str, str], str | float | None]:
    return {(ISIAN, cell): value for cell, value in cells.items()}


def _taken_in(office: Path, day: str) -> Mapping[str, object]:
    answer = json.loads(_run(office, day, "ingest", accepts=(0, 1)))
    (arrival,) = cast("list[Mapping[str, object]]", answer["arrivals"])
    return arrival


def _run(office: Path, day: str, *command: str, accepts: tuple[int, ...] = (0,)) -> str:
    """Run the program on the office's workspace; give its JSON."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "workbook_tools"),
            *("--workspace", str(office), "--json", "--today", day, *command),
        ],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode in accepts, done.stderr
    return done.stdout
