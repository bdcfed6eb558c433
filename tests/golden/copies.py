"""Keep the copies as files that a reviewer can read, and say with what they were made."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from tests.golden.tell import Copies

FOLDER = Path(__file__).parent / "copies"
MADE_WITH = FOLDER / "made-with.txt"
ENDING = ".txt"
LIBRARIES = ("xlsxwriter", "python-docx", "docxtpl", "jinja2")


def libraries() -> str:
    """Name the libraries that write, and their versions here."""
    return "".join(f"{name} {version(name)}\n" for name in LIBRARIES)


def other_libraries() -> list[str]:
    """Say which libraries are of another version than those that made the copies."""
    made, here = (text.splitlines() for text in (MADE_WITH.read_text("utf-8"), libraries()))
    return [
        f"made with {one}, here is {other}: a difference may be the library's"
        for one, other in zip(made, here, strict=True)
        if one != other
    ]


def read_copies() -> dict[str, str]:
    """Give the copies that are kept."""
    return {
        path.relative_to(FOLDER).as_posix().removesuffix(ENDING): path.read_text("utf-8")
        for path in FOLDER.rglob(f"*{ENDING}")
        if path != MADE_WITH
    }


def keep_copies(copies: Copies) -> None:
    """Put these copies in the place of those that are kept."""
    for place in set(read_copies()) - set(copies):
        (FOLDER / f"{place}{ENDING}").unlink()
    for place, text in copies.items():
        path = FOLDER / f"{place}{ENDING}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    MADE_WITH.write_text(libraries(), "utf-8", newline="\n")
