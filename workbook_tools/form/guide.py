"""Draw the sheet Petunjuk: how to fill the form, with an example."""

from __future__ import annotations

from workbook_tools.form.content import FormContent
from workbook_tools.form.styles import GREEN, NAVY, RED, YELLOW
from workbook_tools.indicators.period import format_date, period_label
from workbook_tools.xlsx import Properties, Sheet

_HEAD: Properties = {
    "bold": True,
    "font_color": "#FFFFFF",
    "bg_color": f"#{NAVY}",
    "border": 1,
    "text_wrap": True,
    "valign": "vcenter",
}
_CELL: Properties = {"border": 1, "border_color": "#BFBFBF", "text_wrap": True}
_STEP: Properties = {"bold": True, "align": "center", "font_color": f"#{NAVY}", "font_size": 12}
_WRAP: Properties = {"text_wrap": True}
_TITLE: Properties = {"bold": True, "font_size": 14, "font_color": f"#{NAVY}"}
_SECTION: Properties = {"bold": True, "font_size": 12, "font_color": f"#{NAVY}"}

_WIDTHS = {1: 5, 2: 34, 3: 16, 4: 18, 5: 52}
_LINE = 14.0
_LINE_WIDTH = 125  # characters over the columns B:E

_EXAMPLES = (
    ("Jumlah peserta pelatihan", "orang", "36", "Benar: satu angka, tanpa satuan."),
    ("Jumlah pasar murah", "kali", "0", "Benar: kegiatan memang belum dilaksanakan."),
    (
        "Jumlah koperasi aktif",
        "koperasi",
        "-",
        "Benar: data belum ada, dan sebabnya ditulis di kolom Keterangan.",
    ),
    ("Jumlah peserta pelatihan", "orang", "36 orang", "Kurang tepat: satuan tidak perlu diketik."),
    ("Harga rata-rata", "rupiah", "1.250", "Meragukan: 1250 atau 1,25? Ketik 1250 atau 1,25."),
    ("Jumlah koperasi aktif", "koperasi", "12 dari 15", "Keliru: bukan satu angka."),
)


def draw_guide(sheet: Sheet, content: FormContent) -> None:
    """Draw the steps, the example and the meaning of the columns."""
    sheet.widths(_WIDTHS)
    sheet.text((1, 1), "Petunjuk pengisian", style=_TITLE)
    sheet.text(
        (2, 1),
        f"{content.name} — {period_label(content.period)} Tahun {content.year}",
        style={"bold": True},
    )
    row = _draw_steps(sheet, content, 4)
    row = _draw_example(sheet, row + 1)
    row = _draw_columns(sheet, row + 1)
    worksheet = sheet.worksheet
    worksheet.protect("")
    worksheet.hide_gridlines(2)
    worksheet.set_landscape()
    worksheet.set_paper(9)
    worksheet.fit_to_pages(1, 1)
    worksheet.print_area(0, 0, row, 4)


def _steps(content: FormContent) -> tuple[str, ...]:
    return (
        "Buka lembar Isian. Yang dapat diisi hanya sel berwarna kuning; sel lain terkunci.",
        "Ketik satu angka di kolom ISIAN pada setiap baris. Kolom “Yang diisi” dan “Satuan” "
        "menjelaskan angka apa yang diminta. Angka yang dapat dihitung tidak ditanyakan.",
        "Lihat kolom Realisasi dan Capaian: keduanya menghitung sendiri sebagai gambaran. Kolom "
        "“Keterangan isian” harus berbunyi “Terisi”, atau “Tanpa data: jelaskan” bila diketik -.",
        "Tulis faktor penghambat, faktor pendorong, tindak lanjut, dan bukti dukung pada baris "
        "pertama setiap indikator. Bila capaian di bawah target pada Triwulan IV, faktor "
        "penghambat dan tindak lanjut wajib diisi.",
        "Isi nama pengisi dan atasan di bagian bawah. Atasan memeriksa sebelum formulir dikirim.",
        "Simpan sebagai Buku Kerja Excel (.xlsx), tutup, lalu taruh berkasnya di folder "
        f"inbox/{content.unit} paling lambat {format_date(content.due)}. Nama berkas boleh apa "
        "saja.",
        "Bila ada yang harus diperbaiki, di folder outbox/"
        f"{content.unit}/ditolak akan muncul berkas PERBAIKAN berisi isian Anda dan catatannya. "
        "Perbaiki berkas itu dan taruh kembali di folder inbox.",
    )


def _draw_steps(sheet: Sheet, content: FormContent, row: int) -> int:
    for number, step in enumerate(_steps(content), start=1):
        sheet.text((row, 1), str(number), style=_STEP)
        sheet.merge((row, 2, row, 5), step, style=_WRAP)
        sheet.height(row, _LINE * (1 + len(step) // _LINE_WIDTH) + 3)
        row += 1
    return row


def _draw_example(sheet: Sheet, row: int) -> int:
    sheet.text((row, 1), "Contoh (angka rekaan)", style=_SECTION)
    row += 1
    for column, head in enumerate(("Yang diisi", "Satuan", "ISIAN", "Penilaian"), start=2):
        sheet.text((row, column), head, style=_HEAD)
    for asked, unit, typed, verdict in _EXAMPLES:
        row += 1
        colour = GREEN if verdict.startswith("Benar") else RED
        sheet.text((row, 2), asked, style=_CELL)
        sheet.text((row, 3), unit, style=_CELL)
        sheet.text((row, 4), typed, style={**_CELL, "bg_color": f"#{YELLOW}", "align": "right"})
        sheet.text((row, 5), verdict, style={**_CELL, "bg_color": f"#{colour}"})
        sheet.height(row, _LINE * (1 + len(verdict) // 58) + 2)
    return row + 1


def _draw_columns(sheet: Sheet, row: int) -> int:
    sheet.text((row, 1), "Aturan mengetik angka", style=_SECTION)
    rules = (
        "Desimal memakai koma: 12,5. Jangan mengetik pemisah ribuan: 1250, bukan 1.250.",
        "Jangan mengetik tanda % atau satuan; kolom Satuan sudah menjelaskannya.",
        "Isian jenis jumlah (orang, unit, kali, …) harus bilangan bulat.",
        "Isian per triwulan ditulis hanya untuk triwulan ini, bukan jumlah sejak Januari, kecuali "
        "kolom “Yang diisi” menyebut posisi akhir triwulan.",
        "Target “perlu konfirmasi” sedang diperiksa Perencanaan; isi realisasinya seperti biasa.",
        "Indikator tahunan boleh dikosongkan sampai Triwulan IV.",
        "Jangan menghapus baris, mengganti judul kolom, atau menyalin lembar ke berkas lain.",
    )
    for rule in rules:
        row += 1
        sheet.text((row, 1), "•", style={"align": "center"})
        sheet.merge((row, 2, row, 5), rule, style=_WRAP)
        sheet.height(row, _LINE * (1 + len(rule) // _LINE_WIDTH) + 2)
    return row
