"""Turn a `Problem` into the sentences a person reads; the only place that holds them.

Each entry has the severity, a short name, what is wrong and what to do. Words in braces
are facts of the problem. A code that was ever sent keeps its meaning (style.md rule 7).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from workbook_tools.validation.problems import NOWHERE, Place, Problem, Severity

E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741


@dataclass(frozen=True, slots=True)
class Entry:
    """One code: its severity, a short name, what is wrong, and what to do."""

    severity: Severity
    name: str
    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Message:
    """What a person reads about one problem."""

    what: str
    remedy: str

    @property
    def text(self) -> str:
        """Give both sentences as one text."""
        return f"{self.what} {self.remedy}".strip()


CATALOGUE: dict[str, Entry] = {
    # Berkas
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
        "Di Excel buka menu File > Info > Protect Workbook, hapus sandinya, simpan, lalu "
        "kirim lagi.",
    ),
    "B03": Entry(
        I,
        "Berkas sementara",
        "Berkas ini adalah berkas sementara atau salinan milik program lain, jadi dibiarkan.",
        "Tidak ada yang perlu dilakukan. Tutup Excel bila formulirnya sudah selesai diisi.",
    ),
    "B04": Entry(
        I,
        "Berkas belum selesai disalin",
        "Berkas ini masih disalin atau masih kosong (0 bita), jadi akan dilihat lagi.",
        "Tunggu sampai penyalinan selesai. Bila berkasnya memang kosong, kirim lagi.",
    ),
    "B05": Entry(
        E,
        "Berkas terlalu besar",
        "Berkas ini melewati batas: {limit} ({value}).",
        "Pakai formulir asli dari Perencanaan tanpa gambar atau lembar tambahan, lalu kirim lagi.",
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
        "Berkas ini rusak atau tidak lengkap: {what}.",
        "Buka lagi berkas di komputer Anda, simpan ulang sebagai .xlsx, lalu kirim lagi. "
        "Bila tidak dapat dibuka, isi formulir baru.",
    ),
    "B08": Entry(
        I,
        "Disimpan dengan program lain",
        "Berkas ini terakhir disimpan dengan {program}.",
        "Tidak ada yang perlu dilakukan.",
    ),
    # Identitas
    "I01": Entry(
        E,
        "Cap formulir tidak ada",
        "Cap formulir (penanda dari Perencanaan) tidak ditemukan di berkas ini.",
        "Isi formulir asli yang dikirim Perencanaan, bukan salinan lembarnya ke berkas baru.",
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
        "Taruh berkas ini di folder “{unit}”. Bila seharusnya formulir unit Anda, ambil "
        "formulir yang benar dari Perencanaan.",
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
        "Pakai formulir asli dari Perencanaan dan jangan mengubah lembar tersembunyi.",
    ),
    "I06": Entry(
        E,
        "Cap formulir tidak sama",
        "Cap formulir di {place_a} berbeda dengan yang di {place_b}.",
        "Pakai formulir asli dari Perencanaan; jangan menyalin isi satu formulir ke berkas "
        "formulir lain.",
    ),
    # Formulir
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
        "Kembalikan nama lembar menjadi “{expected}”.",
    ),
    "T06": Entry(
        E,
        "Kolom tidak ada atau berganti judul",
        "Kolom “{expected}” tidak ada pada baris judul. {nearest}",
        "Kembalikan judul kolom menjadi “{expected}”, atau pindahkan isian ke berkas perbaikan.",
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
        "Isi kembali pada berkas perbaikan; semua barisnya sudah lengkap di sana.",
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
        "{column} berubah dari “{expected}” menjadi “{found}”.",
        "Kembalikan ke “{expected}”. Bila data registri memang keliru, beri tahu Perencanaan; "
        "target tidak dapat diubah lewat formulir.",
    ),
    "T12": Entry(
        E,
        "Sel isian digabung",
        "Sel isian {cell} tergabung dengan sel lain ({range}).",
        "Pisahkan selnya (Merge & Center > Unmerge), lalu isi setiap sel kuning sendiri-sendiri.",
    ),
    "T13": Entry(
        W,
        "Isian pada baris atau kolom tersembunyi",
        "Isian “{found}” berada pada {what} yang tersembunyi atau tersaring.",
        "Tampilkan baris atau kolom itu dan pastikan isiannya memang benar.",
    ),
    "T14": Entry(
        W,
        "Isian di luar tempatnya",
        "Ada tulisan “{found}” di luar tempat isian.",
        "Pindahkan ke kolom Keterangan bila perlu dibaca; tulisan di luar tempat isian tidak "
        "dicatat.",
    ),
    "T15": Entry(
        I,
        "Ada lembar lain",
        "Berkas ini berisi lembar tambahan: {sheets}. Isinya tidak dibaca.",
        "Tidak ada yang perlu dilakukan.",
    ),
    # Isian
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
        "“{found}” adalah teks; dibaca sebagai {value}.",
        "Bila bacaannya keliru, kirim lagi dengan angka yang benar.",
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
        "“{found}” dibaca sebagai {value} {unit}.",
        "Lain kali ketik angkanya saja; satuan sudah tercetak.",
    ),
    "S07": Entry(
        E,
        "Terbaca sebagai tanggal atau jam",
        "Isian ini terbaca sebagai tanggal atau jam ({found}); mungkin yang diketik “{typed}”.",
        "Ketik satu angka saja. Bila sel terus berubah menjadi tanggal, pakai berkas perbaikan.",
    ),
    "S11": Entry(
        W,
        "Isian berupa rumus",
        "Isian ini berupa rumus; nilainya {value} yang dicatat.",
        "Lain kali ketik angkanya, bukan rumus.",
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
        "{found} adalah pecahan, padahal “{label}” dihitung dalam {unit} yang bulat.",
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
    ),
    "S20": Entry(
        E,
        "Satuan lain dari yang diminta",
        "“{found}” memakai satuan lain, sedangkan yang diminta {unit}.",
        "Ketik jumlahnya dalam {unit}, tanpa menulis satuannya.",
    ),
    "S21": Entry(
        W,
        "Teks diawali seperti rumus",
        "Teks ini diawali tanda seperti rumus (“{found}”); dicatat sebagai teks biasa.",
        "Tidak ada yang perlu dilakukan.",
    ),
    # Indikator
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
        "Hapus baris itu; isian unit lain dikirim dengan formulir unit itu.",
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
        "Periksa kedua angkanya; mungkin tertukar. Pembilang diisi hanya untuk triwulan ini.",
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
        "Capaiannya {found} persen.",
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
    # Pengiriman
    "K01": Entry(
        I,
        "Berkas yang sama dikirim lagi",
        "Berkas ini sama persis dengan yang masuk pada {when}, yang {result}.",
        "Tidak perlu dikirim lagi, kecuali isinya sudah diubah.",
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
        "Kiriman tetap dicatat.",
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
        "Kiriman ini memakai formulir terbitan ke-{issue}, sedangkan kiriman dengan terbitan "
        "ke-{latest} sudah diterima; yang dihitung terbitan ke-{latest}.",
        "Bila angka di kiriman ini yang benar, salin ke formulir terbitan terbaru lalu kirim.",
    ),
    # Program
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


def severity_of(code: str) -> Severity:
    """Give the severity that a code has by default."""
    return CATALOGUE[code].severity


def problem(
    code: str,
    place: Place = NOWHERE,
    *,
    found: str | None = None,
    expected: str | None = None,
    severity: Severity | None = None,
    **facts: str,
) -> Problem:
    """Make a problem with its catalogue severity; facts are shown to people as they stand."""
    return Problem(
        code,
        place,
        found=found,
        expected=expected,
        facts=tuple(sorted(facts.items())),
        severity=severity or severity_of(code),
    )


def describe(finding: Problem) -> Message:
    """Give the sentences for one problem."""
    entry = CATALOGUE[finding.code]
    facts: defaultdict[str, str] = defaultdict(str)
    facts.update(
        {
            "found": finding.found or "",
            "expected": finding.expected or "",
            "cell": finding.place.cell or "",
            "sheet": f"“{finding.place.sheet}”" if finding.place.sheet else "",
            "indicator": finding.place.indicator or "",
        }
    )
    facts.update(dict(finding.facts))
    return Message(
        " ".join(entry.what.format_map(facts).split()),
        " ".join(entry.remedy.format_map(facts).split()),
    )


def group(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Gather equal problems over their cells, worst first, then in reading order.

    Problems are equal when a person would read the same sentences; the first cell stays
    the place, the others stand in `cells`.
    """
    order = {E: 0, W: 1, I: 2}
    gathered: dict[tuple[str, Severity, str | None, str], list[Problem]] = {}
    for finding in problems:
        key = (finding.code, finding.severity, finding.place.sheet, describe(finding).text)
        gathered.setdefault(key, []).append(finding)
    grouped = [
        replace(same[0], cells=tuple(p.place.cell for p in same[1:] if p.place.cell is not None))
        for same in gathered.values()
    ]
    return tuple(sorted(grouped, key=lambda p: order[p.severity]))
