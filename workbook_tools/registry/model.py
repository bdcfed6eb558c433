"""Turn the register's rows into one frozen `Registry` that every other part asks.

Nothing here touches a disk or a workbook. Words that have no English equal stay
Indonesian (domain.md section 1); values of the enumerations are the words that the
register workbook itself shows in its drop-downs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

TRIWULAN = (1, 2, 3, 4)


class Polarity(StrEnum):
    """Which direction is good (domain.md section 4)."""

    MAXIMIZE = "maximize"
    MINIMIZE = "minimize"
    STABILIZE = "stabilize"
    RANGE = "range"


class Method(StrEnum):
    """How inputs become the realisasi of one triwulan (domain.md section 2)."""

    LANGSUNG = "langsung"
    RASIO = "rasio"
    PERTUMBUHAN = "pertumbuhan"
    PERTUMBUHAN_PER_N = "pertumbuhan_per_n"
    RATA_RATA_PERTUMBUHAN = "rata_rata_pertumbuhan"


class Aggregation(StrEnum):
    """How the triwulan become the figure to date (domain.md section 3)."""

    SUM = "sum"
    LAST = "last"
    AVERAGE = "average"
    MAX = "max"


class Kind(StrEnum):
    """What sort of number a cell holds."""

    COUNT = "count"
    PERCENT = "percent"
    MONEY = "money"


class Frequency(StrEnum):
    """How often an indicator is measured."""

    BULANAN = "bulanan"
    TRIWULAN = "triwulan"
    TAHUNAN = "tahunan"


class TargetStatus(StrEnum):
    """Whether a printed target may be used (domain.md section 7)."""

    OK = "ok"
    PERLU_KONFIRMASI = "perlu konfirmasi"
    KOSONG = "kosong"


METHOD_KEYS: dict[Method, tuple[str, ...]] = {
    Method.LANGSUNG: ("a",),
    Method.RASIO: ("a", "b"),
    Method.PERTUMBUHAN: ("a", "b"),
    Method.PERTUMBUHAN_PER_N: ("a", "b"),
    Method.RATA_RATA_PERTUMBUHAN: ("p0", "p1", "p2", "p3"),
}
"""The keys of the inputs each method asks for, in the order of the form."""


@dataclass(frozen=True, slots=True)
class Agency:
    """The agency whose document this is; texts as printed."""

    id: str
    name: str
    region: str
    address: str
    document_title: str
    document_year: int
    renstra_years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Position:
    """One jabatan (or the agency itself for the IKU): a unit of the register.

    `jabatan_lines`, `tugas_lines`, `fungsi_lines` are verbatim printed lines.
    `lost` marks a position that the document names but whose pages are missing.
    `row` is the Excel row in the sheet Jabatan.
    """

    id: str
    jenis: str  # "IKU" | "IKI"
    level: str
    jabatan: str
    label: str
    superior: str | None
    jabatan_lines: tuple[str, ...]
    tugas_lines: tuple[str, ...]
    fungsi_lines: tuple[str, ...]
    name_inferred: bool
    lost: bool
    note: str
    row: int = 0


@dataclass(frozen=True, slots=True)
class InputSpec:
    """One number that a form asks for. Limits are inclusive; `row` is in the sheet Isian."""

    indicator: str
    key: str
    label: str
    unit: str
    kind: Kind
    decimals: int
    aggregation: Aggregation
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    row: int = 0


@dataclass(frozen=True, slots=True)
class Target:
    """One target cell: what is printed, and beside it how it is read.

    `tw` holds the optional targets of TW I-IV. `row` is in the sheet Target.
    """

    indicator: str
    year: int
    printed: str
    value: Decimal | None
    unit: str | None
    status: TargetStatus
    tw: tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None] = (
        None,
        None,
        None,
        None,
    )
    low: Decimal | None = None  # lower bound where polarity is `range`; `value` is the upper one
    row: int = 0

    @property
    def has_tw(self) -> bool:
        """Tell whether targets per triwulan are given."""
        return all(value is not None for value in self.tw)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator: printed texts verbatim, then how it is measured.

    `maximum` is the hard maximum of the realisasi (100 for a share, 12 for months),
    `worst` the worst case W of domain.md section 4, `mirrors` the register's
    `sama_dengan`. `row` is the Excel row in the sheet Indikator.
    """

    id: str
    unit: str  # position id
    number: str  # as printed, may be ""
    sasaran: str
    indikator: str
    penjelasan: str
    sumber_data: str
    satuan: str
    polarity: Polarity
    method: Method
    aggregation: Aggregation
    kind: Kind
    decimals: int
    frequency: Frequency
    minimum: Decimal | None
    maximum: Decimal | None
    worst: Decimal | None
    mirrors: str | None
    note: str
    inputs: tuple[InputSpec, ...]  # empty where `mirrors` is set
    targets: tuple[Target, ...]  # one per year of the Renstra, ascending
    row: int = 0

    def target(self, year: int) -> Target | None:
        """Give the target of one year, None where the register has no row for it."""
        return next((t for t in self.targets if t.year == year), None)


@dataclass(frozen=True, slots=True)
class Band:
    """One predikat: its lower bound in percent, label, symbol and colour (RRGGBB)."""

    # The lowest one has no lower bound, which pydantic must let pass when it reads it from JSON.
    __pydantic_config__: ClassVar[dict[str, bool]] = {"allow_inf_nan": True}

    lower: Decimal
    label: str
    symbol: str
    colour: str


PERMENDAGRI_86_2017 = (
    Band(Decimal(91), "Sangat Tinggi", "▲", "1B7837"),
    Band(Decimal(76), "Tinggi", "△", "5AAE61"),
    Band(Decimal(66), "Sedang", "◆", "B8860B"),
    Band(Decimal(51), "Rendah", "▽", "D95F0E"),
    Band(Decimal("-Infinity"), "Sangat Rendah", "▼", "B2182B"),
)
"""The default scale, highest first (Permendagri 86/2017; domain.md section 5)."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The settings of domain.md that are choices and not regulation; sheet Pengaturan."""

    floor: Decimal | None = Decimal(0)
    cap_report: Decimal | None = None
    cap_average: Decimal | None = Decimal(120)
    min_variant: str = "standard"  # "standard" | "t_per_r" (legacy T/R)
    predikat_policy: str = "lower"  # "lower" | "upper"
    scale: tuple[Band, ...] = PERMENDAGRI_86_2017
    explain_from: int = 4  # triwulan from which N12 rejects
    due_day_unit: int = 5
    due_day_office: int = 10
    timezone: str = "Asia/Jakarta"
    text_limit: int = 2000
    closed_periods: tuple[str, ...] = ()  # "2019-TW4", ...


@dataclass(frozen=True, slots=True)
class Registry:
    """The whole register, in its own order (IKU first, then the positions as printed).

    `document` holds every line of the printed document verbatim, line 1 first.
    """

    agency: Agency
    positions: tuple[Position, ...]
    indicators: tuple[Indicator, ...]
    rules: Rules
    document: tuple[str, ...]
    _by_indicator: dict[str, Indicator] = field(init=False, repr=False, compare=False)
    _by_position: dict[str, Position] = field(init=False, repr=False, compare=False)
    _by_unit: dict[str, tuple[Indicator, ...]] = field(init=False, repr=False, compare=False)
    _form_units: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Build the look-ups once."""
        units: dict[str, list[Indicator]] = {}
        for indicator in self.indicators:
            units.setdefault(indicator.unit, []).append(indicator)
        object.__setattr__(self, "_by_indicator", {i.id: i for i in self.indicators})
        object.__setattr__(self, "_by_position", {p.id: p for p in self.positions})
        object.__setattr__(self, "_by_unit", {u: tuple(rows) for u, rows in units.items()})
        asked = {i.unit for i in self.indicators if i.mirrors is None}
        forms = tuple(p.id for p in self.positions if p.id in asked)
        object.__setattr__(self, "_form_units", forms)

    @property
    def years(self) -> tuple[int, ...]:
        """Give the years of the Renstra, ascending."""
        return self.agency.renstra_years

    def position(self, unit: str) -> Position | None:
        """Give a position by its id."""
        return self._by_position.get(unit)

    def indicator(self, indicator: str) -> Indicator | None:
        """Give an indicator by its id, such as `kabid-pasar/01`."""
        return self._by_indicator.get(indicator)

    def of_unit(self, unit: str) -> tuple[Indicator, ...]:
        """Give a unit's indicators in the order of the document."""
        return self._by_unit.get(unit, ())

    def source(self, indicator: Indicator) -> Indicator:
        """Give the indicator whose inputs are asked: itself, or the one it mirrors."""
        if indicator.mirrors is None:
            return indicator
        return self._by_indicator[indicator.mirrors]

    def form_units(self) -> tuple[str, ...]:
        """Give the units that get a form: those with an indicator that mirrors no other."""
        return self._form_units

    def reporting_units(self) -> Iterator[tuple[str, str]]:
        """Yield (unit, unit whose form fills it) for every unit that has indicators."""
        for position in self.positions:
            rows = self.of_unit(position.id)
            if not rows:
                continue
            own = next((i for i in rows if i.mirrors is None), None)
            yield position.id, position.id if own else self.source(rows[0]).unit
