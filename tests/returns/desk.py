"""Turn a folder into an office where forms are issued, filled in and sent back."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from shutil import copy2, copytree, ignore_patterns
from zoneinfo import ZoneInfo

from tests.returns.paper import Value, typed
from tests.returns.sentences import assert_consistent
from workbook_tools.address import a1
from workbook_tools.form.layout import FormLayout, input_cells
from workbook_tools.form.submission import Submission
from workbook_tools.inbox import look
from workbook_tools.pipeline.arrival import Outcome
from workbook_tools.pipeline.ingest import ingest, sort_out
from workbook_tools.pipeline.issue import issue_forms
from workbook_tools.pipeline.session import Session, open_session
from workbook_tools.register import load_registry
from workbook_tools.registry.model import Method, Registry
from workbook_tools.registry.workbook import write_registry
from workbook_tools.workspace import Workspace, make_workspace, open_workspace

YEAR = 2020
IN_TIME = {1: date(2020, 4, 3), 2: date(2020, 7, 3), 3: date(2020, 10, 2), 4: date(2021, 1, 4)}
"""A day on which the form of each triwulan comes in time."""

PEOPLE: dict[str, str] = {
    "pengisi_nama": "Siti Aminah",
    "pengisi_nip": "198001012005012001",
    "pengisi_tanggal": "3 April 2020",
    "atasan_nama": "Budi Santoso",
    "atasan_nip": "197001011995011001",
    "atasan_tanggal": "3 April 2020",
}


@dataclass(frozen=True, slots=True)
class Form:
    """One issued form: its addresses and its bytes as they lie in the outbox."""

    layout: FormLayout
    data: bytes

    @property
    def unit(self) -> str:
        return self.layout.content.unit

    @property
    def period(self) -> int:
        return self.layout.content.period

    def filled(self, changes: Mapping[str, Value] | None = None) -> bytes:
        """Fill the form soundly, then type `changes` over it."""
        return typed(self.data, {**answers(self.layout), **(changes or {})})


@dataclass(frozen=True, slots=True)
class Desk:
    """A workspace and its register; every call says on which day it happens."""

    workspace: Workspace
    registry: Registry

    @contextmanager
    def session(self, day: date) -> Iterator[Session]:
        """Open the workspace on a day, at nine o'clock."""
        zone = ZoneInfo(self.registry.rules.timezone)
        now = datetime.combine(day, time(9), tzinfo=zone)
        if load_registry(self.workspace) != self.registry:
            self.workspace.register.write_bytes(write_registry(self.registry))
        with open_session(self.workspace, now, registry=self.registry) as session:
            yield session

    def issue(self, period: int, *units: str, year: int = YEAR) -> tuple[Form, ...]:
        """Issue forms on a day on which they are still in time."""
        with self.session(IN_TIME[period]) as session:
            sent = issue_forms(session, year=year, period=period, units=units)
        return tuple(Form(out.layout, out.path.read_bytes()) for out in sent)

    def form(self, unit: str, period: int, *, year: int = YEAR) -> Form:
        """Issue one form, or give it again where nothing in it changed."""
        return self.issue(period, unit, year=year)[0]

    def drop(self, folder: str, data: bytes, *, name: str = "kiriman.xlsx") -> Path:
        """Put a file into a unit's folder of the inbox."""
        path = self.workspace.inbox / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    def take_in(self, day: date) -> tuple[Outcome, ...]:
        """Judge everything in the inbox, in the order of the names."""
        with self.session(day) as session:
            sources, ignored = sort_out(session, look(self.workspace.inbox).files)
            outcomes = (*ingest(session, sources).outcomes, *ignored)
        for outcome in outcomes:
            assert_consistent(outcome)
        return outcomes

    def send(
        self, folder: str, data: bytes, *, day: date = IN_TIME[1], name: str = "kiriman.xlsx"
    ) -> Outcome:
        """Drop one file and give what became of it."""
        self.drop(folder, data, name=name)
        (outcome,) = self.take_in(day)
        return outcome

    def read(self, path: str | None) -> bytes:
        """Read a file that an outcome names."""
        assert path is not None
        return (self.workspace.root / path).read_bytes()

    def submissions(self) -> tuple[Submission, ...]:
        """Give everything that counts as accepted."""
        with self.session(IN_TIME[4]) as session:
            return tuple(session.ledger.submissions())

    def values(self, unit: str, period: int) -> Mapping[tuple[str, str], Decimal | None]:
        """Give the accepted values of one unit and triwulan; empty where there are none."""
        return next(
            (s.values for s in self.submissions() if (s.unit, s.period) == (unit, period)), {}
        )

    def copied(self, root: Path) -> Desk:
        """Give the same office in another folder, its outbox empty of forms."""
        copytree(self.workspace.root, root, ignore=ignore_patterns("formulir"), copy_function=_copy)
        return Desk(open_workspace(root), self.registry)

    def ruled(self, registry: Registry) -> Desk:
        """Give the same office under another register."""
        return Desk(self.workspace, registry)


def _copy(source: str, target: str) -> str:
    """Link what the archive never changes, copy the rest."""
    if {"berkas", "snapshot"} & set(Path(source).parts):
        os.link(source, target)
        return target
    return str(copy2(source, target))


def open_desk(root: Path, registry: Registry, *, register: bytes) -> Desk:
    """Make an office in a new folder."""
    return Desk(make_workspace(root, registry, register=register), registry)


def answers(layout: FormLayout) -> dict[str, Value]:
    """Give sound answers by cell: every target reached, so that nothing is asked about."""
    cells: dict[str, Value] = {
        cell: _answer(
            row.indicator.method, row.input.key, target=row.indicator.target or Decimal(1)
        )
        for row, cell in input_cells(layout)
    }
    for field, text in PEOPLE.items():
        cells[a1(*layout.people_cell(field))] = text
    return cells


def _answer(method: Method, key: str, *, target: Decimal) -> Decimal:
    match method, key:
        case Method.LANGSUNG, _:
            return target if target < 10000 else Decimal(3)
        case Method.RASIO, "a":
            return target * 10
        case Method.RASIO, _:
            return Decimal(1000)
        case Method.PERTUMBUHAN, "a":
            return 100 + target
        case Method.PERTUMBUHAN_PER_N, "b":
            return 100 - target
        case Method.RATA_RATA_PERTUMBUHAN, _:
            return Decimal(10000 + 300 * int(key[1:]))
        case _:
            return Decimal(100)


def found(outcome: Outcome) -> list[tuple[str, str | None]]:
    """List code and cell of every problem, in their order."""
    return [(p.code, p.place.cell) for p in outcome.problems]
