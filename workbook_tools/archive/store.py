"""Say what an archive asks of the place that it lies in, whatever that is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol

BLOCK_BYTES = 1 << 20


class Store(Protocol):
    """Keeps things under names, parts of which are joined by "/"; nothing is ever changed.

    What stands under a name is whole: one that was killed while it wrote leaves nothing there.
    """

    @property
    def place(self) -> str:
        """Tell people where it is, without anything secret."""

    @property
    def is_shared(self) -> bool:
        """Tell whether any workspace may be given the same address."""

    def size(self, name: str) -> int | None:
        """Give a size in bytes, None where nothing has that name."""

    def read(self, name: str) -> bytes:
        """Give back what was kept; ArchiveDamaged where it is gone."""

    def sha256(self, name: str) -> str:
        """Give the hash of what was kept, without holding it; ArchiveDamaged where it is gone."""

    def put(self, name: str, data: bytes) -> None:
        """Keep something so that it lasts; what lies there damaged under its name is mended."""

    def put_stream(self, source: BinaryIO, name_of: Callable[[str], str]) -> str:
        """Keep what is too large to hold under a name made from its sha256; give that."""

    def names(self, folder: str) -> Iterator[str]:
        """Yield the names in a folder and those below it, in order."""


class Journal(Protocol):
    """Keeps lines in the order in which they came; none is ever changed."""

    def append(self, lines: bytes, turn: int) -> None:
        """Add whole lines and make them last; `turn` is that of the machine, 0 for none."""

    def lines(self) -> Iterator[bytes]:
        """Yield every line; one that was cut off while it was written may be among them."""

    def since(self, mark: int) -> Iterator[tuple[bytes, int]]:
        """Yield each whole line after a mark, with the mark behind it; 0 marks the beginning.

        A journal that cannot begin in the middle yields every line, each with the mark 0.
        """
