"""Open and make workspaces; keep the key; say where things lie."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import fields, replace
from pathlib import Path

import pytest

from workbook_tools.errors import BadSettings, CannotWrite, NotAWorkspace
from workbook_tools.reader.limits import Limits
from workbook_tools.registry.source import load_source
from workbook_tools.settings import Settings, read_settings, settings_text
from workbook_tools.workspace import SETTINGS, Workspace, make_workspace, open_workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Give a new workspace."""
    return make_workspace(tmp_path / "ruang", load_source(), register=b"registri")


def test_a_new_workspace_has_every_folder_and_its_own_key(workspace: Workspace) -> None:
    root = workspace.root
    assert sorted(p.name for p in root.iterdir()) == [
        ".state",
        "inbox",
        "outbox",
        "templates",
        SETTINGS,
    ]
    assert sorted(p.name for p in workspace.inbox.iterdir()) == sorted(load_source().form_units())
    assert workspace.register.read_bytes() == b"registri"
    assert len(workspace.key()) == 32


def test_the_settings_file_says_the_defaults(workspace: Workspace) -> None:
    path = workspace.root / SETTINGS
    assert read_settings(path) == Settings()
    text = path.read_text("utf-8")
    entries = [line.split(" = ")[0] for line in text.splitlines() if " = " in line]
    assert [e for e in entries if not e.startswith("#")] == [
        name for name in Settings.model_fields if name != "limits"
    ]
    # Every limit stands there as a comment; without its mark it is read as the same.
    before, _, limits = text.partition("[limits]\n")
    path.write_text(f"{before}[limits]\n" + limits.replace("# ", ""), "utf-8")
    assert read_settings(path) == Settings()
    assert limits.count(" = ") == len(fields(Limits))


def test_limits_are_settings(workspace: Workspace) -> None:
    path = workspace.root / SETTINGS
    path.write_text("[limits]\nfile_size = 1_000\nseconds = 3\n")
    assert read_settings(path).limits == replace(Limits(), file_size=1_000, seconds=3)


@pytest.mark.parametrize(
    "line",
    ["baris = 3", "cells = 0", "cells = -1", 'cells = "banyak"', "cells = true", "cells = 1.5"],
)
def test_a_limit_that_is_none_is_named(workspace: Workspace, line: str) -> None:
    path = workspace.root / SETTINGS
    path.write_text(f"[limits]\n{line}\n")
    with pytest.raises(BadSettings, match=rf"tidak sah: limits.{line.split(maxsplit=1)[0]} "):
        read_settings(path)


def test_the_key_is_made_once(workspace: Workspace, tmp_path: Path) -> None:
    assert workspace.key() == workspace.key()
    other = make_workspace(tmp_path / "lain", load_source(), register=b"")
    assert other.key() != workspace.key()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_the_key_is_for_its_owner_alone(workspace: Workspace) -> None:
    assert stat.S_IMODE((workspace.state / "kunci").stat().st_mode) == 0o600


@pytest.mark.parametrize("text", ["", "bukan kunci", "00"])
def test_a_key_that_is_none_is_refused(workspace: Workspace, text: str) -> None:
    (workspace.state / "kunci").write_text(text)
    with pytest.raises(BadSettings, match="Pulihkan dari cadangan"):
        workspace.key()


def test_a_key_that_cannot_be_kept_is_refused(workspace: Workspace) -> None:
    (workspace.state / "kunci").unlink()
    (workspace.state / "kunci").mkdir()
    with pytest.raises(CannotWrite, match="tidak dapat ditulis"):
        workspace.key()


def test_the_state_may_lie_elsewhere(workspace: Workspace, tmp_path: Path) -> None:
    elsewhere = (tmp_path / "komputer ini").as_posix()
    (workspace.root / SETTINGS).write_text(f'state = "{elsewhere}"', "utf-8")
    opened = open_workspace(workspace.root)
    assert opened.state == tmp_path / "komputer ini"
    assert opened.archive == tmp_path / "komputer ini" / "arsip"


def test_paths_are_told_relative_to_the_workspace(workspace: Workspace, tmp_path: Path) -> None:
    assert workspace.relative(workspace.inbox / "a" / "b.xlsx") == "inbox/a/b.xlsx"
    assert workspace.relative(tmp_path / "luar.xlsx") == str(tmp_path / "luar.xlsx")


def test_a_workspace_is_opened_from_a_relative_folder(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workspace.root)
    assert open_workspace(Path()) == workspace


def test_a_folder_without_settings_is_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(NotAWorkspace, match="workbook-tools init"):
        open_workspace(tmp_path)
    with pytest.raises(NotAWorkspace, match="tidak ada"):
        open_workspace(tmp_path / "tidak ada")


def test_an_unknown_setting_is_named_with_the_known_ones(workspace: Workspace) -> None:
    (workspace.root / SETTINGS).write_text("scan_second = 2")
    known = r"tidak sah: scan_second tidak dikenal\. Yang dikenal: state, ledger_url, archive_url, "
    with pytest.raises(BadSettings, match=known):
        open_workspace(workspace.root)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('scan_seconds = "cepat"', "scan_seconds harus bilangan di atas 0 dan paling besar 3600."),
        ("scan_seconds = -1", "scan_seconds harus bilangan di atas 0 dan paling besar 3600."),
        (
            "overdue_hours = -1",
            "overdue_hours harus bilangan paling kecil 0 dan paling besar 8760.",
        ),
        (
            "master_positions = 3",
            "master_positions harus bilangan bulat paling kecil 10 dan paling besar 2000.",
        ),
        ('events = "mungkin"', "events harus true atau false."),
        ("state = 3", 'state harus teks di antara tanda kutip, misalnya state = "...".'),
        (
            "ledger_url = 3",
            'ledger_url harus teks di antara tanda kutip, misalnya ledger_url = "..."',
        ),
        ("limits = 3", "limits harus bagian [limits]."),
        ('[limits]\nratio = "x"', "limits.ratio harus bilangan di atas 0."),
        ("[limits]\napa = 3", "limits.apa tidak dikenal. Yang dikenal: "),
    ],
)
def test_a_setting_of_no_use_is_named_with_what_it_may_be(
    workspace: Workspace, text: str, sentence: str
) -> None:
    (workspace.root / SETTINGS).write_text(text)
    with pytest.raises(BadSettings, match=re.escape(sentence)):
        open_workspace(workspace.root)


def test_the_settings_of_the_repository_are_those_of_a_new_workspace() -> None:
    ours = Path(__file__).parents[1] / SETTINGS
    assert ours.read_text("utf-8") == settings_text()


MOUNTS = """\
22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
40 22 0:50 / /srv/bersama rw,relatime shared:1 - cifs //server/bersama rw
41 22 0:51 / /srv/bersama/lokal rw - ext4 /dev/sdb1 rw
42 22 0:52 / /mnt/drive\\040kantor rw - nfs4 server:/kantor rw
43 22 0:53 / /mnt/cermin rw - fuse /dev/fuse rw
44 22 0:54 / /rusak
"""


@pytest.mark.parametrize(
    ("path", "is_refused"),
    [
        ("/home/siti/.state", False),
        ("/srv/bersama/kantor/.state", True),
        ("/srv/bersama/lokal/.state", False),
        ("/srv/bersama2/.state", False),
        ("/mnt/drive kantor/.state", True),
        ("/mnt/cermin/.state", False),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="Windows tells by the drive")
def test_a_state_folder_on_a_share_is_refused(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    path: str,
    is_refused: bool,  # noqa: FBT001
) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS)
    monkeypatch.setattr("workbook_tools.workspace._MOUNTS", mounts)
    (tmp_path / SETTINGS).write_text(f'state = "{path}"\n')
    if not is_refused:
        assert open_workspace(tmp_path).state == Path(path)
        return
    with pytest.raises(BadSettings, match=r"berada di jaringan\. Isi “state”"):
        open_workspace(tmp_path)


@pytest.mark.parametrize("path", ["//server/bersama/state", "\\\\\\\\server\\\\bersama"])
def test_a_state_folder_with_a_network_name_is_refused(tmp_path: Path, path: str) -> None:
    (tmp_path / SETTINGS).write_text(f'state = "{path}"\n')
    with pytest.raises(BadSettings, match="berada di jaringan"):
        open_workspace(tmp_path)


def test_a_path_is_told_from_the_workspace_only_where_it_leads_into_it(
    workspace: Workspace,
) -> None:
    assert workspace.relative(workspace.inbox / ".." / "outbox" / "b") == "outbox/b"
    outside = workspace.inbox / ".." / ".." / "c"
    assert workspace.relative(outside) == str(outside)


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_file_of_a_linked_inbox_is_told_by_its_place_in_the_workspace(
    workspace: Workspace, tmp_path: Path
) -> None:
    shared = tmp_path / "bersama"
    workspace.inbox.rename(shared)
    workspace.inbox.symlink_to(shared, target_is_directory=True)
    assert workspace.relative(workspace.inbox / "a.xlsx") == "inbox/a.xlsx"
