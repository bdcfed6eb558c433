"""Say what is wrong with a file, with whose it is, and how it was delivered."""

from __future__ import annotations

from workbook_tools.problems.entry import Entry
from workbook_tools.problems.problem import Severity

E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741

ARRIVALS: dict[str, Entry] = {
    "B01": Entry(
        E,
        "Bukan buku kerja yang dapat dibaca",
        "Berkas ini sebenarnya {kind}, bukan buku kerja Excel (.xlsx).",
        "Buka formulir yang dikirim Perencanaan, isi, lalu simpan sebagai "
        "“Buku Kerja Excel (.xlsx)” dan kirim lagi.",
    ),
    "B02": Entry(
        E,
        "Berkas terkunci sandi",
        "Berkas ini dikunci dengan sandi atau label kerahasiaan sehingga tidak dapat dibaca.",
        "Buka berkasnya dengan sandi itu, hapus sandinya (Excel: File > Info > Lindungi Buku "
        "Kerja > Enkripsi dengan Kata Sandi, kosongkan; LibreOffice: simpan tanpa sandi), simpan, "
        "lalu kirim lagi.",
    ),
    "B03": Entry(
        I,
        "Berkas sementara",
        "Berkas ini adalah berkas sementara atau salinan milik program lain, jadi dibiarkan.",
        "Tidak ada yang perlu dilakukan. Tutup Excel bila formulirnya sudah selesai diisi.",
        variants={
            "unnamed": (
                "Berkas ini simpanan Excel yang belum diberi nama, jadi dibiarkan.",
                "Bila berkas ini tetap ada, mungkin inilah satu-satunya salinan isian seseorang: "
                "buka dengan Excel, lalu simpan sebagai .xlsx di folder yang sama.",
            )
        },
    ),
    "B04": Entry(
        I,
        "Berkas belum selesai disalin",
        "Berkas ini masih disalin atau masih kosong (0 byte), jadi akan dilihat lagi.",
        "Tunggu sampai penyalinan selesai. Bila berkasnya memang kosong, kirim lagi.",
        variants={
            "left": (
                "Berkas ini belum diambil: {found}. Berkasnya akan dilihat lagi.",
                "Tunggu sampai penyalinan selesai dan tutup berkasnya bila sedang terbuka.",
            ),
            "closed": (
                "Ada yang tidak dapat dilihat di sini: {found}.",
                "Periksa izin folder itu, atau pindahkan isinya ke folder unit.",
            ),
            "empty": (
                "Berkas ini kosong (0 byte): penyalinannya tidak pernah selesai.",
                "Kirim lagi berkasnya dari komputer Anda.",
            ),
        },
    ),
    "B05": Entry(
        E,
        "Berkas terlalu besar",
        "Berkas ini melewati batas {limit} ({value}).",
        "Pakai formulir asli dari Perencanaan tanpa gambar atau lembar tambahan, lalu kirim lagi.",
        variants={
            "left": (
                "Berkas ini tidak diambil: {found}.",
                "Pindahkan berkas itu dari folder ini, lalu kirim formulirnya saja.",
            )
        },
    ),
    "B06": Entry(
        E,
        "Berisi makro atau tautan luar",
        "Berkas ini berisi {what}, yang tidak boleh ada dalam formulir.",
        "Salin isian ke formulir asli (.xlsx) dari Perencanaan, lalu kirim formulir itu.",
    ),
    "B07": Entry(
        E,
        "Berkas rusak",
        "Berkas ini rusak atau tidak lengkap ({what}).",
        "Buka lagi berkas di komputer Anda, simpan ulang sebagai .xlsx, lalu kirim lagi. "
        "Bila tidak dapat dibuka, isi formulir baru.",
    ),
    "B08": Entry(
        I,
        "Disimpan dengan program lain",
        "Berkas ini terakhir disimpan dengan {program}.",
        "Tidak ada yang perlu dilakukan.",
    ),
    "I01": Entry(
        E,
        "Cap formulir tidak ada",
        "Cap formulir (penanda dari Perencanaan) tidak ditemukan di berkas ini.",
        "Isi formulir asli yang dikirim Perencanaan, bukan salinan lembarnya ke berkas baru.",
        variants={
            "refilled": (
                "Cap formulir (penanda dari Perencanaan) tidak ditemukan di berkas ini; mungkin "
                "lembarnya disalin ke berkas baru.",
                "Isian Anda sudah disalin ke berkas perbaikan, yang bercap; kirim berkas itu.",
            )
        },
    ),
    "I02": Entry(
        E,
        "Unit tidak dikenal",
        "Unit “{unit}” pada formulir ini tidak ada dalam registri.",
        "Minta formulir terbaru kepada Perencanaan.",
    ),
    "I03": Entry(
        E,
        "Salah folder",
        "Formulir ini milik {unit_name}, tetapi ditaruh di folder “{folder}”.",
        "Taruh berkas perbaikan ini di folder inbox/{unit}. Bila yang hendak Anda kirim formulir "
        "unit lain, isi formulir unit itu.",
        variants={
            "unproven": (
                "Menurut capnya formulir ini milik {unit_name}, tetapi ditaruh di folder "
                "“{folder}”.",
                "Isi formulir asli unit Anda dari Perencanaan (folder outbox/{folder}/formulir), "
                "lalu kirim formulir itu.",
            )
        },
    ),
    "I04": Entry(
        E,
        "Triwulan belum atau tidak dibuka",
        "Formulir ini untuk {period_name}, yang {why}.",
        "Periksa triwulan pada judul formulir. Bila benar, hubungi Perencanaan.",
    ),
    "I05": Entry(
        E,
        "Cap formulir tidak sah",
        "Cap formulir ini {why}.",
        "Pakai berkas perbaikan bila ada, atau formulir asli dari Perencanaan; jangan mengubah "
        "lembar tersembunyi.",
    ),
    "I06": Entry(
        E,
        "Cap formulir tidak sama",
        "Cap formulir di {place_a} berbeda dengan yang di {place_b}.",
        "Pakai berkas perbaikan bila ada, atau formulir asli dari Perencanaan; jangan menyalin "
        "isi satu formulir ke berkas formulir lain.",
    ),
    "K01": Entry(
        I,
        "Berkas yang sama dikirim lagi",
        "Berkas ini sama persis dengan “{found}” yang masuk pada {when}, yang {result}.",
        "Tidak perlu dikirim lagi. Bila angkanya hendak diubah, ubah isinya lalu kirim.",
        variants={
            "superseded": (
                "Berkas ini sama persis dengan “{found}” yang masuk pada {when}, yang {result}.",
                "Berkas ini tidak dihitung lagi. Bila angka di berkas ini yang benar, buka "
                "berkasnya, simpan lagi, lalu kirim.",
            )
        },
    ),
    "K02": Entry(
        I,
        "Menggantikan kiriman sebelumnya",
        "Kiriman ini menggantikan revisi {previous}. {changes}",
        "Tidak ada yang perlu dilakukan bila perubahannya memang dimaksud.",
    ),
    "K03": Entry(
        W,
        "Terlambat",
        "Kiriman ini terlambat {days} hari dari batas {due}.",
        "Keterlambatan tidak menghalangi penerimaan.",
    ),
    "K05": Entry(
        E,
        "Periode sudah ditutup",
        "{period_name} sudah ditutup oleh Perencanaan.",
        "Hubungi Perencanaan bila datanya masih harus diubah.",
    ),
    "K06": Entry(
        I,
        "Formulir terbitan lama",
        "Kiriman ini memakai formulir terbitan ke-{issue}, sedangkan kiriman dengan formulir "
        "terbitan ke-{latest} sudah diterima dan tetap berlaku (revisi {revision} dari “{file}”).",
        "Bila angka di kiriman ini yang benar, kirim berkas perbaikan: isian Anda sudah disalin ke "
        "formulir terbitan terbaru. Bila tidak, tidak ada yang perlu dilakukan.",
        variants={
            "both": (
                "Ada lebih dari satu berkas untuk formulir ini: kiriman ini (“{file}”) dan "
                "{others}. Yang berlaku sekarang revisi {revision} dari “{standing}”.",
                "Pastikan berkas itu yang dimaksud. Bila bukan, buka berkas yang benar, simpan "
                "lagi, lalu kirim.",
            )
        },
    ),
    "G01": Entry(
        E,
        "Gangguan pada program",
        "Program mengalami gangguan saat memeriksa berkas ini. Ini bukan kesalahan Anda.",
        "Berkas Anda tersimpan aman. Sebutkan nomor {number} kepada Perencanaan.",
    ),
    "G02": Entry(
        I,
        "Daftar dipersingkat",
        "Hanya {shown} dari {total} temuan yang ditulis di sini.",
        "Perbaiki yang tertulis lebih dahulu, lalu kirim lagi.",
    ),
}
