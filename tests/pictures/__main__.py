"""Make every picture of docs/gambar anew: `.venv/bin/python -m tests.pictures`.

The figures in the pictures are the demo's and the story's: invented. LibreOffice, Chromium
and poppler must be there, as for the tests that ask for them.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from tests.browser import opened
from tests.pictures.midway import play_halfway
from tests.pictures.pages import FOLDERS_WIDTH, board, notepad
from tests.pictures.shots import SheetView, Studio, small, without_foot
from tests.pictures.story import FORM, UNIT, Story, play
from workbook_tools.demo import run_demo
from workbook_tools.demo.round import YEAR

FOLDER = Path(__file__).parents[2] / "docs" / "gambar"
MOST_EACH, MOST_ALL = 150_000, 1_500_000  # bytes


@dataclass(frozen=True, slots=True)
class Places:
    """Where what is shown lies."""

    story: Story
    demo: Path
    scratch: Path

    @property
    def master(self) -> Path:
        """Give the demo's master."""
        return self.demo / "outbox" / "master" / f"IKU-IKI-{YEAR}.xlsx"


def sheets(places: Places) -> dict[str, tuple[Path, SheetView]]:
    """Name each picture of a sheet, with the workbook and what of it is shown."""
    story, master = places.story, places.master
    register = places.demo / "templates" / "registri.xlsx"
    return {
        "formulir": (story.form, SheetView("Isian", "A1:P15", dpi=130, headings=True)),
        "formulir-angka": (story.filled, SheetView("Isian", "A1:K15", dpi=110, headings=True)),
        "formulir-teks": (story.filled, SheetView("Isian", "H7:P15", dpi=110, headings=True)),
        "catatan": (story.correction, SheetView("Catatan", "A1:F9", dpi=110, headings=True)),
        "perbaikan": (story.correction, SheetView("Isian", "A1:K15", dpi=110, headings=True)),
        "registri": (register, SheetView("Target", "A127:F137", dpi=100, headings=True)),
        "induk": (master, SheetView("Ringkasan", dpi=115)),
        "induk-jabatan": (master, SheetView(UNIT, dpi=120)),
        "induk-pengiriman": (master, SheetView("Pengiriman", dpi=100, tallest=500)),
        "induk-anomali": (master, SheetView("Anomali", dpi=105, tallest=520)),
    }


def folders() -> str:
    """Show the folders that a unit sees, as the program makes them."""
    return "\n".join(
        (
            "inbox",
            f"└─ {UNIT}          ← taruh formulir yang sudah diisi di sini",
            "outbox",
            f"└─ {UNIT}",
            f"   ├─ formulir       ← formulir baru: {FORM}",
            "   ├─ tanda-terima   ← jawaban bila kiriman diterima",
            "   └─ ditolak        ← catatan dan berkas perbaikan bila ada yang keliru",
        )
    )


def texts(story: Story) -> dict[str, tuple[str, str]]:
    """Name each picture of a text, with its title and the text."""
    return {
        name: (path.name, path.read_text("utf-8-sig").rstrip())
        for name, path in (("catatan-teks", story.note), ("tanda-terima", story.receipt))
    }


def pictures(places: Places) -> Iterator[tuple[str, Image.Image]]:
    """Draw one picture after another."""
    studio = Studio(places.scratch / "kantor")
    for name, (path, view) in sheets(places).items():
        yield name, without_foot(studio.draw(path.read_bytes(), view))
    page = play_halfway(places.demo)
    with opened() as browser:
        for name, (title, text) in texts(places.story).items():
            yield name, notepad(browser, places.scratch, title=title, text=text)
        told = folders()
        yield (
            "folder",
            notepad(
                browser, places.scratch, title="Folder bersama", text=told, width=FOLDERS_WIDTH
            ),
        )
        yield "papan", board(browser, page, is_phone=False)
        yield "papan-hp", board(browser, page, is_phone=True)


def main() -> int:
    """Make all pictures, take away those that are made no more, and say how large they are."""
    with tempfile.TemporaryDirectory(prefix="gambar-") as name:
        root = Path(name)
        (root / "kantor").mkdir()
        story = play(root / "cerita")
        demo = root / "peragaan"
        run_demo(demo, say=_say)
        made = {
            f"{stem}.png": small(picture) for stem, picture in pictures(Places(story, demo, root))
        }
    for path in FOLDER.glob("*.png"):
        if path.name not in made:
            path.unlink()
            _say(f"taken away: {path.name}")
    for file, data in sorted(made.items()):
        old = (FOLDER / file).read_bytes() if (FOLDER / file).exists() else b""
        (FOLDER / file).write_bytes(data)
        _say(f"{len(data):8,} {'same' if old == data else 'changed' if old else 'new'} {file}")
    whole = sum(map(len, made.values()))
    _say(f"{whole:8,} in all")
    return int(whole > MOST_ALL or any(len(data) > MOST_EACH for data in made.values()))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
