"""Hold what the status board shows: values alone, so that equal values give an equal page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from workbook_tools.form.submission import Delivery
from workbook_tools.indicators.achievement import Average
from workbook_tools.master.figures import Consolidated

DITERIMA, TERLAMBAT, DITOLAK = "diterima", "terlambat", "ditolak"
LEWAT, BELUM, TIDAK_TERBIT = "lewat", "belum", "tidak-terbit"

STATE_WORDS: Mapping[str, str] = {
    DITERIMA: "Diterima",
    TERLAMBAT: "Terlambat",
    DITOLAK: "Ditolak",
    LEWAT: "Lewat tenggat",
    BELUM: "Belum masuk",
    TIDAK_TERBIT: "Belum terbit",
}
"""What a form's state is called; a late one was accepted after its due date."""

RECEIVED, CALLING = f"{DITERIMA} {TERLAMBAT}", f"{DITOLAK} {LEWAT}"
"""The states of what came in, and of what calls for somebody."""

CHOICES: Mapping[str, str] = {CALLING: "Perlu tindakan", RECEIVED: "Sudah masuk", **STATE_WORDS}
"""What the page can be filtered by: states, and what they are called together."""

Period = tuple[int, int]
"""A year and its triwulan."""


@dataclass(frozen=True, slots=True)
class Return:
    """One judged return: `codes` are those of its errors, `href` leads to receipt or note.

    `number` counts all arrivals.
    """

    number: int
    unit: str
    year: int
    period: int
    at: datetime
    is_accepted: bool
    revision: int | None
    href: str | None
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stranger:
    """A file in which no form was recognised; `folder` is where it lay, "" for none."""

    number: int
    file: str
    folder: str
    at: datetime
    href: str | None


@dataclass(frozen=True, slots=True)
class Lying:
    """A file that lies in the inbox, since when (aware) and why."""

    file: str
    since: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Now:
    """What no ledger remembers: the inbox, and the masters that wait for their place."""

    lying: tuple[Lying, ...] = ()
    trouble: str = ""
    masters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a board is made of.

    `as_of` is the newest event (aware), None where nothing ever happened. `cuts` hold the
    year as it stood after each triwulan, `earlier` the years before that have returns.
    `deliveries` are those of all known (year, triwulan), `newest` the last return of each
    (unit, year, triwulan), `returns` those of the last years in order. `forms` holds the links
    of the forms that went out, `masters` maps a year to the link of its master.
    """

    year: int
    as_of: datetime | None
    known: frozenset[Period]
    deliveries: tuple[Delivery, ...]
    cuts: tuple[Consolidated, ...]
    earlier: tuple[Consolidated, ...]
    newest: Mapping[tuple[str, int, int], Return]
    returns: tuple[Return, ...]
    strangers: tuple[Stranger, ...]
    forms: Mapping[tuple[str, int, int], str]
    masters: tuple[tuple[int, str], ...]
    now: Now
    version: str
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Trend:
    """Capaian over time, one value per label."""

    labels: tuple[str, ...]
    values: tuple[Decimal | None, ...]

    @property
    def is_known(self) -> bool:
        """Tell whether there is anything to draw."""
        return any(value is not None for value in self.values)


@dataclass(frozen=True, slots=True)
class Cell:
    """The state of one form; `due` is its due date, `href` leads to what was said of it."""

    period: int
    state: str
    at: date | None
    late: int
    errors: int
    revision: int | None
    is_revision_refused: bool
    href: str | None
    due: date


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit's year: `filler` names the unit whose form fills it, "" where it has its own."""

    id: str
    name: str
    filler: str
    cells: tuple[Cell, ...]
    late: int
    errors: int
    average: Average
    predikat: str
    band: int | None
    trend: Trend
    years: Trend


@dataclass(frozen=True, slots=True)
class Measure:
    """One indicator's year, as people read it; `band` is the place of its predikat in the scale."""

    id: str
    name: str
    unit: str
    unit_name: str
    is_iku: bool
    satuan: str
    target: str
    actual: str
    capaian: Decimal | None
    predikat: str
    band: int | None
    note: str
    trend: Trend
    years: Trend


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that somebody has to see to: who, what, and where to look."""

    who: str
    what: str
    unit: str = ""
    href: str | None = None
    link: str = ""


@dataclass(frozen=True, slots=True)
class Matters:
    """Things of one kind that wait; `more` counts those that are not listed.

    `choice` is the filter that shows them all, "" where no table holds them.
    """

    title: str
    advice: str
    items: tuple[Matter, ...]
    more: int = 0
    choice: str = ""

    @property
    def count(self) -> int:
        """Give how many wait."""
        return len(self.items) + self.more


@dataclass(frozen=True, slots=True)
class Tally:
    """How many errors one unit or code had in each of the periods."""

    key: str
    name: str
    counts: tuple[int, ...]
    units: int = 0

    @property
    def total(self) -> int:
        """Give their sum."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Mistakes:
    """The errors of returns over the periods, worst first; `more` units or codes are left out."""

    periods: tuple[str, ...]
    totals: tuple[int, ...]
    codes: tuple[Tally, ...]
    units: tuple[Tally, ...]
    finding: str
    finding_codes: str
    finding_units: str
    is_one_year: bool = True


@dataclass(frozen=True, slots=True)
class Figure:
    """One headline figure with its words; `state` gives symbol and colour, "" neither.

    `choice` is the filter that shows what was counted, "" where nothing was.
    """

    number: str
    words: str
    state: str
    choice: str


@dataclass(frozen=True, slots=True)
class Band:
    """One predikat of the scale: symbol, label, colour (RRGGBB)."""

    symbol: str
    label: str
    colour: str


@dataclass(frozen=True, slots=True)
class Board:
    """Everything that the page shows."""

    agency: str
    year: int
    as_of: datetime | None
    as_of_words: str
    notice: str
    headline: tuple[str, ...]
    figures: tuple[Figure, ...]
    standing: tuple[Matters, ...]
    passing: tuple[Matters, ...]
    units: tuple[Unit, ...]
    iku: tuple[Measure, ...]
    measures: tuple[Measure, ...]
    has_years: bool
    finding_iku: str
    finding_units: str
    mistakes: Mistakes
    bands: tuple[Band, ...]
    settings: str
    masters: tuple[tuple[int, str], ...]
    version: str
