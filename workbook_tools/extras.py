"""Say how a part that is an extra of the program is put into the Python that runs it."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def how_to_install(extra: str, *, missing: str | None) -> str:
    """Give the sentences for people: what is missing, and the command that installs it."""
    return (
        f"Masih ada komponen yang belum terpasang di komputer ini ({missing}). Mintalah pengelola "
        f'komputer menjalankan: {_install()} "workbook-tools[{extra}]", lalu ulangi perintah ini.'
    )


def how_to_add(library: str) -> str:
    """Give the sentences for people: a library that no extra brings along is missing."""
    return (
        f"Masih ada komponen yang belum terpasang di komputer ini ({library}). Mintalah pengelola "
        f"komputer menjalankan: {_install()} {library}, lalu ulangi perintah ini."
    )


def _install() -> str:
    """Give the command up to what it installs, by the versions the program is tested with."""
    python = "py" if os.name == "nt" else "python3"
    tested = Path(__file__).parents[1] / "constraints.txt"
    by = f' -c "{tested}"' if tested.is_file() else ""
    return f'{python} -m pip --python "{sys.executable}" install{by}'
