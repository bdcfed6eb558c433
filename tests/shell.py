"""Turn a command line into what it said, and a workspace into what can be compared."""

from __future__ import annotations

import contextlib
import io
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from typing import cast

import pytest

from tests.returns.desk import IN_TIME, answers, open_desk
from tests.returns.paper import Value, typed
from workbook_tools.cli import main
from workbook_tools.form.content import make_content
from workbook_tools.form.layout import FormLayout, make_layout
from workbook_tools.registry.model import Registry
from workbook_tools.registry.source import load_source
from workbook_tools.workspace import Workspace, open_workspace

REGISTER = Path(__file__).parents[1] / "templates" / "registri.xlsx"
TODAY = IN_TIME[1].isoformat()
LATER = IN_TIME[2].isoformat()
PASAR, NIAGA, RETRIBUSI = "kabid-pasar", "kasi-tertib-niaga-metrologi", "kasi-pendataan-retribusi"
UNITS = (PASAR, NIAGA, RETRIBUSI)
TABLES = ("issue", "arrival", "value", "text", "stale")

Document = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Said:
    """What one call of the command line gave back."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Document:
        """Give the one JSON document of standard output."""
        return cast("Document", json.loads(self.out))

    def rows(self, name: str) -> list[dict[str, object]]:
        """Give a list of the document."""
        return cast("list[dict[str, object]]", self.document[name])


def call(*arguments: str) -> Said:
    """Run the command line in this process, its second look at the inbox soon after the first."""
    out, err = io.StringIO(), io.StringIO()
    with (
        pytest.MonkeyPatch.context() as patched,
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        patched.setattr("workbook_tools.pipeline.take_in.LOOK_AGAIN_SECONDS", 0.01)
        with pytest.raises(SystemExit) as ended:
            main(arguments)
    return Said(int(ended.value.code or 0), out.getvalue(), err.getvalue())


@dataclass(frozen=True, slots=True)
class Office:
    """A workspace on disk, worked on by commands alone."""

    root: Path
    registry: Registry

    @property
    def workspace(self) -> Workspace:
        """Give its paths."""
        return open_workspace(self.root)

    def says(self, *arguments: str, today: str = TODAY) -> Said:
        """Run a command on the workspace, its answer as JSON."""
        return call("--workspace", str(self.root), "--json", "--today", today, *arguments)

    def tells(self, *arguments: str, today: str = TODAY) -> Said:
        """Run a command on the workspace, its answer in words."""
        return call("--workspace", str(self.root), "--today", today, *arguments)

    def form(self, unit: str, period: int = 1) -> bytes:
        """Give an issued form as it lies in the outbox."""
        name = f"IKI_{unit}_2020-TW{period}.xlsx"
        return (self.root / "outbox" / unit / "formulir" / name).read_bytes()

    def layout(self, unit: str, period: int = 1) -> FormLayout:
        """Give the addresses of a form."""
        return make_layout(make_content(self.registry, unit, year=2020, period=period, accepted={}))

    def filled(
        self, unit: str, changes: Mapping[str, Value] | None = None, *, period: int = 1
    ) -> bytes:
        """Fill a form soundly, then type `changes` over it."""
        sound = answers(self.layout(unit, period))
        return typed(self.form(unit, period), {**sound, **(changes or {})})

    def drop(self, folder: str, data: bytes, *, name: str = "kiriman.xlsx") -> Path:
        """Put a file into a folder of the inbox."""
        path = self.root / "inbox" / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    def inbox(self) -> list[str]:
        """List the files that are still in the inbox."""
        inbox = self.root / "inbox"
        return sorted(p.relative_to(inbox).as_posix() for p in inbox.rglob("*") if p.is_file())

    def master(self, year: int = 2020) -> Path:
        """Give where the master of a year lies."""
        return self.root / "outbox" / "master" / f"IKU-IKI-{year}.xlsx"

    def board(self) -> Path:
        """Give where the status board lies."""
        return self.root / "outbox" / "papan" / "index.html"

    def ledger(self) -> dict[str, list[tuple[object, ...]]]:
        """Give every row of the ledger."""
        return dumped(self.root / ".state" / "ledger.sqlite")

    def copied(self, root: Path) -> Office:
        """Give the same office in another folder."""
        copytree(self.root, root)
        return Office(root, self.registry)


def tree(folder: Path) -> dict[str, bytes]:
    """Give the bytes of every file under a folder by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def dumped(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Give the rows of the ledger's tables; their own numbering left out."""
    connection = sqlite3.connect(path)
    try:
        return {
            table: sorted(connection.execute(f"select * from {table}"), key=repr)  # noqa: S608
            for table in TABLES
        }
    finally:
        connection.close()


@pytest.fixture(scope="session")
def template_office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Give an office that issued some forms of two triwulan; only to be copied."""
    root = tmp_path_factory.mktemp("kantor") / "ruang"
    registry = load_source()
    desk = open_desk(root, registry, register=REGISTER.read_bytes())
    for period in (1, 2):
        desk.issue(period, *UNITS)
    return Office(root, registry)


@pytest.fixture
def office(template_office: Office, tmp_path: Path) -> Office:
    """Give an office that issued some forms and received nothing yet."""
    return template_office.copied(tmp_path / "ruang")
