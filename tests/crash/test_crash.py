# ruff: noqa: ASYNC110  (what is waited for happens in another process or in a table)
"""Only the bot is killed (-9) while people play; nothing is lost, doubled or out of order. play.py has the truth."""

import asyncio
import time
from collections import Counter
from pathlib import Path

import pytest

from delivery.sender import SIDE_BY_SIDE
from tests.crash.killing import QUOTA, QUOTA_WITH_TIME, Killer, crash
from tests.crash.processes import Tables
from tests.crash.stage import NOTHING_AMISS, bot_process, stage
from tests.crash.wire import keyless

PTB = ["-m", "tests.crash.ptb_runner"]
LEASELESS = ["-m", "tests.crash.leaseless_runner"]
DAYS = 4  # of the stories' six on which somebody is killed


def check_killed(killer: Killer, wanted: int, quota: dict[str, int]) -> None:
    """Often enough, in every state, and the bot came up each time."""
    assert killer.kills >= wanted
    assert killer.caught >= Counter(quota)
    assert max(killer.starts) < 10


def check_killed_all_along(killer: Killer, wanted: int) -> None:
    """Also while the clock walks, and from the first day to the last."""
    check_killed(killer, wanted, QUOTA_WITH_TIME)
    assert len(killer.days) >= DAYS


def test_orders_and_stories_survive_kills_and_no_message_repeats(database_url: str, tmp_path: Path) -> None:
    seen, killer = asyncio.run(crash(tmp_path, database_url, wanted=10, quota=QUOTA_WITH_TIME, seed=20261121))
    assert seen == NOTHING_AMISS
    check_killed_all_along(killer, 10)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_without_keys_at_most_the_sends_in_flight_repeat(database_url: str, tmp_path: Path) -> None:
    seen, killer = asyncio.run(
        crash(tmp_path, database_url, wanted=5, quota=QUOTA, seed=7, keys=False, orders=6, batches=3)
    )
    kept = ("lost", "parked", "end", "token_in_log")
    assert {name: seen[name] for name in kept} == {name: NOTHING_AMISS[name] for name in kept}
    assert seen["repeats"] <= SIDE_BY_SIDE * killer.kills
    check_killed(killer, 5, QUOTA)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_red_with_ptbs_own_queue_in_place_of_the_inbox(database_url: str, tmp_path: Path) -> None:
    """The same check sees the loss when updates wait in memory."""

    async def run() -> list[str]:
        async with stage(tmp_path, database_url, orders=6, chat=4, seed=3) as play:
            play.begin()
            tables = Tables(database_url)
            bot = bot_process(tmp_path, database_url, play.page.url, PTB)
            try:
                for _ in range(2):
                    await play.chatter()
                    before, began = tables.said(), time.monotonic()
                    await bot.start()
                    while tables.said() == before and time.monotonic() - began < 20:
                        await asyncio.sleep(0.001)
                    await bot.kill()
                already = {phone.id: len(phone.said) for phone in play.page.phones.values()}
                await play.chatter()
                await bot.start()
                await play.settled(6)
                for phone in play.chatterers:  # whoever is not killed answers: the runner itself works
                    new = phone.said[already[phone.id] :]
                    assert play.replies(phone)[-len(new) :] == new
                return await play.lost()
            finally:
                await bot.kill()
                tables.close()

    assert asyncio.run(run()) != []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_red_with_leases_off(database_url: str, tmp_path: Path) -> None:
    """Without leases messages repeat even though nobody is killed."""

    async def run(command: list[str]) -> int:
        async with stage(tmp_path, database_url, orders=4, chat=2, seed=5) as play, keyless(play.page.url) as far_end:
            play.begin()
            bot = bot_process(tmp_path, database_url, far_end.url, command)
            try:
                await play.chatter()
                await bot.start()
                await play.settled(15)
                assert await play.lost() == []
                await bot.end()
                return play.repeats()
            finally:
                await bot.kill()

    assert asyncio.run(run(LEASELESS)) > 0


@pytest.mark.soak
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(1000, 1010))
def test_two_hundred_kills(seed: int, database_url: str, tmp_path: Path) -> None:
    """The long run: ten plays of at least twenty kills, each with its own seed."""
    seen, killer = asyncio.run(crash(tmp_path, database_url, wanted=20, quota=QUOTA_WITH_TIME, seed=seed, orders=40))
    assert seen == NOTHING_AMISS
    check_killed_all_along(killer, 20)
