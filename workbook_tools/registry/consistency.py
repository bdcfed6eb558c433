"""Demand that the register's rows fit together; each demand gives the cells that break it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from difflib import get_close_matches

from workbook_tools.registry.errors import Defect
from workbook_tools.registry.model import (
    METHOD_KEYS,
    Aggregation,
    Indicator,
    Polarity,
    Registry,
    Target,
    TargetStatus,
)
from workbook_tools.registry.sheets import INDIKATOR, ISIAN, JABATAN, TARGET, Columns, cell

Demand = Callable[[Registry, Columns], Iterator[Defect]]


def superiors_exist(registry: Registry, columns: Columns) -> Iterator[Defect]:
    """Demand that every atasan is a position, since the superior checks the form."""
    for position in registry.positions:
        name = position.superior
        if name is not None and registry.position(name) is None:
            hint = _nearest(name, [p.id for p in registry.positions])
            yield Defect(
                JABATAN.name,
                cell(JABATAN.name, "atasan", position.row, columns=columns),
                f"Atasan '{name}' tidak ada pada kolom ID. Pilih ID jabatan yang ada.{hint}",
            )


def superiors_end(registry: Registry, columns: Columns) -> Iterator[Defect]:
    """Demand that the chain of superiors ends, since nobody is his own superior."""
    reported: set[str] = set()
    for position in registry.positions:
        chain = [position.id]
        above = position.superior
        while above is not None and above not in chain:
            chain.append(above)
            found = registry.position(above)
            above = found.superior if found else None
        if above == position.id and position.id not in reported:
            reported.update(chain)
            circle = " → ".join([*chain, position.id])
            yield Defect(
                JABATAN.name,
                cell(JABATAN.name, "atasan", position.row, columns=columns),
                f"Atasan berputar: {circle}. Betulkan salah satu atasan pada rantai ini.",
            )


def units_exist(registry: Registry, columns: Columns) -> Iterator[Defect]:
    """Demand that every indicator belongs to a position, since a form goes to a position."""
    for indicator in registry.indicators:
        if indicator.unit and registry.position(indicator.unit) is None:
            hint = _nearest(indicator.unit, [p.id for p in registry.positions])
            yield Defect(
                INDIKATOR.name,
                cell(INDIKATOR.name, "jabatan", indicator.row, columns=columns),
                f"Jabatan '{indicator.unit}' tidak ada pada sheet Jabatan. "
                f"Pilih ID jabatan yang ada.{hint}",
            )


def mirrors_fit(registry: Registry, columns: Columns) -> Iterator[Defect]:
    """Demand that a mirror names an indicator that asks the inputs it needs itself."""
    for indicator in registry.indicators:
        if indicator.mirrors is None:
            continue
        sentence = _mirror_sentence(indicator, registry)
        if sentence:
            yield Defect(
                INDIKATOR.name,
                cell(INDIKATOR.name, "sama_dengan", indicator.row, columns=columns),
                sentence,
            )


def _mirror_sentence(indicator: Indicator, registry: Registry) -> str:
    name = indicator.mirrors or ""
    source = registry.indicator(name)
    if source is None:
        return (
            f"Indikator '{name}' tidak ada pada kolom ID. Pilih ID indikator yang ada."
            + _nearest(name, [i.id for i in registry.indicators])
        )
    if name == indicator.id:
        return "Indikator tidak dapat sama dengan dirinya sendiri. Kosongkan sel ini."
    if source.mirrors is not None:
        return (
            f"'{name}' sendiri sama dengan '{source.mirrors}'. "
            f"Tulis langsung '{source.mirrors}' di sini."
        )
    if METHOD_KEYS[indicator.method] != METHOD_KEYS[source.method]:
        return (
            f"Metode '{indicator.method}' memerlukan isian yang tidak diminta oleh '{name}' "
            f"(metode '{source.method}'). Samakan metodenya atau kosongkan sel ini."
        )
    return ""


def inputs_fit(registry: Registry, columns: Columns) -> Iterator[Defect]:
    """Demand exactly the inputs that the method computes with (domain.md section 2)."""
    for indicator in registry.indicators:
        keys = () if indicator.mirrors else METHOD_KEYS[indicator.method]
        seen: set[str] = set()
        for spec in indicator.inputs:
            where = cell(ISIAN.name, "kunci", spec.row, columns=columns)
            if indicator.mirrors:
                yield Defect(
                    ISIAN.name,
                    where,
                    f"Isian {indicator.id} sudah diminta pada '{indicator.mirrors}' (kolom Sama "
                    "dengan). Hapus baris ini.",
                )
            elif spec.key not in keys:
                listed = ", ".join(keys)
                yield Defect(
                    ISIAN.name,
                    where,
                    f"Kunci '{spec.key}' tidak dipakai metode '{indicator.method}', yang meminta: "
                    f"{listed}. Betulkan kunci atau hapus baris ini.",
                )
            elif spec.key in seen:
                yield Defect(
                    ISIAN.name,
                    where,
                    f"Isian '{spec.key}' untuk {indicator.id} tertulis dua kali. "
                    "Hapus salah satu baris.",
                )
            seen.add(spec.key)
        missing = [key for key in keys if key not in seen]
        if missing:
            yield Defect(
                INDIKATOR.name,
                cell(INDIKATOR.name, "metode", indicator.row, columns=columns),
                f"Metode '{indicator.method}' memerlukan isian {', '.join(missing)}, yang belum "
                f"ada pada sheet Isian untuk {indicator.id}. Tambahkan barisnya.",
            )


def limits_fit(registry: Registry, columns: Columns) -> Iterator[Defect]:
    """Demand that a minimum is not above its maximum, else every figure would be refused."""
    sentence = "Minimum lebih besar dari maksimum. Betulkan salah satunya."
    for indicator in registry.indicators:
        rows = [(INDIKATOR.name, indicator.row, indicator.minimum, indicator.maximum)]
        rows += [(ISIAN.name, s.row, s.minimum, s.maximum) for s in indicator.inputs]
        for sheet, row, low, high in rows:
            if low is not None and high is not None and low > high:
                yield Defect(sheet, cell(sheet, "minimum", row, columns=columns), sentence)


def targets_fit(registry: Registry, columns: Columns) -> Iterator[Defect]:
    """Demand that value, status and the targets of TW I-IV agree (domain.md section 3)."""
    for indicator in registry.indicators:
        for target in indicator.targets:
            for key, sentence in _target_faults(indicator, target):
                where = cell(TARGET.name, key, target.row, columns=columns)
                yield Defect(TARGET.name, where, sentence)


def _target_faults(indicator: Indicator, target: Target) -> Iterator[tuple[str, str]]:
    if target.status is TargetStatus.KOSONG and target.value is not None:
        yield (
            "status",
            (
                "Status 'kosong' tetapi nilainya terisi. Pilih 'ok' atau 'perlu konfirmasi', atau "
                "kosongkan nilainya."
            ),
        )
    if target.status is TargetStatus.OK and target.value is None:
        yield "nilai", "Status 'ok' tetapi nilai kosong. Isi nilai, atau pilih status 'kosong'."
    if indicator.polarity is Polarity.RANGE and target.value is not None:
        if target.low is None:
            yield "batas_bawah", "Polaritas range memerlukan batas bawah. Isi batas bawahnya."
        elif target.low > target.value:
            yield "batas_bawah", "Batas bawah lebih besar dari nilai. Betulkan salah satunya."
    filled = [value for value in target.tw if value is not None]
    if not filled:
        return
    if len(filled) < len(target.tw):
        blank = target.tw.index(None) + 1
        yield (
            f"tw{blank}",
            (
                f"Target TW{blank} kosong, padahal triwulan lain terisi. Isi keempatnya, atau "
                "kosongkan semuanya."
            ),
        )
    elif target.value is None:
        yield "nilai", "Target triwulan terisi tetapi target tahun kosong. Isi nilai tahunnya."
    else:
        yield from _tw_rule(indicator.aggregation, target.value, filled)


def _tw_rule(
    aggregation: Aggregation, year: Decimal, tw: list[Decimal]
) -> Iterator[tuple[str, str]]:
    total = sum(tw, Decimal(0))
    if aggregation is Aggregation.SUM and total != year:
        yield (
            "tw1",
            (
                f"Jumlah target TW1-TW4 adalah {_number(total)}, padahal target tahun "
                f"{_number(year)}. Samakan keduanya."
            ),
        )
    if aggregation is Aggregation.LAST and tw[-1] != year:
        yield (
            "tw4",
            (
                f"Target TW4 adalah {_number(tw[-1])}, padahal target tahun {_number(year)}. "
                "Untuk agregasi last keduanya harus sama."
            ),
        )
    if aggregation is Aggregation.AVERAGE and total != year * len(tw):
        yield (
            "tw1",
            (
                f"Rata-rata target TW1-TW4 adalah {_number(total / len(tw))}, padahal target tahun "
                f"{_number(year)}. Samakan keduanya."
            ),
        )


def _number(value: Decimal) -> str:
    return format(value.normalize(), "f").replace(".", ",")


def _nearest(name: str, names: list[str]) -> str:
    near = get_close_matches(name, names, n=1)
    return f" Mungkin maksudnya '{near[0]}'." if near else ""


_POSITION = (JABATAN.name, "id")
_INDICATOR = (INDIKATOR.name, "id")
_METHOD = (INDIKATOR.name, "metode")
_AGGREGATION = (INDIKATOR.name, "agregasi")
_POLARITY = (INDIKATOR.name, "polaritas")

DEMANDS: Mapping[Demand, tuple[tuple[str, str], ...]] = {
    superiors_exist: (_POSITION,),
    superiors_end: (_POSITION,),
    units_exist: (_POSITION,),
    mirrors_fit: (_INDICATOR, _METHOD),
    inputs_fit: (_INDICATOR, _METHOD),
    limits_fit: (),
    targets_fit: (_AGGREGATION, _POLARITY),
}
"""Everything that is demanded across rows, each with the columns it cannot be judged without.

Where a cell of such a column could not be read, its demand waits until that is mended.
"""
