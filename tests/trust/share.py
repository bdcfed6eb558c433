"""Turn a folder into a share as other machines write to it: a mount that gives no events."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.shell import Office
from tests.trust.watcher import until

MOUNT_SECONDS = 10.0


@dataclass(slots=True)
class Share:
    """A folder of a server, and where it is mounted; the mount can vanish, return and freeze."""

    server: Path
    point: Path
    options: tuple[str, ...] = ()
    process: subprocess.Popen[bytes] | None = None

    @property
    def folder(self) -> Path:
        """Give the folder underneath, to which other machines write."""
        return self.server / "inbox"

    def mount(self) -> None:
        """Mount it, unless it is mounted."""
        assert self.process is None
        self.process = subprocess.Popen(["bindfs", "-f", *self.options, self.folder, self.point])
        until(lambda: os.path.ismount(self.point), within=MOUNT_SECONDS)

    def vanish(self) -> None:
        """Take the mount away under whoever uses it, as a cable that is pulled."""
        subprocess.run(["fusermount3", "-u", "-z", self.point], check=True)
        self._reap()

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Let the server answer nothing while it lasts."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)

    def close(self) -> None:
        """Leave nothing mounted and nothing running, whatever happened."""
        if self.process is None:
            return
        subprocess.run(["fusermount3", "-u", "-z", self.point], check=False, capture_output=True)
        self._reap()

    def _reap(self) -> None:
        process, self.process = self.process, None
        if process is None:
            return
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def shared(office: Office, server: Path, *options: str) -> Iterator[Share]:
    """Let an office's inbox be a share while it lasts; its folders move to the server."""
    server.mkdir()
    share = Share(server, office.root / "inbox", options)
    share.point.rename(share.folder)
    share.point.mkdir()
    try:
        share.mount()
        yield share
    finally:
        share.close()


def has_ended(process: subprocess.Popen[bytes]) -> bool:
    """Tell whether a program has come to its end, whatever the kernel still waits for.

    A thread whose question the frozen server has read already stays until the answer comes,
    even where the process is killed; the program itself is a zombie by then.
    """
    if process.poll() is not None:
        return True
    status = Path(f"/proc/{process.pid}/stat").read_text("ascii")
    return status.rpartition(") ")[2].startswith("Z")
