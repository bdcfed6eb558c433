"""Find what is wrong with the printed pages: names of positions, heads and torn tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from workbook_tools.problems.problem import Severity
from workbook_tools.registry.finding import Finding, Rule, Scribe
from workbook_tools.registry.model import Indicator, Position, Registry
from workbook_tools.registry.sheets import Columns

FIELD = re.compile(r"\s*\d+\.\s*\w+\s*:")
TORN = re.compile(r"[^\W\d_] [^\W\d_]")
EXPLANATION = 3
"""The place of the head cell PENJELASAN/ALASAN/... in a table's head."""

BEFORE_TARGETS = 4
"""How many cells stand before the first target in a printed row."""


def header_shifted(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that a field Jabatan that repeats another position's tugas holds the wrong text."""
    write = Scribe("HEADER_SHIFTED", Severity.ERROR, columns)
    tugas = {_field(line): p.id for p in registry.positions for line in p.tugas_lines[:1]}
    for position in registry.positions:
        names = [_field(line) for line in position.jabatan_lines if FIELD.match(line)]
        other = next(
            (tugas[name] for name in names if tugas.get(name, position.id) != position.id), None
        )
        if other is not None:
            yield write.position(
                position,
                "jabatan_tercetak",
                f"Kolom Jabatan berisi tugas milik {other}, sehingga Tugas dan Fungsi ikut "
                "bergeser. Minta halaman yang benar.",
            )


def _field(line: str) -> str:
    return FIELD.sub("", line).strip()


def name_missing(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that a position whose name is only inferred may be somebody else's."""
    write = Scribe("POSITION_NAME_MISSING", Severity.ERROR, columns)
    for position in registry.positions:
        if position.name_inferred and not position.lost:
            yield write.position(
                position,
                "jabatan",
                f"Nama jabatan '{position.jabatan}' tidak tercetak dan hanya disimpulkan. "
                "Pastikan, lalu pilih 'tidak' pada kolom Nama disimpulkan.",
            )


def name_outside_field(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that a name printed above its field is easily taken for a heading."""
    write = Scribe("POSITION_NAME_OUTSIDE_FIELD", Severity.WARNING, columns)
    for position in registry.positions:
        fields = [bool(FIELD.match(line)) for line in position.jabatan_lines]
        if any(fields) and not fields[0]:
            yield write.position(
                position,
                "jabatan_tercetak",
                "Nama jabatan tercetak sebagai baris bebas di atas kolom Jabatan: "
                f"'{position.jabatan_lines[0]}'. Pastikan itu jabatannya.",
            )


def position_missing(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that a position whose pages are lost has no indicators to report."""
    write = Scribe("POSITION_MISSING", Severity.WARNING, columns)
    for position in registry.positions:
        if position.lost:
            below = [p.id for p in registry.positions if p.superior == position.id]
            named = f" (atasan dari {', '.join(below)})" if below else ""
            yield write.position(
                position,
                "halaman_hilang",
                f"Halaman {position.jabatan}{named} tidak ada pada dokumen. Minta halamannya, lalu "
                "isi indikatornya.",
            )


def header_torn(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that a head torn in two by scanning is not found by a search."""
    write = Scribe("HEADER_OCR", Severity.INFO, columns)
    heads = list(_heads(registry))
    usual = Counter(text for _, _, text in heads).most_common(1)
    for number, position, text in heads:
        if text != usual[0][0] and TORN.search(text):
            yield write.line(
                number,
                position.id,
                f"Kepala kolom terbelah: '{text}'. Tidak perlu diubah; perbaiki pada dokumen "
                "berikutnya.",
            )


def _heads(registry: Registry) -> Iterator[tuple[int, Position, str]]:
    """Give line number, position and explanation head of every printed table."""
    for number, position, line in _page_lines(registry):
        cells = line.split("\t")
        if cells[0] == "NO" and len(cells) > EXPLANATION:
            yield number, position, cells[EXPLANATION]


def _page_lines(registry: Registry) -> Iterator[tuple[int, Position, str]]:
    """Give every line of the document with the position whose page it stands on."""
    for position, lines in _pages(registry):
        for number in lines:
            yield number, position, registry.document[number - 1]


def _pages(registry: Registry) -> tuple[tuple[Position, range], ...]:
    """Give the line numbers of each position's page; the IKU opens the document."""
    starts: list[tuple[Position, int]] = []
    number = 0
    for position in registry.positions:
        if position.jenis == "IKU":
            starts.append((position, 1))
            continue
        first = position.jabatan_lines[0] if position.jabatan_lines else None
        if first in registry.document[number:]:
            number = registry.document.index(first, number) + 1
            starts.append((position, number))
    ends = [start for _, start in starts[1:]] + [len(registry.document) + 1]
    return tuple((p, range(start, end)) for (p, start), end in zip(starts, ends, strict=True))


def _printed_rows(registry: Registry) -> tuple[tuple[Indicator, int], ...]:
    """Give each indicator with the line that prints it, where one does."""
    rows: list[tuple[Indicator, int]] = []
    for position, lines in _pages(registry):
        for indicator in registry.of_unit(position.id):
            start = f"{indicator.number}\t{indicator.sasaran}\t{indicator.indikator}\t"
            hit = next((n for n in lines if registry.document[n - 1].startswith(start)), None)
            if hit is not None:
                rows.append((indicator, hit))
    return tuple(rows)


def column_numbers(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that a row of column numbers is taken for an indicator by careless readers."""
    write = Scribe("COLNUM_ROW", Severity.WARNING, columns)
    for number, position, line in _page_lines(registry):
        cells = line.split("\t")
        if len(cells) > BEFORE_TARGETS and cells == [str(n) for n in range(1, len(cells) + 1)]:
            yield write.line(
                number,
                position.id,
                f"Baris {number} berisi nomor kolom, bukan indikator. Jangan dimasukkan sebagai "
                "indikator.",
            )


def table_split(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that targets printed on another fragment were paired by their order only."""
    write = Scribe("TABLE_SPLIT", Severity.WARNING, columns)
    for number, position, _ in _heads(registry):
        years = registry.document[number].split("\t") if number < len(registry.document) else []
        if sum(cell.strip().isdigit() for cell in years) < len(registry.years):
            yield write.line(
                number + 1,
                position.id,
                f"Kepala tabel tidak memuat semua tahun Renstra (baris {number + 1}). Cocokkan "
                "kolom target dengan dokumen asli.",
            )
    for indicator, number in _printed_rows(registry):
        if _cells_after(registry, number) < len(indicator.targets):
            yield write.line(
                number,
                indicator.id,
                f"Tidak semua tahun tercetak pada baris {indicator.id}; sisanya dipasangkan "
                "menurut urutan. Cocokkan dengan dokumen asli.",
            )


def source_detached(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that a sumber data printed on another fragment was paired by its order only."""
    write = Scribe("SUMBER_DETACHED", Severity.WARNING, columns)
    for indicator, number in _printed_rows(registry):
        if _cells_after(registry, number) == len(indicator.targets):
            yield write.indicator(
                indicator,
                "sumber_data",
                f"Sumber data '{indicator.sumber_data}' tidak tercetak pada baris indikatornya "
                f"(baris {number}); dipasangkan menurut urutan. Cocokkan dengan dokumen asli.",
            )


def _cells_after(registry: Registry, number: int) -> int:
    return len(registry.document[number - 1].split("\t")) - BEFORE_TARGETS


def page_break(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that a blank line inside a table is taken for its end."""
    write = Scribe("PAGE_BREAK", Severity.INFO, columns)
    for (before, first), (after, second) in pairwise(_printed_rows(registry)):
        between = registry.document[first : second - 1]
        if before.unit == after.unit and between and not any(line.strip() for line in between):
            yield write.line(
                first,
                before.id,
                f"Sesudah baris {first} tabel terpotong baris kosong. Tabel berlanjut pada "
                f"baris {second}.",
            )


RULES: tuple[Rule, ...] = (
    header_shifted,
    name_missing,
    name_outside_field,
    position_missing,
    header_torn,
    column_numbers,
    table_split,
    source_detached,
    page_break,
)
"""The rules on the printed pages."""
