"""Ranking one by one, as plainly as the rules can be written: what the fast way is compared with.

Shares the vocabulary and the reading of biographies with the engine, and weights.toml; none of its arrays, limits,
points or ordering.
"""

import math
from collections import Counter
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

import numpy as np

from matching import NeedFields, Site, TeacherFields, mode_traits, start_window
from matching.places import place_key
from matching.ranking import biographies
from matching.ranking.biographies import Shown
from matching.ranking.parts import weights
from matching.ranking.stored import stored
from matching.terms import terms
from matching.thesaurus import asked_concepts, near_concepts, thesaurus
from matching.types import TeacherFields as Teacher

Listed = tuple[str, int, tuple[str, ...], float]
CROWD: list[TeacherFields] = []  # the pool that is ranked; the test fills it
LINE = ("学前", "小学", "初中", "高中", "中职")


def rank(
    need: NeedFields, teachers: list[TeacherFields], today: date, site: Site
) -> tuple[list[Listed], dict[str, int]]:
    """Everybody listed in order, as (id, tier, relax, score), and the counted reasons of the others."""
    first: list[tuple[float, int, str, Listed]] = []
    near, elsewhen = list(first), list(first)
    excluded: dict[str, int] = {}
    for teacher in teachers:
        reason, limit = place(need, teacher, site)
        missing = missing_days(need, teacher, today)
        if not reason and missing and (limit or missing > weights()["near"]["days"]):
            reason = "unavailable"
        if reason:
            excluded[reason] = excluded.get(reason, 0) + 1
            continue
        relax = ("dates",) if missing else tuple(limit.split())
        score = sum(parts(need, teacher, today, site).values()) + topic(need, teacher)
        entry = (teacher.id, 2 if relax else 1, relax, score)
        tier = elsewhen if missing else near if limit else first
        tier.append((-score, teacher.load, teacher.id, entry))
    kept = sorted(elsewhen)[: weights()["near"]["places"]]
    if len(elsewhen) > len(kept):
        excluded["unavailable"] = excluded.get("unavailable", 0) + len(elsewhen) - len(kept)
    return [entry for *_, entry in (*sorted(first), *sorted(near), *kept)], excluded


def place(need: NeedFields, teacher: Teacher, site: Site) -> tuple[str, str]:
    """(reason for leaving out, limit to relax); at most one of them is not empty."""
    here = {place_key(name) for name in (site.county, site.city, site.province, site.school) if name}
    level = title_level(teacher)
    wanted = {"top": 0, "senior": 1, "first": 2}.get(site.min_title or "", 9)
    homes = {place_key(teacher.origin_city or ""), teacher.unit or ""}
    for reason, out in (
        ("paused", teacher.paused),
        ("full", teacher.load >= teacher.capacity),
        ("length", None not in (need.months or None, teacher.min_months) and need.months < teacher.min_months),  # type: ignore[operator]
        ("length", None not in (need.months or None, teacher.max_months) and need.months > teacher.max_months),  # type: ignore[operator]
        ("region", any(place_key(name) in here for name in teacher.not_regions)),
        ("altitude", None not in (site.altitude, teacher.max_altitude) and teacher.max_altitude < site.altitude),  # type: ignore[operator]
        ("years", None not in (site.min_years, teacher.years) and teacher.years < site.min_years),  # type: ignore[operator]
        ("title", level is not None and level > wanted),
        ("origin", bool(site.origins) and homes != {""} and not homes & {place_key(name) for name in site.origins}),
    ):
        if out:
            return reason, ""
    subject = not need.subjects or guessed(need) or taught(need, teacher)
    sibling = any({a, b} in terms().siblings for a in need.subjects for b in teacher.subjects)
    asked = () if "特殊教育" in need.subjects else need.stages
    stage = not asked or bool(set(asked) & set(teacher.stages))
    adjacent = any(abs(LINE.index(a) - LINE.index(b)) == 1 for a in asked for b in teacher.stages)
    form = not need.modes or bool(set(need.modes) & set(teacher.modes))
    by_topic = need.topics and (not need.subjects or guessed(need))
    if by_topic and not (any(met(need, teacher)[:2]) or (need.subjects and taught(need, teacher))):
        return "topic", ""
    for limit, holds in (
        ("", subject and stage and form),
        ("form", subject and stage and not form),
        ("stage", subject and not stage and adjacent and form),
        ("subject", not subject and sibling and stage and form),
        ("subject stage", not subject and sibling and not stage and adjacent and form),
    ):
        if holds:
            return "", limit
    return next(name for name, holds in (("subject", subject), ("stage", stage), ("form", form)) if not holds), ""


def missing_days(need: NeedFields, teacher: Teacher, today: date) -> int:
    """Days too late and days too short together."""
    opens, closes = start_window(need, today)
    begin = max(today, opens, teacher.available_from or today)
    late = max(0, (begin - closes - timedelta(days=7)).days)
    stays = bool(need.modes) and all(mode_traits(mode).stays for mode in need.modes)
    days = 0.85 * need.months * 30 if need.months is not None else 30 if stays else 1
    if need.until and need.start and need.until >= need.start:
        days = 0.85 * ((need.until - need.start).days + 1)
    last = begin + timedelta(days=max(1, math.ceil(round(days, 6))) - 1)  # both days count
    return late + (max(0, (last - teacher.available_until).days) if teacher.available_until else 0)


def guessed(need: NeedFields) -> bool:
    """The reader took the subject from the words of the topic."""
    said = set(need.evidence.get("subjects", ()))
    return bool(need.subjects and need.topics and said) and said <= set(need.evidence.get("topics", ()))


def taught(need: NeedFields, teacher: Teacher) -> bool:
    """Whether a subject asked for is theirs, however a major is written."""
    canonical = terms().canonical
    return bool({canonical(name) for name in need.subjects} & {canonical(name) for name in teacher.subjects})


def title_level(teacher: Teacher) -> int | None:
    """0 is the highest, 3 is none of the known."""
    if not teacher.title:
        return None
    words = [(word, at) for at, level in enumerate(weights()["titles"].values()) for word in level]
    return min(((-len(word), at) for word, at in words if word in teacher.title), default=(0, 3))[1]


def parts(need: NeedFields, teacher: Teacher, today: date, site: Site) -> dict[str, float]:
    """The points of every part but the topic."""
    opens, closes = start_window(need, today)
    begin = max(today, opens, teacher.available_from or today)
    levels: dict[str, str | None] = {
        "subject": None
        if not need.subjects or (guessed(need) and not taught(need, teacher))
        else "shared"
        if taught(need, teacher)
        else "sibling",
        "stage": None
        if not need.stages or "特殊教育" in need.subjects
        else "shared"
        if set(need.stages) & set(teacher.stages)
        else "adjacent",
        "form": None if not need.modes else "shared" if set(need.modes) & set(teacher.modes) else "missing",
        "load": "some" if teacher.load else "free",
        "title": None if not teacher.title else ("top", "senior", "first", "other")[title_level(teacher) or 0],
        "years": None
        if teacher.years is None
        else "many"
        if teacher.years >= 10
        else "some"
        if teacher.years >= 3
        else "few",
    }
    if missing_days(need, teacher, today):
        levels["dates"] = "other"
    elif teacher.available_from is None and teacher.available_until is None:
        levels["dates"] = "open"
    elif begin > closes:
        levels["dates"] = "late"
    else:
        levels["dates"] = "whole" if begin <= max(today, opens) else "later"
    if teacher.available_until and any(mode_traits(mode).stays for mode in need.modes):
        days = (teacher.available_until - begin).days
        levels["stay"] = "cycle" if days >= 3 * 365 else "year" if days >= 304 else "short"
    homes = {place_key(name) for name in site.partners}
    if place_key(teacher.origin_city or "") in homes:
        levels["origin"] = "city"
    if any(teacher.unit and f"市{name}区" in teacher.unit for name in homes):
        levels["origin"] = "county"
    if teacher.rating and teacher.ratings:
        drawn = (teacher.rating * teacher.ratings + 4.0 * 5) / (teacher.ratings + 5)
        levels["rating"] = "high" if drawn >= 4.3 else "low" if drawn < 3.4 else "fair"
    here = {place_key(name) for name in (site.county, site.city, site.province) if name}
    if here and teacher.regions:
        levels["wish"] = "here" if here & {place_key(name) for name in teacher.regions} else "elsewhere"
    return {name: weights()[name][level] for name, level in levels.items() if level}


@cache
def shown_by(topics: tuple[str, ...], bio: str, subjects: tuple[str, ...]) -> dict[str, Shown]:
    """Cut once; the tests ask thousands of times."""
    return biographies.shown_concepts(topics, bio, subjects)


def met(need: NeedFields, teacher: Teacher) -> tuple[int, bool, bool]:
    """How many of the topics are surely shown, whether one is likely, whether more than one thing shows one."""
    shown = shown_by(teacher.topics, teacher.bio, teacher.subjects)
    sure, likely, firm = 0, False, False
    for asked in need.topics:
        if not asked_concepts((asked,), need.subjects):
            alike = share(asked, teacher)
            sure, likely = sure + (alike >= 50), likely or alike >= 34
            continue
        marks = [shown[name] for name in asked_concepts((asked,), need.subjects) if name in shown]
        sure += any(mark.sure for mark in marks)
        likely |= bool(marks) or any(shown[name].sure for name in near_concepts(asked, need.subjects) if name in shown)
        firm |= any(mark.firm for mark in marks)
    return sure, likely, firm


@cache
def pairs_of_everybody() -> tuple[dict[TeacherFields, set[str]], dict[str, int]]:
    """The pairs of each teacher, and how many teachers have a pair. Set by the test."""
    pairs = {each: {chr(p >> 16) + chr(p & 0xFFFF) for p in np.frombuffer(stored(each).pairs, "<u4")} for each in CROWD}
    return pairs, Counter(pair for each in pairs.values() for pair in each)


def share(asked: str, teacher: TeacherFields) -> int:
    """How much of the worth of a topic's pairs a teacher has, in hundredths; a rare pair is worth more."""
    pairs, count = pairs_of_everybody()
    wanted = {a + b for a, b in pairwise(asked)}
    wanted = {
        pair
        for at, pair in enumerate(sorted(wanted, key=lambda p: count[p]))
        if at < 3 or count[pair] <= 0.2 * len(pairs)
    }
    worth = {pair: round(64 * math.log1p(len(pairs) / (1 + count[pair]))) for pair in wanted}
    return 100 * sum(worth[pair] for pair in wanted & pairs[teacher]) // max(1, sum(worth.values()))


def topic(need: NeedFields, teacher: Teacher) -> float:
    """The topic's points: shown, likely, the wider field, or none."""
    table, (sure, likely, firm) = weights()["topic"], met(need, teacher)
    shown = shown_by(teacher.topics, teacher.bio, teacher.subjects)
    concepts = asked_concepts(need.topics, need.subjects)
    wider = any(shown[b].sure for c in concepts for b in thesaurus().concepts[c].under if b in shown)
    if sure:
        return float(min(table["shared"] + table["more"] * (sure - 1) + table["firm"] * firm, table["most"]))
    return float(table["likely"] if likely else table["broader"] if wider else 0)
