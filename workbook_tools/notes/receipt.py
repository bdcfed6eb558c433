"""Turn an accepted return into its receipt: every figure recorded, the warnings, time and hash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbook_tools.form.content import PEOPLE_FIELDS, TEXT_FIELDS, FormContent, FormIndicator
from workbook_tools.form.layout import COLUMNS, TEXT_ROLES, unit_line
from workbook_tools.form.parse import ParsedForm, TypedInput
from workbook_tools.indicators.numbers import format_number
from workbook_tools.notes.text import is_asked, is_told, listed
from workbook_tools.problems.catalogue import describe, group
from workbook_tools.problems.problem import Problem
from workbook_tools.visible import indented, one_line

_PEOPLE = {
    "pengisi_nama": "Pengisi",
    "pengisi_nip": "NIP pengisi",
    "pengisi_tanggal": "Tanggal pengisian",
    "atasan_nama": "Atasan",
    "atasan_nip": "NIP atasan",
    "atasan_tanggal": "Tanggal diperiksa",
}


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt is made from; `capaian` gives the words per indicator id."""

    form: ParsedForm
    file: str
    number: int
    received: str
    revision: int
    sha256: str
    problems: tuple[Problem, ...]
    capaian: tuple[tuple[str, str], ...]


def write_repeat(content: FormContent, *, file: str, received: str, told: Sequence[str]) -> str:
    """Write what is said of an accepted file that comes again after another took its place."""
    return "\n".join(
        [
            "BERKAS INI SUDAH PERNAH MASUK DAN TIDAK DIHITUNG LAGI",
            unit_line(content),
            f"Berkas: {one_line(file)}",
            f"Masuk: {received}",
            "",
            *told,
        ]
    )


def write_receipt(receipt: Receipt) -> str:
    """Write the receipt as text, lines separated by newlines."""
    form = receipt.form
    lines = [
        "TANDA TERIMA FORMULIR",
        unit_line(form.content),
        f"Berkas: {one_line(receipt.file)}",
        f"Diterima: {receipt.received} · Revisi {receipt.revision} · Nomor {receipt.number}",
        f"Sidik berkas (SHA-256): {receipt.sha256}",
        "",
        "ANGKA YANG DICATAT",
    ]
    capaian = dict(receipt.capaian)
    for indicator in form.content.indicators:
        lines += _indicator(form, indicator, capaian.get(indicator.id, ""))
    people = dict(form.people)
    if people:
        lines += [
            "",
            *(
                f"{_PEOPLE[name]}: {one_line(people[name])}"
                for name in PEOPLE_FIELDS
                if name in people
            ),
        ]
    warnings = group(p for p in receipt.problems if is_asked(p))
    infos = group(p for p in receipt.problems if is_told(p))
    if warnings:
        lines += ["", f"MOHON DIPERIKSA ({len(warnings)}) — formulir tetap diterima:"]
        for found in warnings:
            cells = ", ".join(c for c in (found.place.cell, *found.cells) if c)
            place = f"Sel {cells}: " if cells else ""
            message = describe(found)
            lines += [f"- {place}{message.what} [{found.code}]", f"  → {message.remedy}"]
    if infos:
        lines += ["", "KETERANGAN:", *(f"- {describe(p).text} [{p.code}]" for p in infos)]
    if form.unplaced:
        lines += ["", "TULISAN DI LUAR TEMPAT ISIAN (tidak dicatat):"]
        lines += listed(form.unplaced)
    lines += [
        "",
        "Bila ada angka yang keliru, perbaiki formulir Anda lalu kirim lagi; kiriman terakhir "
        "yang dihitung.",
    ]
    return "\n".join(lines)


def _indicator(form: ParsedForm, indicator: FormIndicator, capaian: str) -> list[str]:
    number = f"{indicator.number}. " if indicator.number else "- "
    lines = [f"{number}{indicator.indikator}"]
    lines += [
        f"   {typed.input.label} ({typed.cell}): {_value(typed)}"
        for typed in form.of_indicator(indicator.id)
    ]
    if capaian:
        lines.append(f"   {capaian}")
    for name in TEXT_FIELDS:
        if text := form.text(indicator.id, name):
            lines.append(f"   {COLUMNS[TEXT_ROLES[name]].header}: {indented(text)}")
    return lines


def _value(typed: TypedInput) -> str:
    if typed.value is not None:
        return f"{format_number(typed.value)} {typed.input.unit}"
    return "data belum ada" if typed.no_data else "tidak diisi"
