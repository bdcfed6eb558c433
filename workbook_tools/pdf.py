"""Turn workbooks into PDF by driving LibreOffice, wherever this computer has it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from workbook_tools.errors import OperatorError

SECONDS = 120.0
_SECONDS_TO_END = 10.0
_NAMES = ("soffice", "libreoffice")
_PLACES: dict[str, tuple[str, ...]] = {
    "win32": (
        # soffice.com waits until the work is done; soffice.exe returns at once.
        r"%ProgramFiles%\LibreOffice*\program\soffice.com",
        r"%ProgramFiles(x86)%\LibreOffice*\program\soffice.com",
        r"%LOCALAPPDATA%\Programs\LibreOffice*\program\soffice.com",
    ),
    "darwin": (
        "/Applications/LibreOffice*.app/Contents/MacOS/soffice",
        "~/Applications/LibreOffice*.app/Contents/MacOS/soffice",
    ),
    "linux": (
        "/usr/lib/libreoffice/program/soffice",
        "/usr/lib64/libreoffice/program/soffice",
        "/opt/libreoffice*/program/soffice",
        "/usr/local/bin/soffice",
        "/snap/bin/libreoffice",
    ),
}


class NoOffice(OperatorError):
    """No LibreOffice can be found on this computer."""


class PrintFailed(OperatorError):
    """LibreOffice took too long, or ended without a PDF."""


def find_office(platform: str = sys.platform) -> Path:
    """Find LibreOffice in PATH or in its usual places; NoOffice says how to get it."""
    names = ("soffice.com",) if platform == "win32" else _NAMES
    for name in names:
        if found := shutil.which(name):
            return Path(found)
    for place in _PLACES.get(platform, _PLACES["linux"]):
        if newest := max(_matching(place), default=None):
            return newest
    raise NoOffice(
        "LibreOffice tidak ditemukan di komputer ini, jadi PDF tidak dapat dibuat. Pasang "
        "LibreOffice (gratis, dari libreoffice.org), lalu ulangi perintah ini; atau buka buku "
        "kerjanya di Excel dan simpan sebagai PDF dari sana."
    )


def _matching(place: str) -> Iterator[Path]:
    """Give the files that a place names, its variables and stars filled in."""
    path = Path(os.path.expandvars(place)).expanduser()
    if not path.is_absolute():
        return  # a variable that this computer does not have
    pattern = path.relative_to(path.anchor).as_posix()
    with suppress(OSError):
        yield from (found for found in Path(path.anchor).glob(pattern) if found.is_file())


@dataclass(frozen=True, slots=True)
class Printer:
    """A LibreOffice with a profile of its own, so that one in use is not disturbed."""

    program: Path
    folder: Path
    seconds: float

    def print_workbook(self, data: bytes) -> bytes:
        """Give the PDF of a workbook, its print areas as set; PrintFailed where none came.

        LibreOffice gets a copy under a plain name: no name of a file troubles it, and no
        lock file of it appears beside the original.
        """
        source = self.folder / "sumber.xlsx"
        target = source.with_suffix(".pdf")
        target.unlink(missing_ok=True)
        source.write_bytes(data)
        self._run(
            [
                str(self.program),
                f"-env:UserInstallation={(self.folder / 'profil').as_uri()}",
                *("--headless", "--norestore", "--nologo", "--nodefault"),
                *("--convert-to", "pdf:calc_pdf_Export", "--outdir", str(self.folder)),
                str(source),
            ]
        )
        try:
            printed = target.read_bytes()
        except FileNotFoundError:
            printed = b""
        if not printed.startswith(b"%PDF-"):
            raise PrintFailed("LibreOffice selesai tanpa menghasilkan PDF")
        return printed

    def _run(self, command: Sequence[str]) -> None:
        process = subprocess.Popen(  # noqa: S603 - the program that was found, and our own files
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self.folder,
            start_new_session=os.name != "nt",
        )
        try:
            process.wait(self.seconds)
        except subprocess.TimeoutExpired:
            raise PrintFailed(
                f"LibreOffice tidak selesai dalam {self.seconds:.0f} detik dan dihentikan"
            ) from None
        finally:
            _end(process)


@contextmanager
def open_printer(seconds: float = SECONDS) -> Iterator[Printer]:
    """Open a printer for one command; its folder and profile go when it closes."""
    program = find_office()
    with tempfile.TemporaryDirectory(prefix="cetak-", ignore_cleanup_errors=True) as folder:
        yield Printer(program, Path(folder), seconds)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and those it started, wherever it still runs."""
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(  # noqa: S603 - ends our own process with its children
                ["taskkill", "/T", "/F", "/PID", str(process.pid)],  # noqa: S607
                check=False,
                capture_output=True,
            )
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    with suppress(subprocess.TimeoutExpired):
        process.wait(_SECONDS_TO_END)
