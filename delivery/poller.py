"""Long polling: raw updates into the inbox, and only then the offset moves (stock PTB lost 8 of 10 on one kill -9)."""

import asyncio
import json
import logging
from collections.abc import Callable
from time import monotonic, time
from typing import Any
from urllib.parse import urlencode

from sqlalchemy.exc import SQLAlchemyError
from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError

from delivery import inbox
from delivery.bell import Bell
from delivery.clock import Clock
from delivery.request import AiohttpRequest
from delivery.store import Store

log = logging.getLogger(__name__)

POLL_SECONDS = 25
CONFLICT_SECONDS = 5.0  # somebody else polls; each of us ends the other's call
LONGEST_SECONDS = 30.0  # between two tries
WATCHDOG_SECONDS = 120.0  # without one good call: a fresh connection
REFUSALS = 5  # in a row, before a token that worked once is given up
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
        wait, refusals = 0.0, 0
        while True:
            try:
                await self._keep(await self._fetch())
            except (TelegramError, SQLAlchemyError) as error:
                refusals = refusals + 1 if isinstance(error, InvalidToken) else 0
                if refusals >= REFUSALS:
                    raise
                wait = CONFLICT_SECONDS if isinstance(error, Conflict) else min(LONGEST_SECONDS, max(1.0, wait * 2))
                self._say(type(error).__name__)
                await self._revive()
                await asyncio.sleep(wait)
            else:
                wait, refusals = 0.0, 0
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
            self._offset = 0  # what it confirmed is confirmed; after a week of silence ids go on anywhere, also below
            return
        now = self._clock.now()
        await self._store.run(lambda session: inbox.save(session, updates, at=time(), now=now, channel="telegram"))
        ids = [ident for update in updates if type(ident := update.get("update_id")) is int]
        if not ids:
            raise NetworkError("updates without ids")  # nothing to confirm them by: do not ask again at once
        self._offset = ids[-1] + 1
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
