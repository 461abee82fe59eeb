"""Ranks the teachers of a pool for one order.

First who is out altogether, with the reason; then two tiers: those who fit in subject, stage and form, best topic
first; then the near ones, each with the one limit that would have to be relaxed. Same input, same order. `eligible` is
the same first tier as bare numbers, for whoever looks at many orders at once.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.dates import timing
from matching.ranking import parts as p
from matching.ranking.columns import Number, Small
from matching.ranking.labels import part
from matching.ranking.pool import Pool
from matching.ranking.shortlist import LIMITS, NONE, Shortlist, shortlist
from matching.ranking.wishes import TopicFit, Wish, guessed, topic_fit, topic_levels, topic_part, wish_of
from matching.terms import terms
from matching.types import Candidate, NeedFields, Ranking, Site

FITS, NEAR = 1, 2
ANYWHERE = Site()


@dataclass(frozen=True, slots=True)
class Eligible:
    """The teachers of the first tier for one order: fitting, available, not closed or ruled out."""

    positions: NDArray[np.int32]  # ascending
    points: Number  # the total of each, as `rank` would show it


@dataclass(frozen=True, slots=True)
class View:
    """One order with what its topics mean and who shows them; None when it asks for none."""

    order: p.Order
    wish: Wish
    topics: TopicFit | None


@dataclass(frozen=True, slots=True)
class Scored:
    """Some teachers with the level of every part that the order decides, and their totals."""

    listed: Shortlist
    levels: dict[str, Small]
    topic: Number  # points of the topic, which depend on more than the level
    total: Number


def eligible(
    need: NeedFields, pool: Pool, *, today: date, site: Site = ANYWHERE, refused: Collection[str] = ()
) -> Eligible:
    """Everybody who could be sent for one order as it stands, with their points."""
    view = _view(need, pool, today, site)
    listed = _shortlist(view, pool, refused, {})
    fits = Shortlist.fitting(listed.positions[(listed.limit == NONE) & (listed.missing == 0)])
    return Eligible(fits.positions.astype(np.int32), _scored(view, pool, fits).total)


def rank(
    need: NeedFields,
    pool: Pool,
    *,
    today: date,
    top: int = 10,
    site: Site = ANYWHERE,
    refused: Collection[str] = (),
) -> Ranking:
    """The best teachers for one order, whether anybody fits in everything, and why the others are out."""
    excluded: dict[str, int] = {}
    view, top = _view(need, pool, today, site), max(0, top)
    listed = _shortlist(view, pool, refused, excluded)
    free, soon = listed.missing == 0, listed.missing <= p.weights()["near"]["days"]
    fits = Shortlist.fitting(listed.positions[free & (listed.limit == NONE)])
    found = _candidates(view, pool, fits, top)
    if len(found) < top:
        found += _candidates(view, pool, listed.where(free & (listed.limit != NONE)), top - len(found))
    other = listed.where(~free & soon & (listed.limit == NONE))
    places = p.weights()["near"]["places"]
    if len(found) < top:
        found += _candidates(view, pool, other, min(top - len(found), places))
    out = len(free) - int(np.count_nonzero(free)) - min(places, len(other.positions))
    excluded["unavailable"] = out
    shows = view.topics is None or bool(view.topics.shown.take(fits.positions).any())
    return Ranking(
        tuple(found), bool(len(fits.positions)) and shows, {reason: n for reason, n in excluded.items() if n}
    )


def explained(
    need: NeedFields, pool: Pool, positions: NDArray[np.integer[Any]], *, today: date, site: Site = ANYWHERE
) -> list[Candidate]:
    """The teachers at these positions, who are `eligible`, as `rank` would show them, the best first."""
    view = _view(need, pool, today, site)
    some = np.sort(positions).astype(np.intp)
    return _candidates(view, pool, Shortlist.fitting(some), len(some))


def _view(need: NeedFields, pool: Pool, today: date, site: Site) -> View:
    need = replace(need, subjects=tuple(dict.fromkeys(map(terms().canonical, need.subjects))))
    wish = wish_of(need)
    order = p.Order(need, timing(need, today), site, bool(wish) and guessed(need))
    return View(order, wish, topic_fit(wish, pool) if wish else None)


def _shortlist(view: View, pool: Pool, refused: Collection[str], excluded: dict[str, int]) -> Shortlist:
    order, shown = view.order, None
    if view.topics and (order.guessed or not order.need.subjects):
        shown = view.topics.shown | view.topics.likely
        shown |= pool.by_subject.having(order.need.subjects, len(pool))
    return shortlist(
        order.need, pool, timing=order.timing, site=order.site, refused=refused, shown=shown, excluded=excluded
    )


def _scored(view: View, pool: Pool, listed: Shortlist) -> Scored:
    at = listed.positions
    levels = p.levels(view.order, pool, listed)
    total = pool.columns.standing.take(at).astype(np.int32)
    for name, places in levels.items():
        total += p.points_at(name, places)
    if view.topics is None:
        return Scored(listed, levels, total, total)
    found, points = topic_levels(view.topics, at)
    return Scored(listed, {"topic": found, **levels}, points, total + points)


def _best(scored: Scored, pool: Pool, top: int) -> list[int]:
    """Where on the list the best stand; ties go to the lighter load, then to the id."""
    total = scored.total
    if not top or not len(total):
        return []
    at = np.arange(len(total))
    if top < len(total):
        at = np.flatnonzero(total >= np.partition(total, -top)[-top])
    chosen = scored.listed.positions[at]
    order = np.lexsort((pool.columns.order[chosen], pool.columns.held[chosen], -total[at]))
    best: list[int] = at[order[:top]].tolist()
    return best


def _candidates(view: View, pool: Pool, listed: Shortlist, top: int) -> list[Candidate]:
    """The best of one tier with their parts in words."""
    if not top or not len(listed.positions):
        return []
    scored = _scored(view, pool, listed)
    best = _best(scored, pool, top)
    positions = listed.positions[best].tolist()
    levels = {name: places[best].tolist() for name, places in scored.levels.items()}
    levels |= {name: places.tolist() for name, places in p.standing(pool.columns, listed.positions[best]).items()}
    found = []
    for nth, (place, position) in enumerate(zip(best, positions, strict=True)):
        shown = []
        for name, places in levels.items():
            if name == "topic":
                shown.append(topic_part(view.wish, pool, position, places[nth], float(scored.topic[place])))
            elif places[nth] >= 0:
                shown.append(part(name, places[nth], view.order, pool, position))
        relax = ("dates",) if listed.missing[place] else LIMITS[listed.limit[place]]
        tier = NEAR if relax else FITS
        found.append(Candidate(pool.ids[position], float(scored.total[place]), tuple(shown), tier, relax))
    return found
