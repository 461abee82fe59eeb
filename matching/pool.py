"""Teachers, indexed once and ranked many times.

Subjects, stages, forms and topics are sets of teachers written as Python integers, one bit a teacher: intersecting
them costs a few microseconds for thousands of teachers, needs no further library, and a changed teacher flips bits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from matching.terms import terms
from matching.thesaurus import shown_concepts
from matching.types import TeacherFields

Bits = int


class Pool:
    """An immutable index over supporting teachers, in the order of their ids."""

    __slots__ = ("all", "by_concept", "by_form", "by_stage", "by_subject", "closed", "full", "shown", "teachers")

    def __init__(self, teachers: Iterable[TeacherFields]) -> None:
        self.teachers = tuple(sorted(teachers, key=lambda teacher: teacher.id))
        self.all: Bits = (1 << len(self.teachers)) - 1
        self.shown = tuple(shown_concepts(t.topics, t.bio, t.subjects) for t in self.teachers)
        self.by_subject = _index(t.subjects for t in self.teachers)
        self.by_stage = _index(t.stages for t in self.teachers)
        self.by_form = _index(t.modes for t in self.teachers)
        self.by_concept = _index(self.shown)
        self.closed = _where(t.paused for t in self.teachers)
        self.full = _where(t.load >= t.capacity for t in self.teachers)

    def __len__(self) -> int:
        return len(self.teachers)

    def having(self, index: dict[str, Bits], names: Iterable[str]) -> Bits:
        """Teachers listed under any of the names."""
        found = 0
        for name in names:
            found |= index.get(name, 0)
        return found

    def siblings(self, subjects: Iterable[str]) -> Bits:
        """Teachers of a subject near to one of these."""
        wanted = set(subjects)
        near = {name for pair in terms().siblings if pair & wanted for name in pair - wanted}
        return self.having(self.by_subject, near)


def _index(rows: Iterable[Iterable[str]]) -> dict[str, Bits]:
    members: dict[str, list[int]] = {}
    for position, names in enumerate(rows):
        for name in names:
            members.setdefault(name, []).append(position)
    return {name: _bits(positions) for name, positions in members.items()}


def _where(flags: Iterable[bool]) -> Bits:
    return _bits([position for position, flag in enumerate(flags) if flag])


def _bits(positions: list[int]) -> Bits:
    """One integer with these bits set, built through bytes so that a large pool stays linear."""
    if not positions:
        return 0
    buffer = bytearray(max(positions) // 8 + 1)
    for position in positions:
        buffer[position >> 3] |= 1 << (position & 7)
    return int.from_bytes(buffer, "little")


def positions(bits: Bits) -> Iterator[int]:
    """The set bits, lowest first."""
    for index, byte in enumerate(bits.to_bytes((bits.bit_length() + 7) // 8, "little")):
        while byte:
            low = byte & -byte
            yield index * 8 + low.bit_length() - 1
            byte ^= low
