"""Turn a fresh clone into a working program, and hand over to it.

    python3 run.py demo        set everything up and run the main job
    python3 run.py test        set everything up and pass the tests
    python3 run.py bench       set everything up and measure beside what people use today
    python3 run.py ANYTHING    set everything up and run `workbook-tools ANYTHING`

Only Python 3.11 or newer and pip are needed. Everything is installed into `.venv` beside
this file; a stamp in it tells the next call that there is nothing left to do.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
STAMP = ENVIRONMENT / "workbook-tools-stamp.txt"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

OLDEST = (3, 11)
RUN, TEST = "run", "test"
EXTRAS = {RUN: "report", TEST: "test"}
CHECKS = {
    "ruff check": ("-m", "ruff", "check", "--quiet", "."),
    "ruff format": ("-m", "ruff", "format", "--check", "--quiet", "."),
    "mypy": ("-m", "mypy", "--no-error-summary"),
    # import-linter has no module to run; this is what its console script does.
    "lint-imports": (
        "-c",
        "from importlinter.cli import lint_imports_command; lint_imports_command()",
        "--no-logo",
    ),
}


def expected_stamp(scope: str) -> str:
    """Give what the stamp must say for the environment to be of use as it stands.

    The folder is part of it: an environment cannot be moved with its clone.
    """
    told = hashlib.sha256()
    for part in (
        (ROOT / "pyproject.toml").read_bytes(),
        (ROOT / "constraints.txt").read_bytes(),
        sys.version.encode(),
        repr(EXTRAS).encode(),
        os.fsencode(ROOT),
    ):
        told.update(hashlib.sha256(part).digest())
    return f"{scope} {told.hexdigest()}\n"


def is_ready(scope: str) -> bool:
    """Tell whether the environment serves this scope; the tests' one serves both."""
    if not (STAMP.is_file() and PYTHON.is_file()):
        return False
    return STAMP.read_text(encoding="ascii") in {expected_stamp(scope), expected_stamp(TEST)}


def pip_command() -> list[str]:
    """Give the pip that installs into the environment: ours, or else one put into it.

    Debian has pip without ensurepip unless python3-venv is installed, so our own pip is
    asked first and the environment is made without one.
    """
    if importlib.util.find_spec("pip") is not None:
        return [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    subprocess.run([PYTHON, "-m", "ensurepip", "--default-pip"], check=True, stdout=sys.stderr)
    return [str(PYTHON), "-m", "pip"]


def set_up(scope: str) -> None:
    """Make the environment and install the project with exactly the constrained versions."""
    if is_ready(scope):
        return
    say(f"Setting up {ENVIRONMENT} (once; this takes a minute or two) ...")
    STAMP.unlink(missing_ok=True)
    # Links, because a copied interpreter does not start on macOS; Windows has no links.
    builder = venv.EnvBuilder(symlinks=os.name != "nt", clear=not is_same_python())
    builder.create(ENVIRONMENT)
    project = f"{ROOT}[{EXTRAS[scope]}]"
    subprocess.run(
        [
            *pip_command(),
            "install",
            "-qq",
            "--disable-pip-version-check",
            "--constraint",
            str(ROOT / "constraints.txt"),
            "--editable",
            project,
        ],
        check=True,
        stdout=sys.stderr,
        # A person's pip settings may ask for --user, which no environment allows.
        env={**os.environ, "PIP_USER": "0"},
    )
    STAMP.write_text(expected_stamp(scope), encoding="ascii")


def is_same_python() -> bool:
    """Tell whether an environment that stands there was made by this very Python."""
    if not PYTHON.is_file():
        return False
    answer = subprocess.run(
        [PYTHON, "-c", "import sys; print(sys.version)"],
        capture_output=True,
        check=False,
        text=True,
    )
    return answer.stdout.strip() == sys.version.strip()


def test(arguments: list[str]) -> int:
    """Run linters, types, import contracts and tests; with arguments, pytest alone."""
    failed = [
        name
        for name, check in CHECKS.items()
        if not arguments and subprocess.run([PYTHON, *check], cwd=ROOT, check=False).returncode
    ]
    code = subprocess.run([PYTHON, "-m", "pytest", *arguments], cwd=ROOT, check=False).returncode
    if failed:
        say(f"Failed before the tests: {', '.join(failed)}")
    return code or len(failed)


def bench(arguments: list[str]) -> int:
    """Measure every wanted ratio (`--large`, `--seed`; `--help` tells)."""
    command = [str(PYTHON), "-m", "benchmarks", *arguments]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def hand_over(arguments: list[str]) -> int:
    """Become the project's own command, so that signals and the exit code are its own."""
    command = [str(PYTHON), "-m", "workbook_tools", *arguments]
    if os.name != "nt":
        os.execv(command[0], command)
    # Windows has no exec that keeps the console waiting.
    child = subprocess.Popen(command)
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            continue  # the child got it too and ends in its own time


def say(sentence: str) -> None:
    """Speak to the person; standard output belongs to the command."""
    print(sentence, file=sys.stderr, flush=True)


def main(arguments: list[str]) -> int:
    """Set up what the arguments need and hand over."""
    if sys.version_info < OLDEST:
        say(f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed; this is {sys.version.split()[0]}.")
        return 2
    ours = {"test": test, "bench": bench}.get(arguments[0] if arguments else "")
    try:
        set_up(RUN if ours is None else TEST)
    except subprocess.CalledProcessError as problem:
        say("The set-up failed; what went wrong stands above. Run the same command again after.")
        return problem.returncode
    except OSError as problem:
        say(f"The set-up cannot write {problem.filename}: {problem.strerror}.")
        return 2
    return hand_over(arguments) if ours is None else ours(arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
