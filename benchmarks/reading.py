"""Reading: right orders, and time a text, beside a plain reader of keywords over jieba words.

The labelled texts are those nobody looked at while writing the grammar (tests/matching/own), and the given set, which
was tuned on. The plain reader knows the same names of subjects, stages and forms.
"""

import json
import re
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

import jieba

from benchmarks.people import TODAY
from benchmarks.registry import Progress, Row, between, compare
from benchmarks.scoring import EVAL, OWN, score
from matching import read
from matching.terms import terms

Reader = Callable[[str], dict[str, Any]]
TABLE = tomllib.loads(Path(__file__).with_name("reading.toml").read_text(encoding="utf-8"))
SETS = (
    ("texts nobody tuned to", OWN / "rounds_measure_2.jsonl"),
    ("older texts nobody tuned to", OWN / "rounds_measure.jsonl"),
    ("harder texts nobody tuned to", OWN / "needs_measure.jsonl"),
    ("the given set, tuned on", EVAL / "needs.jsonl"),
)
FIGURES = ("kind", "order_f1", "whole", "topics_recall", "topics_precision")
ROUNDS = 3
LETTER = 250  # characters from which on a text is a long letter


def measure(progress: Progress) -> list[Row]:
    """Quality on three labelled sets, then speed."""
    rows: list[Row] = []
    for name, path in SETS:
        progress(f"reading: {name}")
        rows += _quality(name, path)
    progress("reading: time")
    return [*rows, *_speed()]


def _quality(name: str, path: Path) -> Iterator[Row]:
    texts = _lines(path)
    with TemporaryDirectory() as folder:
        (Path(folder) / "needs.jsonl").write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
        ours = score("reading", [{"id": row["id"]} | ours_of(row["text"]) for row in texts], Path(folder))
        theirs = score("reading", [{"id": row["id"]} | plain(row["text"]) for row in texts], Path(folder))
    for figure in FIGURES:
        mine, other = ours[figure], theirs[figure]
        note = f"{len(texts)} texts; theirs: keywords over jieba words"
        yield Row(f"{figure} of {name}", "", "more", mine, other, mine / max(other, 0.01), note=note)


def _speed() -> Iterator[Row]:
    texts = [row["text"] for _, path in SETS for row in _lines(path)]
    mine = [_milliseconds(ours_of, texts) for _ in range(ROUNDS)]
    other = [_milliseconds(plain, texts) for _ in range(ROUNDS)]
    note = f"{len(texts)} texts; theirs: keywords over jieba words"
    yield compare(
        "reading one text, median", "ms", "less", *([median(x) for x in side] for side in (mine, other)), note
    )
    tails = [[quantiles(x, n=20)[-1] for x in side] for side in (mine, other)]
    yield compare("reading one text, p95", "ms", "less", tails[0], tails[1], note)
    letters = [text for text in texts if len(text) >= LETTER]
    long = [max(_milliseconds(ours_of, letters)) for _ in range(ROUNDS)]
    yield Row(
        "reading the slowest long letter", "ms", "less", median(long), spread=between(long), note=f"{len(letters)}"
    )


def _milliseconds(reader: Reader, texts: list[str]) -> list[float]:
    found = []
    for text in texts:
        began = time.perf_counter()
        reader(text)
        found.append((time.perf_counter() - began) * 1000)
    return found


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def ours_of(text: str) -> dict[str, Any]:
    """Our reading, as the command line prints it."""
    reading = read(text, today=TODAY)
    return {"kind": reading.kind, "needs": [need.to_json() for need in reading.needs]}


def plain(text: str) -> dict[str, Any]:
    """The plain reader's: every subject named is an order, and the first of everything else is theirs."""
    words = jieba.dt.lcut(text)
    named = {
        kind: [terms().words[kind][word] for word in words if word in terms().words[kind]] for kind in terms().words
    }
    if not any(word in text for word in TABLE["asks"]) or not named["subject"]:
        return {"kind": "question", "needs": []}
    count = re.search(TABLE["count"], text)
    value = (TABLE["digits"].get(count[1]) or int(count[1])) if count else None
    length = next((months for word, months in TABLE["months"].items() if word in text), None)
    order = {
        "stage": next(iter(named["stage"]), None),
        "grade": None,
        "mode": next(iter(named["mode"]), next(iter(terms().ids["mode"]))),
        "headcount": value,
        "start": None,
        "months": length,
        "topics": [],
        "urgent": any(word in text for word in TABLE["urgent"]),
    }
    return {"kind": "need", "needs": [{"subjects": [name]} | order for name in dict.fromkeys(named["subject"])]}
