"""Measure returns judged by workers of a Dask cluster, and what each return leaves behind.

    python run.py bench --cluster

Scheduler and workers are processes of this machine. Beside the clock on the wall, which other
work on the machine moves, stands what was computed: by the process that holds the workspace, and
by the workers with their reading processes.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass, replace
from datetime import date
from operator import getitem
from pathlib import Path
from statistics import median

from distributed import Client

from benchmarks.office import TODAY, Office, open_office, session_on
from benchmarks.results import machine
from benchmarks.whole import dropped
from tests.cluster.hosts import Cluster, cluster
from workbook_tools import __version__
from workbook_tools.cluster.connection import connected
from workbook_tools.cluster.errand import (
    Errand,
    Found,
    Trouble,
    packed_errand,
    run_errand,
    unpacked_answer,
    unpacked_errand,
)
from workbook_tools.cluster.likely import Likely
from workbook_tools.inbox import in_order_of_saving, look
from workbook_tools.pipeline.arrival import Arrival
from workbook_tools.pipeline.consolidate import consolidate_stale
from workbook_tools.pipeline.ingest import ingest, resume, sort_out
from workbook_tools.pipeline.judging import terms_of
from workbook_tools.workspace import open_workspace

SIZES = (10, 50, 200)
TABLES = ("arrival", "value", "text")
TIMES = 7
ROUNDS = 3  # of which the one in the middle is told
WARM = 30  # returns that are taken in before any that count


@dataclass(frozen=True, slots=True)
class Judged:
    """How long taking returns in took, the master left out, in seconds.

    `computing` is what the process that holds the workspace computed, `reading` what its
    reading process did or, with workers, they and theirs.
    """

    workers: int
    returns: int
    seconds: float
    computing: float
    reading: float


@dataclass(frozen=True, slots=True)
class Chunk:
    """One chunk on a worker that is warm, in seconds and bytes.

    `round_trip` is from sending to having the answer, `overhead` the same without the work: as
    many bytes go to the worker and come back.
    """

    size: int
    round_trip: float
    overhead: float
    sent: int
    answered: int


@dataclass(frozen=True, slots=True)
class Kept:
    """What is left of all returns: rows by table, and bytes by place."""

    returns: int
    forms: int
    rows: dict[str, int]
    sizes: dict[str, int]
    shelf_seconds: float
    master_seconds: float


@dataclass(frozen=True, slots=True)
class Measured:
    """Everything of one run."""

    judged: tuple[Judged, ...]
    chunks: tuple[Chunk, ...]
    kept: Kept


def measure(folder: Path, *, returns: int, seed: int, workers: Sequence[int] = (1, 2)) -> Measured:
    """Take the same returns in alone and with workers, and measure chunks and what is kept."""
    office = open_office(folder / "kantor", returns, seed=seed)
    few = open_office(folder / "kantor-kecil", WARM, seed=seed)
    taken_in(dropped(few, folder / "kecil"), few, None)  # so that everything is loaded
    root = folder / "sama"
    judged = [_rounds(lambda: taken_in(_anew(office, root), office, None))]
    kept = left_behind(root, office)
    chunks: tuple[Chunk, ...] = ()
    for number in workers:
        with cluster(folder / f"kluster-{number}", number) as running:
            warm_up(running, office)
            judged.append(_on_workers(office, root, running))
            if not chunks:
                chunks = tuple(chunk(office, running, size) for size in SIZES)
    return Measured(tuple(judged), chunks, kept)


def _on_workers(office: Office, root: Path, running: Cluster) -> Judged:
    return _rounds(lambda: taken_in(_anew(office, root), office, running))


def _anew(office: Office, root: Path) -> Path:
    shutil.rmtree(root, ignore_errors=True)
    return dropped(office, root)


def _rounds(take_in: Callable[[], Judged]) -> Judged:
    """Take the same in several times; each figure is the middle one."""
    told = [take_in() for _ in range(ROUNDS)]
    return replace(
        told[0],
        seconds=median(one.seconds for one in told),
        computing=median(one.computing for one in told),
        reading=median(one.reading for one in told),
    )


def taken_in(root: Path, office: Office, running: Cluster | None) -> Judged:
    """Take the returns of an inbox in."""
    opened = nullcontext() if running is None else connected(running.address)
    workers = () if running is None else tuple(process.pid for process in running.workers)
    workspace = open_workspace(root)
    with opened as engine, session_on(workspace, office.registry, day=TODAY) as own:
        session = replace(own, engine=engine)
        resume(session)
        files = in_order_of_saving(look(workspace.inbox).files)
        sources, _ = sort_out(session, files)
        before = _reading(workers)
        wall, computed = time.perf_counter(), time.process_time()
        done = ingest(session, sources)
        wall, computed = time.perf_counter() - wall, time.process_time() - computed
    if len(done.outcomes) != len(office.returns):
        raise ValueError(f"{len(done.outcomes)} of {len(office.returns)} returns were judged")
    return Judged(len(workers), len(done.outcomes), wall, computed, _reading(workers) - before)


def _reading(workers: Sequence[int]) -> float:
    """Give the seconds that workers, or the reading process of this one, have computed (Linux).

    A worker leads the group of whatever it has started.
    """
    ticks = 0
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has ended meanwhile
        parent, group = int(words[1]), int(words[2])
        if group in workers or (not workers and parent == os.getpid()):
            ticks += sum(int(word) for word in words[11:15])
    gone = resource.getrusage(resource.RUSAGE_CHILDREN)
    renewed = 0.0 if workers else gone.ru_utime + gone.ru_stime
    return ticks / os.sysconf("SC_CLK_TCK") + renewed


def _errand(office: Office, size: int) -> bytes:
    with session_on(office.workspace, office.registry, day=TODAY) as session:
        terms = terms_of(session)
        arrivals = [
            Arrival(number, "", one.name, one.unit, session.now, one.data, None)
            for number, one in enumerate(office.returns[:size], 1)
        ]
    forms = Likely(terms.house.shelf).forms(arrivals)
    files = tuple((arrival.number, arrival.data or b"") for arrival in arrivals)
    return packed_errand(Errand(__version__, terms.limits, forms, files))


def warm_up(running: Cluster, office: Office) -> None:
    """Let every worker do an errand, so that everything is loaded there too."""
    errand = _errand(office, 1)
    with Client(running.address, set_as_default=False) as client:
        client.wait_for_workers(len(running.workers))
        for worker in client.nthreads():
            client.submit(run_errand, errand, pure=False, workers=[worker]).result()


def chunk(office: Office, running: Cluster, size: int) -> Chunk:
    """Send one chunk again and again, and then as many bytes that nothing is done with."""
    errand = _errand(office, size)
    with Client(running.address, set_as_default=False) as client:

        def done(work: Callable[..., bytes], *more: object) -> bytes:
            answer: bytes = client.submit(work, errand, *more, pure=False).result()
            return answer

        answer = done(run_errand)
        found = unpacked_answer(answer, unpacked_errand(errand).forms)
        if isinstance(found, Trouble) or not all(isinstance(one, Found) for one in found):
            raise ValueError("a return was not recognised")
        part = slice(len(answer))
        return Chunk(
            size,
            _median(lambda: done(run_errand)),
            _median(lambda: done(getitem, part)),
            len(errand),
            len(answer),
        )


def _median(action: Callable[[], object]) -> float:
    """Do something several times, after once that does not count, and give the middle time."""
    action()
    found = []
    for _ in range(TIMES):
        began = time.perf_counter()
        action()
        found.append(time.perf_counter() - began)
    return median(found)


def left_behind(root: Path, office: Office) -> Kept:
    """Count what a workspace keeps of the returns it took in, and write its masters."""
    with session_on(open_workspace(root), office.registry, day=TODAY) as session:
        began = time.process_time()
        terms_of(session)
        shelf = time.process_time() - began
        began = time.process_time()
        consolidate_stale(session)
        master = time.process_time() - began
    state = root / ".state"
    originals = sum(len(one.data) for one in {r.data: r for r in office.returns}.values())
    archive = _size(state / "arsip" / "berkas")
    sizes = {
        "ledger": (state / "ledger.sqlite").stat().st_size,
        "journal": (state / "arsip" / "jurnal.jsonl").stat().st_size,
        "originals": originals,
        "issued forms": archive - originals + _size(state / "arsip" / "snapshot"),
        "master": _size(root / "outbox" / "master"),
        "board": _size(root / "outbox" / "papan"),
        "receipts": _size(root / "outbox", "*/tanda-terima/*"),
        "corrections": _size(root / "outbox", "*/ditolak/*"),
    }
    connection = sqlite3.connect(state / "ledger.sqlite")
    try:
        rows = {
            table: int(connection.execute(f"select count(*) from {table}").fetchone()[0])  # noqa: S608
            for table in TABLES
        }
        forms = int(connection.execute("select count(*) from issue").fetchone()[0])
    finally:
        connection.close()
    return Kept(len(office.returns), forms, rows, sizes, shelf, master)


def _size(folder: Path, files: str = "**/*") -> int:
    return sum(path.stat().st_size for path in folder.glob(files) if path.is_file())


def as_markdown(measured: Measured, *, day: date, seed: int) -> str:
    """Write what was measured as a page."""
    kept = measured.kept
    told = ", ".join(f"{name} {value}" for name, value in machine().items())
    return "\n".join(
        [
            f"# Workers of a Dask cluster, measured on {day}: {kept.returns} returns, seed {seed}",
            "",
            f"{told}. All figures of the returns are invented.",
            "",
            "| workers | seconds | returns a second | ms computed a return, where the workspace is "
            "| ms computed a return, reading and workers |",
            "|---|---|---|---|---|",
            *(
                f"| {one.workers or 'none'} | {one.seconds:.2f} | "
                f"{one.returns / one.seconds:.0f} | {_ms(one.computing / one.returns)} | "
                f"{_ms(one.reading / one.returns)} |"
                for one in measured.judged
            ),
            "",
            "The master is left out.",
            "",
            "| chunk | round trip, ms | of it Dask, ms | Dask a return, ms | bytes sent a return "
            "| bytes answered a return |",
            "|---|---|---|---|---|---|",
            *(
                f"| {one.size} | {_ms(one.round_trip)} | {_ms(one.overhead)} | "
                f"{_ms(one.overhead / one.size)} | {one.sent / one.size:,.0f} | "
                f"{one.answered / one.size:,.0f} |"
                for one in measured.chunks
            ),
            "",
            "| kept | of all | a return |",
            "|---|---|---|",
            *(
                f"| rows of `{table}` | {rows:,} | {rows / kept.returns:.2f} |"
                for table, rows in kept.rows.items()
            ),
            *(
                f"| bytes: {name} | {size:,} | {size / kept.returns:,.0f} |"
                for name, size in kept.sizes.items()
            ),
            f"| ms computed to know the {kept.forms:,} issued forms | "
            f"{_ms(kept.shelf_seconds)} | |",
            f"| ms computed to write the masters and the board | {_ms(kept.master_seconds)} | "
            f"{_ms(kept.master_seconds / kept.returns)} |",
            "",
        ]
    )


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.3g}" if seconds < 1 else f"{seconds * 1000:,.0f}"


def write(measured: Measured, folder: Path, *, day: date, seed: int) -> tuple[Path, Path]:
    """Write page and JSON beside other results."""
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / f"{day}-cluster-{measured.kept.returns}.md"
    page.write_text(as_markdown(measured, day=day, seed=seed), "utf-8", newline="\n")
    told = {"day": str(day), "seed": seed, "machine": machine(), **asdict(measured)}
    document = page.with_suffix(".json")
    document.write_text(json.dumps(told, indent=1) + "\n", "utf-8", newline="\n")
    return page, document
