"""Find units and number formats in the printed targets that do not fit together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches

from workbook_tools.problems.problem import Severity
from workbook_tools.registry.finding import Finding, Rule, Scribe
from workbook_tools.registry.model import Indicator, Registry, Target
from workbook_tools.registry.sheets import Columns

PRINTED = re.compile(r"\s*(?P<number>[\d.,]*\d)?\s*(?P<unit>.*?)\s*")
DOT_DECIMAL = re.compile(r"\d+\.\d{1,2}")
ENGLISH = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")
TIME_UNITS = ("bulan", "hari", "minggu", "tahun")
NEAR = 0.8
"""How alike two words must be to count as a near miss (difflib's ratio)."""


def number_of(target: Target) -> str:
    """Give the digits of a printed target without its unit."""
    match = PRINTED.fullmatch(target.printed)
    return (match["number"] or "") if match else ""


def unit_of(target: Target) -> str:
    """Give the unit as printed, "" where none is."""
    match = PRINTED.fullmatch(target.printed)
    return match["unit"] if match else ""


def filled(indicator: Indicator) -> tuple[Target, ...]:
    """Give the targets that have a value."""
    return tuple(t for t in indicator.targets if t.value is not None)


def is_mixed(indicator: Indicator) -> bool:
    """Tell whether the targets of one indicator carry different units."""
    return len({target.unit for target in filled(indicator)}) > 1


def unit_mixed(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that targets of one row in different units cannot be compared with one realisasi."""
    write = Scribe("UNIT_MIXED", Severity.ERROR, columns)
    for indicator in registry.indicators:
        if is_mixed(indicator):
            targets = filled(indicator)
            odd = next(t for t in targets if t.unit != targets[0].unit)
            row = " | ".join(t.printed for t in indicator.targets)
            yield write.target(
                odd,
                "satuan",
                f"Satuan target bercampur dalam satu baris: {row}. Pastikan ke dokumen asli, lalu "
                "samakan nilai dan satuannya.",
            )


def unit_missing(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that a number without unit is read with the unit someone supposed it to have."""
    for indicator in registry.indicators:
        targets = filled(indicator)
        if targets and not any(target.unit for target in targets):
            named = "(dalam " in indicator.indikator.casefold()
            severity = Severity.INFO if named else Severity.WARNING
            yield Scribe("UNIT_MISSING", severity, columns).target(
                targets[0],
                "satuan",
                f"Target tercetak tanpa satuan; dipakai '{indicator.satuan}'. Pastikan satuan itu "
                "benar, lalu isi kolom Satuan.",
            )


def unit_typo(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that a unit printed once that nearly equals a common one is a slip of the pen."""
    write = Scribe("UNIT_TYPO", Severity.WARNING, columns)
    known = _known_units(registry)
    alike = {unit: [unit] for unit in known}  # each unit is looked for once
    for indicator in registry.indicators:
        for target in indicator.targets:
            unit = unit_of(target).casefold()
            if unit not in alike:
                alike[unit] = get_close_matches(unit, known, n=1, cutoff=NEAR) if unit else []
            near = alike[unit]
            if near and near != [unit]:
                yield write.target(
                    target,
                    "tercetak",
                    f"Satuan tercetak '{unit_of(target)}' mungkin maksudnya '{near[0]}'. Kolom "
                    "Satuan dipakai; pastikan isinya benar.",
                )


def _known_units(registry: Registry) -> list[str]:
    printed = Counter(
        unit_of(target).casefold() for i in registry.indicators for target in i.targets
    )
    often = {unit for unit, times in printed.items() if unit and times > 1}
    return sorted(often | {indicator.satuan.casefold() for indicator in registry.indicators})


def unit_case(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that one unit in two spellings looks like two units in lists and filters."""
    write = Scribe("UNIT_CASE", Severity.INFO, columns)
    for indicator in registry.indicators:
        for target in indicator.targets:
            unit = unit_of(target)
            if unit != indicator.satuan and unit.casefold() == indicator.satuan.casefold():
                yield write.target(
                    target,
                    "tercetak",
                    f"Satuan tercetak '{unit}', biasanya '{indicator.satuan}'. Tidak perlu diubah; "
                    "samakan ejaannya pada dokumen berikutnya.",
                )
                break


def unit_vs_indicator(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that an indicator that counts one thing but is measured in another gets wrong figures."""
    write = Scribe("UNIT_VS_INDICATOR", Severity.WARNING, columns)
    known = {indicator.satuan.casefold() for indicator in registry.indicators}
    for indicator in registry.indicators:
        unit = indicator.satuan.casefold()
        words = re.findall(r"[\w-]+", indicator.indikator.casefold())
        counted = words[1] if words[:1] == ["jumlah"] and len(words) > 1 else ""
        other = counted in known and counted not in unit.split()
        if other or (unit in TIME_UNITS and unit not in words):
            yield write.indicator(
                indicator,
                "satuan",
                f"Indikator '{indicator.indikator}' diukur dalam '{indicator.satuan}'. Pastikan "
                "satuan atau kalimat indikatornya.",
            )


def dot_decimal(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that a decimal point is read as a thousands separator by Indonesian programs."""
    write = Scribe("NUMFMT_DOT_DECIMAL", Severity.WARNING, columns)
    yield from _number_format(
        registry, DOT_DECIMAL, write, "memakai titik sebagai tanda desimal (82.25, bukan 82,25)"
    )


def english_number(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that a comma for thousands is read as a decimal comma by Indonesian programs."""
    write = Scribe("NUMFMT_EN", Severity.WARNING, columns)
    yield from _number_format(
        registry, ENGLISH, write, "memakai koma sebagai ribuan dan titik sebagai desimal"
    )


def _number_format(
    registry: Registry, pattern: re.Pattern[str], write: Scribe, what: str
) -> Iterator[Finding]:
    for indicator in registry.indicators:
        hits = [t for t in indicator.targets if pattern.fullmatch(number_of(t))]
        if hits:
            yield write.target(
                hits[0],
                "tercetak",
                f"'{hits[0].printed}' {what}. Pastikan kolom Nilai membacanya dengan benar.",
            )


def precision_mixed(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that targets of one row with different decimals suggest that some were rounded."""
    write = Scribe("PRECISION_MIXED", Severity.INFO, columns)
    for indicator in registry.indicators:
        places = [len(number_of(t).partition(".")[2]) for t in filled(indicator)]
        if len(set(places)) > 1 and not is_mixed(indicator):
            odd = next(t for t, n in zip(filled(indicator), places, strict=True) if n != places[0])
            row = " | ".join(t.printed for t in indicator.targets)
            yield write.target(
                odd,
                "tercetak",
                f"Banyaknya desimal berbeda dalam satu baris: {row}. Pastikan tidak ada angka "
                "yang dibulatkan.",
            )


RULES: tuple[Rule, ...] = (
    unit_mixed,
    unit_missing,
    unit_typo,
    unit_case,
    unit_vs_indicator,
    dot_decimal,
    english_number,
    precision_mixed,
)
"""The rules on units and number formats."""
