"""Turn words of the register with very many line breaks into ones that a row can show.

Excel's highest row holds about thirty lines. A text of a few hundred lines, which someone may
paste into the register, would be cut off; with a mark instead of each break it is a paragraph
that a wide column shows whole. The sheet Dokumen keeps every printed line as it stands.
"""

from __future__ import annotations

import re
from dataclasses import replace

from workbook_tools.master.figures import Consolidated
from workbook_tools.registry.model import Indicator, Position, Registry

MOST_BREAKS = 16
MARK = " / "


def folded(text: str) -> str:
    """Give a text with a mark for each line break where there are too many of them."""
    if text.count("\n") <= MOST_BREAKS:
        return text
    return re.sub(r"\s*\n\s*", MARK, text.strip())


def fold_words(consolidated: Consolidated, registry: Registry) -> tuple[Consolidated, Registry]:
    """Fold the words of every position and indicator; what needs no folding stays itself."""
    indicators = {one.id: _indicator(one) for one in registry.indicators}
    positions = tuple(_position(one) for one in registry.positions)
    rows = tuple(
        replace(row, indicator=indicators[row.indicator.id], source=indicators[row.source.id])
        for row in consolidated.rows
    )
    return (
        replace(consolidated, rows=rows),
        replace(registry, positions=positions, indicators=tuple(indicators.values())),
    )


def _indicator(one: Indicator) -> Indicator:
    return replace(
        one,
        sasaran=folded(one.sasaran),
        indikator=folded(one.indikator),
        penjelasan=folded(one.penjelasan),
        sumber_data=folded(one.sumber_data),
        satuan=folded(one.satuan),
        inputs=tuple(
            replace(spec, label=folded(spec.label), unit=folded(spec.unit)) for spec in one.inputs
        ),
        targets=tuple(replace(target, printed=folded(target.printed)) for target in one.targets),
    )


def _position(one: Position) -> Position:
    return replace(
        one,
        label=folded(one.label),
        jabatan=folded(one.jabatan),
        jabatan_lines=tuple(map(folded, one.jabatan_lines)),
        tugas_lines=tuple(map(folded, one.tugas_lines)),
        fungsi_lines=tuple(map(folded, one.fungsi_lines)),
        note=folded(one.note),
    )
