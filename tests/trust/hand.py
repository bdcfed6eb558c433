"""One person or program dropping one file, and what must come of it."""

from __future__ import annotations

import hashlib
import random
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.trust.stock import Content

NEARLY = 0.8  # of the settling time: what stood longer may have been judged


@dataclass(frozen=True, slots=True)
class Dropped:
    """One file that must be judged exactly once: where it lay, and when it became still."""

    way: str
    file: str
    sha256: str
    status: str
    still_at: float

    @property
    def key(self) -> tuple[str, str]:
        """Give what tells it from every other."""
        return self.file, self.sha256


@dataclass(slots=True)
class Hand:
    """One person or program dropping one file; everything it does is its own."""

    way: str
    landing: Path
    settle: float
    rng: random.Random
    content: Content
    other: Content
    name: str
    second_name: str
    dropped: list[Dropped] = field(default_factory=list)
    tolerated: list[tuple[str, str]] = field(default_factory=list)
    same_inode: int = 0

    @property
    def folder(self) -> Path:
        """Give the folder of the content's unit."""
        return self.landing / "inbox" / self.content.unit

    @property
    def path(self) -> Path:
        """Give the usual final path."""
        return self.folder / self.name

    @property
    def outside(self) -> Path:
        """Give a path outside the inbox, on the same disk."""
        return self.landing / "luar" / f"{id(self)}"

    def pause(self, least: float, most: float) -> None:
        """Wait for a part of the settling time."""
        time.sleep(self.settle * self.rng.uniform(least, most))

    def done(self, path: Path, content: Content | None = None) -> None:
        """Record that a file now lies there, to be judged."""
        whole = self.content if content is None else content
        sha256 = hashlib.sha256(whole.data).hexdigest()
        self.dropped.append(
            Dropped(self.way, self._relative(path), sha256, whole.status, time.time())
        )

    def stood(self, path: Path, content: Content, *, since: float) -> None:
        """Record that a file was changed before it was still, if the machine let us."""
        if time.monotonic() - since > self.settle * NEARLY:
            self.tolerated.append((self._relative(path), hashlib.sha256(content.data).hexdigest()))

    def _relative(self, path: Path) -> str:
        return path.relative_to(self.landing).as_posix()
