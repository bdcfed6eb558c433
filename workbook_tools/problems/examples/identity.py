"""Explain what is said of whose form a return is."""

from __future__ import annotations

from workbook_tools.problems.catalogue import problem
from workbook_tools.problems.examples.example import UNIT, UNIT_NAME, Example, Explanation, at
from workbook_tools.problems.problem import Place

OTHER = "kasi-kelembagaan-pengawasan"
STAMP = Place("Stempel")

IDENTITY: dict[str, Explanation] = {
    "I01": Explanation(
        "Setiap formulir memuat cap tersembunyi: unit, tahun, triwulan, dan terbitannya. Di "
        "berkas ini cap itu tidak ada.",
        "Nama berkas dapat diganti siapa saja; hanya cap yang menunjukkan formulir milik siapa.",
        (
            Example(
                "Yang dikirim buku kerja buatan sendiri dengan satu lembar, “Rekap”.",
                problem("I01"),
            ),
            Example(
                "Lembar Isian disalin ke buku kerja baru, lalu buku kerja itu yang dikirim.",
                problem("I01", variant="refilled"),
            ),
        ),
    ),
    "I02": Explanation(
        "Formulirnya sah, tetapi unitnya tidak ada lagi dalam registri.",
        "Angka tanpa unit tidak mempunyai tempat di buku kerja induk.",
        (
            Example(
                "Jabatan dihapus dari registri setelah formulirnya dikirim.",
                problem("I02", STAMP, found=UNIT, unit=UNIT),
            ),
        ),
        "Periksa apakah jabatan itu memang dihapus. Bila berganti nama, terbitkan formulir baru.",
    ),
    "I03": Explanation(
        "Formulir satu unit ditaruh di folder inbox unit lain.",
        "Satu unit tidak boleh mengisi atas nama unit lain tanpa diketahui.",
        (
            Example(
                f"Formulir seksi ini ditaruh di folder inbox/{OTHER}.",
                problem(
                    "I03",
                    found=OTHER,
                    expected=UNIT,
                    unit=UNIT,
                    unit_name=UNIT_NAME,
                    folder=OTHER,
                ),
            ),
            Example(
                f"Formulir yang capnya berubah ditaruh di folder inbox/{OTHER}.",
                problem(
                    "I03",
                    found=OTHER,
                    expected=UNIT,
                    unit=UNIT,
                    unit_name=UNIT_NAME,
                    folder=OTHER,
                    variant="unproven",
                ),
            ),
        ),
    ),
    "I04": Explanation(
        "Triwulan formulir ini belum mulai, atau tahunnya tidak ada dalam registri.",
        "Realisasi triwulan yang belum mulai belum mungkin ada.",
        (
            Example(
                "Formulir Triwulan IV dikirim pada bulan April.",
                problem(
                    "I04", at(None, None), period_name="Triwulan IV Tahun 2020", why="belum mulai"
                ),
            ),
        ),
        "Bila tahunnya belum ada, tambahkan target tahun itu dalam registri.",
    ),
    "I05": Explanation(
        "Cap formulir ada, tetapi tidak cocok dengan catatan ruang kerja ini.",
        "Cap ditandatangani dengan kunci ruang kerja, supaya formulir tidak dapat ditukar.",
        (
            Example(
                "Lembar tersembunyi dibuka dan triwulannya diubah dari 1 menjadi 2.",
                problem("I05", STAMP, why="diubah, atau berasal dari kantor lain"),
            ),
        ),
        "Bila banyak formulir ditolak dengan kode ini, periksa apakah ruang kerja dipindahkan "
        "tanpa kuncinya (folder .state).",
    ),
    "I06": Explanation(
        "Cap disimpan di tiga tempat dalam berkas, dan isinya tidak sama.",
        "Cap yang berbeda menandakan isi dua formulir tercampur; tidak dapat diketahui angkanya "
        "milik triwulan yang mana.",
        (
            Example(
                "Lembar dari formulir triwulan lain disalin ke dalam formulir ini.",
                problem("I06", STAMP, place_a="lembar tersembunyi", place_b="properti berkas"),
            ),
        ),
    ),
}
