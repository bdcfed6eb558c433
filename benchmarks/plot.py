"""Draw how the time per return and the peak memory grow with the number of returns."""

from __future__ import annotations

import math
from collections.abc import Sequence

from benchmarks.results import Step

WIDE, HIGH, EDGE = 640, 260, 56
BLUE, ORANGE = "#1f5f8b", "#b8560f"


def draw(steps: Sequence[Step]) -> str:
    """Give an SVG with both lines, each against its own highest value; the x axis is a log."""
    times = [step.seconds / step.returns * 1000 for step in steps]
    peaks = [step.peak / 1e6 for step in steps]
    places = _places([step.returns for step in steps])
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" '
        'font-family="sans-serif" font-size="12" role="img">',
        "<title>Time per return and peak memory by number of returns</title>",
        f'<rect width="{WIDE}" height="{HIGH}" fill="#fff"/>',
        f'<path d="M{EDGE} {HIGH - EDGE}H{WIDE - EDGE}" stroke="#888"/>',
    ]
    for place, step in zip(places, steps, strict=True):
        at = f'x="{place:.0f}" y="{HIGH - EDGE + 18}" text-anchor="middle"'
        parts.append(f"<text {at}>{step.returns:,}</text>")
    parts.append(f'<text x="{WIDE / 2:.0f}" y="{HIGH - 14}" text-anchor="middle">returns</text>')
    parts += _line(places, times, colour=BLUE, unit="ms per return", above=True)
    parts += _line(places, peaks, colour=ORANGE, unit="MB peak", above=False)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _places(returns: Sequence[int]) -> list[float]:
    logs = [math.log10(value) for value in returns]
    span = (logs[-1] - logs[0]) or 1.0
    room = WIDE - 3 * EDGE
    return [1.5 * EDGE + room * (value - logs[0]) / span for value in logs]


def _line(
    places: Sequence[float], values: Sequence[float], *, colour: str, unit: str, above: bool
) -> list[str]:
    top = max(values) or 1.0
    levels = [HIGH - EDGE - (HIGH - 2.2 * EDGE) * value / top for value in values]
    points = " ".join(f"{x:.0f},{y:.0f}" for x, y in zip(places, levels, strict=True))
    found = [f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>']
    for x, y, value in zip(places, levels, values, strict=True):
        shift = -8 if above else 18
        label = f"{value:.3g} {unit}" if x == places[-1] else f"{value:.3g}"
        found += [
            f'<circle cx="{x:.0f}" cy="{y:.0f}" r="3.5" fill="{colour}"/>',
            f'<text x="{x:.0f}" y="{y + shift:.0f}" fill="{colour}" text-anchor="middle">'
            f"{label}</text>",
        ]
    return found
