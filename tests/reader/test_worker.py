"""Files are read in a process that may die of them; the program gets a verdict all the same."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from types import SimpleNamespace

import pytest

from tests.reader.workbooks import table, verdicts
from workbook_tools.reader import worker
from workbook_tools.reader.ending import Ending
from workbook_tools.reader.job_object import bind_memory, close_job
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

class Panic(BaseException):
    pass

def allow(seconds):
    os.abort()

def worst(data, *, limits):
    act = data.decode()
    worker_child.ANSWER = 10 if act == "much" else 2_000_000
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
    if act.startswith("leave"):
        os._exit(int(act[5:]))
    if act.startswith("signal"):
        os.kill(os.getpid(), int(act[6:]))
    if act == "press":
        signal.raise_signal(signal.SIGINT)
    if act == "panic":
        raise Panic("rekaan")
    if act == "nest":
        return None
    if act == "boast":
        def boast(target, *parts):
            target.write((1 << 63).to_bytes(8, "little"))
            target.flush()
        worker_child._send = boast
    if act == "bug":
        raise LookupError("kesalahan pembaca")
    if act == "trouble":
        raise OSError(5, "Input/output error")
    return read.Reading(None, ())

def nested(reading):
    return b"[" * 1_000_000 if reading is None else packed(reading)

packed, worker_child.packed = worker_child.packed, nested
worker_child.read_workbook = worst
if "FORBIDDEN" in os.environ:
    worker_child._allow = allow
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


def _interrupted_after(count: int) -> Callable[[subprocess.Popen[bytes], int], bytes]:
    """Take so many parts of what a process says, then be interrupted by the keyboard."""
    take, taken = worker._take, list[int]()

    def interrupted(process: subprocess.Popen[bytes], size: int) -> bytes:
        if len(taken) == count:
            raise KeyboardInterrupt
        taken.append(size)
        return take(process, size)

    return interrupted


@pytest.fixture
def reader() -> Iterator[Reader]:
    """Give a reader."""
    reader = Reader(Limits())
    yield reader
    reader.close()


def test_the_process_reads_what_is_read_here(reader: Reader) -> None:
    for data in (GOOD, GOOD[:500], b"", b"a;b\n1;2\n"):
        assert reader.read(data) == read_workbook(data)


def test_threads_that_ask_at_the_same_time_get_each_their_own_answer(reader: Reader) -> None:
    files = [table([[f"berkas {number}", number]]) for number in range(40)]
    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(reader.read, files))
    assert told == [read_workbook(data) for data in files]


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
        (f"signal{signal.SIGBUS}", ("B07", "isi berkas")),
        (f"signal{signal.SIGXCPU}", ("B05", "1")),
        (f"signal{signal.SIGKILL}", ("B05", "400.000.000")),
        ("much", ("B05", "400.000.000")),
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


@pytest.mark.parametrize(
    "act",
    [
        *("leave0", "leave1", "leave3"),
        *(f"signal{number:d}" for number in (signal.SIGTERM, signal.SIGUSR1)),
    ],
)
def test_an_end_that_no_file_can_cause_is_no_verdict(worst: Reader, act: str) -> None:
    with pytest.raises(ReaderUnavailable, match="berhenti dengan kode"):
        worst.read(act.encode())
    assert worst.read(b"next") == Reading(None, ())


@pytest.mark.parametrize(
    ("code", "codes"),
    [
        (0xC0000005, ["B07"]),
        (0xC00000FD, ["B07"]),
        (0xC0000409, ["B05"]),
        (0xC000013A, []),  # Ctrl+C
        (0xC0000135, []),  # a library of the program is missing
        (1, []),
    ],
)
def test_an_exception_of_windows_is_the_doing_of_the_file_where_a_file_can_cause_it(
    code: int, codes: list[str]
) -> None:
    verdict = Ending(code, had_file=True, was_late=False).verdict(Limits())
    assert [found.code for found in (verdict,) if found] == codes


def test_a_process_that_dies_before_it_has_the_file_is_no_verdict() -> None:
    ending = Ending(-signal.SIGSEGV, had_file=False, was_late=True)
    assert ending.verdict(Limits()) is None


def test_the_keyboard_does_not_end_the_process(worst: Reader) -> None:
    assert worst.read(b"press") == Reading(None, ())


def test_the_computing_time_is_set_before_the_file_counts_as_taken(
    worst: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORBIDDEN", "")
    with pytest.raises(ReaderUnavailable, match="berhenti dengan kode"):
        worst.read(b"next")


def test_an_error_of_the_reader_is_a_fault_and_no_verdict(worst: Reader) -> None:
    with pytest.raises(ReaderFault, match="kesalahan pembaca"):
        worst.read(b"bug")
    assert worst.read(b"next") == Reading(None, ())


def test_a_panic_that_nobody_caught_is_a_fault_and_no_verdict(worst: Reader) -> None:
    with pytest.raises(ReaderFault, match="rekaan"):
        worst.read(b"panic")


@pytest.mark.parametrize(
    ("act", "reason"), [("boast", "terlalu panjang"), ("nest", "tidak dapat dimengerti")]
)
def test_an_answer_that_is_none_is_a_fault_and_ends_the_process(
    worst: Reader, act: str, reason: str
) -> None:
    with pytest.raises(ReaderFault, match=reason):
        worst.read(act.encode())
    assert worst._process is None
    assert worst.read(b"next") == Reading(None, ())


def test_a_reading_that_is_interrupted_leaves_no_answer_to_the_next(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(worker, "_take", _interrupted_after(2))
        with pytest.raises(KeyboardInterrupt):
            reader.read(GOOD)
    assert reader.read(b"a;b\n1;2\n") == read_workbook(b"a;b\n1;2\n")


def test_a_process_that_never_said_it_was_ready_is_not_kept(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "_take", _interrupted_after(0))
    with pytest.raises(KeyboardInterrupt):
        reader.read(GOOD)
    assert reader._process is None


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
    monkeypatch.setattr(sys, "executable", os.devnull)
    with pytest.raises(ReaderUnavailable, match="Proses pembaca"):
        Reader(Limits()).read(GOOD)


def test_a_process_that_ends_before_it_is_ready_is_no_verdict(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(worker, "asdict", lambda _: {"tidak": "dikenal"})
    with pytest.raises(ReaderUnavailable, match=r"sebelum siap: TypeError: .*'tidak'"):
        Reader(Limits()).read(GOOD)


def test_a_process_that_says_much_before_it_is_ready_does_not_wait_to_be_heard(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONVERBOSE", "2")
    monkeypatch.setattr(worker, "START_SECONDS", 20.0)
    assert reader.read(GOOD) == READ_ALONE


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
@pytest.mark.parametrize("limit", ["-t 15", "-v 900000"])
def test_limits_that_were_inherited_do_not_keep_the_process_from_starting(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    start = subprocess.Popen

    def started(command: list[str], **options: object) -> object:
        bound = ["sh", "-c", f'ulimit {limit} && exec "$@"', "sh", *command]
        return start(bound, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "Popen", started)
    assert reader.read(GOOD) == READ_ALONE


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


class _Kernel:
    """What stands in for the kernel of Windows: counts the handles that are open."""

    def __init__(self) -> None:
        self.open = {7: "somebody else's"}

    def __getattr__(self, name: str) -> Callable[..., int]:
        def call(*arguments: int) -> int:
            if name == "CreateJobObjectW":
                self.open[8] = "job"
                return 8
            if name == "CloseHandle":
                del self.open[arguments[0]]
            return 1

        setattr(self, name, call)
        return call


def test_the_handle_of_a_job_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    kernel = _Kernel()
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr("ctypes.WinDLL", lambda *_, **__: kernel, raising=False)
    job = bind_memory(SimpleNamespace(_handle=5), 1)  # type: ignore[arg-type]
    assert (job, list(kernel.open)) == (8, [7, 8])
    close_job(job)
    assert list(kernel.open) == [7]


def test_the_job_of_a_process_ends_with_it(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[int | None] = []
    monkeypatch.setattr(worker, "bind_memory", lambda process, _: process.pid)
    monkeypatch.setattr(worker, "close_job", closed.append)
    monkeypatch.setattr(worker, "READ_BEFORE_RENEWAL", 1)
    pids = []
    for _ in range(2):
        reader.read(GOOD)
        assert reader._process is not None
        pids.append(reader._process.pid)
    reader.close()
    reader.close()
    assert closed == pids
