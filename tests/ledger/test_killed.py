"""Kill the program at its writes to a ledger on a server; it ends in the same state."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.ledger.killer import MOMENTS
from tests.ledger.rounds import Desk, kept, on_server
from tests.ledger.server import Server
from tests.shell import TODAY, Office, tree
from tests.trust.scene import a_day
from tests.trust.size import SEED, figure, sized

pytestmark = [pytest.mark.postgres, pytest.mark.kill, pytest.mark.timeout(3600)]


@dataclass(frozen=True, slots=True)
class State:
    """What a workspace with a ledger on a server holds; the turn's number is of no matter."""

    rows: dict[str, list[tuple[object, ...]]]
    outbox: dict[str, bytes]
    inbox: dict[str, bytes]
    kept: dict[str, object]


@dataclass(frozen=True, slots=True)
class Stage:
    """A day's work that is set up anew, workspace and database, for every run."""

    before: Desk
    server: Server
    folder: Path

    def fresh(self) -> Desk:
        """Give the same workspace on a copy of the same database; the last one is removed."""
        root = self.folder / "ruang"
        subprocess.run(["rm", "-rf", str(root)], check=True)
        office = self.before.office.copied(root)
        return on_server(office, self.server, template=self.before.database)

    def killed(self, desk: Desk, number: int, moment: str, command: str) -> tuple[int, int]:
        """Run a command that is killed at a write; give its code and the writes it had made."""
        root = str(desk.office.root)
        arguments = ["--workspace", root, "--json", "--today", TODAY, command]
        told = subprocess.run(
            [sys.executable, "-m", "tests.ledger.killer", str(number), moment, *arguments],
            capture_output=True,
            text=True,
            check=False,
            cwd=Path(__file__).parents[2],
        )
        writes = re.findall(r"^writes (\d+)$", told.stderr, re.MULTILINE)
        return told.returncode, int(writes[-1]) if writes else 0


@pytest.fixture(scope="module")
def stage(
    template_office: Office, server: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("bunuh")
    desk = on_server(template_office.copied(folder / "awal"), server)
    assert desk.office.says("rebuild").code == 0
    a_day(desk.office)
    yield Stage(desk, server, folder)
    server.drop(desk.database)


def state(desk: Desk) -> State:
    root = desk.office.root
    return State(desk.rows(), tree(root / "outbox"), tree(root / "inbox"), kept(root))


def run_out(desk: Desk) -> None:
    """Let the turn of the killed be over, as it is after a while."""
    desk.server.asks("update workbook_tools_giliran.turn set until = now()", desk.database)


@pytest.mark.parametrize("command", ["ingest", "rebuild"])
def test_a_command_killed_at_a_write_ends_in_the_undisturbed_state(
    stage: Stage, command: str
) -> None:
    peace = stage.fresh()
    if command == "rebuild":
        assert peace.office.says("ingest").code == 1
    _, writes = stage.killed(peace, 0, "before", command)
    expected = state(peace)
    stage.server.drop(peace.database)
    points = [(n, moment) for n in range(1, writes + 1) for moment in MOMENTS]
    drawn = random.Random(f"{SEED} {command}").sample(points, min(len(points), sized(3, 10**6)))
    wrong: dict[str, str] = {}
    for number, moment in drawn:
        desk = stage.fresh()
        if command == "rebuild":
            assert desk.office.says("ingest").code == 1
        code, _ = stage.killed(desk, number, moment, command)
        assert code == -9, (number, moment)
        run_out(desk)
        said = desk.office.says(command)
        audit = desk.office.says("verify")
        found = state(desk)
        if audit.code != 0 or found != expected:
            parts = [n for n in State.__slots__ if getattr(found, n) != getattr(expected, n)]
            wrong[f"{number} {moment}"] = f"{said.code} {audit.out[:300]} {parts}"
        stage.server.drop(desk.database)
    figure(f"writes of {command} to a server that were killed", f"{len(drawn)} of {len(points)}")
    assert wrong == {}
