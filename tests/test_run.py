"""One command makes a fresh clone work, and costs nothing the second time."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
FRESH_PYTHON = str(getattr(sys, "_base_executable", sys.executable))
PROGRAM = """\
import os, sys
print(os.getpid(), sys.argv[1:])
sys.exit(7)
"""


def _load(clone: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("run_of_clone", clone / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _bare_environment() -> dict[str, str]:
    kept = ("PATH", "HOME", "SYSTEMROOT", "USERPROFILE", "LOCALAPPDATA", "TEMP")
    return {name: os.environ[name] for name in kept if name in os.environ}


def _run(clone: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [FRESH_PYTHON, "run.py", *arguments],
        cwd=clone,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**_bare_environment(), **more},
    )


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Give a folder with run.py, what it reads, and a program that tells how it was called."""
    for name in ("run.py", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    package = tmp_path / "workbook_tools"
    package.mkdir()
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "__main__.py").write_text(PROGRAM, encoding="utf-8")
    return tmp_path


@pytest.fixture
def ready_clone(clone: Path) -> Path:
    """Give the same with an environment whose stamp says that nothing is left to do."""
    venv.EnvBuilder(with_pip=False).create(clone / ".venv")
    stamp = subprocess.run(
        [FRESH_PYTHON, "-c", "import run; print(run.expected_stamp(run.RUN), end='')"],
        cwd=clone,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    (clone / ".venv" / "workbook-tools-stamp.txt").write_text(stamp, encoding="ascii")
    return clone


def test_arguments_and_exit_code_pass_through(ready_clone: Path) -> None:
    answer = _run(ready_clone, "--json", "issue", "--year", "2020")
    assert answer.returncode == 7
    assert answer.stdout.split(maxsplit=1)[1] == "['--json', 'issue', '--year', '2020']\n"


def test_nothing_is_installed_when_the_stamp_is_right(ready_clone: Path) -> None:
    before = sorted((ready_clone / ".venv").rglob("*"))
    answer = _run(ready_clone, "status", PIP_NO_INDEX="1")
    assert (answer.returncode, answer.stderr) == (7, "")
    assert sorted((ready_clone / ".venv").rglob("*")) == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot replace a process")
def test_the_program_takes_the_place_of_the_command_so_that_signals_reach_it(
    ready_clone: Path,
) -> None:
    with subprocess.Popen(
        [FRESH_PYTHON, "run.py"], cwd=ready_clone, stdout=subprocess.PIPE, text=True
    ) as process:
        output, _ = process.communicate()
    assert output.split()[0] == str(process.pid)


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_a_changed_declaration_asks_for_a_new_set_up(clone: Path, name: str) -> None:
    run = _load(clone)
    before = run.expected_stamp(run.RUN)
    with (clone / name).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert run.expected_stamp(run.RUN) != before


def test_an_environment_for_the_tests_serves_the_program_but_not_the_other_way(
    clone: Path,
) -> None:
    run = _load(clone)
    run.PYTHON.parent.mkdir(parents=True)
    run.PYTHON.touch()
    run.STAMP.write_text(run.expected_stamp(run.TEST), encoding="ascii")
    assert (run.is_ready(run.RUN), run.is_ready(run.TEST)) == (True, True)
    run.STAMP.write_text(run.expected_stamp(run.RUN), encoding="ascii")
    assert (run.is_ready(run.RUN), run.is_ready(run.TEST)) == (True, False)


def test_a_set_up_that_fails_says_so_and_leaves_no_stamp(clone: Path) -> None:
    (clone / "pyproject.toml").write_text("[project]\nname = 'x y'\n", encoding="utf-8")
    answer = _run(clone, "demo", PIP_NO_INDEX="1")
    assert answer.returncode == 1
    assert answer.stderr.splitlines()[-1] == (
        "The set-up failed; what went wrong stands above. Run the same command again after."
    )
    assert not (clone / ".venv" / "workbook-tools-stamp.txt").exists()


def test_a_place_that_cannot_be_written_is_told_in_a_sentence(clone: Path) -> None:
    (clone / ".venv").write_text("in the way", encoding="utf-8")
    answer = _run(clone, "demo")
    assert (answer.returncode, answer.stderr.count("Traceback")) == (2, 0)
    assert answer.stderr.splitlines()[-1].startswith("The set-up cannot write ")


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_clean_clone_in_a_bare_environment_speaks_and_is_quick_the_second_time(
    tmp_path: Path,
) -> None:
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    first = _run(clone, "--help")
    assert (first.returncode, first.stdout.split(maxsplit=1)[0]) == (0, "Pemakaian:")
    started = time.monotonic()
    assert _run(clone, "--help").stdout == first.stdout
    assert time.monotonic() - started < 3
