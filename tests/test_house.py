"""The house keeps its promises: short modules, honest names, a light start, no strange hosts."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "workbook_tools"
MODULES = tuple(sorted(PACKAGE.rglob("*.py")))

LONGEST_MODULE = 350
NAMES_OF_NOTHING = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
HEAVY = {"pandas", "pandera", "openpyxl", "xlsxwriter", "sqlalchemy", "watchdog", "numpy"} | {
    *("dask", "distributed", "docx", "docxtpl", "fsspec", "jinja2", "PIL", "pyarrow")
}
DOWNLOAD_HOST = re.compile(
    r"https?://[^\s)\"']*(pypi|pythonhosted|npmjs|debian|ubuntu)\.", re.IGNORECASE
)
PATH_OF_ONE_MACHINE = re.compile(r"/(work|farm|tmp|root|home/[a-z]+)/[a-z]", re.IGNORECASE)


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _tracked() -> tuple[Path, ...]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    return tuple(ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file())


def _lines_with(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for path in _tracked():
        data = path.read_bytes()
        if b"\0" in data or path == Path(__file__):
            continue
        for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
            if pattern.search(line):
                found.append(f"{_name(path)}:{number}: {line.strip()}")
    return found


def test_no_module_is_longer_than_one_can_read_at_once() -> None:
    lengths = {_name(p): len(p.read_text(encoding="utf-8").splitlines()) for p in MODULES}
    assert {name: n for name, n in lengths.items() if n > LONGEST_MODULE} == {}


def test_no_module_is_named_after_nothing() -> None:
    assert [_name(p) for p in MODULES if set(p.stem.split("_")) & NAMES_OF_NOTHING] == []


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_every_module_says_first_what_becomes_what(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert docstring is not None
    assert docstring.splitlines()[0].endswith((".", ":"))


def test_what_is_declared_as_dependency_is_what_is_imported() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = {n: lines for n, lines in project["optional-dependencies"].items() if n != "test"}
    wanted = (*project["dependencies"], *(line for lines in extras.values() for line in lines))
    declared = {re.split(r"[ <>=\[]", line)[0].lower() for line in wanted}
    owners = packages_distributions()
    imported = {
        owner.lower()
        for path in MODULES
        for top in _imported_tops(path)
        for owner in owners.get(top, [])
    }
    missing = imported - declared - {"workbook-tools"}
    unused = declared - imported - {"tzdata"}
    assert (sorted(missing), sorted(unused)) == ([], [])


def _imported_tops(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return {name.partition(".")[0] for name in names}


def test_no_tracked_file_names_a_download_host() -> None:
    assert _lines_with(DOWNLOAD_HOST) == []


def test_no_tracked_file_names_a_path_of_one_machine() -> None:
    assert [
        line for line in _lines_with(PATH_OF_ONE_MACHINE) if not line.startswith("tests/")
    ] == []


def test_help_answers_without_loading_a_heavy_library() -> None:
    asked = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "workbook_tools", "--help"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    loaded = {
        line.rpartition("|")[2].strip().partition(".")[0] for line in asked.stderr.splitlines()
    }
    assert (asked.returncode, loaded & HEAVY) == (0, set())
    assert asked.stdout.startswith("Pemakaian:")
