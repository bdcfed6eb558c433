"""Fill forms the way staff do, some of them wrongly, and mend what the notes ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from workbook_tools.address import a1
from workbook_tools.form.layout import COLUMNS, ISIAN, FormLayout, Role

Figures = Mapping[tuple[str, str], float]
Texts = Mapping[tuple[str, str], str]
PEOPLE = {
    "pengisi_nama": "Pengisi (nama rekaan)",
    "pengisi_nip": "198001012005011001",
    "pengisi_tanggal": "",
    "atasan_nama": "Atasan (nama rekaan)",
    "atasan_nip": "197501012000031002",
    "atasan_tanggal": "",
}


@dataclass(frozen=True, slots=True)
class Mishap:
    """One way in which a return goes wrong, in words, and what does it.

    `spoil` changes the filled workbook, `spoil_bytes` the saved file; `folder` is the
    wrong folder it is dropped into.
    """

    unit: str
    words: str
    spoil: Callable[[Workbook, FormLayout], None] | None = None
    spoil_bytes: Callable[[bytes], bytes] | None = None
    folder: str | None = None


def fill(source: Path, layout: FormLayout, *, figures: Figures, texts: Texts) -> Workbook:
    """Open a form (or a correction workbook) and fill its yellow cells."""
    book = load_workbook(source)
    sheet = book[ISIAN]
    for (indicator, key), figure in figures.items():
        sheet[layout.input_cell(indicator, key)] = int(figure) if figure == int(figure) else figure
    for (indicator, field), text in texts.items():
        sheet[layout.text_cell(indicator, field)] = text
    for field, text in PEOPLE.items():
        row, column = layout.people_cell(field)
        if text:
            sheet.cell(row, column).value = text
    return book


def _first(layout: FormLayout, position: int = 0) -> str:
    return a1(layout.rows[position].row, COLUMNS[Role.INPUT].index)


def _type(
    value: str | float | date | None, position: int = 0
) -> Callable[[Workbook, FormLayout], None]:
    def spoil(book: Workbook, layout: FormLayout) -> None:
        cell = book[ISIAN][_first(layout, position)]
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "d-mmm"

    return spoil


def _change_target(book: Workbook, layout: FormLayout) -> None:
    book[ISIAN][a1(layout.rows[0].row, COLUMNS[Role.TARGET].index)] = 15


def _swap(book: Workbook, layout: FormLayout) -> None:
    sheet = book[ISIAN]
    first, second = sheet[_first(layout, 0)], sheet[_first(layout, 1)]
    first.value, second.value = second.value, first.value


def _silence(book: Workbook, layout: FormLayout) -> None:
    sheet = book[ISIAN]
    for indicator in layout.content.indicators:
        for field in ("penghambat", "tindak_lanjut"):
            sheet[layout.text_cell(indicator.id, field)] = None


def _as_csv(data: bytes) -> bytes:
    return f"No;Indikator;Isian\r\n1;Dokumen gaji;{len(data)}\r\n".encode()


def _cut_off(data: bytes) -> bytes:
    return data[: len(data) // 2]


MISHAPS: dict[int, tuple[Mishap, ...]] = {
    1: (
        Mishap("kasi-bina-perdagangan", "bukan satu angka", _type("12 dari 15")),
        Mishap("kasi-sarpras-pasar", "isian wajib kosong", _type(None, 1)),
        Mishap("kasi-tertib-niaga-metrologi", "satuan lain", _type("6 Kop")),
        Mishap("kabid-perdagangan", "pembagi nol", _type(0, 1)),
        Mishap("kabid-koperasi-ukm", "pembilang dan penyebut tertukar", _swap),
    ),
    2: (
        Mishap("kasubbag-umum-kepegawaian", "terbaca sebagai tanggal", _type(date(2020, 4, 3))),
        Mishap("kasi-pemberdayaan-koperasi", "koma meragukan", _type("1,250")),
        Mishap("kasi-ketertiban-kebersihan", "target diubah", _change_target),
        Mishap("upt-blud-permodalan", "pecahan untuk hitungan", _type(8.5)),
        Mishap("kasi-industri-agro", "salah folder", folder="kabid-pasar"),
    ),
    3: (
        Mishap("kasi-bina-produksi", "belum ada data tanpa penjelasan", _type("-")),
        Mishap("kasubbag-keuangan", "CSV bernama xlsx", spoil_bytes=_as_csv),
        Mishap("kasi-pemberdayaan-ukm", "berkas terpotong", spoil_bytes=_cut_off),
    ),
    4: (Mishap("kabid-koperasi-ukm", "di bawah target tanpa penjelasan", _silence),),
}
"""The returns that go wrong, by triwulan."""
