"""Make copies and pictures anew and say what changed: `.venv/bin/python -m tests.golden.renew`.

With nothing changed nothing is said and nothing is written. Pictures take LibreOffice and
Chromium of the versions that made them; `--any-version` takes those that are here instead, and
`--copies` leaves pictures alone.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.golden.album import open_album, programs, renew_pictures
from tests.golden.compare import differences
from tests.golden.copies import MADE_WITH, keep_copies, libraries, read_copies
from tests.golden.play import Played, play
from tests.golden.tell import tell


def main(arguments: list[str] | None = None) -> int:
    """Play, compare, say, keep."""
    parser = argparse.ArgumentParser(prog="python -m tests.golden.renew", description=__doc__)
    parser.add_argument("--copies", action="store_true", help="leave the pictures alone")
    parser.add_argument("--any-version", action="store_true", help="draw with what is here")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="salinan-") as name:
        played = play(Path(name, "ruang"))
        _renew_copies(played)
        if not asked.copies:
            _renew_pictures(played, Path(name, "gambar"), with_any_version=asked.any_version)
    return 0


def _renew_copies(played: Played) -> None:
    copies, kept = tell(played), read_copies()
    for line in differences(kept, copies):
        _say(line)
    if kept != copies or _made_with() != libraries():
        keep_copies(copies)


def _renew_pictures(played: Played, folder: Path, *, with_any_version: bool) -> None:
    made, here = open_album().made_with, programs()
    if made not in ({}, here) and not with_any_version:
        _say(f"Pictures left as they are: made with {made}, here is {here} (--any-version).")
        return
    for line in renew_pictures(played, folder):
        _say(line)


def _made_with() -> str:
    return MADE_WITH.read_text("utf-8") if MADE_WITH.exists() else ""


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
