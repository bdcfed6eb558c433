"""Turn a sound form into one that lies about itself, and see that the office stays as it was."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl

from tests.reader.workbooks import parts_of, zipped
from tests.returns.stamps import stamp_of
from tests.shell import PASAR, TODAY, Office, tree
from workbook_tools.form.layout import STAMP_NAME, STAMP_PROPERTY
from workbook_tools.form.stamp import Stamp, sign
from workbook_tools.problems.problem import Severity

CELL, PROPERTY, NAME = "xl/sharedStrings.xml", "docProps/custom.xml", "xl/workbook.xml"
PLACES = (CELL, PROPERTY, NAME)
SUBSETS = tuple(chosen for n in (1, 2, 3) for chosen in combinations(PLACES, n))
SENT = Decimal(3)  # what the accepted return of TW I says


def restamped(data: bytes, text: str, *, places: tuple[str, ...] = PLACES) -> bytes:
    """Put another text in the place of the stamp, in some of its places."""
    parts = parts_of(data)
    old = stamp_of(data).text.encode()
    new = escape(text, {'"': "&quot;"}).encode()
    for place in places:
        assert parts[place].count(old) == 1
        parts[place] = parts[place].replace(old, new)
    return zipped(parts)


def unstamped(data: bytes, *, places: tuple[str, ...]) -> bytes:
    """Lose the stamp in some of its places, as programs do."""
    parts = parts_of(data)
    old = stamp_of(data).text.encode()
    lost = {
        CELL: lambda part: part.replace(old, b""),
        PROPERTY: lambda part: part.replace(STAMP_PROPERTY.encode(), b"lain"),
        NAME: lambda part: part.replace(STAMP_NAME.encode(), b"LAIN"),
    }
    for place in places:
        changed = lost[place](parts[place])
        assert changed != parts[place]
        parts[place] = changed
    return zipped(parts)


def signed(office: Office, data: bytes, **parts: str | int) -> str:
    """Give a form's stamp with some parts changed, signed with the office's own key."""
    return sign(replace(stamp_of(data), **parts), office.workspace.key()).text  # type: ignore[arg-type] # by name


def without_signature(stamp: Stamp, **parts: str | int) -> str:
    """Give a stamp with some parts changed under its old signature."""
    return replace(stamp, **parts).text  # type: ignore[arg-type] # by name


@dataclass(frozen=True, slots=True)
class Standing:
    """An office in which one return was accepted, and everything on disk as it was then."""

    office: Office
    files: Mapping[str, bytes]
    values: object
    figures: list[tuple[object, ...]]


def standing(office: Office) -> Standing:
    """Take note of everything that no refused return may change."""
    ledger = office.ledger()
    return Standing(
        office, tree(office.root.parent), (ledger["value"], ledger["text"]), figures_of(office)
    )


def accept_one(office: Office) -> None:
    """Send a sound return of TW I, and put the master together."""
    office.drop(PASAR, office.filled(PASAR, {"H8": SENT}))
    assert office.says("ingest", today=TODAY).code == 0


def figures_of(office: Office) -> list[tuple[object, ...]]:
    """Give the rows of the master's sheet Data."""
    book = openpyxl.load_workbook(io.BytesIO(office.master().read_bytes()), read_only=True)
    return [tuple(row) for row in book["Data"].iter_rows(values_only=True)]


@dataclass(frozen=True, slots=True)
class Refused:
    """What became of one return: codes of its errors in order, and the whole document."""

    status: str
    errors: list[str]
    document: dict[str, object]

    def fact(self, code: str) -> tuple[object, object]:
        """Give found and expected of the first problem with a code."""
        problems = self.document["problems"]
        assert isinstance(problems, list)
        return next((p["found"], p["expected"]) for p in problems if p["code"] == code)


def judge_all(
    office: Office, files: Mapping[str, bytes], *, folder: str = PASAR, today: str = TODAY
) -> dict[str, Refused]:
    """Drop files into one folder, take them in, and give what became of each by its name."""
    for name, data in files.items():
        office.drop(folder, data, name=name)
    said = office.says("ingest", today=today)
    found: dict[str, Refused] = {}
    for arrival in said.rows("arrivals"):
        problems = arrival["problems"]
        assert isinstance(problems, list)
        errors = [p["code"] for p in problems if p["severity"] == Severity.ERROR]
        found[Path(str(arrival["file"])).name] = Refused(str(arrival["status"]), errors, arrival)
    assert found.keys() == files.keys(), "every file reaches a verdict"
    return found


def assert_untouched(before: Standing, *, told: tuple[str, ...] = (PASAR,)) -> None:
    """Demand that no value was recorded, no figure moved, no file strayed.

    Notes may appear in the outbox of the units `told`; the state of the office may grow.
    """
    office = before.office
    ledger = office.ledger()
    assert (ledger["value"], ledger["text"]) == before.values
    assert figures_of(office) == before.figures
    root = office.root.name
    grown = tuple(
        [f"{root}/outbox/{unit}/ditolak/" for unit in told]
        + [f"{root}/.state/", f"{root}/outbox/master/", f"{root}/outbox/papan/"]
    )
    now = tree(office.root.parent)
    strayed = {
        name
        for name in now.keys() | before.files.keys()
        if now.get(name) != before.files.get(name) and not name.startswith(grown)
    }
    assert strayed == set()
