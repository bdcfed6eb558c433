"""Turn words of the register with very many line breaks into ones that a row can show.

Excel's highest row holds about thirty lines. A text of a few hundred lines, which someone may
paste into the register, would be cut off; with a mark instead of each break it is a paragraph
that a wide column shows whole. The sheet Dokumen keeps every printed line as it stands.
"""

from __future__ import annotations

import re
from dataclasses import replace

from workbook_tools.master.figures import Consolidated
from workbook_tools.registry.model import Indicator, InputSpec, Position, Registry, Target

MOST_BREAKS = 16
MARK = " / "


def folded(text: str) -> str:
    """Give a text with a mark for each line break where there are too many of them."""
    if text.count("\n") <= MOST_BREAKS:
        return text
    return re.sub(r"\s*\n\s*", MARK, text.strip())


def fold_words(consolidated: Consolidated, registry: Registry) -> tuple[Consolidated, Registry]:
    """Fold the words of every position and indicator; what needs no folding stays itself."""
    indicators = tuple(map(_indicator, registry.indicators))
    positions = tuple(map(_position, registry.positions))
    made, found = (*indicators, *positions), (*registry.indicators, *registry.positions)
    if all(new is old for new, old in zip(made, found, strict=True)):
        return consolidated, registry
    by_id = {one.id: one for one in indicators}
    rows = tuple(
        replace(row, indicator=by_id[row.indicator.id], source=by_id[row.source.id])
        for row in consolidated.rows
    )
    return (
        replace(consolidated, rows=rows),
        replace(registry, positions=positions, indicators=indicators),
    )


def _stay(*texts: str) -> bool:
    """Tell whether none of some texts needs folding."""
    return all(text.count("\n") <= MOST_BREAKS for text in texts)


def _indicator(one: Indicator) -> Indicator:
    inputs, targets = tuple(map(_input, one.inputs)), tuple(map(_target, one.targets))
    has_same = inputs == one.inputs and targets == one.targets
    if has_same and _stay(one.sasaran, one.indikator, one.penjelasan, one.sumber_data, one.satuan):
        return one
    return replace(
        one,
        sasaran=folded(one.sasaran),
        indikator=folded(one.indikator),
        penjelasan=folded(one.penjelasan),
        sumber_data=folded(one.sumber_data),
        satuan=folded(one.satuan),
        inputs=inputs,
        targets=targets,
    )


def _input(one: InputSpec) -> InputSpec:
    if _stay(one.label, one.unit):
        return one
    return replace(one, label=folded(one.label), unit=folded(one.unit))


def _target(one: Target) -> Target:
    return one if _stay(one.printed) else replace(one, printed=folded(one.printed))


def _position(one: Position) -> Position:
    lines = (*one.jabatan_lines, *one.tugas_lines, *one.fungsi_lines)
    if _stay(one.label, one.jabatan, one.note, *lines):
        return one
    return replace(
        one,
        label=folded(one.label),
        jabatan=folded(one.jabatan),
        jabatan_lines=tuple(map(folded, one.jabatan_lines)),
        tugas_lines=tuple(map(folded, one.tugas_lines)),
        fungsi_lines=tuple(map(folded, one.fungsi_lines)),
        note=folded(one.note),
    )
