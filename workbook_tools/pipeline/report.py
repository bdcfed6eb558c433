"""Turn a year of the ledger into the Word document of LKjIP Bab III in the outbox."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from workbook_tools import __version__
from workbook_tools.errors import CannotWrite
from workbook_tools.master.consolidate import consolidate
from workbook_tools.outbox import publish, write_out
from workbook_tools.pipeline.session import Session, require_year
from workbook_tools.report.compose import compose
from workbook_tools.report.document import write_document
from workbook_tools.workspace import Workspace

TEMPLATE = "lkjip-bab-iii.docx"
_BUILT_IN = Path(__file__).parents[1] / "report" / "data" / TEMPLATE
_RECORD = "laporan.json"


@dataclass(frozen=True, slots=True)
class ReportOut:
    """Where a report was written.

    `template` is the office's own, None for the one of the program; `kept` is the document
    of somebody who worked on it, which was left as it is; `waiting` is set where the old one
    is open in another program.
    """

    year: int
    path: Path
    template: Path | None
    kept: Path | None
    waiting: Path | None


def template_path(workspace: Workspace) -> Path:
    """Give where the office's own template lies."""
    return workspace.root / "templates" / TEMPLATE


def place_template(workspace: Workspace) -> None:
    """Put the template into a workspace that has none yet."""
    path = template_path(workspace)
    if not path.exists():
        write_out(path, _BUILT_IN.read_bytes())


def report_path(outbox: Path, year: int) -> Path:
    """Give where the report of a year lies."""
    return outbox / "laporan" / f"LKjIP-Bab-III-{year}.docx"


def write_report(session: Session, year: int) -> ReportOut:
    """Write the report of a year; a document that somebody has edited is never replaced.

    BadRequest for a year the register does not have.
    """
    require_year(session.registry, year)
    workspace = session.workspace
    own = template_path(workspace)
    template = own if own.exists() else None
    chapter = compose(
        consolidate(session.registry, session.ledger.submissions(), year),
        session.registry,
        version=__version__,
        notice=workspace.settings.notice,
    )
    data = write_document(chapter, _read(template or _BUILT_IN), name=workspace.relative(own))
    first = report_path(workspace.outbox, year)
    record = _Record(workspace.state / _RECORD)
    path = next(one for one in _places(first) if record.is_ours(one, data))
    published = publish(path, data)
    record.add(data)
    return ReportOut(year, path, template, None if path == first else first, published.waiting)


def _places(first: Path) -> Iterator[Path]:
    """Give the names that a report may take, in order."""
    yield first
    for number in count(2):
        yield first.with_name(f"{first.stem} ({number}){first.suffix}")


class _Record:
    """Remembers the hashes of the documents that this program wrote."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._hashes: list[str] = []
        try:
            known = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError, RecursionError):
            known = []  # then every document counts as somebody's work
        if isinstance(known, list):
            self._hashes = [str(one) for one in known]

    def is_ours(self, path: Path, data: bytes) -> bool:
        """Tell whether a place is free, holds the same, or what nobody has touched since."""
        if not path.exists():
            return True
        held = _read(path)
        return held == data or hashlib.sha256(held).hexdigest() in self._hashes

    def add(self, data: bytes) -> None:
        """Remember one more."""
        digest = hashlib.sha256(data).hexdigest()
        if digest not in self._hashes:
            write_out(self._path, json.dumps([*self._hashes, digest], indent=1).encode())


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CannotWrite(
            f"{path} tidak dapat dibaca ({error.strerror}). Tutup berkas itu di Word, lalu "
            "jalankan lagi."
        ) from error
