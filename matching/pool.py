"""Teachers, indexed once and ranked many times."""

from __future__ import annotations

from collections.abc import Iterable

from matching.types import TeacherFields


class Pool:
    """An immutable index over supporting teachers."""

    __slots__ = ("teachers",)

    def __init__(self, teachers: Iterable[TeacherFields]) -> None:
        self.teachers = tuple(sorted(teachers, key=lambda teacher: teacher.id))

    def __len__(self) -> int:
        return len(self.teachers)
