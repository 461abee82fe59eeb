"""Nobody is killed, but every few calls to the far end one goes wrong: 429, 500, 502, cut before or after it was done."""

import asyncio
from pathlib import Path

import pytest

from tests.crash.processes import Tables
from tests.crash.stage import NOTHING_AMISS, bot_process, clock_at_start, outcome, stage
from tests.crash.wire import FAULTS, wire

IMPATIENT = ["-m", "tests.crash.impatient_runner"]
FAILS = 8  # one call in so many
METHODS = ("sendMessage", "editMessageText")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_orders_and_stories_hold_on_a_bad_line(database_url: str, tmp_path: Path) -> None:
    async def run() -> None:
        clock = clock_at_start(tmp_path)
        async with (
            stage(tmp_path, database_url, orders=6, chat=4, seed=11, clock=clock) as play,
            wire(play.page.url, fails=FAILS) as line,
        ):
            tables = Tables(database_url, clock)
            bot = bot_process(tmp_path, database_url, line.url, IMPATIENT, clock)
            play.begin(tables.turn)
            try:
                await play.chatter()
                await bot.start()
                seen = await outcome(play, bot, tables)
                assert seen == NOTHING_AMISS
            finally:
                await bot.kill()
                tables.close()
            assert min(line.calls[method] for method in METHODS) >= FAILS * len(FAULTS)

    asyncio.run(run())
