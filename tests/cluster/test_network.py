"""Hosts of a network give what one machine gives, and whoever falls silent loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cluster.conftest import Serial
from tests.cluster.hosts import QUICK, cluster, through, until
from tests.cluster.network import Host, network
from tests.cluster.sent import SMALL, Sent

SILENT = {
    **QUICK,
    "DASK_DISTRIBUTED__COMM__TIMEOUTS__TCP": "12s",
    "DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL": "4s",
}
"""How soon Dask holds who is silent for gone, as soon as it allows; else 30 s or 5 min."""

pytestmark = pytest.mark.cluster

Four = tuple[Host, Host, Host, Host]


@pytest.fixture
def hosts() -> Iterator[Four]:
    """Give a host for the office, one for the scheduler and two for workers."""
    with network(4) as (office, middle, left, right):
        yield office, middle, left, right


def test_four_hosts_give_what_one_machine_gives(
    many: Sent, serial: Serial, hosts: Four, tmp_path: Path
) -> None:
    office, middle, *places = hosts
    with cluster(tmp_path / "kluster", 0, on=middle) as running:
        for place in places:
            running.worker(on=place)
        said = many.does(*through(running), on=office)

    assert running.address.startswith(f"tcp://{middle.address}:")
    assert (said.code, said.out, said.err) == (1, serial.said.out, "")
    assert many.outbox() == serial.office.outbox()
    assert many.rows() == serial.office.rows()


def test_a_worker_whose_cable_is_pulled_in_the_middle_loses_and_doubles_nothing(
    many: Sent, serial: Serial, hosts: Four, tmp_path: Path
) -> None:
    office, middle, left, right = hosts
    with cluster(tmp_path / "kluster", 0, env=SILENT, on=middle) as running:
        silent = running.worker(preload="slow", env=SILENT, on=left)
        running.worker(preload="slow", env=SILENT, on=right)
        process = many.starts(*through(running), run=SMALL, env=SILENT, on=office)
        until(lambda: running.came() >= 4, "both must begin")
        left.unplug(silent)
        out, err = process.communicate(timeout=100)

    assert (process.returncode, out, err) == (1, serial.said.out, "")
    assert many.outbox() == serial.office.outbox()
    assert many.rows() == serial.office.rows()


def test_a_scheduler_whose_cable_is_pulled_is_one_sentence_and_nothing_is_lost(
    many: Sent, serial: Serial, hosts: Four, tmp_path: Path
) -> None:
    office, middle, left, _ = hosts
    with cluster(tmp_path / "kluster", 0, env=SILENT, on=middle) as running:
        running.worker(preload="slow", env=SILENT, on=left)
        process = many.starts(*through(running), run=SMALL, env=SILENT, on=office)
        until(lambda: running.came() >= 4, "some must be done")
        middle.unplug(running.scheduler)
        _, err = process.communicate(timeout=100)
    rest = many.does("ingest")

    assert process.returncode == 2
    assert err.startswith(f"Penjadwal Dask di {running.address} tidak menjawab lagi")
    assert err.count("\n") == 1
    assert rest.code == 1
    assert many.outbox() == serial.office.outbox()
    assert many.rows() == serial.office.rows()
