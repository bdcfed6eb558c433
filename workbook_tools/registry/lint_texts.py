"""Find printed texts that are cut off, repeated, misspelt, unnumbered or left with markup."""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from itertools import pairwise

from workbook_tools.problems.problem import Severity
from workbook_tools.registry.finding import Finding, Rule, Scribe
from workbook_tools.registry.model import Indicator, Position, Registry
from workbook_tools.registry.sheets import Columns

OPEN_WORDS = frozenset(
    {"dan", "di", "ke", "dari", "dengan", "untuk", "yang", "atau", "serta", "pada", "bidang"}
)
"""Words that cannot end a sentence."""

MARKUP = re.compile(r"</?[a-z]+>|\\[a-z]+|\$", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]{4,}")
TAIL = 3
"""How many last words must stand elsewhere with more behind them to prove a cut."""

NEAR = 0.88
"""How alike two words must be to count as one misspelt."""


def text_truncated(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that a text cut off at the edge of the page has lost part of its meaning."""
    write = Scribe("TEXT_TRUNCATED", Severity.WARNING, columns)
    advice = "Lengkapi dari dokumen asli; sampai itu ada, teks tercetak dibiarkan."
    sasaran = sorted({i.sasaran for i in registry.indicators})
    for indicator in registry.indicators:
        if _is_cut(indicator.sasaran, sasaran, ()):
            yield write.indicator(
                indicator, "sasaran", f"Sasaran terpotong: '{indicator.sasaran}'. {advice}"
            )
    tugas = sorted({_joined(p.tugas_lines) for p in registry.positions})
    for position in registry.positions:
        siblings = (*position.tugas_lines, *position.fungsi_lines)
        if _is_cut(_joined(position.tugas_lines), tugas, siblings):
            end = position.tugas_lines[-1][-30:]
            yield write.position(
                position, "tugas_tercetak", f"Tugas terpotong: '...{end}'. {advice}"
            )
        for line in position.fungsi_lines[-1:]:
            if _is_cut(line, (), siblings):
                yield write.position(
                    position, "fungsi_tercetak", f"Fungsi terpotong: '...{line[-30:]}'. {advice}"
                )


def _joined(lines: Sequence[str]) -> str:
    return " ".join(lines)


def _is_cut(text: str, same_field: Sequence[str], siblings: Sequence[str]) -> bool:
    """Tell whether a text ends in the middle, by its last word or by longer texts elsewhere.

    `same_field` is sorted, so that a text that goes on where this one ends comes right after it.
    """
    words = text.split()
    if not words:
        return False
    if words[-1].casefold() in OPEN_WORDS:
        return True
    after = bisect(same_field, text)
    if any(longer.startswith(text) for longer in same_field[after : after + 1]):
        return True
    tail = " ".join(words[-TAIL:])
    return len(words) > TAIL and any(
        tail in other and not other.rstrip(" .").endswith(tail.rstrip(".")) for other in siblings
    )


def indicator_equals_sasaran(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that an indicator that repeats its objective measures nothing by itself."""
    write = Scribe("INDICATOR_EQ_SASARAN", Severity.WARNING, columns)
    for indicator in registry.indicators:
        sasaran, text = indicator.sasaran.casefold(), indicator.indikator.casefold()
        cut = sasaran.split()[-1:] and sasaran.split()[-1] in OPEN_WORDS
        if sasaran and (text == sasaran or (cut and text.startswith(sasaran))):
            yield write.indicator(
                indicator,
                "indikator",
                f"Indikator sama dengan sasaran: '{indicator.indikator}'. Sepakati ukurannya; yang "
                f"diukur sekarang: {indicator.satuan}.",
            )


def sasaran_repeated(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that one objective under two positions may have been copied by mistake."""
    write = Scribe("SASARAN_DUP", Severity.INFO, columns)
    first: dict[str, Indicator] = {}
    for indicator in registry.indicators:
        earlier = first.setdefault(indicator.sasaran.casefold(), indicator)
        if indicator.sasaran and earlier.unit != indicator.unit and indicator.mirrors is None:
            yield write.indicator(
                indicator,
                "sasaran",
                f"Sasaran sama dengan {earlier.id}. Pastikan memang milik kedua jabatan.",
            )


def cascade_copy(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that a row that repeats another is computed twice, and its inputs are asked once."""
    write = Scribe("CASCADE_COPY", Severity.INFO, columns)
    for indicator in registry.indicators:
        source = registry.indicator(indicator.mirrors) if indicator.mirrors else None
        if source is not None:
            yield write.indicator(
                indicator,
                "sama_dengan",
                f"Baris ini mengulang {source.id}; isiannya diminta sekali, di sana. Tidak perlu "
                "diubah.",
            )


def markup_residue(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that tags and LaTeX are left by scanning and are no part of the text."""
    write = Scribe("MARKUP_RESIDUE", Severity.INFO, columns)
    for indicator in registry.indicators:
        for key, text in _texts(indicator):
            if MARKUP.search(text):
                yield write.indicator(
                    indicator,
                    key,
                    f"Ada sisa kode dari pemindaian: '{text}'. Tidak dipakai dalam hitungan; "
                    "bersihkan pada dokumen berikutnya.",
                )


def number_blank(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that a row without number cannot be cited."""
    write = Scribe("NO_BLANK", Severity.WARNING, columns)
    for indicator in registry.indicators:
        if not indicator.number.strip():
            yield write.indicator(
                indicator,
                "no",
                f"Kolom No kosong. Sebut baris ini dengan ID {indicator.id}; beri nomor pada "
                "dokumen berikutnya.",
            )


def numbering(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that numbers that repeat or leave gaps make two people speak of different rows."""
    write = Scribe("NUMBERING", Severity.WARNING, columns)
    for position in registry.positions:
        rows = registry.of_unit(position.id)
        numbers = [indicator.number.strip() for indicator in rows]
        expected = [str(n) for n in range(1, len(rows) + 1)]
        if numbers != expected:
            place = next(
                n
                for n, pair in enumerate(zip(numbers, expected, strict=True))
                if pair[0] != pair[1]
            )
            yield Finding(
                write.code,
                write.severity,
                *_place(write, rows[place]),
                position.id,
                None,
                f"{len(rows)} baris, tetapi nomor tercetak: "
                f"{', '.join(number or '(kosong)' for number in numbers)}. Pakai ID untuk "
                "menyebut baris.",
            )


def _place(write: Scribe, indicator: Indicator) -> tuple[str, str]:
    finding = write.indicator(indicator, "no", "")
    return finding.sheet, finding.cell


def text_typo(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that a word used once that nearly equals a common one is probably misspelt."""
    write = Scribe("TEXT_TYPO", Severity.INFO, columns)
    counts = Counter(
        word.casefold()
        for indicator in registry.indicators
        for _, text in _texts(indicator)
        for word in WORD.findall(text)
    )
    for position in registry.positions:
        counts.update(word.casefold() for word in WORD.findall(_everything(position)))
    common = [word for word, times in counts.items() if times > 1]
    for indicator in registry.indicators:
        for key, text in _texts(indicator):
            for word in WORD.findall(text):
                if counts[word.casefold()] > 1:
                    continue
                near = get_close_matches(word.casefold(), common, n=1, cutoff=NEAR)
                if near:
                    yield write.indicator(
                        indicator,
                        key,
                        f"'{word}' mungkin salah ketik dari '{near[0]}'. Teks tercetak dibiarkan; "
                        "perbaiki pada dokumen berikutnya.",
                    )


def text_split(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that a word torn in two by scanning is not found by a search."""
    write = Scribe("TEXT_OCR", Severity.INFO, columns)
    for indicator in registry.indicators:
        whole = {w.casefold() for _, t in _texts(indicator) for w in WORD.findall(t)}
        for key, text in _texts(indicator):
            words = re.findall(r"[^\W\d_]+", text)
            for left, right in pairwise(words):
                torn = f"{left} {right}" in text and (left + right).casefold() in whole
                if torn and not {left.casefold(), right.casefold()} <= whole:
                    yield write.indicator(
                        indicator,
                        key,
                        f"'{left} {right}' tampak terbelah dari '{left}{right}'. Teks tercetak "
                        "dibiarkan; perbaiki pada dokumen berikutnya.",
                    )


def _texts(indicator: Indicator) -> tuple[tuple[str, str], ...]:
    return (
        ("sasaran", indicator.sasaran),
        ("indikator", indicator.indikator),
        ("penjelasan", indicator.penjelasan),
        ("sumber_data", indicator.sumber_data),
    )


def _everything(position: Position) -> str:
    return " ".join((*position.jabatan_lines, *position.tugas_lines, *position.fungsi_lines))


RULES: tuple[Rule, ...] = (
    text_truncated,
    indicator_equals_sasaran,
    sasaran_repeated,
    cascade_copy,
    markup_residue,
    number_blank,
    numbering,
    text_typo,
    text_split,
)
"""The rules on printed texts."""
