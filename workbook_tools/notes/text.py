"""Turn a rejection into a short text, good for WhatsApp and Notepad."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbook_tools.form.content import FormContent
from workbook_tools.form.layout import unit_line
from workbook_tools.validation.catalogue import describe, group
from workbook_tools.validation.problems import Problem, Severity

MOST_LINES = 40
MOST_CELLS = 8


@dataclass(frozen=True, slots=True)
class RejectionText:
    """What a rejection text is made from; `correction` is the file's name, "" where there is none.

    `folder` is the unit folder to drop the mended file into.
    """

    file: str
    number: int
    received: str
    content: FormContent | None
    problems: tuple[Problem, ...]
    correction: str
    folder: str
    unplaced: tuple[tuple[str, str], ...]


def write_rejection_text(rejection: RejectionText) -> str:
    """Write the text of a rejection, lines separated by newlines."""
    errors = [p for p in rejection.problems if p.severity is Severity.ERROR]
    warnings = [p for p in rejection.problems if p.severity is Severity.WARNING]
    infos = [p for p in rejection.problems if p.severity is Severity.INFO]
    lines = ["FORMULIR PERLU DIPERBAIKI"]
    if rejection.content is not None:
        lines.append(unit_line(rejection.content))
    lines += [
        f"Berkas: {rejection.file}",
        f"Diterima: {rejection.received} · Nomor catatan: {rejection.number}",
        "",
        f"HARUS DIPERBAIKI ({len(errors)}):",
        *_numbered(errors),
    ]
    if warnings:
        lines += ["", f"MOHON DIPERIKSA ({len(warnings)}):", *_numbered(warnings)]
    if infos:
        lines += ["", "KETERANGAN:", *(f"- {describe(p).what}" for p in group(infos))]
    if rejection.unplaced:
        lines += ["", "TULISAN YANG TIDAK DAPAT DITEMPATKAN:"]
        lines += [f"- {cell}: {text}" for cell, text in rejection.unplaced]
    lines += ["", *_next_step(rejection)]
    return "\n".join(lines)


def _numbered(problems: Sequence[Problem]) -> list[str]:
    lines: list[str] = []
    grouped = group(problems)
    for number, found in enumerate(grouped[:MOST_LINES], start=1):
        message = describe(found)
        lines.append(f"{number}. {_where(found)}{message.what} [{found.code}]")
        lines.append(f"   → {message.remedy}")
    if len(grouped) > MOST_LINES:
        lines.append(f"… dan {len(grouped) - MOST_LINES} hal lagi; lihat lembar Catatan.")
    return lines


def _where(found: Problem) -> str:
    if found.place.cell is None:
        return f"Lembar {found.place.sheet}: " if found.place.sheet else ""
    cells = [found.place.cell, *found.cells]
    listed = ", ".join(cells[:MOST_CELLS])
    more = f" dan {len(cells) - MOST_CELLS} sel lain" if len(cells) > MOST_CELLS else ""
    return f"Sel {listed}{more}: "


def _next_step(rejection: RejectionText) -> list[str]:
    folder = f"inbox/{rejection.folder}" if rejection.folder else "inbox unit Anda"
    if rejection.correction:
        return [
            "CARA MENGIRIM LAGI:",
            f"1. Buka berkas {rejection.correction} (di folder yang sama dengan catatan ini).",
            "2. Isian Anda sudah ada di sana; perbaiki sel yang berwarna merah.",
            f"3. Simpan, tutup, lalu taruh berkas itu di folder {folder}.",
        ]
    return [
        "CARA MENGIRIM LAGI:",
        "1. Buka formulir asli dari Perencanaan (folder outbox, subfolder formulir).",
        "2. Isi sel kuning, simpan sebagai .xlsx, tutup.",
        f"3. Taruh berkas itu di folder {folder}.",
    ]
