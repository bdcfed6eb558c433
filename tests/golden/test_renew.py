"""Hold the command that renews: it says what changed, and nothing where nothing did."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tests.golden import album, copies, renew
from tests.golden.play import Played
from tests.golden.prints import Print

WORKS = {"catatan.txt": b"satu\ndua\n", "tanda-terima.txt": b"terima\n"}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let an office write two texts and one page, and keep the copies elsewhere."""
    monkeypatch.setattr(renew, "play", lambda _root: Played(WORKS, {}))
    for module in (copies, renew):
        monkeypatch.setattr(module, "MADE_WITH", tmp_path / "made-with.txt")
    monkeypatch.setattr(copies, "FOLDER", tmp_path)
    monkeypatch.setattr(album, "FOLDER", tmp_path / "pictures")
    monkeypatch.setattr(album, "LIST", tmp_path / "pictures" / "pages.json")
    monkeypatch.setattr(album, "charts", lambda _played: [])
    monkeypatch.setattr(album, "boards", lambda _played, _folder: [])
    draws(monkeypatch, "navy")
    has_office(monkeypatch, "7.4.7")
    return tmp_path


def draws(monkeypatch: pytest.MonkeyPatch, colour: str) -> None:
    page = Print(Image.new("RGB", (60, 60), colour), 1)
    monkeypatch.setattr(album, "sheets", lambda _played, _folder: [("lembar", page)])


def has_office(monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    for module in (album, renew):
        monkeypatch.setattr(module, "programs", lambda: {"LibreOffice": version})


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    assert renew.main(list(arguments)) == 0
    return capsys.readouterr().out.splitlines()


def test_what_is_new_is_said_and_kept(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys) == [
        "catatan.txt: a new part, 2 lines",
        "tanda-terima.txt: a new part, 1 lines",
        "picture lembar: a new picture",
    ]
    assert (folder / "catatan.txt.txt").read_text("utf-8") == "satu\ndua\n"
    assert (folder / "pictures" / "lembar.png").exists()


def test_where_nothing_changed_nothing_is_said_or_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys)
    before = {p: p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file()}
    assert said(capsys) == []
    assert {p: p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file()} == before


def test_what_changed_and_went_is_said(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said(capsys)
    monkeypatch.setattr(renew, "play", lambda _root: Played({"catatan.txt": b"satu\ntiga\n"}, {}))
    draws(monkeypatch, "white")
    lines = said(capsys)
    assert lines[:2] == ["catatan.txt › line 2: dua → tiga", "tanda-terima.txt: the part is gone"]
    assert lines[2].startswith("picture lembar: 25 squares differ by up to ")
    assert not (folder / "tanda-terima.txt.txt").exists()
    assert said(capsys) == []


def test_pictures_of_another_version_are_left_unless_asked_for(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said(capsys)
    kept = (folder / "pictures" / "lembar.png").read_bytes()
    has_office(monkeypatch, "25.2.1")
    draws(monkeypatch, "white")
    (line,) = said(capsys)
    assert line.startswith("Pictures left as they are: made with {'LibreOffice': '7.4.7'}")
    assert (folder / "pictures" / "lembar.png").read_bytes() == kept
    assert len(said(capsys, "--any-version")) == 1
    assert (folder / "pictures" / "lembar.png").read_bytes() != kept


def test_the_copies_alone_need_no_office(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(renew, "programs")
    assert len(said(capsys, "--copies")) == 2
