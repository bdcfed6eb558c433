"""Invent plausible figures for every input of a form; the same seed gives the same figures."""

from __future__ import annotations

import random

from workbook_tools.form.content import FormContent, FormIndicator
from workbook_tools.registry.model import Aggregation, Kind, Method, TargetStatus

SHARES = (0.18, 0.25, 0.26, 0.31)  # of a year's target in TW I to IV
PATH = (0.55, 0.75, 0.9, 1.0)  # of a target that is reached at the year's end
WHOLE = 480  # the invented number of cooperatives, businesses or instruments
MONTHS = 3
WITHOUT_TARGET = 8  # what is done where the target is blank or unconfirmed
OBSTACLES = (
    "Jadwal kegiatan bergeser karena menunggu penetapan anggaran.",
    "Sebagian peserta tidak dapat hadir karena akses jalan.",
    "Data dari pekon terlambat diterima.",
    "Tenaga pendamping masih terbatas.",
)
DRIVERS = (
    "Dukungan pekon dan pengurus koperasi.",
    "Kerja sama dengan pelaku usaha setempat.",
    "Pelaksanaan kegiatan sesuai jadwal.",
)
FOLLOW_UPS = (
    "Menyusun ulang jadwal dan mengundang peserta lebih awal.",
    "Melakukan kunjungan lapangan bersama petugas pekon.",
    "Menyampaikan kebutuhan pendamping kepada Sekretaris.",
)


def invent(content: FormContent, *, seed: int) -> dict[tuple[str, str], float]:
    """Invent a figure for each input that a unit would fill in this triwulan."""
    figures: dict[tuple[str, str], float] = {}
    for indicator in content.indicators:
        if not indicator.required:
            continue
        chance = random.Random(f"{seed}/{indicator.id}")
        for key, value in _figures(indicator, content.period, chance).items():
            asked = next(i for i in indicator.inputs if i.key == key)
            figures[indicator.id, key] = (
                float(round(value)) if asked.kind is Kind.COUNT else round(value, 2)
            )
    return figures


def _figures(indicator: FormIndicator, period: int, chance: random.Random) -> dict[str, float]:
    usable = indicator.target_status is TargetStatus.OK and indicator.target is not None
    target = float(indicator.target or 0) if usable else float(WITHOUT_TARGET)
    luck = chance.uniform(0.82, 1.12)
    if indicator.method is Method.RATA_RATA_PERTUMBUHAN:
        return _prices(period, chance)
    if indicator.method is Method.RASIO:
        return _share(indicator, period, target=target * luck)
    if indicator.method in (Method.PERTUMBUHAN, Method.PERTUMBUHAN_PER_N):
        before = float(WHOLE)
        return {"a": before * (1 + target * luck * PATH[period - 1] / 100), "b": before}
    if indicator.satuan == "bulan":
        return {"a": float(MONTHS)}
    if indicator.aggregation is Aggregation.SUM:
        return {"a": _slice(target, luck, period)}
    return {"a": target * luck * PATH[period - 1]}


def _slice(target: float, luck: float, period: int) -> float:
    """Give a triwulan's part of a sum, so that small counts come out whole."""
    reached = [round(target * min(luck, 1.05) * sum(SHARES[:p])) for p in range(5)]
    return float(reached[period] - reached[period - 1])


def _share(indicator: FormIndicator, period: int, *, target: float) -> dict[str, float]:
    rule = indicator.inputs[0].aggregation
    part = WHOLE * target / 100
    if rule is Aggregation.SUM:
        return {"a": part * SHARES[period - 1], "b": float(WHOLE)}
    return {"a": part * PATH[period - 1], "b": float(WHOLE)}


def _prices(period: int, chance: random.Random) -> dict[str, float]:
    prices = [10_000.0 * 1.03 ** (MONTHS * (period - 1))]
    for _ in range(MONTHS):
        prices.append(prices[-1] * (1 + chance.uniform(-0.01, 0.06)))
    return {f"p{i}": price for i, price in enumerate(prices)}


def invent_texts(content: FormContent, *, seed: int) -> dict[tuple[str, str], str]:
    """Invent the texts of each indicator; the year's end explains every one."""
    texts: dict[tuple[str, str], str] = {}
    for indicator in content.indicators:
        chance = random.Random(f"teks/{seed}/{indicator.id}/{content.period}")
        if content.period < len(SHARES) and chance.random() < 0.5:  # noqa: PLR2004 - every other
            continue
        texts[indicator.id, "penghambat"] = chance.choice(OBSTACLES)
        texts[indicator.id, "pendorong"] = chance.choice(DRIVERS)
        texts[indicator.id, "tindak_lanjut"] = chance.choice(FOLLOW_UPS)
        texts[indicator.id, "bukti"] = f"Laporan kegiatan TW {content.period} (rekaan)"
    return texts
