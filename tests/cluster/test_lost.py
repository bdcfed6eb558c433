"""Whoever of a cluster dies or fails in the middle loses nothing and doubles nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cluster.conftest import Serial
from tests.cluster.hosts import Cluster, cluster, end, through, until
from tests.cluster.sent import SMALL, Sent
from tests.shell import Said

pytestmark = pytest.mark.cluster


def test_a_worker_that_is_killed_in_the_middle_loses_and_doubles_nothing(
    many: Sent, serial: Serial, tmp_path: Path
) -> None:
    with cluster(tmp_path / "kluster", preload="slow") as running:
        process = many.starts(*through(running), run=SMALL)
        until(lambda: running.came() >= 2, "both must begin")
        end(running.workers[0])
        out, err = process.communicate(timeout=100)

    assert (process.returncode, out, err) == (1, serial.said.out, "")
    assert many.outbox() == serial.office.outbox()
    assert many.rows() == serial.office.rows()


def stopped(many: Sent, running: Cluster, *, scheduler: bool) -> Said:
    """Take returns in, and kill the workers or the scheduler after some errands."""
    process = many.starts(*through(running), run=SMALL)
    until(lambda: running.came() >= 10, "some must be done")
    for part in [running.scheduler] if scheduler else running.workers:
        end(part)
    out, err = process.communicate(timeout=100)
    return Said(process.returncode, out, err)


@pytest.mark.parametrize("scheduler", [False, True], ids=["workers", "scheduler"])
def test_where_all_are_killed_the_next_ingest_ends_what_was_received(
    many: Sent, serial: Serial, tmp_path: Path, *, scheduler: bool
) -> None:
    with cluster(tmp_path / "kluster", preload="slow") as running:
        said = stopped(many, running, scheduler=scheduler)
        address = running.address
    waiting = [row for row in many.rows()["arrival"] if "arrived" in row]
    rest = many.does("ingest")

    assert said.code == 2
    assert said.err.startswith(f"Penjadwal Dask di {address} tidak menjawab lagi")
    assert said.err.count("\n") == 1
    assert waiting
    told = [row for part in (said, rest) for row in part.rows("arrivals")]
    assert told == serial.said.rows("arrivals")
    assert many.outbox() == serial.office.outbox()
    assert many.rows() == serial.office.rows()


def test_answers_that_are_lost_with_their_workers_leave_one_sentence(
    many: Sent, serial: Serial, tmp_path: Path
) -> None:
    with cluster(tmp_path / "kluster", preload="fleeting") as running:
        said = many.does(*through(running), run=SMALL)
        asked = running.came("asked")
    rest = many.does("ingest")

    assert asked > 0
    assert said.code == 2
    assert said.err.startswith(f"Penjadwal Dask di {running.address} tidak menjawab lagi")
    assert said.err.count("\n") == 1
    assert rest.out == serial.said.out
    assert many.rows() == serial.office.rows()


def test_what_a_worker_without_room_cannot_do_is_done_by_another(
    many: Sent, serial: Serial, tmp_path: Path
) -> None:
    with cluster(tmp_path / "kluster", 1, preload="without_reader") as running:
        running.worker(preload="slow")
        said = many.does(*through(running), run=SMALL)
        troubled, done = running.came("troubled"), running.came()

    # Dask may give one back to the same worker where the other is busy; that is done here.
    assert troubled > 0
    assert 24 - troubled < done <= 24
    assert said.out == serial.said.out
    assert said.err.count("\n") == 1
    assert "No space left on device" in said.err
    assert many.rows() == serial.office.rows()


def test_what_no_worker_can_do_is_done_here(many: Sent, serial: Serial, tmp_path: Path) -> None:
    with cluster(tmp_path / "kluster", 2, preload="without_reader") as running:
        said = many.does(*through(running), run=SMALL)

    assert (said.code, said.out) == (1, serial.said.out)
    assert said.err.count("\n") == 2
    assert many.rows() == serial.office.rows()


def test_a_chunk_that_every_worker_dies_of_is_examined_here(
    many: Sent, serial: Serial, tmp_path: Path
) -> None:
    often = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
    with cluster(tmp_path / "kluster", 0, env=often) as running:
        running.worker("--nanny", preload="dying")
        running.worker("--nanny", preload="dying")
        said = many.does(*through(running), run=SMALL)
        died = running.came("died")

    assert died > 1
    assert (said.code, said.out) == (1, serial.said.out)
    assert "KilledWorker" in said.err
    assert said.err.count("\n") == 1
    assert many.rows() == serial.office.rows()
