"""The hard limits: who is out altogether, and why; who fits an order, and who misses it by exactly one limit.

The most selective respect is looked at first, through postings; all else is computed only for those who are left.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

import numpy as np

from matching.dates import Timing
from matching.places import HOMES, around, home_key, place_key
from matching.ranking.columns import Number, Small, level_names, mode_bits, stage_bits
from matching.ranking.pool import Pool
from matching.ranking.postings import Mask, Positions
from matching.ranking.stored import UNSAID
from matching.terms import terms
from matching.types import NeedFields, Site

# what would have to be relaxed, by its place; 科学 of a primary school for 物理 of a middle school is one step, not two
LIMITS = ((), ("form",), ("stage",), ("subject",), ("subject", "stage"))
NONE, FORM, STAGE, SUBJECT, BOTH = range(5)  # from SUBJECT on a neighbour stands in


def _limit(subject: bool, stage: bool, form: bool, adjacent: bool) -> int:
    """The one limit that would have to give; -1 when more than one would."""
    if subject and stage:
        return NONE if form else FORM
    if subject:
        return STAGE if adjacent and form else -1
    if not form:  # of the others only neighbours of the subject are looked at
        return -1
    return SUBJECT if stage else BOTH if adjacent else -1


# by one bit each for subject, stage, form, adjacent
LIMIT_OF = np.array([_limit(*(bool(bits >> place & 1) for place in range(4))) for bits in range(16)], np.int8)


@dataclass(frozen=True, slots=True)
class Shortlist:
    """Those who fit and those near it; the arrays run along `positions`, which ascend."""

    positions: Positions
    limit: Small  # place in LIMITS
    missing: Number  # days by which they miss the dates

    @classmethod
    def fitting(cls, positions: Positions) -> Shortlist:
        """These, who miss nothing."""
        return cls(positions, np.zeros(len(positions), np.int8), np.zeros(len(positions), np.int32))

    def where(self, chosen: Mask) -> Shortlist:
        """A part of it."""
        at = np.flatnonzero(chosen)
        return Shortlist(self.positions[at], self.limit[at], self.missing[at])


def asks_stage(need: NeedFields) -> bool:
    """特殊教育 has no stages of its own: whoever teaches it fits."""
    return bool(need.stages) and _special().isdisjoint(need.subjects)


@cache
def _special() -> frozenset[str]:
    return frozenset(name for name, key in terms().ids["subject"].items() if key == "special")


def shortlist(
    need: NeedFields,
    pool: Pool,
    *,
    timing: Timing,
    site: Site,
    refused: Collection[str],
    shown: Mask | None,
    excluded: dict[str, int],
) -> Shortlist:
    """Who could be asked; `excluded` counts the others, even none, by the first reason that holds, except the dates.

    `shown`: who may show a topic asked for, where the topic decides instead of the subject.
    """
    live, alive = _live(need, pool, site, refused, excluded)
    subject: Mask | None = None
    if shown is not None:
        chosen = shown
    elif need.subjects:
        subject = pool.by_subject.having(need.subjects, len(pool))
        chosen = subject | pool.siblings(need.subjects)
    else:
        chosen = live
    positions = np.flatnonzero(chosen & live)
    excluded["topic"] = alive - len(positions) if subject is None else 0
    excluded["subject"] = alive - len(positions) if subject is not None else 0
    limit = _limits(need, pool, positions, subject, excluded)
    kept = np.flatnonzero(limit >= 0)
    positions, limit = positions[kept], limit[kept]
    missing = timing.missing(pool.columns.from_day.take(positions), pool.columns.until_day.take(positions))
    return Shortlist(positions, limit, missing)


def _limits(need: NeedFields, pool: Pool, positions: Positions, taught: Mask | None, excluded: dict[str, int]) -> Small:
    """The one limit that would have to give, as its place in LIMITS; -1 for more than one, which is counted."""
    everybody = np.ones(len(positions), bool)
    subject = everybody if taught is None else taught.take(positions)
    stages, modes = pool.columns.stages.take(positions), pool.columns.modes.take(positions)
    asked = need.stages if asks_stage(need) else ()
    stage = stages & np.uint8(stage_bits(asked)) != 0 if asked else everybody
    adjacent = stages & np.uint8(stage_bits(terms().beside(asked))) != 0
    form = modes & np.uint16(mode_bits(need.modes)) != 0 if need.modes else everybody
    limit: Small = LIMIT_OF.take(
        subject | stage.astype(np.int8) << 1 | form.astype(np.int8) << 2 | adjacent.astype(np.int8) << 3
    )
    rest = limit < 0
    for reason, good in (("subject", subject), ("stage", stage), ("form", form)):
        if good is not everybody:
            left = rest & good
            excluded[reason] = excluded.get(reason, 0) + int(np.count_nonzero(rest) - np.count_nonzero(left))
            rest = left
    return limit


def _live(
    need: NeedFields, pool: Pool, site: Site, refused: Collection[str], excluded: dict[str, int]
) -> tuple[Mask, int]:
    """Everybody who could be asked at all, and how many they are; each other one is counted once."""
    excluded["paused"], excluded["full"] = pool.closed
    live = pool.columns.open
    alive = int(np.count_nonzero(live))
    for reason, out in (
        ("refused", _refused(pool, refused)),
        ("length", _too_long_or_short(pool, need)),
        ("region", _elsewhere(pool, site)),
        ("altitude", _too_high(pool, site)),
        ("years", _too_few_years(pool, site)),
        ("title", _too_low_a_title(pool, site)),
        ("origin", _not_from_there(pool, site)),
    ):
        if out is not None:
            live = live & ~out
            left = int(np.count_nonzero(live))
            excluded[reason], alive = alive - left, left
    return live, alive


def _refused(pool: Pool, refused: Collection[str]) -> Mask | None:
    if not refused:
        return None
    out = np.zeros(len(pool), bool)
    out[pool.positions(refused)] = True
    return out


def _too_long_or_short(pool: Pool, need: NeedFields) -> Mask | None:
    """Who would stay neither as short nor as long as the order lasts."""
    if not need.months:
        return None
    out: Mask = (pool.columns.min_months > need.months) | (pool.columns.max_months < need.months)
    return out


def _elsewhere(pool: Pool, site: Site) -> Mask | None:
    """Who will not go where the site lies, or not to this very school."""
    places = [*around(site), *([place_key(site.school)] if site.school else [])]
    return pool.by_refused.having(places, len(pool)) if places else None


def _too_high(pool: Pool, site: Site) -> Mask | None:
    return None if site.altitude is None else pool.columns.max_altitude < site.altitude


# A programme's own rules. What a teacher has not said breaks none. The lower the level of a title, the higher the title.


def _too_few_years(pool: Pool, site: Site) -> Mask | None:
    if site.min_years is None:
        return None
    out: Mask = (pool.columns.years != UNSAID) & (pool.columns.years < site.min_years)
    return out


def _too_low_a_title(pool: Pool, site: Site) -> Mask | None:
    if not site.min_title:
        return None
    out: Mask = pool.columns.title > level_names("title").index(site.min_title)
    return out


def _not_from_there(pool: Pool, site: Site) -> Mask | None:
    if not site.origins:
        return None
    keys = [home_key(home, name) for name in site.origins for home in HOMES]
    out: Mask = pool.columns.homes & ~pool.by_home.having(keys, len(pool))
    return out
