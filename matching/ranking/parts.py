"""The named parts of a score. The wording belongs to locales: `part-{name}-{level}` with the part's values.

    topic    shared {topic} {words} · alike {topic} {words} · broader {topic} {words} · none {topic}
    subject  shared {subject} · sibling {subject} {asked}
    stage    shared {stage} · adjacent {stage} {asked}
    form     shared {form} · missing {form}
    dates    whole · later {date} · late {date} {days} · open · other {days}
    stay     cycle · year · short {date}
    origin   school {place} · county {place} · city {place}
    load     free {capacity} · some {load} {capacity}
    rating   high {mean} {n} · fair {mean} {n} · low {mean} {n}
    wish     here {place} · elsewhere {place}
    title    top {title} · senior {title} · first {title} · other {title}
    years    many {years} · some {years} · few {years}

A part is left out when the order does not ask for it or the teacher has not said it: missing data is neutral. Each part
has a level for every teacher at once, by its place in weights.toml (-1: left out); only who is proposed gets words. All
points are whole numbers, so that the total is the sum of the parts whatever the order of adding.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from matching.dates import Timing, lasts
from matching.places import HOMES, around, home_key
from matching.ranking.columns import Columns, Number, Small, level_names
from matching.ranking.pool import Pool
from matching.ranking.postings import Mask, Positions
from matching.ranking.shortlist import BOTH, FORM, STAGE, SUBJECT, Shortlist, asks_stage
from matching.ranking.stored import ALWAYS, NEVER
from matching.terms import load_table
from matching.types import NeedFields, Site

CYCLE_DAYS = 1095
YEAR_DAYS = 304  # ten months


@cache
def weights() -> dict[str, Any]:
    """weights.toml: every number with its reason."""
    return load_table("weights")


@cache
def points_of(name: str) -> Number:
    """Points by level; the last entry is what level -1 gets: nothing."""
    return np.array([*weights()[name].values(), 0], np.int32)


def points_at(name: str, places: Small) -> Number | np.int32:
    """The points of each level, or of all of them when they are one number (see `_either`)."""
    points = points_of(name)
    if len(places) and places.strides == (0,):
        return np.int32(points[places[0]])
    taken: Number = points.take(places)
    return taken


def level(name: str, word: str) -> int:
    """The place of a level in weights.toml."""
    return level_names(name).index(word)


@dataclass(frozen=True, slots=True)
class Order:
    """One order with where and when it is."""

    need: NeedFields
    timing: Timing
    site: Site
    guessed: bool = False  # the subject only follows from the topic, which decides


def levels(order: Order, pool: Pool, listed: Shortlist) -> dict[str, Small]:
    """Part -> level of each teacher on the list, for all parts but the topic."""
    need, columns, at = order.need, pool.columns, listed.positions
    found: dict[str, Small] = {}
    if need.subjects:
        found["subject"] = _either("subject", listed.limit >= SUBJECT, "sibling", "shared")
    if order.guessed:
        taught = pool.by_subject.having(need.subjects, len(pool)).take(at)
        found["subject"] = pick(~taught, -1, found["subject"])
    if asks_stage(need):
        found["stage"] = _either("stage", (listed.limit == STAGE) | (listed.limit == BOTH), "adjacent", "shared")
    if need.modes:
        found["form"] = _either("form", listed.limit == FORM, "missing", "shared")
    found["dates"] = _dates(order.timing, columns, listed)
    if lasts(need, any):
        found["stay"] = _stay(order.timing, columns, at)
    if order.site.partners:
        found["origin"] = _origin(order.site, pool, at)
    if around(order.site):
        found["wish"] = _wish(order.site, pool, at)
    return found


def standing(columns: Columns, at: Positions) -> dict[str, Small]:
    """The parts that depend on nobody but the teacher; `Columns.standing` holds their points together."""
    return {
        "load": columns.load[at],
        "rating": columns.rating[at],
        "title": columns.title[at],
        "years": columns.seniority[at],
    }


def _either(name: str, first: Mask, one: str, other: str) -> Small:
    if not first.any():
        return np.broadcast_to(np.int8(level(name, other)), first.shape)  # one number for all: most lists are alike
    return pick(first, level(name, one), level(name, other))


def pick(where: Mask, yes: int, no: Small | int) -> Small:
    """One level where it holds, another elsewhere. Arithmetic, because assigning through a mask costs thirty times more."""
    chosen: Small = no + where.view(np.int8) * (np.int8(yes) - no)
    return chosen.astype(np.int8, copy=False)


def _dates(timing: Timing, columns: Columns, listed: Shortlist) -> Small:
    from_day, until_day = columns.from_day.take(listed.positions), columns.until_day.take(listed.positions)
    begin = timing.begins(from_day)
    found = pick(begin <= max(timing.today, timing.opens), level("dates", "whole"), level("dates", "later"))
    found = pick(begin > timing.closes, level("dates", "late"), found)
    found = pick((from_day == ALWAYS) & (until_day == NEVER), level("dates", "open"), found)
    return pick(listed.missing > 0, level("dates", "other"), found)


def _stay(timing: Timing, columns: Columns, at: Positions) -> Small:
    """How long a posting could last, against the three years a class keeps its teachers."""
    until_day = columns.until_day.take(at)
    days = until_day - timing.begins(columns.from_day.take(at))
    found = pick(days >= YEAR_DAYS, level("stay", "year"), level("stay", "short"))
    found = pick(days >= CYCLE_DAYS, level("stay", "cycle"), found)
    return pick(until_day == NEVER, -1, found)


def _origin(site: Site, pool: Pool, at: Positions) -> Small:
    """Whether the teacher comes from a paired unit, county or city; the closest counts."""
    found = np.full(len(at), -1, np.int8)
    for home in reversed(HOMES):
        keys = [home_key(home, partner) for partner in site.partners]
        found = pick(pool.by_home.having(keys, len(pool)).take(at), level("origin", home), found)
    return found


def _wish(site: Site, pool: Pool, at: Positions) -> Small:
    here = pool.by_region.having(around(site), len(pool)).take(at)
    return pick(~pool.columns.wishes.take(at), -1, _either("wish", here, "here", "elsewhere"))
