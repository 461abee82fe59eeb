"""Reads a teacher's self-introduction, with the machinery that reads orders, and a mark from 1 to 5.

A biography states what somebody can do, so stances are read only where they exclude (不教, 除…外).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from typing import Any

from matching import numerals
from matching.marks import grade_marks, mode_marks, stage_marks, stage_of_grade
from matching.mentions import find_mentions
from matching.scene import NO, Scene, lay_out
from matching.terms import load_table, term_id, terms
from matching.text import clean
from matching.thesaurus import CLAUSE, thesaurus
from matching.types import TeacherFields

LONGEST_STAY = 36  # months; what is longer is somebody's years of service


@cache
def _table() -> dict[str, Any]:
    return load_table("people")


def read_profile(text: str, *, today: date) -> TeacherFields:
    """What a teacher says about themselves; what is not said stays empty."""
    scene = lay_out(text, today)
    chars = scene.text.chars
    subjects, stages = _subjects_and_stages(scene)
    opens, closes = _window(scene, today)
    capacity = _number(chars, _table()["capacity"]["patterns"])
    return TeacherFields(
        name=_first(chars, _table()["name"]["patterns"]),
        unit=_unit(chars),
        subjects=subjects,
        stages=stages,
        modes=_modes(scene),
        topics=_topics(chars, subjects),
        title=next((word for word in _table()["title"]["words"] if word in chars), None),
        years=_number(chars, _table()["years"]["patterns"]),
        bio=text[:4096].strip(),
        available_from=opens,
        available_until=closes,
        capacity=capacity or 1,
        origin_city=_city(chars),
        regions=_regions(chars),
    )


def _subjects_and_stages(scene: Scene) -> tuple[tuple[str, ...], tuple[str, ...]]:
    mentions = [mention for mention in find_mentions(scene) if mention.stance != NO]
    taken = {mention.begin for mention in mentions}
    marks = stage_marks(scene, taken, set())
    named = [value for mark in marks if mark.weight > 1 for value in mark.values]
    named += [stage_of_grade(grade) for mark in grade_marks(scene) for grade in mark.values]
    hinted = [value for mark in marks for value in mark.values]
    subjects = tuple(dict.fromkeys(name for mention in mentions for name in mention.names))
    subjects = tuple(name for name in subjects if term_id("subject", name) == "general") or subjects
    implied = [terms().implied_stage[name] for name in subjects if name in terms().implied_stage]
    stages = tuple(dict.fromkeys(named or hinted or implied))
    return _politics(scene, subjects, stages), stages


def _modes(scene: Scene) -> tuple[str, ...]:
    """Forms of help on offer; 任教 says where somebody works, not what they offer."""
    marks = [mark for mark in mode_marks(scene) if scene.tokens[mark.begin].text not in _table()["offers"]["not"]]
    return tuple(dict.fromkeys(value for mark in marks for value in mark.values))


def _politics(scene: Scene, subjects: tuple[str, ...], stages: tuple[str, ...]) -> tuple[str, ...]:
    """政治 of a teacher is the subject of the stage they teach."""
    low, high = terms().politics["default"], terms().politics["high"]
    if low not in subjects or not any(token.text in terms().politics_words for token in scene.tokens):
        return subjects
    upper = terms().stage_line[3]
    return tuple(high if name == low and stages == (upper,) else name for name in subjects)


# --- when ---------------------------------------------------------------------------------------------


def _window(scene: Scene, today: date) -> tuple[date | None, date | None]:
    opens = closes = None
    rules = _table()["open"]
    for mark in scene.times:
        after = scene.tokens[mark.end].text if mark.end < len(scene.tokens) else ""
        if mark.kind == "range":
            return mark.first, mark.last
        if mark.kind == "end" or (mark.kind == "point" and after in rules["until"]):
            closes = closes or mark.last
        elif mark.kind in ("point", "term"):
            opens = opens or mark.first
    if opens is None and any(word in scene.text.chars for word in rules["always"]):
        opens = today
    length = next((m.months for m in scene.times if m.kind == "length" and (m.months or 0) <= LONGEST_STAY), None)
    if opens and closes is None and length:
        closes = opens + timedelta(days=round(length * 30.4) - 1)
    return opens, closes


# --- who, where, what ------------------------------------------------------------------------------------


def _first(chars: str, patterns: Iterable[str]) -> str | None:
    for pattern in patterns:
        match = re.search(pattern, chars)
        if match:
            return match[1]
    return None


def _unit(chars: str) -> str | None:
    rules = _table()["unit"]
    for pattern in rules["patterns"]:
        for match in re.finditer(pattern, chars):
            if match[1] not in rules["never"] and not any(word in match[1] for word in rules["story"]):
                return match[1]
    cities = "|".join(_table()["cities"]["names"])
    return _first(chars, [f"((?:{cities}){rules['kinds']})"])


def _number(chars: str, patterns: Iterable[str]) -> int | None:
    found = _first(chars, patterns)
    value = numerals.value(found) if found else None
    return value if value is not None and 0 < value <= 60 else None


def _city(chars: str) -> str | None:
    rules = _table()["cities"]
    names = f"({'|'.join(rules['names'])})"
    found = _first(chars, [rules["lead"] + rules["province"] + names, names + rules["after"]])
    unit = _unit(chars) or ""
    return found or next((name for name in rules["names"] if chars.startswith(name) or unit.startswith(name)), None)


def _regions(chars: str) -> tuple[str, ...]:
    rules = _table()["regions"]
    names = "|".join(sorted(rules["names"], key=len, reverse=True))
    found = re.findall(rules["lead"] + f"((?:(?:{names}){rules['kind']}?{rules['joint']}?)+)", chars)
    return tuple(dict.fromkeys(name for run in found for name in re.findall(names, run)))


def _topics(chars: str, subjects: tuple[str, ...]) -> tuple[str, ...]:
    """Topics named in so many words, outside clauses that only tell of an interest."""
    known = thesaurus()
    found: list[str] = []
    for clause in CLAUSE.split(chars):
        if any(word in clause for word in known.unsure):
            continue
        for hit in known.said.outermost(clause):
            suits = any(known.concepts[name].suits(subjects) for name in hit.concepts)
            if suits and hit.phrase not in known.generic and hit.phrase not in terms().words["subject"]:
                found.append(hit.phrase)
    return tuple(dict.fromkeys(found))


# --- a mark from 1 to 5 -------------------------------------------------------------------------------------


def read_rating(text: str) -> int | None:
    """5, ４, 五分, 三星, 满意 → 1 … 5; anything else is no mark."""
    rules = _table()["rating"]
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
