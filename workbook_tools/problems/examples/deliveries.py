"""Explain what is said of how a return was delivered, and of the program itself."""

from __future__ import annotations

from workbook_tools.problems.catalogue import problem
from workbook_tools.problems.examples.example import Example, Explanation, at
from workbook_tools.problems.problem import Severity

DELIVERIES: dict[str, Explanation] = {
    "K01": Explanation(
        "Berkas yang sama persis pernah masuk.",
        "Berkas yang sama tidak menambah revisi dan tidak mengubah angka.",
        (
            Example(
                "Formulir yang sudah diterima disalin lagi ke inbox.",
                problem(
                    "K01",
                    found="kiriman.xlsx",
                    when="3 April 2020 pukul 09.00",
                    result="sudah diterima",
                ),
            ),
            Example(
                "Setelah revisi 2 diterima, berkas revisi 1 dikirim lagi.",
                problem(
                    "K01",
                    found="kiriman.xlsx",
                    when="3 April 2020 pukul 09.00",
                    result="sudah diterima sebagai revisi 1; yang berlaku sekarang revisi 2 dari "
                    "“kiriman.xlsx”",
                    variant="superseded",
                ),
            ),
        ),
    ),
    "K02": Explanation(
        "Untuk unit dan triwulan ini sudah ada kiriman yang diterima; yang baru menggantikannya.",
        "Yang berlaku kiriman sah yang terakhir. Kiriman sebelumnya tetap tersimpan.",
        (
            Example(
                "Kiriman kedua mengubah H8 dan H9.",
                problem(
                    "K02",
                    previous="1",
                    changes="Yang berubah: H8: 36 menjadi 40; H9: 90 menjadi 86.",
                ),
            ),
        ),
    ),
    "K03": Explanation(
        "Kiriman masuk setelah batas waktu. Pesan ini hanya memberi tahu.",
        "Batas bagi unit tanggal 5 setelah triwulan berakhir (pengaturan).",
        (
            Example(
                "Formulir Triwulan I dikirim pada 8 April 2020.",
                problem("K03", days="3", due="5 April 2020"),
            ),
        ),
        "Batasnya diatur dalam registri (pengaturan tenggat_unit).",
    ),
    "K05": Explanation(
        "Perencanaan sudah menutup triwulan ini.",
        "Setelah laporan ditandatangani, angkanya tidak boleh berubah tanpa sepengetahuan "
        "Perencanaan.",
        (
            Example(
                "Formulir Triwulan I dikirim setelah triwulannya ditutup.",
                problem("K05", at(None, None), period_name="Triwulan I Tahun 2020"),
            ),
        ),
        "Hapus triwulan itu dari pengaturan periode_ditutup bila datanya boleh diubah.",
    ),
    "K06": Explanation(
        "Ada kiriman lain untuk formulir ini: dengan formulir terbitan lebih baru, atau dari "
        "salinan berkas yang lain.",
        "Formulir terbitan terbaru memuat target dan realisasi lalu yang terakhir; kiriman lama "
        "tidak boleh menggantikannya diam-diam. Salinan ganda disebutkan supaya yang terakhir "
        "masuk tidak menang tanpa dilihat orang.",
        (
            Example(
                "Formulir terbitan ke-1 dikirim setelah yang ke-2 diterima.",
                problem(
                    "K06",
                    severity=Severity.ERROR,
                    issue="1",
                    latest="2",
                    revision="1",
                    file="kiriman.xlsx",
                ),
            ),
            Example(
                "Dua salinan dari satu formulir dikirim, `kiriman.xlsx` lalu `kiriman (1).xlsx`.",
                problem(
                    "K06",
                    variant="both",
                    file="kiriman (1).xlsx",
                    others="“kiriman.xlsx” (revisi 1, masuk 3 April 2020 pukul 09.00)",
                    revision="2",
                    standing="kiriman (1).xlsx",
                ),
            ),
        ),
    ),
    "G01": Explanation(
        "Program berhenti karena kesalahannya sendiri. Berkas kiriman sudah tersimpan.",
        "Gangguan program tidak boleh dikira kesalahan pengisi.",
        (
            Example(
                "Pemeriksaan kiriman dengan nomor catatan 12 terhenti.",
                problem("G01", number="12"),
            ),
        ),
        "Sampaikan nomor itu kepada pemelihara program, bersama berkas aslinya dari arsip.",
    ),
    "G02": Explanation(
        "Temuan terlalu banyak untuk satu daftar.",
        "Daftar yang sangat panjang tidak dibaca; sering kali satu sebab menimbulkan banyak "
        "temuan.",
        (
            Example(
                "Formulir dengan 200 indikator dikirim hampir kosong.",
                problem("G02", shown="300", total="412"),
            ),
        ),
    ),
}
