"""A simulated county: the 70 schools of samples/ file 200 orders over a school year, decided every week.

The same orders and teachers three times: the whole pool at once, greedy by waiting, and at random. Orders, wishes and
order of events are made from a seed; an order that is not full waits for the next week. A placement holds its teacher
for as long as the order asks. What follows from a decision is simulated, what people would have declined is not.
Several such years, each from its own seed; a row is their median.
"""

import csv
import heapq
import random
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from statistics import mean
from typing import Literal

import numpy as np

from benchmarks.registry import Progress, Row, compare
from benchmarks.stage import ROOT
from matching import NeedFields, Pool, TeacherFields
from matching.assigning.assign import CENT, Market, OpenNeed, market_of
from matching.assigning.transport import Places, greedy, optimum
from matching.ranking.stored import StoredTeacher, stored
from matching.types import Site

SEED = 20261121
YEARS = 7
ASKED = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
BEGIN = date(2026, 9, 7)  # a Monday
WEEKS = 44
ORDERS = 200
MONTH_DAYS = 30
UNSAID_DAYS = 14  # how long a placement lasts when the order does not say
LISTS = ("subjects", "stages", "modes", "topics")

Policy = Callable[[Market], tuple[Places, ...]]


@dataclass(slots=True)
class Filed:
    """An order as filed, and who came after how many days."""

    need: OpenNeed
    day: date
    waited: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Year:
    """What came of a year."""

    filed: list[Filed]
    wished: int = 0  # places given to teachers who named counties
    granted: int = 0  # … in one of these
    points: float = 0.0

    @property
    def filled(self) -> int:
        """Places somebody came for."""
        return sum(len(each.waited) for each in self.filed)

    @property
    def wishes(self) -> float:
        """Of the places given to teachers who named counties, how many percent are in one of these."""
        return 100 * self.granted / self.wished

    def waiting(self, one_teacher: bool) -> float:
        """Mean days a place stood open; one still open at the end counts until then."""
        days = []
        for each in self.filed:
            if each.need.site.one_teacher or not one_teacher:
                still = (BEGIN + timedelta(weeks=WEEKS) - each.day).days
                days += each.waited + [still] * ((each.need.fields.headcount or 1) - len(each.waited))
        return mean(days)


def measure(progress: Progress) -> list[Row]:
    """Three policies on the same years."""
    years: dict[str, list[Year]] = {"whole": [], "greedy": [], "random": []}
    for seed in range(SEED, SEED + YEARS):
        progress(f"county: year {seed - SEED + 1} of {YEARS}")
        years["whole"].append(_play(seed, lambda market: optimum(market.orders, market.room).taken))
        years["greedy"].append(_play(seed, lambda market: greedy(market.orders, market.room, market.turns())))
        years["random"].append(_play(seed, partial(_at_random, random.Random(seed))))
    return [row for other in ("greedy", "random") for row in _rows(years["whole"], years[other], other)]


def _rows(whole: list[Year], other: list[Year], name: str) -> list[Row]:
    places = sum(each.need.fields.headcount or 1 for year in whole for each in year.filed) / YEARS
    told = f"theirs: {name}"

    def row(what: str, unit: str, better: Literal["more", "less"], figure: Callable[[Year], float], note: str) -> Row:
        return compare(f"county: {what}", unit, better, [*map(figure, whole)], [*map(figure, other)], f"{told}{note}")

    return [
        row("places filled", "", "more", lambda year: year.filled, f"; of {places:.0f}"),
        row("days a one-teacher school waits", "d", "less", lambda year: year.waiting(True), ""),
        row("days any school waits", "d", "less", lambda year: year.waiting(False), ""),
        row("wishes met", "%", "more", lambda year: year.wishes, "; of places given to teachers who named counties"),
        row("points of a place", "", "more", lambda year: year.points / year.filled, "; with bonuses"),
    ]


def _play(seed: int, policy: Policy) -> Year:
    """Every week: who has ended is free again, what has come in is decided."""
    schools = _schools()
    year, teachers = Year(_orders(seed, schools)), _teachers(seed, sorted({county for _, county, *_ in schools}))
    rows = {each.id: stored(each) for each in teachers}
    regions = {each.id: each.regions for each in teachers}
    ends: list[tuple[date, str]] = []
    for week in range(WEEKS):
        today = BEGIN + timedelta(weeks=week)
        while ends and ends[0][0] <= today:
            _hold(rows, heapq.heappop(ends)[1], -1)
        open_ = {each.need.need_id: each for each in year.filed if each.day <= today and each.need.places}
        for each in open_.values():
            each.need = replace(each.need, waiting_days=(today - each.day).days)
        market = market_of((each.need for each in open_.values()), Pool.from_rows(rows.values()), today)
        ids = list(rows)
        for need, order, taken in zip(market.needs, market.orders, policy(market), strict=True):
            each = open_[need.need_id]
            for place in taken.tolist():
                teacher = ids[int(market.at[order.teachers[place]])]
                each.need = replace(each.need, placed=(*each.need.placed, teacher))
                each.waited.append((today - each.day).days)
                _hold(rows, teacher, 1)
                days = round((need.fields.months or 0) * MONTH_DAYS) or UNSAID_DAYS
                heapq.heappush(ends, (today + timedelta(days=days), teacher))
                year.points += float(order.gains[place]) / CENT
                year.wished += bool(regions[teacher])
                year.granted += need.site.county in regions[teacher]
    return year


def _at_random(dice: random.Random, market: Market) -> tuple[Places, ...]:
    """Orders in any order, each with anybody who may."""
    left, turns = market.room.copy(), list(range(len(market.orders)))
    dice.shuffle(turns)
    taken = [np.empty(0, np.int32)] * len(turns)
    for turn in turns:
        order = market.orders[turn]
        free = np.flatnonzero(left[order.teachers] > 0).tolist()
        chosen = dice.sample(free, min(order.places, len(free)))
        left[order.teachers[chosen]] -= 1
        taken[turn] = np.array(chosen, np.int32)
    return tuple(taken)


def _hold(rows: dict[str, StoredTeacher], teacher: str, places: int) -> None:
    rows[teacher] = rows[teacher]._replace(load=rows[teacher].load + places)


def _schools() -> list[tuple[str, str, str, bool, bool]]:
    """(name, county, stage, one_teacher, remote); a village school that belongs to a central school counts as remote."""
    with (ROOT / "samples" / "schools_liangshan.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    usual = next(iter(ASKED["subject"]))
    return [
        (row["name"], row["county"], row["stages"] or usual, row["teachers"] == "1", bool(row["central_school"]))
        for row in rows
    ]


def _orders(seed: int, schools: list[tuple[str, str, str, bool, bool]]) -> list[Filed]:
    """Filed on any day of the year, most of them at the beginning of a term."""
    dice = random.Random(f"{seed} orders")
    filed = []
    for number in range(ORDERS):
        school, county, stage, one_teacher, remote = dice.choice(schools)
        weeks = dice.choice((dice.randrange(4), dice.randrange(22, 27), dice.randrange(WEEKS - 4)))
        fields = NeedFields(
            subjects=(_drawn(dice, ASKED["subject"][stage]),),
            stages=(stage,),
            modes=(_drawn(dice, ASKED["mode"]),),
            headcount=dice.choice((1, 1, 1, 2)),
            months=dice.choice((None, 1.0, 3.0, 5.0)),
        )
        site = Site(school=school, county=county, one_teacher=one_teacher, remote=remote)
        filed.append(Filed(OpenNeed(f"N{number:03d}", 0, fields, site), BEGIN + timedelta(days=7 * weeks)))
    return filed


def _drawn(dice: random.Random, weights: dict[str, int]) -> str:
    return dice.choices(list(weights), list(weights.values()))[0]


def _teachers(seed: int, counties: list[str]) -> list[TeacherFields]:
    """The made-up pool of samples/, in the order of ids; every other one is given a wish for one or two counties."""
    dice = random.Random(f"{seed} wishes")
    with (ROOT / "samples" / "teachers.csv").open(encoding="utf-8", newline="") as file:
        rows = [{**row, **{name: row[name].split(";") for name in LISTS}} for row in csv.DictReader(file)]
    pool = sorted((TeacherFields.from_json(row) for row in rows), key=lambda teacher: teacher.id)
    return [
        replace(each, regions=tuple(dice.sample(counties, dice.choice((1, 2))))) if dice.random() < 0.5 else each
        for each in pool
    ]
