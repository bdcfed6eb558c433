"""Say once where the corpus of foreign workbooks is looked for, and when it is absent."""

from __future__ import annotations

from pathlib import Path

import pytest

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"

collect_ignore = [] if CORPUS.is_dir() else ["test_read_corpus.py"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line that the corpus was not read."""
    if collect_ignore:
        terminalreporter.write_line("Left out: the corpus of foreign workbooks is not here.")
