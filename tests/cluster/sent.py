"""Turn the forms of a benchmark into an office with returns good, bad, odd and forged."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

from benchmarks.office import TODAY, Return, open_office
from tests.cluster.hosts import QUICK, ROOT
from tests.cluster.network import HERE, Host
from tests.returns.stamps import stamp_of
from tests.shell import Said, dumped, tree
from tests.trust.forgery import CELL, NAME, PROPERTY, restamped, unstamped

RETURNS = 220
SMALL = ("-m", "tests.cluster.small", "40", "10")  # 6 batches, of 4 chunks each
USUAL = ("-m", "workbook_tools")
OUTSIDE = "di-luar"  # a folder beside the inbox, whose files are named to `ingest`


@dataclass(frozen=True, slots=True)
class Sent:
    """A workspace with returns in its inbox."""

    root: Path

    def copied(self, root: Path) -> Sent:
        """Give the same in another folder, every file with its time."""
        return Sent(copytree(self.root, root))

    def does(
        self,
        *arguments: str,
        run: tuple[str, ...] = USUAL,
        env: Mapping[str, str] | None = None,
        on: Host = HERE,
    ) -> Said:
        """Run a command to its end, in a process of its own."""
        process = self.starts(*arguments, run=run, env=env, on=on)
        out, err = process.communicate(timeout=100)
        return Said(process.returncode, out, err)

    def starts(
        self,
        *arguments: str,
        run: tuple[str, ...] = USUAL,
        env: Mapping[str, str] | None = None,
        on: Host = HERE,
    ) -> subprocess.Popen[str]:
        """Start a command."""
        told = ("--workspace", str(self.root), "--json", "--today", TODAY.isoformat())
        return subprocess.Popen(
            [*on.within, sys.executable, *run, *told, *arguments],
            env={**os.environ, **QUICK, **(env or {})},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def outbox(self) -> dict[str, bytes]:
        """Give the bytes of everything that went out."""
        return tree(self.root / "outbox")

    def rows(self) -> dict[str, list[tuple[object, ...]]]:
        """Give every row of the ledger."""
        return dumped(self.root / ".state" / "ledger.sqlite")

    def outside(self) -> tuple[str, ...]:
        """Give the files that lie beside the inbox."""
        return tuple(str(path) for path in sorted((self.root / OUTSIDE).iterdir()))


def sent(root: Path) -> Sent:
    """Make a workspace with more than two hundred returns in its inbox."""
    office = open_office(root, RETURNS, seed=11)
    for one in office.returns:
        (root / "inbox" / one.unit / one.name).write_bytes(one.data)
    a, b, c, *_ = (one for one in office.returns if one.is_sound and one.period == 1)
    for folder, name, data in _odd(a, b, c):
        (root / "inbox" / folder / name).write_bytes(data)
    (root / OUTSIDE).mkdir()
    for one in office.returns[:12]:
        (root / OUTSIDE / f"arsip-{one.name}").write_bytes(one.data)
    return Sent(root)


def _odd(a: Return, b: Return, c: Return) -> tuple[tuple[str, str, bytes], ...]:
    """Give (folder, name, bytes) of what is no plain return."""
    stamp = stamp_of(a.data)
    forged = stamp.text[:-4] + ("0000" if not stamp.text.endswith("0000") else "1111")
    other = stamp_of(b.data).text
    return (
        (a.unit, "tanpa nama.xlsx", a.data),
        (b.unit, f"{a.name[:-5]} (1).xlsx", a.data),
        (a.unit, "palsu.xlsx", restamped(a.data, forged)),
        (c.unit, "palsu orang lain.xlsx", restamped(a.data, forged)),
        (a.unit, "dua stempel.xlsx", restamped(a.data, other, places=(CELL,))),
        (a.unit, "stempel rusak.xlsx", restamped(a.data, "WBT1|rusak")),
        (a.unit, "tanpa stempel.xlsx", unstamped(a.data, places=(CELL, PROPERTY, NAME))),
        (a.unit, "satu stempel.xlsx", unstamped(a.data, places=(CELL, PROPERTY))),
        (b.unit, "bukan buku kerja.xlsx", b"%PDF-1.7 bukan buku kerja\n" * 40),
        (b.unit, "terpotong.xlsx", b.data[: len(b.data) // 2]),
        (b.unit, "catatan.docx", b"PK\x03\x04" + b"\0" * 200),
        (c.unit, "besar.xlsx", b"PK\x03\x04" + b"\0" * 26_000_000),
    )
