"""Make the copies anew and say what changed: `.venv/bin/python -m tests.golden.renew`.

With nothing changed nothing is said and nothing is written. `--pictures` makes the pictures
anew as well, which takes LibreOffice and Chromium.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.golden.compare import differences
from tests.golden.copies import MADE_WITH, keep_copies, libraries, read_copies
from tests.golden.play import play
from tests.golden.tell import tell


def main() -> int:
    """Play, compare, say, keep."""
    with tempfile.TemporaryDirectory(prefix="salinan-") as name:
        played = play(Path(name))
    copies = tell(played)
    for line in differences(read_copies(), copies):
        _say(line)
    if read_copies() != copies or _made_with() != libraries():
        keep_copies(copies)
    return 0


def _made_with() -> str:
    return MADE_WITH.read_text("utf-8") if MADE_WITH.exists() else ""


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
