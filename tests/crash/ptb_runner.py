"""The bot with python-telegram-bot's own polling and queue in place of the inbox: what the crash test is expected to catch.

Handlers, services, outbox and sender are ours; only the way in differs: PTB's updater moves the offset when it has put an
update into its queue in memory.
"""

import asyncio
from time import time
from types import SimpleNamespace
from typing import Any

from telegram.ext import Application, ApplicationBuilder

import handlers
from bot import open_store
from delivery import outbox
from delivery.bell import Bell
from delivery.clock import SystemClock
from delivery.inbox import sender_of
from delivery.limiter import Limiter
from delivery.sender import Sender
from delivery.turn import begin_turn
from handlers.views import render
from services import people
from services.actor import actor_of
from settings import load_settings


class MemoryTurn:
    """A turn without a row: nothing says whether the update was handled."""

    def __init__(self, person: int, store: Any, outgoing: Bell) -> None:
        self.row = SimpleNamespace(id=0, person_id=person)
        self.error: BaseException | None = None
        self._store, self._outgoing = store, outgoing

    async def commit(self, act: Any, *args: Any, **values: Any) -> None:
        now = SystemClock().now()
        await self._store.run(lambda session: act(session, actor_of(session, self.row.person_id), now, *args, **values))
        self._outgoing.ring()


class QueueApplication(Application):  # type: ignore[type-arg]
    """Takes updates from PTB's queue."""

    __slots__ = ("outgoing", "store")

    async def process_update(self, update: Any) -> None:
        sender = sender_of(update.to_dict())
        now = SystemClock().now()
        persons = await self.store.run(lambda session: people.persons_of(session, [sender], now))
        begin_turn(MemoryTurn(persons[sender], self.store, self.outgoing))  # type: ignore[arg-type]
        await super().process_update(update)


async def main() -> None:
    """Serve until killed."""
    settings = load_settings()
    store = open_store(settings)
    await store.run(outbox.release)
    token, url = settings.telegram_bot_token.get_secret_value(), settings.telegram_api_url
    application: Any = (
        ApplicationBuilder().application_class(QueueApplication).token(token).base_url(f"{url}/bot").build()
    )
    application.store, application.outgoing = store, Bell()
    handlers.register(application)
    sender = Sender(
        store,
        SystemClock(),
        application.bot,
        render,
        outgoing=application.outgoing,
        limiter=Limiter(None),
        unreachable=people.lose_contact,
    )
    async with application:
        await application.start()
        await application.updater.start_polling(poll_interval=0, timeout=25)
        print(f"running {time()}", flush=True)
        await sender.run()


if __name__ == "__main__":
    asyncio.run(main())
