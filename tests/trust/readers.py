"""Read one file over and over until standard input ends, and tell what was seen of it.

Run as `python -m tests.trust.readers FILE` in a process of its own.
"""

from __future__ import annotations

import hashlib
import io
import json
import select
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(slots=True)
class Seen:
    """What a reader saw: how often it read, which whole files, how many torn or missing."""

    reads: int = 0
    whole: list[str] = field(default_factory=list)
    torn: int = 0
    missing: int = 0


@contextmanager
def reading(path: Path, *, readers: int) -> Iterator[list[Seen]]:
    """Let processes poll a file while it lasts; what they saw is there afterwards."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.trust.readers", str(path)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for _ in range(readers)
    ]
    seen: list[Seen] = []
    try:
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
        yield seen
        for process in processes:
            out, _ = process.communicate(timeout=30)
            seen.append(Seen(**json.loads(out)))
    finally:
        for process in processes:
            process.kill()
            process.wait()


def poll(path: Path) -> Seen:
    """Read until standard input ends."""
    seen, last = Seen(), ""
    while not select.select([sys.stdin], [], [], 0)[0]:
        seen.reads += 1
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            seen.missing += 1
            continue
        sha256 = hashlib.sha256(data).hexdigest()
        if sha256 == last:
            continue
        last = sha256
        if is_torn(data):
            seen.torn += 1
        else:
            seen.whole.append(sha256)
    return seen


def is_torn(data: bytes) -> bool:
    """Tell whether a workbook's archive is damaged anywhere."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.testzip() is not None
    except zipfile.BadZipFile:
        return True


if __name__ == "__main__":
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    found = poll(Path(sys.argv[1]))
    json.dump({name: getattr(found, name) for name in Seen.__slots__}, sys.stdout)
