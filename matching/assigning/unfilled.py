"""Why places of an order stay open, and what would fill them. The wording is in locales: `assign-why-…`, `assign-would-…`.

why    subject · topic · stage · form · dates ·        the first demand that nobody with room meets together with those
       length · site                                   before it; length: how long they would stay; site: refused, region,
                                                       altitude, a programme's rules
       few         all who suit are placed here
       elsewhere   all who suit are needed more in other orders; partly: some are, the others are placed here
would  dates · online · form · stage · subject         how many teachers with room left each would open
       more                                            so many more teachers of the kind that is asked for
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np

from matching.dates import MONTH_DAYS, start_window
from matching.ranking.parts import weights
from matching.ranking.pool import Pool
from matching.ranking.postings import Mask
from matching.ranking.rank import ANYWHERE, eligible
from matching.ranking.wishes import guessed
from matching.terms import terms
from matching.types import NeedFields, Site

WHY = ("subject", "topic", "stage", "form", "dates", "length", "site", "few", "partly", "elsewhere")
WOULD = ("dates", "online", "form", "stage", "subject", "more")
ALWAYS = timedelta(days=3650)  # a window nobody misses
A_DAY = 0.03  # months


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: how many teachers suit the order, and how many of them it got."""

    name: str
    suit: int
    here: int


@dataclass(frozen=True, slots=True)
class Remedy:
    """What would fill a place, and how many teachers it would open or ask for."""

    name: str
    teachers: int


class Shortage:
    """Asks the engine the same questions with one demand less; equal questions once."""

    def __init__(self, pool: Pool, today: date, spare: Mask) -> None:
        self._pool = pool
        self._today = today
        self._spare = spare  # who has room left after the assignment, by position
        self._asked: dict[tuple[Any, ...], tuple[int, int]] = {}

    def why(self, need: NeedFields, site: Site, refused: tuple[str, ...], suit: int, here: int) -> Reason:
        """The reason for an order that suits so many teachers and got so many of them."""
        if suit:
            return Reason("few" if suit == here else "partly" if here else "elsewhere", suit, here)
        always = (self._today, self._today + ALWAYS)
        bare = NeedFields(subjects=need.subjects, topics=need.topics, window=always, months=0.0, evidence=need.evidence)
        staged = replace(bare, stages=need.stages)
        formed = replace(staged, modes=need.modes)
        demands = (
            ("subject" if need.subjects and not guessed(need) else "topic", bare),
            ("stage", staged),
            ("form", formed),
            ("dates", self._whatever_length(need)),
            ("length", need),
        )
        return Reason(next((name for name, asked in demands if not self._count(asked)[0]), "site"), 0, 0)

    def _whatever_length(self, need: NeedFields) -> NeedFields:
        """The same stay said from day to day: teachers who limit the months are not ruled out by it."""
        if not need.months:
            return need
        if need.start and need.until and need.until >= need.start:
            return replace(need, months=None)
        first, last = start_window(need, self._today)
        until = first + timedelta(days=max(1, round(need.months * MONTH_DAYS)) - 1)
        return replace(need, months=None, start=first, until=until, window=(first, last))

    def would(
        self, need: NeedFields, site: Site, refused: tuple[str, ...], missing: int, counted: int
    ) -> tuple[Remedy, ...]:
        """What would open somebody; `counted` are those with room left who are here already."""
        found = []
        for name, asked in self._relaxed(need):
            opened = self._count(asked, site, refused)[1] - counted
            if opened > 0:
                found.append(Remedy(name, opened))
        return (*found, Remedy("more", missing))

    def _relaxed(self, need: NeedFields) -> list[tuple[str, NeedFields]]:
        days = int(weights()["near"]["days"])
        first, last = start_window(need, self._today)
        sooner, later = min(first, self._today), last + timedelta(days=days)
        shorter = max(A_DAY, need.months - days / MONTH_DAYS) if need.months else need.months
        found = [("dates", replace(need, start=None, window=(sooner, later), months=shorter))]
        if need.modes:
            online = tuple(name for name, traits in terms().traits.items() if traits.remote and name not in need.modes)
            found += [("online", replace(need, modes=(*need.modes, *online)))] if online else []
            found.append(("form", replace(need, modes=())))
        if need.stages:
            found.append(("stage", replace(need, stages=(*need.stages, *terms().beside(need.stages)))))
        near = sorted(terms().neighbours(need.subjects))
        if near:
            found.append(("subject", replace(need, subjects=(*need.subjects, *near))))
        return found

    def _count(self, need: NeedFields, site: Site = ANYWHERE, refused: tuple[str, ...] = ()) -> tuple[int, int]:
        """(who suits, who of them has room left)."""
        key = (replace(need, headcount=None, grade=None, urgent=False), guessed(need), site, refused)
        if key not in self._asked:
            found = eligible(need, self._pool, today=self._today, site=site, refused=refused).positions
            self._asked[key] = len(found), int(np.count_nonzero(self._spare[found]))
        return self._asked[key]
