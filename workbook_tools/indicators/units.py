"""Turn a unit as it was typed into a judgement: the one asked, nearly it, or another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class UnitMatch(StrEnum):
    """How a typed unit relates to the one that the form asks for."""

    SAME = "same"
    ALIAS = "alias"
    MISSPELT = "misspelt"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Unit:
    """A known unit: its name, signs that are as good as the name, and looser aliases."""

    name: str
    signs: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


UNITS = (
    Unit("persen", ("%",), ("pct", "prosen", "percent", "persentase", "procent")),
    Unit("rupiah", ("rp", "idr"), ("rph", "rupiahs")),
    Unit("ribu rupiah", (), ("ribu", "rb", "rp ribu", "ribu rp")),
    Unit("juta rupiah", (), ("juta", "jt", "rp juta", "juta rp")),
    Unit(
        "miliar rupiah",
        (),
        ("miliar", "milyar", "milyar rupiah", "m", "mlr", "mlyr", "mil", "miliar rp", "milyar rp"),
    ),
    Unit("triliun rupiah", (), ("triliun", "trilyun", "t")),
    Unit("koperasi", (), ("kop", "kops", "koprasi")),
    Unit("UMKM", (), ("ukm",)),
    Unit("KUMKM", (), ("kukm",)),
    Unit("IKM"),
    Unit("PKL"),
    Unit("dokumen", (), ("dok", "doc", "dokument", "document")),
    Unit("unit", (), ("units", "un")),
    Unit("orang", (), ("org", "orng")),
    Unit("kali", (), ("x", "kl")),
    Unit("bulan", (), ("bln", "bl")),
    Unit("jenis", (), ("jns",)),
    Unit("ruko"),
    Unit("pasar", (), ("psr",)),
    Unit("gedung", (), ("gdg", "ged")),
    Unit("bidang", (), ("bid", "bdg")),
    Unit("produk", (), ("prod", "product")),
    Unit("surat", (), ("srt",)),
    Unit("rekening", (), ("rek",)),
    Unit("sub bidang urusan", (), ("sub bidang", "subbidang urusan", "subbidang")),
    Unit("hari", (), ("hr",)),
    Unit("minggu", (), ("mgg",)),
    Unit("tahun", (), ("thn", "th")),
    Unit("kegiatan", (), ("keg",)),
    Unit("paket", (), ("pkt",)),
    Unit("laporan", (), ("lap",)),
    Unit("peserta"),
    Unit("kelompok", (), ("klp",)),
    Unit("buah", (), ("bh",)),
    Unit("lembar", (), ("lbr",)),
    Unit("kilogram", ("kg",)),
    Unit("ton"),
    Unit("meter", ("m2",)),
)
"""The units of the register and those that people mix them up with."""

SHORTEST_MISSPELLING = 3


def fold(unit: str) -> str:
    """Give a unit without case, dots, brackets and doubled spaces."""
    return " ".join(unit.casefold().translate(_IGNORED).split())


def canonical(unit: str) -> str | None:
    """Give the known unit behind a name, sign or alias; None for an unknown word."""
    return _BY_WORD.get(fold(unit))


def near_unit(unit: str) -> str | None:
    """Give the known unit that a word misses by one letter; None for known or far words."""
    word = fold(unit)
    if word in _BY_WORD:
        return None
    return next((known.name for known in UNITS if _is_misspelling(word, known.name)), None)


def match_unit(typed: str, expected: str) -> UnitMatch:
    """Judge a typed unit against the expected one, which the table need not know."""
    word, asked = fold(typed), fold(expected)
    if word == asked:
        return UnitMatch.SAME
    known, wanted = _BY_WORD.get(word), _BY_WORD.get(asked)
    if known is not None:
        if known != wanted:
            return UnitMatch.OTHER
        return UnitMatch.SAME if word in _EXACT[known] else UnitMatch.ALIAS
    names = (expected,) if wanted is None else (expected, wanted)
    if any(_is_misspelling(word, name) for name in names):
        return UnitMatch.MISSPELT
    return UnitMatch.OTHER


def _is_misspelling(word: str, name: str) -> bool:
    asked = fold(name)
    return (
        min(len(word), len(asked)) >= SHORTEST_MISSPELLING
        and word != asked
        and _is_one_edit(word, asked)
    )


def _is_one_edit(one: str, other: str) -> bool:
    """Tell whether one letter added, left out, changed or swapped with its neighbour is all."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if start is None:
        return len(one) != len(other)
    short, long = sorted((one[start:], other[start:]), key=len)
    if len(short) < len(long):
        return short == long[1:]
    return short[1:] == long[1:] or short == long[1::-1] + long[2:]


_IGNORED = str.maketrans({".": " ", "(": " ", ")": " ", "[": " ", "]": " "})
_BY_WORD: Mapping[str, str] = {
    fold(word): unit.name for unit in UNITS for word in (unit.name, *unit.signs, *unit.aliases)
}
_EXACT: Mapping[str, frozenset[str]] = {
    unit.name: frozenset(fold(word) for word in (unit.name, *unit.signs)) for unit in UNITS
}
