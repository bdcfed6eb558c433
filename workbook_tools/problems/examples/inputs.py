"""Explain what is said of one cell that was typed."""

from __future__ import annotations

from workbook_tools.problems.catalogue import problem
from workbook_tools.problems.examples.example import PEOPLE_TRAINED, Example, Explanation, at
from workbook_tools.problems.problem import Severity

INPUTS: dict[str, Explanation] = {
    "S01": Explanation(
        "Sel kuning yang harus diisi masih kosong.",
        "Kosong bukan nol: nol adalah hasil, kosong berarti belum diisi. Indikator tahunan boleh "
        "kosong sampai Triwulan IV.",
        (
            Example(
                "H8 tidak diisi.",
                problem("S01", at("H8"), label=PEOPLE_TRAINED, unit="orang"),
            ),
        ),
    ),
    "S02": Explanation(
        "Isinya angka, tetapi tersimpan sebagai teks. Program memahaminya dan mencatat angkanya.",
        "Di komputer berbahasa Inggris, 82,25 menjadi teks; di komputer berbahasa Indonesia, "
        "82.25 yang menjadi teks. Pengisi diminta memastikan bahwa angkanya terbaca benar.",
        (
            Example(
                "Di H8 diketik “nihil”, yang untuk hitungan orang berarti 0.",
                problem("S02", at("H8"), found="nihil", plain="0"),
            ),
        ),
    ),
    "S03": Explanation(
        "Isian tidak dapat dibaca sebagai satu angka.",
        "Program tidak menebak angka mana yang dimaksud dari kalimat, rentang, atau pecahan.",
        (
            Example(
                "Di H8 diketik “12 dari 15”.",
                problem("S03", at("H8"), found="12 dari 15"),
            ),
        ),
    ),
    "S04": Explanation(
        "Satu koma atau titik diikuti tepat tiga angka, sehingga ada dua cara membacanya.",
        "Pemisah desimal dan ribuan bergantung pada bahasa komputer; 1,250 dapat berarti satu "
        "seperempat atau seribu dua ratus lima puluh.",
        (
            Example(
                "Di H8 diketik “1,250”.",
                problem(
                    "S04",
                    at("H8"),
                    found="1,250",
                    reading_a="1,25",
                    reading_b="1.250",
                    plain_a="1,25",
                    plain_b="1250",
                ),
            ),
        ),
    ),
    "S05": Explanation(
        "Untuk isian persen diketik angka antara 0 dan 1, padahal targetnya 2 persen atau lebih.",
        "Excel menyimpan 85,5% sebagai 0,855, sehingga dua-duanya mungkin.",
        (
            Example(
                "Di H8, isian bersatuan persen, diketik 0,855.",
                problem("S05", at("H8"), found="0,855", hundred="85,5"),
            ),
        ),
    ),
    "S06": Explanation(
        "Satuan diketik bersama angkanya; program mengenalinya dan mencatat angkanya.",
        "Satuan sudah tercetak di kolomnya. Salah ketik pada satuan pun dikenali, maka pengisi "
        "diminta memastikan.",
        (
            Example(
                "Di H8 diketik “36 org”.",
                problem("S06", at("H8"), found="36 org", plain="36"),
            ),
        ),
    ),
    "S07": Explanation(
        "Excel mengubah isian menjadi tanggal atau jam.",
        "Yang diketik 3/4 disimpan sebagai 3 April; angka aslinya tidak ada lagi di berkas.",
        (
            Example(
                "Di H8 diketik “3/4”.",
                problem("S07", at("H8"), found="3 April 2020", typed="3/4"),
            ),
            Example(
                "Di H8 diketik “4/3/2020”; karena format selnya angka, yang tersimpan 43894.",
                problem(
                    "S07",
                    at("H8"),
                    found="43.894",
                    variant="serial",
                    plain="43894",
                    date="4 Maret 2020",
                ),
            ),
            Example(
                "Angka 43894 pada isian yang targetnya memang puluhan ribu.",
                problem(
                    "S07",
                    at("H8"),
                    found="43.894",
                    severity=Severity.WARNING,
                    variant="serial",
                    plain="43894",
                    date="4 Maret 2020",
                ),
            ),
        ),
    ),
    "S11": Explanation(
        "Di sel isian ada rumus; hasilnya dicatat.",
        "Rumus dapat berubah hasilnya di komputer lain, sedangkan angka yang diketik tidak.",
        (
            Example(
                "Di H8 diketik =30+6.",
                problem("S11", at("H8"), found="=30+6", value="36"),
            ),
        ),
    ),
    "S12": Explanation(
        "Di sel isian ada rumus yang hasilnya tidak tersimpan.",
        "Program tidak pernah menghitung rumus dari berkas kiriman, supaya tidak mencatat angka "
        "yang tidak pernah dilihat pengisi.",
        (
            Example(
                "Di H8 ada =30+6, disimpan oleh program yang tidak menghitung.",
                problem("S12", at("H8"), found="=30+6"),
            ),
        ),
    ),
    "S13": Explanation(
        "Sel menampilkan galat Excel seperti #REF! atau #DIV/0!.",
        "Galat bukan angka, dan tidak dapat dianggap 0.",
        (
            Example(
                "Rumus di H8 menunjuk sel yang sudah dihapus.",
                problem("S13", at("H8"), found="#REF!"),
            ),
        ),
    ),
    "S14": Explanation(
        "Yang dihitung satu per satu diisi dengan pecahan.",
        "Jumlah orang, koperasi, atau dokumen selalu bulat; pecahan biasanya berarti koma yang "
        "keliru atau angka rata-rata.",
        (
            Example(
                "Di H8 diketik 36,5.",
                problem(
                    "S14",
                    at("H8"),
                    found="36,5",
                    expected="bilangan bulat",
                    label=PEOPLE_TRAINED,
                    unit="orang",
                ),
            ),
        ),
    ),
    "S15": Explanation(
        "Angka lebih kecil atau lebih besar daripada batas isian itu dalam registri.",
        "Ada angka yang tidak mungkin: jumlah orang kurang dari nol, atau lebih dari 12 bulan "
        "dalam setahun.",
        (
            Example(
                "Di H8, isian bersatuan bulan, diketik 13.",
                problem(
                    "S15",
                    at("H8", "kasubbag-tu-upt-blud/01"),
                    found="13",
                    expected="paling kecil 0, paling besar 12",
                ),
            ),
        ),
        "Batas ada dalam registri; ubah di sana bila batasnya yang keliru.",
    ),
    "S16": Explanation(
        "Teks penjelasan melebihi 2.000 huruf, atau memuat tanda yang tidak dapat dicetak.",
        "Teks ini masuk ke buku kerja induk dan LKjIP; teks yang terlalu panjang tidak muat dalam "
        "sel cetak.",
        (
            Example(
                "Di P8 ditempelkan 2.001 huruf.",
                problem(
                    "S16",
                    at("P8"),
                    found="a" * 40,
                    why="Teks ini panjangnya 2001 huruf, paling banyak 2000.",
                ),
            ),
        ),
    ),
    "S18": Explanation(
        "Dari isiannya tidak jelas apakah hasilnya nol atau datanya belum ada.",
        "Keduanya dinilai berbeda: nol menghasilkan capaian, data yang belum ada tidak dinilai "
        "dan harus diterangkan.",
        (
            Example(
                "Di H8 diketik “tidak ada”.",
                problem("S18", at("H8"), found="tidak ada", cell_note="P8"),
            ),
            Example(
                "Di H8 diketik tanda -, kolom Keterangan (P8) kosong.",
                problem("S18", at("H8"), found="-", variant="no_reason", cell_note="P8"),
            ),
        ),
    ),
    "S20": Explanation(
        "Satuan yang ikut diketik tidak sama dengan satuan yang diminta.",
        "36 unit bukan 36 orang; mungkin angkanya milik baris lain.",
        (
            Example(
                "Di H8, isian bersatuan orang, diketik “36 unit”.",
                problem("S20", at("H8"), found="36 unit", expected="orang", unit="orang"),
            ),
        ),
    ),
    "S21": Explanation(
        "Teks penjelasan diawali tanda seperti =, +, - atau @.",
        "Excel dapat menjalankan teks seperti itu sebagai rumus; program menyimpannya sebagai "
        "teks dan tidak pernah menghitungnya.",
        (
            Example(
                "Di L8 diketik “=SUM(A1)” sebagai teks.",
                problem("S21", at("L8"), found="=SUM(A1)"),
            ),
        ),
    ),
}
