"""Turn a form's identity into a signed stamp and back: whose form this is, told by itself.

The stamp is one line of text, kept in three places (a cell of the hidden sheet, a custom
property, a defined name), because programs lose one or another; compared as text.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass

from workbook_tools.form.layout import ISIAN, STAMP_CELL, STAMP_NAME, STAMP_PROPERTY, STEMPEL
from workbook_tools.reader.raw import RawWorkbook

_MARK = "WBT1"
_PARTS = 8
_UNIT = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_UNIT = 100


@dataclass(frozen=True, slots=True)
class Stamp:
    """The identity of one form: unit, year, triwulan, issue, layout version, snapshot digest."""

    unit: str
    year: int
    period: int
    issue: int
    layout: int
    digest: str
    signature: str = ""

    @property
    def payload(self) -> str:
        """Give the text that is signed."""
        return (
            f"{_MARK}|{self.unit}|{self.year}|TW{self.period}|{self.issue}|"
            f"{self.layout}|{self.digest}"
        )

    @property
    def text(self) -> str:
        """Give the whole stamp as one line."""
        return f"{self.payload}|{self.signature}"


@dataclass(frozen=True, slots=True)
class StampFound:
    """What a workbook says about itself: the stamps where readable, and whether its copies agree.

    `copies` are (place in words, text); `stamps` are the readable ones among them.
    """

    stamps: tuple[Stamp, ...]
    agrees: bool
    copies: tuple[tuple[str, str], ...]

    @property
    def stamp(self) -> Stamp | None:
        """Give the first stamp that is readable."""
        return self.stamps[0] if self.stamps else None


def sign(stamp: Stamp, key: bytes) -> Stamp:
    """Give the same stamp with the signature of the workspace's key (HMAC-SHA256)."""
    signature = hmac.new(key, stamp.payload.encode(), hashlib.sha256).hexdigest()
    return Stamp(
        stamp.unit, stamp.year, stamp.period, stamp.issue, stamp.layout, stamp.digest, signature
    )


def is_signed(stamp: Stamp, key: bytes) -> bool:
    """Tell whether the stamp was signed with this key."""
    expected = sign(stamp, key).signature
    return hmac.compare_digest(expected.encode(), stamp.signature.encode("utf-8", "replace"))


def read_stamp(text: str) -> Stamp | None:
    """Take a stamp's text apart; None where it is no stamp as we write them.

    A unit is only ever an id of the register's shape, so that nothing in a stamp can be a
    path; numbers stand in one way only, so that a stamp is its text.
    """
    parts = text.strip().split("|")
    if len(parts) != _PARTS or parts[0] != _MARK or not parts[3].startswith("TW"):
        return None
    if len(parts[1]) > _LONGEST_UNIT or _UNIT.fullmatch(parts[1]) is None:
        return None
    numbers = (parts[2], parts[3][2:], parts[4], parts[5])
    if not all(n.isascii() and n.isdigit() and len(n) <= 6 for n in numbers):  # noqa: PLR2004
        return None
    year, period, issue, layout = map(int, numbers)
    if period not in (1, 2, 3, 4):
        return None
    stamp = Stamp(parts[1], year, period, issue, layout, parts[6], parts[7])
    return stamp if stamp.text == text.strip() else None


def find_stamp(workbook: RawWorkbook) -> StampFound | None:
    """Find the stamp of a workbook; None where none of the three places holds anything."""
    copies: list[tuple[str, str]] = []
    sheet = workbook.sheet(STEMPEL)
    if sheet is not None:
        cell = sheet.cells.get((int(STAMP_CELL[1:]), ord(STAMP_CELL[0]) - 64))
        if cell is not None and cell.text.strip():
            copies.append(("lembar tersembunyi", cell.text.strip()))
    if prop := workbook.properties.get(STAMP_PROPERTY, "").strip():
        copies.append(("properti berkas", prop))
    if name := workbook.names.get(STAMP_NAME, "").strip():
        copies.append(("nama", name.removeprefix("=").strip().strip('"')))
    if not copies:
        return None
    texts = dict.fromkeys(text for _, text in copies)
    stamps = tuple(stamp for text in texts if (stamp := read_stamp(text)) is not None)
    return StampFound(stamps, len(texts) == 1, tuple(copies))


def looks_like_form(workbook: RawWorkbook) -> bool:
    """Tell whether a workbook without a stamp still has the sheet of our form."""
    return workbook.sheet(ISIAN) is not None
