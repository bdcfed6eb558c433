"""Turn a zip file's bytes into its parts: bounded, complete and proved by their checksums."""

from __future__ import annotations

import posixpath
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from struct import Struct
from typing import NamedTuple

from workbook_tools.problems.problem import Problem
from workbook_tools.reader.limits import (
    Limits,
    ReadingRefused,
    damaged,
    encrypted,
    grouped,
    too_large,
)

ARCHIVE = "susunan arsip zip"
_END = Struct("<4s4H2LH")
_END64_LOCATOR = Struct("<4sLQL")
_END64 = Struct("<4sQ2H2L4Q")
_ENTRY = Struct("<4s6H3L5H2L")
_LOCAL = Struct("<4s5H3L2H")
_USUAL_NAME = re.compile(r"(?:[^/\\:\0.][^/\\:\0]*/)*(?:[^/\\:\0.][^/\\:\0]*|\.rels)")
_STORED, _DEFLATED = 0, 8
_FLAG_ENCRYPTED, _FLAG_UTF8 = 0x2041, 0x800
_SMALL_PACKED, _SMALL = 3_000, 50_000
_FULL16, _FULL32 = 0xFFFF, 0xFFFFFFFF


class _Entry(NamedTuple):
    name: str
    raw_name: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of an archive: name as written -> bytes; looked up without regard to case.

    `packed_names` maps the lower-case name to the one written, because names of OPC parts
    are equal when they differ in case only.
    """

    parts: Mapping[str, bytes]
    written: Mapping[str, str]

    def __contains__(self, name: str) -> bool:
        """Tell whether a part is there."""
        return name.lower() in self.written

    def part(self, name: str) -> bytes:
        """Give a part's bytes; B07 where it is missing."""
        written = self.written.get(name.lower())
        if written is None:
            raise ReadingRefused(damaged(f"bagian {name} tidak ada"))
        return self.parts[written]


def open_package(data: bytes, limits: Limits) -> Package:
    """Inflate every part within the limits and check its length and checksum.

    The directory is read here and not by `zipfile`, because a return's parts need no more
    than this and strictness costs nothing: no overlap, no double or tricky name, one
    directory that ends where the file ends (ADR 0002).
    """
    entries = _directory(data, limits)
    problems = [*_name_problems(entries), *_overlaps(entries)]
    if any(entry.flags & _FLAG_ENCRYPTED for entry in entries):
        problems.append(encrypted())
    if problems:
        raise ReadingRefused(*problems)
    parts: dict[str, bytes] = {}
    left = limits.inflated
    for entry in entries:
        if entry.name.endswith("/") and not entry.size:
            continue
        content = _inflate(data, entry, left, limits)
        left -= len(content)
        parts[entry.name] = content
    return Package(parts, {name.lower(): name for name in parts})


def _directory(data: bytes, limits: Limits) -> list[_Entry]:
    at = data.rfind(b"PK\5\6", max(0, len(data) - _END.size - _FULL16))
    if at < 0 or at + _END.size > len(data):
        raise ReadingRefused(damaged(f"{ARCHIVE}: berkas terpotong"))
    _, disk, cd_disk, here, count, size, offset, comment = _END.unpack_from(data, at)
    end = at
    if _FULL16 in (here, count) or _FULL32 in (size, offset):
        end, here, count, size, offset = _directory64(data, at)
    if disk or cd_disk or here != count or at + _END.size + comment != len(data):
        raise ReadingRefused(damaged(ARCHIVE))
    if count > limits.entries:
        raise ReadingRefused(too_large("jumlah bagian di dalam berkas", grouped(limits.entries)))
    if offset + size != end:
        raise ReadingRefused(damaged(ARCHIVE))
    entries = list(_entries(data, offset, end))
    if len(entries) != count:
        raise ReadingRefused(damaged(ARCHIVE))
    return entries


def _directory64(data: bytes, at: int) -> tuple[int, int, int, int, int]:
    locator = at - _END64_LOCATOR.size
    if locator < 0 or data[locator : locator + 4] != b"PK\6\7":
        raise ReadingRefused(damaged(ARCHIVE))
    end = _END64_LOCATOR.unpack_from(data, locator)[2]
    if end + _END64.size > locator or data[end : end + 4] != b"PK\6\6":
        raise ReadingRefused(damaged(ARCHIVE))
    here, count, size, offset = _END64.unpack_from(data, end)[6:]
    return end, here, count, size, offset


def _entries(data: bytes, at: int, end: int) -> Iterator[_Entry]:
    while at < end:
        if at + _ENTRY.size > end or data[at : at + 4] != b"PK\1\2":
            raise ReadingRefused(damaged(ARCHIVE))
        fields = _ENTRY.unpack_from(data, at)
        flags, method = fields[3], fields[4]
        crc, packed, size, name_length, extra_length, comment_length = fields[7:13]
        offset = fields[16]
        at += _ENTRY.size
        raw_name = data[at : at + name_length]
        extra = data[at + name_length : at + name_length + extra_length]
        at += name_length + extra_length + comment_length
        if _FULL32 in (packed, size, offset):
            size, packed, offset = _sizes64(extra, (size, packed, offset))
        try:
            # The three mean the same where all is ASCII, but cp437 is decoded ten times slower.
            name = raw_name.decode(
                "ascii" if raw_name.isascii() else "utf-8" if flags & _FLAG_UTF8 else "cp437"
            )
        except UnicodeDecodeError:
            raise ReadingRefused(damaged(ARCHIVE)) from None
        yield _Entry(name, raw_name, flags, method, crc, packed, size, offset)
    if at != end:
        raise ReadingRefused(damaged(ARCHIVE))


def _sizes64(extra: bytes, sizes: tuple[int, int, int]) -> tuple[int, int, int]:
    at = 0
    while at + 4 <= len(extra):
        tag = int.from_bytes(extra[at : at + 2], "little")
        length = int.from_bytes(extra[at + 2 : at + 4], "little")
        if tag == 1:
            body = extra[at + 4 : at + 4 + length]
            wide = iter([int.from_bytes(body[i : i + 8], "little") for i in range(0, len(body), 8)])
            first, second, third = (next(wide, 0) if s == _FULL32 else s for s in sizes)
            return first, second, third
        at += 4 + length
    raise ReadingRefused(damaged(ARCHIVE))


def _name_problems(entries: list[_Entry]) -> Iterator[Problem]:
    seen: set[str] = set()
    for entry in entries:
        name = entry.name
        folded = name.lower()
        if folded in seen:
            yield damaged(f"bagian {name} ada dua kali")
        seen.add(folded)
        if _USUAL_NAME.fullmatch(name):
            continue
        if "\\" in name or ":" in name or "\0" in name or not name:
            yield damaged(f"nama bagian {name!r} tidak lazim")
        elif name.startswith(("/", "..")) or posixpath.normpath(name) != name.removesuffix("/"):
            yield damaged(f"nama bagian {name!r} menunjuk ke luar berkas")


def _overlaps(entries: list[_Entry]) -> Iterator[Problem]:
    free = 0
    for entry in sorted(entries, key=lambda e: e.offset):
        if entry.offset < free:
            yield damaged(f"{ARCHIVE}: bagian {entry.name} menumpuk bagian lain")
        free = max(free, entry.offset + _LOCAL.size + len(entry.raw_name) + entry.packed)


def _inflate(data: bytes, entry: _Entry, left: int, limits: Limits) -> bytes:
    what = f"bagian {entry.name}"
    packed = _packed(data, entry, what)
    by_ratio = max(limits.ratio_after, limits.ratio * len(packed))
    most = min(left, by_ratio)
    content, crc = _content(packed, entry.method, most, what)
    if len(content) > most:
        if left <= by_ratio:
            limit = too_large("ukuran isi setelah dibuka (byte)", grouped(limits.inflated))
        else:
            limit = too_large("perbandingan isi dengan ukuran padatnya", f"{limits.ratio} : 1")
        raise ReadingRefused(limit)
    if len(content) != entry.size or crc != entry.crc:
        raise ReadingRefused(damaged(f"{what}: tidak cocok dengan angka pemeriksanya"))
    return content


def _packed(data: bytes, entry: _Entry, what: str) -> bytes:
    """Give the bytes of a part as they are packed, where its own head agrees with its entry."""
    start = entry.offset + _LOCAL.size
    if start > len(data) or not data.startswith(b"PK\3\4", entry.offset):
        raise ReadingRefused(damaged(what))
    fields = _LOCAL.unpack_from(data, entry.offset)
    flags, method, name_length, extra_length = fields[2], fields[3], fields[9], fields[10]
    if data[start : start + name_length] != entry.raw_name or method != entry.method:
        raise ReadingRefused(damaged(what))
    if flags & _FLAG_ENCRYPTED:
        raise ReadingRefused(encrypted())
    start += name_length + extra_length
    packed = data[start : start + entry.packed]
    if len(packed) != entry.packed:
        raise ReadingRefused(damaged(what))
    return packed


def _content(packed: bytes, method: int, most: int, what: str) -> tuple[bytes, int]:
    """Give content and checksum of a part; more than `most` bytes where it is too long."""
    if method == _STORED:
        return packed, zlib.crc32(packed)
    if method != _DEFLATED:
        raise ReadingRefused(damaged(f"{what}: cara pemadatan tidak dikenal"))
    known = _small(packed) if len(packed) <= _SMALL_PACKED else None
    if known is not None:
        return known
    content = _deflated(packed, most, what)
    return content, zlib.crc32(content)


def _deflated(packed: bytes, most: int, what: str) -> bytes:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = inflater.decompress(packed, most + 1)
    except zlib.error:
        raise ReadingRefused(damaged(what)) from None
    if len(content) <= most and (not inflater.eof or inflater.unused_data):
        raise ReadingRefused(damaged(what))
    return content


@lru_cache(maxsize=64)
def _small(packed: bytes) -> tuple[bytes, int] | None:
    """Give content and checksum of a small part, which many returns share byte for byte.

    None where it is not small, or damaged.
    """
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = inflater.decompress(packed, _SMALL)
    except zlib.error:
        return None
    whole = inflater.eof and not inflater.unused_data
    return (content, zlib.crc32(content)) if whole else None
