"""Ranks the teachers of a pool for one order."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from matching.dates import slack_days
from matching.pool import Pool
from matching.types import Candidate, NeedFields, Part, Ranking


def rank(need: NeedFields, pool: Pool, *, today: date, top: int = 10, refused: Collection[str] = ()) -> Ranking:
    """The best teachers for one order (first, simple version)."""
    rows = []
    for teacher in pool.teachers:
        if (
            teacher.paused
            or teacher.load >= teacher.capacity
            or teacher.id in refused
            or any(slack_days(need, teacher, today))
        ):
            continue
        subject = not need.subjects or bool(set(need.subjects) & set(teacher.subjects))
        stage = not need.stages or bool(set(need.stages) & set(teacher.stages))
        form = not need.modes or bool(set(need.modes) & set(teacher.modes))
        if subject and stage + form >= 1:
            relax = tuple(key for key, fits in (("form", form), ("stage", stage)) if not fits)
            parts = (Part("stage", "shared", 20.0 if stage else 0.0), Part("form", "shared", 20.0 if form else 0.0))
            rows.append(Candidate(teacher.id, sum(p.points for p in parts), parts, 2 if relax else 1, relax))
    rows.sort(key=lambda row: (row.tier, -row.score, row.teacher_id))
    return Ranking(tuple(rows[:top]), any(row.tier == 1 for row in rows))
