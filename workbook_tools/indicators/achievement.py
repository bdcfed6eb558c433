"""Turn a realisasi and its target into capaian, status and predikat (domain.md sections 4, 5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation, localcontext

from workbook_tools.registry.model import (
    PERMENDAGRI_86_2017,
    Band,
    Indicator,
    Polarity,
    Rules,
    Target,
    TargetStatus,
)

OK = "OK"
TIDAK_DINILAI = "TIDAK_DINILAI"
TARGET_PERLU_KONFIRMASI = "TARGET_PERLU_KONFIRMASI"
BELUM_DIISI = "BELUM_DIISI"
TARGET_NOL = "TARGET_NOL"
TARGET_SUSPECT = "TARGET_SUSPECT"
DI_ANTARA_BATAS = "DI_ANTARA_BATAS"
NO_PREDIKAT = "-"

Number = Decimal | int | float | str
"""What a caller may give as a number; a float counts as its shortest decimal form."""

HUNDRED = Decimal(100)
SUSPECT_ABOVE = Decimal(200)
CENT = Decimal("0.01")
ARITHMETIC = Context(prec=40, rounding=ROUND_HALF_UP)
"""Wide enough that a quotient of two 15-digit numbers never rounds onto a tie."""


@dataclass(frozen=True, slots=True)
class Achievement:
    """Capaian in percent: `raw` unrounded, `shown` after floor, cap and rounding.

    Both are None unless `status` is `OK`. `flags` may hold `TARGET_SUSPECT`.
    """

    raw: Decimal | None
    shown: Decimal | None
    status: str
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Average:
    """A mean of capaian: `assessed` of `total` rows had one; None where no row had."""

    mean: Decimal | None
    assessed: int
    total: int

    @property
    def text(self) -> str:
        """Say how many rows the mean stands on."""
        return f"{self.assessed} dinilai dari {self.total}"


def decimal_of(number: Number | None) -> Decimal | None:
    """Give a number exactly as it is written, None where there is none.

    Raises ValueError for a text that is no number and for infinities and NaN.
    """
    if number is None or number == "":
        return None
    try:
        value = Decimal(repr(number) if isinstance(number, float) else number)
    except InvalidOperation:
        message = f"Bukan angka: {number!r}."
        raise ValueError(message) from None
    if not value.is_finite():
        message = f"Bukan angka yang terhingga: {number!r}."
        raise ValueError(message)
    return value


def round_shown(value: Decimal) -> Decimal:
    """Round half up to the two decimals that people see."""
    with localcontext(ARITHMETIC) as context:
        context.prec = max(ARITHMETIC.prec, value.adjusted() + 4)
        return value.quantize(CENT) + 0


def achievement(
    actual: Number | None,
    target: Number | tuple[Number | None, Number | None] | None,
    *,
    polarity: str = Polarity.MAXIMIZE,
    worst: Number | None = None,
    target_status: str | None = None,
    floor: Number | None = 0,
    cap_report: Number | None = None,
    min_variant: str = "standard",
) -> Achievement:
    """Compare a realisasi with a target of the same scope, in percent.

    `target` may be a (low, high) pair: inside is 100, outside the nearer bound counts,
    by `polarity` (`range` reads as `minimize`). `worst` is the worst case W of a
    minimized target 0. `min_variant` is `standard` or the legacy `t_per_r`.
    """
    realisasi = decimal_of(actual)
    low, high = target if isinstance(target, tuple) else (target, target)
    bounds = decimal_of(low), decimal_of(high)
    if bounds[0] is None or bounds[1] is None or target_status == TargetStatus.KOSONG:
        return Achievement(None, None, TIDAK_DINILAI)
    if target_status == TargetStatus.PERLU_KONFIRMASI:
        return Achievement(None, None, TARGET_PERLU_KONFIRMASI)
    if realisasi is None:
        return Achievement(None, None, BELUM_DIISI)
    if isinstance(target, tuple) and bounds[0] <= realisasi <= bounds[1]:
        return Achievement(HUNDRED, round_shown(HUNDRED), OK)
    with localcontext(ARITHMETIC):
        raw, status = _raw(
            realisasi,
            bounds[1] if realisasi > bounds[1] else bounds[0],
            polarity=Polarity(polarity),
            worst=decimal_of(worst),
            min_variant=min_variant,
        )
    if raw is None:
        return Achievement(None, None, status)
    shown = clamp(raw, floor=decimal_of(floor), cap=decimal_of(cap_report))
    flags = (TARGET_SUSPECT,) if raw > SUSPECT_ABOVE else ()
    return Achievement(raw, round_shown(shown), status, flags)


def achievement_of(
    indicator: Indicator, actual: Decimal | None, *, target: Target | None, rules: Rules
) -> Achievement:
    """Compare a realisasi with one target of the register, by the register's rules."""
    if target is None:
        return Achievement(None, None, TIDAK_DINILAI)
    is_range = indicator.polarity is Polarity.RANGE
    return achievement(
        actual,
        (target.low, target.value) if is_range else target.value,
        polarity=indicator.polarity,
        worst=indicator.worst,
        target_status=target.status,
        floor=rules.floor,
        cap_report=rules.cap_report,
        min_variant=rules.min_variant,
    )


def clamp(value: Decimal, *, floor: Decimal | None, cap: Decimal | None) -> Decimal:
    """Keep a value between floor and cap, either of which may be None."""
    if floor is not None:
        value = max(value, floor)
    return value if cap is None else min(value, cap)


def _raw(
    actual: Decimal,
    target: Decimal,
    *,
    polarity: Polarity,
    worst: Decimal | None,
    min_variant: str,
) -> tuple[Decimal | None, str]:
    if polarity is Polarity.MAXIMIZE:
        return _maximized(actual, target)
    if polarity is Polarity.STABILIZE:
        return _stabilized(actual, target)
    if target == 0:
        return _minimized_to_zero(actual, worst)
    if target < 0:
        return None, TIDAK_DINILAI
    if min_variant == "t_per_r" and actual > 0:
        return HUNDRED * target / actual, OK
    return HUNDRED * (2 * target - actual) / target, OK


def _maximized(actual: Decimal, target: Decimal) -> tuple[Decimal | None, str]:
    if target == 0:
        return None, TARGET_NOL
    if target < 0:
        return HUNDRED * (2 * target - actual) / target, OK
    return HUNDRED * actual / target, OK


def _stabilized(actual: Decimal, target: Decimal) -> tuple[Decimal | None, str]:
    if target == 0:
        return None, TARGET_NOL
    if target < 0:
        return None, TIDAK_DINILAI
    ratio = HUNDRED * actual / target
    return (ratio if actual <= target else 2 * HUNDRED - ratio), OK


def _minimized_to_zero(actual: Decimal, worst: Decimal | None) -> tuple[Decimal | None, str]:
    if actual <= 0:
        return HUNDRED, OK
    if worst is None or worst <= 0:
        return None, TARGET_NOL
    return HUNDRED * (worst - actual) / worst, OK


def band_of(
    value: Number | None, policy: str = "lower", *, scale: Sequence[Band] = PERMENDAGRI_86_2017
) -> Band | None:
    """Give the band of a capaian, rounded half up to 2 decimals; None where there is none.

    Policy `lower` reads the bands' lower bounds, `upper` the printed upper bounds of the
    bands below (one less). The last band takes what is left.
    """
    number = decimal_of(value)
    if number is None or not scale:
        return None
    rounded = round_shown(number)
    for band in scale[:-1]:
        if rounded >= band.lower or (policy == "upper" and rounded > band.lower - 1):
            return band
    return scale[-1]


def classify(
    value: Number | None, policy: str = "lower", *, scale: Sequence[Band] = PERMENDAGRI_86_2017
) -> str:
    """Give the predikat of a capaian, "-" where there is none."""
    band = band_of(value, policy, scale=scale)
    return NO_PREDIKAT if band is None else band.label


def symbol(
    value: Number | None, policy: str = "lower", *, scale: Sequence[Band] = PERMENDAGRI_86_2017
) -> str:
    """Give the symbol of a capaian's predikat, "" where there is none."""
    band = band_of(value, policy, scale=scale)
    return "" if band is None else band.symbol


def graded(
    value: Number | None, policy: str = "lower", *, scale: Sequence[Band] = PERMENDAGRI_86_2017
) -> str:
    """Give symbol and predikat of a capaian in one text, "-" where there is none."""
    band = band_of(value, policy, scale=scale)
    return NO_PREDIKAT if band is None else f"{band.symbol} {band.label}"


def between_bounds(value: Number | None, *, scale: Sequence[Band] = PERMENDAGRI_86_2017) -> bool:
    """Tell whether a capaian lies in a gap that the printed intervals leave (90-91, ...)."""
    number = decimal_of(value)
    if number is None:
        return False
    rounded = round_shown(number)
    return any(band.lower - 1 < rounded < band.lower for band in scale[:-1])


def average(shown: Sequence[Decimal | None], cap: Decimal | None) -> Average:
    """Give the mean of the shown capaian, each capped, and how many rows it stands on.

    None stands for a row whose status is not `OK`; it counts in `total` alone.
    """
    capped = [clamp(value, floor=None, cap=cap) for value in shown if value is not None]
    if not capped:
        return Average(None, 0, len(shown))
    with localcontext(ARITHMETIC):
        mean = sum(capped, Decimal(0)) / len(capped)
    return Average(round_shown(mean), len(capped), len(shown))
