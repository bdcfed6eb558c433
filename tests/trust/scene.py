"""Turn a workspace before a run into what the run makes of it, undisturbed or disturbed."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from tests.pipeline.rounds import HTML
from tests.shell import NIAGA, PASAR, RETRIBUSI, TODAY, Office, dumped, tree
from tests.trust.size import SEED
from tests.trust.tracing import Call, Disturbance, Ended, Program, touched

Rows = dict[str, list[tuple[object, ...]]]
ARRIVAL = (
    "id",
    "sha256",
    "file",
    "folder",
    "at",
    "taken",
    "state",
    "status",
    "unit",
    "year",
    "period",
    "issue",
    "revision",
    "report",
)
JOURNAL = "jurnal.jsonl"
_LEDGER = ("ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite-shm", "ledger.sqlite-journal")

_OF_THE_MOMENT = ("pemantau.json", "terlihat.json")  # what a look at the inbox saw


@dataclass(frozen=True, slots=True)
class State:
    """What a workspace holds after a run; `state` is all of its state folder but the ledger."""

    ledger: Rows
    inbox: Mapping[str, bytes]
    outbox: Mapping[str, bytes]
    state: Mapping[str, bytes]

    def differences(self, other: State) -> list[str]:
        """Name what differs from another state."""
        found = [
            f"ledger table {name}: {mine} != {other.ledger[name]}"
            for name, mine in self.ledger.items()
            if mine != other.ledger[name]
        ]
        for part, mine_files, their_files in (
            ("inbox", self.inbox, other.inbox),
            ("outbox", self.outbox, other.outbox),
            ("state", self.state, other.state),
        ):
            found += _file_differences(part, mine_files, their_files)
        return found

    def arrivals(self) -> list[dict[str, object]]:
        """Give the rows of the arrivals by their columns."""
        return [dict(zip(ARRIVAL, row, strict=True)) for row in self.ledger["arrival"]]

    def counted(self) -> dict[tuple[object, ...], list[tuple[object, ...]]]:
        """Give what was accepted by form and revision: the file, and its values and texts."""
        found: dict[tuple[object, ...], list[tuple[object, ...]]] = {}
        for row in self.arrivals():
            if row["status"] == "accepted":
                key = (row["unit"], row["year"], row["period"], row["revision"], row["sha256"])
                found[key] = [
                    r[1:]
                    for table in ("value", "text")
                    for r in self.ledger[table]
                    if r[0] == row["id"]
                ]
        return found


def _file_differences(
    part: str, mine: Mapping[str, bytes], theirs: Mapping[str, bytes]
) -> Iterator[str]:
    for name in sorted(mine.keys() | theirs.keys()):
        if name not in theirs:
            yield f"{part}/{name} is left over"
        elif name not in mine:
            yield f"{part}/{name} is missing"
        elif mine[name] != theirs[name]:
            yield f"{part}/{name} differs"


@dataclass(frozen=True, slots=True)
class Scene:
    """A workspace that is set up anew for every run, and the program that runs on it."""

    before: Path
    root: Path
    program: Program
    aside: Path  # a folder for looking at copies, on another disk than the workspace

    def fresh(self) -> None:
        """Set the workspace up as it was before the run."""
        restore(self.before, self.root)

    def command(self, *arguments: str, today: str = TODAY) -> list[str]:
        """Give a command line on the workspace."""
        return ["--workspace", str(self.root), "--json", "--today", today, *arguments]

    def calls(self, *arguments: str) -> tuple[Call, ...]:
        """Record the calls of a command on the workspace as it is."""
        return self.program.calls(self.command(*arguments), under=self.root)

    def disturbed(self, disturbance: Disturbance, calls: Sequence[Call], *arguments: str) -> Ended:
        """Run a command with a disturbance at one of its recorded calls."""
        return self.program.run(
            self.command(*arguments), paths=touched(calls), disturbance=disturbance
        )

    def says(self, *commands: Sequence[str]) -> Ended:
        """Run commands undisturbed, one after another."""
        return self.program.run(*(self.command(*c) for c in commands))

    def state(self) -> State:
        """Give what the workspace holds; the ledger is looked at in a copy."""
        state = self.root / ".state"
        with ledger_copy(state, self.aside) as ledger:
            rows = dumped(ledger)
        return State(
            rows,
            tree(self.root / "inbox"),
            tree(self.root / "outbox"),
            {
                name: data
                for name, data in tree(state).items()
                if name not in (*_LEDGER, *_OF_THE_MOMENT) and not name.endswith(".lock")
            },
        )

    def damage(self, masters: Sequence[bytes]) -> list[str]:
        """Name what is torn: a master, a file of the archive, the ledger."""
        state = self.root / ".state"
        found = [
            f"{path.name} is torn"
            for path in (self.root / "outbox" / "master").glob("[!.]*.xlsx")
            if path.read_bytes() not in masters and not _is_whole(path)
        ]
        found += [
            f"archived {path.name} is not what its name says"
            for path in (state / "arsip" / "berkas").glob("??/[!.]*")
            if hashlib.sha256(path.read_bytes()).hexdigest() != path.name
        ]
        with ledger_copy(state, self.aside) as ledger:
            try:
                with closing(sqlite3.connect(ledger)) as connection:
                    (said,) = connection.execute("PRAGMA integrity_check").fetchone()
            except sqlite3.DatabaseError as error:
                said = str(error)
        return found if said == "ok" else [*found, f"ledger: {said}"]


def restore(source: Path, target: Path) -> None:
    """Make a folder the copy of another."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)


@contextmanager
def ledger_copy(state: Path, folder: Path) -> Iterator[Path]:
    """Copy the ledger and what SQLite keeps beside it; looking must not mend it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in _LEDGER:
        if name != "ledger.sqlite-shm" and (state / name).exists():
            shutil.copy2(state / name, folder)
    yield folder / "ledger.sqlite"


def _is_whole(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as package:
            return package.testzip() is None
    except (zipfile.BadZipFile, EOFError):
        return False


def events(journal: bytes) -> list[object]:
    """Give the events of a journal; a line that was cut off is none."""
    found: list[object] = []
    for line in journal.splitlines():
        try:
            found.append(json.loads(line))
        except ValueError:
            continue
    return found


def a_day(office: Office) -> None:
    """Let one return be accepted, then drop every kind: revised, new, twice, wrong, no workbook.

    None of them counts in another's place, so that their order changes no verdict.
    """
    office.drop(PASAR, office.filled(PASAR), name="pertama.xlsx")
    assert office.says("ingest").code == 0
    office.drop(PASAR, office.filled(PASAR, {"H8": Decimal(2)}), name="a revisi.xlsx")
    office.drop(NIAGA, office.filled(NIAGA), name="b.xlsx")
    office.drop(NIAGA, office.filled(NIAGA), name="b salinan (1).xlsx")
    office.drop(RETRIBUSI, office.filled(RETRIBUSI, {"H8": "abc"}), name="c.xlsx")
    office.drop(NIAGA, HTML, name="d.xlsx")


@contextmanager
def staged(office: Office, prepare: Callable[[Office], None], folder: Path) -> Iterator[Scene]:
    """Prepare a workspace, and keep the program warm beside it."""
    prepare(office)
    root = folder / "panggung" / "ruang"
    restore(office.root, root)
    base = ["--workspace", str(root), "--json", "--today", TODAY]
    warm_up = [[*base, name] for name in ("ingest", "verify", "rebuild")]
    with Program(warm_up, folder / "program") as program:
        yield Scene(office.root, root, program, folder / "salinan")


def drawn(calls: Sequence[Call], count: int, *, salt: str) -> list[Call]:
    """Draw calls, first of every kind (name and kind of path) one, then others."""
    chance = random.Random(f"{SEED} {salt}")
    shuffled = chance.sample(list(calls), len(calls))
    kinds: dict[tuple[str, str], Call] = {}
    for call in shuffled:
        kinds.setdefault((call.name, _kind(call)), call)
    first = list(kinds.values())
    rest = [call for call in shuffled if call not in set(first)]
    return [*first, *rest][:count]


def _kind(call: Call) -> str:
    """Give the part of a workspace that a call touches."""
    path = Path(call.paths[-1])
    for part in ("inbox", "ditolak", "tanda-terima", "formulir", "master", "berkas", "snapshot"):
        if part in path.parts:
            return part
    return path.name.split(".4242.")[0]
