"""Turn arguments into a call of the pipeline, and its outcome into text and an exit code."""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbook_tools import __version__, cli_outputs
from workbook_tools.errors import BadRegister, OperatorError
from workbook_tools.locale import speak_indonesian
from workbook_tools.options import (
    LOCAL,
    PERIODS,
    Commands,
    Day,
    Options,
    Period,
    by_engine,
    by_scheduler,
)

speak_indonesian()

if TYPE_CHECKING:
    from workbook_tools.pipeline.arrival import Outcome

OK, REFUSED, USAGE, FAULT = 0, 1, 2, 3


_COMMAND = {"options_metavar": "[PILIHAN]"}


@click.group(
    cls=Commands,
    options_metavar="[PILIHAN]",
    subcommand_metavar="PERINTAH [ISIAN]...",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--workspace",
    "root",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="FOLDER",
    help="Ruang kerja; bawaannya folder ini.",
)
@click.option("--json", "is_json", is_flag=True, help="Tulis satu dokumen JSON ke keluaran baku.")
@click.option(
    "--today",
    type=Day(),
    metavar="TTTT-BB-HH",
    help="Anggap hari ini tanggal itu, untuk satu perintah.",
)
@click.version_option(__version__, prog_name="workbook-tools")
@click.pass_context
def cli(context: click.Context, root: Path, is_json: bool, today: date | None) -> None:  # noqa: FBT001 - click passes flags so
    """Kelola pengukuran kinerja IKU/IKI: kirim formulir, terima isian, susun induk."""
    import logging  # not needed to answer `--help`

    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    context.obj = Options(root, is_json, today)


_year = click.option("--year", type=int, metavar="TAHUN", required=True, help="Tahun pengukuran.")


@cli.command(**_COMMAND)
@click.argument("folder", type=click.Path(path_type=Path), required=False, metavar="[FOLDER]")
@click.pass_obj
def init(options: Options, folder: Path | None) -> None:
    """Buat ruang kerja: pengaturan, registri, inbox, outbox."""
    from workbook_tools.pipeline.report import place_template
    from workbook_tools.registry.source import load_source
    from workbook_tools.registry.workbook import write_registry
    from workbook_tools.workspace import make_workspace

    registry = load_source()
    target = folder if folder is not None else options.root
    workspace = make_workspace(target, registry, register=write_registry(registry))
    place_template(workspace)
    is_here = workspace.root == Path.cwd()
    ours = "workbook-tools" if is_here else f'workbook-tools --workspace "{workspace.root}"'
    options.answer(
        {"workspace": str(workspace.root), "register": workspace.relative(workspace.register)},
        lambda: [
            f"Ruang kerja siap di {workspace.root}",
            f"  Registri : {workspace.relative(workspace.register)}",
            f"Langkah berikut: {ours} check, lalu {ours} issue --year 2020 --period TW1",
        ],
    )


@cli.command(**_COMMAND)
@click.pass_context
def check(context: click.Context) -> None:
    """Periksa registri: kesalahan dan keganjilan, dengan alamat selnya."""
    from workbook_tools.present import check_lines, finding_document
    from workbook_tools.register import load_findings

    options: Options = context.obj
    workspace = options.workspace()
    try:
        findings = load_findings(workspace)
    except BadRegister as error:
        sentences = str(error).splitlines()
        documents = [
            {
                "code": "REGISTER_BROKEN",
                "severity": "error",
                "sheet": sheet,
                "cell": cell,
                "indicator": None,
                "year": None,
                "message": sentence,
            }
            for sheet, cell, sentence in error.findings
        ]
        options.answer({"findings": documents}, lambda: sentences)
        context.exit(REFUSED)
    options.answer(
        {"findings": [finding_document(f) for f in findings]}, lambda: check_lines(findings)
    )


@cli.command(**_COMMAND)
@_year
@click.option("--period", type=Period(PERIODS), required=True, help="Triwulan.")
@click.option("--unit", "units", multiple=True, metavar="ID", help="Hanya unit ini; boleh diulang.")
@click.pass_obj
def issue(options: Options, year: int, period: str, units: tuple[str, ...]) -> None:
    """Terbitkan formulir satu triwulan ke outbox."""
    from workbook_tools.pipeline.issue import issue_forms
    from workbook_tools.present import form_document, issue_lines

    with options.session() as session:
        forms = issue_forms(session, year=year, period=int(period[2:]), units=units)
        options.answer(
            {"forms": [form_document(form, session.workspace) for form in forms]},
            lambda: issue_lines(forms, session.workspace),
        )


@cli.command(**_COMMAND)
@click.argument(
    "files",
    nargs=-1,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="[BERKAS]...",
)
@by_engine
@by_scheduler
@click.pass_context
def ingest(context: click.Context, files: tuple[Path, ...], by: str, scheduler: str | None) -> None:
    """Periksa semua berkas di inbox, atau berkas yang disebut, lalu perbarui induk."""
    context.exit(_take_in(context.obj, files, by=by, scheduler=scheduler))


def _take_in(
    options: Options, files: Sequence[Path], *, by: str = LOCAL, scheduler: str | None = None
) -> int:
    """Take files in and give the exit code; what could not be finished is said at the end."""
    from workbook_tools.pipeline.first_look import first_look

    first = None if files else first_look(options.workspace())
    from workbook_tools.pipeline.take_in import take_in_files, take_in_inbox
    from workbook_tools.present import master_document, master_lines, outcome_lines

    with options.engine(by, scheduler) as engine, options.session(engine) as session:
        taken = take_in_inbox(session, first) if first else take_in_files(session, files)
        workspace = session.workspace
        options.answer(
            {
                "arrivals": [o.document() for o in taken.outcomes],
                "masters": [master_document(m, workspace) for m in taken.masters],
            },
            lambda: [
                *outcome_lines(taken.outcomes),
                *(master_lines(taken.masters, workspace) if taken.masters else ()),
            ],
        )
    if taken.trouble is not None:
        click.echo(str(taken.trouble), err=True)
        return USAGE
    return _exit_code(taken.outcomes)


def _exit_code(outcomes: Sequence[Outcome]) -> int:
    if any(o.status == "fault" for o in outcomes):
        return FAULT
    return REFUSED if any(o.is_refused for o in outcomes) else OK


@cli.command(**_COMMAND)
@click.option("--once", is_flag=True, help="Lihat satu kali saja, lalu selesai.")
@click.pass_context
def watch(context: click.Context, once: bool) -> None:  # noqa: FBT001 - click passes flags so
    """Pantau inbox sampai dihentikan (Ctrl+C)."""
    if once:
        if _take_in(context.obj, ()) == USAGE:
            context.exit(USAGE)
        return
    options: Options = context.obj
    import signal

    from workbook_tools.pipeline.watch import Watch
    from workbook_tools.present import outcome_lines
    from workbook_tools.register import load_registry

    workspace = options.workspace()
    registry = load_registry(workspace)
    stop = threading.Event()
    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: stop.set())

    def tell(outcomes: tuple[Outcome, ...]) -> None:
        for line in outcome_lines(outcomes):
            click.echo(line, err=options.is_json)

    click.echo(f"Memantau {workspace.inbox}. Tekan Ctrl+C untuk berhenti.", err=options.is_json)
    Watch(workspace, lambda: options.now(registry), tell, stop).run()
    options.answer({"stopped": True}, lambda: ["Pemantau berhenti."])


@cli.command(**_COMMAND)
@_year
@click.pass_obj
def consolidate(options: Options, year: int) -> None:
    """Susun ulang induk satu tahun."""
    from workbook_tools.pipeline.consolidate import consolidate as write_masters
    from workbook_tools.present import master_document, master_lines

    with options.session() as session:
        masters = write_masters(session, [year])
        options.answer(
            {"masters": [master_document(m, session.workspace) for m in masters]},
            lambda: master_lines(masters, session.workspace),
        )


@cli.command(**_COMMAND)
@click.option("--year", type=int, metavar="TAHUN", help="Hanya tahun ini.")
@click.option("--period", type=Period(PERIODS), help="Hanya triwulan ini.")
@click.pass_obj
def status(options: Options, year: int | None, period: str | None) -> None:
    """Tunjukkan siapa yang sudah mengirim, belum mengirim, dan ditolak."""
    from workbook_tools.present_status import state_of, status_lines

    with options.glance() as session:
        state = state_of(
            session,
            year=year,
            period=None if period is None else int(period[2:]),
            now=datetime.now(UTC),
        )
        options.answer(state.document(), lambda: status_lines(state, session.in_words))


@cli.command(**_COMMAND)
@click.pass_context
def verify(context: click.Context) -> None:
    """Audit arsip, ledger, dan induk."""
    from workbook_tools.pipeline.audit import verify as audit
    from workbook_tools.present import audit_document, audit_lines

    options: Options = context.obj
    with options.session() as session:
        found = audit(session)
        options.answer(audit_document(found), lambda: audit_lines(found))
    context.exit(REFUSED if found.findings else OK)


@cli.command(**_COMMAND)
@by_engine
@by_scheduler
@click.pass_obj
def rebuild(options: Options, by: str, scheduler: str | None) -> None:
    """Susun ulang ledger dan semua keluaran dari arsip dan registri."""
    from workbook_tools.pipeline.rebuild import rebuild as make_anew
    from workbook_tools.present import master_document, master_lines

    with options.engine(by, scheduler) as engine, options.anew(engine) as session:
        masters = make_anew(session)
        options.answer(
            {"masters": [master_document(m, session.workspace) for m in masters]},
            lambda: master_lines(masters, session.workspace),
        )


@cli.command(**_COMMAND)
@click.argument("folder", type=click.Path(path_type=Path), default=Path("demo"), metavar="[FOLDER]")
@click.pass_obj
def demo(options: Options, folder: Path) -> None:
    """Jalankan satu putaran penuh dengan registri Lampung Barat dan angka rekaan."""
    from workbook_tools.demo import run_demo

    account = run_demo(
        options.root / folder, say=lambda line: click.echo(line, err=options.is_json)
    )
    options.answer(account.document(), account.lines)


cli_outputs.add_to(cli)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; every failure is a sentence and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = cli.main(args=arguments, standalone_mode=False, prog_name="workbook-tools")
    except click.exceptions.Abort:
        click.echo(
            "Dihentikan sebelum selesai. Tidak ada yang hilang; jalankan lagi untuk melanjutkan.",
            err=True,
        )
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(USAGE)
    except OperatorError as error:
        click.echo(str(error), err=True)
        sys.exit(USAGE)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        click.echo(
            f"{where}{error.strerror or error}. Periksa izin folder, ruang disk, dan sambungan ke "
            "drive bersama, lalu jalankan lagi. Tidak ada data yang hilang.",
            err=True,
        )
        sys.exit(USAGE)
    except Exception:
        import logging

        logging.getLogger(__name__).exception("gangguan pada program")
        click.echo(
            "Terjadi gangguan pada program; tidak ada data yang hilang. Kirim pesan di atas "
            "kepada pengelola program.",
            err=True,
        )
        sys.exit(FAULT)
    sys.exit(code if isinstance(code, int) else OK)
