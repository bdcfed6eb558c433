"""List a folder in a thread of its own: whatever happens there is said for what it is."""

from __future__ import annotations

import errno
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from workbook_tools.inbox import Listing
from workbook_tools.pipeline.lister import Failed, Hanging, Lister, trouble_of

WAIT = 5.0


def looking(monkeypatch: pytest.MonkeyPatch, look: Callable[[Path], Listing]) -> Lister:
    """Give a lister that looks in another way."""
    monkeypatch.setattr("workbook_tools.pipeline.lister.look", look)
    return Lister(Path("inbox"))


def test_a_fault_of_the_program_is_carried_and_is_no_silence_of_the_share(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_: Path) -> Listing:
        raise RecursionError("terlalu dalam")

    lister = looking(monkeypatch, broken)
    for _ in range(3):
        with pytest.raises(Failed, match="RecursionError") as found:
            lister.list(wait=WAIT)
        assert isinstance(found.value.__cause__, RecursionError)
        sentence = "Gangguan pada program saat melihat inbox (RecursionError)."
        assert trouble_of(found.value) == sentence
    assert [record.getMessage() for record in caplog.records] == ["gangguan saat melihat inbox"]


def test_what_the_system_refuses_is_carried(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_: Path) -> Listing:
        raise FileNotFoundError(errno.ENOENT, "No such file or directory")

    with pytest.raises(FileNotFoundError) as found:
        looking(monkeypatch, gone).list(wait=WAIT)
    assert trouble_of(found.value) == "Folder inbox tidak terjangkau (tidak ditemukan)."


def test_a_folder_that_does_not_answer_hangs_and_gives_its_answer_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers, looks = threading.Event(), []

    def slow(_: Path) -> Listing:
        looks.append(1)
        assert answers.wait(WAIT)
        return Listing()

    lister = looking(monkeypatch, slow)
    for _ in range(2):
        with pytest.raises(Hanging) as found:
            lister.list(wait=0.02)
        assert trouble_of(found.value).startswith("Folder inbox tidak menjawab")
    answers.set()
    assert trouble_of(lister.list(wait=WAIT)) == ""
    assert looks == [1]


def test_a_bare_inbox_is_not_to_be_trusted() -> None:
    assert "terlepas" in trouble_of(Listing(is_bare=True))
