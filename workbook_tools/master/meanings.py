"""Say in words what the rules, statuses and flags of the master mean, for its page Tentang."""

from __future__ import annotations

from workbook_tools.indicators import achievement as known
from workbook_tools.master import words
from workbook_tools.master.figures import DATA_TERAKHIR

Line = tuple[str, str, str]
"""A name, what it is, and what follows from it."""

FORMULAS: tuple[Line, ...] = (
    ("Capaian, maximize", "100 × R / T", "R realisasi, T target. Makin tinggi makin baik."),
    (
        "Capaian, minimize",
        "100 × (2T - R) / T",
        "Makin rendah makin baik. Sama dengan [T-(R-T)]/T dan 1+(1-R/T).",
    ),
    (
        "Capaian, stabilize",
        "100 × R / T bila R ≤ T; selain itu 200 - 100 × R / T",
        "Makin dekat dengan target makin baik.",
    ),
    ("Capaian, range", "100 di dalam rentang", "Di luar rentang dihitung terhadap batas terdekat."),
    (
        "Rata-rata capaian",
        "rata-rata capaian berstatus OK",
        "Selalu disertai “n dinilai dari m”. Baris yang tidak dapat dinilai tidak ikut dihitung.",
    ),
    (
        "Capaian akhir Renstra",
        "R kumulatif / jumlah target, atau R / T akhir",
        "Kumulatif untuk indikator yang dijumlah; selain itu realisasi tahun ini terhadap target "
        "tahun terakhir Renstra.",
    ),
    (
        "Ubah dari tahun lalu",
        "100 × (R tahun ini - R tahun lalu) / |R tahun lalu|",
        "“n/a” bila tahun lalu tidak ada atau nol.",
    ),
    (
        "Predikat",
        "Permendagri 86/2017",
        "Interval seperti dicetak di sana; cara membaca celah di antaranya adalah pengaturan.",
    ),
    (
        "Bukan penilaian SKP",
        "PermenPANRB 6/2022",
        "Menurut peraturan ini SKP dinilai dengan umpan balik. Capaian IKI di sini bukan "
        "penilaian SKP seseorang.",
    ),
    (
        "Asal rujukan",
        "LKjIP yang diterbitkan dan kode e-SAKIP yang terbuka",
        "Peraturan dirujuk dari sumber kedua; cocokkan dengan naskah aslinya sebelum dikutip.",
    ),
)

EVALUATION: tuple[Line, ...] = (
    (
        "Kolom 5 dan 6",
        "dijumlah hanya bila indikatornya dijumlah antartahun",
        "Target seluruh tahun Renstra dan realisasi sejak awal Renstra. Pada indikator lain: "
        "target tahun terakhir dan realisasi tahun lalu.",
    ),
    (
        "Kolom 13",
        "6 + 12, atau sama dengan kolom 12",
        "Persentase dan posisi akhir tidak dijumlah antartahun; yang dicapai adalah angka tahun "
        "ini.",
    ),
    (
        "Kolom 14",
        "13 / 5 × 100, atau rumus capaian menurut polaritas",
        "Pada minimize, stabilize, dan range pembagian biasa memberi nilai tinggi untuk hasil "
        "yang buruk; karena itu dipakai rumus capaian di atas.",
    ),
    (
        "Kolom 15",
        "jabatan pemilik indikator",
        "Untuk IKU: jabatan yang IKI-nya mengulang IKU itu (sama_dengan pada registri).",
    ),
    ("Kolom 3 dan anggaran", "dikosongkan", "Program diisi penulis; anggaran di luar alat ini."),
)
"""Choices in Formulir E.81 that the form itself leaves open (ADR 8)."""

STATUSES: tuple[Line, ...] = (
    (known.OK, words.STATUS_WORDS[known.OK], "Capaian dihitung dan ikut dalam rata-rata."),
    (known.BELUM_DIISI, words.STATUS_WORDS[known.BELUM_DIISI], "Kosong tidak sama dengan nol."),
    (
        known.TARGET_PERLU_KONFIRMASI,
        words.STATUS_WORDS[known.TARGET_PERLU_KONFIRMASI],
        "Ubah statusnya di registri sesudah targetnya dipastikan; capaian lalu muncul sendiri.",
    ),
    (
        known.TARGET_NOL,
        words.STATUS_WORDS[known.TARGET_NOL],
        "Pembagian dengan nol tidak ada artinya; tetapkan target yang dapat diukur.",
    ),
    (
        known.TIDAK_DINILAI,
        words.STATUS_WORDS[known.TIDAK_DINILAI],
        "Isi target di registri bila indikator ini memang hendak dinilai.",
    ),
)

FLAGS: tuple[Line, ...] = (
    (known.TARGET_SUSPECT, "capaian di atas 200 %", "Periksa apakah target atau realisasi keliru."),
    (
        DATA_TERAKHIR,
        "angka triwulan terakhir yang ada",
        "Triwulan sesudahnya kosong; angka posisi yang lama tetap berlaku.",
    ),
    (
        known.DI_ANTARA_BATAS,
        "di celah dua batas predikat",
        "Predikatnya bergantung pada pengaturan pembacaan batas.",
    ),
)
