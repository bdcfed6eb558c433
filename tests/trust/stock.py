"""Turn an office's forms into any number of different returns, and numbers into odd names."""

from __future__ import annotations

import random
from dataclasses import dataclass

from tests.shell import NIAGA, PASAR, RETRIBUSI, UNITS, Office

ACCEPTED, REJECTED = "accepted", "rejected"
NAMES = (
    "laporan {n}.xlsx",
    "IKI TW I [final] {n}.xlsx",
    "realisasi (1) {n}.XLSX",
    "Laporan Kinerja Bidang Pasar, Triwulan Satu {n}.Xlsx",
    "kuitansi 'asli' \"{n}\".xlsx",
    "100% selesai #{n} & <lagi>.xlsx",
    "%s %d {n}.xlsx",
    "📊 capaian {n}.xlsx",
    "e\N{COMBINING ACUTE ACCENT}tat {n}.xlsx",
    "{n} " + "panjang sekali " * 12 + ".xlsx",
    "-rf {n}.xlsx",
    ".titik {n}.xlsx",
    "spasi di belakang {n}.xlsx  ",
    "  spasi di depan {n}.xlsx",
    "tanpa akhiran {n}",
    "dua.titik.{n}.xlsx.xlsx",
    "$(reboot) `{n}`; rm.xlsx",
    "C:\\lapor\\{n}.xlsx",
    "baris\nbaru\t{n}.xlsx",
    "*{n}?.xlsx",
)
FOREIGN = (
    b"<html><body>bukan buku kerja %d</body></html>",
    b"%%PDF-1.4\n%d\n%%%%EOF\n",
    b"nomor;nilai\n1;%d\n",
    b"\x89PNG\r\n\x1a\n%d",
    b"catatan rapat nomor %d\n",
)


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds, whose it is, and what must be said of it."""

    unit: str
    data: bytes
    status: str


class Stock:
    """Gives returns, each with bytes of its own."""

    def __init__(self, office: Office, rng: random.Random) -> None:
        """Fill some forms of every unit, well and badly."""
        self._rng = rng
        self._count = 0
        self._good = [
            Content(unit, office.filled(unit, {} if value is None else {"H8": value}), ACCEPTED)
            for unit, values in ((PASAR, (None, 2, 3, 4)), (RETRIBUSI, (None, 2)), (NIAGA, (None,)))
            for value in values
        ]
        self._bad = [
            Content(unit, office.filled(unit, {"H8": text}), REJECTED)
            for unit in UNITS
            for text in ("abc", "belum dihitung")
        ]

    def workbook(self) -> Content:
        """Give a return, three of four of them sound."""
        chosen = self._rng.choice(self._good if self._rng.random() < 0.75 else self._bad)
        return self._own(chosen)

    def any_file(self) -> Content:
        """Give a return, or now and then a file that is no workbook."""
        if self._rng.random() < 0.85:
            return self.workbook()
        self._count += 1
        data = self._rng.choice(FOREIGN) % self._count
        return Content(self._rng.choice(UNITS), data, REJECTED)

    def pair(self) -> tuple[Content, Content]:
        """Give two different returns of equal size to one unit's folder."""
        first, second = self.workbook(), self.workbook()
        while second.unit != first.unit:
            second = self.workbook()
        size = max(len(first.data), len(second.data))
        return _padded(first, size), _padded(second, size)

    def name(self, names: tuple[str, ...] = NAMES) -> str:
        """Give a name that nobody has yet."""
        self._count += 1
        return self._rng.choice(names).format(n=self._count)

    def _own(self, content: Content) -> Content:
        self._count += 1
        return Content(content.unit, _commented(content.data, self._count), content.status)


def versions(whole: bytes, count: int) -> list[bytes]:
    """Give versions of one workbook that say the same and differ in their comment alone."""
    return [_commented(whole, number) for number in range(count)]


def padded(data: bytes, size: int) -> bytes:
    """Bring a workbook to a size by a comment behind its directory."""
    return with_comment(data, b" " * (size - len(data)))


def with_comment(data: bytes, comment: bytes) -> bytes:
    """Give a workbook without a comment one."""
    assert data.endswith(b"\0\0"), "it has a comment already"
    return data[:-2] + len(comment).to_bytes(2, "little") + comment


def _commented(data: bytes, number: int) -> bytes:
    return with_comment(data, b"%012d" % number)


def _padded(content: Content, size: int) -> Content:
    head, comment = content.data[:-14], content.data[-12:]
    comment += b" " * (size - len(content.data))
    data = head + len(comment).to_bytes(2, "little") + comment
    return Content(content.unit, data, content.status)
