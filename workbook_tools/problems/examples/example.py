"""What the manual tells of one code, beside the sentences of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass

from workbook_tools.problems.problem import Place, Problem

UNIT = "kasi-pemberdayaan-koperasi"
UNIT_NAME = "Kepala Seksi Pemberdayaan dan Pengembangan Koperasi"
PEOPLE_TRAINED = (
    "Jumlah Peserta Pelatihan peningkatan kapasitas dan Kompetetensi SDM Koperasi: selama "
    "triwulan ini"
)


@dataclass(frozen=True, slots=True)
class Example:
    """A problem as the program gives it for a real form, and what a person had done."""

    done: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a code means, why the rule is there, and what Perencanaan can do about it.

    There is an example for the plain sentence and for each variant that can be sent.
    """

    meaning: str
    why: str
    examples: tuple[Example, ...]
    office: str = ""


def at(cell: str | None, indicator: str | None = f"{UNIT}/01") -> Place:
    """Give a place on the sheet that people fill in."""
    return Place("Isian", cell, indicator)
