"""The two pure functions behind `bot.py read` and `bot.py rank`: JSON lines in, dictionaries out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from matching.pool import Pool
from matching.ranking import rank
from matching.reading import read
from matching.types import Candidate, NeedFields, Part, Reading, TeacherFields


def _rows(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    for line in lines:
        if line.strip():
            yield json.loads(line)


def _read(row: dict[str, Any], today: date) -> Reading:
    """Only id and text of a need are looked at; the other keys are labels."""
    return read(str(row.get("text") or ""), today=today)


def read_lines(lines: Iterable[str], today: date) -> Iterator[dict[str, Any]]:
    """One dictionary per text: {"id", "kind", "needs"}."""
    for row in _rows(lines):
        reading = _read(row, today)
        yield {"id": row.get("id"), "kind": reading.kind, "needs": [need.to_json() for need in reading.needs]}


def rank_lines(
    need_lines: Iterable[str],
    teacher_lines: Iterable[str],
    *,
    today: date,
    top: int,
    label: Callable[[Part], str],
) -> Iterator[dict[str, Any]]:
    """One dictionary per text, each order with its candidates; `label` words a part of the score."""
    pool = Pool(TeacherFields.from_json(row) for row in _rows(teacher_lines))
    for row in _rows(need_lines):
        reading = _read(row, today)
        yield {
            "id": row.get("id"),
            "kind": reading.kind,
            "needs": [_ranked(need, pool, today, top, label) for need in reading.needs],
        }


def _ranked(need: NeedFields, pool: Pool, today: date, top: int, label: Callable[[Part], str]) -> dict[str, Any]:
    ranking = rank(need, pool, today=today, top=top)
    return need.to_json() | {
        "candidates": [_candidate(candidate, label) for candidate in ranking.candidates],
        "full_match": ranking.full_match,
        "excluded": dict(ranking.excluded),
    }


def _candidate(candidate: Candidate, label: Callable[[Part], str]) -> dict[str, Any]:
    return {
        "teacher_id": candidate.teacher_id,
        "score": candidate.score,
        "tier": candidate.tier,
        "relax": list(candidate.relax),
        "parts": [{"name": part.name, "label": label(part), "points": part.points} for part in candidate.parts],
    }
