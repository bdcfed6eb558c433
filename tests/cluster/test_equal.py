"""What comes out of a cluster is what one machine alone makes of the same returns."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cluster.certificates import certified
from tests.cluster.conftest import Serial
from tests.cluster.hosts import cluster, until
from tests.cluster.sent import RETURNS, SMALL, Sent
from tests.shell import tree

pytestmark = pytest.mark.cluster


def test_outputs_rows_and_answer_are_those_of_a_serial_run(
    many: Sent, serial: Serial, tmp_path: Path
) -> None:
    with cluster(tmp_path / "kluster") as running:
        running.worker(threads=2)
        said = many.does("ingest", "--engine", "dask", "--scheduler", running.address)

    assert (said.code, said.err) == (1, "")
    assert said.out == serial.said.out
    assert len(said.rows("arrivals")) > RETURNS
    assert many.outbox() == serial.office.outbox()
    assert many.rows() == serial.office.rows()
    assert tree(many.root / ".state" / "arsip") == tree(serial.office.root / ".state" / "arsip")


def test_the_order_of_arrival_stays_where_a_slow_worker_answers_last(
    many: Sent, serial: Serial, tmp_path: Path
) -> None:
    with cluster(tmp_path / "kluster") as running:
        running.worker(preload="slow")
        arguments = ("ingest", "--engine", "dask", "--scheduler", running.address)
        said = many.does(*arguments, run=SMALL)
        slow = running.came()

    assert slow > 0
    assert said.out == serial.said.out
    assert many.rows() == serial.office.rows()


def test_the_workers_have_no_more_errands_than_four_for_each_thread_and_four(
    many: Sent, serial: Serial, tmp_path: Path
) -> None:
    with cluster(tmp_path / "kluster", 0, scheduler_preload="peak") as running:
        running.worker(preload="slow", threads=2)
        arguments = ("ingest", "--engine", "dask", "--scheduler", running.address)
        said = many.does(*arguments, run=SMALL)
        peak = int((running.folder / "peak").read_text())

    assert said.out == serial.said.out
    assert 4 < peak <= 4 * 2 + 4


def test_files_that_are_named_are_read_on_the_cluster_too(
    many: Sent, stock: Sent, tmp_path: Path
) -> None:
    alone = stock.copied(tmp_path / "sendiri")
    with cluster(tmp_path / "kluster", 0) as running:
        running.worker(preload="slow")
        files = many.outside()
        arguments = ("ingest", "--engine", "dask", "--scheduler", running.address)
        said = many.does(*arguments, *files)
        came = running.came()

    told = alone.does("ingest", *alone.outside())
    assert came == 1
    assert [row["status"] for row in said.rows("arrivals")] == [
        row["status"] for row in told.rows("arrivals")
    ]
    assert many.outbox() == alone.outbox()


def test_a_rebuild_on_a_cluster_makes_the_same_ledger_and_outputs(
    serial: Serial, tmp_path: Path
) -> None:
    many = serial.office.copied(tmp_path / "kantor")
    rows, outbox = many.rows(), many.outbox()
    with cluster(tmp_path / "kluster", 1, preload="slow") as running:
        said = many.does("rebuild", "--engine", "dask", "--scheduler", running.address)
        came = running.came()

    assert (said.code, said.err) == (0, "")
    assert came > 0
    assert many.rows()["value"] == rows["value"]
    assert many.outbox() == outbox


def test_nothing_but_the_answer_and_errors_is_said_while_workers_come_and_go(
    many: Sent, serial: Serial, tmp_path: Path
) -> None:
    with cluster(tmp_path / "kluster", 1, preload="slow") as running:
        process = many.starts(
            "ingest", "--engine", "dask", "--scheduler", running.address, run=SMALL
        )
        until(lambda: running.came() > 0, "the worker must begin")
        running.worker()
        out, err = process.communicate(timeout=100)

    assert (out, err) == (serial.said.out, "")


def test_a_cluster_behind_certificates_is_one_for_who_has_them(
    many: Sent, serial: Serial, tmp_path: Path
) -> None:
    settings = certified(tmp_path / "sertifikat")
    with cluster(tmp_path / "kluster", 1, env=settings, protocol="tls") as running:
        arguments = ("ingest", "--engine", "dask", "--scheduler", running.address)
        stranger, said = many.does(*arguments), many.does(*arguments, env=settings)

    assert running.address.startswith("tls://")
    assert (stranger.code, stranger.out) == (2, "")
    assert stranger.err.startswith(f"Penjadwal Dask di {running.address} tidak dapat dihubungi.")
    assert (said.out, said.err) == (serial.said.out, "")
