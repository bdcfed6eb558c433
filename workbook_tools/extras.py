"""Say how a part that is an extra of the program is put into the Python that runs it."""

from __future__ import annotations

import sys


def how_to_install(extra: str, *, missing: str | None) -> str:
    """Give the sentences for people: what is missing, and the command that installs it."""
    return (
        f"Masih ada komponen yang belum terpasang di komputer ini ({missing}). Mintalah pengelola "
        f'komputer menjalankan: python -m pip --python "{sys.executable}" install '
        f'"workbook-tools[{extra}]", lalu ulangi perintah ini.'
    )


def how_to_add(library: str) -> str:
    """Give the sentences for people: a library that no extra brings along is missing."""
    return (
        f"Masih ada komponen yang belum terpasang di komputer ini ({library}). Mintalah pengelola "
        f'komputer menjalankan: python -m pip --python "{sys.executable}" install {library}, lalu '
        "ulangi perintah ini."
    )
