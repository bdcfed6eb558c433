"""Show a person how far long work has come: a bar on a terminal, plain lines in a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from workbook_tools.pipeline.progress import Progress, Step, Work, silent

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

PATIENCE = 0.5  # seconds of work before a bar appears: what is done sooner needs none
EVERY = 5.0  # seconds between two lines in a log

Clock = Callable[[], float]


def progress_for(stream: TextIO | None = None, *, is_json: bool) -> Progress:
    """Choose how to show progress on a stream (standard error); not at all beside JSON."""
    told = stream or sys.stderr  # a service has none
    if is_json or told is None:
        return silent
    return bars(told) if told.isatty() else lines(told)


def lines(stream: TextIO, *, clock: Clock = time.monotonic) -> Progress:
    """Write a line every few seconds, such as "Memeriksa kiriman: 200 dari 964 (21 %)."."""

    @contextmanager
    def work(what: Work, total: int) -> Iterator[Step]:
        done, said = 0, clock()
        has_spoken = False

        def say() -> None:
            stream.write(f"{what}: {done} dari {total} ({done * 100 // max(total, 1)} %).\n")
            stream.flush()

        def step() -> None:
            nonlocal done, said, has_spoken
            done += 1
            if clock() - said >= EVERY:
                said, has_spoken = clock(), True
                say()

        yield step
        if has_spoken:
            say()

    return work


def bars(stream: TextIO, *, clock: Clock = time.monotonic) -> Progress:
    """Draw a bar that goes when the work is done; work that is done at once gets none."""

    @contextmanager
    def work(what: Work, total: int) -> Iterator[Step]:
        began, done = clock(), 0
        bar: Bar | None = None

        def step() -> None:
            nonlocal bar, done
            done += 1
            if bar is None and clock() - began >= PATIENCE:
                bar = _bar(stream)
                bar.add_task(what, total=total)
                bar.start()
            if bar is not None:
                bar.update(bar.task_ids[0], completed=done)

        try:
            yield step
        finally:
            if bar is not None:
                bar.stop()

    return work


def _bar(stream: TextIO) -> Bar:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.progress import (
        Progress as RichProgress,
    )

    return RichProgress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(separator=" dari "),
        TextColumn("sisa waktu"),
        TimeRemainingColumn(),
        console=Console(file=stream, force_terminal=True),
        transient=True,
    )
