"""Own every address of the form: which sheet, row and column holds what.

The writer, the parser, the correction workbook, the checks and the JSON of `issue` ask
here; nobody else knows that targets stand in column F. A form row is one input; an
indicator's texts stand in its first row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from workbook_tools.address import a1, column_letter
from workbook_tools.form.content import (
    PEOPLE_FIELDS,
    TEXT_FIELDS,
    FormContent,
    FormIndicator,
    FormInput,
)
from workbook_tools.indicators.period import period_label
from workbook_tools.registry.model import TargetStatus

LAYOUT_VERSION = 1

ISIAN = "Isian"
PETUNJUK = "Petunjuk"
CATATAN = "Catatan"
STEMPEL = "Stempel"
OWN_SHEETS = (CATATAN, ISIAN, PETUNJUK, STEMPEL)

HEADER_ROW = 7
FIRST_ROW = 8

TITLE_ROW, UNIT_ROW, AGENCY_ROW, HOW_ROW, PROGRESS_ROW = 1, 2, 3, 4, 5


class Role(StrEnum):
    """What a column of `Isian` holds."""

    NUMBER = "no"
    SASARAN = "sasaran"
    INDIKATOR = "indikator"
    ASKED = "yang_diisi"
    UNIT = "satuan"
    TARGET = "target"
    PRIOR = "realisasi_lalu"
    INPUT = "isian"
    REALISASI = "realisasi"
    CAPAIAN = "capaian"
    STATE = "keterangan_isian"
    PENGHAMBAT = "penghambat"
    PENDORONG = "pendorong"
    TINDAK_LANJUT = "tindak_lanjut"
    BUKTI = "bukti"
    KETERANGAN = "keterangan"
    KEY = "kunci"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of `Isian`: its place (from 1), header words and width in characters."""

    role: Role
    index: int
    header: str
    width: float

    @property
    def letter(self) -> str:
        """Give the column's letter."""
        return column_letter(self.index)


_DECLARED = (
    (Role.NUMBER, "No", 4.5),
    (Role.SASARAN, "Sasaran/ Kinerja", 19),
    (Role.INDIKATOR, "Indikator Kinerja", 21),
    (Role.ASKED, "Yang diisi", 21),
    (Role.UNIT, "Satuan", 9.5),
    (Role.TARGET, "Target tahun ini", 9.5),
    (Role.PRIOR, "Realisasi s.d. triwulan lalu", 10.5),
    (Role.INPUT, "ISIAN", 12.5),
    (Role.REALISASI, "Realisasi s.d. triwulan ini", 10.5),
    (Role.CAPAIAN, "Capaian thd target tahun (%)", 11),
    (Role.STATE, "Keterangan isian", 11.5),
    (Role.PENGHAMBAT, "Faktor penghambat", 17),
    (Role.PENDORONG, "Faktor pendorong", 16),
    (Role.TINDAK_LANJUT, "Tindak lanjut", 17),
    (Role.BUKTI, "Bukti dukung", 14),
    (Role.KETERANGAN, "Keterangan", 15),
    (Role.KEY, "Kunci", 4),
)


COLUMNS: dict[Role, Column] = {
    role: Column(role, index, header, width)
    for index, (role, header, width) in enumerate(_DECLARED, start=1)
}
TEXT_ROLES: dict[str, Role] = {name: Role(name) for name in TEXT_FIELDS}
LAST_SHOWN = COLUMNS[Role.KETERANGAN].index
LOCKED_ROLES = (
    Role.NUMBER,
    Role.SASARAN,
    Role.INDIKATOR,
    Role.ASKED,
    Role.UNIT,
    Role.TARGET,
    Role.PRIOR,
)
"""Columns whose cells are compared with the issued snapshot (T11)."""

PEOPLE_LABELS: dict[str, str] = {
    "pengisi_nama": "Nama",
    "pengisi_nip": "NIP",
    "pengisi_tanggal": "Tanggal",
    "atasan_nama": "Nama",
    "atasan_nip": "NIP",
    "atasan_tanggal": "Tanggal",
}

PEOPLE_TITLES = ("PENGISI", "ATASAN LANGSUNG (memeriksa)")

STAMP_CELL = "B2"
STAMP_NAME = "WBT_STEMPEL"
STAMP_PROPERTY = "workbook_tools_stempel"


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row of `Isian`: one input; `first` marks the indicator's first row."""

    row: int
    indicator: FormIndicator
    input: FormInput
    first: bool

    @property
    def key(self) -> str:
        """Give the row's key, such as `kabid-pasar/01#a`."""
        return row_key(self.indicator.id, self.input.key)


def row_key(indicator: str, key: str) -> str:
    """Make the key by which a row is recognised wherever it was moved."""
    return f"{indicator}#{key}"


def split_key(text: str) -> tuple[str, str] | None:
    """Take a row's key apart into indicator and input key; None where it is no key."""
    indicator, hash_sign, key = text.strip().partition("#")
    if not hash_sign or "/" not in indicator or not key:
        return None
    return indicator, key


@dataclass(frozen=True, slots=True)
class FormLayout:
    """The addresses of one form, made from its content."""

    content: FormContent
    rows: tuple[FormRow, ...]

    @property
    def last_row(self) -> int:
        """Give the last row that asks for an input."""
        return self.rows[-1].row

    @property
    def people_row(self) -> int:
        """Give the row of the headings of the block for pengisi and atasan."""
        return self.last_row + 2

    @property
    def signature_row(self) -> int:
        """Give the row in which pengisi and atasan sign the print."""
        return self.people_row + 1 + len(PEOPLE_FIELDS) // 2

    def row_of(self, indicator: str, key: str) -> FormRow | None:
        """Find the row that asks for one input."""
        return next(
            (r for r in self.rows if r.indicator.id == indicator and r.input.key == key), None
        )

    def first_row(self, indicator: str) -> int:
        """Give the first row of an indicator."""
        return next(r.row for r in self.rows if r.indicator.id == indicator)

    def input_cell(self, indicator: str, key: str) -> str:
        """Give the address of the yellow cell of one input."""
        row = self.row_of(indicator, key)
        if row is None:
            raise KeyError((indicator, key))
        return a1(row.row, COLUMNS[Role.INPUT].index)

    def text_cell(self, indicator: str, field: str) -> str:
        """Give the address of one of an indicator's texts."""
        return a1(self.first_row(indicator), COLUMNS[TEXT_ROLES[field]].index)

    def people_cell(self, field: str) -> tuple[int, int]:
        """Give (row, column) of one cell of the block for pengisi and atasan."""
        position = PEOPLE_FIELDS.index(field)
        side, line = divmod(position, len(PEOPLE_FIELDS) // 2)
        column = COLUMNS[Role.INDIKATOR if side == 0 else Role.PENGHAMBAT].index
        return self.people_row + 1 + line, column

    def locked_text(self, row: FormRow, role: Role) -> str:
        """Give what a locked cell of a row must hold, as text; numbers in plain form."""
        indicator = row.indicator
        if role is Role.ASKED:
            return row.input.label
        if role is Role.UNIT:
            return row.input.unit
        if not row.first:
            return ""
        if role is Role.NUMBER:
            return indicator.number
        if role is Role.SASARAN:
            return indicator.sasaran
        if role is Role.INDIKATOR:
            return indicator.indikator
        if role is Role.TARGET:
            if indicator.target is None or indicator.target_status is not TargetStatus.OK:
                return target_words(indicator)
            return plain(indicator.target)
        return "" if indicator.prior is None else plain(indicator.prior)


def target_words(indicator: FormIndicator) -> str:
    """Say in words why no target stands in the form."""
    if indicator.target_status is TargetStatus.PERLU_KONFIRMASI:
        return "perlu konfirmasi"
    return "tidak ada"


def plain(number: Decimal) -> str:
    """Write a number as a workbook cell holds it: the shortest float, no exponent."""
    short = Decimal(repr(float(number)))
    text = format(short, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def form_title(content: FormContent) -> str:
    """Give the heading of a form."""
    what = (
        "INDIKATOR KINERJA UTAMA (IKU)"
        if content.jenis == "IKU"
        else "INDIKATOR KINERJA INDIVIDU (IKI)"
    )
    return f"FORMULIR PENGUKURAN KINERJA — {what}"


def unit_line(content: FormContent) -> str:
    """Give the second line of the form: whose form for which triwulan."""
    return f"{content.name} — {period_label(content.period)} Tahun {content.year}"


def make_layout(content: FormContent) -> FormLayout:
    """Lay the rows of a form out, one per input, in the order of the register."""
    rows: list[FormRow] = []
    for indicator in content.indicators:
        for position, asked in enumerate(indicator.inputs):
            rows.append(FormRow(FIRST_ROW + len(rows), indicator, asked, first=position == 0))
    return FormLayout(content, tuple(rows))


def input_cells(layout: FormLayout) -> Iterator[tuple[FormRow, str]]:
    """Yield every row with the address of its yellow cell."""
    for row in layout.rows:
        yield row, a1(row.row, COLUMNS[Role.INPUT].index)


def text_cells(layout: FormLayout) -> Iterator[tuple[FormIndicator, str, str]]:
    """Yield (indicator, field, address) of every text cell."""
    for indicator in layout.content.indicators:
        for field in TEXT_FIELDS:
            yield indicator, field, layout.text_cell(indicator.id, field)
