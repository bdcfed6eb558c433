"""Explain what is said of a file before it is known whose form it is."""

from __future__ import annotations

from workbook_tools.problems.catalogue import problem
from workbook_tools.problems.examples.example import Example, Explanation
from workbook_tools.problems.problem import Severity
from workbook_tools.problems.sentences import waiting

FILES: dict[str, Explanation] = {
    "B01": Explanation(
        "Program membaca isi berkas, bukan namanya. Berkas ini bukan buku kerja Excel.",
        "Foto, PDF, dan halaman web tidak memuat sel, sehingga angkanya tidak dapat ditelusuri "
        "ke sel asalnya.",
        (
            Example(
                "Yang dikirim hasil cetak formulir, `formulir.pdf`.",
                problem("B01", kind="PDF"),
            ),
        ),
        "Format lama (.xls, .xlsb, .ods) tetap dibaca bila cap formulirnya masih ada (lihat B08).",
    ),
    "B02": Explanation(
        "Berkas hanya dapat dibuka dengan sandi, atau diberi label kerahasiaan.",
        "Tanpa sandinya tidak seorang pun di Perencanaan dapat membuka berkas itu.",
        (Example("Formulir disimpan dengan sandi.", problem("B02")),),
    ),
    "B03": Explanation(
        "Excel dan LibreOffice menaruh berkas bantu di folder selama formulir dibuka.",
        "Berkas bantu bukan kiriman. Program tidak membaca, memindahkan, atau menghapusnya.",
        (
            Example(
                "Formulir `kiriman.xlsx` sedang dibuka, sehingga ada berkas `~$kiriman.xlsx`.",
                problem("B03", found="~$kiriman.xlsx"),
            ),
            Example(
                "Excel berhenti saat menyimpan dan meninggalkan berkas `1A2B3C4D` tanpa akhiran.",
                problem("B03", found="1A2B3C4D", variant="unnamed"),
            ),
        ),
    ),
    "B04": Explanation(
        "Berkas atau folder belum dapat dilihat seluruhnya. Selama belum ditolak, program "
        "mencoba lagi sendiri.",
        "Berkas yang baru tersalin separuh tampak seperti berkas rusak; karena itu program "
        "menunggu sampai ukurannya tidak berubah.",
        (
            Example(
                "Berkas di folder inbox masih 0 byte.",
                problem("B04", found="0 byte"),
            ),
            Example(
                "Formulir masih terbuka di Excel.",
                problem("B04", found=waiting.still_open("~$kiriman.xlsx"), variant="left"),
            ),
            Example(
                "Perencanaan tidak mempunyai izin untuk melihat satu folder di inbox.",
                problem("B04", found=waiting.closed("tidak diizinkan"), variant="closed"),
            ),
            Example(
                "Sehari kemudian berkas itu masih 0 byte.",
                problem("B04", severity=Severity.ERROR, variant="empty"),
            ),
        ),
        "Periksa izin folder dan sambungan drive bersama bila pesan ini berulang.",
    ),
    "B05": Explanation(
        "Berkas melampaui ukuran yang wajar untuk formulir, atau isinya membengkak saat dibuka.",
        "Formulir yang terisi jauh lebih kecil daripada batas ini. Batas melindungi komputer "
        "Perencanaan dari berkas yang menghabiskan memori.",
        (
            Example(
                "Foto kegiatan ditempel di formulir sehingga berkasnya lebih dari 25 MB.",
                problem("B05", limit="ukuran berkas", value="paling besar 25 MB"),
            ),
            Example(
                "Sebuah video tersimpan di folder inbox unit.",
                problem(
                    "B05",
                    found="terlalu besar untuk diambil (700 MB); pindahkan dari inbox",
                    severity=Severity.INFO,
                    variant="left",
                ),
            ),
        ),
    ),
    "B06": Explanation(
        "Buku kerja membawa makro atau rumus yang mengambil isi dari berkas lain.",
        "Formulir tidak memerlukan keduanya. Makro dapat berjalan sendiri, dan isi berkas lain "
        "tidak ikut terkirim.",
        (
            Example(
                "Satu sel mengambil angka dari buku kerja lain di komputer pengisi.",
                problem("B06", what="tautan ke berkas lain"),
            ),
        ),
    ),
    "B07": Explanation(
        "Ada bagian berkas yang hilang atau berubah di perjalanan.",
        "Separuh isian tidak boleh diterima seolah-olah lengkap.",
        (
            Example(
                "Penyalinan ke drive bersama terputus.",
                problem("B07", what="susunan arsip zip: berkas terpotong"),
            ),
        ),
        "Berkas seperti yang diterima tetap tersimpan di arsip.",
    ),
    "B08": Explanation(
        "Formulir disimpan dengan program selain Excel dan tetap dapat dibaca.",
        "Bila ada yang tampak ganjil, nama program itu menerangkan sebabnya.",
        (
            Example(
                "Formulir diisi dengan WPS Office.",
                problem("B08", program="WPS Spreadsheets"),
            ),
        ),
    ),
}
