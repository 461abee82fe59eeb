"""What a play needs around it: the gateway's process, everybody with a phone, and the bot's database prepared."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session

from delivery.clock import FileClock
from delivery.store import Store
from models import School, Teacher
from services import people
from services.actor import actor_of
from tests.crash.phones import Page
from tests.crash.play import Play
from tests.crash.processes import ROOT, TOKEN, Process, Tables, free_port

START = datetime(2031, 3, 3, 4, 0, tzinfo=UTC)  # of business time in the stories: Monday, 12:00 in Shanghai
BOT = [str(ROOT / "bot.py"), "run"]
NOTHING_AMISS = {
    "lost": [],
    "doubled": [],
    "disordered": [],
    "repeats": 0,
    "parked": 0,
    "end": 0,
    "token_in_log": False,
}


def clock_at_start(folder: Path) -> FileClock:
    """A clock that stands at the beginning of the stories. The bot follows its file (`run --clock`)."""
    clock = FileClock(folder / "clock")
    clock.ask(START - datetime.now(UTC))
    return clock


def prepare(session: Session, page: Page, now: datetime) -> None:
    """Schools, and everybody but strangers joined by a real invitation."""
    schools = {}
    known = [phone for phone in page.phones.values() if phone.role != "stranger"]
    for phone in known:
        if phone.role == "school":
            name, county = phone.where.split("|")
            schools[phone.id] = School(name=name, county=county, stages=["小学"])
            session.add(schools[phone.id])
    session.flush()
    for phone in known:
        county = phone.where if phone.role == "coordinator" else None
        code = people.create_invite(session, phone.role, now, school=schools.get(phone.id), county=county)
        session.flush()
        person = people.persons_of(session, [phone.id], now)[phone.id]
        people.start(session, actor_of(session, person), now, code)
        session.flush()
        people.agree(session, actor_of(session, person), now, phone.name)
        session.flush()
        if phone.entry:
            entry = {"name": phone.name, "unit": "外校", "stages": ["小学"], "capacity": 99, **phone.entry}
            session.add(Teacher(person_id=person, status="active", created_at=now, **entry))


@asynccontextmanager
async def stage(
    folder: Path, url: str, *, orders: int, chat: int, seed: int, batches: int = 1, clock: FileClock | None = None
) -> AsyncIterator[Play]:
    """A gateway in a process of its own, everybody with a phone, and the bot's database prepared."""
    port = free_port()
    database = f"sqlite:///{folder / 'gateway.db'}"
    gateway = Process("gateway", [str(ROOT / "bot.py"), "gateway", "--port", str(port)], folder, DATABASE_URL=database)
    await gateway.start()
    now = clock.target() if clock else datetime.now(UTC)
    try:
        for _ in range(300):
            await asyncio.sleep(0.1)
            if str(port) in gateway.output():
                break
        address = f"http://127.0.0.1:{port}"
        async with Play(address, orders=orders, chat=chat, seed=seed, year=now.year + 2, batches=batches) as play:
            if clock:
                await play.add_stories()
            store = Store.open(url)
            try:
                store.run_now(lambda session: prepare(session, play.page, now))
            finally:
                store.close()
            yield play
    finally:
        await gateway.end()


def bot_process(
    folder: Path, url: str, far_end: str, command: list[str] = BOT, clock: FileClock | None = None
) -> Process:
    """The bot, not started yet."""
    command = [*command, "--clock", str(clock.path)] if clock else command
    return Process("bot", command, folder, DATABASE_URL=url, TELEGRAM_API_URL=far_end)


async def outcome(play: Play, bot: Process, tables: Tables) -> dict[str, Any]:
    """What came of a play, once everything has settled or time was up; the bot is asked to stop."""
    await play.settled(55)  # less than a lease: rows in dead hands are taken back at the start
    await bot.up()
    await tables.at_rest()
    return {
        "lost": await play.lost(),
        "doubled": await play.doubled(),
        "disordered": play.disordered(),
        "repeats": play.repeats(),
        "parked": tables.parked(),
        "end": await bot.end(),
        "token_in_log": TOKEN in bot.output(),
    }
