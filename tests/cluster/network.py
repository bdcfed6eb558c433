"""Turn a number of hosts into network namespaces that a switch joins, with nothing else on it.

Where the machine lets nobody make one (no root, no Linux), the hosts are processes of this
machine, and one whose cable is pulled is one whose processes stand still.
"""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass

SWITCH = "sw0"
CABLE = "eth0"
_serial = itertools.count()


@dataclass(frozen=True, slots=True)
class Host:
    """A place where processes run: its address, and what stands before every command.

    `unplug` lets nothing come from there any more, and says nothing to anybody about it.
    """

    address: str = "127.0.0.1"
    within: tuple[str, ...] = ()

    def unplug(self, *processes: subprocess.Popen[bytes]) -> None:
        """Pull the cable."""
        if self.within:
            _ip("-n", self.within[-1], "link", "set", CABLE, "down")
            return
        for process in processes:
            os.killpg(process.pid, signal.SIGSTOP)


HERE = Host()


@contextmanager
def network(hosts: int) -> Iterator[tuple[Host, ...]]:
    """Give so many hosts that reach one another; their namespaces are gone afterwards."""
    with ExitStack() as stack:
        try:
            made = _joined(hosts, stack.callback)
        except (OSError, subprocess.CalledProcessError):
            made = (HERE,) * hosts
        yield made


def _joined(hosts: int, at_the_end: Callable[..., object]) -> tuple[Host, ...]:
    """Make a switch and the hosts; the addresses are those kept for documentation (RFC 5737)."""
    name = f"wbt{os.getpid()}-{next(_serial)}"

    def namespace(place: str) -> str:
        _ip("netns", "add", place)
        at_the_end(_dropped, place)
        return place

    switch = namespace(f"{name}-s")
    _ip("-n", switch, "link", "add", "name", SWITCH, "type", "bridge")
    _ip("-n", switch, "link", "set", SWITCH, "up")
    made: list[Host] = []
    for number in range(1, hosts + 1):
        place, address, socket = namespace(f"{name}-{number}"), f"198.51.100.{number}", f"p{number}"
        _ip("-n", place, "link", "add", CABLE, "type", "veth", "peer", socket, "netns", switch)
        _ip("-n", switch, "link", "set", socket, "master", SWITCH, "up")
        _ip("-n", place, "addr", "add", f"{address}/24", "dev", CABLE)
        for link in ("lo", CABLE):
            _ip("-n", place, "link", "set", link, "up")
        made.append(Host(address, ("ip", "netns", "exec", place)))
    return tuple(made)


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True)


def _dropped(place: str) -> None:
    with suppress(subprocess.CalledProcessError):
        _ip("netns", "del", place)
