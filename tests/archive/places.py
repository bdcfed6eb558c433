"""Name the kinds of places that an archive may lie in, and let an office keep its own there."""

from __future__ import annotations

from pathlib import Path

from tests.shell import Office
from workbook_tools.archive import Archive, open_archive

FOLDER, FILES, MEMORY = "folder", "file", "memory"
KINDS = (FOLDER, FILES, MEMORY)


def address(kind: str, folder: Path) -> str:
    """Give an address of a kind for an archive of a folder's own; "" for the folder itself."""
    gudang = folder / "gudang"
    return {FOLDER: "", FILES: gudang.as_uri(), MEMORY: f"memory:/{gudang}"}[kind]


def move(office: Office, url: str) -> Archive:
    """Let an office keep its archive at an address from now on; what it kept is copied there."""
    kept = office.workspace.archive
    (office.root / "workbook_tools.toml").write_text(f'archive_url = "{url}"\n', "utf-8")
    moved = open_archive(url, kept)
    if url:
        import fsspec

        system, root = fsspec.url_to_fs(url)
        for path in kept.rglob("*"):
            if path.is_file():
                target = f"{root}/{path.relative_to(kept).as_posix()}"
                system.makedirs(target.rpartition("/")[0], exist_ok=True)
                system.pipe_file(target, path.read_bytes())
        kept.rename(kept.with_name("arsip lama"))
    return moved
