# ruff: noqa: ASYNC110  (what is waited for happens in another process or in a table)
"""Kill -9: a play during which the bot lives and dies many times, at random moments and in chosen states."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.crash.play import Play
from tests.crash.processes import Process, Tables
from tests.crash.stage import bot_process, clock_at_start, outcome, stage
from tests.crash.wire import keyless

QUOTA = {"inbox": 3, "outbox": 3}  # kills on a row of the inbox in a worker's hands, on one of the outbox in a sender's
QUOTA_WITH_TIME = {**QUOTA, "walk": 3}  # and between two instants of a walk of the clock
WALKS_OF_A_DAY = 2  # the others are looked for in a later walk
IDLE_LIVES = 8  # without an act of anybody: whatever they wait for does not come


class Killer:
    """Lets the bot live for a while, again and again, and counts what was alive when it was killed."""

    def __init__(
        self, bot: Process, tables: Tables, play: Play, *, wanted: int, quota: dict[str, int], seed: int
    ) -> None:
        self.bot = bot
        self.tables = tables
        self.play = play
        self.wanted = wanted
        self.quota = quota
        self.random = random.Random(seed)
        self.kills = 0
        self.caught: Counter[str] = Counter()
        self.days: Counter[int] = Counter()
        self.walks: Counter[int] = Counter()  # kills in a walk, by the day it came from
        self.starts: list[float] = []

    async def run(self) -> None:
        """Until everybody has played their part and the quotas are met. A life lasts for so many acts of the people."""
        longest = 2 * self.play.acts() // (self.wanted - self.quota.get("walk", 0))
        acts, idle = 0, 0
        while not (self.play.is_over() and self._is_enough()) and idle < IDLE_LIVES:
            await self._live_and_die(self.random.randrange(longest), self.random.choice(["inbox", "outbox", "any"]))
            acts, idle = self.play.page.acts, 0 if self.play.page.acts > acts else idle + 1

    def _is_enough(self) -> bool:
        return self.kills >= self.wanted and not any(map(self._wants, self.quota))

    def _wants(self, state: str) -> bool:
        return self.caught[state] < self.quota.get(state, 0)

    async def _live_and_die(self, acts: int, hunt: str) -> None:
        await self.play.chatter()  # waits for it
        ran = self.tables.ran()
        states = {
            "inbox": lambda: self.tables.unfinished() > 0,
            "outbox": lambda: self.tables.leased() > 0,
            "walk": lambda: self.tables.due() > 0 and self.tables.ran() > ran,
        }
        await self._start()
        is_rare = self._wants("walk") and self.walks[self.play.day] < WALKS_OF_A_DAY
        if await self._at_work(acts, states["walk"] if is_rare else None):
            await asyncio.sleep(self.random.uniform(0, 0.3))
            if hunt in states:
                await self.play.chatter()
                until = time.monotonic() + 1.5
                while not states[hunt]() and time.monotonic() < until:
                    await asyncio.sleep(0.0005)
        await self.bot.kill()
        self.kills += 1
        caught = [state for state, holds in states.items() if holds()]
        self.caught.update(caught)
        self.days[self.play.day] += 1
        self.walks[self.play.day] += "walk" in caught

    async def _start(self) -> None:
        """Until the bot has something to say."""
        before, began = self.tables.said(), time.monotonic()
        await self.bot.start()
        while self.tables.said() == before and time.monotonic() - began < 20:
            await asyncio.sleep(0.005)
        self.starts.append(time.monotonic() - began)

    async def _at_work(self, acts: int, walking: Callable[[], bool] | None) -> bool:
        """Until people have acted so often, or nobody acts any more. False if a walk came first: it is rare prey."""
        page, patience = self.play.page, 3 * self.starts[-1]  # on a busy machine everything takes longer
        wanted, seen, since = page.acts + acts, page.acts, time.monotonic()
        while page.acts < wanted:
            if walking and walking():
                return False
            if page.acts > seen:
                seen, since = page.acts, time.monotonic()
            idle = time.monotonic() - since
            if idle > patience or (idle > 0.5 and self.play.is_over()):
                break
            await asyncio.sleep(0.0005 if walking and self.tables.due() else 0.005)
        return True


async def crash(
    folder: Path,
    url: str,
    *,
    wanted: int,
    quota: dict[str, int],
    seed: int,
    keys: bool = True,
    orders: int = 20,
    batches: int = 1,
) -> tuple[dict[str, Any], Killer]:
    """The whole play with kills: what came of it, and who killed. With the stories where a quota asks for walks."""
    clock = clock_at_start(folder) if "walk" in quota else None
    async with (
        stage(folder, url, orders=orders, chat=2, seed=seed, batches=batches, clock=clock) as play,
        keyless(play.page.url) as far_end,
    ):
        tables = Tables(url, clock)
        bot = bot_process(folder, url, play.page.url if keys else far_end.url, clock=clock)
        killer = Killer(bot, tables, play, wanted=wanted, quota=quota, seed=seed)
        play.begin(tables.turn)
        try:
            await killer.run()
            await bot.start()
            seen = await outcome(play, bot, tables)
        finally:
            await bot.kill()
            tables.close()
    print(seen, killer.kills, killer.caught, killer.days)
    return seen, killer
