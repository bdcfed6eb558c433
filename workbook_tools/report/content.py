"""Hold what LKjIP Bab III says, every figure already written as its readers know it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Measured:
    """One line of *Pengukuran Kinerja*; `colour` (RRGGBB) tints the predikat."""

    number: str
    sasaran: str
    indicator: str
    unit: str
    target: str
    actual: str
    capaian: str
    predikat: str
    colour: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One indicator against earlier years and the end of the Renstra.

    `earlier` holds the realisasi of the earlier years, in the order of `Chapter3.earlier`.
    """

    number: str
    indicator: str
    unit: str
    earlier: tuple[str, ...]
    actual: str
    change: str
    end_target: str
    end_capaian: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, its length (None: not judged) and the words at its end."""

    label: str
    value: Decimal | None
    words: str
    colour: str


@dataclass(frozen=True, slots=True)
class BarChart:
    """Capaian per indicator in percent, beside the line of 100."""

    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class YearPair:
    """Target and realisasi of one year, each with its words; None where there is none.

    A year that is still to come has no words for its realisasi.
    """

    year: int
    target: Decimal | None
    target_words: str
    actual: Decimal | None
    actual_words: str


@dataclass(frozen=True, slots=True)
class YearChart:
    """Target and realisasi of one indicator, year by year."""

    unit: str
    pairs: tuple[YearPair, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart, what it is called, what it shows in words, and what a reader without it hears."""

    number: int
    title: str
    chart: BarChart | YearChart
    finding: str
    alternative: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What one unit wrote in one triwulan, line by line."""

    source: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """All entries of one field, such as *Faktor penghambat*."""

    label: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One indicator in sentences, with what its unit wrote."""

    title: str
    sentences: str
    explanations: tuple[Explanation, ...]


@dataclass(frozen=True, slots=True)
class Unjudged:
    """One indicator without capaian, and why."""

    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Part:
    """One sasaran strategis, or one position: tables, charts, sentences.

    `table` and `compared_table` are the numbers of its tables. `is_sasaran` marks the parts
    that the writer completes with an analysis.
    """

    title: str
    lead: str
    is_sasaran: bool
    table: int
    measured: tuple[Measured, ...]
    compared_table: int
    compared: tuple[Compared, ...]
    figures: tuple[Figure, ...]
    no_figure: str
    told: tuple[Told, ...]
    unjudged: tuple[Unjudged, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the chapter: the IKU, or one bidang with the positions under it."""

    title: str
    lead: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Average:
    """The mean of one unit as the overview shows it."""

    unit: str
    mean: str
    assessed: str
    predikat: str
    colour: str


@dataclass(frozen=True, slots=True)
class Chapter3:
    """The whole chapter. `earlier` are the years before, as the tables' heads name them."""

    agency: str
    region: str
    year: int
    end_year: int
    earlier: tuple[str, ...]
    as_of: str
    notice: str
    summary: tuple[str, ...]
    basis: tuple[str, ...]
    averages: tuple[Average, ...]
    sections: tuple[Section, ...]
    version: str
