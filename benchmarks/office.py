"""Turn a number of returns into a workspace of many agencies, and the returned files.

The forms are the program's own, issued from the register of the document, whose positions
are repeated as often as the number of returns asks for. All figures are invented.
"""

from __future__ import annotations

import random
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.returns.paper import Value, typed
from workbook_tools.address import a1
from workbook_tools.demo.figures import invent, invent_texts
from workbook_tools.demo.people import PEOPLE
from workbook_tools.form.layout import input_cells
from workbook_tools.indicators.period import last_day
from workbook_tools.pipeline.issue import FormOut, issue_forms
from workbook_tools.pipeline.session import Session, open_session
from workbook_tools.register import load_findings
from workbook_tools.registry.model import TRIWULAN, Indicator, Position, Registry
from workbook_tools.registry.source import load_source
from workbook_tools.registry.workbook import write_registry
from workbook_tools.workspace import Workspace, make_workspace

YEAR = 2020
TODAY = date(2021, 1, 4)
SHARE_OF_BAD = 0.08
SPOILT = ("12 dari 15", None, "1,250", "6 Kop")  # what is typed into the first input of a bad one


@dataclass(frozen=True, slots=True)
class Return:
    """One returned file: the unit whose folder it is dropped into, its name, and its bytes.

    `first` is the cell of its first input; what is typed there spoils one that is not sound.
    """

    unit: str
    period: int
    name: str
    data: bytes
    first: str
    is_sound: bool


@dataclass(frozen=True, slots=True)
class Office:
    """A workspace whose forms have gone out, and the returns of one year."""

    workspace: Workspace
    registry: Registry
    returns: tuple[Return, ...]


def registry_of(copies: int) -> Registry:
    """Give the register with its positions `copies` times, each with ids of its own."""
    registry = load_source()
    if copies == 1:
        return registry
    positions: list[Position] = []
    indicators: list[Indicator] = []
    for number in range(1, copies + 1):
        positions += (_position(position, number) for position in registry.positions)
        indicators += (_indicator(indicator, number) for indicator in registry.indicators)
    return replace(registry, positions=tuple(positions), indicators=tuple(indicators))


def _name(unit: str, number: int) -> str:
    return unit if number == 1 else f"{unit}-{number}"


def _position(position: Position, number: int) -> Position:
    superior = None if position.superior is None else _name(position.superior, number)
    label = position.label if number == 1 else f"{position.label} {number}"
    return replace(position, id=_name(position.id, number), label=label, superior=superior)


def _indicator(indicator: Indicator, number: int) -> Indicator:
    """Give an indicator to the position of another agency."""
    name = _indicator_name(indicator.id, number)
    return replace(
        indicator,
        id=name,
        unit=_name(indicator.unit, number),
        mirrors=None if indicator.mirrors is None else _indicator_name(indicator.mirrors, number),
        inputs=tuple(replace(spec, indicator=name) for spec in indicator.inputs),
        targets=tuple(replace(target, indicator=name) for target in indicator.targets),
    )


def _indicator_name(indicator: str, number: int) -> str:
    unit, _, place = indicator.rpartition("/")
    return f"{_name(unit, number)}/{place}"


def open_office(root: Path, returns: int, *, seed: int) -> Office:
    """Make a workspace, check its register, send its forms out, and fill as many as asked for."""
    forms = len(load_source().form_units()) * len(TRIWULAN)
    registry = registry_of(-(-returns // forms))
    workspace = make_workspace(root, registry, register=write_registry(registry))
    load_findings(workspace)  # as `check` does before the forms of a year go out
    filled: list[Return] = []
    for period in TRIWULAN:
        with session_on(workspace, registry, day=last_day(YEAR, period)) as session:
            sent = issue_forms(session, year=YEAR, period=period, units=())
        for form in sent:
            if len(filled) == returns:
                break
            filled.append(filled_in(form, seed=seed))
    return Office(workspace, registry, tuple(filled))


def session_on(
    workspace: Workspace, registry: Registry, *, day: date
) -> AbstractContextManager[Session]:
    """Open a session at nine o'clock of a day."""
    now = datetime.combine(day, time(9), tzinfo=ZoneInfo(registry.rules.timezone))
    return open_session(workspace, now, registry=registry)


def filled_in(form: FormOut, *, seed: int) -> Return:
    """Fill a form with invented figures; some get something that is no sound number."""
    layout = form.layout
    content = layout.content
    chance = random.Random(f"{seed} {content.unit} {content.period}")
    first = next(cell for _, cell in input_cells(layout))
    cells: dict[str, Value] = {
        layout.input_cell(indicator, key): Decimal(str(figure))
        for (indicator, key), figure in invent(content, seed=seed).items()
    }
    for (indicator, field), text in invent_texts(content, seed=seed).items():
        cells[layout.text_cell(indicator, field)] = text
    for field, text in PEOPLE.items():
        cells[a1(*layout.people_cell(field))] = text or "4 Januari 2021"
    is_sound = chance.random() >= SHARE_OF_BAD
    if not is_sound:
        cells[first] = chance.choice(SPOILT)
    data = typed(form.path.read_bytes(), cells)
    return Return(content.unit, content.period, form.path.name, data, first, is_sound)
