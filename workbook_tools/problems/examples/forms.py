"""Explain what is said of the form itself."""

from __future__ import annotations

from workbook_tools.problems.catalogue import problem
from workbook_tools.problems.examples.example import UNIT, Example, Explanation, at
from workbook_tools.problems.problem import Place, Severity

FORMS: dict[str, Explanation] = {
    "T01": Explanation(
        "Buku kerja dapat dibaca, tetapi tidak ada lembar formulir di dalamnya.",
        "Hanya formulir dari Perencanaan yang memuat indikator dan target yang benar.",
        (
            Example(
                "Yang dikirim rekap buatan sendiri dengan satu lembar, “Rekap”.",
                problem("T01", found="“Rekap”", sheets="“Rekap”"),
            ),
        ),
    ),
    "T04": Explanation(
        "Formulir dibuat oleh program yang lebih baru daripada yang memeriksanya.",
        "Program lama tidak mengetahui letak isian pada susunan baru, dan tidak menebaknya.",
        (
            Example(
                "Formulir diterbitkan di komputer lain yang programnya sudah diperbarui.",
                problem("T04", Place("Stempel"), found="2", expected="1"),
            ),
        ),
        "Perbarui program di komputer yang memeriksa, lalu minta unit menyimpan berkasnya lagi "
        "dan mengirimnya.",
    ),
    "T05": Explanation(
        "Lembar yang harus dibaca dihapus atau diberi nama lain.",
        "Program mencari isian menurut nama lembar, supaya tidak keliru membaca lembar tambahan.",
        (
            Example(
                "Nama lembar “Isian” diganti menjadi “Isian TW 1”.",
                problem(
                    "T05",
                    Place("Isian TW 1"),
                    expected="Isian",
                    nearest="Lembar yang paling mirip: “Isian TW 1”.",
                ),
            ),
        ),
    ),
    "T06": Explanation(
        "Satu judul kolom pada baris judul diganti, atau kolomnya dihapus.",
        "Kolom dikenali dari judulnya; tanpa judul, arti angkanya hanya dapat ditebak.",
        (
            Example(
                "Judul di H7 diganti dari “ISIAN” menjadi “Realisasi”.",
                problem(
                    "T06",
                    at("H7", None),
                    found="Realisasi",
                    expected="ISIAN",
                    nearest="Di tempatnya kini tertulis “Realisasi”.",
                ),
            ),
        ),
    ),
    "T07": Explanation(
        "Baris atau kolom disisipkan, tetapi setiap baris masih dikenali dari kuncinya.",
        "Isian tetap diterima; peringatan ini supaya pengisi memeriksa bahwa tidak ada yang "
        "tergeser tanpa sengaja.",
        (
            Example(
                "Satu baris kosong disisipkan di antara baris 8 dan 9.",
                problem("T07", at(None, None), what="baris"),
            ),
        ),
    ),
    "T08": Explanation(
        "Satu baris isian hilang, berulang, atau kunci tersembunyinya (kolom Q) berubah.",
        "Kunci menghubungkan angka dengan indikatornya. Tanpa kunci, angka dapat tercatat pada "
        "indikator yang keliru.",
        (
            Example(
                "Baris 9 dihapus.",
                problem(
                    "T08",
                    at("H9", f"{UNIT}/02"),
                    what="Baris “Jumlah Koperasi yang dibina: posisi pada akhir triwulan ini” "
                    "(semula baris 9) tidak ada lagi.",
                ),
            ),
        ),
    ),
    "T10": Explanation(
        "Perlindungan lembar dilepas, sehingga sel selain yang kuning pun dapat diubah.",
        "Isian tetap dibaca; sel terkunci yang ternyata berubah dilaporkan tersendiri (T11).",
        (
            Example(
                "Perlindungan dilepas lewat menu Tinjau > Jangan Proteksi Lembar.",
                problem("T10", at(None, None)),
            ),
        ),
    ),
    "T11": Explanation(
        "Isi sel yang tidak diisi oleh unit, misalnya target, satuan, atau judul, berubah.",
        "Target dan satuan ditetapkan dalam dokumen IKU/IKI dan registri; formulir tidak "
        "mengubahnya.",
        (
            Example(
                "Target di F8 diganti dari 36 menjadi 30.",
                problem("T11", at("F8"), found="30", expected="36", column="Target tahun ini"),
            ),
        ),
        "Bila targetnya memang keliru, perbaiki dalam registri lalu terbitkan formulir lagi.",
    ),
    "T12": Explanation(
        "Dua sel kuning atau lebih digabung menjadi satu.",
        "Excel hanya menyimpan isi sel pertama dari sel gabungan; isian yang lain hilang.",
        (
            Example(
                "H8 dan H9 digabung.",
                problem("T12", at("H8"), found="H8:H9", range="H8:H9"),
            ),
        ),
    ),
    "T13": Explanation(
        "Ada isian pada baris atau kolom yang tidak terlihat.",
        "Angka yang tidak terlihat tidak ikut diperiksa oleh pengisi dan atasannya. Baris yang "
        "disembunyikan dengan tangan ditolak; yang tersaring hanya ditanyakan.",
        (
            Example(
                "Lembar disaring sehingga baris 9 tidak tampak.",
                problem("T13", at("H9", f"{UNIT}/02"), found="86", what="baris 9"),
            ),
            Example(
                "Baris 8 disembunyikan dengan klik kanan > Sembunyikan.",
                problem(
                    "T13",
                    at("H8"),
                    found="36",
                    severity=Severity.ERROR,
                    variant="by_hand",
                    row="8",
                    content="“36”",
                ),
            ),
        ),
    ),
    "T14": Explanation(
        "Ada tulisan di sel yang bukan tempat isian.",
        "Program hanya mencatat sel kuning; tulisan lain disebutkan supaya tidak ada yang hilang "
        "tanpa diketahui.",
        (
            Example(
                "Di T8, di samping tabel, diketik “lihat lampiran”.",
                problem("T14", at("T8", None), found="lihat lampiran"),
            ),
        ),
    ),
    "T15": Explanation(
        "Buku kerja memuat lembar yang tidak berasal dari formulir.",
        "Lembar tambahan boleh ada sebagai catatan pengisi, tetapi tidak ikut dinilai.",
        (
            Example(
                "Pengisi menambahkan lembar “Rincian”.",
                problem("T15", Place("Rincian"), sheets="“Rincian”"),
            ),
        ),
    ),
}
