"""Turn the part of shared strings into a list of texts, runs joined, phonetic hints left out."""

from __future__ import annotations

from workbook_tools.form.limits import Limits, ReadingRefused, grouped, too_large
from workbook_tools.form.markup import unescaped, walk
from workbook_tools.form.worksheet import MAIN

_LOCAL = {f"{space} {name}": name for space in MAIN for name in ("sst", "si", "t", "rPh")}


class _StringsPass:
    __slots__ = ("characters", "limits", "phonetic", "strings", "take", "texts")

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.strings: list[str] = []
        self.texts: list[str] = []
        self.characters = self.phonetic = 0
        self.take = False

    def start(self, qualified: str, _attributes: dict[str, str]) -> None:
        name = _LOCAL.get(qualified)
        if name == "si":
            self.texts.clear()
        elif name == "rPh":
            self.phonetic += 1
        elif name == "t":
            self.take = not self.phonetic

    def text(self, data: str) -> None:
        if self.take:
            self.texts.append(data)

    def end(self, qualified: str) -> None:
        self.take = False
        name = _LOCAL.get(qualified)
        if name == "rPh":
            self.phonetic -= 1
        elif name == "si":
            text = unescaped("".join(self.texts))
            self.strings.append(text)
            self.characters += len(text)
            _check(len(self.strings), self.characters, self.limits)


def shared_strings(part: bytes, limits: Limits) -> list[str]:
    """Read every shared string; B05 beyond the limits of number and characters."""
    receiver = _StringsPass(limits)
    walk(
        part,
        "bagian teks bersama",
        start=receiver.start,
        end=receiver.end,
        text=receiver.text,
    )
    return receiver.strings


def _check(strings: int, characters: int, limits: Limits) -> None:
    if strings > limits.strings:
        raise ReadingRefused(too_large("jumlah teks bersama", grouped(limits.strings)))
    if characters > limits.string_characters:
        limit = grouped(limits.string_characters)
        raise ReadingRefused(too_large("panjang seluruh teks bersama (huruf)", limit))
