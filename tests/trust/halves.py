"""Turn a good workbook's bytes into every kind of half one, each with the place it was hurt."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_LOCAL = (
    ("mark", 4), ("version", 2), ("flags", 2), ("method", 2), ("time", 4), ("crc", 4),
    ("packed size", 4), ("size", 4), ("name length", 2), ("extra length", 2),
)  # fmt: skip
_CENTRAL = (
    ("mark", 4), ("made by", 2), ("version", 2), ("flags", 2), ("method", 2), ("time", 4),
    ("crc", 4), ("packed size", 4), ("size", 4), ("name length", 2), ("extra length", 2),
    ("comment length", 2), ("disk", 2), ("attributes", 6), ("offset", 4),
)  # fmt: skip
_END = (
    ("mark", 4), ("disks", 4), ("counts", 4), ("directory size", 4), ("directory offset", 4),
    ("comment length", 2),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Half:
    """One hurt variant of a workbook: how, where (the field hurt first), and its bytes."""

    how: str
    field: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Span:
    """The bytes of one field of a zip file."""

    name: str
    start: int
    end: int


def spans(data: bytes) -> tuple[Span, ...]:
    """Name every byte of a zip file: headers field by field, packed parts, what lies between."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = sorted(archive.infolist(), key=lambda i: i.header_offset)
        directory = archive.start_dir
    found: list[Span] = []
    starts = [*(info.header_offset for info in infos), directory]
    for info, (start, following) in zip(infos, pairwise(starts), strict=True):
        name, extra = struct.unpack_from("<2H", data, start + 26)
        at = _fields(found, "local", start, _LOCAL)
        at = _run(found, "local name", at, name)
        at = _run(found, "local extra", at, extra)
        at = _run(found, "part", at, info.compress_size - 1)
        at = _run(found, "last byte of part", at, 1)
        _run(found, "descriptor", at, following - at)
    at = directory
    while data[at : at + 4] == b"PK\1\2":
        name, extra, comment = struct.unpack_from("<3H", data, at + 28)
        at = _fields(found, "central", at, _CENTRAL)
        at = _run(found, "central name", at, name)
        at = _run(found, "central extra", at, extra)
        at = _run(found, "central comment", at, comment)
    at = _fields(found, "end", at, _END)
    _run(found, "end comment", at, len(data) - at)
    return tuple(found)


def _fields(found: list[Span], of: str, at: int, fields: tuple[tuple[str, int], ...]) -> int:
    for name, length in fields:
        at = _run(found, f"{of} {name}", at, length)
    return at


def _run(found: list[Span], name: str, at: int, length: int) -> int:
    if length:
        found.append(Span(name, at, at + length))
    return at + length


def places(data: bytes) -> list[str]:
    """Give the field of every byte."""
    return [span.name for span in spans(data) for _ in range(span.end - span.start)]


def cuts(data: bytes, step: int) -> list[int]:
    """Give positions to cut at: the edges and the middle of every field, and each k-th byte."""
    edges = {p for s in spans(data) for p in (s.start, (s.start + s.end) // 2, s.end - 1)}
    return sorted(edges | set(range(0, len(data), step)) - {len(data)})


def truncated(data: bytes, step: int) -> Iterator[Half]:
    """Cut the end off at every kind of position."""
    where = places(data)
    for at in cuts(data, step):
        yield Half("truncated", where[at], data[:at])


def zero_tailed(data: bytes, step: int) -> Iterator[Half]:
    """Keep the length, but let everything after a position still be zeros."""
    where = places(data)
    for at in cuts(data, step):
        if any(data[at:]):
            yield Half("zero-tailed", where[at], data[:at] + bytes(len(data) - at))


def zero_headed(data: bytes, step: int) -> Iterator[Half]:
    """Keep the length, but let everything before a position still be zeros."""
    where = places(data)
    for at in cuts(data, step)[1:]:
        yield Half("zero-headed", where[at], bytes(at) + data[at:])


def holed(data: bytes, count: int, rng: random.Random) -> Iterator[Half]:
    """Put zeros over whole fields, over blocks as disks have them, and at random."""
    holes = {(s.start, s.end) for s in spans(data)}
    for block in (512, 1024, 4096):
        holes |= {(at, min(at + block, len(data))) for at in range(0, len(data), block)}
    for _ in range(count):
        at = rng.randrange(len(data))
        holes.add((at, min(len(data), at + rng.choice((1, 2, 7, 64, 500, 3000)))))
    where = places(data)
    for start, end in sorted(holes):
        if any(data[start:end]):
            first = next(at for at in range(start, end) if data[at])
            yield Half("holed", where[first], data[:start] + bytes(end - start) + data[end:])


def shortened(data: bytes, count: int, rng: random.Random) -> Iterator[Half]:
    """Leave bytes out or have them twice, as a copy that was taken up again at a wrong place."""
    where = places(data)
    for _ in range(count):
        at, length = rng.randrange(len(data)), rng.choice((1, 2, 64, 512, 4096))
        yield Half("left out", where[at], data[:at] + data[at + length :])
        yield Half("doubled", where[at], data[: at + length] + data[at:])


def mixed(new: bytes, old: bytes, step: int) -> Iterator[Half]:
    """Write a new workbook over an old one up to a position, as in a rewrite in place."""
    where = places(new)
    end = min(len(new), len(old))
    unlike = [at for at in range(end) if new[at] != old[at]] + [min(end, len(new) - 1)]
    for at in cuts(new, step)[1:]:
        if new[:at] + old[at:] not in (new, old):
            hurt = unlike[min(bisect_left(unlike, at), len(unlike) - 1)]
            yield Half("mixed", where[hurt], new[:at] + old[at:])


def flipped(data: bytes, count: int, rng: random.Random) -> Iterator[Half]:
    """Turn one bit: one of every byte of the structure, and bits at random; `count` 0 is all."""
    where = places(data)
    bits = [(at, rng.randrange(8)) for at in range(len(data)) if where[at] != "part"]
    bits += [(rng.randrange(len(data)), rng.randrange(8)) for _ in range(count)]
    if not count:
        bits = [(at, bit) for at in range(len(data)) for bit in range(8)]
    for at, bit in bits:
        hurt = bytearray(data)
        hurt[at] ^= 1 << bit
        yield Half("flipped", where[at], bytes(hurt))


def streamed(data: bytes) -> bytes:
    """Pack a workbook as programs do that cannot seek: sizes follow each part."""
    target = _Stream()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in source.namelist():
            archive.writestr(name, source.read(name))
    return target.getvalue()


class _Stream(io.BytesIO):
    def seekable(self) -> bool:
        """Tell that the stream only goes on."""
        return False

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Refuse, so that sizes can only follow."""
        raise io.UnsupportedOperation(f"seek {offset} {whence}")
