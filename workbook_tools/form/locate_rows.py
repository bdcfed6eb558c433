"""Turn a returned sheet into the rows of our form: by their keys, else by their labels."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from workbook_tools.address import a1
from workbook_tools.form.layout import (
    COLUMNS,
    HEADER_ROW,
    ISIAN,
    TEXT_ROLES,
    FormLayout,
    FormRow,
    Role,
    split_key,
)
from workbook_tools.problems.catalogue import problem
from workbook_tools.problems.problem import Place, Problem
from workbook_tools.reader.raw import RawSheet


@dataclass(frozen=True, slots=True)
class FoundRows:
    """Where rows stand, by key; rows that are not ours, and (cell, text) typed into those."""

    places: Mapping[str, int]
    strange: frozenset[int]
    typed: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]


def find_rows(
    sheet: RawSheet,
    layout: FormLayout,
    *,
    header_row: int,
    columns: Mapping[Role, int],
    has_keys: bool,
) -> FoundRows:
    """Find every row of a form; `has_keys` where the heading of the keys still stands.

    A row whose key was changed is known by its labels, so that what was typed into it can
    be given back; the return is rejected all the same.
    """
    expected = {row.key: row for row in layout.rows}
    places: dict[str, int] = {}
    odd: dict[int, str] = {}
    for row, key in _keys(sheet, header_row, columns):
        if key in expected and key not in places:
            places[key] = row
        else:
            odd[row] = key
    by_label = _by_labels(
        sheet,
        (row for row in layout.rows if row.key not in places),
        columns=columns,
        taken=set(places.values()),
        shift=header_row - HEADER_ROW,
    )
    places |= by_label
    strange = frozenset(odd.keys() - by_label.values())
    problems: list[Problem] = []
    if has_keys:
        column = columns[Role.KEY]
        problems += _odd_keys(sheet.name, odd, column=column, layout=layout)
        problems += [
            problem("T08", Place(sheet.name, a1(row, column)), what=f"Kunci baris {row} terhapus.")
            for row in sorted(by_label.values())
            if row not in odd
        ]
    problems += _gone(layout, places)
    typed = tuple(cell for row in sorted(strange) for cell in _typed(sheet, row, columns))
    return FoundRows(places, strange, typed, tuple(problems))


def _keys(
    sheet: RawSheet, header_row: int, columns: Mapping[Role, int]
) -> Iterable[tuple[int, str]]:
    column = columns.get(Role.KEY)
    for at in sorted(sheet.cells):
        if at[1] == column and at[0] > header_row and (key := sheet.cells[at].text.strip()):
            yield at[0], key


_LABELS = (Role.ASKED, Role.UNIT)


def _by_labels(
    sheet: RawSheet,
    missing: Iterable[FormRow],
    *,
    columns: Mapping[Role, int],
    taken: Collection[int],
    shift: int,
) -> dict[str, int]:
    """Find rows by what they ask for; of several the one nearest to where it stood."""
    roles = [role for role in _LABELS if role in columns]
    if Role.ASKED not in roles:
        return {}
    held: dict[tuple[str, ...], list[int]] = {}
    for row in sorted({row for row, _ in sheet.cells}):
        if row not in taken:
            labels = tuple(_words(sheet, row, columns[role]) for role in roles)
            held.setdefault(labels, []).append(row)
    found: dict[str, int] = {}
    for wanted in missing:
        texts = {Role.ASKED: wanted.input.label, Role.UNIT: wanted.input.unit}
        rows = held.get(tuple(" ".join(texts[role].split()) for role in roles), [])
        if rows:
            stood = wanted.row + shift
            nearest = min(rows, key=lambda at, stood=stood: abs(at - stood))  # type: ignore[misc]
            rows.remove(nearest)
            found[wanted.key] = nearest
    return found


def _words(sheet: RawSheet, row: int, column: int) -> str:
    cell = sheet.cells.get((row, column))
    return "" if cell is None else " ".join(cell.text.split())


def _odd_keys(
    name: str, odd: Mapping[int, str], *, column: int, layout: FormLayout
) -> list[Problem]:
    expected = {row.key: row for row in layout.rows}
    units = {row.indicator.id for row in layout.rows}
    problems: list[Problem] = []
    doubled: set[str] = set()
    for row, key in odd.items():
        place = Place(name, a1(row, column))
        if key in expected:
            what = f"Baris {row} mengulang {_name(expected[key])}."
            doubled.add(expected[key].indicator.id)
        else:
            what = f"Kunci baris {row} berubah menjadi “{key[:60]}”."
        problems.append(problem("T08", place, found=key, what=what))
        parts = split_key(key)
        if parts is not None and parts[0] not in units:
            place = Place(name, place.cell, parts[0])
            problems.append(problem("N03", place, found=parts[0][:60], row=str(row)))
    return problems + [
        problem("N01", Place(name, None, indicator), indicator=indicator)
        for indicator in sorted(doubled)
    ]


def _name(row: FormRow) -> str:
    return f"“{row.input.label}”"


def _gone(layout: FormLayout, rows: Mapping[str, int]) -> list[Problem]:
    problems = [
        problem(
            "T08",
            Place(ISIAN, a1(row.row, COLUMNS[Role.INPUT].index), row.indicator.id),
            what=f"Baris {_name(row)} (semula baris {row.row}) tidak ada lagi.",
        )
        for row in layout.rows
        if row.key not in rows
    ]
    for indicator in layout.content.indicators:
        mine = [r for r in layout.rows if r.indicator.id == indicator.id]
        if all(r.key not in rows for r in mine):
            cell = a1(mine[0].row, COLUMNS[Role.INDIKATOR].index)
            place = Place(ISIAN, cell, indicator.id)
            problems.append(problem("N02", place, label=indicator.indikator))
    return problems


def _typed(sheet: RawSheet, row: int, columns: Mapping[Role, int]) -> list[tuple[str, str]]:
    """Give (cell, text) of what was typed into the yellow columns of a row."""
    found: list[tuple[str, str]] = []
    for role in (Role.INPUT, *TEXT_ROLES.values()):
        column = columns.get(role)
        cell = None if column is None else sheet.cells.get((row, column))
        if column is not None and cell is not None and cell.text.strip():
            found.append((a1(row, column), cell.text))
    return found
