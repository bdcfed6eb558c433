"""Preloaded by a worker that does its errand and dies when it is asked for the answer."""

from __future__ import annotations

import os

from distributed import Worker

from tests.cluster.telling import tell


async def fleeting(_self: Worker, *_: object, **__: object) -> None:
    """Be gone before the answer is."""
    tell("asked")
    os._exit(1)


Worker.get_data = fleeting  # type: ignore[method-assign] # the fault
