"""Explain what is said of an indicator's figures."""

from __future__ import annotations

from workbook_tools.problems.catalogue import problem
from workbook_tools.problems.examples.example import UNIT, Example, Explanation, at
from workbook_tools.problems.problem import Severity

RATIO = "kabid-koperasi-ukm/01"
BOTH = "faktor penghambat dan tindak lanjut"

INDICATORS: dict[str, Explanation] = {
    "N01": Explanation(
        "Satu indikator ada pada dua baris.",
        "Bila kedua baris berisi, tidak dapat diketahui angka mana yang benar.",
        (
            Example(
                "Baris 9 disalin ke baris baru di bawahnya.",
                problem("N01", at(None, f"{UNIT}/02"), indicator=f"{UNIT}/02"),
            ),
        ),
    ),
    "N02": Explanation(
        "Semua baris satu indikator hilang dari formulir.",
        "Setiap indikator dalam dokumen IKU/IKI harus dilaporkan, juga bila hasilnya nol.",
        (
            Example(
                "Baris 9 dihapus.",
                problem("N02", at("C9", f"{UNIT}/02"), label="Jumlah Koperasi yang dibina"),
            ),
        ),
    ),
    "N03": Explanation(
        "Formulir memuat baris indikator milik unit lain.",
        "Setiap indikator diisi oleh satu unit, pada formulir unit itu.",
        (
            Example(
                "Satu baris dari formulir Bidang Pasar disalin ke baris 9.",
                problem("N03", at("Q9", "kabid-pasar/01"), found="kabid-pasar/01", row="9"),
            ),
        ),
    ),
    "N05": Explanation(
        "Isian yang menjadi pembagi diisi 0.",
        "Tidak ada bilangan yang dapat dibagi nol, jadi realisasinya tidak dapat dihitung.",
        (
            Example(
                "Di H9, jumlah seluruh koperasi, diketik 0.",
                problem(
                    "N05",
                    at("H9", RATIO),
                    found="0",
                    label="Jumlah koperasi: posisi pada akhir triwulan ini",
                ),
            ),
        ),
    ),
    "N06": Explanation(
        "Bagian lebih besar daripada keseluruhannya, pada triwulan ini atau sejak awal tahun.",
        "Koperasi aktif tidak mungkin lebih banyak daripada seluruh koperasi.",
        (
            Example(
                "Di H8 diketik 1.001 koperasi aktif, di H9 1.000 koperasi.",
                problem(
                    "N06",
                    at("H8", RATIO),
                    found="1.001",
                    expected="1.000",
                    numerator="1.001",
                    denominator="1.000",
                    maximum="100",
                ),
            ),
        ),
    ),
    "N08": Explanation(
        "Angka posisi pada akhir triwulan lebih kecil daripada triwulan sebelumnya.",
        "Jumlah binaan jarang turun; sering kali yang diketik hanya tambahan triwulan ini.",
        (
            Example(
                "Triwulan I 86 koperasi dibina; pada Triwulan II di H9 diketik 85.",
                problem("N08", at("H9", f"{UNIT}/02"), found="85", expected="86"),
            ),
        ),
    ),
    "N09": Explanation(
        "Capaian di atas 200 persen, atau pada Triwulan IV di bawah 50 persen.",
        "LKjIP harus menerangkan capaian yang jauh dari target; mungkin pula angka atau targetnya "
        "keliru. Bila Keterangan terisi, pertanyaan ini tidak muncul.",
        (
            Example(
                "Target 36 orang, di H8 diketik 73.",
                problem("N09", at("H8"), found="202,78"),
            ),
        ),
        "Bila banyak unit mendapat pesan ini pada indikator yang sama, periksa targetnya.",
    ),
    "N10": Explanation(
        "Angka kira-kira 10, 100, atau 1.000 kali target atau angka triwulan lalu.",
        "Satu angka nol atau koma yang keliru membuat kelipatan seperti ini. Ini pertanyaan, "
        "bukan penolakan.",
        (
            Example(
                "Target 36 orang, di H8 diketik 360.",
                problem(
                    "N10",
                    at("H8"),
                    found="360",
                    expected="36",
                    factor="10",
                    against="target tahun ini",
                ),
            ),
        ),
    ),
    "N12": Explanation(
        "Target belum tercapai, sedangkan kolom Faktor penghambat atau Tindak lanjut kosong. "
        "Tanda - saja belum menjelaskan.",
        "Formulir E.81 (Evaluasi Renja) dan LKjIP Bab III meminta sebab dan tindak lanjutnya. "
        "Sejak triwulan dalam pengaturan (bawaan: Triwulan IV) kiriman ditolak, sebelumnya "
        "ditanyakan.",
        (
            Example(
                "Triwulan IV: target 36 orang, tercapai 30, L8 dan N8 kosong.",
                problem("N12", at("L8"), found="83,33", missing=BOTH),
            ),
            Example(
                "Triwulan I: target 36 orang, tercapai 30, L8 dan N8 kosong.",
                problem("N12", at("L8"), found="83,33", severity=Severity.WARNING, missing=BOTH),
            ),
        ),
        "Triwulannya diatur dalam registri (pengaturan penjelasan_wajib_mulai_tw).",
    ),
}
