"""Declare the register workbook once: sheets, columns, header words, notes, lists, widths.

The writer, the reader, the package's text files and `check` ask this module; nobody else
knows in which column a target stands.
"""

from __future__ import annotations

from collections.abc import Mapping

from workbook_tools.address import column_letter
from workbook_tools.registry.columns import JENIS, LEVELS, NO, YES, Column, Content, Sheet
from workbook_tools.registry.model import (
    Aggregation,
    Frequency,
    Kind,
    Method,
    Polarity,
    TargetStatus,
)

_ID = Content.ID
_NUMBER = Content.NUMBER
_KINDS = tuple(Kind)
_AGGREGATIONS = tuple(Aggregation)
_KIND_NOTE = "Jenis angka: count = bilangan bulat, percent = persen, money = uang."
_AGGREGATION_NOTE = (
    "Cara menggabungkan triwulan: sum = dijumlahkan, last = posisi terakhir, "
    "average = rata-rata, max = tertinggi."
)

DINAS = Sheet(
    "Dinas",
    "agency.csv",
    "Nama dinas, alamat, dan tahun-tahun Renstra.",
    1,
    (
        Column("kunci", "Kunci", "Nama isian. Jangan diubah.", 20, _ID),
        Column("nilai", "Nilai", "Isi di sini, seperti tercetak pada dokumen.", 70),
        Column("arti", "Arti", "Keterangan untuk pembaca; tidak dibaca program.", 60),
    ),
)

JABATAN = Sheet(
    "Jabatan",
    "positions.csv",
    "Satu baris untuk setiap jabatan, dan satu untuk IKU dinas.",
    1,
    (
        Column("id", "ID", "Pengenal jabatan, huruf kecil dan tanda hubung. Unik.", 27, _ID),
        Column("jenis", "Jenis", "IKU untuk dinas, IKI untuk jabatan.", 8, _ID, JENIS),
        Column("level", "Level", "Tingkat jabatan.", 14, _ID, LEVELS),
        Column("jabatan", "Jabatan", "Nama jabatan selengkapnya.", 40),
        Column("label", "Label", "Nama pendek untuk judul sheet dan papan.", 30),
        Column(
            "atasan",
            "Atasan",
            "ID atasan langsung yang memeriksa isian. Kosong untuk dinas dan kepala dinas.",
            24,
            _ID,
            list_of="Jabatan",
        ),
        Column(
            "jabatan_tercetak",
            "Jabatan tercetak",
            "Baris tercetak, apa adanya; jangan diperbaiki.",
            45,
        ),
        Column(
            "tugas_tercetak",
            "Tugas tercetak",
            "Baris tercetak, apa adanya; jangan diperbaiki.",
            50,
        ),
        Column(
            "fungsi_tercetak",
            "Fungsi tercetak",
            "Baris tercetak, apa adanya; jangan diperbaiki.",
            60,
        ),
        Column(
            "nama_disimpulkan",
            "Nama disimpulkan",
            "'ya' bila nama jabatan tidak tercetak dan hanya disimpulkan.",
            13,
            _ID,
            (YES, NO),
        ),
        Column(
            "halaman_hilang",
            "Halaman hilang",
            "'ya' bila halaman jabatan ini tidak ada pada dokumen.",
            11,
            _ID,
            (YES, NO),
        ),
        Column("catatan", "Catatan", "Bukti atau keterangan tambahan.", 50),
    ),
)

INDIKATOR = Sheet(
    "Indikator",
    "indicators.csv",
    "Satu baris untuk setiap indikator: teks tercetak, lalu cara mengukurnya.",
    1,
    (
        Column("id", "ID", "Pengenal indikator, misalnya kabid-pasar/01. Unik.", 29, _ID),
        Column("jabatan", "Jabatan", "ID jabatan pemilik indikator.", 25, _ID, list_of="Jabatan"),
        Column("no", "No", "Nomor seperti tercetak; boleh kosong.", 6),
        Column("sasaran", "Sasaran/kinerja", "Seperti tercetak.", 38),
        Column("indikator", "Indikator kinerja", "Seperti tercetak.", 38),
        Column("penjelasan", "Penjelasan/formulasi", "Seperti tercetak.", 38),
        Column("sumber_data", "Sumber data", "Seperti tercetak.", 18),
        Column("satuan", "Satuan", "Satuan baku indikator, misalnya orang atau persen.", 14, _ID),
        Column(
            "polaritas",
            "Polaritas",
            "Arah yang baik: maximize = makin tinggi makin baik, minimize = makin rendah "
            "makin baik, stabilize = tepat target, range = dalam rentang.",
            12,
            _ID,
            tuple(Polarity),
        ),
        Column(
            "metode",
            "Metode",
            "Cara menghitung realisasi dari isian. Setiap metode meminta isian tertentu pada "
            "sheet Isian: langsung a; rasio dan pertumbuhan a, b; rata_rata_pertumbuhan p0-p3.",
            22,
            _ID,
            tuple(Method),
        ),
        Column("agregasi", "Agregasi", _AGGREGATION_NOTE, 11, _ID, _AGGREGATIONS),
        Column("tipe", "Tipe", _KIND_NOTE, 10, _ID, _KINDS),
        Column("desimal", "Desimal", "Banyaknya angka di belakang koma.", 9, _NUMBER),
        Column("minimum", "Minimum", "Batas terendah realisasi; kosong bila tak ada.", 10, _NUMBER),
        Column(
            "maksimum", "Maksimum", "Batas tertinggi realisasi; kosong bila tak ada.", 10, _NUMBER
        ),
        Column(
            "terburuk",
            "Terburuk",
            "Keadaan terburuk (W) untuk indikator minimize dengan target 0.",
            10,
            _NUMBER,
        ),
        Column(
            "frekuensi",
            "Frekuensi",
            "Seberapa sering diukur. 'tahunan' boleh kosong sampai TW IV.",
            11,
            _ID,
            tuple(Frequency),
        ),
        Column(
            "sama_dengan",
            "Sama dengan",
            "ID indikator lain yang isiannya dipakai juga di sini; isiannya hanya diminta sekali.",
            20,
            _ID,
            list_of="Indikator",
        ),
        Column("catatan", "Catatan", "Keterangan tambahan.", 45),
    ),
)

ISIAN = Sheet(
    "Isian",
    "inputs.csv",
    "Satu baris untuk setiap angka yang diminta pada formulir.",
    2,
    (
        Column("indikator", "Indikator", "ID indikator.", 29, _ID, list_of="Indikator"),
        Column("kunci", "Kunci", "a, b, p0, p1, p2 atau p3, sesuai metode.", 8, _ID),
        Column("yang_diisi", "Yang diisi", "Kalimat yang dibaca pengisi formulir.", 60),
        Column("satuan", "Satuan", "Satuan angka yang diisi.", 16, _ID),
        Column("tipe", "Tipe", _KIND_NOTE, 10, _ID, _KINDS),
        Column("desimal", "Desimal", "Banyaknya angka di belakang koma.", 9, _NUMBER),
        Column("agregasi", "Agregasi", _AGGREGATION_NOTE, 11, _ID, _AGGREGATIONS),
        Column("minimum", "Minimum", "Batas terendah isian; kosong bila tak ada.", 10, _NUMBER),
        Column("maksimum", "Maksimum", "Batas tertinggi isian; kosong bila tak ada.", 10, _NUMBER),
        Column(
            "nama_indikator",
            "Nama indikator (otomatis)",
            "Diambil Excel dari sheet Indikator; tidak dibaca program.",
            78,
            Content.DERIVED,
        ),
    ),
)

TARGET = Sheet(
    "Target",
    "targets.csv",
    "Satu baris untuk setiap indikator dan tahun.",
    2,
    (
        Column("indikator", "Indikator", "ID indikator.", 29, _ID, list_of="Indikator"),
        Column("tahun", "Tahun", "Salah satu tahun Renstra.", 8, _NUMBER),
        Column("tercetak", "Tercetak", "Isi sel target pada dokumen, apa adanya.", 15),
        Column("nilai", "Nilai", "Angka yang dipakai program. Kosong bila tidak ada.", 13, _NUMBER),
        Column("satuan", "Satuan", "Satuan menurut cetakan; kosong bila tak tercetak.", 13, _ID),
        Column(
            "status",
            "Status",
            "ok = dipakai; perlu konfirmasi = belum boleh dipakai sampai Perencanaan memastikan "
            "atau membetulkan nilainya; kosong = tidak ada target.",
            17,
            _ID,
            tuple(TargetStatus),
        ),
        Column(
            "batas_bawah",
            "Batas bawah",
            "Hanya untuk polaritas range: batas bawah rentang (Nilai = batas atas).",
            10,
            _NUMBER,
        ),
        *(
            Column(
                f"tw{n}",
                f"TW{n}",
                "Target triwulan, boleh kosong; bila diisi, isi keempatnya. "
                "sum: jumlahnya = Nilai; last: TW4 = Nilai; average: rata-ratanya = Nilai.",
                9,
                _NUMBER,
            )
            for n in (1, 2, 3, 4)
        ),
        Column(
            "nama_indikator",
            "Nama indikator (otomatis)",
            "Diambil Excel dari sheet Indikator; tidak dibaca program.",
            78,
            Content.DERIVED,
        ),
    ),
)

PENGATURAN = Sheet(
    "Pengaturan",
    "settings.csv",
    "Pilihan cara menghitung dan tenggat; dicetak pada kaki rekap.",
    1,
    (
        Column("kunci", "Kunci", "Nama pengaturan. Jangan diubah.", 28, _ID),
        Column("nilai", "Nilai", "Isi di sini.", 22),
        Column("arti", "Arti", "Keterangan untuk pembaca; tidak dibaca program.", 80),
    ),
)

SKALA = Sheet(
    "Skala",
    "scale.csv",
    "Batas bawah setiap predikat, dari yang tertinggi.",
    0,
    (
        Column(
            "batas_bawah",
            "Batas bawah",
            "Capaian (%) mulai dari angka ini. Urut dari yang tertinggi; kosong pada baris akhir.",
            13,
            _NUMBER,
        ),
        Column("predikat", "Predikat", "Kata yang dicetak.", 22),
        Column("simbol", "Simbol", "Tanda, supaya arti tidak hanya dari warna.", 10),
        Column("warna", "Warna", "Enam angka heksadesimal RRGGBB.", 12, _ID),
    ),
)

DOKUMEN = Sheet(
    "Dokumen",
    "document.txt",
    "Semua baris dokumen tercetak, apa adanya. Jangan diubah.",
    1,
    (
        Column("baris", "Baris", "Nomor baris pada dokumen.", 8, _NUMBER),
        Column("teks", "Teks", "Isi baris, apa adanya.", 150),
    ),
)

SHEETS: tuple[Sheet, ...] = (
    DINAS,
    JABATAN,
    INDIKATOR,
    ISIAN,
    TARGET,
    PENGATURAN,
    SKALA,
    DOKUMEN,
)
"""Every sheet with data, in the order of the tabs (the guide stands before them)."""

Columns = Mapping[str, Mapping[str, int]]
"""Where columns stand: sheet name -> column key -> column number from 1."""

STANDARD_COLUMNS: Columns = {
    sheet.name: {column.key: number for number, column in enumerate(sheet.columns, 1)}
    for sheet in SHEETS
}
"""The columns as the tool itself writes them."""


def cell(sheet: str, key: str, row: int, *, columns: Columns = STANDARD_COLUMNS) -> str:
    """Give the address of a cell, such as `D2` for `cell("Target", "nilai", 2)`."""
    return f"{column_letter(columns[sheet][key])}{row}"


def slug(head: str) -> str:
    """Turn a header word as people type it into the form that is compared."""
    return "_".join(head.casefold().replace("_", " ").split())
