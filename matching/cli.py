"""The pure functions behind `bot.py read`, `rank` and `assign`: JSON lines in, dictionaries out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from matching.assigning.assign import OpenNeed, assign, explained
from matching.assigning.unfilled import Reason, Remedy
from matching.lines import open_needs, pool_of
from matching.ranking.pool import Pool
from matching.ranking.rank import rank
from matching.reading.read import read
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


def assign_lines(
    need_lines: Iterable[str],
    teacher_lines: Iterable[str],
    *,
    today: date,
    label: Callable[[Part], str],
    explain: Callable[[NeedFields, Reason | Remedy], str],
) -> Iterator[dict[str, Any]]:
    """One dictionary per pair, then one per order with open places, then the statistics; `lines.BadLine` before any."""
    pool = pool_of(teacher_lines)
    found = assign(open_needs(need_lines, today), pool, today=today)
    for pair, parts in explained(found.pairs, pool, today=today):
        yield _of(pair.need) | {
            "teacher_id": pair.teacher_id,
            "score": pair.score,
            "parts": [{"name": part.name, "label": label(part), "points": part.points} for part in parts],
        }
    for each in found.unfilled:
        yield _of(each.need) | {
            "unfilled": each.places,
            "why": {"name": each.why.name, "label": explain(each.need.fields, each.why)},
            "would": [
                {"name": remedy.name, "label": explain(each.need.fields, remedy), "teachers": remedy.teachers}
                for remedy in each.would
            ],
        }
    yield dict(found.statistics)


def _of(need: OpenNeed) -> dict[str, Any]:
    return {"need_id": need.need_id, "order": need.order}
