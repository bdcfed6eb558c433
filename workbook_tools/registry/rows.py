"""Turn a `Registry` into the rows of every sheet, in the order of the columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from workbook_tools.registry.columns import NO, YES
from workbook_tools.registry.model import Band, Indicator, InputSpec, Position, Registry, Target
from workbook_tools.registry.settings import agency_values, rule_values
from workbook_tools.registry.sheets import (
    DINAS,
    DOKUMEN,
    INDIKATOR,
    ISIAN,
    JABATAN,
    PENGATURAN,
    SKALA,
    TARGET,
)
from workbook_tools.registry.tables import Value

LOWEST = Decimal("-Infinity")
"""The lower bound of the last predikat; its cell is blank."""


def rows_of(registry: Registry, sheet: str) -> tuple[tuple[Value, ...], ...]:
    """Give the rows of one sheet, values in the order of its columns."""
    return _ROWS[sheet](registry)


def _positions(registry: Registry) -> tuple[tuple[Value, ...], ...]:
    return tuple(_position(p) for p in registry.positions)


def _position(position: Position) -> tuple[Value, ...]:
    return (
        position.id,
        position.jenis,
        position.level,
        position.jabatan,
        position.label,
        position.superior,
        "\n".join(position.jabatan_lines) or None,
        "\n".join(position.tugas_lines) or None,
        "\n".join(position.fungsi_lines) or None,
        YES if position.name_inferred else NO,
        YES if position.lost else NO,
        position.note or None,
    )


def _indicator(indicator: Indicator) -> tuple[Value, ...]:
    return (
        indicator.id,
        indicator.unit,
        indicator.number or None,
        indicator.sasaran or None,
        indicator.indikator or None,
        indicator.penjelasan or None,
        indicator.sumber_data or None,
        indicator.satuan or None,
        indicator.polarity,
        indicator.method,
        indicator.aggregation,
        indicator.kind,
        Decimal(indicator.decimals),
        indicator.minimum,
        indicator.maximum,
        indicator.worst,
        indicator.frequency,
        indicator.mirrors,
        indicator.note or None,
    )


def _input(spec: InputSpec, indicator: Indicator) -> tuple[Value, ...]:
    return (
        spec.indicator,
        spec.key,
        spec.label or None,
        spec.unit or None,
        spec.kind,
        Decimal(spec.decimals),
        spec.aggregation,
        spec.minimum,
        spec.maximum,
        indicator.indikator or None,
    )


def _target(target: Target, indicator: Indicator) -> tuple[Value, ...]:
    return (
        target.indicator,
        Decimal(target.year),
        target.printed or None,
        target.value,
        target.unit,
        target.status,
        target.low,
        *target.tw,
        indicator.indikator or None,
    )


def _band(band: Band) -> tuple[Value, ...]:
    lower = None if band.lower == LOWEST else band.lower
    return (lower, band.label, band.symbol, band.colour)


_ROWS: Mapping[str, Callable[[Registry], tuple[tuple[Value, ...], ...]]] = {
    DINAS.name: lambda registry: agency_values(registry.agency),
    JABATAN.name: _positions,
    INDIKATOR.name: lambda registry: tuple(_indicator(i) for i in registry.indicators),
    ISIAN.name: lambda registry: tuple(
        _input(spec, i) for i in registry.indicators for spec in i.inputs
    ),
    TARGET.name: lambda registry: tuple(
        _target(target, i) for i in registry.indicators for target in i.targets
    ),
    PENGATURAN.name: lambda registry: rule_values(registry.rules),
    SKALA.name: lambda registry: tuple(_band(band) for band in registry.rules.scale),
    DOKUMEN.name: lambda registry: tuple(
        (Decimal(number), line or None) for number, line in enumerate(registry.document, 1)
    ),
}
