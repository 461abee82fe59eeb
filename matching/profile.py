"""Reads a teacher's self-introduction and a rating (first, simple version)."""

from __future__ import annotations

from datetime import date

from matching.reading import read_reply
from matching.types import TeacherFields


def read_profile(text: str, *, today: date) -> TeacherFields:
    """What a teacher says about themselves."""
    need = read_reply(text, today=today)
    return TeacherFields(subjects=need.subjects, stages=need.stages, modes=need.modes, bio=text[:4096])


def read_rating(text: str) -> int | None:
    """A mark from 1 to 5, or None."""
    found = [char for char in text if char.isdigit()]
    value = int(found[0]) if len(found) == 1 else 0
    return value if 1 <= value <= 5 else None
