"""Workbooks are written by several processes as by one; a process that fails costs time alone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from time import sleep

import pytest

from workbook_tools.pipeline import side_by_side
from workbook_tools.pipeline.masters import Draft
from workbook_tools.pipeline.side_by_side import LEAST, written

COUNT = 9
HEAVY = ("click", "openpyxl", "pandas", "pandera", "pydantic", "rich", "sqlalchemy")
OURS = os.getpid()
"""This process; in one that writes, its own."""


def logged(folder: Path, number: int) -> bytes:
    """Give a workbook, and leave word of who wrote which."""
    folder.joinpath(f"{number} {os.getpid()} {os.urandom(4).hex()}").touch()
    return str(number).encode()


def together(ours: int, folder: Path, number: int) -> bytes:
    """Write so, but not alone: this process waits for another one to have begun."""
    while os.getpid() == ours and writers(folder) <= {ours}:
        sleep(0.01)
    return logged(folder, number)


def dying(ours: int, folder: Path, number: int) -> bytes:
    """Write so in this process, and end every other."""
    if os.getpid() != ours:
        os._exit(1)
    return logged(folder, number)


def failing() -> bytes:
    raise ArithmeticError


def drafts(writes: Sequence[Callable[[], bytes]]) -> Sequence[Draft]:
    return [Draft(Path(str(number)), "", write) for number, write in enumerate(writes)]


def several(write: Callable[[Path, int], bytes], folder: Path) -> Sequence[Draft]:
    return drafts([partial(write, folder, number) for number in range(COUNT)])


def writers(folder: Path) -> set[int]:
    return {int(path.name.split()[1]) for path in folder.iterdir()}


def numbers(folder: Path) -> list[int]:
    return sorted(int(path.name.split()[0]) for path in folder.iterdir())


def in_order(pairs: Sequence[tuple[Draft, bytes]]) -> bool:
    """Tell whether each draft came with its own bytes, in order."""
    return [(str(draft.path), data) for draft, data in pairs] == [
        (str(number), str(number).encode()) for number in range(COUNT)
    ]


def test_workbooks_come_in_order_whoever_writes_them(tmp_path: Path) -> None:
    pairs = list(written(several(partial(together, OURS), tmp_path), most=2))

    assert in_order(pairs)
    assert len(writers(tmp_path) - {OURS}) > 0


def test_every_workbook_is_written_once(tmp_path: Path) -> None:
    list(written(several(partial(together, OURS), tmp_path), most=2))

    assert numbers(tmp_path) == list(range(COUNT))


def test_what_a_dead_process_leaves_is_written_here(tmp_path: Path) -> None:
    pairs = list(written(several(partial(dying, OURS), tmp_path), most=2))

    assert in_order(pairs)
    assert writers(tmp_path) == {OURS}


def test_where_no_process_starts_everything_is_written_here(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("sys.executable", str(tmp_path / "tidak ada"))

    pairs = list(written(several(logged, tmp_path), most=2))

    assert in_order(pairs)
    assert writers(tmp_path) == {OURS}


def test_few_workbooks_are_written_here(tmp_path: Path) -> None:
    list(written(several(logged, tmp_path)[: LEAST - 1], most=2))

    assert writers(tmp_path) == {OURS}


def test_one_processor_writes_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(side_by_side, "processors", lambda: 1)

    list(written(several(logged, tmp_path)))

    assert writers(tmp_path) == {OURS}


def test_a_workbook_that_cannot_be_written_fails_as_it_does_here() -> None:
    pairs = written(drafts([failing] * COUNT), most=1)

    with closing(pairs), pytest.raises(ArithmeticError):
        list(pairs)


@pytest.mark.skipif(sys.platform == "win32", reason="asks a POSIX system whether a process lives")
def test_no_process_outlives_who_takes_the_workbooks(tmp_path: Path) -> None:
    with closing(written(several(partial(together, OURS), tmp_path), most=2)) as pairs:
        next(pairs)

    for process in writers(tmp_path) - {OURS}:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


def test_a_process_that_writes_imports_nothing_heavy() -> None:
    program = (
        "import sys, workbook_tools.master.writer_child, workbook_tools.master.write, "
        f"workbook_tools.master.index; print(sorted(set({HEAVY}) & set(sys.modules)))"
    )

    said = subprocess.run((sys.executable, "-c", program), capture_output=True, check=True)

    assert said.stdout.decode().strip() == "[]"
