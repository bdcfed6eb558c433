"""Turn written reports, exports and PDF files into JSON and into lines for the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from workbook_tools.pipeline.export import ExportOut
    from workbook_tools.pipeline.pdf import PdfOut
    from workbook_tools.pipeline.report import ReportOut
    from workbook_tools.workspace import Workspace

Document = dict[str, object]


def _or_none(path: Path | None, workspace: Workspace) -> str | None:
    return None if path is None else workspace.relative(path)


def report_document(report: ReportOut, workspace: Workspace) -> Document:
    """Give the JSON of `report`."""
    return {
        "year": report.year,
        "path": workspace.relative(report.path),
        "template": _or_none(report.template, workspace),
        "kept": _or_none(report.kept, workspace),
        "waiting": _or_none(report.waiting, workspace),
    }


def report_lines(report: ReportOut, workspace: Workspace) -> list[str]:
    """Say where the report is, and what was left alone for its sake."""
    lines = [f"LKjIP Bab III {report.year}: {workspace.relative(report.path)}"]
    if report.kept is not None:
        lines.append(
            f"  {workspace.relative(report.kept)} sudah disunting orang, jadi dibiarkan; yang "
            "baru ditulis dengan nama lain."
        )
    if report.waiting is not None:
        lines.append(
            f"  Dokumen lama sedang dibuka, jadi yang baru ada di "
            f"{workspace.relative(report.waiting)}."
        )
    lines.append("  Daftar tabel dan nomor halaman diperbarui Word dengan Ctrl+A lalu F9.")
    return lines


def export_document(export: ExportOut, workspace: Workspace) -> Document:
    """Give the JSON of `export`."""
    return {
        "year": export.year,
        "format": export.form,
        "folder": workspace.relative(export.folder),
        "files": [
            {"table": table, "path": workspace.relative(path), "rows": rows}
            for table, path, rows in export.files
        ],
        "dictionary": workspace.relative(export.dictionary),
    }


def export_lines(export: ExportOut, workspace: Workspace) -> list[str]:
    """Say what was exported."""
    return [
        f"Ekspor {export.year} ({export.form}) di {workspace.relative(export.folder)}:",
        *(f"  {path.name}  ({rows} baris)" for _, path, rows in export.files),
        f"  {export.dictionary.name}  (kamus data)",
    ]


def pdf_document(printed: Sequence[PdfOut], workspace: Workspace) -> Document:
    """Give the JSON of `pdf`; a file without PDF has its trouble in words."""
    return {
        "files": [
            {
                "source": workspace.relative(one.source),
                "path": None if one.trouble else workspace.relative(one.path),
                "made": one.made,
                "waiting": _or_none(one.waiting, workspace),
                "trouble": one.trouble or None,
            }
            for one in printed
        ]
    }


def pdf_lines(printed: Sequence[PdfOut], workspace: Workspace) -> list[str]:
    """Say what was printed, and how many needed no printing."""
    lines = [f"PDF: {workspace.relative(one.path)}" for one in printed if one.made]
    lines += [
        f"  PDF lama sedang dibuka, jadi yang baru ada di {workspace.relative(one.waiting)}."
        for one in printed
        if one.waiting is not None
    ]
    same = sum(1 for one in printed if not one.made and not one.trouble)
    return [*lines, f"{same} PDF lain masih sesuai dengan buku kerjanya."] if same else lines


def pdf_trouble(printed: Sequence[PdfOut], workspace: Workspace) -> list[str]:
    """Say which files could not be printed, and what to do."""
    failed = [one for one in printed if one.trouble]
    if not failed:
        return []
    return [
        *(f"{workspace.relative(one.source)}: {one.trouble}." for one in failed),
        "Jalankan perintah ini sekali lagi; bila tetap gagal, buka berkasnya di LibreOffice atau "
        "Excel dan simpan sebagai PDF dari sana.",
    ]
