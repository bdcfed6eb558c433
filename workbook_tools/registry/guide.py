"""Give the texts of the register's sheet Petunjuk, for people who know only Excel."""

from __future__ import annotations

TITLE = "Registri IKU dan IKI"

PARAGRAPHS: tuple[tuple[str, str], ...] = (
    (
        "Untuk apa berkas ini",
        (
            "Semua formulir, pemeriksaan dan rekap dibuat dari berkas ini. Yang mengubahnya "
            "hanya Perencanaan. Simpan sebagai .xlsx dengan nama yang sama, lalu jalankan "
            "perintah check."
        ),
    ),
    (
        "Yang boleh diubah",
        (
            "Isi baris di bawah kepala tabel pada setiap sheet, dan menambah baris di bawah "
            "baris terakhir. Jangan mengganti nama sheet dan kepala kolom. Urutan kolom "
            "bebas."
        ),
    ),
    (
        "Teks tercetak",
        (
            "Kolom yang menyebut 'tercetak', juga No, Sasaran, Indikator, Penjelasan dan "
            "Sumber data, menyalin dokumen apa adanya, termasuk salah ketik. Jangan "
            "diperbaiki di sini; pembetulan ditulis pada kolom di sebelahnya, misalnya Nilai "
            "dan Satuan di samping Tercetak."
        ),
    ),
    (
        "Mengonfirmasi target",
        (
            "Pada sheet Target, baris kuning berstatus 'perlu konfirmasi' belum dipakai untuk "
            "capaian. Periksa ke dokumen asli, betulkan Nilai dan Satuan bila perlu, lalu "
            "pilih status 'ok'. Target yang memang tidak ada berstatus 'kosong' dan nilainya "
            "dikosongkan."
        ),
    ),
    (
        "Target triwulan",
        (
            "Kolom TW1 sampai TW4 boleh kosong. Bila diisi, isi keempatnya: untuk agregasi "
            "sum jumlahnya sama dengan Nilai, untuk last TW4 sama dengan Nilai, untuk average "
            "rata-ratanya sama dengan Nilai."
        ),
    ),
    (
        "Menambah indikator",
        (
            "Tambahkan satu baris pada Indikator, baris isian menurut metodenya pada Isian "
            "(langsung: a; rasio dan pertumbuhan: a dan b; rata_rata_pertumbuhan: p0 sampai "
            "p3), dan satu baris untuk setiap tahun Renstra pada Target."
        ),
    ),
    (
        "Indikator yang sama pada dua jabatan",
        (
            "Tulis ID indikator asal pada kolom Sama dengan. Isiannya diminta sekali saja, "
            "pada indikator asal, dan dihitung dengan rumus masing-masing."
        ),
    ),
    (
        "Angka",
        (
            "Ketik angka sebagai angka, tanpa satuan dan tanpa tanda persen. 82,25 persen "
            "diketik 82,25. Kolom teks sudah diatur sebagai teks, jadi '3.90%' tidak berubah."
        ),
    ),
)
"""Headings and paragraphs in the order of reading."""
