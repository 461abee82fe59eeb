"""Everything that runs while the bot runs: poller, worker, sender, ticker around one PTB application and one store."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application

from delivery.bell import Bell
from delivery.clock import Clock
from delivery.limiter import TELEGRAM, Limiter
from delivery.message import Render
from delivery.poller import Poller
from delivery.request import AiohttpRequest
from delivery.sender import Sender
from delivery.store import Store
from delivery.tasks import Tasks
from delivery.ticker import Ticker
from delivery.worker import Worker
from services import people

log = logging.getLogger(__name__)

STOP_SECONDS = 4.0  # for handlers and for sends in flight; the inbox makes a harder end safe


def is_loopback(url: str) -> bool:
    """Whether the far end is on this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


class Runtime:
    """Starts and stops the loops in an order in which nothing is lost."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        application: "Application[Any, Any, Any, Any, Any, Any]",
        render: Render,
        *,
        api_url: str,
        connect: Callable[[], AiohttpRequest],
        greet: Callable[[Bot], Awaitable[None]],
    ) -> None:
        self.incoming, self.outgoing = Bell(), Bell()
        self._application = application
        self._greet = greet
        bot = application.bot
        self.poller = Poller(store, clock, url=f"{api_url}/bot{bot.token}", incoming=self.incoming, connect=connect)
        self._worker = Worker(
            store, clock, application, incoming=self.incoming, outgoing=self.outgoing, park=people.tell_parked
        )
        self._sender = Sender(
            store,
            clock,
            bot,
            render,
            outgoing=self.outgoing,
            limiter=Limiter(None if is_loopback(api_url) else TELEGRAM),
            unreachable=people.lose_contact,
        )
        self.ticker = Ticker(store, clock, self.outgoing)
        self._tasks = Tasks()
        self._polling: asyncio.Task[None]

    async def start(self) -> None:
        """Wait for the far end, then run."""
        await self._introduce()
        await self.ticker.start()
        self._polling = self._tasks.start(self.poller.run(), name="poller")
        self._tasks.start(self._worker.run(), name="worker")
        self._tasks.start(self._sender.run(), name="sender")

    async def stop(self) -> None:
        """Take no new work, let what runs end, and leave the rest in the tables."""
        began = monotonic()
        self.ticker.stop()
        await self._tasks.cancel()
        await self._worker.stop(STOP_SECONDS)
        await self._sender.stop(STOP_SECONDS)
        await self.poller.close()
        await self._application.shutdown()
        log.info("stopped in %.1f s", monotonic() - began)

    async def until(self, stop: asyncio.Event) -> None:
        """Until `stop` is set. Raises InvalidToken if the far end refuses the token."""
        waiting = self._tasks.start(_wait(stop), name="stop")
        await asyncio.wait({waiting, self._polling}, return_when=asyncio.FIRST_COMPLETED)
        if self._polling.done():
            self._polling.result()

    async def _introduce(self) -> None:
        wait = 1.0
        while True:
            try:
                await self._application.initialize()
                return await self._greet(self._application.bot)
            except InvalidToken:
                raise
            except TelegramError as error:
                log.warning("the Bot API does not answer (%s), trying again in %.0f s", type(error).__name__, wait)
                await asyncio.sleep(wait)
                wait = min(30.0, wait * 2)


async def _wait(stop: asyncio.Event) -> None:
    await stop.wait()
