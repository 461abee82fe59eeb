"""A small picture of how the cost grows with the pool, written as SVG by hand: no library draws for two lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10
from pathlib import Path

WIDTH, HEIGHT, MARGIN = 520, 300, 56
DECADES = (-2, 2)  # milliseconds, as powers of ten


@dataclass(frozen=True, slots=True)
class Point:
    """One size of pool."""

    teachers: int
    median_ms: float
    p95_ms: float
    index_seconds: float


def draw(points: Sequence[Point], path: Path) -> None:
    """Median and p95 of ranking one order against the number of teachers; both axes logarithmic."""
    first, last = log10(points[0].teachers), log10(points[-1].teachers)

    def x(teachers: float) -> float:
        return MARGIN + (log10(teachers) - first) / (last - first) * (WIDTH - 2 * MARGIN)

    def y(ms: float) -> float:
        low, high = DECADES
        return HEIGHT - MARGIN - (log10(max(ms, 10**low)) - low) / (high - low) * (HEIGHT - 2 * MARGIN)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        f'<text x="{MARGIN}" y="24" font-size="14">Ranking one order: milliseconds by number of teachers</text>',
    ]
    for power in range(DECADES[0], DECADES[1] + 1):
        level = y(10**power)
        parts.append(f'<path d="M{MARGIN} {level:.1f}H{WIDTH - MARGIN}" stroke="#ddd"/>')
        parts.append(f'<text x="{MARGIN - 6}" y="{level + 4:.1f}" text-anchor="end">{10.0**power:g}</text>')
    for point in points:
        at = x(point.teachers)
        parts.append(f'<text x="{at:.1f}" y="{HEIGHT - MARGIN + 18}" text-anchor="middle">{point.teachers:,}</text>')
        note = f"index {point.index_seconds:.2f} s"
        parts.append(f'<text x="{at:.1f}" y="{HEIGHT - MARGIN + 34}" text-anchor="middle" fill="#666">{note}</text>')
    for name, colour, values in (
        ("median", "#0a6", [point.median_ms for point in points]),
        ("p95", "#c60", [point.p95_ms for point in points]),
    ):
        line = " ".join(f"{x(p.teachers):.1f},{y(ms):.1f}" for p, ms in zip(points, values, strict=True))
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for point, ms in zip(points, values, strict=True):
            parts.append(f'<circle cx="{x(point.teachers):.1f}" cy="{y(ms):.1f}" r="3" fill="{colour}"/>')
        parts.append(f'<text x="{WIDTH - MARGIN + 6}" y="{y(values[-1]) + 4:.1f}" fill="{colour}">{name}</text>')
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([*parts, "</svg>", ""]), encoding="utf-8")
