"""Say what was done to the form itself."""

from __future__ import annotations

from workbook_tools.problems.entry import Entry
from workbook_tools.problems.problem import Severity

E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741

FORMS: dict[str, Entry] = {
    "T01": Entry(
        E,
        "Bukan formulir kami",
        "Buku kerja ini bukan formulir pengukuran kinerja: lembar yang ada hanya {sheets}.",
        "Kirim formulir yang diterima dari Perencanaan (IKU_… atau IKI_…).",
    ),
    "T04": Entry(
        E,
        "Formulir lebih baru daripada program",
        "Formulir ini memakai susunan versi {found}, sedangkan program ini mengenal sampai "
        "versi {expected}.",
        "Beri tahu Perencanaan agar programnya diperbarui. Isian Anda tidak salah.",
    ),
    "T05": Entry(
        E,
        "Lembar tidak ada atau berganti nama",
        "Lembar “{expected}” tidak ada. {nearest}",
        "Nama lembarnya sudah benar di berkas perbaikan; pakailah berkas itu.",
    ),
    "T06": Entry(
        E,
        "Kolom tidak ada atau berganti judul",
        "Kolom “{expected}” tidak ada pada baris judul. {nearest}",
        "Judulnya sudah benar di berkas perbaikan; pakailah berkas itu dan periksa isiannya.",
    ),
    "T07": Entry(
        W,
        "Baris atau kolom bergeser",
        "Letak {what} bergeser dari formulir asli, tetapi masih dapat dibaca.",
        "Lain kali jangan menyisipkan atau memindahkan baris dan kolom.",
    ),
    "T08": Entry(
        E,
        "Baris dihapus atau kuncinya berubah",
        "{what}",
        "Semua baris sudah lengkap di berkas perbaikan; isi yang masih kosong di sana.",
    ),
    "T10": Entry(
        W,
        "Perlindungan lembar dilepas",
        "Perlindungan lembar {sheet} sudah dilepas.",
        "Isian tetap dibaca. Lain kali biarkan lembar terlindungi agar rumus tidak terhapus.",
    ),
    "T11": Entry(
        E,
        "Sel terkunci diubah",
        "Isi “{column}” berubah dari “{expected}” menjadi “{found}”.",
        "Di berkas perbaikan sel ini sudah dikembalikan ke “{expected}”; Anda tidak perlu "
        "mengubahnya. Bila data itu memang keliru, beri tahu Perencanaan.",
    ),
    "T12": Entry(
        E,
        "Sel isian digabung",
        "Sel isian {cell} tergabung dengan sel lain ({range}).",
        "Di berkas perbaikan selnya sudah terpisah; isi setiap sel kuning sendiri-sendiri.",
    ),
    "T13": Entry(
        W,
        "Isian pada baris atau kolom tersembunyi",
        "Isian “{found}” berada pada {what} yang tersembunyi atau tersaring.",
        "Tampilkan baris atau kolom itu dan pastikan isiannya memang benar.",
        variants={
            "by_hand": (
                "Baris {row} disembunyikan, padahal di situ ada isian ({content}).",
                "Baris itu sudah ditampilkan lagi di berkas perbaikan. Periksa isiannya di sana, "
                "lalu kirim berkas perbaikan itu.",
            )
        },
    ),
    "T14": Entry(
        W,
        "Isian di luar tempatnya",
        "Ada tulisan “{found}” di luar tempat isian.",
        "Tulisan ini tidak dicatat. Bila itu isian, ketik di sel kuningnya; bila itu penjelasan, "
        "tulis di kolom Keterangan.",
    ),
    "T15": Entry(
        I,
        "Ada lembar lain",
        "Berkas ini berisi lembar tambahan: {sheets}. Isinya tidak dibaca.",
        "Tidak ada yang perlu dilakukan.",
    ),
}
