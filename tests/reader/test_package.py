"""A package is bounded, complete and proved by its checksums."""

from __future__ import annotations

import io
import warnings
import zipfile
from dataclasses import replace

import pytest

from tests.reader.workbooks import parts_of, table, zipped
from workbook_tools.reader.limits import Limits, ReadingRefused
from workbook_tools.reader.package import open_package

GOOD = table([["Jumlah koperasi", 12.5]])


def refusal(data: bytes, limits: Limits | None = None) -> list[tuple[str, str]]:
    with pytest.raises(ReadingRefused) as caught:
        open_package(data, limits or Limits())
    return [(p.code, p.facts[0][1] if p.facts else "") for p in caught.value.problems]


def test_every_part_is_what_zipfile_reads() -> None:
    assert open_package(GOOD, Limits()).parts == parts_of(GOOD)


def test_parts_are_found_without_regard_to_case() -> None:
    package = open_package(GOOD, Limits())
    assert package.part("XL/Workbook.XML") == package.parts["xl/workbook.xml"]


def test_a_zip64_archive_is_read() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive, archive.open("a.xml", "w", force_zip64=True) as f:
        f.write(b"<a/>")
    assert open_package(target.getvalue(), Limits()).parts == {"a.xml": b"<a/>"}


def test_streamed_parts_with_data_descriptors_are_read() -> None:
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.data = b""

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            self.data += bytes(memoryview(data))  # type: ignore[arg-type]
            return len(memoryview(data))  # type: ignore[arg-type]

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", b"<a/>")
    assert open_package(pipe.data, Limits()).parts == {"a.xml": b"<a/>"}


@pytest.mark.parametrize("name", ["../luar.xml", "/akar.xml", "xl\\a.xml", "C:a.xml", "a/../b"])
def test_a_name_that_points_elsewhere_is_refused(name: str) -> None:
    (code, what), *rest = refusal(zipped({name: b"<a/>"}))
    assert (code, rest) == ("B07", [])
    assert what.startswith("nama bagian")


def test_a_doubled_part_is_refused_also_in_other_letters() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            archive.writestr("a.xml", b"<a/>")
            archive.writestr("A.xml", b"<b/>")
    assert refusal(target.getvalue()) == [("B07", "bagian A.xml ada dua kali")]


def test_a_truncated_archive_is_refused() -> None:
    assert refusal(GOOD[:-30]) == [("B07", "susunan arsip zip: berkas terpotong")]


def test_more_entries_than_the_limit_are_refused() -> None:
    limits = replace(Limits(), entries=2)
    assert refusal(zipped(dict.fromkeys("abc", b"")), limits) == [
        ("B05", "jumlah bagian di dalam berkas")
    ]


def test_inflating_stops_at_the_limit_whatever_the_header_says() -> None:
    limits = replace(Limits(), inflated=1_000)
    bomb = zipped({"a.xml": b" " * 5_000})
    lying = bomb.replace((5_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert bomb != lying
    assert refusal(lying, limits) == [("B05", "ukuran isi setelah dibuka (byte)")]


def test_a_part_that_inflates_too_well_is_refused() -> None:
    assert refusal(zipped({"a.xml": b" " * 5_000_000})) == [
        ("B05", "perbandingan isi dengan ukuran padatnya")
    ]


def test_overlapping_parts_are_refused() -> None:
    data = bytearray(zipped({"a.xml": b"<a/>", "b.xml": b"<b/>"}))
    second = data.rfind(b"PK\1\2")
    data[second + 42 : second + 46] = bytes(4)
    assert ("B07", "susunan arsip zip: bagian b.xml menumpuk bagian lain") in refusal(bytes(data))


def test_a_locked_zip_is_told_as_encrypted() -> None:
    data = bytearray(zipped({"a.xml": b"<a/>"}))
    data[data.rfind(b"PK\1\2") + 8] |= 1
    assert refusal(bytes(data)) == [("B02", "")]


def test_a_wrong_checksum_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.xml", b"<a>85.5</a>")
    broken = target.getvalue().replace(b"85.5", b"95.5")
    assert refusal(broken) == [("B07", "bagian a.xml: tidak cocok dengan angka pemeriksanya")]
