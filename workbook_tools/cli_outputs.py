"""Turn the commands `report`, `export` and `pdf` into calls of the pipeline."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from workbook_tools.options import Command, Options

USAGE = 2
_year = click.option("--year", type=int, metavar="TAHUN", required=True, help="Tahun pengukuran.")


def add_to(group: click.Group) -> None:
    """Add the commands to the command line."""
    for command in (report, export, pdf):
        group.add_command(command)


@click.command(cls=Command, options_metavar="[PILIHAN]")
@_year
@click.pass_obj
def report(options: Options, year: int) -> None:
    """Tulis LKjIP Bab III satu tahun sebagai dokumen Word."""
    from workbook_tools.pipeline.report import write_report
    from workbook_tools.present_outputs import report_document, report_lines

    with options.glance() as session:
        written = write_report(session, year)
        options.answer(
            report_document(written, session.workspace),
            lambda: report_lines(written, session.workspace),
        )


@click.command(cls=Command, options_metavar="[PILIHAN]")
@_year
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "json", "parquet"], case_sensitive=False),
    required=True,
    help="Bentuk berkas.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Folder tujuan; bawaannya outbox/ekspor/TAHUN/BENTUK.",
)
@click.pass_obj
def export(options: Options, year: int, form: str, out: Path | None) -> None:
    """Ekspor data satu tahun untuk sistem lain, dengan kamus datanya."""
    from workbook_tools.pipeline.export import write_export
    from workbook_tools.present_outputs import export_document, export_lines

    with options.glance() as session:
        written = write_export(session, year, form=form, folder=out)
        options.answer(
            export_document(written, session.workspace),
            lambda: export_lines(written, session.workspace),
        )


@click.command(cls=Command, options_metavar="[PILIHAN]")
@_year
@click.pass_context
def pdf(context: click.Context, year: int) -> None:
    """Cetak induk dan catatan perbaikan satu tahun ke PDF (memerlukan LibreOffice)."""
    from workbook_tools.pipeline.pdf import print_year
    from workbook_tools.present_outputs import pdf_document, pdf_lines, pdf_trouble
    from workbook_tools.register import load_registry

    options: Options = context.obj
    workspace = options.workspace()
    printed = print_year(workspace, load_registry(workspace), year)
    options.answer(pdf_document(printed, workspace), lambda: pdf_lines(printed, workspace))
    trouble: Sequence[str] = pdf_trouble(printed, workspace)
    for line in trouble:
        click.echo(line, err=True)
    if trouble:
        context.exit(USAGE)
