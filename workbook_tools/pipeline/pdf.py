"""Turn the master and the correction workbooks of a year into PDF files in the outbox."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from workbook_tools.errors import BadRequest, OperatorError
from workbook_tools.outbox import PENDING, publish, write_out
from workbook_tools.pdf import PrintFailed, open_printer
from workbook_tools.pipeline.masters import master_path, part_path
from workbook_tools.pipeline.session import require_year
from workbook_tools.registry.model import Registry
from workbook_tools.workspace import Workspace

_RECORD = "cetak.json"


@dataclass(frozen=True, slots=True)
class PdfOut:
    """One workbook and its PDF.

    `made` is false where the PDF of the same workbook lay there already; `trouble` says why
    there is none; `waiting` is set where the old one is open in another program.
    """

    source: Path
    path: Path
    made: bool
    waiting: Path | None = None
    trouble: str = ""


def print_year(workspace: Workspace, registry: Registry, year: int) -> tuple[PdfOut, ...]:
    """Print what has changed since the last time; the troubles of one file stop no other.

    BadRequest where the register has no such year or there is nothing to print, NoOffice
    where there is no LibreOffice.
    """
    require_year(registry, year)
    sources = _sources(workspace, year)
    if not sources:
        raise BadRequest(
            f"Belum ada induk atau catatan perbaikan tahun {year} yang dapat dicetak. Jalankan "
            f"“workbook-tools consolidate --year {year}” lebih dahulu."
        )
    record = _read_record(workspace)
    printed: list[PdfOut] = []
    with ExitStack() as stack:
        printer = None
        for source in sources:
            path = pdf_path(workspace.outbox, source)
            data = _read(source)
            digest = hashlib.sha256(data).hexdigest()
            name = workspace.relative(path)
            if record.get(name) == digest and path.exists():
                printed.append(PdfOut(source, path, made=False))
                continue
            printer = printer or stack.enter_context(open_printer())
            try:
                out = publish(path, printer.print_workbook(data))
            except PrintFailed as error:
                printed.append(PdfOut(source, path, made=False, trouble=str(error)))
                continue
            record[name] = digest
            write_out(workspace.state / _RECORD, json.dumps(record, indent=1).encode())
            printed.append(PdfOut(source, path, made=True, waiting=out.waiting))
    return tuple(printed)


def pdf_path(outbox: Path, source: Path) -> Path:
    """Give where the PDF of a workbook lies: `outbox/pdf`, notes under their folder's unit."""
    inside = source.relative_to(outbox)
    unit = inside.parts[0] if len(inside.parts) > 2 else ""  # noqa: PLR2004 - unit/ditolak/name
    return outbox / "pdf" / unit / f"{source.stem}.pdf"


def _sources(workspace: Workspace, year: int) -> tuple[Path, ...]:
    outbox = workspace.outbox
    notes = sorted(outbox.glob(f"*/ditolak/PERBAIKAN_*_{year}-TW[1-4]_*.xlsx"))
    master = master_path(outbox, year)
    parts = sorted(
        path
        for path in master.parent.glob(part_path(outbox, year, "*").name)
        if PENDING not in path.stem
    )
    return (*([master] if master.is_file() else []), *parts, *notes)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise OperatorError(
            f"{path} tidak dapat dibaca ({error.strerror}). Tutup berkas itu, lalu jalankan lagi."
        ) from error


def _read_record(workspace: Workspace) -> dict[str, str]:
    """Give the hash of each printed workbook by its PDF; whatever is unreadable is printed anew."""
    try:
        known = json.loads((workspace.state / _RECORD).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return {str(k): str(v) for k, v in known.items()} if isinstance(known, Mapping) else {}
