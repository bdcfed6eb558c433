"""Turn a wish for a Dask cluster into a scheduler and workers, each a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.cluster.network import HERE, Host

ROOT = Path(__file__).parents[2]
SOON = 60.0
PATIENCE = "3s"  # for whoever does not answer; Dask's own setting is longer
QUICK = {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": PATIENCE}

Process = subprocess.Popen[bytes]


def until(happened: Callable[[], bool], what: str) -> None:
    """Wait until something happens that must happen soon."""
    given_up = time.monotonic() + SOON
    while not happened():
        assert time.monotonic() < given_up, what
        time.sleep(0.02)


@dataclass(slots=True)
class Cluster:
    """A scheduler and its workers; what they say goes into files of the folder."""

    folder: Path
    address: str
    scheduler: Process
    workers: list[Process] = field(default_factory=list)

    def worker(
        self,
        *options: str,
        preload: str | None = None,
        env: Mapping[str, str] | None = None,
        threads: int = 1,
        on: Host = HERE,
    ) -> Process:
        """Start one more worker; `preload` is a module of this folder that changes it."""
        process = started(
            self.folder,
            f"worker-{len(self.workers)}",
            "distributed.cli.dask_worker",
            self.address,
            *("--nthreads", str(threads), "--local-directory", str(self.folder)),
            *(options or ("--no-nanny",)),
            *(() if preload is None else ("--preload", f"tests.cluster.{preload}")),
            env=env,
            on=on,
        )
        self.workers.append(process)
        return process

    def came(self, name: str = "begun") -> int:
        """Count the errands that changed workers have told of."""
        return sum(1 for _ in self.folder.glob(f"{name}-*"))


def through(running: Cluster) -> tuple[str, ...]:
    """Give the arguments that let a cluster examine."""
    return ("ingest", "--engine", "dask", "--scheduler", running.address)


@contextmanager
def cluster(
    folder: Path,
    workers: int = 2,
    *,
    preload: str | None = None,
    scheduler_preload: str | None = None,
    env: Mapping[str, str] | None = None,
    protocol: str = "tcp",
    on: Host = HERE,
) -> Iterator[Cluster]:
    """Run a scheduler with workers on free ports of a host; all are gone afterwards."""
    folder.mkdir()
    told = folder / "scheduler.json"
    scheduler = started(
        folder,
        "scheduler",
        "distributed.cli.dask_scheduler",
        *("--host", f"{protocol}://{on.address}", "--port", "0", "--scheduler-file", str(told)),
        *(() if scheduler_preload is None else ("--preload", f"tests.cluster.{scheduler_preload}")),
        env=env,
        on=on,
    )
    running: Cluster | None = None
    try:
        until(lambda: told.is_file() and told.stat().st_size > 0, "the scheduler must come up")
        running = Cluster(folder, json.loads(told.read_text())["address"], scheduler)
        for _ in range(workers):
            running.worker(preload=preload, env=env, on=on)
        yield running
    finally:
        for process in (*(() if running is None else running.workers), scheduler):
            end(process)


def started(
    folder: Path,
    name: str,
    module: str,
    *arguments: str,
    env: Mapping[str, str] | None = None,
    on: Host = HERE,
) -> Process:
    """Start a part of the cluster on a host, in a group of its own with whatever it starts."""
    said = (folder / f"{name}.txt").open("wb")
    paths = [*((env or {}).get("PYTHONPATH", "").split(os.pathsep)), str(ROOT)]
    told = {"WORKBOOK_TOOLS_TOLD": str(folder), "DASK_DISTRIBUTED__DASHBOARD__LINK": ""}
    with said:
        return subprocess.Popen(
            [*on.within, sys.executable, "-m", module, "--no-dashboard", *arguments],
            env={
                **os.environ,
                **told,
                **(env or {}),
                "PYTHONPATH": os.pathsep.join(filter(None, paths)),
            },
            stdout=said,
            stderr=said,
            start_new_session=True,
        )


def end(process: Process) -> None:
    """Kill a part of the cluster with whatever it has started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
