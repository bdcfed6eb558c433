"""Find printed formulas that are missing, ambiguous or in conflict with one another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbook_tools.problems.problem import Severity
from workbook_tools.registry.finding import Finding, Rule, Scribe
from workbook_tools.registry.model import Indicator, Method, Polarity, Registry
from workbook_tools.registry.sheets import Columns

TAG = re.compile(r"</?[a-z]+>", re.IGNORECASE)
LATEX = re.compile(r"\\[a-z]+", re.IGNORECASE)
HUNDRED = re.compile(r"100\s*%?")
TIMES = re.compile(r"[x×*]\s*100", re.IGNORECASE)
STAR = re.compile(r"\*\s*100")
NO_DENOMINATOR = re.compile(r"/\s*[x×*]", re.IGNORECASE)
UNDEFINED = frozenset({"", "-", "cukup jelas"})
SOURCE_ONLY = re.compile(r"data\s+\w+", re.IGNORECASE)


def formula_absent(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that without an operational definition two people count differently."""
    for indicator in registry.indicators:
        text = TAG.sub("", indicator.penjelasan).strip()
        if text.casefold() in UNDEFINED:
            severity, what = Severity.INFO, f"hanya '{indicator.penjelasan}'"
        elif SOURCE_ONLY.fullmatch(text):
            severity, what = Severity.WARNING, f"hanya menyebut sumber ('{text}')"
        else:
            continue
        yield Scribe("FORMULA_ABSENT", severity, columns).indicator(
            indicator,
            "penjelasan",
            f"Penjelasan {what}. Sepakati apa yang dihitung dan tulis pada kolom Catatan.",
        )


def formula_conflict(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that one indicator text with two formulas gives two results from the same inputs."""
    write = Scribe("FORMULA_DENOM_CONFLICT", Severity.ERROR, columns)
    same: dict[str, list[Indicator]] = {}
    for indicator in registry.indicators:
        same.setdefault(indicator.indikator.casefold(), []).append(indicator)
    for indicator in registry.indicators:
        text = indicator.indikator.casefold()
        others = [other for other in same[text] if other.method is not indicator.method]
        if text and others:
            yield write.indicator(
                indicator,
                "metode",
                f"Indikator yang sama pada {others[0].id} memakai rumus lain "
                f"('{others[0].method}', di sini '{indicator.method}'). Sepakati satu rumus; "
                "keduanya tetap dihitung seperti tercetak.",
            )


def formula_flattened(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that a fraction printed on one line without its bar can be read in several ways."""
    write = Scribe("FORMULA_FLATTENED", Severity.WARNING, columns)
    for indicator in _divided(registry):
        if TIMES.search(indicator.penjelasan) and "/" not in indicator.penjelasan:
            yield write.indicator(
                indicator,
                "penjelasan",
                "Pecahan tercetak mendatar tanpa garis pecahan. Pastikan pembilang dan penyebut; "
                f"yang dipakai: metode '{indicator.method}'.",
            )


def formula_mismatch(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that a percentage whose explanation holds no computation explains another indicator."""
    write = Scribe("FORMULA_MISMATCH", Severity.ERROR, columns)
    for indicator in _divided(registry):
        if not HUNDRED.search(indicator.penjelasan) and "/" not in indicator.penjelasan:
            yield write.indicator(
                indicator,
                "penjelasan",
                f"Penjelasan '{indicator.penjelasan}' bukan rumus persentase dan mungkin milik "
                "indikator lain. Pastikan pembilang dan penyebutnya.",
            )


def formula_no_denominator(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that a division without denominator cannot be computed as printed."""
    write = Scribe("FORMULA_NO_DENOM", Severity.ERROR, columns)
    for indicator in registry.indicators:
        if NO_DENOMINATOR.search(indicator.penjelasan):
            yield write.indicator(
                indicator,
                "penjelasan",
                f"Penyebut tidak tercetak: '{indicator.penjelasan}'. Pastikan penyebutnya; yang "
                f"dipakai: metode '{indicator.method}'.",
            )


def formula_no_parentheses(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that without parentheses only the last term is divided, which is not what is meant."""
    write = Scribe("FORMULA_NO_PARENS", Severity.WARNING, columns)
    for indicator in registry.indicators:
        text = indicator.penjelasan
        numerator, slash, _ = text.partition("/")
        if not slash or LATEX.search(text) or NO_DENOMINATOR.search(text):
            continue
        bare = re.sub(r"\([^()]*\)\s*$", "", numerator)
        if TIMES.search(text) and re.search(r"\w\s*-\s*", bare) and bare.strip():
            yield write.indicator(
                indicator,
                "penjelasan",
                f"Rumus tercetak tanpa kurung: '{text}'. Dibaca sebagai metode "
                f"'{indicator.method}'; pastikan itu maksudnya.",
            )


def formula_syntax(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that a formula in the notation of a program is easily misread."""
    write = Scribe("FORMULA_SYNTAX", Severity.INFO, columns)
    for indicator in registry.indicators:
        if STAR.search(indicator.penjelasan):
            yield write.indicator(
                indicator,
                "penjelasan",
                f"Rumus memakai tanda * : '{indicator.penjelasan}'. Tulis 'x 100%' pada dokumen "
                "berikutnya.",
            )


def polarity_ambiguous(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that stabilising can mean staying under a limit or staying close to it."""
    write = Scribe("POLARITY_AMBIGUOUS", Severity.WARNING, columns)
    for indicator in registry.indicators:
        text = f"{indicator.sasaran} {indicator.indikator}".casefold()
        if "stabil" in text and indicator.polarity is not Polarity.STABILIZE:
            yield write.indicator(
                indicator,
                "polaritas",
                f"Sasaran menyebut stabilisasi, tetapi polaritasnya '{indicator.polarity}'. "
                "Pastikan apakah targetnya batas atas atau angka yang dituju.",
            )


def weak_definition(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that an explanation that repeats the indicator explains nothing."""
    write = Scribe("WEAK_DEFINITION", Severity.INFO, columns)
    for indicator in registry.indicators:
        text = indicator.penjelasan.casefold().strip()
        if text and text in indicator.indikator.casefold():
            yield write.indicator(
                indicator,
                "penjelasan",
                "Penjelasan hanya mengulang indikator. Sepakati apa yang dihitung dan tulis pada "
                "kolom Catatan.",
            )


def _divided(registry: Registry) -> Iterator[Indicator]:
    """Give the indicators that divide and whose formula is no LaTeX."""
    for indicator in registry.indicators:
        if indicator.method is not Method.LANGSUNG and not LATEX.search(indicator.penjelasan):
            yield indicator


RULES: tuple[Rule, ...] = (
    formula_absent,
    formula_conflict,
    formula_flattened,
    formula_mismatch,
    formula_no_denominator,
    formula_no_parentheses,
    formula_syntax,
    polarity_ambiguous,
    weak_definition,
)
"""The rules on printed formulas and what they mean."""
