"""Examine batches of arrivals on a Dask cluster, in chunks; what it cannot do is done here."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from workbook_tools import __version__
from workbook_tools.cluster.errand import (
    Answer,
    Errand,
    Finding,
    Trouble,
    packed_errand,
    run_errand,
    unpacked_answer,
)
from workbook_tools.cluster.likely import Likely
from workbook_tools.cluster.taking_over import taken_over
from workbook_tools.form.issued import IssuedForm
from workbook_tools.pipeline.arrival import Arrival
from workbook_tools.pipeline.engine import Checked, ExaminerLost, Read, Terms
from workbook_tools.pipeline.judging import check

if TYPE_CHECKING:
    from distributed import Client, Future

CHUNK = 50  # files that go to a worker together (docs/scale.md has the measurements)
CHUNK_BYTES = 4_000_000  # that they may have, but for the last of them
LOOK_SECONDS = 1.0  # between two looks whether any worker is left
T = TypeVar("T")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Files that are read together, the forms that went with them, and the errand as sent."""

    arrivals: tuple[Arrival, ...]
    forms: tuple[IssuedForm, ...]
    errand: bytes


@dataclass(slots=True)
class Cluster:
    """The workers of one scheduler, as an examiner.

    `patience` is how many seconds workers have to come back when all are gone.
    """

    client: Client
    address: str
    patience: float
    read: Read
    chunk: int = CHUNK
    _likely: Likely | None = None
    _told: set[str] = field(default_factory=set)

    @property
    def ahead(self) -> int:
        """Let as many batches be under way as the cluster has threads."""
        return max(1, sum(self._threads().values()))

    def begin(self, arrivals: Sequence[Arrival], terms: Terms) -> Batch:
        """Send the files of a batch out, chunk by chunk."""
        if self._likely is None or self._likely.shelf is not terms.house.shelf:
            self._likely = Likely(terms.house.shelf)
        sent: list[tuple[_Chunk, Future[bytes]]] = []
        for some in chunks(arrivals, most=self.chunk):
            chunk = _chunk(some, self._likely.forms(some), terms)
            sent.append((chunk, self._sent(chunk)))
        return Batch(self, tuple(arrivals), terms, tuple(sent))

    def answer(self, chunk: _Chunk, future: Future[bytes]) -> Sequence[Finding]:
        """Wait for an answer; ExaminerLost where none can come any more.

        A chunk that a worker had trouble with is given to another. Had that one trouble too,
        every file of it is to be examined here.
        """
        answer = self._answer(chunk, future)
        if isinstance(answer, Trouble) and answer.worker:
            others = [worker for worker in self._threads() if worker != answer.worker]
            if others:
                answer = self._answer(chunk, self._sent(chunk, workers=others))
        return (None,) * len(chunk.arrivals) if isinstance(answer, Trouble) else answer

    def _sent(self, chunk: _Chunk, *, workers: Sequence[str] | None = None) -> Future[bytes]:
        """Send a chunk out; `workers` are asked before others, for they may be gone by then."""
        may = {} if workers is None else {"workers": workers, "allow_other_workers": True}
        try:
            return self.client.submit(run_errand, chunk.errand, pure=False, **may)
        except (OSError, RuntimeError) as error:
            raise self._lost() from error

    def _answer(self, chunk: _Chunk, future: Future[bytes]) -> Answer:
        error = self._awaited(future.exception, LOOK_SECONDS)
        if future.status == "cancelled":
            raise self._lost()
        answer: Answer
        if error is None:
            answer = unpacked_answer(self._awaited(future.result, self.patience), chunk.forms)
        else:
            answer = Trouble("", f"{type(error).__name__}: {error}")
        if isinstance(answer, Trouble) and answer.worker not in self._told:
            self._told.add(answer.worker)
            log.warning(
                "Pekerja Dask %s tidak dapat memeriksa (%s). Kirimannya diperiksa di tempat lain.",
                answer.worker or f"pada {self.address}",
                answer.why.rstrip("."),
            )
        return answer

    def _awaited(self, ask: Callable[[float], T], look: float) -> T:
        """Ask until there is an answer; ExaminerLost where nobody is left to give one."""
        seen = time.monotonic()
        while True:
            try:
                return ask(look)
            except TimeoutError as error:
                if self._threads():
                    seen = time.monotonic()
                elif time.monotonic() - seen >= self.patience:
                    raise self._lost() from error
            except (OSError, CancelledError) as error:
                raise self._lost() from error

    def _threads(self) -> dict[str, int]:
        """Give the workers with their threads; none where the scheduler does not answer."""
        scheduler = self.client.scheduler
        if scheduler is None or self.client.status != "running":
            return {}
        try:
            return dict(self.client.sync(scheduler.ncores, callback_timeout=self.patience))
        except (OSError, RuntimeError):
            return {}

    def _lost(self) -> ExaminerLost:
        return ExaminerLost(
            f"Penjadwal Dask di {self.address} tidak menjawab lagi, atau semua pekerjanya "
            "berhenti. Kiriman yang sudah diterima tersimpan aman dan diperiksa oleh perintah "
            "ingest berikutnya. Jalankan penjadwal dan pekerjanya, atau jalankan ingest tanpa "
            "--engine."
        )


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch whose chunks are with the workers."""

    cluster: Cluster
    arrivals: tuple[Arrival, ...]
    terms: Terms
    sent: tuple[tuple[_Chunk, Future[bytes]], ...]

    def result(self) -> tuple[Checked, ...]:
        """Wait for every chunk, and examine here what the workers could not."""
        checked: dict[int, Checked] = {}
        rest = {arrival.number: arrival for arrival in self.arrivals}
        for chunk, future in self.sent:
            findings = self.cluster.answer(chunk, future)
            for arrival, found in zip(chunk.arrivals, findings, strict=True):
                one = taken_over(arrival, found, chunk.forms, terms=self.terms)
                if isinstance(one, Checked):
                    checked[arrival.number] = one
                    del rest[arrival.number]
                else:
                    rest[arrival.number] = one
        here = check(tuple(rest.values()), self.terms, read=self.cluster.read)
        checked |= {one.arrival.number: one for one in here}
        return tuple(checked[arrival.number] for arrival in self.arrivals)


def chunks(arrivals: Sequence[Arrival], *, most: int) -> Iterator[tuple[Arrival, ...]]:
    """Part the files that have to be read into chunks of so many, or fewer that are large."""
    some: list[Arrival] = []
    weight = 0
    for arrival in arrivals:
        if arrival.data and arrival.reading is None:
            some.append(arrival)
            weight += len(arrival.data)
        if len(some) >= most or weight >= CHUNK_BYTES:
            yield tuple(some)
            some, weight = [], 0
    if some:
        yield tuple(some)


def _chunk(arrivals: tuple[Arrival, ...], forms: tuple[IssuedForm, ...], terms: Terms) -> _Chunk:
    files = tuple((arrival.number, arrival.data or b"") for arrival in arrivals)
    errand = packed_errand(Errand(__version__, terms.limits, forms, files))
    return _Chunk(arrivals, forms, errand)
