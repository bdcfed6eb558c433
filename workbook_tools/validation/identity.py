"""Turn a workbook's stamp into an answer to "whose form is this, and did we issue it?"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from workbook_tools.form.issued import IssuedForm, Shelf
from workbook_tools.form.layout import (
    ISIAN,
    LAYOUT_VERSION,
    STEMPEL,
    UNIT_ROW,
    split_key,
    unit_line,
)
from workbook_tools.form.stamp import Stamp, StampFound, find_stamp, is_signed, looks_like_form
from workbook_tools.indicators.period import first_day, period_code, period_label
from workbook_tools.problems.catalogue import problem
from workbook_tools.problems.problem import Place, Problem
from workbook_tools.reader.raw import RawWorkbook

KINDS = {
    "ods": "lembar kerja OpenDocument (.ods)",
    "xls": "buku kerja Excel lama (.xls)",
    "xlsb": "buku kerja Excel biner (.xlsb)",
}
"""How the formats are named that are read only when they carry our stamp (B01)."""


@dataclass(frozen=True, slots=True)
class House:
    """What the judge knows of the workspace: key, units by id with their names, open periods."""

    key: bytes
    units: Mapping[str, str]
    years: tuple[int, ...]
    closed: tuple[str, ...]
    shelf: Shelf
    today: date


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a return says it is. `issued` is the form it may be read by, None where unknown.

    `problems` holds an error exactly when the return must not be taken for that form.
    """

    stamp: Stamp | None
    issued: IssuedForm | None
    problems: tuple[Problem, ...]

    @property
    def is_known(self) -> bool:
        """Tell whether the return is what its stamp says."""
        return self.issued is not None and not self.problems


def identify(workbook: RawWorkbook, *, folder: str | None, house: House) -> Identity:
    """Find out whose form a workbook is (design.md section 4).

    `folder` is the unit folder it arrived in, None where it came from elsewhere.
    """
    found = find_stamp(workbook)
    if found is None:
        resembled = _resembling(workbook, house)
        return Identity(None, resembled, tuple(_no_stamp(workbook, resembled)))
    if not found.stamps:
        unread = problem("I05", Place(STEMPEL), why="tidak dapat dibaca")
        return Identity(None, _resembling(workbook, house), (*_disagreement(found), unread))
    return identify_stamped(found, folder=folder, house=house)


def identify_stamped(found: StampFound, *, folder: str | None, house: House) -> Identity:
    """Find out the same from what a workbook says about itself, where a stamp is readable."""
    place = Place(STEMPEL)
    problems = _disagreement(found)
    stamp = _likeliest(found.stamps, folder, house)
    is_proven = found.agrees and is_signed(stamp, house.key)
    if not is_proven and folder not in (None, stamp.unit):
        # Nobody may speak for another unit with a stamp that is not ours.
        problems += _signature(stamp, None, house)
        problems += _folder(stamp, folder, house, variant="unproven")
        return Identity(None, None, tuple(problems))
    if stamp.unit not in house.units:
        problems.append(problem("I02", place, found=stamp.unit, unit=stamp.unit))
    issued = house.shelf.find(stamp.unit, stamp.year, period=stamp.period, issue=stamp.issue)
    problems += _signature(stamp, issued, house)
    problems += _folder(stamp, folder, house)
    problems += _period(stamp, house)
    if issued is None:
        issued = house.shelf.latest(stamp.unit, stamp.year, period=stamp.period)
    return Identity(stamp, issued, tuple(problems))


def _disagreement(found: StampFound) -> list[Problem]:
    if found.agrees:
        return []
    first = found.copies[0]
    other = next(copy for copy in found.copies if copy[1] != first[1])
    return [problem("I06", Place(STEMPEL), place_a=first[0], place_b=other[0])]


def _no_stamp(workbook: RawWorkbook, resembled: IssuedForm | None) -> list[Problem]:
    if workbook.format != "xlsx":
        return [problem("B01", kind=KINDS[workbook.format])]
    missing = problem("I01") if resembled is None else problem("I01", variant="refilled")
    if looks_like_form(workbook):
        return [missing]
    names = ", ".join(f"“{sheet.name}”" for sheet in workbook.sheets[:4])
    return [problem("T01", found=names, sheets=names), missing]


def _signature(stamp: Stamp, issued: IssuedForm | None, house: House) -> list[Problem]:
    place = Place(STEMPEL)
    if not is_signed(stamp, house.key):
        return [problem("I05", place, why="diubah, atau berasal dari kantor lain")]
    if stamp.layout > LAYOUT_VERSION:
        return [problem("T04", place, found=str(stamp.layout), expected=str(LAYOUT_VERSION))]
    if issued is None or issued.digest != stamp.digest:
        return [problem("I05", place, why="tidak tercatat pernah diterbitkan")]
    return []


def _likeliest(stamps: tuple[Stamp, ...], folder: str | None, house: House) -> Stamp:
    """Give the stamp to read a form by: signed and of the folder it lies in, before others."""
    return max(stamps, key=lambda s: (is_signed(s, house.key), s.unit == folder))


def _folder(stamp: Stamp, folder: str | None, house: House, *, variant: str = "") -> list[Problem]:
    if folder is None or folder == stamp.unit:
        return []
    name = house.units.get(stamp.unit, stamp.unit)
    return [
        problem(
            "I03",
            found=folder,
            expected=stamp.unit,
            unit=stamp.unit,
            unit_name=name,
            folder=folder,
            variant=variant,
        )
    ]


def _period(stamp: Stamp, house: House) -> list[Problem]:
    name = f"{period_label(stamp.period)} Tahun {stamp.year}"
    place = Place(ISIAN)
    if stamp.year not in house.years:
        return [problem("I04", place, period_name=name, why="tahunnya tidak ada dalam registri")]
    if house.today < first_day(stamp.year, stamp.period):
        return [problem("I04", place, period_name=name, why="belum mulai")]
    if f"{stamp.year}-{period_code(stamp.period)}" in house.closed:
        return [problem("K05", place, period_name=name)]
    return []


def _resembling(workbook: RawWorkbook, house: House) -> IssuedForm | None:
    """Find the issued form that a workbook without a usable stamp was copied from."""
    sheet = workbook.sheet(ISIAN)
    if sheet is None:
        return None
    units = {
        parts[0].split("/")[0]
        for cell in sheet.cells.values()
        if (parts := split_key(cell.text)) is not None
    }
    line = sheet.cells.get((UNIT_ROW, 1))
    if line is None:
        return None
    for unit, year, period in house.shelf.forms:
        if unit not in units:
            continue
        latest = house.shelf.latest(unit, year, period=period)
        if latest is not None and unit_line(latest.content) == line.text:
            return latest
    return None
