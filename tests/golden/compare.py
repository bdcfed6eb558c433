"""Turn two sets of copies into what changed between them, one difference a line, in words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from tests.golden.markup import STEP
from tests.golden.sheets import GIVES
from tests.golden.tell import Copies

MOST_PER_PART = 12
TEXTS = (".txt", ".html", ".csv", ".json")
"""The endings of works that are lines and no outlines."""

CLIP, LEAD = 160, 40
NAMED = ("name", "r:id", "Id", "PartName", "sqref", "r", "ref", "Extension", "w:id")
_CELL = re.compile(r" {6}([A-Z]{1,3}\d+) (~\w+) ?(.*)")
_LEGEND = re.compile(r"(~[0-9a-f]{6}) (.+)")
_ELEMENT = re.compile(r'( *)([\w:.-]+)((?: [\w:.-]+="(?:[^"\\]|\\.)*")*)(?: (.+))?')
_NAME = re.compile(r"~[0-9a-f]{6}")
_ATTRIBUTE = re.compile(r'([\w:.-]+)=("(?:[^"\\]|\\.)*")')


Pair = tuple[int | None, int | None]
"""The numbers of a line before and after; None where there is none."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell as a copy tells it."""

    style: str
    shown: str


def differences(old: Copies, new: Copies) -> list[str]:
    """List what changed, each part named; of a part with many changes the first and a count."""
    legends = {**_legend(old), **_legend(new)}
    lines: list[str] = []
    for place in sorted({*old, *new}):
        if place not in new:
            lines.append(f"{_named(place)}: the part is gone")
        elif place not in old:
            lines.append(f"{_named(place)}: a new part, {len(new[place].splitlines())} lines")
        elif old[place] != new[place]:
            before, after = old[place].splitlines(), new[place].splitlines()
            in_part = _in_text if place.endswith(TEXTS) else _in_part
            found = list(in_part(before, after, legends))
            lines += [f"{_named(place)} › {line}" for line in found[:MOST_PER_PART]]
            if len(found) > MOST_PER_PART:
                lines.append(f"{_named(place)} › and {len(found) - MOST_PER_PART} more differences")
    return lines


def _named(place: str) -> str:
    return place.replace("/lembar/", " › ").replace(".xlsx/", ".xlsx › ")


def _legend(copies: Copies) -> dict[str, str]:
    """Collect what the names of looks stand for; equal names have equal meanings anywhere."""
    return {
        found[1]: found[2]
        for text in copies.values()
        for line in text.splitlines()
        if (found := _LEGEND.fullmatch(line))
    }


def _in_part(old: Sequence[str], new: Sequence[str], legends: Mapping[str, str]) -> Iterator[str]:
    cells = [
        {m[1]: _Cell(m[2], m[3]) for x in lines if (m := _CELL.fullmatch(x))}
        for lines in (old, new)
    ]
    yield from _in_cells(cells[0], cells[1], legends)
    others = [[x for x in lines if not _CELL.fullmatch(x)] for lines in (old, new)]
    yield from _in_lines(others[0], others[1], legends)


def _in_cells(
    old: Mapping[str, _Cell], new: Mapping[str, _Cell], legends: Mapping[str, str]
) -> Iterator[str]:
    restyled: dict[tuple[str, str], list[str]] = {}
    for at in sorted({*old, *new}, key=_place):
        before, after = old.get(at), new.get(at)
        if before is None or after is None:
            cell, word = (before, "is gone") if before else (after, "is new")
            yield f"{at}: {word}{_that(cell)}"
            continue
        if before.shown != after.shown:
            yield f"{at}: {_cell_change(before.shown, after.shown)}"
        if before.style != after.style:
            restyled.setdefault((before.style, after.style), []).append(at)
    for (first, second), places in restyled.items():
        more = f" and {len(places) - 1} more cells" if len(places) > 1 else ""
        yield f"{places[0]}{more}: looks: {_look_change(first, second, legends)}"


def _cell_change(old: str, new: str) -> str:
    """Tell apart what changed in a formula and in its stored value."""
    pairs = [shown.partition(f" {GIVES}") for shown in (old, new)]
    if not all(sign for _, sign, _ in pairs):
        return _change(old, new)
    (formula, _, value), (new_formula, _, new_value) = pairs
    told = []
    if formula != new_formula:
        told.append(f"formula {_change(formula, new_formula)}")
    if value != new_value:
        told.append(f"value {_change(value.strip(), new_value.strip())}")
    return "; ".join(told)


def _place(at: str) -> tuple[int, int, str]:
    letters = at.rstrip("0123456789")
    return int(at[len(letters) :]), len(letters), letters


def _that(cell: _Cell | None) -> str:
    return f": {_clipped(cell.shown)}" if cell and cell.shown else ", blank"


def _look_change(old: str, new: str, legends: Mapping[str, str]) -> str:
    """Tell in which pieces two looks differ."""
    before, after = (legends.get(name, name).split(" | ") for name in (old, new))
    gone = [piece for piece in before if piece not in after]
    come = [piece for piece in after if piece not in before]
    return "; ".join(
        _change(one, other) for one, other in zip_longest(gone, come, fillvalue="nothing")
    )


def _in_text(old: Sequence[str], new: Sequence[str], _: Mapping[str, str]) -> Iterator[str]:
    for i, j in _changed(old, new, key=lambda _line: ("",)):
        at = f"line {1 + (i if i is not None else j or 0)}"
        if i is None:
            yield f"{at} is new: {_clipped(new[j or 0])}"
        elif j is None:
            yield f"{at} is gone: {_clipped(old[i])}"
        else:
            yield f"{at}: {_change(old[i], new[j])}"


def _in_lines(old: Sequence[str], new: Sequence[str], legends: Mapping[str, str]) -> Iterator[str]:
    told: set[str] = set()
    counts = Counter(old), Counter(new)
    for i, j in _changed(old, new, key=_key):
        before, after = (None if n is None else x[n] for n, x in ((i, old), (j, new)))
        if _LEGEND.fullmatch(before or after or ""):
            continue  # told where it is used
        where = _path(old, i) if i is not None else _path(new, j or 0)
        if before is None or after is None:
            parent = _parent(old, i) if i is not None else _parent(new, j or 0)
            told.add(f"{i is None} {i or j}")
            if f"{i is None} {parent}" in told:
                continue  # told with what it stands in
            line = before or after or ""
            if counts[0][line] == counts[1][line]:
                if before is not None:
                    yield f"{where}: stands in another place"
                continue
        yield f"{where}: {_line_change(before, after, legends)}"


def _changed(
    old: Sequence[str], new: Sequence[str], *, key: Callable[[str], tuple[str, ...]]
) -> Iterator[Pair]:
    """Give the lines that changed, those of the same thing in a pair."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            for i, j in _paired(old[a:b], new[c:d], key=key):
                yield None if i is None else a + i, None if j is None else c + j


def _paired(
    old: Sequence[str], new: Sequence[str], *, key: Callable[[str], tuple[str, ...]]
) -> list[Pair]:
    """Pair the lines that tell of the same thing: equal names first, then in their order."""
    free = list(range(len(new)))
    pairs: list[Pair] = []
    for i, line in enumerate(old):
        mate = next((j for j in free if key(new[j]) == key(line)), None)
        pairs.append((i, mate))
        if mate is not None:
            free.remove(mate)
    return pairs + [(None, j) for j in free]


def _key(line: str) -> tuple[str, ...]:
    """Give what makes a line the same one although something in it changed."""
    element = _ELEMENT.fullmatch(line)
    if element is None:
        return ("",)
    attributes = dict(_ATTRIBUTE.findall(element[3]))
    name = next((attributes[n].strip('"') for n in NAMED if n in attributes), "")
    return (element[1], element[2], name)


def _path(lines: Sequence[str], at: int) -> str:
    """Name the elements around a line, and the line itself."""
    names = [_short(lines[at])]
    parent = _parent(lines, at)
    while parent is not None:
        names.append(_short(lines[parent]))
        parent = _parent(lines, parent)
    return " › ".join(reversed(names[:-1] or names))


def _parent(lines: Sequence[str], at: int) -> int | None:
    """Give the number of the line that a line is set in under."""
    depth = _depth(lines[at])
    return next((n for n in range(at - 1, -1, -1) if _depth(lines[n]) < depth), None)


def _depth(line: str) -> int:
    return (len(line) - len(line.lstrip(" "))) // len(STEP)


def _short(line: str) -> str:
    key = _key(line)
    if key == ("",):
        return line.strip().split(" ")[0]
    return key[1] + (f" {key[2]}" if key[2] else "")


def _line_change(old: str | None, new: str | None, legends: Mapping[str, str]) -> str:
    if old is None or new is None:
        return f"{'is new' if old is None else 'is gone'}: {_clipped((new or old or '').strip())}"
    names = [_NAME.findall(line) for line in (old, new)]
    blank = [_NAME.sub("", line) for line in (old, new)]
    if names[0] == names[1]:
        old, new = blank  # the same looks say nothing here
    elif blank[0] == blank[1]:
        first, second = next((a, b) for a, b in zip(*names, strict=True) if a != b)
        return f"looks: {_look_change(first, second, legends)}"
    elements = [_ELEMENT.fullmatch(line) for line in (old, new)]
    if not elements[0] or not elements[1] or elements[0][2] != elements[1][2]:
        return _change(old.strip(), new.strip())
    before, after = (dict(_ATTRIBUTE.findall(element[3])) for element in elements if element)
    parts = [
        f"{name} {_change(before.get(name, 'nothing'), after.get(name, 'nothing'))}"
        for name in sorted({*before, *after})
        if before.get(name) != after.get(name)
    ]
    if elements[0][4] != elements[1][4]:
        parts.append(_change(*((element[4] or "").strip() for element in elements if element)))
    return "; ".join(parts)


def _change(old: str, new: str) -> str:
    """Write what it was and what it is, long ones from a little before where they part."""
    if max(len(old), len(new)) > CLIP:
        same = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), 0)
        start = max(0, same - LEAD)
        lead = "…" if start else ""
        old, new = lead + old[start:], lead + new[start:]
    return f"{_clipped(old) or 'blank'} → {_clipped(new) or 'blank'}"


def _clipped(text: str) -> str:
    return text if len(text) <= CLIP else f"{text[: CLIP - 1]}…"
