"""Turn a run of the command line into its system calls, and disturb it at any one of them.

strace injects the disturbance. It counts only calls that touch the paths it was given (`-P`),
so that pipes, imports and standard streams are never hit, and the k-th call is the same one
in every run.
"""

from __future__ import annotations

import json
import os
import re
import select
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self

HERE = Path(__file__).parents[2]
DISTURBED = 4242  # the process number that a disturbed run believes to have
LONGEST = 90.0  # seconds that one run may take

# fmt: off
WRITES = frozenset({
    "write", "pwrite64", "writev", "fsync", "fdatasync", "rename", "renameat", "renameat2",
    "unlink", "unlinkat", "link", "linkat", "ftruncate", "fallocate", "mkdir", "mkdirat",
    "rmdir", "sendfile", "copy_file_range",
})
READS = frozenset({
    "openat", "read", "pread64", "newfstatat", "fstat", "stat", "lstat", "statx", "getdents64",
    "fcntl", "flock", "access", "faccessat", "faccessat2", "readlink", "chmod", "fchmod",
    "fchmodat", "utimensat", "lseek",
})
# fmt: on
PROCESSES = frozenset({"pipe2", "vfork", "clone", "clone3"})
_CALL = re.compile(r"^(\w+)\((.*)\)\s+= (\S+)(.*)$")
_PATH = re.compile(r'"(/[^"]*)"|\d+<(/[^>]*)>')


@dataclass(frozen=True, slots=True)
class Call:
    """One system call: the `ordinal`-th of its name, and the paths it touches."""

    name: str
    ordinal: int
    paths: tuple[str, ...]
    result: str

    def __str__(self) -> str:
        return f"{self.name} #{self.ordinal} {' '.join(self.paths)}"


@dataclass(frozen=True, slots=True)
class Disturbance:
    """What happens at a call; `lasting` from there on.

    With `threads` it happens also in the threads and processes that are started from there,
    each of which counts its own calls.
    """

    call: Call
    what: str  # signal=KILL or error=EIO
    lasting: bool = False
    threads: bool = False

    def expression(self) -> str:
        """Give it as strace wants it."""
        plus = "+" if self.lasting else ""
        return f"inject={self.call.name}:{self.what}:when={self.call.ordinal}{plus}"

    def __str__(self) -> str:
        return f"{self.what}{' lasting' if self.lasting else ''} at {self.call}"


@dataclass(frozen=True, slots=True)
class Running:
    """A run that was started; `number` is its process."""

    number: int
    folder: Path
    commands: int
    strace: subprocess.Popen[str] | None

    def is_alive(self) -> bool:
        """Tell whether it has not ended yet."""
        try:
            os.kill(self.number, 0)
        except ProcessLookupError:
            return False
        return True

    def lift(self) -> None:
        """Let go of the process: no call is disturbed any more."""
        if self.strace is not None:
            self.strace.terminate()
            self.strace.communicate(timeout=10)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended: per command its code (None: it did not come to it) and its words."""

    exit: int
    codes: tuple[int | None, ...]
    outs: tuple[str, ...]
    errs: tuple[str, ...]
    trace: str
    orphans: int

    @property
    def was_killed(self) -> bool:
        """Tell whether the process was killed."""
        return self.exit < 0

    def was_hit(self) -> bool:
        """Tell whether an error was injected."""
        return "(INJECTED)" in self.trace

    def document(self, number: int = 0) -> dict[str, object]:
        """Give the JSON of one command."""
        found = json.loads(self.outs[number])
        assert isinstance(found, dict)
        return found


class Program:
    """The command line, kept warm; each run is a fork of it."""

    def __init__(self, warm_up: Sequence[Sequence[str]], folder: Path) -> None:
        """Start it; `warm_up` are commands on a workspace that is then thrown away."""
        self._folder = folder
        self._number = DISTURBED
        folder.mkdir(parents=True, exist_ok=True)
        self._errors = (folder / "zygote.err").open("w+")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.trust.zygote", json.dumps([list(c) for c in warm_up])],
            cwd=HERE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
            env={
                **os.environ,
                "PYTHONHASHSEED": "0",
                "OPENBLAS_NUM_THREADS": "1",
                "OMP_NUM_THREADS": "1",
            },
        )
        assert self._line() == "ready"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.communicate()
        self._errors.close()

    def start(
        self,
        *commands: Sequence[str],
        paths: Sequence[str] = (),
        under: Path | None = None,
        disturbance: Disturbance | None = None,
    ) -> Running:
        """Start commands, one after another in one process.

        Traced where a `disturbance` at the calls on `paths` is asked for, or all calls
        `under` a folder are to be recorded. Every run believes to have another process
        number, as real ones have: what a dead one left must not be taken for its own.
        """
        folder = self._folder / "run"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        self._number += 1
        request = {
            "commands": [list(c) for c in commands],
            "folder": str(folder),
            "number": self._number if disturbance is None else DISTURBED,
        }
        if under is not None:
            request["number"] = DISTURBED
        self._say(json.dumps(request))
        number = int(self._line())
        strace: subprocess.Popen[str] | None = None
        if disturbance is not None or under is not None:
            injection = [] if disturbance is None else ["-e", disturbance.expression()]
            if disturbance is not None and disturbance.threads:
                injection.append("-f")
            strace = _attach(number, folder / "trace", [*_chosen(paths), *injection])
        self._say("go")
        return Running(number, folder, len(commands), strace)

    def end(self, running: Running) -> Ended:
        """Wait for the end of what was started."""
        code = int(self._line())
        if running.strace is not None and running.strace.returncode is None:
            running.strace.communicate(timeout=10)
        folder, words = running.folder, range(running.commands)
        return Ended(
            code,
            tuple(_code(folder / f"{n}.code") for n in words),
            tuple(_text(folder / f"{n}.out") for n in words),
            tuple(_text(folder / f"{n}.err") for n in words),
            _text(folder / "trace"),
            _orphans(running.number),
        )

    def run(
        self,
        *commands: Sequence[str],
        paths: Sequence[str] = (),
        disturbance: Disturbance | None = None,
    ) -> Ended:
        """Run commands to their end."""
        return self.end(self.start(*commands, paths=paths, disturbance=disturbance))

    def calls(self, *commands: Sequence[str], under: Path) -> tuple[Call, ...]:
        """Record the calls of an undisturbed run that touch what lies under a folder.

        Their ordinals count as strace counts them when it is given their paths.
        """
        return calls_under(under, self.end(self.start(*commands, under=under)))

    def _say(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def _line(self) -> str:
        assert self._process.stdout is not None
        ready, _, _ = select.select([self._process.stdout], [], [], LONGEST)
        line = self._process.stdout.readline().strip() if ready else ""
        if not line:
            self._process.kill()
            self._errors.seek(0)
            raise AssertionError(
                f"the run did not end within {LONGEST} seconds: {self._errors.read()}"
            )
        return line


def calls_under(folder: Path, ended: Ended) -> tuple[Call, ...]:
    """Give the recorded calls that touch what lies under a folder."""
    return tuple(_calls(ended.trace, folder))


def touched(calls: Sequence[Call]) -> tuple[str, ...]:
    """Give the paths of calls."""
    return tuple(sorted({path for call in calls for path in call.paths}))


def _chosen(paths: Sequence[str]) -> list[str]:
    return [part for path in paths for part in ("-P", path)]


def _attach(number: int, log: Path, options: Sequence[str]) -> subprocess.Popen[str]:
    traced = ",".join(f"?{name}" for name in sorted(WRITES | READS | PROCESSES))
    strace = subprocess.Popen(
        [
            *("strace", "-p", str(number), "-y", "-s", "64", "-o", str(log)),
            *("-e", f"trace={traced}"),
            *options,
        ],
        stderr=subprocess.PIPE,
        text=True,
    )
    assert strace.stderr is not None
    said = _until_attached(strace.stderr)
    assert "attached" in said, f"strace does not hold the process: {said}"
    return strace


def _until_attached(stream: IO[str]) -> str:
    said = ""
    for line in stream:
        said += line
        if "attached" in line:
            break
    return said


def _calls(trace: str, under: Path) -> Iterator[Call]:
    counts: Counter[str] = Counter()
    for line in trace.splitlines():
        match = _CALL.match(line)
        if match is None:
            continue
        found = [quoted or opened for quoted, opened in _PATH.findall(match[2])]
        # A descriptor of a folder that is only the current one is no touch.
        paths = tuple(dict.fromkeys(p for p in found if Path(p).is_relative_to(under)))
        if paths:
            counts[match[1]] += 1
            yield Call(match[1], counts[match[1]], paths, match[3] + match[4])


def _orphans(group: int) -> int:
    """Count what a run started and left running, a few seconds after its end."""
    until = time.monotonic() + 5.0
    while left := sum(_belongs(path, group) for path in Path("/proc").glob("[0-9]*/stat")):
        if time.monotonic() > until:
            return left
        time.sleep(0.01)
    return 0


def _belongs(path: Path, group: int) -> bool:
    """Tell whether a process is of a group and lives; one that nobody waited for does not."""
    try:
        state, _, its_group = path.read_text().rpartition(")")[2].split()[:3]
    except (OSError, ValueError):
        return False
    return int(its_group) == group and state != "Z"


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _code(path: Path) -> int | None:
    return int(path.read_text()) if path.exists() else None
