"""Preloaded by a scheduler that keeps how many errands it had at most."""

from __future__ import annotations

import os
from pathlib import Path

from distributed import Scheduler
from distributed.diagnostics.plugin import SchedulerPlugin


class Peak(SchedulerPlugin):
    """Writes the most errands that were ever there at once into a file."""

    def __init__(self, scheduler: Scheduler) -> None:
        self.scheduler = scheduler
        self.most = 0

    def transition(self, *_: object, **__: object) -> None:
        """Count what is there, whenever the state of anything has changed."""
        there = sum(1 for task in self.scheduler.tasks.values() if task.state != "forgotten")
        if there > self.most:
            self.most = there
            Path(os.environ["WORKBOOK_TOOLS_TOLD"], "peak").write_text(str(there))


def dask_setup(scheduler: Scheduler) -> None:
    """Begin to watch the scheduler."""
    scheduler.add_plugin(Peak(scheduler))
