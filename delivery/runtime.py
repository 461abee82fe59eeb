"""Everything that runs while the bot runs: poller, worker, sender, ticker around one PTB application and one store."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from ipaddress import ip_address
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from sqlmodel import Session
from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application

from delivery import inbox, outbox
from delivery.bell import Bell
from delivery.clock import Clock
from delivery.limiter import TELEGRAM, Limiter
from delivery.message import Render
from delivery.poller import Poller
from delivery.presence import Presence
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
        limited: bool,
        connect: Callable[[], AiohttpRequest],
        greet: Callable[[Bot], Awaitable[None]],
        warm_up: Callable[[], object],
    ) -> None:
        self.incoming, self.outgoing = Bell(), Bell()
        self._application = application
        self._greet = greet
        self._warm_up = warm_up
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
            limiter=Limiter(TELEGRAM if limited else None),
            unreachable=people.lose_contact,
        )
        self.ticker = Ticker(store, clock, self.outgoing)
        self._store = store
        self._presence = Presence(store.engine)
        self._tasks = Tasks()
        self._loops: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Take back a killed predecessor's leases, tick, and serve; a silent far end is waited for in the background."""
        if await asyncio.to_thread(self._presence.arrive):
            await self._store.run(_release_all)
        await asyncio.to_thread(self._presence.share)
        self._tasks.start(asyncio.to_thread(self._warm_up), name="warm-up")
        if await self._introduce():
            self._serve()
        else:
            self._loop(self._wait_for_far_end(), "introduction")
        await self.ticker.start()

    def _serve(self) -> None:
        self._loop(self.poller.run(), "poller")
        self._loop(self._worker.run(), "worker")
        self._loop(self._sender.run(), "sender")

    def _loop(self, work: Coroutine[Any, Any, None], name: str) -> None:
        self._loops.add(self._tasks.start(work, name=name))

    async def stop(self) -> None:
        """Take no new work, let what runs end, and leave the rest in the tables."""
        began = monotonic()
        self.ticker.stop()
        await self._tasks.cancel()
        await asyncio.gather(self._worker.stop(STOP_SECONDS), self._sender.stop(STOP_SECONDS))
        await self.poller.close()
        await self._application.shutdown()
        self._presence.leave()
        log.info("stopped in %.1f s", monotonic() - began)

    async def until(self, stop: asyncio.Event) -> None:
        """Until `stop` is set. Raises what ends a loop, for example InvalidToken: better gone than half dead."""
        waiting = self._tasks.start(stop.wait(), name="stop")
        while not waiting.done():
            ended, _ = await asyncio.wait({waiting, *self._loops}, return_when=asyncio.FIRST_COMPLETED)
            for loop in ended & self._loops:
                self._loops.discard(loop)
                loop.result()

    async def _introduce(self) -> bool:
        """Ask the far end who we are, and show it our commands. False if it does not answer."""
        try:
            await self._application.initialize()
        except InvalidToken:
            raise
        except TelegramError as error:
            log.warning("the Bot API does not answer (%s), waiting", type(error).__name__)
            return False
        try:
            await self._greet(self._application.bot)
        except TelegramError as error:  # a server without menus serves all the same
            log.warning("the menu of commands was not taken (%s)", type(error).__name__)
        return True

    async def _wait_for_far_end(self) -> None:
        wait = 1.0
        await asyncio.sleep(wait)
        while not await self._introduce():
            wait = min(30.0, wait * 2)
            await asyncio.sleep(wait)
        self._serve()


def _release_all(session: Session) -> None:
    inbox.release(session)
    outbox.release(session)
