"""Long work shows a bar on a terminal, lines in a log, and nothing beside JSON."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from itertools import count

import pytest

from tests.shell import NIAGA, PASAR, Office, call
from workbook_tools import progress_shown
from workbook_tools.pipeline.progress import Work, silent
from workbook_tools.progress_shown import EVERY, PATIENCE, bars, lines, progress_for


class Ticking:
    """A clock that goes on by so many seconds whenever it is asked."""

    def __init__(self, seconds: float) -> None:
        self._times: Iterator[float] = (seconds * n for n in count())

    def __call__(self) -> float:
        return next(self._times)


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_log_gets_a_line_every_few_seconds_and_one_at_the_end() -> None:
    log = io.StringIO()
    with lines(log, clock=Ticking(EVERY))(Work.JUDGE, 3) as step:
        for _ in range(3):
            step()
    assert log.getvalue().splitlines() == [
        "Memeriksa kiriman: 1 dari 3 (33 %).",
        "Memeriksa kiriman: 2 dari 3 (66 %).",
        "Memeriksa kiriman: 3 dari 3 (100 %).",
        "Memeriksa kiriman: 3 dari 3 (100 %).",
    ]


def test_short_work_says_nothing_in_a_log() -> None:
    log = io.StringIO()
    with lines(log, clock=Ticking(EVERY / 100))(Work.ISSUE, 3) as step:
        for _ in range(3):
            step()
    assert log.getvalue() == ""


def test_work_of_no_pieces_is_no_fault() -> None:
    log = io.StringIO()
    with lines(log, clock=Ticking(EVERY))(Work.MASTER, 0):
        pass
    assert log.getvalue() == ""


def test_a_terminal_gets_a_bar_with_what_is_done_and_counted() -> None:
    screen = Terminal()
    with bars(screen, clock=Ticking(PATIENCE))(Work.AUDIT, 4) as step:
        for _ in range(4):
            step()
    assert "Mengaudit arsip" in screen.getvalue()
    assert "4 dari 4" in screen.getvalue()


def test_short_work_draws_nothing_on_a_terminal() -> None:
    screen = Terminal()
    with bars(screen, clock=Ticking(PATIENCE / 100))(Work.AUDIT, 4) as step:
        for _ in range(4):
            step()
    assert screen.getvalue() == ""


def test_a_bar_goes_where_the_work_fails() -> None:
    screen = Terminal()

    def fail() -> None:
        with bars(screen, clock=Ticking(PATIENCE))(Work.AUDIT, 4) as step:
            step()
            raise ValueError("gagal")

    with pytest.raises(ValueError, match="gagal"):
        fail()
    assert screen.getvalue().endswith("\x1b[2K")  # the line of the bar is cleared


def test_json_gets_no_progress() -> None:
    assert progress_for(Terminal(), is_json=True) is silent


@pytest.fixture
def talkative(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a line be written for every piece."""
    monkeypatch.setattr(progress_shown, "EVERY", 0.0)


@pytest.mark.usefixtures("talkative")
@pytest.mark.parametrize(
    ("command", "told"),
    [
        (["issue", "--year", "2020", "--period", "TW2"], "Menerbitkan formulir: 21 dari 21"),
        (["ingest"], "Memeriksa kiriman: 2 dari 2"),
        (["verify"], "Mengaudit arsip: "),
        (["rebuild"], "Menyusun ulang dari arsip: "),
        (["consolidate", "--year", "2020"], "Menyusun induk: 1 dari 1"),
    ],
)
def test_every_long_command_tells_how_far_it_has_come(
    office: Office, command: list[str], told: str
) -> None:
    office.drop(PASAR, office.filled(PASAR))
    office.drop(NIAGA, office.filled(NIAGA))
    said = call("--workspace", str(office.root), "--today", "2020-04-03", *command)
    assert said.code in (0, 1)
    assert told in said.err


@pytest.mark.usefixtures("talkative")
def test_beside_json_standard_error_stays_empty(office: Office) -> None:
    office.drop(PASAR, office.filled(PASAR))
    said = office.says("ingest")
    assert (said.code, said.err) == (0, "")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")
def test_a_real_terminal_shows_the_bar_and_keeps_the_answer_clean(office: Office) -> None:
    import pty
    import subprocess

    for unit in (PASAR, NIAGA):
        office.drop(unit, office.filled(unit))
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import workbook_tools.progress_shown as p; p.PATIENCE = 0.0\n"
            "from workbook_tools.cli import main; main()",
            "--workspace",
            str(office.root),
            "--today",
            "2020-04-03",
            "ingest",
        ],
        stdout=subprocess.PIPE,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    try:
        while part := os.read(ours, 4096):
            shown += part
    except OSError:  # how Linux says that nobody writes any more
        pass
    answer, _ = process.communicate()
    os.close(ours)
    assert "Memeriksa kiriman" in shown.decode()
    assert "Memeriksa kiriman" not in answer.decode()
