"""Teachers in columns, indexed once and ranked many times.

A teacher has a position. Positions are given once: who changes or leaves keeps a dead one behind, who changes or joins
gets the next, so any change costs less than a millisecond. `order` holds the place of each teacher's id among all ids,
which settles ties whatever order the teachers came in.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Any

import numpy as np

from matching.places import place_key
from matching.ranking.columns import Columns, Number, Short
from matching.ranking.postings import Mask, Named, Positions, Postings, spread
from matching.ranking.stored import FIRM, StoredTeacher, stored, vocabulary_version
from matching.terms import terms
from matching.thesaurus import concept_numbers
from matching.types import TeacherFields

TEXTS = ("subjects", "title", "regions", "origins", "words", "load", "capacity", "rating", "ratings")
"""What the words of parts are made from, by position."""
UNIQUE = {"id", "pairs"}  # fields in which equal values are not worth looking for
SLICE = 5_000  # rows taken at a time


class StaleRows(ValueError):
    """Rows cut with another vocabulary: cut them anew with `stored`."""


class Pool:
    """An index over supporting teachers, by position; `change` and `remove` keep it current.

    `ids[p]` is the teacher at position p, `free[p]` the places they have left: 0 for who paused or has left.
    """

    __slots__ = (
        "_at",
        "_closed",
        "_room",
        "_shown",
        "_sorted",
        "by_concept",
        "by_home",
        "by_pair",
        "by_refused",
        "by_region",
        "by_subject",
        "columns",
        "ids",
        "said",
    )

    def __init__(self, teachers: Iterable[TeacherFields] = ()) -> None:
        self._fill([stored(teacher) for teacher in teachers])

    @classmethod
    def from_rows(cls, rows: Iterable[Sequence[Any]]) -> Pool:
        """From rows as `stored` makes them, in any order, one for each id; StaleRows when cut with another vocabulary."""
        pool = cls.__new__(cls)
        pool._fill(rows)
        return pool

    def _fill(self, rows: Iterable[Sequence[Any]]) -> None:
        table = _by_field(rows)
        self.ids: list[str] = table["id"]
        self._at = {id: position for position, id in enumerate(self.ids)}
        by_id = sorted(range(len(self.ids)), key=self.ids.__getitem__)
        self._sorted = [self.ids[position] for position in by_id]
        order = np.empty(len(self.ids), np.int32)
        order[by_id] = np.arange(len(self.ids))
        self.columns = self._room = Columns.of(table, order.tolist())
        self._closed: tuple[int, int] | None = None
        self.said: dict[str, list[Any]] = {name: table[name] for name in TEXTS}
        self._shown: list[bytes] = table["concepts"]
        self.by_subject = Named(_split(table["subjects"], terms().canonical))
        self.by_region = Named(_split(table["regions"], place_key))
        self.by_refused = Named(_split(table["not_regions"]))
        self.by_home = Named(_split(table["origins"]))
        self.by_concept = _packed(table["concepts"], "<u2")
        self.by_pair = _packed(table.pop("pairs"), "<u4")

    def __len__(self) -> int:
        """How many positions there are, dead ones included."""
        return len(self.ids)

    @property
    def free(self) -> Short:
        """Places left by position."""
        return self.columns.free

    @property
    def order(self) -> Number:
        """The place of each teacher's id among all ids, by position."""
        return self.columns.order

    @property
    def closed(self) -> tuple[int, int]:
        """How many paused, and how many of the others hold all places they can."""
        if self._closed is None:
            alive, paused = self.columns.alive, self.columns.paused & self.columns.alive
            resting = int(np.count_nonzero(paused))
            full = int(np.count_nonzero(alive)) - resting - int(np.count_nonzero(self.columns.open))
            self._closed = resting, full
        return self._closed

    def change(self, teacher: TeacherFields | StoredTeacher) -> None:
        """Somebody joined, or anything about them changed."""
        row = teacher if isinstance(teacher, StoredTeacher) else stored(teacher)
        table = _by_field([row])
        position = len(self.ids)
        if position == len(self._room.alive):
            self._room = self._room.longer(position + position // 8 + 8)
            self.columns = self._room.first(position)
        self.remove(row.id)
        self._room.put(position, Columns.of(table, [self._place(row.id)]))
        self.columns = self._room.first(position + 1)
        self.ids.append(row.id)
        self._at[row.id] = position
        for name, texts in self.said.items():
            texts.append(getattr(row, name))
        self._shown.append(row.concepts)
        self.by_subject.add(position, map(terms().canonical, _words(row.subjects)))
        self.by_region.add(position, map(place_key, _words(row.regions)))
        self.by_refused.add(position, _words(row.not_regions))
        self.by_home.add(position, _words(row.origins))
        self.by_concept.add(position, np.frombuffer(row.concepts, "<u2").tolist())
        self.by_pair.add(position, np.frombuffer(row.pairs, "<u4").tolist())

    def remove(self, id: str) -> None:
        """Somebody left; nothing happens when they were not there."""
        position = self._at.pop(id, None)
        if position is not None:
            self.columns.kill(position)
        self._closed = None

    def _place(self, id: str) -> int:
        """The place of an id among all ids ever seen; those behind a new one move up."""
        place = bisect_left(self._sorted, id)
        if place == len(self._sorted) or self._sorted[place] != id:
            self._sorted.insert(place, id)
            order = self.columns.order
            np.add(order, 1, out=order, where=order >= place)
        return place

    def positions(self, ids: Iterable[str]) -> Positions:
        """Where these teachers are; who is not in the pool is left out."""
        return np.array([self._at[id] for id in ids if id in self._at], np.intp)

    def siblings(self, subjects: Iterable[str]) -> Mask:
        """Teachers of a subject near to one of these."""
        return self.by_subject.having(terms().neighbours(subjects), len(self))

    def words(self, name: str, position: int) -> tuple[str, ...]:
        """Subjects, regions … of one teacher."""
        return tuple(_words(self.said[name][position]))

    def words_for(self, position: int, concepts: Iterable[str], mark: int) -> str:
        """The words of one teacher that show one of the concepts: surely, or with LIKELY as mark; none: "" ."""
        marks, numbers = np.frombuffer(self._shown[position], "<u2").tolist(), concept_numbers()
        for number in map(numbers.__getitem__, concepts):
            for exact in (number | mark, number | mark | FIRM):
                if exact in marks:
                    at: int = marks.index(exact)
                    return self.words("words", position)[at]
        return ""


def _by_field(rows: Iterable[Sequence[Any]]) -> dict[str, list[Any]]:
    """Field -> values by position. Taken in slices and with equal values kept once: rows may come from a cursor."""
    table: dict[str, list[Any]] = {name: [] for name in StoredTeacher._fields}
    once: dict[Any, Any] = {}
    waiting = iter(rows)
    while some := list(islice(waiting, SLICE)):
        for name, values in zip(StoredTeacher._fields, zip(*some, strict=True), strict=True):
            table[name] += values if name in UNIQUE else map(once.setdefault, values, values)
    if set(table["made"]) - {vocabulary_version()}:
        raise StaleRows
    return table


def _words(text: str) -> list[str]:
    return text.split("\n") if text else []


def _split(texts: Sequence[str], key: Callable[[str], str] = str) -> list[list[str]]:
    """The words of each text; equal texts are split once."""
    once = {text: [key(word) for word in _words(text)] for text in set(texts)}
    return [once[text] for text in texts]


def _packed(rows: Sequence[bytes], dtype: str) -> Postings:
    keys = np.frombuffer(b"".join(rows), dtype).astype(np.uint32)
    counts = np.array([len(row) for row in rows], np.int64) // np.dtype(dtype).itemsize
    return Postings(keys, spread(counts))
