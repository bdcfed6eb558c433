"""Say what is wrong with what was typed, and with an indicator's figures."""

from __future__ import annotations

from workbook_tools.problems.entry import Entry
from workbook_tools.problems.problem import Severity

E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741

FIGURES: dict[str, Entry] = {
    "S01": Entry(
        E,
        "Isian wajib masih kosong",
        "Isian “{label}” masih kosong.",
        "Isi angkanya (satuan {unit}). Bila hasilnya memang nol, ketik 0. Bila datanya belum "
        "ada, ketik tanda - dan jelaskan di kolom Keterangan.",
    ),
    "S02": Entry(
        W,
        "Angka diketik sebagai teks",
        "Angka ini diketik sebagai teks (“{found}”); yang dicatat {plain}.",
        "Bila yang dicatat keliru, ketik ulang angkanya lalu kirim lagi.",
    ),
    "S03": Entry(
        E,
        "Bukan angka",
        "“{found}” bukan satu angka.",
        "Ketik satu angka saja, misalnya 12 atau 12,5. Penjelasan ditulis di kolom Keterangan.",
    ),
    "S04": Entry(
        E,
        "Koma atau titik meragukan",
        "“{found}” dapat berarti {reading_a} atau {reading_b}.",
        "Ketik ulang tanpa pemisah ribuan, dengan koma untuk desimal: {plain_a} atau {plain_b}.",
    ),
    "S05": Entry(
        E,
        "Skala persen meragukan",
        "{found} dapat berarti {found} persen atau {hundred} persen.",
        "Ketik angka persennya tanpa tanda %, misalnya {hundred}, bukan {found}.",
    ),
    "S06": Entry(
        W,
        "Satuan ikut diketik",
        "Satuan ikut diketik (“{found}”); yang dicatat angka {plain}.",
        "Lain kali ketik angkanya saja; satuan sudah tercetak.",
    ),
    "S07": Entry(
        E,
        "Terbaca sebagai tanggal atau jam",
        "Isian ini terbaca sebagai tanggal atau jam ({found}); mungkin yang diketik “{typed}”.",
        "Ketik satu angka saja. Bila sel terus berubah menjadi tanggal, pakai berkas perbaikan.",
        variants={
            "serial": (
                "Angka {plain} mungkin tanggal {date} yang berubah menjadi angka.",
                "Ketik ulang angkanya. Bila memang {plain}, tulis penjelasannya di kolom "
                "Keterangan.",
            )
        },
    ),
    "S11": Entry(
        W,
        "Isian berupa rumus",
        "Isian ini berupa rumus; yang dicatat hasilnya, yaitu {value}.",
        "Lain kali ketik isinya (angka atau teks), bukan rumus.",
    ),
    "S12": Entry(
        E,
        "Rumus tanpa nilai",
        "Isian ini berupa rumus ({found}) yang disimpan tanpa nilai.",
        "Ketik isinya (angka atau teks), bukan rumus.",
    ),
    "S13": Entry(
        E,
        "Nilai galat",
        "Isian ini berisi galat {found}.",
        "Hapus isinya, lalu ketik angka atau teks yang benar.",
    ),
    "S14": Entry(
        E,
        "Pecahan untuk yang dihitung bulat",
        "{found} adalah pecahan, padahal “{label}” dihitung dengan bilangan bulat ({unit}).",
        "Ketik angka bulat.",
    ),
    "S15": Entry(
        E,
        "Di luar batas",
        "{found} berada di luar batas: {expected}.",
        "Periksa angkanya. Bila memang benar, jelaskan kepada Perencanaan agar batasnya diperiksa.",
    ),
    "S16": Entry(
        E,
        "Teks terlalu panjang atau berisi karakter terlarang",
        "{why}",
        "Singkatkan teksnya atau ketik ulang tanpa menyalin dari program lain.",
    ),
    "S18": Entry(
        E,
        "Nol, kosong, dan belum ada data tertukar",
        "“{found}” tidak jelas: nol atau datanya belum ada?",
        "Bila hasilnya nol, ketik 0. Bila datanya belum ada, ketik tanda - dan jelaskan sebabnya "
        "di kolom Keterangan ({cell_note}).",
        variants={
            "no_reason": (
                "Data dinyatakan belum ada (“{found}”), tetapi sebabnya belum ditulis.",
                "Tulis sebabnya di kolom Keterangan ({cell_note}). Bila hasilnya nol, ketik 0.",
            )
        },
    ),
    "S20": Entry(
        E,
        "Satuan lain dari yang diminta",
        "“{found}” memakai satuan lain; satuan yang diminta “{unit}”.",
        "Ketik angkanya saja, dalam satuan “{unit}”.",
    ),
    "S21": Entry(
        W,
        "Teks diawali seperti rumus",
        "Teks ini diawali tanda seperti rumus (“{found}”); dicatat sebagai teks biasa.",
        "Bila memang itu yang dimaksud, tidak ada yang perlu dilakukan.",
    ),
    "N01": Entry(
        E,
        "Indikator muncul dua kali",
        "Indikator {indicator} muncul lebih dari sekali.",
        "Pakai berkas perbaikan dan isi setiap indikator satu kali.",
    ),
    "N02": Entry(
        E,
        "Indikator tidak ada",
        "Indikator “{label}” tidak ada lagi di formulir.",
        "Isi indikator itu pada berkas perbaikan.",
    ),
    "N03": Entry(
        E,
        "Indikator tidak dikenal",
        "Baris {row} memuat indikator “{found}” yang tidak diminta pada formulir ini.",
        "Baris itu tidak ada di berkas perbaikan; pakailah berkas itu. Isian unit lain dikirim "
        "dengan formulir unit itu.",
    ),
    "N05": Entry(
        E,
        "Pembagi nol",
        "“{label}” diisi 0, padahal menjadi pembagi.",
        "Isi angka pembagi yang benar. Bila datanya belum ada, ketik tanda - pada semua isian "
        "indikator ini dan jelaskan di kolom Keterangan.",
    ),
    "N06": Entry(
        E,
        "Pembilang lebih besar daripada penyebut",
        "Pembilang {numerator} lebih besar daripada penyebut {denominator}, sehingga hasilnya "
        "lebih dari {maximum} persen.",
        "Periksa kedua angkanya; mungkin tertukar. Isian “selama triwulan ini” hanya memuat angka "
        "triwulan ini, bukan jumlah sejak awal tahun.",
    ),
    "N08": Entry(
        W,
        "Angka posisi turun",
        "Angka ini turun dari {expected} (triwulan lalu) menjadi {found}.",
        "Bila memang turun, tidak perlu diubah; tulis sebabnya di kolom Keterangan.",
    ),
    "N09": Entry(
        W,
        "Capaian sangat tinggi atau rendah",
        "Capaian indikator ini {found} persen, jauh dari targetnya.",
        "Periksa angkanya, dan tulis penjelasan di kolom Keterangan.",
    ),
    "N10": Entry(
        W,
        "Mungkin kelebihan angka nol",
        "{found} kira-kira {factor} kali {against} ({expected}).",
        "Periksa apakah ada angka nol atau koma yang keliru. Bila sudah benar, tidak perlu diubah.",
    ),
    "N12": Entry(
        E,
        "Di bawah target tanpa penjelasan",
        "Capaian masih di bawah target, tetapi {missing} belum diisi.",
        "Isi {missing} pada baris pertama indikator ini.",
    ),
}
