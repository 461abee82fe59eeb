"""Long polling: raw updates into the inbox, and only then the offset moves (stock PTB lost 8 of 10 on one kill -9)."""

import asyncio
import json
import logging
from collections.abc import Callable
from time import monotonic, time
from typing import Any
from urllib.parse import urlencode

from sqlalchemy.exc import DBAPIError
from telegram.error import Conflict, InvalidToken, TelegramError

from delivery import inbox
from delivery.bell import Bell
from delivery.clock import Clock
from delivery.request import AiohttpRequest
from delivery.store import Store

log = logging.getLogger(__name__)

POLL_SECONDS = 25
WATCHDOG_SECONDS = 120.0  # without one good call: a fresh connection
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")


class Poller:
    """One caller of getUpdates."""

    def __init__(
        self, store: Store, clock: Clock, *, url: str, incoming: Bell, connect: Callable[[], AiohttpRequest]
    ) -> None:
        self._store = store
        self._clock = clock
        self._url = url  # with the token in it: never logged
        self._incoming = incoming
        self._connect = connect
        self._request = connect()
        self._offset = 0
        self.last_success = monotonic()
        self._said = ""

    async def run(self) -> None:
        """Until cancelled. Every fault is waited out and said once when it begins and once when it ends."""
        wait = 0.0
        while True:
            try:
                updates = await self._fetch()
                await self._keep(updates)
            except InvalidToken:
                raise
            except (TelegramError, DBAPIError) as error:
                wait = min(30.0, max(1.0, wait * 2))
                self._say(type(error).__name__)
                if isinstance(error, Conflict):
                    wait = 5.0
                await self._revive()
                await asyncio.sleep(wait)
            else:
                wait = 0.0
                self.last_success = monotonic()
                self._say("")

    async def close(self) -> None:
        """Close the connection."""
        await self._request.shutdown()

    async def _fetch(self) -> list[dict[str, Any]]:
        query = urlencode(
            {"offset": self._offset, "timeout": POLL_SECONDS, "allowed_updates": json.dumps(ALLOWED_UPDATES)}
        )
        updates = await self._request.post(f"{self._url}/getUpdates?{query}", read_timeout=POLL_SECONDS + 10)
        return [update for update in updates if isinstance(update, dict)] if isinstance(updates, list) else []

    async def _keep(self, updates: list[dict[str, Any]]) -> None:
        if not updates:
            return
        now = self._clock.now()
        await self._store.run(lambda session: inbox.save(session, updates, at=time(), now=now, channel="telegram"))
        ids = [update["update_id"] for update in updates if isinstance(update.get("update_id"), int)]
        self._offset = ids[-1] + 1 if ids else self._offset
        self._incoming.ring()

    async def _revive(self) -> None:
        if monotonic() - self.last_success > WATCHDOG_SECONDS:
            await self._request.shutdown()
            self._request = self._connect()
            self.last_success = monotonic()

    def _say(self, fault: str) -> None:
        if fault == self._said:
            return
        log.warning("getUpdates: %s, waiting", fault) if fault else log.info("getUpdates: works again")
        self._said = fault
