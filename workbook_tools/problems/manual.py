"""Turn the catalogue and its explanations into the page that explains every code (Markdown).

`python -m workbook_tools.problems.manual > docs/masalah.md` renews the page.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from workbook_tools.problems.catalogue import CATALOGUE, describe
from workbook_tools.problems.examples import EXPLANATIONS
from workbook_tools.problems.examples.example import UNIT_NAME, Example
from workbook_tools.problems.problem import Problem, Severity

SIGNS: dict[Severity, str] = {
    Severity.ERROR: "✖ ditolak",
    Severity.WARNING: "▲ perlu diperiksa",
    Severity.INFO: "● keterangan",
}
GROUPS: dict[str, tuple[str, str]] = {
    "B": ("Berkas", "Tentang berkas yang dikirim, sebelum isinya diperiksa."),
    "I": ("Identitas", "Tentang formulir itu milik siapa dan untuk triwulan mana."),
    "T": ("Tata formulir", "Tentang lembar, baris, kolom, dan sel terkunci formulir."),
    "S": ("Sel isian", "Tentang apa yang diketik di satu sel."),
    "N": (
        "Nilai indikator",
        "Tentang angka satu indikator: hubungan isian, target, dan sejarahnya.",
    ),
    "K": ("Kiriman", "Tentang waktu pengiriman dan kiriman lain untuk formulir yang sama."),
    "G": ("Gangguan dan daftar", "Tentang program itu sendiri."),
}
_HEAD = f"""\
# Arti setiap kode masalah

Setiap kalimat pada catatan perbaikan dan tanda terima diakhiri kode, misalnya **S04**. Halaman
ini menerangkan setiap kode: artinya, satu contoh dari formulir sungguhan, apa yang perlu
dilakukan, dan mengapa aturannya ada.

| tanda | akibatnya |
|---|---|
| {SIGNS[Severity.ERROR]} | kiriman belum diterima; perbaiki, lalu kirim lagi |
| {SIGNS[Severity.WARNING]} | kiriman tetap diterima; mohon diperiksa apakah memang demikian |
| {SIGNS[Severity.INFO]} | hanya memberi tahu |

Satu masalah bertanda ✖ menahan seluruh kiriman, dan semua masalahnya disebutkan sekaligus.
Paling mudah memperbaikinya di berkas perbaikan dari Perencanaan: isian yang sudah diketik ada di
sana, dan sel yang harus diperbaiki berwarna merah.

Bila tidak disebut lain, contohnya dari formulir {UNIT_NAME}, Triwulan I Tahun 2020.
"""


def write_manual() -> str:
    """Write the page: its head, the table of codes, then group after group."""
    lines = [_HEAD, "## Daftar kode", "", *_contents(), ""]
    for letter, (name, sentence) in GROUPS.items():
        lines += [f"## {letter} · {name}", "", sentence, ""]
        for code in _codes(letter):
            lines += _explained(code)
    return "\n".join(lines).rstrip() + "\n"


def _codes(letter: str) -> list[str]:
    return sorted(code for code in CATALOGUE if code[0] == letter)


def _contents() -> Iterator[str]:
    for letter, (name, _) in GROUPS.items():
        links = " · ".join(f"[{code}](#{code.lower()})" for code in _codes(letter))
        yield f"- **{name}:** {links}"


def _explained(code: str) -> list[str]:
    told = EXPLANATIONS[code]
    signs = dict.fromkeys(SIGNS[example.problem.severity] for example in told.examples)
    lines = [
        f'<a id="{code.lower()}"></a>',
        "",
        f"### {code} · {CATALOGUE[code].name}",
        "",
        f"**{' atau '.join(signs)}**",
        "",
        f"**Artinya.** {_plain(told.meaning)}",
        "",
    ]
    for number, example in enumerate(told.examples, start=1):
        count = f" {number}" if len(told.examples) > 1 else ""
        sign = f" ({SIGNS[example.problem.severity]})" if len(signs) > 1 else ""
        lines += _shown(example, f"**Contoh{count}{sign}.**")
    lines += [f"**Mengapa.** {_plain(told.why)}", ""]
    if told.office:
        lines += [f"**Bagi Perencanaan.** {_plain(told.office)}", ""]
    return lines


def _shown(example: Example, title: str) -> list[str]:
    """Show what was done, the sentence as a note has it, and what to do."""
    message = describe(example.problem)
    return [
        f"{title} {_plain(example.done)} Program menulis:",
        "",
        f"> {_where(example.problem)}{_plain(message.what)}",
        "",
        f"**Yang perlu dilakukan.** {_plain(message.remedy)}",
        "",
    ]


def _where(found: Problem) -> str:
    if found.place.cell is not None:
        return f"Sel {found.place.cell}: "
    return f"Lembar {found.place.sheet}: " if found.place.sheet else ""


def _plain(text: str) -> str:
    """Keep the marks of Markdown from acting, but for the backticks around names of files."""
    parts = text.split("`")
    parts[::2] = [_escaped(part) for part in parts[::2]]
    return "`".join(parts)


def _escaped(text: str) -> str:
    for mark in ("\\", "*", "_", "<", "~", "|"):
        text = text.replace(mark, f"\\{mark}")
    return text


if __name__ == "__main__":
    sys.stdout.buffer.write(write_manual().encode("utf-8"))
