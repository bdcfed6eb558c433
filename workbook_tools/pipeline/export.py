"""Turn a year of the ledger into the files of an export and their dictionary."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from workbook_tools import __version__
from workbook_tools.export.dictionary import NAME, Written, make_dictionary
from workbook_tools.export.encode import FORMATS
from workbook_tools.export.tables import tables_of
from workbook_tools.master.consolidate import consolidate
from workbook_tools.outbox import write_out
from workbook_tools.pipeline.session import Session, require_year
from workbook_tools.visible import one_line


@dataclass(frozen=True, slots=True)
class ExportOut:
    """What was exported: (table, file, rows), and the dictionary that describes it."""

    year: int
    form: str
    folder: Path
    files: tuple[tuple[str, Path, int], ...]
    dictionary: Path


def write_export(session: Session, year: int, *, form: str, folder: Path | None) -> ExportOut:
    """Write the tidy tables of a year; the dictionary comes last and describes what is there.

    BadRequest for a year the register does not have.
    """
    require_year(session.registry, year)
    submissions = session.ledger.submissions()
    consolidated = consolidate(session.registry, submissions, year)
    target = folder or session.workspace.outbox / "ekspor" / str(year) / form
    encode, _ = FORMATS[form]
    files = [
        Written(table, f"{table.name}.{form}", encode(table))
        for table in tables_of(consolidated, session.registry, submissions)
    ]
    dictionary = make_dictionary(
        files,
        year=year,
        form=form,
        agency=one_line(session.registry.agency.name),
        as_of=consolidated.as_of,
        notice=one_line(session.workspace.settings.notice),
        version=__version__,
    )
    for file in files:
        write_out(target / file.path, file.data)
    write_out(target / NAME, dictionary)
    return ExportOut(
        year=year,
        form=form,
        folder=target,
        files=tuple((f.table.name, target / f.path, len(f.table.rows)) for f in files),
        dictionary=target / NAME,
    )
