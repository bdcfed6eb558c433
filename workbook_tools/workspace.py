"""Turn a folder into a workspace: its settings, its paths, its key."""

from __future__ import annotations

import ctypes
import os
import platform
import re
import secrets
import sys
from dataclasses import dataclass
from pathlib import Path

from workbook_tools.errors import BadSettings, CannotWrite, NotAWorkspace
from workbook_tools.outbox import sync_folder
from workbook_tools.registry.model import Registry
from workbook_tools.settings import Settings, read_settings, settings_text

SETTINGS = "workbook_tools.toml"
KEY_BYTES = 32
_NETWORK = ("//", "\\\\")
_REMOTE_DRIVE = 4  # DRIVE_REMOTE of GetDriveTypeW
_SURROGATES, _PRIVATE = 0xD800, 0xF0000
_NO_TEXT = re.compile("[\ud800-\udfff]")
_PRIVATE_TEXT = re.compile("[\U000f0000-\U000f07ff]")
_MOUNTS = Path("/proc/self/mountinfo")
_PLACE = 4
_OCTAL = re.compile(r"\\([0-7]{3})")
_REMOTE_KINDS = {"cifs", "smb3", "smbfs", "nfs", "nfs4", "afs", "ncpfs", "davfs"} | {
    "fuse.sshfs",
    "fuse.rclone",
    "fuse.davfs2",
}


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace: where things lie, and how it is set."""

    root: Path
    settings: Settings

    @property
    def register(self) -> Path:
        """Give the path of the register workbook."""
        return self.root / "templates" / "registri.xlsx"

    @property
    def inbox(self) -> Path:
        """Give the folder that returned workbooks are dropped into."""
        return self.root / "inbox"

    @property
    def outbox(self) -> Path:
        """Give the folder of everything that goes out."""
        return self.root / "outbox"

    @property
    def state(self) -> Path:
        """Give the folder of ledger, archive, key and locks."""
        return (self.root / self.settings.state).resolve()

    @property
    def archive(self) -> Path:
        """Give the folder of the archive."""
        return self.state / "arsip"

    @property
    def ledger(self) -> Path:
        """Give the path of the ledger."""
        return self.state / "ledger.sqlite"

    @property
    def heartbeat(self) -> Path:
        """Give the file in which the watcher says that it lives."""
        if self.is_shared:
            return self.state / f"pemantau.{platform.node()}.{os.getpid()}.json"
        return self.state / "pemantau.json"

    @property
    def heartbeats(self) -> tuple[Path, ...]:
        """Give the files in which watchers said so, of whatever machine."""
        if not self.is_shared:
            return (self.heartbeat,)
        return tuple(sorted(self.state.glob("pemantau.*.json")))

    @property
    def last_heartbeat(self) -> Path:
        """Give where the last words stand of the watcher of several that ended last."""
        return self.state / "pemantau.berhenti.json"

    @property
    def is_shared(self) -> bool:
        """Tell whether several machines may work here, their ledger being on a server."""
        return bool(self.settings.ledger_url.get_secret_value())

    def relative(self, path: Path) -> str:
        """Give a path relative to the workspace, with forward slashes; absolute if outside.

        Always a text that can be written down: what is no text in a name (bytes on Linux,
        lone surrogates on Windows) stands for itself in a private plane of Unicode.
        """
        try:
            within = path if self._is_plainly_within(path) else path.resolve()
            text = within.relative_to(self.root).as_posix()
        except ValueError:
            text = str(path)
        return as_text(text)

    def _is_plainly_within(self, path: Path) -> bool:
        """Tell whether a path's own words lead into the workspace, as those made here do."""
        return path.is_relative_to(self.root) and ".." not in path.parts

    def located(self, name: str) -> Path:
        """Give the path that `relative` wrote."""
        return self.root / _PRIVATE_TEXT.sub(
            lambda m: chr(ord(m[0]) - _PRIVATE + _SURROGATES), name
        )

    def has_key(self) -> bool:
        """Tell whether the workspace's key was made already."""
        return self._key_path.exists()

    @property
    def _key_path(self) -> Path:
        return self.state / "kunci"

    def key(self) -> bytes:
        """Give the workspace's key, made once; forms are signed with it."""
        path = self._key_path
        try:
            if not path.exists():
                _make_key(path)
            key = bytes.fromhex(path.read_text("ascii").strip())
        except ValueError:
            key = b""
        except OSError as error:
            raise CannotWrite(_unwritable(self.state, error)) from error
        if len(key) != KEY_BYTES:
            raise BadSettings(
                f"Kunci ruang kerja di {path} rusak. Pulihkan dari cadangan; formulir yang sudah "
                "dikirim tidak dapat dikenali tanpa kunci itu."
            )
        return key


def as_text(name: str) -> str:
    """Write a file's or folder's name so that it can be written down, whatever it is made of."""
    return _NO_TEXT.sub(lambda m: chr(ord(m[0]) - _SURROGATES + _PRIVATE), name)


def _make_key(path: Path) -> None:
    """Make the key whole or not at all: half a key would sign forms that nobody recognises."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".kunci.{os.getpid()}.sementara")
    temporary.unlink(missing_ok=True)
    handle = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    sync_folder(path.parent)


def open_workspace(root: Path) -> Workspace:
    """Open the workspace at a folder; NotAWorkspace where there is none."""
    root = root.resolve()
    if not root.is_dir():
        raise NotAWorkspace(f"Folder {root} tidak ada.")
    path = root / SETTINGS
    if not path.is_file():
        raise NotAWorkspace(
            f"Folder {root} bukan ruang kerja (tidak ada {SETTINGS}). Jalankan "
            "“workbook-tools init” di sana, atau pilih ruang kerja dengan --workspace."
        )
    workspace = Workspace(root, read_settings(path))
    _refuse_network(workspace)
    return workspace


def _refuse_network(workspace: Workspace) -> None:
    """Refuse to keep the state on a share: SQLite loses data there without an error.

    With the ledger on a server several machines need it to be there.
    """
    if workspace.is_shared:
        return
    asked, state = workspace.settings.state, workspace.state
    if asked.startswith(_NETWORK) or str(state).startswith(_NETWORK) or _is_remote(state):
        raise BadSettings(
            f"Folder catatan program ({asked}) berada di jaringan. Isi “state” di "
            f"{workspace.root / SETTINGS} dengan folder di komputer ini."
        )


def _is_remote(path: Path) -> bool:
    if sys.platform == "win32":
        kind: int = ctypes.windll.kernel32.GetDriveTypeW(path.anchor)
        return kind == _REMOTE_DRIVE
    try:
        mounts = _MOUNTS.read_text("utf-8", "surrogateescape")
    except OSError:
        return False  # macOS keeps no such list
    return _kind_of_mount(path, mounts) in _REMOTE_KINDS


def _kind_of_mount(path: Path, mounts: str) -> str:
    """Give the kind of file system a path lies on, from the lines of mountinfo.

    Of each line the fifth word is the place, and the first after " - " the kind; the longest
    place that holds the path is its own, and of equal ones the last mounted.
    """
    found = (0, "")
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        words = before.split(" ")
        if len(words) > _PLACE and after:
            place = _OCTAL.sub(lambda m: chr(int(m[1], 8)), words[_PLACE])
            if path.is_relative_to(place) and len(place) >= found[0]:
                found = (len(place), after.split(" ")[0])
    return found[1]


def make_workspace(root: Path, registry: Registry, *, register: bytes) -> Workspace:
    """Make a workspace in a folder; what already stands there is left as it is."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        if not (root / SETTINGS).exists():
            (root / SETTINGS).write_text(settings_text(), "utf-8")
        workspace = open_workspace(root)
        workspace.register.parent.mkdir(exist_ok=True)
        if not workspace.register.exists():
            workspace.register.write_bytes(register)
        make_folders(workspace, registry)
    except OSError as error:
        raise CannotWrite(_unwritable(root, error)) from error
    workspace.key()
    return workspace


def make_folders(workspace: Workspace, registry: Registry) -> None:
    """Make the folder of every unit in the inbox, and the outbox."""
    for unit in registry.form_units():
        (workspace.inbox / unit).mkdir(parents=True, exist_ok=True)
    workspace.outbox.mkdir(exist_ok=True)


def _unwritable(folder: Path, error: OSError) -> str:
    reason = error.strerror or str(error)
    return f"Folder {folder} tidak dapat ditulis ({reason}). Periksa izin dan ruang disk."
