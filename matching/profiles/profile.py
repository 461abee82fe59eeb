"""Reads a teacher's self-introduction into fields, and a mark from 1 to 5.

A biography states what somebody can do: stances are read only where they exclude (不教, 以前教过). The parts are in
profile_text.py (clauses), profile_who.py, profile_offer.py and profile_skills.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from matching.profiles.clauses import Clause, any_of, clause_at, clauses, holds, pattern, people, untabled
from matching.profiles.offer import modes_of, window_of
from matching.profiles.skills import topics_of
from matching.profiles.who import (
    altitude_of,
    capacity_of,
    city_of,
    name_of,
    regions_of,
    title_of,
    unit_of,
    years_of,
)
from matching.reading.marks import grade_marks, stage_marks, stage_of_grade
from matching.reading.mentions import Mention, find_mentions
from matching.reading.scene import NO, Scene, lay_out
from matching.terms import terms
from matching.types import TeacherFields
from matching.words.text import MAX_CHARACTERS, clean


def read_profile(text: str, *, today: date) -> TeacherFields:
    """What a teacher says about themselves; what is not said stays empty."""
    scene = lay_out(untabled(clean(text).chars), today)
    parts = clauses(scene.text.chars)
    unit, name = unit_of(parts), name_of(parts)
    city = city_of(parts, unit)
    subjects, stages = _subjects_and_stages(scene, parts, unit)
    opens, closes = window_of([part for part in parts if not name or name not in part.words], scene, today)
    regions, not_regions = regions_of(parts)
    return TeacherFields(
        name=name,
        unit=unit,
        subjects=subjects,
        stages=stages,
        modes=modes_of(parts, scene),
        topics=topics_of(parts, subjects, (name, unit, city)),
        title=title_of(parts),
        years=years_of(parts, today),
        bio=text[:MAX_CHARACTERS].strip(),
        available_from=opens,
        available_until=closes,
        capacity=capacity_of(parts) or 1,
        origin_city=city,
        regions=regions,
        not_regions=not_regions,
        max_altitude=altitude_of(scene.text.chars),
    )


# --- subjects and stages ----------------------------------------------------------------------------------


def _subjects_and_stages(
    scene: Scene, parts: Sequence[Clause], unit: str | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    mentions = _taught(scene, parts, [mention for mention in find_mentions(scene) if mention.stance != NO])
    stages = _stages(scene, {mention.begin for mention in mentions}, unit)
    known = terms().words["subject"]  # an order keeps a major as written, a teacher the name it is compared by
    subjects = tuple(dict.fromkeys(known.get(name, name) for mention in mentions for name in mention.names))
    subjects = subjects or tuple(dict.fromkeys(_said_otherwise(parts)))
    subjects = tuple(name for name in subjects if _has_id(name, "general")) or subjects
    implied = tuple(dict.fromkeys(terms().implied_stage[n] for n in subjects if n in terms().implied_stage))
    if subjects and stages == terms().stage_line[:1] and all(map(_is_management_name, subjects)):
        subjects = (*subjects, *(name for name, stage in terms().implied_stage.items() if stage == stages[0]))[:2]
    stages = stages or implied or _hidden_stages(parts)
    return _politics(scene, subjects, stages), stages


def _stages(scene: Scene, taken: set[int], unit: str | None) -> tuple[str, ...]:
    """Stages named outside the school's name; else those it hints at."""
    begin = scene.text.chars.find(unit) if unit else -1
    school = range(begin, begin + len(unit or "")) if begin >= 0 else range(0)
    marks = stage_marks(scene, taken, set())
    free = [mark for mark in marks if scene.tokens[mark.begin].start not in school]
    named = [value for mark in free if mark.weight > 1 for value in mark.values]
    graded = [stage_of_grade(grade) for mark in grade_marks(scene) for grade in mark.values]
    return tuple(dict.fromkeys(named or graded or [value for mark in (*free, *marks) for value in mark.values]))


def _hidden_stages(parts: Sequence[Clause]) -> tuple[str, ...]:
    """Stage words inside longer ones, at the start of a clause: 初中毕业班."""
    words = terms().words["stage"]
    found = [any_of(tuple(words)).match(part.words) for part in parts if part.label in (None, "stage")]
    return tuple(dict.fromkeys(words[match[0]] for match in found if match))


def _taught(scene: Scene, parts: Sequence[Clause], mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions that say what somebody teaches: no certificates, no hobbies, no former subjects."""
    rules = people()["subjects"]
    live = [mention for mention in mentions if _is_subject(scene, mention)] or list(mentions)
    finer = [mention.role is not None or _is_finer(scene, mention) for mention in live]
    if not all(finer):
        aside = zip(live, finer, strict=True)
        live = [m for m, fine in aside if not fine or (m.role is None and _is_taught(scene, m))]
    if any(not _is_management(mention) for mention in live):
        live = [mention for mention in live if not _is_management(mention)]
    if not holds(scene.text.chars, rules["now"]) or holds(scene.text.chars, rules["both"]):
        return live
    past = [holds(_lead_up(scene, parts, mention), rules["then"]) for mention in live]
    after = past.index(True) if True in past else len(past)
    current = [mention for mention, former in zip(live, past, strict=True) if not former]
    return current if not all(past[after:]) else live


def _lead_up(scene: Scene, parts: Sequence[Clause], mention: Mention) -> str:
    """The clause as far as the mention, after the last 现在."""
    position = scene.tokens[mention.begin].start
    part = clause_at(parts, position)
    lead = part.words[: position - part.start] if part else ""
    return any_of(tuple(people()["subjects"]["now"])).split(lead)[-1]


def _is_subject(scene: Scene, mention: Mention) -> bool:
    rules, chars = people()["subjects"], scene.text.chars
    start, end = scene.tokens[mention.begin].start, scene.tokens[mention.end - 1].end
    before, after = chars[max(0, start - 6) : start], chars[end : end + 4]
    spoken = pattern(rules["spoken"]).search(before)
    return (
        not spoken
        and not before.endswith(tuple(rules["not_before"]))
        and not after.startswith(tuple(rules["not_after"]))
    )


def _is_finer(scene: Scene, mention: Mention) -> bool:
    return scene.tokens[mention.begin].text in people()["subjects"]["finer"]


def _is_taught(scene: Scene, mention: Mention) -> bool:
    start = scene.tokens[mention.begin].start
    return bool(pattern(people()["subjects"]["taught"]).search(scene.text.chars[max(0, start - 8) : start]))


def _is_management(mention: Mention) -> bool:
    return all(map(_is_management_name, mention.names))


def _is_management_name(name: str) -> bool:
    return _has_id(name, "management")


def _has_id(name: str, wanted: str) -> bool:
    """Whether it is that subject of the vocabulary; a major nobody listed is none."""
    return terms().ids["subject"].get(name) == wanted


def _said_otherwise(parts: Sequence[Clause]) -> Iterator[str]:
    """Words that are a subject only in somebody's own line, or hidden in a longer word (数控车床)."""
    more: dict[str, Any] = people()["subjects"]["more"]
    for part in parts:
        for match in any_of(tuple(more)).finditer(part.words):
            yield str(more[match[0]])


def _politics(scene: Scene, subjects: tuple[str, ...], stages: tuple[str, ...]) -> tuple[str, ...]:
    """政治 of a teacher is the subject of the stage they teach."""
    low, high = terms().politics["default"], terms().politics["high"]
    if low not in subjects or not any(token.text in terms().politics_words for token in scene.tokens):
        return subjects
    upper = terms().stage_line[3]
    return tuple(high if name == low and stages == (upper,) else name for name in subjects)


# --- a mark from 1 to 5 -------------------------------------------------------------------------------------


def read_rating(text: str) -> int | None:
    """5, ４, 五分, 三星, 满意 → 1 … 5; anything else is no mark."""
    rules = people()["rating"]
    word = "".join(clean(text[:40]).chars.split()).strip(rules["marks"])
    for phrase in sorted(rules["praise"], key=len, reverse=True):
        if word == phrase:
            return int(rules["praise"][phrase])
    for prefix in sorted(rules["prefix"], key=len, reverse=True):
        word = word.removeprefix(prefix)
    for unit in sorted(rules["units"], key=len, reverse=True):
        word = word.removesuffix(unit)
    value = int(word) if word in ("1", "2", "3", "4", "5") else rules["words"].get(word)
    return int(value) if value else None
