"""Start a process of our own that serves through its pipes, and let it behave there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TextIO

_ROOT = str(Path(__file__).parents[1])


def started(module: str, *arguments: str, stderr: int) -> subprocess.Popen[bytes]:
    """Run one of our modules with this Python; OSError where the system cannot."""
    path = os.pathsep.join(filter(None, (_ROOT, os.environ.get("PYTHONPATH"))))
    return subprocess.Popen(  # noqa: S603 (our own module, no shell)
        # -P keeps the current folder, which may be a share, off the path of imports.
        [sys.executable, "-P", "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=stderr,
        env={**os.environ, "PYTHONPATH": path},
    )


def leave_keyboard() -> None:
    """Leave Ctrl+C, which a terminal sends to this process too, to the one that asks."""
    for name in ("SIGINT", "SIGBREAK"):
        number = getattr(signal, name, None)
        if number is not None:
            signal.signal(number, signal.SIG_IGN)


def silence(*streams: TextIO) -> None:
    """Let whatever prints print nowhere, above all not among the answers."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in streams:
        os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
