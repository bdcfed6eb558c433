"""What goes to a worker is no more than it needs, and what comes back is taken over as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import cast
from zoneinfo import ZoneInfo

import pytest
from distributed import Client, Future
from hypothesis import given
from hypothesis import strategies as st

from tests.returns.stamps import stamp_of
from tests.shell import NIAGA, PASAR, RETRIBUSI, TODAY, Office
from tests.trust.forgery import CELL, PLACES, restamped, unstamped
from workbook_tools import __version__
from workbook_tools.cluster import examining
from workbook_tools.cluster.errand import (
    Answer,
    Errand,
    Found,
    Trouble,
    packed_answer,
    packed_errand,
    unpacked_answer,
    unpacked_errand,
)
from workbook_tools.cluster.examining import Cluster, chunks
from workbook_tools.cluster.likely import Likely
from workbook_tools.cluster.work import findings
from workbook_tools.form.layout import input_cells
from workbook_tools.form.parse import ParsedForm
from workbook_tools.pipeline.arrival import Arrival
from workbook_tools.pipeline.engine import Checked, ExaminerLost, Terms
from workbook_tools.pipeline.judging import check, terms_of
from workbook_tools.pipeline.session import open_glance
from workbook_tools.reader.read import read_workbook
from workbook_tools.reader.reading import Reading
from workbook_tools.validation.schema import check_forms

NOW = datetime.combine(date.fromisoformat(TODAY), time(9), tzinfo=ZoneInfo("Asia/Jakarta"))


@dataclass(frozen=True, slots=True)
class Mail:
    """Files that came, and what the office examines them by."""

    terms: Terms
    arrivals: tuple[Arrival, ...]
    key: bytes


@pytest.fixture(scope="module")
def mail(template_office: Office) -> Mail:
    """Give sound returns, spoilt ones, ones that lie about themselves, and what is none."""
    office = template_office
    first = next(cell for _, cell in input_cells(office.layout(NIAGA)))
    sound, spoilt = office.filled(PASAR), office.filled(NIAGA, {first: "banyak"})
    stamp = stamp_of(sound).text
    files = (
        (PASAR, f"IKI_{PASAR}_2020-TW1.xlsx", sound),
        (NIAGA, "tanpa nama.xlsx", spoilt),
        (None, "dari luar.xlsx", sound),
        (NIAGA, "salah folder.xlsx", sound),
        (PASAR, "palsu.xlsx", restamped(sound, f"{stamp[:-4]}{'0' * 4}")),
        (RETRIBUSI, "bertentangan.xlsx", restamped(sound, stamp_of(spoilt).text, places=(CELL,))),
        (PASAR, "tanpa stempel.xlsx", unstamped(sound, places=PLACES)),
        (PASAR, "gambar.xlsx", b"\x89PNG\r\n\x1a\n"),
        (PASAR, "kosong.xlsx", b""),
        (PASAR, "besar.xlsx", None),
    )
    with open_glance(office.workspace, NOW, registry=office.registry) as session:
        terms, key = terms_of(session), session.key
    arrivals = tuple(
        Arrival(number, str(number), name, folder, NOW, data, None)
        for number, (folder, name, data) in enumerate(files, 5)
    )
    return Mail(terms, arrivals, key)


def errand_of(mail: Mail, arrivals: Sequence[Arrival]) -> Errand:
    """Give the errand that some files are."""
    files = tuple((arrival.number, arrival.data or b"") for arrival in arrivals)
    forms = Likely(mail.terms.house.shelf).forms(arrivals)
    return Errand(__version__, mail.terms.limits, forms, files)


def test_an_errand_holds_neither_the_key_nor_a_folder_or_name_of_a_file(mail: Mail) -> None:
    odd = replace(mail.arrivals[0], folder="folder-anu", file="nama-anu.xlsx")
    sent = packed_errand(errand_of(mail, [odd]))

    assert mail.key not in sent
    assert b"folder-anu" not in sent
    assert b"nama-anu" not in sent


def test_the_name_of_a_file_tells_its_form(mail: Mail) -> None:
    likely = Likely(mail.terms.house.shelf)
    named = replace(mail.arrivals[0], folder=None, file=f"a/Re IKI_{NIAGA}_2020-TW1 (1).xlsx")

    (form,) = likely.forms([named, named])

    assert (form.content.unit, form.content.period) == (NIAGA, 1)


def test_a_name_that_tells_nothing_leaves_the_newest_forms_of_its_folder(mail: Mail) -> None:
    forms = Likely(mail.terms.house.shelf).forms([mail.arrivals[1]])

    assert {form.content.unit for form in forms} == {NIAGA}


def test_a_file_that_tells_nothing_has_no_form(mail: Mail) -> None:
    assert Likely(mail.terms.house.shelf).forms([mail.arrivals[2]]) == ()


def test_an_answer_comes_back_equal_with_the_parts_of_our_own_forms(mail: Mail) -> None:
    errand = errand_of(mail, mail.arrivals[:2])
    there = unpacked_errand(packed_errand(errand))
    told = findings(there, read=read_workbook)

    back = unpacked_answer(packed_answer(told, there.forms), errand.forms)

    assert back == told
    assert isinstance(back, tuple)
    for one in back:
        assert isinstance(one, Found)
        assert one.parsing.form is not None
        assert one.parsing.form.content is errand.forms[one.form].content
        assert one.parsing.form.inputs[0].indicator is one.parsing.form.content.indicators[0]


def test_what_is_not_an_errand_is_not_done() -> None:
    with pytest.raises(TypeError):
        unpacked_errand(packed_errand(cast("Errand", "lain")))


def test_a_fault_of_the_reader_leaves_the_file_to_be_read_here(mail: Mail) -> None:
    def failing(_: bytes) -> Reading:
        raise ValueError

    assert findings(errand_of(mail, mail.arrivals[:2]), read=failing) == (None, None)


def test_a_fault_of_the_schema_leaves_only_its_own_file(
    mail: Mail, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(forms: Mapping[int, ParsedForm]) -> object:
        if mail.arrivals[1].number in forms:
            raise ValueError
        return check_forms(forms)

    monkeypatch.setattr("workbook_tools.cluster.work.check_forms", failing)

    first, second = findings(errand_of(mail, mail.arrivals[:2]), read=read_workbook)

    assert isinstance(first, Found)
    assert second is None


def test_files_that_need_no_reading_go_to_no_worker(mail: Mail) -> None:
    sent = [one.number for chunk in chunks(mail.arrivals, most=3) for one in chunk]

    assert sent == [arrival.number for arrival in mail.arrivals[:-2]]


def test_large_files_make_smaller_chunks(mail: Mail) -> None:
    large = replace(mail.arrivals[0], data=b"x" * (examining.CHUNK_BYTES // 2))

    assert [len(chunk) for chunk in chunks([large] * 5, most=50)] == [2, 2, 1]


@dataclass(slots=True)
class Late:
    """An answer that comes only after it was asked for so many times."""

    value: bytes
    times: int
    status: str = "finished"

    def exception(self, timeout: float) -> None:
        """Say that nothing went wrong, or that it is not known yet."""
        if self.times:
            self.times -= 1
            raise TimeoutError(timeout)

    def result(self, timeout: float) -> bytes:
        """Give the answer."""
        assert timeout > 0
        return self.value


@dataclass(slots=True)
class Workers:
    """A cluster whose workers are this process; `delays` are of one errand after the other."""

    answers: Callable[[Errand], Answer]
    delays: Iterator[int] = field(default_factory=lambda: iter(()))
    threads: Mapping[str, int] = field(default_factory=lambda: {"tcp://a:1": 1, "tcp://b:1": 2})
    status: str = "running"
    asked: list[object] = field(default_factory=list)

    @property
    def scheduler(self) -> Workers:
        """Give what knows the workers."""
        return self

    def ncores(self) -> Mapping[str, int]:
        """Give the threads of every worker."""
        return self.threads

    def sync(self, ask: Callable[[], Mapping[str, int]], **_: object) -> Mapping[str, int]:
        """Ask the scheduler."""
        return ask()

    def submit(
        self, _: object, errand: bytes, *, workers: Sequence[str] = (), **__: object
    ) -> Future[bytes]:
        """Do an errand."""
        asked = unpacked_errand(errand)
        self.asked.append(tuple(workers))
        answer = packed_answer(self.answers(asked), asked.forms)
        return cast("Future[bytes]", Late(answer, next(self.delays, 0)))


def examiner(workers: Workers, *, most: int = 2, patience: float = 1.0) -> Cluster:
    """Give the examiner whose workers these are."""
    return Cluster(cast("Client", workers), "tcp://s:1", patience, read_workbook, most)


def soundly(errand: Errand) -> Answer:
    """Answer as a worker does."""
    return findings(errand, read=read_workbook)


def through(cluster: Cluster, mail: Mail) -> tuple[Checked, ...]:
    """Give what a cluster finds in the mail."""
    return cluster.begin(mail.arrivals, mail.terms).result()


@given(st.integers(1, 11), st.lists(st.integers(0, 3), max_size=8))
def test_everything_is_found_in_the_order_of_arrival_whichever_chunk_ends_first(
    mail: Mail, most: int, delays: list[int]
) -> None:
    cluster = examiner(Workers(soundly, iter(delays)), most=most)

    assert through(cluster, mail) == check(mail.arrivals, mail.terms, read=read_workbook)


def test_as_many_batches_are_under_way_as_there_are_threads() -> None:
    assert examiner(Workers(soundly)).ahead == 3
    assert examiner(Workers(soundly, threads={})).ahead == 1


def test_an_errand_that_a_worker_has_trouble_with_goes_to_the_others_first(
    mail: Mail, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[Answer] = [Trouble("tcp://a:1", "disk penuh")]
    workers = Workers(lambda errand: told.pop() if told else soundly(errand))

    found = through(examiner(workers, most=50), mail)

    assert workers.asked == [(), ("tcp://b:1",)]
    assert found == check(mail.arrivals, mail.terms, read=read_workbook)
    assert [record.getMessage() for record in caplog.records] == [
        "Pekerja Dask tcp://a:1 tidak dapat memeriksa (disk penuh). Kirimannya diperiksa di "
        "tempat lain."
    ]


def test_an_examiner_without_workers_is_lost_when_its_patience_ends(mail: Mail) -> None:
    workers = Workers(soundly, iter([1_000_000]), threads={})

    with pytest.raises(ExaminerLost, match="Penjadwal Dask di tcp://s:1 tidak menjawab lagi"):
        through(examiner(workers, patience=0.01), mail)
