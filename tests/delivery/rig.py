# ruff: noqa: ASYNC110  (what is waited for happens in another process or in a table)
"""One part of the machinery on a real database: a store, persons, an application with one handler, a sender."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from time import time
from typing import Any
from uuid import uuid4

from sqlalchemy import func
from sqlmodel import Session, col, select
from telegram import Bot, Update
from telegram.ext import ApplicationBuilder, TypeHandler

from delivery import inbox
from delivery.bell import Bell
from delivery.clock import SystemClock
from delivery.limiter import Limiter, Profile
from delivery.message import Message
from delivery.request import AiohttpRequest
from delivery.sender import Sender
from delivery.store import Store
from delivery.tasks import Tasks
from delivery.turn import Turn, current_turn
from delivery.worker import Worker
from handlers.errors import on_error
from models import Inbox, Outbox
from services import people
from tests.delivery.far import TOKEN, message_update

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
PATIENCE = 20.0


def save(session: Session, *updates: dict[str, Any]) -> int:
    """Put updates into the inbox."""
    return inbox.save(session, updates, at=time(), now=NOW, channel="telegram")


def say(session: Session, update_id: int, user: int, text: str = "hi") -> None:
    """One text of one person."""
    save(session, message_update(update_id, user, text))


def put(
    session: Session,
    chat: int,
    text: str,
    *,
    act: str = "send",
    bulk: bool = False,
    card: str | None = None,
    photo: str | None = None,
) -> None:
    """One row of the outbox; the view is the text itself, with the photo of that id."""
    person = people.persons_of(session, [chat], NOW)[chat]
    content = {"query": text} if act == "answer" else {"text": text, "photo": photo}
    row = Outbox(
        key=uuid4().hex, chat=chat, person_id=person, act=act, view="plain", content=content, created_at=time()
    )
    row.bulk, row.card = bulk, card
    session.add(row)
    session.flush()


def render(view: str, content: Mapping[str, Any], language: str) -> Message:
    """A view that says what it is told; "boom" cannot be rendered."""
    if content.get("text") == "boom":
        raise KeyError("boom")
    photo = content.get("photo")
    return Message(str(content.get("text", "")), file=("photo", photo) if photo else None)


def open_rows(session: Session) -> int:
    """Rows of either queue that are not done."""
    incoming = session.exec(select(func.count()).select_from(Inbox).where(col(Inbox.done_at).is_(None))).one()
    return incoming + session.exec(select(func.count()).select_from(Outbox).where(col(Outbox.done_at).is_(None))).one()


async def drained(store: Store, seconds: float = PATIENCE) -> None:
    """Until both queues are empty."""
    async with asyncio.timeout(seconds):
        while await store.run(open_rows):
            await asyncio.sleep(0.01)


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Store]:
    """A store for the length of a block."""
    store = Store.open(url)
    try:
        yield store
    finally:
        store.close()


@asynccontextmanager
async def sending(
    store: Store,
    far_url: str,
    profile: Profile | None = None,
    *,
    unreachable: Callable[..., None] = people.lose_contact,
    bell: Bell | None = None,
) -> AsyncIterator[Sender]:
    """A sender that runs."""
    tasks = Tasks()
    request = AiohttpRequest()
    bot = Bot(TOKEN, base_url=f"{far_url}/bot", request=request)
    sender = Sender(
        store,
        SystemClock(),
        bot,
        render,
        outgoing=bell or Bell(),
        limiter=Limiter(profile),
        unreachable=unreachable,
    )
    tasks.start(sender.run(), name="sender")
    try:
        yield sender
    finally:
        await tasks.cancel()
        await sender.stop(2)
        await request.shutdown()


@asynccontextmanager
async def working(
    store: Store,
    handle: Callable[[Update, Turn], Awaitable[None]],
    *,
    park: Callable[..., None] = people.tell_parked,
    bell: Bell | None = None,
) -> AsyncIterator[Worker]:
    """A worker that runs, with one handler for everything."""

    async def handler(update: Update, context: Any) -> None:
        await handle(update, current_turn())

    bot = Bot(TOKEN, request=_Silent(), get_updates_request=_Silent())
    application = ApplicationBuilder().bot(bot).updater(None).job_queue(None).build()
    application.add_handler(TypeHandler(Update, handler))
    application.add_error_handler(on_error)
    await application.initialize()
    tasks = Tasks()
    worker = Worker(store, SystemClock(), application, incoming=bell or Bell(), outgoing=Bell(), park=park)
    tasks.start(worker.run(), name="worker")
    try:
        yield worker
    finally:
        await tasks.cancel()
        await worker.stop(2)
        await application.shutdown()


class _Silent(AiohttpRequest):
    """No network: getMe is all that is asked."""

    async def do_request(self, *args: Any, **values: Any) -> tuple[int, bytes]:
        return 200, b'{"ok":true,"result":{"id":70000001,"is_bot":true,"first_name":"b","username":"b_bot"}}'
