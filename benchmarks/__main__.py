"""Measure every wanted ratio in one run: `python run.py bench [--large | --cluster]`."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import cluster, inside, watching
from benchmarks.office import open_office
from benchmarks.plot import draw
from benchmarks.results import Results, Row, Step, as_markdown, write
from benchmarks.wanted import GROWTH, MEMORY
from benchmarks.whole import all_rows, dropped, help_row, ingest, one_row, yardsticks

FOLDER = Path(__file__).parent / "results"
RETURNS = 1_000
USUAL, LARGE = (100,), (100, 10_000, 30_000)
"""The steps of growth beside that of RETURNS."""


def main() -> None:
    """Measure, print the table, and write it beside earlier ones."""
    asked = argparse.ArgumentParser(prog="run.py bench", description=__doc__)
    which = asked.add_mutually_exclusive_group()
    which.add_argument("--large", action="store_true", help="up to 30,000 returns; takes long")
    which.add_argument("--cluster", action="store_true", help="only workers of a Dask cluster")
    asked.add_argument("--returns", type=int, default=RETURNS, help="returns to compare over")
    asked.add_argument("--seed", type=int, default=2020, help="of the invented figures")
    asked.add_argument(
        "--out",
        type=Path,
        default=FOLDER,
        help="folder of the results; those of the same day and number are replaced",
    )
    given = asked.parse_args()
    if given.cluster:
        with_workers(given.out, returns=given.returns, seed=given.seed)
        return
    with scratch() as folder:
        results = measure(
            folder, returns=given.returns, seed=given.seed, steps=LARGE if given.large else USUAL
        )
    for path in write(results, given.out, plot=draw(results.growth)):
        sys.stdout.write(f"{path}\n")
    sys.stdout.write(as_markdown(results, plot=None))


def told(stage: str) -> None:
    """Tell whoever waits what is being measured now."""
    sys.stderr.write(f"{datetime.now(UTC):%H:%M:%S} UTC  {stage}\n")
    sys.stderr.flush()


def with_workers(out: Path, *, returns: int, seed: int) -> None:
    """Measure a Dask cluster, print the tables, and write them beside earlier ones."""
    told(f"{returns:,} returns on a Dask cluster")
    with scratch() as folder:
        measured = cluster.measure(folder, returns=returns, seed=seed)
    day = datetime.now(UTC).date()
    for path in cluster.write(measured, out, day=day, seed=seed):
        sys.stdout.write(f"{path}\n")
    sys.stdout.write(cluster.as_markdown(measured, day=day, seed=seed))


@contextmanager
def scratch() -> Iterator[Path]:
    """Give a folder that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def measure(folder: Path, *, returns: int, seed: int, steps: tuple[int, ...]) -> Results:
    """Measure every row over one office, then the growth over others."""
    told(f"making {returns:,} returns")
    office = open_office(folder / "kantor", returns, seed=seed)
    told("the help, reading one return, validating a batch")
    rows: list[Row] = [help_row(), *inside.rows(office)]
    root = dropped(office, folder / "semua")
    told("what people use today")
    theirs = yardsticks(root / "inbox", folder)
    told("ingest of all returns, then of one that changed")
    ours = ingest(root)
    rows += all_rows(ours, theirs)
    rows.append(one_row(office, root, theirs))
    told("a watcher")
    rows += watching.rows(office, root, theirs)
    shutil.rmtree(root)
    growth = sorted(
        [Step(returns, ours.seconds, ours.peak), *(grown(folder, step, seed) for step in steps)],
        key=lambda step: step.returns,
    )
    rows += growth_rows(growth, returns)
    return Results(datetime.now(UTC).date(), seed, returns, tuple(rows), tuple(growth))


def grown(folder: Path, returns: int, seed: int) -> Step:
    """Take in the returns of another office."""
    told(f"making and taking in {returns:,} returns")
    office = open_office(folder / f"kantor-{returns}", returns, seed=seed)
    root = dropped(office, folder / f"semua-{returns}")
    ours = ingest(root)
    shutil.rmtree(root)
    shutil.rmtree(office.workspace.root)
    return Step(returns, ours.seconds, ours.peak)


def growth_rows(growth: list[Step], returns: int) -> tuple[Row, ...]:
    """Compare the most returns with the usual number; nothing where there are no more."""
    usual = next(step for step in growth if step.returns == returns)
    most = growth[-1]
    if most is usual:
        return ()
    return (
        Row(
            GROWTH,
            (most.seconds / most.returns) / (usual.seconds / usual.returns),
            f"{most.returns:,}: {most.seconds:.2f} s",
            f"{usual.returns:,}: {usual.seconds:.2f} s",
        ),
        Row(
            MEMORY,
            most.peak / usual.peak,
            f"{most.returns:,}: {most.peak / 1e6:.0f} MB",
            f"{usual.returns:,}: {usual.peak / 1e6:.0f} MB",
        ),
    )


if __name__ == "__main__":
    main()
