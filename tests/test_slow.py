"""Tell what is waited for where it takes long, and nothing where it does not."""

from __future__ import annotations

import logging
import threading
import time
from functools import partial

import pytest
from filelock import FileLock

from tests.shell import Office
from workbook_tools.slow import told_if_slow


def test_what_takes_long_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING), told_if_slow("Ditunggu.", after=0.01):
        time.sleep(0.2)
    assert [record.getMessage() for record in caplog.records] == ["Ditunggu."]


def test_what_is_done_soon_is_not_told(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING), told_if_slow("Ditunggu.", after=0.2):
        pass
    time.sleep(0.4)
    assert caplog.records == []


def test_a_command_tells_that_it_waits_for_another(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    soon = partial(told_if_slow, after=0.05)
    monkeypatch.setattr("workbook_tools.pipeline.session.told_if_slow", soon)
    lock = FileLock(office.workspace.state / "kerja.lock", thread_local=False)
    lock.acquire()
    ending = threading.Timer(0.6, lock.release)
    ending.start()
    with caplog.at_level(logging.WARNING):
        said = office.says("verify")
    ending.join()
    assert said.code == 0
    assert [record.getMessage() for record in caplog.records] == [
        "Ruang kerja ini sedang dikerjakan oleh proses lain; ditunggu sampai selesai, paling lama "
        "120 detik."
    ]
