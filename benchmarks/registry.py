"""Which benchmarks there are, and what one returns."""

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from statistics import median
from typing import Literal

# Name on the command line → function, imported only when it runs.
BENCHES = {
    "throughput": "benchmarks.throughput:measure",
    "latency": "benchmarks.latency:measure",
    "start": "benchmarks.start:measure",
    "memory": "benchmarks.memory:measure",
    "reading": "benchmarks.reading:measure",
    "ranking": "benchmarks.ranking:measure",
    "pool": "benchmarks.pool:measure",
    "assigning": "benchmarks.assigning:measure",
    "county": "benchmarks.county:measure",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `ratio` is ours / theirs, the median over the rounds, so it may differ from the ratio of the medians."""

    name: str
    unit: str
    better: Literal["more", "less"]
    ours: float
    theirs: float | None = None
    ratio: float | None = None
    spread: str = ""  # least to most of each side over the rounds
    note: str = ""


def compare(
    name: str,
    unit: str,
    better: Literal["more", "less"],
    ours: Sequence[float],
    theirs: Sequence[float],
    note: str = "",
) -> Row:
    """A row of rounds that were measured in turn: ours[i] beside theirs[i]."""
    ratios = [mine / other for mine, other in zip(ours, theirs, strict=True)]
    spread = f"{between(ours)} | {between(theirs)} | {between(ratios)}"
    return Row(name, unit, better, median(ours), median(theirs), median(ratios), spread, note)


def between(values: Sequence[float]) -> str:
    """Least to most, to three digits."""
    return f"{min(values):.3g}–{max(values):.3g}"


class Progress:
    """What runs now, on one line of a terminal or on a line of its own elsewhere."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def __call__(self, what: str) -> None:
        start, end = ("\r\x1b[K", "") if sys.stderr.isatty() else ("", "\n")
        minutes, seconds = divmod(int(time.monotonic() - self._began), 60)
        print(f"{start}[{minutes}:{seconds:02d}] {what}", end=end, file=sys.stderr, flush=True)


Bench = Callable[[Progress], list[Row]]


def load(name: str) -> Bench:
    """The function behind a name."""
    module, _, function = BENCHES[name].partition(":")
    bench: Bench = getattr(import_module(module), function)
    return bench
