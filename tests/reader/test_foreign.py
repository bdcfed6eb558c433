"""Old and binary Excel files are read by native code, whose failures are verdicts."""

from __future__ import annotations

import pytest

from tests.reader.workbooks import verdicts
from workbook_tools.reader import foreign
from workbook_tools.reader.foreign import read_xlsb
from workbook_tools.reader.limits import Limits, ReadingRefused
from workbook_tools.reader.read import read_workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def test_a_broken_container_is_told_as_damaged() -> None:
    assert verdicts(read_workbook(OLE + bytes(2_000))) == [("B07", "isi berkas")]


def test_an_unreadable_binary_workbook_is_told_as_damaged() -> None:
    with pytest.raises(ReadingRefused) as caught:
        read_xlsb(b"PK\3\4 bukan arsip", Limits())
    assert [p.code for p in caught.value.problems] == ["B07"]


def test_a_panic_of_the_native_code_is_told_as_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        pass

    def panics(*_: object) -> None:
        raise PanicException

    monkeypatch.setattr(foreign, "_sheets", panics)
    with pytest.raises(ReadingRefused) as caught:
        read_xlsb(b"PK", Limits())
    assert [p.code for p in caught.value.problems] == ["B07"]


def test_a_wish_to_stop_is_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(foreign, "_sheets", interrupted)
    with pytest.raises(KeyboardInterrupt):
        read_xlsb(b"PK", Limits())
