"""Turn the part of shared strings into a list of texts, runs joined, phonetic hints left out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbook_tools.reader.canonical import MAIN, is_well_formed, resolved, usual_text, vocabulary
from workbook_tools.reader.limits import Limits, ReadingRefused, damaged, grouped, too_large
from workbook_tools.reader.markup import unescaped, walk

_END = "</sst>"
_WHAT = "bagian teks bersama"
_FIRST, _LAST = "<si><t>", "</t></si>"
_FONT = (
    r"<rPr>(?:<(?!(?:si|t|r|rPh|sst)[ /])[A-Za-z]+"
    r'(?: (?!tint|xmlns)[a-z]+="[^"<&\n\t]*")?(?: tint="[^"<&\n\t]*")?/>)*</rPr>'
)
_PHONETIC = (
    r'(?:<rPh sb="[0-9]+" eb="[0-9]+"><t>[^<&]*</t></rPh>)*'
    r'(?:<phoneticPr fontId="[0-9]+"(?: type="[A-Za-z_]+")?(?: alignment="[a-z]+")?/>)?'
)
_ITEM = re.compile(
    rf"<si>(?:<t(?:/>|>([^<]*)</t>)|((?:<r>(?:{_FONT})?<t(?:/>|>[^<]*</t>)</r>)+)){_PHONETIC}</si>"
    r"|([\s\S]+)"
)
_RUN = re.compile(r"<t>([^<]*)</t>")
_PARENTS = {
    "sst": ("",),
    "si": ("sst",),
    **dict.fromkeys(("r", "rPh"), ("si",)),
    "t": ("si", "r", "rPh"),
}
_LOCAL = {f"{space} {name}": name for space in MAIN for name in _PARENTS}


class _StringsPass:
    __slots__ = (
        *("above", "characters", "has_text", "limits", "phonetic", "runs", "strings", "take"),
        "texts",
    )

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.strings: list[str] = []
        self.texts: list[str] = []
        self.runs: list[str] = []
        self.above: list[str] = [""]
        self.characters = self.phonetic = 0
        self.has_text = self.take = False

    def start(self, qualified: str, _attributes: dict[str, str]) -> None:
        above = self.above[-1]
        name = _LOCAL.get(qualified, "")
        self.above.append(name)
        if not name:
            if above == "t" or qualified.endswith(" si"):
                raise ReadingRefused(damaged(_WHAT))
            return
        # A text elsewhere, or twice, is not one that every program joins in the same way.
        if above not in _PARENTS[name] or (name == "t" and self.has_text):
            raise ReadingRefused(damaged(_WHAT))
        self.has_text = name == "t"
        if name == "rPh":
            self.phonetic += 1
        elif name == "t":
            self.take = not self.phonetic

    def text(self, data: str) -> None:
        if self.take:
            self.texts.append(data)

    def end(self, _qualified: str) -> None:
        self.take = False
        name = self.above.pop()
        if name == "t":
            self.runs.append(unescaped("".join(self.texts)))
            self.texts.clear()
        elif name == "rPh":
            self.phonetic -= 1
        elif name == "si":
            text = "".join(self.runs)
            self.runs.clear()
            self.strings.append(text)
            self.characters += len(text)
            _check(len(self.strings), self.characters, self.limits)


def shared_strings(part: bytes, limits: Limits) -> list[str]:
    """Read every shared string; B05 beyond the limits of number and characters."""
    usual = _usual(part)
    if (
        usual is None
        or len(usual) > limits.strings
        or sum(map(len, usual)) > limits.string_characters
    ):
        return _walked(part, limits)
    return usual


def _usual(part: bytes) -> list[str] | None:
    """Read the strings of a part of the usual form; None where it is not."""
    text = usual_text(part)
    root = None if text is None else vocabulary(text, "sst")
    if text is None or root is None or not text.endswith(_END) or not is_well_formed(root + _END):
        return None
    items = text[len(root) : -len(_END)].replace('<t xml:space="preserve">', "<t>")
    plain = _plain(items)
    if plain is not None and "&" not in items and "_x" not in items:
        return plain
    runs = _runs(items) if plain is None else [(string,) for string in plain]
    if runs is None:
        return None
    strings = [_joined(one) for one in runs]
    known = [string for string in strings if string is not None]
    return known if len(known) == len(strings) else None


def _plain(items: str) -> list[str] | None:
    """Split items that hold a text each; None where one holds anything else."""
    if not items.startswith(_FIRST) or not items.endswith(_LAST):
        return None
    found = items[len(_FIRST) : -len(_LAST)].split(_LAST + _FIRST)
    tags = (_FIRST + _LAST).count("<")
    return found if items.count("<") == tags * len(found) else None


def _runs(items: str) -> list[Sequence[str]] | None:
    """Split items into the runs of each; None where one holds anything unusual."""
    found: list[tuple[str, str, str]] = _ITEM.findall(items)
    if found and found[-1][-1]:
        return None
    return [_RUN.findall(runs) if runs else (string,) for string, runs, _ in found]


def _joined(runs: Sequence[str]) -> str | None:
    """Join the runs of a text; None where one holds an unusual reference."""
    texts = [resolved(run) for run in runs]
    return None if None in texts else "".join(unescaped(text) for text in texts if text)


def _walked(part: bytes, limits: Limits) -> list[str]:
    receiver = _StringsPass(limits)
    walk(
        part,
        _WHAT,
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
