"""The numbers of a pool, one array for each thing known of a teacher, all by position."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.ranking.postings import Mask
from matching.ranking.stored import UNSAID
from matching.terms import load_table, mode_names, stage_names

Small = NDArray[np.int8]
Number = NDArray[np.int32]
Short = NDArray[np.int16]
Length = NDArray[np.float32]
MANY_YEARS, SOME_YEARS = 10, 3


@dataclass(frozen=True, slots=True)
class Columns:
    """What limits and points are computed from. Days are proleptic ordinals; what is unsaid stands in stored.py."""

    open: Mask  # False: paused, full, or dead (the teacher changed or left, and this position counts no more)
    alive: Mask
    paused: Mask
    free: Short  # places left, 0 where not open
    from_day: Number
    until_day: Number
    years: Short
    max_altitude: Short
    min_months: Length
    max_months: Length
    stages: NDArray[np.uint8]  # one bit for each of stage_names(); others are in no order
    modes: NDArray[np.uint16]  # one bit for each of mode_names()
    wishes: Mask  # has said where they would like to go
    homes: Mask  # has said where they come from
    load: Small  # levels of the parts that depend on nobody but the teacher; -1: left out
    rating: Small
    title: Small
    seniority: Small
    held: Short  # places held now
    standing: Short  # the points of these four together
    order: Number  # place of the id among all ids

    @classmethod
    def of(cls, rows: Mapping[str, Sequence[Any]], order: Sequence[int]) -> Columns:
        """From the fields of stored teachers, each a sequence by position."""
        table = load_table("weights")
        places = np.array(rows["capacity"], np.int32) - np.array(rows["load"], np.int32)
        paused = np.array(rows["paused"], bool)
        years = np.array(rows["years"], np.int32).clip(UNSAID, 99).astype(np.int16)
        fixed = {
            "load": _coded(rows["load"], lambda load: _place("load", "some" if load else "free")),
            "rating": _coded(list(zip(rows["rating"], rows["ratings"], strict=True)), _rating),
            "title": _coded(rows["title"], title_level),
            "seniority": _coded(rows["years"], _seniority),
        }
        points = [np.array([*table[part].values(), 0]) for part in ("load", "rating", "title", "years")]
        return cls(
            open=~paused & (places > 0),
            alive=np.ones(len(paused), bool),
            paused=paused,
            free=np.where(paused, 0, places.clip(0, 999)).astype(np.int16),
            from_day=np.array(rows["from_day"], np.int32),
            until_day=np.array(rows["until_day"], np.int32),
            years=years,
            max_altitude=np.array(rows["max_altitude"], np.int32).clip(-999, 32767).astype(np.int16),
            min_months=np.array(rows["min_months"], np.float32),
            max_months=np.array(rows["max_months"], np.float32),
            stages=_coded(rows["stages"], stage_bits).astype(np.uint8),
            modes=_coded(rows["modes"], mode_bits).astype(np.uint16),
            wishes=np.array([bool(text) for text in rows["regions"]], bool),
            homes=np.array([bool(text) for text in rows["origins"]], bool),
            held=np.array(rows["load"], np.int32).clip(0, 999).astype(np.int16),
            standing=sum((p[f] for p, f in zip(points, fixed.values(), strict=True))).astype(np.int16),  # type: ignore[union-attr]
            order=np.array(order, np.int32),
            **{name: levels.astype(np.int8) for name, levels in fixed.items()},
        )

    def first(self, size: int) -> Columns:
        """The first positions, without copying."""
        return Columns(*(getattr(self, each.name)[:size] for each in fields(self)))

    def longer(self, size: int) -> Columns:
        """The same with room behind the last position."""
        return Columns(*(np.resize(getattr(self, each.name), size) for each in fields(self)))

    def put(self, position: int, one: Columns) -> None:
        """Write the only position of `one` here."""
        for each in fields(self):
            getattr(self, each.name)[position] = getattr(one, each.name)[0]

    def kill(self, position: int) -> None:
        """This position counts no more."""
        self.open[position] = self.alive[position] = False
        self.free[position] = 0


def _coded(values: Sequence[Any], code: Callable[[Any], int]) -> Number:
    """Each value's code; equal values are coded once."""
    codes = {value: code(value) for value in set(values)}
    return np.array([codes[value] for value in values], np.int32)


def stage_bits(text: str | Iterable[str]) -> int:
    """One bit for each stage named, one name a line."""
    return _bits(text, stage_names())


def mode_bits(text: str | Iterable[str]) -> int:
    """One bit for each form of help named, one name a line."""
    return _bits(text, mode_names())


def _bits(text: str | Iterable[str], names: Sequence[str]) -> int:
    words = text.split("\n") if isinstance(text, str) else text
    return sum(1 << names.index(word) for word in set(words) if word in names)


def _place(part: str, level: str) -> int:
    return level_names(part).index(level)


@cache
def level_names(part: str) -> tuple[str, ...]:
    """The levels of a part in the order of weights.toml."""
    return tuple(load_table("weights")[part])


def title_level(title: str) -> int:
    """The level of a professional title, -1 when none is said. The lower the level, the higher the title."""
    if not title:
        return -1
    table = load_table("weights")["titles"]
    held = [(len(word), level) for level, words in table.items() for word in words if word in title]
    return _place("title", max(held, key=lambda found: found[0], default=(0, "other"))[1])


def _rating(marks: tuple[float, int]) -> int:
    """The mean of past marks, drawn towards the usual mark as long as there are few."""
    mean, count = marks
    if not count:
        return -1
    rule = load_table("weights")["marks"]
    drawn = (mean * count + rule["usual"] * rule["weight"]) / (count + rule["weight"])
    return _place("rating", "high" if drawn >= rule["high"] else "low" if drawn < rule["low"] else "fair")


def _seniority(years: int) -> int:
    if years < 0:
        return -1
    return _place("years", "many" if years >= MANY_YEARS else "some" if years >= SOME_YEARS else "few")
