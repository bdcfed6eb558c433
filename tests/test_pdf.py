"""Drive a LibreOffice: find it, bound it, end it; the real one prints in the marked tests."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import time
from pathlib import Path

import pytest

from workbook_tools import pdf
from workbook_tools.pdf import NoOffice, Printer, PrintFailed, find_office, open_printer

only_posix = pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")


def stand_in(folder: Path, body: str, *, name: str = "soffice") -> Path:
    """Put a program in the place of LibreOffice; `$out` is where its PDF belongs."""
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / name
    program.write_text(f'#!/bin/sh\nfor last; do :; done\nout="${{last%.xlsx}}.pdf"\n{body}\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program


def printer(tmp_path: Path, body: str, *, seconds: float = 20) -> Printer:
    folder = tmp_path / "nama dengan spasi"
    folder.mkdir()
    return Printer(stand_in(tmp_path / "bin", body), folder, seconds)


@only_posix
def test_a_printed_workbook_comes_back_as_its_pdf(tmp_path: Path) -> None:
    office = printer(tmp_path, 'printf "%%PDF-" > "$out"; cat "$last" >> "$out"')
    assert office.print_workbook(b"isi") == b"%PDF-isi"


@only_posix
@pytest.mark.parametrize("body", ["true", 'echo salah > "$out"', "exit 3"])
def test_an_office_that_prints_nothing_is_told(tmp_path: Path, body: str) -> None:
    with pytest.raises(PrintFailed, match="tanpa menghasilkan PDF"):
        printer(tmp_path, body).print_workbook(b"isi")


@only_posix
def test_the_pdf_of_an_earlier_workbook_is_never_taken_for_the_next(tmp_path: Path) -> None:
    office = printer(tmp_path, 'test -e "$0.2" || printf "%%PDF-1" > "$out"; touch "$0.2"')
    assert office.print_workbook(b"satu") == b"%PDF-1"
    with pytest.raises(PrintFailed):
        office.print_workbook(b"dua")


@only_posix
def test_an_office_that_hangs_is_ended_with_its_children(tmp_path: Path) -> None:
    office = printer(tmp_path, 'sleep 300 & echo $! > "$0.anak"; wait', seconds=1)
    started = time.monotonic()
    with pytest.raises(PrintFailed, match="tidak selesai dalam 1 detik dan dihentikan"):
        office.print_workbook(b"isi")
    assert time.monotonic() - started < 15
    child = int((tmp_path / "bin" / "soffice.anak").read_text())
    assert not is_running(child)


def is_running(process: int) -> bool:
    """Tell whether a process still works; one that only waits to be reaped does not."""
    said = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False
    ).stdout.strip()
    return said != "" and not said.startswith("Z")


@only_posix
def test_the_office_in_path_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = stand_in(tmp_path / "bin", "true", name="libreoffice")
    monkeypatch.setenv("PATH", str(program.parent))
    assert find_office() == program


def nowhere(monkeypatch: pytest.MonkeyPatch, *, platform: str, place: str = "") -> None:
    """Leave an empty PATH and one place to look at."""
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    monkeypatch.setattr(pdf, "_PLACES", {"linux": (), platform: (place,) if place else ()})


def test_the_newest_in_the_usual_places_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for version in ("7", "24"):
        folder = tmp_path / "Program Files" / f"LibreOffice {version}" / "program"
        folder.mkdir(parents=True)
        (folder / "soffice.com").write_bytes(b"")
    monkeypatch.setenv("TEMPAT", str(tmp_path / "Program Files"))
    nowhere(monkeypatch, platform="win32", place="$TEMPAT/LibreOffice*/program/soffice.com")
    assert find_office("win32").name == "soffice.com"


@pytest.mark.parametrize("platform", ["win32", "darwin", "linux"])
def test_a_computer_without_office_is_told_what_to_do(
    monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    nowhere(monkeypatch, platform=platform, place="$TIDAK_ADA/soffice")
    with pytest.raises(NoOffice, match="Pasang LibreOffice"):
        find_office(platform)


@only_posix
def test_nothing_is_left_of_a_printer_that_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(stand_in(tmp_path / "bin", "true").parent))
    with open_printer() as office:
        assert office.folder.is_dir()
    assert not office.folder.exists()
