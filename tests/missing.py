"""Turn an installed library into one that is missing, for as long as a test asks."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest


@contextmanager
def without(*names: str) -> Iterator[None]:
    """Let imports of libraries fail as where they are not installed."""
    with pytest.MonkeyPatch.context() as patched:
        for loaded in list(sys.modules):
            if loaded.partition(".")[0] in names:
                patched.delitem(sys.modules, loaded)
        for name in names:
            patched.setitem(sys.modules, name, None)
        yield
