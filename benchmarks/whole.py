"""Measure whole processes: all returns at once, one changed return, and the help."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from benchmarks.measure import Run, Sample, run
from benchmarks.office import TODAY, Office
from benchmarks.results import Row
from benchmarks.wanted import CONCAT_ALL, CONCAT_ONE, HELP, LOOP_ALL, PANDERA_ALL
from tests.returns.paper import typed
from workbook_tools.form.layout import ISIAN

REJECTED = 1
STARTS = 7
CHANGES = 3


@dataclass(frozen=True, slots=True)
class Yardsticks:
    """How long the scripts of today take over all returns."""

    concat: Run
    loop: Run
    pandera: Run


def dropped(office: Office, root: Path) -> Path:
    """Copy the workspace and drop every return into its inbox."""
    shutil.copytree(office.workspace.root, root)
    for one in office.returns:
        (root / "inbox" / one.unit / one.name).write_bytes(one.data)
    return root


def yardsticks(folder: Path, scratch: Path) -> Yardsticks:
    """Run the three scripts over a folder of returns, once each."""

    def script(name: str) -> Run:
        module = f"benchmarks.yardsticks.{name}"
        return run([sys.executable, "-m", module, folder, scratch / f"{name}.xlsx"])

    return Yardsticks(script("concat"), script("openpyxl_loop"), script("pandera_each"))


def ingest(root: Path) -> Run:
    """Take in what lies in the inbox of a workspace."""
    command = [sys.executable, "-m", "workbook_tools", "--workspace", str(root), "--json"]
    return run([*command, "--today", TODAY.isoformat(), "ingest"], accepted=(0, REJECTED))


def all_rows(ours: Run, theirs: Yardsticks) -> tuple[Row, ...]:
    """Compare taking in all returns, ledger, notes, master and board included."""
    told = _told(ours)
    return tuple(
        Row(wanted, script.seconds / ours.seconds, told, _told(script))
        for wanted, script in (
            (PANDERA_ALL, theirs.pandera),
            (CONCAT_ALL, theirs.concat),
            (LOOP_ALL, theirs.loop),
        )
    )


def one_row(office: Office, root: Path, theirs: Yardsticks) -> Row:
    """Compare taking in one changed return where all others are in, the master up to date."""
    found: list[float] = []
    for number in range(CHANGES):
        change(office, root, number)
        found.append(ingest(root).seconds)
    ours = Sample(tuple(found))
    ratio = theirs.concat.seconds / ours.median
    return Row(CONCAT_ONE, ratio, ours.words, _told(theirs.concat))


def change(office: Office, root: Path, number: int) -> Path:
    """Drop the first return again with another first figure, whole; give where it lies."""
    one = next(r for r in office.returns if r.is_sound)
    data = typed(one.data, {one.first: Decimal(7 + number)}, sheet=ISIAN)
    aside, name = root / "kiriman.tmp", f"perubahan {number}.xlsx"
    aside.write_bytes(data)
    return aside.replace(root / "inbox" / one.unit / name)


def help_row() -> Row:
    """Compare the start of the program with that of Python alone."""
    ours = Sample(
        tuple(
            run([sys.executable, "-m", "workbook_tools", "--help"]).seconds for _ in range(STARTS)
        )
    )
    bare = Sample(tuple(run([sys.executable, "-c", "pass"]).seconds for _ in range(STARTS)))
    return Row(HELP, ours.median / bare.median, ours.words, bare.words)


def _told(one: Run) -> str:
    return f"{one.seconds:.2f} s ({one.computing:.2f} s computing, {one.peak / 1e6:.0f} MB)"
