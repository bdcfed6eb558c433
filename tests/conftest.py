"""Turn the marks of tests into what runs by default, and say what does not."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Generator

import pytest
from hypothesis import settings

from tests.shell import office, template_office

__all__ = ["office", "template_office"]

ALL_TESTS = "WORKBOOK_TOOLS_ALL_TESTS"
MARKS = {
    "browser": "opens pages in Chromium",
    "cluster": "starts a Dask cluster",
    "office": "asks LibreOffice",
    "slow": "takes longer",
    "kill": "kills processes, fails system calls",
    "postgres": "starts a PostgreSQL server",
    "share": "mounts a share",
}
SAID = "said"
"""The property under which a test records a line that must be read although it passed."""

_left_out = pytest.StashKey[Counter[str]]()

settings.register_profile("house", deadline=None)
settings.load_profile("house")


def everything_runs() -> bool:
    """Tell whether all tests were asked for, so that a skip is a failure."""
    return os.environ.get(ALL_TESTS, "0") not in {"", "0"}


def _mark_of(item: pytest.Item) -> str | None:
    return next((mark for mark in MARKS if item.get_closest_marker(mark)), None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the fast tests first and leave the marked ones out unless they were asked for."""
    items.sort(key=lambda item: _mark_of(item) is not None)
    if everything_runs() or config.getoption("markexpr"):
        return
    marked = [item for item in items if _mark_of(item)]
    config.stash[_left_out] = Counter(mark for item in marked if (mark := _mark_of(item)))
    config.hook.pytest_deselected(items=marked)
    items[:] = [item for item in items if not _mark_of(item)]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand what a worker process left out to the one that reports."""
    worker = getattr(session.config, "workeroutput", None)
    if worker is not None:
        left_out: Counter[str] = session.config.stash.get(_left_out, Counter())
        worker["left_out"] = dict(left_out)


class _Reporter:
    """Hears from the worker processes, where there are any."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: object) -> None:
        """Take over what a worker left out; each has collected everything."""
        left_out = getattr(node, "workeroutput", {}).get("left_out", {})
        self._config.stash[_left_out] = Counter(left_out)


def pytest_configure(config: pytest.Config) -> None:
    """Listen to worker processes."""
    config.pluginmanager.register(_Reporter(config))


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say in one line each what tests had to say, and what was left out and how to run it."""
    for report in terminalreporter.getreports("passed"):
        for line in (value for name, value in report.user_properties if name == SAID):
            terminalreporter.write_line(str(line))
    left_out = config.stash.get(_left_out, Counter())
    if left_out:
        what = ", ".join(f"{count} {mark} ({MARKS[mark]})" for mark, count in left_out.items())
        terminalreporter.write_line(f"Left out: {what}. Set {ALL_TESTS}=1 to run them too.")


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if everything_runs() and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{ALL_TESTS} is set, so nothing may be skipped. {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure when everything was asked for."""
    report = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turn a skipped module into a failure when everything was asked for."""
    report = yield
    _refuse_skip(report)
    return report
