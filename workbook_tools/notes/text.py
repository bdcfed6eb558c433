"""Turn a rejection into a short text, good for WhatsApp and Notepad."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbook_tools.form.content import FormContent
from workbook_tools.form.layout import unit_line
from workbook_tools.problems.catalogue import describe, group
from workbook_tools.problems.problem import Problem, Severity
from workbook_tools.validation.delivery import Other
from workbook_tools.visible import MOST_LISTED, indented, one_line

MOST_LINES = 40
MOST_CELLS = 8
_ONLY_TOLD = {"K03"}  # a late return cannot be mended


@dataclass(frozen=True, slots=True)
class RejectionText:
    """What a rejection text is made from; `correction` is the file's name, "" where there is none.

    `folder` is the unit folder to drop the mended file into, `standing` the accepted return
    that stays in force.
    """

    file: str
    number: int
    received: str
    content: FormContent | None
    problems: tuple[Problem, ...]
    correction: str
    folder: str
    unplaced: tuple[tuple[str, str], ...]
    standing: Other | None = None


def write_rejection_text(rejection: RejectionText) -> str:
    """Write the text of a rejection, lines separated by newlines."""
    errors = group(p for p in rejection.problems if p.severity is Severity.ERROR)
    asked = group(p for p in rejection.problems if is_asked(p))
    told = group(p for p in rejection.problems if is_told(p))
    lines = ["FORMULIR PERLU DIPERBAIKI"]
    if rejection.content is not None:
        lines.append(unit_line(rejection.content))
    lines += [
        f"Berkas: {one_line(rejection.file)}",
        f"Masuk: {rejection.received} · Nomor catatan: {rejection.number}",
    ]
    if rejection.standing is not None:
        lines.append(standing_words(rejection.standing))
    lines += ["", f"HARUS DIPERBAIKI ({len(errors)}):", *_numbered(errors)]
    if asked:
        lines += ["", f"MOHON DIPERIKSA ({len(asked)}):", *_numbered(asked)]
    if told:
        lines += ["", "KETERANGAN:", *(f"- {describe(p).text} [{p.code}]" for p in told)]
    if rejection.unplaced:
        lines += ["", "TULISAN YANG TIDAK DAPAT DITEMPATKAN:"]
        lines += listed(rejection.unplaced)
    lines += ["", *_next_step(rejection)]
    return "\n".join(lines)


def standing_words(standing: Other) -> str:
    """Say which accepted return stays in force while this one is mended."""
    return (
        f"Yang berlaku tetap kiriman sebelumnya: revisi {standing.revision} dari "
        f"“{one_line(standing.file)}”, masuk {standing.received}."
    )


def listed(unplaced: Sequence[tuple[str, str]]) -> list[str]:
    """List what was typed where nothing is asked, cut after many lines."""
    lines = [f"- {cell}: {indented(text)}" for cell, text in unplaced[:MOST_LISTED]]
    more = len(unplaced) - MOST_LISTED
    return [*lines, f"… dan {more} tulisan lagi."] if more > 0 else lines


def is_asked(found: Problem) -> bool:
    """Tell whether a person is asked to look at this: a warning about what they typed."""
    return found.severity is Severity.WARNING and found.code not in _ONLY_TOLD


def is_outdated(problems: Sequence[Problem]) -> bool:
    """Tell whether a return came on an older form than the one that was accepted (ADR 4)."""
    return any(p.code == "K06" and p.severity is Severity.ERROR for p in problems)


def is_told(found: Problem) -> bool:
    """Tell whether this is only for a person's information."""
    return found.severity is Severity.INFO or found.code in _ONLY_TOLD


def _numbered(grouped: Sequence[Problem]) -> list[str]:
    lines: list[str] = []
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
            "BILA ANGKA DI KIRIMAN INI YANG BENAR:"
            if is_outdated(rejection.problems)
            else "CARA MENGIRIM LAGI:",
            f"1. Buka berkas {rejection.correction} (di folder yang sama dengan catatan ini).",
            "2. Isian Anda sudah ada di sana. Sel yang berwarna merah harus diperbaiki; bila tidak "
            "ada yang merah, isinya sudah dapat dikirim.",
            f"3. Simpan, tutup, lalu taruh berkas itu di folder {folder}.",
        ]
    return [
        "CARA MENGIRIM LAGI:",
        "1. Perbaiki berkas Anda menurut petunjuk di atas. Bila tidak dapat, isi formulir asli "
        "dari Perencanaan (folder outbox, subfolder formulir).",
        "2. Simpan sebagai Buku Kerja Excel (.xlsx), lalu tutup.",
        f"3. Taruh berkas itu di folder {folder}.",
    ]
