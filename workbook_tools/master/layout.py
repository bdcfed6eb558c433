"""Own the master's sheets, columns and addresses; every writer and formula asks here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from hashlib import sha256

from workbook_tools.registry.model import METHOD_KEYS, Position, Registry
from workbook_tools.xlsx import absolute_name, quoted

RINGKASAN = "Ringkasan"
IKU = "IKU"
PENGUKURAN = "Pengukuran Kinerja"
EVALUASI = "E.81"
KASKADE = "Kaskade"
TREN = "Tren"
PENGIRIMAN = "Pengiriman"
CATATAN = "Catatan pengisi"
JEJAK = "Jejak"
ANOMALI = "Anomali"
ISIAN = "Isian"
DATA = "Data"
TENTANG = "Tentang"
DOKUMEN = "Dokumen"
ANALYSES = (PENGUKURAN, EVALUASI, KASKADE, TREN)
"""The sheets that stand between the IKU and the positions."""
LISTS = (PENGIRIMAN, CATATAN, JEJAK, ANOMALI, ISIAN, DATA, TENTANG, DOKUMEN)

_TAKEN = frozenset(name.lower() for name in (RINGKASAN, IKU, *ANALYSES, *LISTS, "History"))
"""Names that no position's sheet may have; Excel keeps History for itself."""

TRIWULAN_NAMES = ("TW I", "TW II", "TW III", "TW IV")
SHEET_NAME_LIMIT = 31
_DIGEST = 6
FIRST_LINE_ROW = 3
SUMMARY_LINES = 4
HEADER_ROWS = 2


class Field(StrEnum):
    """What a column of a position's table holds."""

    NUMBER = "no"
    SASARAN = "sasaran"
    INDIKATOR = "indikator"
    PENJELASAN = "penjelasan"
    SUMBER = "sumber_data"
    SATUAN = "satuan"
    TARGET = "target"
    TARGET_STATUS = "status_target"
    TW1 = "tw1"
    TW2 = "tw2"
    TW3 = "tw3"
    TW4 = "tw4"
    TO_DATE = "realisasi_sd"
    CAPAIAN_TO_DATE = "capaian_sd"
    CAPAIAN = "capaian"
    SYMBOL = "simbol"
    PREDIKAT = "predikat"
    STATUS = "status"
    RENSTRA = "renstra"
    CHANGE = "perubahan"
    NOTE = "catatan"
    CAPAIAN_UNBOUND = "capaian_tanpa_batas"
    FOR_AVERAGE = "untuk_rata_rata"
    TARGET_TO_DATE = "target_sd"
    STATUS_TO_DATE = "status_sd"


TRIWULAN_FIELDS = (Field.TW1, Field.TW2, Field.TW3, Field.TW4)
_PRINTED = (Field.NUMBER, Field.SASARAN, Field.INDIKATOR, Field.PENJELASAN)
_MEASURED = (
    Field.SATUAN,
    Field.TARGET,
    Field.TARGET_STATUS,
    *TRIWULAN_FIELDS,
    Field.TO_DATE,
    Field.CAPAIAN_TO_DATE,
    Field.CAPAIAN,
    Field.SYMBOL,
    Field.PREDIKAT,
    Field.STATUS,
    Field.RENSTRA,
    Field.CHANGE,
    Field.NOTE,
)
_HELPERS = (
    Field.CAPAIAN_UNBOUND,
    Field.FOR_AVERAGE,
    Field.TARGET_TO_DATE,
    Field.STATUS_TO_DATE,
)
_HELPERS_PER_YEAR = 3  # target, its lower bound, its status


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of every position's table: printed, measured, then hidden helpers.

    `years` are those of the Renstra, `before` the earlier years whose realisasi count.
    """

    years: tuple[int, ...]
    before: tuple[int, ...]

    def column(self, field: Field) -> int:
        """Give the column (from 1) of a field."""
        return _columns(len(self.years))[field]

    def printed_target(self, year: int) -> int:
        """Give the column of the target of a year as printed."""
        return len(_PRINTED) + 1 + self.years.index(year)

    def target_parts(self, year: int) -> tuple[int, int, int]:
        """Give the hidden columns with a year's target, its lower bound and its status."""
        first = self.first_helper + len(_HELPERS) + _HELPERS_PER_YEAR * self.years.index(year)
        return first, first + 1, first + 2

    def actual(self, year: int) -> int:
        """Give the hidden column with the realisasi of an earlier year."""
        return self._first_actual + self.before.index(year)

    def tw_target(self, triwulan: int) -> int:
        """Give the hidden column with the target of one triwulan."""
        return self._first_actual + len(self.before) + triwulan - 1

    @property
    def last_printed(self) -> int:
        """Give the last column of the printed block."""
        return len(_PRINTED) + len(self.years) + 1

    @property
    def first_measured(self) -> int:
        """Give the first column of the measured block."""
        return self.last_printed + 1

    @property
    def last_measured(self) -> int:
        """Give the last column that is printed on paper."""
        return self.first_measured + len(_MEASURED) - 1

    @property
    def first_helper(self) -> int:
        """Give the first hidden column."""
        return self.last_measured + 2

    @property
    def last_helper(self) -> int:
        """Give the last hidden column."""
        return self.tw_target(len(TRIWULAN_NAMES))

    @property
    def _first_actual(self) -> int:
        return self.first_helper + len(_HELPERS) + _HELPERS_PER_YEAR * len(self.years)


@cache  # every formula of every row asks for several
def _columns(years: int) -> Mapping[Field, int]:
    """Give the columns of all fields of a table with so many years."""
    table = Table(years=tuple(range(years)), before=())
    return {
        **{field: column for column, field in enumerate(_PRINTED, start=1)},
        Field.SUMBER: table.last_printed,
        **{field: column for column, field in enumerate(_MEASURED, start=table.first_measured)},
        **{field: column for column, field in enumerate(_HELPERS, start=table.first_helper)},
    }


@dataclass(frozen=True, slots=True)
class PositionPlan:
    """Where one position stands: its sheet, its printed lines, its header and its rows."""

    position: Position
    sheet: str
    lines: tuple[str, ...]
    header_row: int
    count: int

    @property
    def first_row(self) -> int:
        """Give the first row of the table's body."""
        return self.header_row + HEADER_ROWS

    @property
    def last_row(self) -> int:
        """Give the last row of the table's body."""
        return self.first_row + self.count - 1

    def range_of(self, column: int) -> str:
        """Give the address, with its sheet, of one column of the table's body."""
        first = absolute_name((self.first_row, column))
        return f"{quoted(self.sheet)}!{first}:{absolute_name((self.last_row, column))}"


def plan_position(registry: Registry, position: Position) -> PositionPlan:
    """Place a position's printed lines from row 3 and its table below them."""
    lines = (*position.jabatan_lines, *position.tugas_lines, *position.fungsi_lines)
    if position.jenis == "IKU":
        agency = registry.agency
        lines = (agency.name, agency.region, agency.address)
    return PositionPlan(
        position=position,
        sheet=sheet_name(position, registry),
        lines=lines,
        header_row=FIRST_LINE_ROW + max(len(lines), SUMMARY_LINES) + 1,
        count=len(registry.of_unit(position.id)),
    )


class Isian(StrEnum):
    """The columns of the sheet Isian, in order."""

    UNIT = "unit"
    INDIKATOR = "indikator"
    KEY = "kunci"
    ASKED = "yang_diisi"
    SATUAN = "satuan"
    AGREGASI = "agregasi"
    TW1 = "tw1"
    TW2 = "tw2"
    TW3 = "tw3"
    TW4 = "tw4"

    @property
    def column(self) -> int:
        """Give the column, from 1."""
        return tuple(Isian).index(self) + 1


ISIAN_TRIWULAN = (Isian.TW1, Isian.TW2, Isian.TW3, Isian.TW4)


@dataclass(frozen=True, slots=True)
class IsianPlan:
    """Where each input stands in the sheet Isian: (indicator, key) -> row."""

    rows: dict[tuple[str, str], int]

    def cell(self, indicator: str, key: str, triwulan: int) -> str:
        """Give the address, with its sheet, of one input of one triwulan."""
        column = ISIAN_TRIWULAN[triwulan - 1].column
        return f"{ISIAN}!{absolute_name((self.rows[indicator, key], column))}"


def plan_isian(registry: Registry) -> IsianPlan:
    """Place every input of the register, one row each from row 2, in register order."""
    keys = [
        (indicator.id, key)
        for indicator in registry.indicators
        if indicator.mirrors is None
        for key in METHOD_KEYS[indicator.method]
    ]
    return IsianPlan({place: row for row, place in enumerate(keys, start=2)})


def sheet_name(position: Position, registry: Registry) -> str:
    """Give the sheet of a position: `IKU` for the agency itself, else its id.

    An id that is too long for Excel, or that names a sheet of the master, is shortened and
    ends in `~` and a digest of the whole id: no id holds a `~`, so nothing can collide, and
    no other position of the register can change the name.
    """
    agency = next((one for one in registry.positions if one.jenis == "IKU"), None)
    if agency is not None and position.id == agency.id:
        return IKU
    name = position.id
    if len(name) <= SHEET_NAME_LIMIT and name.lower() not in _TAKEN:
        return name
    digest = sha256(name.encode()).hexdigest()[:_DIGEST]
    return f"{name[: SHEET_NAME_LIMIT - _DIGEST - 1]}~{digest}"


def first_cell(sheet: str) -> str:
    """Give the target of a link to a sheet."""
    return f"{quoted(sheet)}!A1"
