"""Turn what the units wrote into attributed passages of the newest triwulan."""

from __future__ import annotations

from dataclasses import dataclass

from workbook_tools.master.figures import Consolidated, Row
from workbook_tools.registry.model import Registry


@dataclass(frozen=True, slots=True)
class Passage:
    """One text as written, with the position that wrote it and the numbers of its indicators."""

    position: str
    indicators: tuple[str, ...]
    text: str

    @property
    def attribution(self) -> str:
        """Say who wrote it about what, such as "Kepala Bidang Pasar (01, 03)"."""
        return f"{self.position} ({', '.join(self.indicators)})"


def newest_period(consolidated: Consolidated) -> int | None:
    """Give the newest triwulan of which anything was accepted, None where nothing was."""
    return max((row.period for row in consolidated.rows if row.period), default=None)


def passages(consolidated: Consolidated, registry: Registry, *, field: str) -> tuple[Passage, ...]:
    """Give the texts of one field of the newest triwulan, in the register's order.

    A text that a position wrote about several of its indicators stands once.
    """
    period = newest_period(consolidated)
    if period is None:
        return ()
    found: dict[tuple[str, str], list[str]] = {}
    for row in consolidated.rows:
        text = _written(row, period, field)
        if text:
            number = row.indicator.id.rsplit("/", maxsplit=1)[-1]
            found.setdefault((row.indicator.unit, text), []).append(number)
    return tuple(
        Passage(_label(registry, unit), tuple(numbers), text)
        for (unit, text), numbers in found.items()
    )


def _written(row: Row, period: int, field: str) -> str:
    quarter = row.quarters[period - 1]
    return dict(quarter.texts).get(field, "").strip() if quarter else ""


def _label(registry: Registry, unit: str) -> str:
    position = registry.position(unit)
    if position is None:
        return unit
    return "IKU" if position.jenis == "IKU" else position.label
