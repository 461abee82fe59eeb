"""Assigning a whole pool: the true optimum with its proof, within headcounts and capacities, and reasons for the rest."""

import random
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import NeedFields, Pool, TeacherFields
from matching.assigning.assign import Assignment, OpenNeed, assign, explained, market_of
from matching.assigning.transport import Choices, Optimum, greedy, optimum, total
from matching.types import Site
from tests.matching.scorer import EVAL, TODAY, rows

TEACHERS = [TeacherFields.from_json(row) for row in rows(EVAL / "teachers.jsonl")]
MATHS = NeedFields(subjects=("数学",), stages=("小学",), modes=("顶岗支教",))
TEACHER = TeacherFields(id="T1", subjects=("数学",), stages=("小学",), modes=("顶岗支教",))
calm = settings(deadline=None, max_examples=200, derandomize=True)


def choices(gains: dict[int, int], places: int) -> Choices:
    """An order that can take these teachers for these gains."""
    listed = sorted(gains)
    return Choices(np.array(listed, np.int32), np.array([gains[at] for at in listed], np.int32), places)


def brute_force(orders: list[Choices], room: list[int]) -> tuple[int, int]:
    """The most places and then the most gains, by trying everything."""
    if not orders:
        return 0, 0
    order, rest = orders[0], orders[1:]
    best = (0, 0)
    for count in range(min(order.places, len(order.teachers)) + 1):
        for chosen in combinations(range(len(order.teachers)), count):
            left = list(room)
            for at in chosen:
                left[order.teachers[at]] -= 1
            if min(left, default=0) < 0:
                continue
            filled, gains = brute_force(rest, left)
            best = max(best, (filled + count, gains + sum(int(order.gains[at]) for at in chosen)))
    return best


def assert_possible(orders: list[Choices], room: np.ndarray[Any, Any], found: Optimum) -> None:
    """No order has more than its places or anybody twice; nobody has more than their room."""
    used = np.zeros_like(room)
    for order, taken in zip(orders, found.taken, strict=True):
        assert len(set(taken.tolist())) == len(taken) <= order.places
        np.add.at(used, order.teachers[taken], 1)
    assert (used <= room).all()


markets = st.integers(1, 5).flatmap(
    lambda teachers: st.tuples(
        st.lists(
            st.builds(
                choices,
                st.dictionaries(st.integers(0, teachers - 1), st.integers(0, 12), max_size=teachers),
                st.integers(0, 3),
            ),
            min_size=1,
            max_size=4,
        ),
        st.lists(st.integers(1, 2), min_size=teachers, max_size=teachers),
    )
)


@calm
@given(markets, st.sampled_from([1, 20]))
def test_it_is_the_optimum_and_the_proof_says_so(market: tuple[list[Choices], list[int]], shown: int) -> None:
    """Also when the solver is shown hardly anything at first."""
    orders, room = market
    places = sum(order.places for order in orders)
    pruned = [order.best(places) if places else order for order in orders]
    found = optimum(pruned, np.array(room, np.int64), shown, enough=0)
    expected = brute_force(orders, room)
    assert (found.filled, found.gains) == expected
    assert (found.filled_bound, found.bound) == expected
    assert_possible(pruned, np.array(room), found)


@pytest.mark.parametrize("seed", range(5))
def test_few_pairs_at_first_or_many_come_to_the_same(seed: int) -> None:
    dice = np.random.default_rng(seed)
    teachers, room = 60, dice.integers(1, 3, 60)
    taste = dice.integers(0, 30, teachers)
    orders = []
    for _ in range(80):
        known = np.sort(dice.choice(teachers, 40, replace=False)).astype(np.int32)
        gains = (taste[known] + dice.integers(0, 10, 40)).astype(np.int32)
        orders.append(Choices(known, gains, int(dice.integers(1, 4))))
    few, many = optimum(orders, room, 2, enough=0), optimum(orders, room, 60)
    assert few.rounds > many.rounds == 1
    assert (few.filled, few.gains) == (many.filled, many.gains) == (few.filled_bound, few.bound)
    assert_possible(orders, room, few)


def test_scarce_supply_with_shared_taste_is_filled_to_the_last_place() -> None:
    """Everybody prefers the same twenty; a list of the best twenty of each order would fill a fifth."""
    room = np.ones(100, np.int64)
    gains = (1000 - np.arange(100)).astype(np.int32)
    orders = [Choices(np.arange(100, dtype=np.int32), gains, 1)] * 300
    found = optimum(orders, room)
    assert (found.filled, found.filled_bound, found.bound) == (100, 100, found.gains)
    assert total(orders, greedy([order.best(20) for order in orders], room, range(300)))[0] == 20


def test_long_chains_of_wants_take_few_rounds() -> None:
    """Each order prefers whom the next ones need; showing only pairs that pay would take a round for every few orders."""
    size = 400
    orders = [
        Choices(known, (100 * (known - first)).astype(np.int32), 1)
        for first in range(size)
        for known in [np.arange(first, min(size, first + 100), dtype=np.int32)]
    ]
    found = optimum(orders, np.ones(size, np.int64), enough=0)
    assert (found.filled, found.bound, found.rounds <= 5) == (size, found.gains, True)


def test_a_filled_place_counts_more_than_any_points() -> None:
    orders = [choices({0: 100_000, 1: 0}, 1), choices({0: 0}, 1)]
    found = optimum(orders, np.array([1, 1]))
    assert (found.filled, found.gains) == (2, 0)


def test_the_solver_is_loaded_only_when_somebody_assigns() -> None:
    """A bot's start must not pay for it."""
    told = "import sys, matching.cli, matching.assigning.assign; print([name for name in sys.modules if 'ortools' in name])"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


# ---- orders and teachers


def need(id: str = "N1", fields: NeedFields = MATHS, **more: Any) -> OpenNeed:
    return OpenNeed(id, 0, fields, **more)


def pairs(found: Assignment) -> list[tuple[str, int, str]]:
    return [(pair.need.need_id, pair.need.order, pair.teacher_id) for pair in found.pairs]


def test_nobody_gets_more_than_they_can_hold_and_no_order_more_than_it_asks() -> None:
    pool = Pool([replace(TEACHER, capacity=2), replace(TEACHER, id="T2", capacity=3, load=2)])
    found = assign([need(f"N{n}", replace(MATHS, headcount=2)) for n in range(4)], pool, today=TODAY)
    assert sorted(teacher for _, _, teacher in pairs(found)) == ["T1", "T1", "T2"]
    assert len(set(pairs(found))) == 3
    assert sum(each.places for each in found.unfilled) == 5


def test_existing_matches_are_left_alone() -> None:
    pool = Pool([replace(TEACHER, capacity=2, load=1), replace(TEACHER, id="T2")])
    wanted = need(fields=replace(MATHS, headcount=2), placed=("T1",))
    assert pairs(assign([wanted], pool, today=TODAY)) == [("N1", 0, "T2")]
    assert pairs(assign([replace(wanted, placed=("T1", "T9"))], pool, today=TODAY)) == []


def test_who_refused_or_paused_is_not_taken() -> None:
    pool = Pool([TEACHER, replace(TEACHER, id="T2", paused=True)])
    found = assign([need(refused=("T1",))], pool, today=TODAY)
    assert (found.pairs, found.unfilled[0].why.name) == ((), "site")


@pytest.mark.parametrize(
    "more", [{"waiting_days": 40}, {"site": Site(one_teacher=True)}, {"site": Site(remote=True)}], ids=str
)
def test_the_scarce_teacher_goes_where_it_counts_more(more: dict[str, Any]) -> None:
    found = assign([need("N1"), need("N2", **more)], Pool([TEACHER]), today=TODAY)
    assert pairs(found) == [("N2", 0, "T1")]
    assert found.unfilled[0].why.name == "elsewhere"


def random_market(dice: random.Random) -> tuple[list[OpenNeed], list[TeacherFields]]:
    """Orders of the commonest subjects for the given teachers."""
    subjects, forms = ("语文", "数学", "英语", "物理", "体育"), ("顶岗支教", "送教", "线上", "跟岗")
    orders = [
        need(
            f"N{n:02d}",
            NeedFields(
                subjects=(dice.choice(subjects),),
                stages=(dice.choice(("小学", "初中")),),
                modes=(dice.choice(forms),),
                headcount=dice.choice((None, 1, 2, 3)),
            ),
            waiting_days=dice.randrange(100),
            site=Site(one_teacher=dice.random() < 0.2),
        )
        for n in range(40)
    ]
    return orders, [replace(teacher, load=dice.choice((0, 0, 1))) for teacher in TEACHERS]


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_the_lines_changes_nothing(seed: int) -> None:
    dice = random.Random(seed)
    orders, teachers = random_market(dice)
    first = assign(orders, Pool(teachers), today=TODAY)
    dice.shuffle(orders)
    dice.shuffle(teachers)
    assert assign(orders, Pool(teachers), today=TODAY) == first


@pytest.mark.parametrize("seed", range(4))
def test_every_pair_is_eligible_scored_by_its_parts_and_the_gap_is_nothing(seed: int) -> None:
    orders, teachers = random_market(random.Random(seed))
    pool = Pool(teachers)
    found = assign(orders, pool, today=TODAY)
    shown = list(explained(found.pairs, pool, today=TODAY))
    assert [pair for pair, _ in shown] == list(found.pairs)
    assert all(pair.score == pytest.approx(sum(part.points for part in parts)) for pair, parts in shown)
    figures = found.statistics
    assert figures["value"] == pytest.approx(sum(pair.score for pair in found.pairs))
    assert (figures["filled"], figures["gap"]) == (figures["filled_bound"], 0)
    assert figures["greedy_filled"] <= figures["filled"] == len(found.pairs)
    assert sum(each.places for each in found.unfilled) + len(found.pairs) == figures["places"]


@pytest.mark.parametrize("seed", range(3))
def test_beside_a_linear_program_over_all_pairs(seed: int) -> None:
    """No pair is lost on the way to the solver: the same value as OR-tools' LP with every pair as a column."""
    from ortools.linear_solver import pywraplp

    orders, teachers = random_market(random.Random(seed))
    pool = Pool(teachers)
    market = market_of(orders, pool, TODAY)
    solver = pywraplp.Solver.CreateSolver("GLOP")
    of_teacher: dict[int, list[Any]] = {}
    goal = []
    for order in market.orders:
        columns = [solver.NumVar(0, 1, "") for _ in order.gains]
        solver.Add(sum(columns) <= order.places)
        goal += [(10_000_000 + int(gain)) * column for gain, column in zip(order.gains, columns, strict=True)]
        for teacher, column in zip(order.teachers.tolist(), columns, strict=True):
            of_teacher.setdefault(teacher, []).append(column)
    for teacher, columns in of_teacher.items():
        solver.Add(sum(columns) <= int(market.room[teacher]))
    solver.Maximize(sum(goal))
    assert solver.Solve() == solver.OPTIMAL
    figures = assign(orders, pool, today=TODAY).statistics
    assert solver.Objective().Value() == pytest.approx(figures["filled"] * 10_000_000 + figures["value"] * 100, abs=1)


# ---- reasons


LATER = TODAY + timedelta(days=200)


@pytest.mark.parametrize(
    ("fields", "teacher", "why", "would"),
    [
        (MATHS, replace(TEACHER, subjects=("音乐",)), "subject", {"more"}),
        (replace(MATHS, subjects=("物理",)), replace(TEACHER, subjects=("科学",)), "subject", {"subject", "more"}),
        (NeedFields(topics=("习作教学",)), replace(TEACHER, capacity=0), "topic", {"more"}),
        (MATHS, replace(TEACHER, stages=("初中",)), "stage", {"stage", "more"}),
        (MATHS, replace(TEACHER, stages=("高中",)), "stage", {"more"}),
        (MATHS, replace(TEACHER, modes=("线上",)), "form", {"online", "form", "more"}),
        (MATHS, replace(TEACHER, modes=("送教",)), "form", {"form", "more"}),
        (
            replace(MATHS, start=TODAY),
            replace(TEACHER, available_from=TODAY + timedelta(days=50)),
            "dates",
            {"dates", "more"},
        ),
        (replace(MATHS, start=TODAY), replace(TEACHER, available_from=LATER), "dates", {"more"}),
        (replace(MATHS, months=5.0), replace(TEACHER, max_months=4.0), "length", {"dates", "more"}),
        (replace(MATHS, months=5.0), replace(TEACHER, max_months=1.0), "length", {"more"}),
        (replace(MATHS, months=1.0), replace(TEACHER, min_months=2.0), "length", {"more"}),
        (replace(MATHS, months=5.0), replace(TEACHER, max_months=1.0, available_until=TODAY), "dates", {"more"}),
        (
            replace(MATHS, start=TODAY, until=LATER, months=6.7),
            replace(TEACHER, max_months=1.0, available_until=LATER),
            "length",
            {"more"},
        ),
    ],
)
def test_an_unfilled_place_says_why_and_what_would_fill_it(
    fields: NeedFields, teacher: TeacherFields, why: str, would: set[str]
) -> None:
    found = assign([need(fields=fields)], Pool([teacher]), today=TODAY)
    assert [(each.places, each.why.name) for each in found.unfilled] == [(1, why)]
    assert {remedy.name for remedy in found.unfilled[0].would} == would
    assert {remedy.teachers for remedy in found.unfilled[0].would} == {1}


def test_too_few_and_needed_elsewhere_are_told_apart() -> None:
    three = replace(MATHS, headcount=3)
    pool = Pool([TEACHER, replace(TEACHER, id="T2")])
    few = assign([need(fields=three)], pool, today=TODAY).unfilled[0]
    assert (few.places, few.why.name, few.why.suit, few.why.here) == (1, "few", 2, 2)
    urgent = need("N2", waiting_days=90)
    partly = assign([need(fields=three), urgent], pool, today=TODAY).unfilled[0]
    assert (partly.need.need_id, partly.places, partly.why.name) == ("N1", 2, "partly")
    assert (partly.why.suit, partly.why.here) == (2, 1)


def test_teachers_who_are_taken_open_nothing() -> None:
    """The only one who could come online is needed by another order."""
    online = replace(TEACHER, modes=("线上",))
    wants_online = need("N2", replace(MATHS, modes=("线上",)))
    found = assign([need("N1"), wants_online], Pool([online]), today=TODAY)
    assert [remedy.name for remedy in found.unfilled[0].would] == ["more"]
