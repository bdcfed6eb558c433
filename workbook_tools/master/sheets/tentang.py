"""Turn settings, rules and words of the master into the page that explains how to read it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from workbook_tools import fit
from workbook_tools.indicators import achievement as known
from workbook_tools.indicators.numbers import format_number
from workbook_tools.master import live, meanings, paging, words
from workbook_tools.master.layout import (
    ANOMALI,
    CATATAN,
    DATA,
    DOKUMEN,
    EVALUASI,
    IKU,
    ISIAN,
    JEJAK,
    KASKADE,
    PENGIRIMAN,
    PENGUKURAN,
    RINGKASAN,
    TENTANG,
    TREN,
    first_cell,
)
from workbook_tools.master.meanings import Line
from workbook_tools.master.report import Report
from workbook_tools.master.sheets.frame import open_page
from workbook_tools.master.styles import print_on_folio
from workbook_tools.registry.model import Rules
from workbook_tools.xlsx import Book, Sheet

_WIDTHS = (34.0, 44.0, 88.0)
_TOGETHER = 4
"""So many lines of a section stand on one page with its title."""


_SHEETS = (
    (
        RINGKASAN,
        "Satu halaman untuk pimpinan: angka utama, per bidang, per unit, yang perlu dilihat.",
    ),
    (IKU, "Indikator Kinerja Utama seperti dicetak, dengan pengukurannya di sebelah kanan."),
    (
        PENGUKURAN,
        "Target, realisasi, capaian, dan predikat: IKU dahulu, lalu tiap jabatan per bidang; "
        "siap cetak dan ditandatangani.",
    ),
    (EVALUASI, "Evaluasi Renja, Formulir E.81: 15 kolom, rata-rata, faktor, dan tindak lanjut."),
    (KASKADE, "IKI di bawah IKU dan atasannya dengan capaiannya; dapat dilipat."),
    (TREN, "Tahun berdampingan, perubahan terhadap tahun lalu, dan pola keempat triwulan."),
    (PENGIRIMAN, "Siapa yang sudah mengirim, kapan, revisi ke berapa, berapa hari terlambat."),
    (CATATAN, "Faktor penghambat, pendorong, tindak lanjut, dan bukti dari pengisi, untuk LKjIP."),
    (JEJAK, "Setiap kiriman yang diterima: berkas, sidik SHA-256, waktu, dan yang berubah."),
    (ANOMALI, "Hal yang ditemukan pada registri dan dokumen cetak, dengan selnya."),
    (ISIAN, "Angka yang diketik unit. Semua rumus pengukuran berdiri di atas sel-sel ini."),
    (DATA, "Satu baris per indikator untuk program lain; tanpa rumus dan tanpa sel gabungan."),
    (DOKUMEN, "Dokumen cetak, baris demi baris, apa adanya."),
)

_READING = (
    "Baca Ringkasan dahulu. Tautan biru membuka lembar yang dimaksud; “← Ringkasan” membawa "
    "kembali.",
    "Angka pada lembar IKU dan jabatan adalah rumus atas lembar Isian. Bila angka di Isian "
    "diubah untuk mencoba-coba, semua ikut berubah; lembar Data tetap seperti saat disusun.",
    "Angka resmi hanya berubah lewat formulir yang dikirim ulang, bukan dengan mengetik di sini: "
    "berkas ini disusun ulang setiap ada kiriman baru.",
)


def write_about(book: Book, report: Report) -> None:
    """Write the page: how to read, settings, rules with their sources, words and signs."""
    sheet = open_page(book, report, TENTANG, title="Tentang buku kerja ini", widths=_WIDTHS)
    row = 3
    if report.notice:
        sheet.merge((row, 1, row, 3), report.notice, style="notice")
        sheet.height(row, fit.height([(report.notice, sum(_WIDTHS))], size=11) + 8)
        row += 2
    row = _write_paragraphs(sheet, "Cara membaca", _READING, row=row)
    row = _write_sheets(sheet, report, row)
    kept: set[int] = set()
    for title, lines in _sections(report):
        kept |= set(range(row, row + min(len(lines), _TOGETHER)))
        row = _write_section(sheet, title, lines, row=row)
    sheet.worksheet.freeze_panes(2, 0)
    print_on_folio(sheet, footer=report.footer, repeat=(1, 1))
    flow = paging.Flow(last=row - 2, repeat=(1, 1), kept=kept)
    paging.set_breaks(sheet, flow, widths=_WIDTHS)


def _sections(report: Report) -> tuple[tuple[str, Sequence[Line]], ...]:
    rules = report.registry.rules
    return (
        ("Pengaturan pengukuran (registri, lembar Pengaturan)", _settings(rules)),
        ("Rumus dan sumbernya", meanings.FORMULAS),
        ("Pilihan pada Formulir E.81", meanings.EVALUATION),
        ("Arti status", meanings.STATUSES),
        ("Arti tanda khusus", meanings.FLAGS),
        ("Predikat", _bands(rules)),
        ("Tanda pengiriman dan arah", _signs()),
        ("Keterangan berkas", _file(report)),
    )


def _write_paragraphs(sheet: Sheet, title: str, texts: Sequence[str], *, row: int) -> int:
    _section(sheet, title, row)
    for text in texts:
        row += 1
        sheet.merge((row, 1, row, 3), text, style="body")
        sheet.height(row, fit.height([(text, sum(_WIDTHS))]))
    return row + 2


def _write_sheets(sheet: Sheet, report: Report, row: int) -> int:
    """List the sheets with links and what each is for."""
    _section(sheet, "Lembar", row)
    here = {RINGKASAN, *report.sheet_names}
    for name, text in _SHEETS:
        if name not in here:
            continue
        row += 1
        sheet.link((row, 1), first_cell(name), text=name, style="grid_link")
        sheet.merge((row, 2, row, 3), text, style="cell")
        sheet.height(row, fit.height([(text, _WIDTHS[1] + _WIDTHS[2])]))
    return row + 2


def _write_section(sheet: Sheet, title: str, lines: Sequence[Line], *, row: int) -> int:
    _section(sheet, title, row)
    for line in lines:
        row += 1
        for column, (text, style) in enumerate(
            zip(line, ("label_cell", "cell", "cell"), strict=True), 1
        ):
            sheet.text((row, column), text, style=style)
        sheet.height(row, fit.height(zip(line, _WIDTHS, strict=True)))
    return row + 2


def _section(sheet: Sheet, title: str, row: int) -> None:
    sheet.merge((row, 1, row, 3), title, style="section")
    sheet.height(row, 20)


def _percent(value: Decimal | None, nothing: str) -> str:
    return nothing if value is None else f"{format_number(value)} %"


def _settings(rules: Rules) -> tuple[Line, ...]:
    standard = rules.min_variant == "standard"
    lower = rules.predikat_policy == "lower"
    return (
        (
            "Batas bawah capaian",
            _percent(rules.floor, "tanpa batas"),
            "Capaian yang lebih rendah ditampilkan sebesar ini; nilai aslinya tetap disimpan.",
        ),
        (
            "Batas atas capaian",
            _percent(rules.cap_report, "tanpa batas"),
            "Capaian yang lebih tinggi ditampilkan sebesar ini.",
        ),
        (
            "Batas atas untuk rata-rata",
            _percent(rules.cap_average, "tanpa batas"),
            "Dalam rata-rata, satu indikator tidak dihitung lebih dari ini, sehingga satu capaian "
            "yang luar biasa tidak menutupi yang rendah.",
        ),
        (
            "Rumus minimize",
            "(2T-R)/T" if standard else "T/R (lama)",
            "Untuk indikator yang makin kecil makin baik.",
        ),
        (
            "Pembacaan batas predikat",
            "menurut batas bawah" if lower else "menurut batas atas",
            f"Predikat mulai {words.scale(rules)}. Nilai di antara dua batas cetak diberi tanda "
            f"{known.DI_ANTARA_BATAS}.",
        ),
        (
            "Penjelasan wajib mulai",
            words.triwulan(rules.explain_from),
            "Mulai triwulan ini capaian di bawah target harus disertai faktor penghambat dan "
            "tindak lanjut; sebelumnya hanya peringatan.",
        ),
        (
            "Batas waktu unit",
            f"tanggal {rules.due_day_unit} sesudah triwulan",
            f"Perencanaan menyelesaikan penggabungan paling lambat tanggal {rules.due_day_office}.",
        ),
        ("Zona waktu", rules.timezone, "Semua jam di buku kerja ini menurut zona waktu kantor."),
        (
            "Panjang teks paling banyak",
            f"{format_number(Decimal(rules.text_limit))} huruf",
            "Untuk tiap kolom teks pada formulir.",
        ),
        (
            "Periode yang ditutup",
            ", ".join(rules.closed_periods) or "tidak ada",
            "Kiriman untuk periode yang ditutup tidak diterima.",
        ),
    )


def _bands(rules: Rules) -> tuple[Line, ...]:
    sign = "≥" if rules.predikat_policy == "lower" else ">"
    step = 0 if rules.predikat_policy == "lower" else 1
    lines = [
        (f"{band.symbol} {band.label}", f"{sign} {format_number(band.lower - step)} %", "")
        for band in rules.scale[:-1]
    ]
    last = rules.scale[-1]
    lines.append((f"{last.symbol} {last.label}", "di bawah semua batas itu", ""))
    lines.append(("-", "tidak dinilai", "Selalu abu-abu, tidak pernah hijau."))
    return tuple(lines)


def _signs() -> tuple[Line, ...]:
    return (
        (words.DELIVERY_WORDS["diterima"], "formulir diterima", "Angkanya ada di buku kerja ini."),
        (
            words.DELIVERY_WORDS["ditolak"],
            "ada kesalahan, menunggu perbaikan",
            "Kiriman sebelumnya yang sudah diterima, bila ada, tetap berlaku.",
        ),
        (words.DELIVERY_WORDS["belum"], "belum ada kiriman", ""),
        (
            f"{live.UP} / {live.DOWN} / {live.SAME}",
            "arah terhadap tahun lalu",
            "“membaik” atau “memburuk” menurut arah indikatornya (maximize atau minimize).",
        ),
        (
            f"{live.BARS[0]}{live.BARS[3]}{live.BARS[-1]} dan {live.NO_BAR}",
            "pola TW I sampai TW IV",
            f"Batang dari nol sampai yang tertinggi; {live.NO_BAR} berarti belum ada angka.",
        ),
    )


def _file(report: Report) -> tuple[Line, ...]:
    agency, registry = report.registry.agency, report.registry
    years = f"{registry.years[0]}-{registry.years[-1]}"
    return (
        (
            "Disusun oleh",
            f"workbook_tools {report.version}",
            "Isi yang sama selalu memberi berkas yang sama.",
        ),
        ("Keadaan data", report.as_of, ""),
        ("Perangkat daerah", f"{agency.name}, {agency.region}", f"Renstra {years}"),
        (
            "Dokumen acuan",
            f"{agency.document_title} {agency.document_year}",
            f"{len(registry.positions)} jabatan, {len(registry.indicators)} indikator.",
        ),
    )
