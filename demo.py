"""The demo: gateway and bot in one process, an SQLite file, the samples, and people to play.

The real handlers, tables and engine; only the far end differs. 快进 moves the business clock of this process.
"""

import asyncio
import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, func, select

from delivery.clock import FileClock
from delivery.database import migrate
from delivery.store import Store
from locales import words
from models import Outbox, School, Teacher
from services import imports, people, rosters
from services.actor import actor_of
from web.gateway import Newcomer, create_gateway, serve

SAMPLES = Path(__file__).resolve().parent / "samples"
FIRST_TEACHER = 30_000
W = words("zh-CN")

# Who plays the schools and coordinators: id, role, name, county, school. Names are made up.
CAST = SAMPLES / "cast.csv"


class DemoClock:
    """The clock as the page moves it; forwarding is the ticker's work once the bot runs."""

    def __init__(self, clock: FileClock) -> None:
        self._clock = clock
        self.walk: Callable[[timedelta], Any] | None = None

    def now(self) -> datetime:
        return self._clock.now()

    async def forward(self, delta: timedelta) -> None:
        """快进."""
        if self.walk is not None:
            await self.walk(delta)


async def run(
    data: Path,
    port: int,
    *,
    assemble: Callable[..., Any],
    until_signal: Callable[[asyncio.AbstractEventLoop], AbstractContextManager[asyncio.Event]],
) -> None:
    """Serve the demo on 127.0.0.1 until stopped. `data` keeps its database and clock for the next start."""
    await asyncio.to_thread(data.mkdir, parents=True, exist_ok=True)
    url = f"sqlite:///{data / 'demo.db'}"
    print(W.say("demo-preparing"), flush=True)
    await asyncio.to_thread(migrate, url)
    store = Store.open(url)
    file_clock = FileClock(data / "demo.clock")
    clock = DemoClock(file_clock)
    token = f"70000001:{secrets.token_urlsafe(24)}"
    app = create_gateway(store, token=token, clock=clock)
    try:
        cast, fresh = await store.run(lambda session: prepare(session, file_clock.now()))
        await app.state.gateway.add_users(cast)
        async with serve(app, port=port) as address:
            runtime = assemble(store, file_clock, token=token, api_url=address.url)
            clock.walk = runtime.ticker.forward
            try:
                await runtime.start()
                if fresh:
                    await _welcomed(store)
                    for one in cast:
                        await app.state.gateway.read(one.id)
                print(W.say("demo-running", url=address.url), flush=True)
                with until_signal(asyncio.get_running_loop()) as stop:
                    await runtime.until(stop)
            finally:
                await runtime.stop()
    finally:
        store.close()


async def _welcomed(store: Store) -> None:
    """Wait until the welcomes are on the phones, with a line that counts down."""
    while left := await store.run(_unsent):
        print(W.say("demo-greeting", left=left), end="\r", flush=True)
        await asyncio.sleep(0.25)
    print()


def _unsent(session: Session) -> int:
    return session.exec(select(func.count()).select_from(Outbox).where(col(Outbox.done_at).is_(None))).one()


def prepare(session: Session, now: datetime) -> tuple[list[Newcomer], bool]:
    """Load the samples once and let the cast join by real invitation codes.

    Returns everybody who has a phone, and whether this is the first start.
    """
    fresh = session.exec(select(School.id).limit(1)).first() is None
    if fresh:
        schools = rosters.read_schools(SAMPLES / "schools_liangshan.csv").rows
        imports.import_schools(session, schools)
        imports.import_units(session, rosters.read_support_units(SAMPLES / "support_units.csv").rows)
        imports.import_teachers(session, rosters.read_teachers(SAMPLES / "teachers.csv").rows, now)
        session.flush()
        print(W.say("demo-schools", n=len(schools)), flush=True)
    cast = _schools_and_coordinators(session, now, fresh) + _teachers(session, now, fresh)
    if fresh:
        print(W.say("demo-people", n=len(cast)), flush=True)
    return cast, fresh


def _schools_and_coordinators(session: Session, now: datetime, fresh: bool) -> list[Newcomer]:
    cast = []
    for line in CAST.read_text(encoding="utf-8").splitlines()[1:]:
        ident, role, name, county, school_name = line.split(",")
        school = session.exec(select(School).where(School.name == school_name)).first() if school_name else None
        if fresh and role != "stranger":
            code = people.create_invite(
                session, role, now, school=school, county=county or None if not school else None
            )
            _join(session, int(ident), code, name, now)
        note = school_name or county or W.say("demo-programme" if role == "coordinator" else "demo-stranger")
        cast.append(Newcomer(int(ident), name, "school" if role == "stranger" else role, note))
    return cast


def _teachers(session: Session, now: datetime, fresh: bool) -> list[Newcomer]:
    cast = []
    for teacher in session.exec(select(Teacher).where(col(Teacher.made_up)).order_by(col(Teacher.id))):
        assert teacher.id is not None
        ident = FIRST_TEACHER + teacher.id
        if fresh:
            code = people.create_invite(session, "teacher", now, teacher=teacher)
            _join(session, ident, code, teacher.name or "", now)
        about = W.say("list-mark").join(teacher.subjects)
        cast.append(Newcomer(ident, teacher.name or "", "teacher", f"{teacher.unit} · {about}"))
    return cast


def _join(session: Session, external: int, code: str, name: str, now: datetime) -> None:
    """Redeem a code and agree, as a person would by /start CODE and 同意."""
    session.flush()
    person = people.persons_of(session, [external], now)[external]
    people.start(session, actor_of(session, person), now, code)
    session.flush()
    people.agree(session, actor_of(session, person), now, name)
    session.flush()
