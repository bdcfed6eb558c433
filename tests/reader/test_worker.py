"""Files are read in a process that may die of them; the program gets a verdict all the same."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.reader.workbooks import table, verdicts
from workbook_tools.reader import worker
from workbook_tools.reader.limits import Limits, saved_elsewhere
from workbook_tools.reader.raw import CellType, RawCell, RawSheet, RawWorkbook
from workbook_tools.reader.read import read_workbook
from workbook_tools.reader.reading import Reading
from workbook_tools.reader.wire import packed, unpacked
from workbook_tools.reader.worker import Reader, ReaderFault, ReaderUnavailable, shared_reader

GOOD = table([["Jumlah koperasi aktif", 120], ["Persentase & sisa", 85.5]])
READ_ALONE = read_workbook(GOOD)

WORST = """
from workbook_tools.reader import worker_child, read
import ctypes, os, signal, time

def worst(data, *, limits):
    act = data.decode()
    if act == "spin":
        while True:
            pass
    if act == "sleep":
        time.sleep(60)
    if act == "eat":
        eaten = []
        while True:
            eaten.append(bytes(1 << 24))
    if act == "abort":
        os.abort()
    if act == "segfault":
        ctypes.string_at(0)
    if act == "leave":
        os._exit(3)
    if act == "bug":
        raise LookupError("kesalahan pembaca")
    if act == "trouble":
        raise OSError(5, "Input/output error")
    return read.Reading(None, ())

worker_child.read_workbook = worst
worker_child.main({arguments!r})
"""
"""What stands in for the reading of a file that makes it do what the file says."""


@pytest.fixture
def worst(monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    """Give a reader whose process does what its files say, with little time and memory."""
    start = subprocess.Popen

    def started(command: list[str], **options: object) -> object:
        script = WORST.format(arguments=command[4:])
        return start([*command[:2], "-c", script], **options)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "Popen", started)
    reader = Reader(replace(Limits(), seconds=1.0, memory=400_000_000))
    yield reader
    reader.close()


@pytest.fixture
def reader() -> Iterator[Reader]:
    """Give a reader."""
    reader = Reader(Limits())
    yield reader
    reader.close()


def test_the_process_reads_what_is_read_here(reader: Reader) -> None:
    for data in (GOOD, GOOD[:500], b"", b"a;b\n1;2\n"):
        assert reader.read(data) == read_workbook(data)


def test_everything_of_a_workbook_passes_between_the_processes() -> None:
    sheet = RawSheet(
        "Lembar \ud800 é",
        "hidden",
        {
            (1, 2): RawCell(CellType.DATE, "2020-04-03", "A1", "dd/mm"),
            (9, 1): RawCell(CellType.ERROR, "#REF!"),
        },
        ((1, 1, 2, 2),),
        frozenset({3, 4}),
        frozenset({5}),
        protected=True,
        filtered_rows=frozenset({3}),
    )
    workbook = RawWorkbook((sheet,), {"nama": "='x'"}, {"sifat": "isi"}, "WPS Office", "ods")
    reading = Reading(workbook, (saved_elsewhere("WPS Office"),))
    assert unpacked(packed(reading)) == reading


@pytest.mark.parametrize(
    ("act", "verdict"),
    [
        ("spin", ("B05", "1")),
        ("sleep", ("B05", "1")),
        ("eat", ("B05", "400.000.000")),
        ("abort", ("B05", "400.000.000")),
        ("segfault", ("B07", "isi berkas")),
        ("leave", ("B07", "isi berkas")),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_whatever_a_file_does_to_the_process_is_a_verdict(
    worst: Reader, act: str, verdict: tuple[str, str]
) -> None:
    start = time.monotonic()
    assert verdicts(worst.read(act.encode())) == [verdict]
    assert time.monotonic() - start < 15
    assert worst.read(b"next") == Reading(None, ())


def test_an_error_of_the_reader_is_a_fault_and_no_verdict(worst: Reader) -> None:
    with pytest.raises(ReaderFault, match="kesalahan pembaca"):
        worst.read(b"bug")
    assert worst.read(b"next") == Reading(None, ())


def test_trouble_of_the_machine_is_no_verdict(worst: Reader) -> None:
    with pytest.raises(ReaderUnavailable, match="Input/output error"):
        worst.read(b"trouble")


def test_a_process_that_was_killed_from_outside_is_no_verdict(reader: Reader) -> None:
    assert reader.read(GOOD) == READ_ALONE
    for _ in range(3):
        process = reader._process
        assert process is not None
        process.kill()
        process.wait()
        assert reader.read(GOOD) == READ_ALONE


def test_a_process_that_cannot_start_is_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_ROOT", os.devnull)
    monkeypatch.setattr(sys, "executable", os.devnull)
    with pytest.raises(ReaderUnavailable, match="Proses pembaca"):
        Reader(Limits()).read(GOOD)


def test_a_process_that_ends_before_it_is_ready_is_no_verdict(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(worker, "asdict", lambda _: {"tidak": "dikenal"})
    with pytest.raises(ReaderUnavailable, match="sebelum siap"):
        Reader(Limits()).read(GOOD)


def test_the_process_is_renewed_so_that_nothing_gathers_in_it(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "READ_BEFORE_RENEWAL", 2)
    seen = set()
    for _ in range(6):
        reader.read(GOOD)
        assert reader._process is not None
        seen.add(reader._process.pid)
    assert len(seen) == 3


def test_one_process_serves_all_that_ask_within_the_same_limits() -> None:
    assert shared_reader(Limits()) is shared_reader(Limits())
    assert shared_reader(Limits()) is not shared_reader(replace(Limits(), cells=7))


def test_the_process_ends_with_the_one_that_asked(reader: Reader) -> None:
    reader.read(GOOD)
    process = reader._process
    assert process is not None
    reader.close()
    assert process.returncode in (0, -signal.SIGKILL)
