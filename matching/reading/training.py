"""Learns the weights of the kinds of messages from labelled texts: `python -m matching.reading.training FILE...`.

The files are JSON lines with `text` and `kind`. Regularised multinomial logistic regression, the same result every time.
For developers; the program itself only reads lexicon/kinds.tsv.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from matching.reading.kinds import ALWAYS, KINDS, WEIGHTS, signs_of
from matching.reading.orders import read_orders
from matching.reading.scene import lay_out

TODAY = date(2026, 11, 21)  # any day will do: the kind of a text does not hang on it
SEEN = 2  # texts a sign must stand in
PENALTY = 0.001
STEPS = 400
SCALE = 100  # points for a weight of one
LEAST = 6  # points below which a sign is left out
NOTE = "# sign, then points for: {}; learned by `python -m matching.training` from labelled texts, not by hand"


def learn(rows: Sequence[tuple[frozenset[str], str]]) -> dict[str, list[int]]:
    """Sign -> points for each kind."""
    import numpy as np

    seen = Counter(sign for signs, _ in rows for sign in signs)
    names = sorted(sign for sign, count in seen.items() if count >= SEEN)
    place = {sign: at for at, sign in enumerate(names)}
    has = np.zeros((len(rows), len(names)), dtype=np.float32)
    for row, (signs, _) in enumerate(rows):
        has[row, [place[sign] for sign in signs if sign in place]] = 1
    wanted = np.eye(len(KINDS), dtype=np.float32)[[KINDS.index(kind) for _, kind in rows]]
    weights: Any = np.zeros((len(names), len(KINDS)), dtype=np.float32)
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):  # Adam (Kingma and Ba 2015)
        scores = has @ weights
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        slope = has.T @ (chances - wanted) / len(rows) + PENALTY * weights
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope * slope
        weights -= 0.02 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    points = np.rint(weights * SCALE).astype(int)
    return {sign: row.tolist() for sign, row in zip(names, points, strict=True) if max(map(abs, row.tolist())) >= LEAST}


def labelled(paths: Sequence[Path]) -> list[tuple[frozenset[str], str]]:
    """Signs and kind of every text labelled with one; other cases (topics.jsonl) are passed over."""
    lines = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    found = {row["text"]: row["kind"] for row in map(json.loads, lines) if "kind" in row}
    return [(_signs(text), kind) for text, kind in found.items()]


def _signs(text: str) -> frozenset[str]:
    scene = lay_out(text, TODAY)
    return signs_of(scene, read_orders(scene))


def main() -> None:
    """Writes lexicon/kinds.tsv."""
    points = learn(labelled([Path(name) for name in sys.argv[1:]]))
    lines = [NOTE.format(" ".join(KINDS)), *("\t".join([sign, *map(str, row)]) for sign, row in points.items())]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(points)} signs, {ALWAYS} = {points.get(ALWAYS)}", file=sys.stderr)


if __name__ == "__main__":
    main()
