"""The whole program on one loop: gateway and bot over real HTTP on loopback, a real database, a clock that stands still.

Tests speak to it as people do (`say`, `tap`) and look at what arrived on a phone (`last`, `messages`) or, through a second
session, at what was committed (`rows`).
"""

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import func
from sqlmodel import Session, SQLModel, col, select

from bot import assemble
from delivery.clock import FileClock
from delivery.store import Store
from models import Inbox, Outbox, School, Teacher
from services import people
from web.gateway import create_gateway, serve

Result = TypeVar("Result")
START = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)  # Saturday, 10:00 in Shanghai
TOKEN = "70000001:canary-token-that-must-never-be-logged"
PATIENCE = 20.0


class World:
    """Starts on entering, stops on leaving."""

    def __init__(self, url: str, folder: Path, *, start: datetime = START) -> None:
        self.url = url
        self.store = Store.open(url)
        self.clock = FileClock(folder / "clock", real=lambda: start)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._stop = asyncio.Event()
        self._ready = threading.Event()
        self._error: BaseException | None = None

    def __enter__(self) -> "World":
        self._thread.start()
        self._running = asyncio.run_coroutine_threadsafe(self._run(), self._loop)
        self._ready.wait(PATIENCE)
        if self._error:
            raise self._error
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._running.result(PATIENCE)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop.close()
        self.store.close()

    async def _run(self) -> None:
        try:
            app = create_gateway(self.store, token=TOKEN, clock=None)
            self.gateway = app.state.gateway
            self.gateway.clock = self
            async with serve(app) as address:
                self.address = address.url
                self.runtime = assemble(self.store, self.clock, token=TOKEN, api_url=address.url)
                await self.runtime.start()
                self._ready.set()
                try:
                    await self._stop.wait()
                finally:
                    await self.runtime.stop()
        except BaseException as error:
            self._error = error
            self._ready.set()
            raise

    # the demo clock's protocol, for the page

    def now(self) -> datetime:
        return self.clock.now()

    async def forward(self, delta: timedelta) -> None:
        await self.runtime.ticker.forward(delta)

    # people

    def person(self, user: int, name: str, role: str = "school") -> int:
        """A phone."""
        self.wait(self.gateway.add_user(user, name, role))
        return user

    def stranger(self, user: int, name: str = "生人") -> int:
        """Somebody without any role."""
        return self.person(user, name)

    def school_person(self, user: int, school: str, name: str = "王老师", county: str | None = None) -> int:
        """Somebody of a school who has joined and agreed."""
        return self._join(user, name, "school", school=school)

    def teacher(self, user: int, name: str = "李老师", **fields: Any) -> int:
        """A supporting teacher who has joined; with fields, in the pool already."""
        self._join(user, name, "teacher")
        if fields:
            self.do(lambda session: self._add_teacher(session, user, name, fields))
        return user

    def _add_teacher(self, session: Session, user: int, name: str, fields: dict[str, Any]) -> None:
        person = people.persons_of(session, [user], self.now())[user]
        session.add(Teacher(person_id=person, name=name, status="active", created_at=self.now(), **fields))

    def coordinator(self, user: int, county: str | None = None, name: str = "协调员") -> int:
        """A coordinator of a county, or of the programme."""
        return self._join(user, name, "coordinator", county=county)

    def _join(self, user: int, name: str, role: str, *, school: str | None = None, county: str | None = None) -> int:
        self.person(user, name, role)

        def invite(session: Session) -> str:
            row = session.exec(select(School).where(School.name == school)).one() if school else None
            return people.create_invite(session, role, self.now(), school=row, county=county)

        code = self.do(invite)
        self.say(user, f"/start {code}")
        self.tap(user, "同意")
        return user

    def add_school(self, name: str, county: str, stages: Sequence[str] = ("小学",)) -> None:
        """A receiving school."""
        self.do(lambda session: session.add(School(name=name, county=county, stages=list(stages))))

    # what people do and see

    def say(self, user: int, text: str) -> str:
        """Type, and wait until the bot is done; returns the last message on this phone."""
        self.wait(self.gateway.say(user, text))
        return self.settle().last(user)

    def tap(self, user: int, label: str) -> str:
        """Press the newest button whose label contains `label`."""
        message, data = self.button(user, label)
        return self.press(user, message, data)

    def press(self, user: int, message: int, data: str) -> str:
        """Press with any callback data on any message."""
        self.wait(self.gateway.tap(user, message, data))
        return self.settle().last(user)

    def button(self, user: int, label: str) -> tuple[int, str]:
        """(message id, callback data) of the newest button whose label contains `label`."""
        for message in reversed(self.messages(user)):
            for button in self.buttons_of(message):
                if label in button["text"]:
                    return int(message["message_id"]), str(button["data"])
        raise AssertionError(f"no button {label!r} on the phone of {user}: {self.transcript(user)}")

    @staticmethod
    def buttons_of(message: dict[str, Any]) -> list[dict[str, Any]]:
        """All buttons of a message."""
        return [button for row in message["buttons"] for button in row]

    def messages(self, user: int) -> list[dict[str, Any]]:
        """Everything on a phone, oldest first."""
        found: list[dict[str, Any]] = self.wait(self.gateway.messages(user))
        return found

    def heard(self, user: int) -> list[str]:
        """Texts of the bot on a phone, oldest first."""
        return [str(message["text"]) for message in self.messages(user) if from_bot(message)]

    def last(self, user: int) -> str:
        """The bot's newest message on a phone."""
        return next((text for text in reversed(self.heard(user))), "")

    def labels(self, user: int) -> list[str]:
        """Button labels of the bot's newest message."""
        newest = [message for message in self.messages(user) if from_bot(message)][-1]
        return [button["text"] for button in self.buttons_of(newest)]

    def transcript(self, user: int) -> str:
        """A phone as text."""
        lines = []
        for message in self.messages(user):
            who = "机器人" if from_bot(message) else "我"
            labels = "".join(f" [{button['text']}]" for button in self.buttons_of(message))
            lines.append(f"{who}: {message['text']}{labels}")
        return "\n".join(lines)

    # time and truth

    def forward_by(self, **delta: float) -> None:
        """快进."""
        self.wait(self.forward(timedelta(**delta)), patience=120)
        self.settle()

    def settle(self) -> "World":
        """Wait until nothing is on its way."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self.wait(self.gateway.idle()) and not self.do(_open_rows):
                return self
            time.sleep(0.004)
        raise AssertionError("the bot did not come to rest")

    def do(self, unit: Callable[[Session], Result]) -> Result:
        """Run a unit in a transaction of its own."""
        return self.wait(self.store.run(unit))

    def rows(self, table: type[SQLModel], *where: Any) -> list[Any]:
        """Committed rows, through a second session."""
        with Session(self.store.engine, expire_on_commit=False) as session:
            return list(session.exec(select(table).where(*where).order_by(table.id)))  # type: ignore[attr-defined]

    def wait(self, work: Coroutine[Any, Any, Result], patience: float = PATIENCE) -> Result:
        """Run a coroutine on the world's loop."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(patience)


def from_bot(message: dict[str, Any]) -> bool:
    """Whether the bot wrote it."""
    return not message["mine"]


def _open_rows(session: Session) -> int:
    incoming = select(func.count()).select_from(Inbox).where(col(Inbox.done_at).is_(None))
    outgoing = select(func.count()).select_from(Outbox).where(col(Outbox.done_at).is_(None))
    return session.exec(incoming).one() + session.exec(outgoing).one()
