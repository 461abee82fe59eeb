"""The whole program on one loop: gateway and bot over real HTTP on loopback, a real database, a clock that stands still.

Tests speak to it as people do (`say`, `tap`) and look at what arrived on a phone (`last`, `messages`) or, through a second
session, at what was committed (`rows`).
"""

import asyncio
import json
import logging
import threading
import time
from collections.abc import Callable, Coroutine, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import func
from sqlmodel import Session, SQLModel, col, select

from bot import assemble
from delivery import inbox
from delivery.clock import FileClock
from delivery.store import Store
from models import Account, Consent, GatewayFile, Inbox, Outbox, School, SupportUnit, Teacher
from services import audit, home, people
from services.actor import CONSENT_VERSION, Actor, actor_of
from web.gateway import create_gateway, serve
from web.gateway.call import Upload

Result = TypeVar("Result")
START = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)  # Saturday, 10:00 in Shanghai
TOKEN = "70000001:canary-token-that-must-never-be-logged"
PATIENCE = 20.0
FAULTS = ("inbox row", "outbox row", "due row", "no message")  # what a log line of a defect says


class Faults(logging.Handler):
    """Keeps what the program logged about its own defects, so that a test fails at once and with the reason."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []
        self.told: list[str] = []  # those a test has failed with

    def emit(self, record: logging.LogRecord) -> None:
        line = record.getMessage()
        if any(mark in line for mark in FAULTS):
            self.lines.append(f"{line} {record.exc_info[1]!r}" if record.exc_info else line)


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
        self.faults = Faults()
        self._sent = 900_000

    def __enter__(self) -> "World":
        logging.getLogger().addHandler(self.faults)
        self._thread.start()
        self._running = asyncio.run_coroutine_threadsafe(self._run(), self._loop)
        self._ready.wait(PATIENCE)
        if self._error:
            raise self._error
        return self

    def __exit__(self, *_: object) -> None:
        if self._loop.is_closed():
            return
        self._loop.call_soon_threadsafe(self._stop.set)
        self._running.result(PATIENCE)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop.close()
        self.store.close()
        logging.getLogger().removeHandler(self.faults)

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

    def school_person(self, user: int, school: str, name: str = "王老师") -> int:
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
        row = Teacher(**{"person_id": person, "name": name, "status": "active", "created_at": self.now(), **fields})
        audit.begin(session, row, None, self.now())

    def coordinator(self, user: int, county: str | None = None, name: str = "协调员") -> int:
        """A coordinator of a county, or of the programme."""
        return self._join(user, name, "coordinator", county=county)

    def code(self, role: str, *, school: str | None = None, county: str | None = None) -> str:
        """A fresh invitation."""

        def invite(session: Session) -> str:
            row = session.exec(select(School).where(School.name == school)).one() if school else None
            return people.create_invite(session, role, self.now(), school=row, county=county)

        return self.do(invite)

    def _join(self, user: int, name: str, role: str, *, school: str | None = None, county: str | None = None) -> int:
        """As if they had joined by invitation; the home screen is on their phone."""
        self.person(user, name, role)

        def join(session: Session) -> None:
            row = session.exec(select(School).where(School.name == school)).one() if school else None
            newcomer = self.actor(user)(session)
            newcomer.person.name = newcomer.person.name or name
            people.grant(session, newcomer, self.now(), role, school_id=row.id if row else None, county=county)
            session.add(Consent(person_id=newcomer.id, version=CONSENT_VERSION, given_at=self.now()))
            session.flush()
            home.show(session, self.actor(user)(session))

        self.do(join)
        return user

    def add_school(self, name: str, county: str, stages: Sequence[str] = ("小学",)) -> None:
        """A receiving school."""
        self.do(lambda session: session.add(School(name=name, county=county, stages=list(stages))))

    def add_unit(self, name: str, county: str, city: str | None = None) -> None:
        """A unit that supports a county."""
        self.do(lambda session: session.add(SupportUnit(name=name, county=county, city=city)))

    # what people do and see

    def say(self, user: int, text: str) -> str:
        """Type, and wait until the bot is done; returns the last message on this phone."""
        self.wait(self.gateway.say(user, text))
        return self.settle().last(user)

    def hand(self, user: int, name: str, content: bytes, mime: str = "") -> str:
        """Send a file from the phone, as what the messenger takes it for."""
        self.wait(self.gateway.send(user, Upload(name, mime, content)))
        return self.settle().last(user)

    def tap(self, user: int, label: str) -> str:
        """Press the newest button whose label contains `label`."""
        message, data = self.button(user, label)
        return self.press(user, message, data)

    def press(self, user: int, message: int, data: str) -> str:
        """Press with any callback data on any message."""
        self.wait(self.gateway.tap(user, message, data))
        return self.settle().last(user)

    def press_all(self, presses: Sequence[tuple[int, int, str]]) -> list[str]:
        """Several phones (user, message, data) press at once; returns the ids of the callback queries."""

        async def together() -> list[str]:
            return list(await asyncio.gather(*(self.gateway.tap(*each) for each in presses)))

        queries = self.wait(together())
        self.settle()
        return queries

    def send(self, user: int, content: dict[str, Any], kind: str = "message") -> str:
        """Any other update, as a Bot API server might send it: a voice message, an edited one, wild characters."""
        self._sent += 1
        who = {"id": user, "is_bot": False, "first_name": "某人"}
        message = {"message_id": self._sent, "date": int(self.now().timestamp()), "from": who}
        message |= {"chat": {"id": user, "type": "private", "first_name": "某人"}, **content}

        update = {"update_id": 2_000_000_000 + self._sent, kind: message}
        self.do(lambda session: inbox.save(session, [update], at=time.time(), now=self.now(), channel="telegram"))
        self._loop.call_soon_threadsafe(self.runtime.incoming.ring)
        return self.settle().last(user)

    def document(self, user: int) -> Any:
        """The newest document on a phone, read as JSON."""
        with Session(self.store.engine) as session:
            newest = [message for message in self.messages(user) if message.get("file")][-1]
            file = session.get_one(GatewayFile, newest["file"]["url"].split("/")[2])
            return json.loads(file.content)

    def person_of(self, user: int) -> int:
        """The person behind a phone."""
        (account,) = self.rows(Account, Account.external_id == user)
        return int(account.person_id)

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
        """Wait until nothing is on its way. A fault that was logged ends the wait."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self.faults.lines:
                self.faults.told, self.faults.lines = self.faults.lines, []
                raise AssertionError(self.faults.told)
            if self.wait(self.gateway.idle()) and not self.wait(self.store.run(_open_rows)):
                return self
            time.sleep(0.004)
        raise AssertionError("the bot did not come to rest")

    def actor(self, user: int) -> Callable[[Session], Actor]:
        """The actor behind a phone, for calling services directly inside `do`."""
        return lambda session: actor_of(session, people.persons_of(session, [user], self.now())[user])

    def do(self, unit: Callable[[Session], Result]) -> Result:
        """Run a unit in a transaction of its own."""
        result = self.wait(self.store.run(unit))
        self.runtime.outgoing.ring()
        return result

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
