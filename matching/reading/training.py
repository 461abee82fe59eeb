"""Learns the kinds of messages and the signs of topics from labelled texts: `python -m matching.reading.training FILE...`.

The files are JSON lines with `text`, `kind` and, where orders are labelled, `gold`. The same result every time.
For developers; the program itself only reads lexicon/kinds.tsv and lexicon/topic_signs.tsv.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from matching.reading import kinds, tagger
from matching.reading.kinds import ALWAYS, KINDS, signs_of
from matching.reading.orders import read_orders
from matching.reading.scene import Scene, lay_out

TODAY = date(2026, 11, 21)  # any day will do: neither hangs on it
SEEN = 2  # texts a sign must stand in
PENALTY = 0.0003
STEPS = 400
SCALE = 100  # points for a weight of one
LEAST = 3  # points below which a sign is left out
ROUNDS = 8  # over all texts, for the tagger
TAG_SCALE = 10
TAG_LEAST = 6
NOTE = "# sign, then points for: {}; learned by `make learn` from labelled texts, not by hand"

Weights = Mapping[str, Sequence[int]]


def labelled(paths: Sequence[Path]) -> list[dict[str, Any]]:
    """Every text labelled with a kind, once; other cases (topics.jsonl) are passed over."""
    lines = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return list({row["text"]: row for row in map(json.loads, lines) if "kind" in row}.values())


# --- the kinds ------------------------------------------------------------------------------------


def learn_kinds(rows: Sequence[tuple[frozenset[str], str]]) -> dict[str, list[int]]:
    """Sign -> points for each kind, by regularised multinomial logistic regression."""
    import numpy as np

    seen = Counter(sign for signs, _ in rows for sign in signs)
    place = {sign: at for at, sign in enumerate(sorted(sign for sign, count in seen.items() if count >= SEEN))}
    held = [sorted(place[sign] for sign in signs if sign in place) for signs, _ in rows]
    flat = np.concatenate([np.array(own) for own in held])  # the signs of one text after another
    begins = np.cumsum([0, *(len(own) for own in held[:-1])])
    owner = np.repeat(np.arange(len(rows)), [len(own) for own in held])
    wanted = np.eye(len(KINDS))[[KINDS.index(kind) for _, kind in rows]]
    weights: Any = np.zeros((len(place), len(KINDS)))
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):  # Adam (Kingma and Ba 2015)
        scores = np.add.reduceat(weights[flat], begins)
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        wrong = (chances - wanted)[owner] / len(rows)
        columns = [np.bincount(flat, wrong[:, kind], len(place)) for kind in range(len(KINDS))]
        slope = np.stack(columns, axis=1) + PENALTY * weights
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope * slope
        weights -= 0.02 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    points = np.rint(weights * SCALE).astype(int)
    return {sign: row.tolist() for sign, row in zip(place, points, strict=True) if max(map(abs, row.tolist())) >= LEAST}


def _signs(text: str) -> frozenset[str]:
    scene = lay_out(text, TODAY)
    return signs_of(scene, read_orders(scene))


# --- the topics -----------------------------------------------------------------------------------


def topic_labels(scene: Scene, orders: Iterable[Mapping[str, Any]]) -> list[int]:
    """Which tokens are in a topic of the orders as they were labelled; one worded otherwise in the text is passed over."""
    labels = [tagger.OUTSIDE] * min(len(scene.tokens), tagger.MOST_TOKENS)
    for topic in sorted(
        {topic for order in orders for topic in order["topics"]}, key=lambda topic: (-len(topic), topic)
    ):
        start = scene.text.chars.find(topic)
        if start < 0:
            continue
        first, last = scene.token_at(start), scene.token_at(start + len(topic) - 1)
        if last < len(labels) and not any(labels[first : last + 1]):
            labels[first : last + 1] = [tagger.BEGINS, *[tagger.GOES_ON] * (last - first)]
    return labels


def learn_topics(texts: Sequence[tuple[Sequence[Sequence[str]], Sequence[int]]]) -> dict[str, list[int]]:
    """Sign -> points for each label, by an averaged perceptron over (signs by token, labels) of every text."""
    now: dict[str, list[float]] = defaultdict(lambda: [0.0] * tagger.LABELS)
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0] * tagger.LABELS)
    order, step, shuffler = list(texts), 1, random.Random(1)
    for _ in range(ROUNDS):
        shuffler.shuffle(order)
        for signs, right in order:
            said = tagger.best_labels(*_scores(now, signs))
            for sign, label, by in _moves(signs, said, right):
                now[sign][label] += by
                sums[sign][label] += by * step
            step += 1
    points = {
        sign: [round((last - total / step) * TAG_SCALE) for last, total in zip(now[sign], sums[sign], strict=True)]
        for sign in sorted(now)
    }
    return {sign: row for sign, row in points.items() if max(map(abs, row)) >= TAG_LEAST}


def _scores(
    now: Mapping[str, list[float]], signs: Sequence[Sequence[str]]
) -> tuple[list[list[float]], list[list[float]]]:
    """Points for each label of each token, and for each label after each other."""
    nothing = [0.0] * tagger.LABELS
    rows = [[now[sign] for sign in own if sign in now] for own in signs]
    points = [[sum(column) for column in zip(*row, strict=True)] if row else nothing for row in rows]
    return points, [now.get(f"{tagger.FOLLOWS}{before}", nothing) for before in range(tagger.LABELS)]


def _moves(signs: Sequence[Sequence[str]], said: Sequence[int], right: Sequence[int]) -> Iterator[tuple[str, int, int]]:
    """(sign, label, +1 or -1) wherever the labels said are not the right ones."""
    for at, (mine, theirs) in enumerate(zip(said, right, strict=True)):
        if mine != theirs:
            for sign in signs[at]:
                yield sign, theirs, 1
                yield sign, mine, -1
        if at and (said[at - 1], mine) != (right[at - 1], theirs):
            yield f"{tagger.FOLLOWS}{right[at - 1]}", theirs, 1
            yield f"{tagger.FOLLOWS}{said[at - 1]}", mine, -1


def _tagged(row: Mapping[str, Any]) -> tuple[list[tuple[str, ...]], list[int]]:
    scene = lay_out(row["text"], TODAY)
    return tagger.token_signs(scene, tagger.known_in(scene)), topic_labels(scene, row["gold"])


# --- both -----------------------------------------------------------------------------------------


def _write(path: Path, of: str, points: Weights) -> None:
    lines = [NOTE.format(of), *("\t".join([sign, *map(str, row)]) for sign, row in points.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{path.name}: {len(points)} signs", file=sys.stderr)


def main() -> None:
    """Writes lexicon/topic_signs.tsv, then lexicon/kinds.tsv, which hangs on the orders found."""
    rows = labelled([Path(name) for name in sys.argv[1:]])
    _write(tagger.WEIGHTS, "outside, begins, goes on", learn_topics([_tagged(row) for row in rows if "gold" in row]))
    tagger.forget()
    points = learn_kinds([(_signs(row["text"]), row["kind"]) for row in rows])
    _write(kinds.WEIGHTS, " ".join(KINDS), points)
    print(f"{ALWAYS} = {points.get(ALWAYS)}", file=sys.stderr)


if __name__ == "__main__":
    main()
