# ruff: noqa: ASYNC110  (what is waited for happens in another process or in a table)
"""Only the bot is killed (-9) while 20 orders are played; nothing is lost, doubled or out of order. play.py has the truth."""

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from delivery.sender import SIDE_BY_SIDE
from delivery.store import Store
from models import School, Teacher
from services import people
from services.actor import actor_of
from tests.crash.play import Play
from tests.crash.processes import ROOT, TOKEN, Process, Tables, free_port, keyless

BOT = [str(ROOT / "bot.py"), "run"]
PTB = ["-m", "tests.crash.ptb_runner"]
LEASELESS = ["-m", "tests.crash.leaseless_runner"]


@dataclass
class Kills:
    """What was alive when it was killed."""

    seed: int
    total: int = 0
    on_inbox: int = 0
    on_outbox: int = 0
    starts: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)

    def enough(self, wanted: int, quota: int) -> bool:
        return self.total >= wanted and self.on_inbox >= quota and self.on_outbox >= quota


def prepare(session: Session, play: Play) -> None:
    """Schools, and everybody of the play joined by a real invitation."""
    now = datetime.now(UTC)
    schools = {}
    for phone in play.of("school"):
        name, county = phone.where.split("|")
        schools[phone.id] = School(name=name, county=county, stages=["小学"])
        session.add(schools[phone.id])
    session.flush()
    for phone in play.phones.values():
        county = phone.where if phone.role == "coordinator" else None
        code = people.create_invite(session, phone.role, now, school=schools.get(phone.id), county=county)
        session.flush()
        person = people.persons_of(session, [phone.id], now)[phone.id]
        people.start(session, actor_of(session, person), now, code)
        session.flush()
        people.agree(session, actor_of(session, person), now, phone.name)
        session.flush()
        if phone.role == "teacher" and phone.where != "chat":
            teacher = session.exec(select(Teacher).where(Teacher.person_id == person)).first() or Teacher(
                person_id=person, created_at=now
            )
            teacher.name, teacher.unit, teacher.status, teacher.capacity = phone.name, "外校", "active", 99
            teacher.subjects, teacher.stages, teacher.modes = ["数学"], ["小学"], ["线上"]
            session.add(teacher)


@asynccontextmanager
async def stage(folder: Path, url: str, *, orders: int, chat: int, seed: int) -> AsyncIterator[Play]:
    """A gateway in a process of its own, everybody with a phone, and the bot's database prepared."""
    port = free_port()
    database = f"sqlite:///{folder / 'gateway.db'}"
    gateway = Process("gateway", [str(ROOT / "bot.py"), "gateway", "--port", str(port)], folder, DATABASE_URL=database)
    await gateway.start()
    try:
        for _ in range(300):
            await asyncio.sleep(0.1)
            if str(port) in gateway.output():
                break
        async with Play(f"http://127.0.0.1:{port}", orders, chat, seed) as play:
            store = Store.open(url)
            try:
                store.run_now(lambda session: prepare(session, play))
            finally:
                store.close()
            yield play
    finally:
        await gateway.end()


def bot_process(folder: Path, url: str, far_end: str, command: list[str] = BOT) -> Process:
    return Process("bot", command, folder, DATABASE_URL=url, TELEGRAM_API_URL=far_end)


async def live_and_die(bot: Process, tables: Tables, play: Play, kills: Kills, hunt: str) -> None:
    """One life of the bot: start, work, and kill -9 at a random moment or in a chosen state."""
    await play.chatter()  # waits for it
    before, began = tables.said(), time.monotonic()
    await bot.start()
    while tables.said() == before and time.monotonic() - began < 20:
        await asyncio.sleep(0.005)
    kills.starts.append(time.monotonic() - began)
    await asyncio.sleep(kills.random.uniform(0, 1.0))
    looks = {"inbox": tables.unfinished, "outbox": tables.leased}
    until = time.monotonic() + 1.5
    if hunt in looks:
        await play.chatter()
        while not looks[hunt]() and time.monotonic() < until:
            await asyncio.sleep(0.0005)
    await bot.kill()
    kills.total += 1
    kills.on_inbox += tables.unfinished() > 0
    kills.on_outbox += tables.leased() > 0


async def crash(
    folder: Path, url: str, *, kills_wanted: int, quota: int, seed: int, keys: bool = True, orders: int = 20
) -> dict[str, Any]:
    """The whole play with kills; returns what was seen."""
    kills = Kills(seed)
    async with stage(folder, url, orders=orders, chat=2, seed=seed) as play:
        tables = Tables(url)
        proxy = keyless(play.url)
        far_end = play.url if keys else await proxy.__aenter__()
        bot = bot_process(folder, url, far_end)
        play.begin()
        try:
            while not kills.enough(kills_wanted, quota) and kills.total < 3 * kills_wanted:
                play.released = min(orders, 2 + kills.total * orders // kills_wanted)
                hunt = kills.random.choice(["inbox", "outbox", "any"])
                await live_and_die(bot, tables, play, kills, hunt)
            play.released = orders
            began = time.monotonic()
            await bot.start()
            await play.settled(55)  # less than a lease: rows in dead hands are taken back at the start
            await bot.up()
            seen = {
                "kills": kills.total,
                "on_inbox": kills.on_inbox,
                "on_outbox": kills.on_outbox,
                "slowest_start": round(max(kills.starts), 1),
                "last_start_to_end": round(time.monotonic() - began, 1),
                "lost": await play.lost(),
                "doubled": await play.doubled(),
                "disordered": play.disordered(),
                "repeats": play.repeats(),
                "parked": tables.parked(),
                "end": await bot.end(),
                "token_in_log": TOKEN in bot.output(),
            }
        finally:
            await bot.kill()
            tables.close()
            if not keys:
                await proxy.__aexit__(None, None, None)
    print(seen)
    return seen


def check_kept(seen: dict[str, Any], kills: int, quota: int) -> None:
    """Nothing lost, parked or leaked, and the quotas of kills are met."""
    assert seen["lost"] == []
    assert seen["parked"] == 0
    assert seen["end"] == 0
    assert not seen["token_in_log"]
    assert seen["kills"] >= kills
    assert seen["on_inbox"] >= quota
    assert seen["on_outbox"] >= quota
    assert seen["slowest_start"] < 10


def test_twenty_orders_survive_kills_and_no_message_repeats(database_url: str, tmp_path: Path) -> None:
    seen = asyncio.run(crash(tmp_path, database_url, kills_wanted=10, quota=3, seed=20261121))
    check_kept(seen, 10, 3)
    assert (seen["doubled"], seen["repeats"], seen["disordered"]) == ([], 0, [])


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_without_keys_at_most_the_sends_in_flight_repeat(database_url: str, tmp_path: Path) -> None:
    seen = asyncio.run(crash(tmp_path, database_url, kills_wanted=5, quota=3, seed=7, keys=False, orders=6))
    check_kept(seen, 5, 3)
    assert seen["repeats"] <= SIDE_BY_SIDE * seen["kills"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_red_with_ptbs_own_queue_in_place_of_the_inbox(database_url: str, tmp_path: Path) -> None:
    """The same check sees the loss when updates wait in memory."""

    async def run() -> list[str]:
        async with stage(tmp_path, database_url, orders=6, chat=4, seed=3) as play:
            play.begin()
            play.released = 6
            tables = Tables(database_url)
            bot = bot_process(tmp_path, database_url, play.url, PTB)
            try:
                for _ in range(2):
                    await play.chatter()
                    before, began = tables.said(), time.monotonic()
                    await bot.start()
                    while tables.said() == before and time.monotonic() - began < 20:
                        await asyncio.sleep(0.001)
                    await bot.kill()
                already = {phone.id: len(phone.said) for phone in play.phones.values()}
                await play.chatter()
                await bot.start()
                await play.settled(6)
                for phone in play.of("teacher", chat=True):  # whoever is not killed answers: the runner itself works
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
        async with stage(tmp_path, database_url, orders=4, chat=2, seed=5) as play, keyless(play.url) as far_end:
            play.begin()
            play.released = 4
            bot = bot_process(tmp_path, database_url, far_end, command)
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
    seen = asyncio.run(crash(tmp_path, database_url, kills_wanted=20, quota=3, seed=seed, orders=20))
    check_kept(seen, 20, 3)
    assert (seen["doubled"], seen["repeats"], seen["disordered"]) == ([], 0, [])
