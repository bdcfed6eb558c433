"""Find targets that are blank, zero, flat, copied from elsewhere or against their own trend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from statistics import median

from workbook_tools.problems.problem import Severity
from workbook_tools.registry.finding import Finding, Rule, Scribe
from workbook_tools.registry.lint_units import filled, is_mixed
from workbook_tools.registry.model import (
    Frequency,
    Indicator,
    Method,
    Polarity,
    Registry,
    Target,
)
from workbook_tools.registry.sheets import Columns

JUMP = 3
"""A target this many times the year before is asked about."""

FAR = 2
"""A break is grave where the value lies this many times off the row's median."""

DOUBLING = 100
"""A yearly growth in percent that doubles the figure."""

GROWTH = frozenset({Method.PERTUMBUHAN, Method.PERTUMBUHAN_PER_N})


def target_blank(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that a blank target is not zero: its year cannot be judged (domain.md section 4)."""
    write = Scribe("TARGET_BLANK", Severity.ERROR, columns)
    for indicator in registry.indicators:
        for target in indicator.targets:
            if target.value is None:
                yield write.target(
                    target,
                    "nilai",
                    f"Target {target.year} kosong: capaian tidak dinilai, bukan 0. Isi nilainya "
                    "bila ada, lalu pilih status 'ok'.",
                )


def target_zero(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that a target of zero divides by zero, so that its year has no capaian."""
    write = Scribe("TARGET_ZERO", Severity.ERROR, columns)
    for indicator in registry.indicators:
        for target in indicator.targets:
            if target.value == 0:
                yield write.target(
                    target,
                    "nilai",
                    f"Target {target.year} nol: capaian tidak dapat dihitung. Pastikan angka itu "
                    "memang 0.",
                )


def pasted_from_other_table(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that years whose unit and figure both leave the row's own follow another table's row."""
    write = Scribe("PASTED_FROM_OTHER_TABLE", Severity.ERROR, columns)
    for indicator in registry.indicators:
        targets = filled(indicator)
        if not targets or targets[0].unit != indicator.satuan:
            continue
        first, later = targets[0], targets[1:]
        if later and all(t.unit != first.unit and t.value != first.value for t in later):
            for target in later:
                yield write.target(
                    target,
                    "nilai",
                    f"'{target.printed}' tampak berasal dari tabel lain ({first.year} tercetak "
                    f"'{first.printed}'). Betulkan nilai dan satuannya, lalu pilih status 'ok'.",
                )


def target_flat(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that a target that never moves plans no improvement."""
    write = Scribe("TARGET_FLAT", Severity.INFO, columns)
    for indicator in registry.indicators:
        targets = filled(indicator)
        whole = len(targets) == len(indicator.targets) > 1
        if whole and len({(t.value, t.unit) for t in targets}) == 1:
            yield write.target(
                targets[0],
                "nilai",
                f"Target sama untuk {targets[0].year}-{targets[-1].year} "
                f"({targets[0].printed}). Pastikan memang tidak ada perbaikan bertahap.",
            )


def trend_break(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that one step against a steady trend is a typing error more often than a plan."""
    for indicator in registry.indicators:
        targets = _trend(indicator)
        against = _against(indicator, targets)
        if len(against) == 1:
            odd = _suspect(indicator, targets, against[0])
            values = [_value(t) for t in targets]
            middle = median(values)
            far = not middle / FAR <= _value(odd) <= middle * FAR
            row = " → ".join(t.printed for t in targets)
            yield Scribe(
                "TREND_BREAK", Severity.ERROR if far else Severity.WARNING, columns
            ).target(
                odd,
                "nilai",
                f"Target {odd.year} '{odd.printed}' memutus tren {row}. Jangan dikoreksi sendiri; "
                "pastikan ke dokumen asli.",
            )


def trend_decreasing(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that targets that go against the good direction more than once plan a decline."""
    write = Scribe("TREND_DECREASING", Severity.INFO, columns)
    for indicator in registry.indicators:
        targets = _trend(indicator)
        against = _against(indicator, targets)
        if len(against) > 1:
            row = " → ".join(t.printed for t in targets)
            yield write.target(
                targets[against[0] + 1],
                "nilai",
                f"Target bergerak ke arah yang kurang baik: {row} ({indicator.polarity}). "
                "Pastikan memang direncanakan begitu.",
            )


def trend_jump(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that a target that multiplies within a year is often a digit too many."""
    write = Scribe("TREND_JUMP", Severity.WARNING, columns)
    for indicator in registry.indicators:
        targets = _trend(indicator)
        if _against(indicator, targets):
            continue
        for before, after in pairwise(targets):
            if 0 < _value(before) * JUMP < _value(after):
                yield write.target(
                    after,
                    "nilai",
                    f"Target melonjak dari '{before.printed}' ({before.year}) ke '{after.printed}' "
                    f"({after.year}). Pastikan ke dokumen asli.",
                )


def trend_flat_step(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that one year standing still between rising years may repeat its neighbour by mistake."""
    write = Scribe("TREND_FLAT_STEP", Severity.INFO, columns)
    for indicator in registry.indicators:
        targets = _trend(indicator)
        steps = [_value(after) - _value(before) for before, after in pairwise(targets)]
        still = [place for place, step in enumerate(steps) if step == 0]
        rises = all(step > 0 for place, step in enumerate(steps) if place not in still)
        if rises and len(still) == 1 and 0 < still[0] < len(steps) - 1:
            target = targets[still[0] + 1]
            yield write.target(
                target,
                "nilai",
                f"Target {target.year} sama dengan tahun sebelumnya ('{target.printed}'), padahal "
                "tahun lain naik. Pastikan ke dokumen asli.",
            )


def target_suspect(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that a growth of 100 % doubles the figure every year; a share was probably meant."""
    write = Scribe("TARGET_SUSPECT", Severity.WARNING, columns)
    for indicator in registry.indicators:
        targets = filled(indicator)
        if indicator.method in GROWTH and targets and all(_value(t) >= DOUBLING for t in targets):
            yield write.target(
                targets[0],
                "nilai",
                f"Peningkatan {targets[0].printed} setiap tahun berarti dua kali lipat setiap "
                "tahun. Pastikan apakah yang dimaksud cakupan 100%.",
            )


def period_mismatch(registry: Registry, columns: Columns) -> Iterator[Finding]:
    """Say that a monthly figure against a yearly target needs a word on how the two compare."""
    write = Scribe("PERIOD_MISMATCH", Severity.WARNING, columns)
    for indicator in registry.indicators:
        if indicator.frequency is Frequency.BULANAN:
            yield write.indicator(
                indicator,
                "frekuensi",
                "Diukur bulanan, tetapi targetnya tahunan. Pastikan agregasinya "
                f"('{indicator.aggregation}') sesuai dengan maksud target.",
            )


def _value(target: Target) -> Decimal:
    return target.value if target.value is not None else Decimal(0)


def _trend(indicator: Indicator) -> tuple[Target, ...]:
    """Give the targets whose figures can be compared, none where units are mixed."""
    return () if is_mixed(indicator) else filled(indicator)


def _against(indicator: Indicator, targets: Sequence[Target]) -> list[int]:
    """Give the steps (by the place of the year before) that go against the good direction."""
    if indicator.polarity not in {Polarity.MAXIMIZE, Polarity.MINIMIZE}:
        return []
    sign = 1 if indicator.polarity is Polarity.MAXIMIZE else -1
    steps = pairwise(targets)
    return [n for n, (a, b) in enumerate(steps) if sign * (_value(b) - _value(a)) < 0]


def _suspect(indicator: Indicator, targets: Sequence[Target], step: int) -> Target:
    """Give the target whose removal heals the trend; of two, the one farther off the median."""
    middle = median(_value(t) for t in targets)
    healing = [
        target
        for target in targets[step : step + 2]
        if not _against(indicator, [t for t in targets if t is not target])
    ]
    return max(healing or targets[step : step + 1], key=lambda t: (abs(_value(t) - middle), t.year))


RULES: tuple[Rule, ...] = (
    target_blank,
    target_zero,
    pasted_from_other_table,
    target_flat,
    trend_break,
    trend_decreasing,
    trend_jump,
    trend_flat_step,
    target_suspect,
    period_mismatch,
)
"""The rules on targets over the years."""
