"""Assigns a whole pool: all open places of all orders against all free teachers at once. A preview: it changes nothing.

Who may take which order, and for how many points, is `ranking.eligible`; who gets it is `transport.optimum`. Filled places
come first, then points plus the bonuses of `[assign]` in weights.toml. Capacity is the only limit across orders: how many
places a teacher can hold at once is what they said themselves, so two stays of theirs may overlap. Orders are taken by id
and teachers by id, so that the order of the lines changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import numpy as np

from matching.assigning import transport
from matching.assigning.transport import Choices, Places, Whole
from matching.assigning.unfilled import Reason, Remedy, Shortage
from matching.ranking import rank as ranking
from matching.ranking.parts import weights
from matching.ranking.pool import Pool
from matching.types import NeedFields, Part, Site

CENT = 100  # points are compared in hundredths, as whole numbers


@dataclass(frozen=True, slots=True)
class OpenNeed:
    """An order with the places it already holds; what it still needs is assigned."""

    need_id: str
    order: int  # which of the orders of one text
    fields: NeedFields
    site: Site = ranking.ANYWHERE
    waiting_days: int = 0
    placed: tuple[str, ...] = ()  # teachers it has; they stay, and their load counts the place
    refused: tuple[str, ...] = ()  # teachers who must not be asked again

    @property
    def places(self) -> int:
        """How many people are still to be found; number 1 is assumed."""
        return max(0, (self.fields.headcount or 1) - len(self.placed))

    @property
    def closed_to(self) -> tuple[str, ...]:
        """Who cannot take (another) place of this order."""
        return (*self.refused, *self.placed)


@dataclass(frozen=True, slots=True)
class Pair:
    """One teacher for one place; score is the sum of the parts that `explained` gives, the bonuses among them."""

    need: OpenNeed
    teacher_id: str
    score: float


@dataclass(frozen=True, slots=True)
class Unfilled:
    """Places that stay open, why, and what would fill them."""

    need: OpenNeed
    places: int
    why: Reason
    would: tuple[Remedy, ...]


@dataclass(frozen=True, slots=True)
class Assignment:
    """Pairs and shortages by order, and the figures."""

    pairs: tuple[Pair, ...]
    unfilled: tuple[Unfilled, ...]
    statistics: Mapping[str, int | float]


@dataclass(frozen=True, slots=True)
class Market:
    """What the optimum is looked for in: teachers are numbered by the order of their ids."""

    needs: tuple[OpenNeed, ...]
    orders: tuple[Choices, ...]
    room: Whole
    at: Places  # number of a teacher -> position in the pool

    def turns(self) -> list[int]:
        """By waiting, the longest first: how the places are given out by hand."""
        return sorted(range(len(self.needs)), key=lambda number: -self.needs[number].waiting_days)


def assign(needs: Iterable[OpenNeed], pool: Pool, *, today: date) -> Assignment:
    """The best assignment over every eligible pair, with its proof and the reasons for what stays open."""
    market = market_of(needs, pool, today)
    best = transport.optimum(market.orders, market.room)
    pairs = tuple(
        pair
        for need, order, taken in zip(market.needs, market.orders, best.taken, strict=True)
        for pair in _pairs(need, pool, market, order, taken)
    )
    return Assignment(pairs, _unfilled(market, pool, best.taken, today), _statistics(market, best))


def market_of(needs: Iterable[OpenNeed], pool: Pool, today: date) -> Market:
    """Every order with its eligible teachers and what each pair is worth."""
    listed = tuple(sorted(needs, key=lambda need: (need.need_id, need.order)))
    live = np.flatnonzero(pool.free > 0).astype(np.int32)
    room, at = np.zeros(len(pool), np.int64), np.zeros(len(pool), np.int32)
    room[pool.order[live]], at[pool.order[live]] = pool.free[live], live
    places = sum(need.places for need in listed)
    orders = tuple(_choices(need, pool, today).best(places) for need in listed)
    return Market(listed, orders, room, at)


def _choices(need: OpenNeed, pool: Pool, today: date) -> Choices:
    if not need.places:
        return Choices(np.empty(0, np.int32), np.empty(0, np.int32), 0)
    found = ranking.eligible(need.fields, pool, today=today, site=need.site, refused=need.closed_to)
    numbers = pool.order[found.positions]
    by_number = np.argsort(numbers)
    gains = np.rint(found.points * CENT).astype(np.int32) + round(sum(part.points for part in bonuses(need)) * CENT)
    return Choices(numbers[by_number], gains[by_number].astype(np.int32), need.places)


def bonuses(need: OpenNeed) -> tuple[Part, ...]:
    """What filling a place of this order is worth beside the teacher's points."""
    table = weights()["assign"]
    waited = round(min(need.waiting_days * table["waiting"], table["most"]), 2)
    parts = [Part("assign", "waiting", waited, {"days": str(need.waiting_days)})] if waited else []
    parts += [Part("assign", "one-teacher", float(table["one-teacher"]))] if need.site.one_teacher else []
    parts += [Part("assign", "remote", float(table["remote"]))] if need.site.remote else []
    return tuple(parts)


def _pairs(need: OpenNeed, pool: Pool, market: Market, order: Choices, taken: Places) -> list[Pair]:
    """The teachers of one order, the best first."""
    numbers, gains = order.teachers[taken], order.gains[taken]
    by_gain = np.lexsort((numbers, -gains))
    return [
        Pair(need, pool.ids[int(market.at[number])], gain / CENT)
        for number, gain in zip(numbers[by_gain], gains[by_gain].tolist(), strict=True)
    ]


def explained(pairs: Iterable[Pair], pool: Pool, *, today: date) -> Iterator[tuple[Pair, tuple[Part, ...]]]:
    """Each pair with the parts of its score, the bonuses last; worked out when it is shown."""
    for need, group in groupby(pairs, key=lambda pair: pair.need):
        listed = list(group)
        positions = pool.positions(pair.teacher_id for pair in listed)
        found = ranking.explained(need.fields, pool, positions, today=today, site=need.site)
        parts = {each.teacher_id: (*each.parts, *bonuses(need)) for each in found}
        yield from ((pair, parts[pair.teacher_id]) for pair in listed)


def _unfilled(market: Market, pool: Pool, taken: Sequence[Places], today: date) -> tuple[Unfilled, ...]:
    left = market.room.copy()
    for order, chosen in zip(market.orders, taken, strict=True):
        left[order.teachers[chosen]] -= 1
    spare = np.zeros(len(pool), bool)
    spare[market.at[left > 0]] = True
    shortage = Shortage(pool, today, spare)
    found = []
    for need, order, chosen in zip(market.needs, market.orders, taken, strict=True):
        if len(chosen) < need.places:
            here = int(np.count_nonzero(left[order.teachers[chosen]]))
            why = shortage.why(need.fields, need.site, need.closed_to, len(order.gains), len(chosen))
            missing = need.places - len(chosen)
            would = shortage.would(need.fields, need.site, need.closed_to, missing, here)
            found.append(Unfilled(need, missing, why, would))
    return tuple(found)


def _statistics(market: Market, best: transport.Optimum) -> dict[str, int | float]:
    """The value found and the bound proved; beside them what giving out by waiting would have come to."""
    by_hand = transport.total(market.orders, transport.greedy(market.orders, market.room, market.turns()))
    gap = (best.bound - best.gains) / best.bound if best.bound else 0.0
    return {
        "orders": len(market.needs),
        "places": sum(need.places for need in market.needs),
        "held": sum(len(need.placed) for need in market.needs),
        "teachers": int(np.count_nonzero(market.room)),
        "room": int(market.room.sum()),
        "pairs": sum(len(order.gains) for order in market.orders),
        "filled": best.filled,
        "filled_bound": best.filled_bound,
        "value": best.gains / CENT,
        "bound": best.bound / CENT,
        "gap": round(gap, 6),
        "rounds": best.rounds,
        "greedy_filled": by_hand[0],
        "greedy_value": by_hand[1] / CENT,
    }
