"""Drop files into an inbox in every way that people and programs do, and record what must come."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.shell import Office
from tests.trust.hand import Dropped, Hand
from tests.trust.stock import Stock
from tests.trust.watcher import until

LONG_AGO = (946_684_800, 1_262_304_000, 4_102_444_800)  # 2000, 2010, and 2100


Way = Callable[[Hand], None]


def written(hand: Hand) -> None:
    """Write it in one go."""
    hand.path.write_bytes(hand.content.data)
    hand.done(hand.path)


def moved_in(hand: Hand) -> None:
    """Rename it in from outside, as it is."""
    hand.outside.write_bytes(hand.content.data)
    hand.outside.rename(hand.path)
    hand.done(hand.path)


def renamed(hand: Hand) -> None:
    """Write a temporary name in the folder, then rename."""
    temporary = hand.folder / f"~{hand.rng.getrandbits(40):x}.tmp"
    temporary.write_bytes(hand.content.data)
    hand.pause(0, 2)
    temporary.rename(hand.path)
    hand.done(hand.path)


def slowly(hand: Hand) -> None:
    """Copy in pieces, with pauses shorter than the settling time."""
    _in_pieces(hand, pieces=6, least=0.05, most=0.5)


def with_rests(hand: Hand) -> None:
    """Copy in pieces, with pauses longer than the settling time."""
    _in_pieces(hand, pieces=3, least=1.1, most=2.0)


def _in_pieces(hand: Hand, *, pieces: int, least: float, most: float) -> None:
    data = hand.content.data
    cuts = sorted(hand.rng.sample(range(1, len(data)), pieces - 1))
    with hand.path.open("wb", buffering=0) as file:
        for start, end in zip([0, *cuts], [*cuts, len(data)], strict=True):
            if start:
                hand.pause(least, most)
            file.write(data[start:end])
    hand.done(hand.path)


def as_excel(hand: Hand) -> None:
    """Save over an older one as Excel does: a hex file, the old one away, renamed, deleted."""
    owner = hand.folder / f"~${hand.name}"[:200]
    old = hand.folder / f"{hand.rng.getrandbits(32):08X}.tmp"
    new = hand.folder / f"{hand.rng.getrandbits(32):08X}"
    owner.write_bytes(b"\x05Siti " + bytes(159))
    since = time.monotonic()
    hand.path.write_bytes(hand.other.data)
    new.write_bytes(hand.content.data[:1000])
    hand.pause(0, 0.2)
    new.write_bytes(hand.content.data)
    hand.path.rename(old)
    hand.stood(hand.path, hand.other, since=since)
    new.rename(hand.path)
    old.unlink()
    hand.pause(0, 3)
    owner.unlink()
    hand.done(hand.path)


def as_office(hand: Hand) -> None:
    """Save as LibreOffice does: a lock file, a temporary one, a rename, the lock away."""
    lock = hand.folder / f".~lock.{hand.name}#"[:250]
    temporary = hand.folder / f"lu{hand.rng.getrandbits(40):x}.tmp"
    lock.write_text(",siti,kantor,03.04.2020 09:00,file:///home/siti;")
    temporary.write_bytes(hand.content.data)
    hand.pause(0, 1)
    temporary.rename(hand.path)
    hand.pause(0, 3)
    lock.unlink()
    hand.done(hand.path)


def preallocated(hand: Hand) -> None:
    """Make it full of zeros at its final size, then fill its blocks in any order."""
    data = hand.content.data
    blocks = list(range(0, len(data), 2048))
    hand.rng.shuffle(blocks)
    rest = hand.rng.choice(((0.05, 0.4), (0.05, 0.4), (1.1, 1.5)))
    chosen = set(hand.rng.sample(blocks, min(3, len(blocks))))
    with hand.path.open("wb", buffering=0) as file:
        file.truncate(len(data))
        hand.pause(*rest)
        for start in blocks:
            file.seek(start)
            file.write(data[start : start + 2048])
            if start in chosen and start != blocks[-1]:
                hand.pause(*rest)
    hand.done(hand.path)


def old_time(hand: Hand) -> None:
    """Copy it with the time of its source, long past or yet to come."""
    hand.path.write_bytes(hand.content.data)
    moment = hand.rng.choice(LONG_AGO)
    os.utime(hand.path, (moment, moment))
    hand.done(hand.path)


def rewritten_alike(hand: Hand) -> None:
    """Write other content of the same size and time over it before it was judged."""
    since = time.monotonic()
    moment = hand.rng.choice(LONG_AGO)
    hand.path.write_bytes(hand.other.data)
    os.utime(hand.path, (moment, moment))
    hand.pause(0, 0.4)
    hand.path.write_bytes(hand.content.data)
    os.utime(hand.path, (moment, moment))
    hand.stood(hand.path, hand.other, since=since)
    hand.done(hand.path)


def again_alike(hand: Hand) -> None:
    """Put other content of the same size and time there once the first was taken away."""
    moment = hand.rng.choice(LONG_AGO)
    for content in (hand.other, hand.content):
        hand.outside.write_bytes(content.data)
        os.utime(hand.outside, (moment, moment))
        hand.outside.rename(hand.path)
        hand.done(hand.path, content)
        until(lambda: not hand.path.exists(), within=120)


def reborn(hand: Hand) -> None:
    """Delete it and make another at once, which often gets the same inode."""
    since = time.monotonic()
    hand.path.write_bytes(hand.other.data)
    before = hand.path.stat().st_ino
    hand.pause(0, 0.4)
    hand.path.unlink()
    hand.path.write_bytes(hand.content.data)
    hand.same_inode += hand.path.stat().st_ino == before
    hand.stood(hand.path, hand.other, since=since)
    hand.done(hand.path)


def withdrawn(hand: Hand) -> None:
    """Delete it before it was judged, then send another under another name."""
    since = time.monotonic()
    hand.path.write_bytes(hand.other.data)
    hand.pause(0, 0.4)
    hand.path.unlink()
    hand.stood(hand.path, hand.other, since=since)
    second = hand.folder / hand.second_name
    second.write_bytes(hand.content.data)
    hand.done(second)


def twice(hand: Hand) -> None:
    """Send the same bytes under two names."""
    for path in (hand.path, hand.folder / hand.second_name):
        path.write_bytes(hand.content.data)
        hand.done(path)
        hand.pause(0, 2)


def swapped(hand: Hand) -> None:
    """Give a file another name before it was judged."""
    since = time.monotonic()
    hand.path.write_bytes(hand.content.data)
    hand.pause(0, 0.4)
    second = hand.path.rename(hand.folder / hand.second_name)
    hand.stood(hand.path, hand.content, since=since)
    hand.done(second)


def into_new_folder(hand: Hand) -> None:
    """Make folders within folders and write into the deepest at once."""
    folder = hand.folder / f"baru {id(hand)}" / "Triwulan I" / "[a] b" / "c"
    folder.mkdir(parents=True)
    path = folder / hand.name
    path.write_bytes(hand.content.data)
    hand.done(path)


def folder_renamed(hand: Hand) -> None:
    """Rename the folder that a file lies in before it was judged."""
    since = time.monotonic()
    folder = hand.folder / f"Folder Baru {id(hand)}"
    folder.mkdir()
    (folder / hand.name).write_bytes(hand.content.data)
    hand.pause(0, 0.4)
    final = folder.rename(hand.folder / f"TW1 {id(hand)}")
    hand.stood(folder / hand.name, hand.content, since=since)
    hand.done(final / hand.name)


def folder_moved_in(hand: Hand) -> None:
    """Move a whole folder in from outside."""
    hand.outside.mkdir()
    (hand.outside / "dalam").mkdir()
    (hand.outside / "dalam" / hand.name).write_bytes(hand.content.data)
    final = hand.outside.rename(hand.folder / f"kiriman {id(hand)}")
    hand.done(final / "dalam" / hand.name)


ANY_FILE: tuple[Way, ...] = (
    written, moved_in, renamed, old_time, twice, swapped, into_new_folder, folder_renamed,
    folder_moved_in, withdrawn,
)  # fmt: skip
WORKBOOKS_ONLY: tuple[Way, ...] = (  # a half text is a whole one
    slowly, with_rests, as_excel, as_office, preallocated, rewritten_alike, again_alike, reborn,
)  # fmt: skip


class Dropper:
    """Drops files at a rate, each by a hand of its own; `landing` is where the inbox lies."""

    def __init__(
        self, office: Office, rng: random.Random, *, settle: float, landing: Path | None = None
    ) -> None:
        """Stock up on returns."""
        self._rng = rng
        self._landing = office.root if landing is None else landing
        self._settle = settle
        self._stock = Stock(office, rng)
        self.hands: list[Hand] = []
        (self._landing / "luar").mkdir(exist_ok=True)

    def hand(self, way: Way) -> Hand:
        """Give a hand with what it drops and how it names it."""
        if way in ANY_FILE:
            content = other = self._stock.any_file()
        else:
            content, other = self._stock.pair()
        names = self._stock.name(), self._stock.name()
        rng = random.Random(self._rng.random())
        hand = Hand(way.__name__, self._landing, self._settle, rng, content, other, *names)
        self.hands.append(hand)
        return hand

    def drop(
        self, count: int, *, rate: float, ways: Sequence[Way] = (*ANY_FILE, *WORKBOOKS_ONLY)
    ) -> None:
        """Let hands begin at a rate (in files a second), and wait until all are done."""
        order = [ways[number % len(ways)] for number in range(count)]
        self._rng.shuffle(order)
        with ThreadPoolExecutor(max_workers=200) as pool:
            started, running = time.monotonic(), []
            for number, way in enumerate(order):
                time.sleep(max(0.0, started + number / rate - time.monotonic()))
                running.append(pool.submit(way, self.hand(way)))
            for future in running:
                future.result()

    def burst(self, count: int, *, among: int) -> None:
        """Make and delete temporary names as fast as the disk can, a few returns among them."""
        folder = self._landing / "inbox"
        for number in range(count):
            temporary = folder / f"~{number}.tmp"
            temporary.touch()
            temporary.unlink()
            if number % (count // among) == 0:
                written(self.hand(written))

    @property
    def dropped(self) -> list[Dropped]:
        """Give everything that must be judged."""
        return [dropped for hand in self.hands for dropped in hand.dropped]

    @property
    def tolerated(self) -> list[tuple[str, str]]:
        """Give what may have been judged besides, because this machine paused our hands."""
        return [key for hand in self.hands for key in hand.tolerated]
