"""Who gets which place: the best assignment over every eligible pair, together with its proof.

A transportation problem: orders with places, teachers with room, one teacher at most once per order. A filled place is
worth more than any difference in gains, so the most places are filled first and the gains decide among the rest. The
solver (OR-tools, docs/decisions/0011) sees a few dozen pairs per order; its prices are then tried on all pairs, and while
any would still pay, every order shows twice as many. When none is left, the bound that the prices prove equals the value
that was found. Whole numbers throughout, so "equals" means equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Places = NDArray[np.int32]  # teachers, or positions in an order's list of them

SHOWN = 20  # pairs shown per order at first: so many of the best, and as many from all over; twice as many every round
PATIENCE, ENOUGH = 4, 0.001  # after so many rounds a proof to within a thousandth will do; most need one or two
NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Choices:
    """Whom one order can take, what each is worth, for how many places. Every teacher once, ascending, and with room."""

    teachers: Places
    gains: Places
    places: int

    def best(self, most: int) -> Choices:
        """The `most` best. No order needs more than there are open places in all: the others leave one of these free."""
        if len(self.gains) <= most:
            return self
        kept = np.sort(np.argpartition(-self.gains, most - 1)[:most])
        return Choices(self.teachers[kept], self.gains[kept], self.places)


@dataclass(frozen=True, slots=True)
class Optimum:
    """For each order the positions taken in its list; and the proof: no assignment exceeds filled_bound, then bound."""

    taken: tuple[Places, ...]
    filled: int
    gains: int
    filled_bound: int
    bound: int
    rounds: int
    arcs: int  # pairs the solver saw


@dataclass(frozen=True, slots=True)
class _Arcs:
    """Pairs the solver sees, by order: `starts[o]:starts[o + 1]` are those of order o."""

    orders: Places
    teachers: Places
    worth: Whole
    starts: Whole


def greedy(orders: Sequence[Choices], room: Whole, turns: Iterable[int]) -> tuple[Places, ...]:
    """Each order in its turn takes the best who still have room."""
    left = room.copy()
    taken = [np.empty(0, np.int32)] * len(orders)
    for turn in turns:
        order = orders[turn]
        open_ = np.flatnonzero(left[order.teachers] > 0)
        chosen = open_[np.argsort(-order.gains[open_], kind="stable")[: order.places]]
        left[order.teachers[chosen]] -= 1
        taken[turn] = chosen.astype(np.int32)
    return tuple(taken)


def total(orders: Sequence[Choices], taken: Sequence[Places]) -> tuple[int, int]:
    """(places filled, gains)."""
    pairs = list(zip(orders, taken, strict=True))
    return sum(len(chosen) for _, chosen in pairs), sum(int(order.gains[chosen].sum()) for order, chosen in pairs)


def optimum(orders: Sequence[Choices], room: Whole, shown: int = SHOWN, enough: float = ENOUGH) -> Optimum:
    """The most places, and then the most gains, over all pairs; `shown` changes the time it takes."""
    place = worth_of_a_place(orders)
    began = greedy(orders, room, range(len(orders)))
    prices = np.zeros(len(room), np.int64)
    market = [chosen.astype(np.int64) for chosen in began]
    rounds = 0
    while True:
        market = _show(orders, market, prices, shown << rounds)
        rounds += 1
        arcs = _arcs(orders, market, place)
        used = _flow(arcs, orders, room)
        prices = _prices(arcs, used, orders, len(room))
        bound = _most(orders, place, prices) + int(prices @ room)  # weak duality: no assignment is worth more
        found = _result(orders, market, arcs, used, place, bound, rounds)
        missing = found.bound - found.gains if found.filled == found.filled_bound else NEVER
        if missing <= (enough * found.bound if rounds >= PATIENCE else 0):
            return found


def _show(orders: Sequence[Choices], market: list[Whole], prices: Whole, count: int) -> list[Whole]:
    """To what the solver saw before, each order's best pairs at these prices, and some from all over the others."""
    return [
        np.union1d(seen, _some(number, order.gains - prices[order.teachers], count))
        for number, (order, seen) in enumerate(zip(orders, market, strict=True))
    ]


def _some(number: int, values: NDArray[np.integer], count: int) -> Whole:
    """The best, and every so-many-th of all, another start for each order: taste is often shared."""
    if len(values) <= 2 * count:
        return np.arange(len(values))
    best = np.argpartition(-values, count)[:count]
    step = len(values) // count
    return np.union1d(best, np.arange(number % step, len(values), step))


def _result(
    orders: Sequence[Choices],
    market: Sequence[Whole],
    arcs: _Arcs,
    used: NDArray[np.bool_],
    place: int,
    bound: int,
    rounds: int,
) -> Optimum:
    """What was taken, and the bound in places and gains."""
    taken = tuple(
        seen[used[arcs.starts[number] : arcs.starts[number + 1]]].astype(np.int32) for number, seen in enumerate(market)
    )
    filled, gains = total(orders, taken)
    places, rest = divmod(bound - filled * place - gains, place)
    return Optimum(taken, filled, gains, filled + places, gains + rest, rounds, len(used))


def worth_of_a_place(orders: Sequence[Choices]) -> int:
    """More than all the gains that filling it could cost elsewhere; a place with any gain is then worth at least 1."""
    known = [order.gains for order in orders if len(order.gains)]
    if not known:
        return 1
    least, most = min(int(gains.min()) for gains in known), max(int(gains.max()) for gains in known)
    places = sum(order.places for order in orders)
    return 1 + (places + 1) * max(abs(least), abs(most), most - least)


def _arcs(orders: Sequence[Choices], shown: Sequence[Whole], place: int) -> _Arcs:
    counts = np.array([len(positions) for positions in shown], np.int64)
    teachers = [order.teachers[positions] for order, positions in zip(orders, shown, strict=True)]
    gains = [order.gains[positions] for order, positions in zip(orders, shown, strict=True)]
    return _Arcs(
        orders=np.repeat(np.arange(len(orders), dtype=np.int32), counts),
        teachers=np.concatenate([np.empty(0, np.int32), *teachers]),
        worth=np.concatenate([np.empty(0, np.int64), *gains]).astype(np.int64) + place,
        starts=np.concatenate([[0], np.cumsum(counts)]),
    )


def _flow(arcs: _Arcs, orders: Sequence[Choices], room: Whole) -> NDArray[np.bool_]:
    """Which of these pairs the best assignment among them uses: source → orders → teachers → sink, at least cost."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow  # here, so that a bot's start does not pay for it

    if not len(arcs.worth):
        return np.zeros(0, bool)
    known, at = np.unique(arcs.teachers, return_inverse=True)
    heads = (at + len(orders)).astype(np.int32)
    source, sink = len(orders) + len(known), len(orders) + len(known) + 1
    places = np.array([order.places for order in orders], np.int64)
    flow = SimpleMinCostFlow()

    def add(tails: Places, heads: Places, most: Whole, costs: Whole) -> None:
        flow.add_arcs_with_capacity_and_unit_cost(tails, heads, most, costs)

    def free(count: int) -> Whole:
        return np.zeros(count, np.int64)

    def same(node: int, count: int) -> Places:
        return np.full(count, node, np.int32)

    add(arcs.orders, heads, np.ones(len(heads), np.int64), -arcs.worth)
    add(same(source, len(orders)), np.arange(len(orders), dtype=np.int32), places, free(len(orders)))
    add(np.arange(len(orders), source, dtype=np.int32), same(sink, len(known)), room[known], free(len(known)))
    add(same(source, 1), same(sink, 1), places.sum(keepdims=True), free(1))  # what stays open
    flow.set_nodes_supplies(np.array([source, sink], np.int32), places.sum() * np.array([1, -1]))
    if (status := flow.solve()) != flow.OPTIMAL:
        raise ArithmeticError(status)
    used: NDArray[np.bool_] = flow.flows(np.arange(len(heads), dtype=np.int32)) > 0
    return used


def _prices(arcs: _Arcs, used: NDArray[np.bool_], orders: Sequence[Choices], teachers: int) -> Whole:
    """The lowest prices at which nobody among these pairs would change.

    From zero up: an order's floor is the least it makes on whom it has, nothing if a place is open; a teacher it does not
    have must cost at least what they would bring above the floor. The best assignment has no circle that pays, so it ends.
    """
    prices = np.zeros(teachers, np.int64)
    floors = np.full(len(orders), NEVER)
    has, whom, worth = arcs.orders[used], arcs.teachers[used], arcs.worth[used]
    unfilled = np.bincount(has, minlength=len(orders)) < [order.places for order in orders]
    while True:
        now = np.full(len(orders), NEVER)
        np.minimum.at(now, has, worth - prices[whom])
        now[unfilled] = 0
        lower = np.flatnonzero(now < floors)
        floors = now
        if not len(lower):
            return prices
        touched = np.concatenate([np.arange(arcs.starts[each], arcs.starts[each + 1]) for each in lower])
        touched = touched[~used[touched]]
        np.maximum.at(prices, arcs.teachers[touched], arcs.worth[touched] - floors[arcs.orders[touched]])


def _most(orders: Sequence[Choices], place: int, prices: Whole) -> int:
    """The most that all orders together can make at these prices, looking at every pair."""
    most = 0
    for order in orders:
        if len(order.gains) and order.places:
            profits = order.gains + (place - prices[order.teachers])
            top = np.partition(profits, -order.places)[-order.places :] if len(profits) > order.places else profits
            most += int(top[top > 0].sum())
    return most
