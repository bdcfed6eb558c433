"""Turn the global options of a call into the workspace, the time and the way to answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

if TYPE_CHECKING:
    from workbook_tools.pipeline.engine import Engine
    from workbook_tools.pipeline.session import Session
    from workbook_tools.registry.model import Registry
    from workbook_tools.workspace import Workspace

OFFICE_HOUR = time(9, 0)
PERIODS = ("TW1", "TW2", "TW3", "TW4")
LOCAL, DASK = "local", "dask"
by_engine = click.option(
    "--engine",
    "by",
    type=click.Choice((LOCAL, DASK)),
    default=LOCAL,
    help="Yang memeriksa: local, komputer ini (bawaan), atau dask, banyak komputer.",
)
by_scheduler = click.option(
    "--scheduler",
    metavar="ALAMAT",
    help="Alamat penjadwal Dask, misalnya tcp://10.0.0.5:8786.",
)


class Options(NamedTuple):
    """The global options of one call; a tuple, for `--help` need not wait for dataclasses."""

    root: Path
    is_json: bool
    today: date | None

    def workspace(self) -> Workspace:
        """Open the workspace."""
        from workbook_tools.workspace import open_workspace

        return open_workspace(self.root)

    def now(self, registry: Registry) -> datetime:
        """Give the time in the office's zone: the clock's, or 9 o'clock of `--today`."""
        from zoneinfo import ZoneInfo

        zone = ZoneInfo(registry.rules.timezone)
        if self.today is not None:
            return datetime.combine(self.today, OFFICE_HOUR, tzinfo=zone)
        return datetime.now(zone)

    @contextmanager
    def anew(self, engine: Engine | None = None) -> Iterator[Session]:
        """Open a session on an empty ledger that may take the place of the old one."""
        from workbook_tools.pipeline.rulebook import under_current
        from workbook_tools.pipeline.session import open_anew
        from workbook_tools.register import load_registry

        workspace = self.workspace()
        registry = load_registry(workspace)
        with open_anew(workspace, self.now(registry), registry=registry) as session:
            yield self._told(under_current(session), engine)

    @contextmanager
    def session(self, engine: Engine | None = None) -> Iterator[Session]:
        """Open a session on the workspace; `engine` examines what arrives, None is a thread."""
        from workbook_tools.pipeline.rulebook import under_current
        from workbook_tools.pipeline.session import open_session
        from workbook_tools.register import load_registry

        workspace = self.workspace()
        registry = load_registry(workspace)
        with open_session(workspace, self.now(registry), registry=registry) as session:
            yield self._told(under_current(session), engine)

    @contextmanager
    def engine(self, by: str, scheduler: str | None) -> Iterator[Engine | None]:
        """Open what examines arrivals, before anything of a workspace is touched."""
        if by == LOCAL and scheduler is not None:
            raise click.UsageError("--scheduler hanya dipakai bersama --engine dask.")
        if by == LOCAL:
            yield None
            return
        if scheduler is None:
            raise click.UsageError("--engine dask memerlukan --scheduler ALAMAT.")
        from workbook_tools.cluster.connection import connected

        with connected(scheduler) as engine:
            yield engine

    def _told(self, session: Session, engine: Engine | None) -> Session:
        """Let a session show a person how far it has come."""
        from dataclasses import replace

        from workbook_tools.progress_shown import progress_for

        return replace(session, engine=engine, progress=progress_for(is_json=self.is_json))

    @contextmanager
    def glance(self) -> Iterator[Session]:
        """Open a session that only looks, beside a watcher at work."""
        from workbook_tools.pipeline.session import open_glance
        from workbook_tools.register import load_registry

        workspace = self.workspace()
        registry = load_registry(workspace)
        with open_glance(workspace, self.now(registry), registry=registry) as session:
            yield session

    def answer(self, document: object, lines: Callable[[], Sequence[str]]) -> None:
        """Print the JSON document, or the lines for people."""
        import json  # not needed to answer `--help`

        if self.is_json:
            click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        else:
            for line in lines():
                click.echo(line)


class Day(click.ParamType[date]):
    """A date; click's own way would show people a pattern of letters."""

    name = "date"

    def convert(
        self, value: str | date, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Read a date such as 2020-04-03."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"“{value}” bukan tanggal. Tulis seperti 2020-04-03.", param, ctx)


class Command(click.Command):
    """A command whose first sentence is shown whole in the list of commands."""

    def get_short_help_str(self, limit: int = 45) -> str:
        """Give the sentence; click would cut it off at the end of the line."""
        del limit
        return super().get_short_help_str(1_000)


class Commands(click.Group):
    """The commands of the program."""

    command_class = Command


class Period(click.Choice[str]):
    """A triwulan, in capitals or not; click's own way would list them in small letters."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Give the triwulan in capitals."""
        return super().convert(value.upper(), param, ctx)


_COMMAND = {"options_metavar": "[PILIHAN]"}
