"""Takes rows from the inbox to the handlers: persons side by side, each person's rows one after the other.

PTB parses here, after the inbox, so that one odd update cannot stop everybody: it is tried three times, then parked.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable
from datetime import datetime
from json import loads
from time import time

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session
from telegram import Update
from telegram.ext import Application

from delivery import inbox
from delivery.bell import Bell
from delivery.clock import Clock
from delivery.store import Store
from delivery.tasks import Tasks
from delivery.turn import Turn, begin_turn

log = logging.getLogger(__name__)

SIDE_BY_SIDE = 64
HANDLER_SECONDS = 30.0  # below the lease, or a slow handler would be run twice at once
PACE_SECONDS = 0.01  # between claims that found rows; 320 → 470 updates/s (prototype trap 7)
IDLE_SECONDS = 1.0

Park = Callable[[Session, int, datetime, str], None]  # session, person, now, incident


class Worker:
    """Claims, runs the handlers, and sees to it that every row ends: done, given back or parked."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        application: "Application[object, object, object, object, object, object]",
        *,
        incoming: Bell,
        outgoing: Bell,
        park: Park,
    ) -> None:
        self._store = store
        self._clock = clock
        self._application = application
        self._incoming = incoming
        self._outgoing = outgoing
        self._park = park
        self._me = f"w-{secrets.token_hex(8)}"
        self._tasks = Tasks()

    async def run(self) -> None:
        """Until cancelled. Outlives every database error."""
        while True:
            try:
                rows = await self._claim()
            except DBAPIError as error:
                log.warning("inbox: %s, trying again", type(error).__name__)
                await asyncio.sleep(1)
                continue
            for row in rows:
                self._tasks.start(self._handle(row), name=f"inbox-{row.id}")
            await (asyncio.sleep(PACE_SECONDS) if rows else self._incoming.wait(IDLE_SECONDS))

    async def stop(self, seconds: float) -> None:
        """Let running handlers end; what does not is claimed again later."""
        await self._tasks.drain(seconds)
        await self._tasks.cancel()

    async def _claim(self) -> list[inbox.Claimed]:
        free = SIDE_BY_SIDE - len(self._tasks)
        if free <= 0:
            return []
        return await self._store.run(lambda session: inbox.claim(session, n=free, me=self._me, at=time()))

    async def _handle(self, row: inbox.Claimed) -> None:
        turn = Turn(row, self._store, self._clock, self._outgoing)
        begin_turn(turn)
        try:
            async with asyncio.timeout(HANDLER_SECONDS):
                await self._application.process_update(self._parse(row))
        except Exception as error:  # parsing, or the time-out; handlers' errors arrive in turn.error
            turn.error = error
        try:
            await self._end(turn)
        except DBAPIError as error:
            log.warning("inbox row %s: %s, its lease will end", row.id, type(error).__name__)
        self._incoming.ring()

    def _parse(self, row: inbox.Claimed) -> Update:
        update = Update.de_json(loads(row.raw), self._application.bot)
        if update is None:
            raise ValueError("empty update")
        return update

    async def _end(self, turn: Turn) -> None:
        row, error = turn.row, turn.error
        if turn.committed or isinstance(error, inbox.Fenced):
            return
        if error is None:  # no handler wanted it
            await self._store.run(lambda session: inbox.finish(session, row, at=time()))
            return
        blameless = isinstance(error, DBAPIError)
        if blameless or row.attempts < inbox.MAX_TRIES:
            log.warning("inbox row %s, try %s: %s", row.id, row.attempts, type(error).__name__, exc_info=not blameless)
            at = time() + row.attempts
            await self._store.run(lambda session: inbox.give_back(session, row, at=at, counts=not blameless))
            return
        await self._give_up(turn)

    async def _give_up(self, turn: Turn) -> None:
        row, incident = turn.row, secrets.token_hex(3).upper()
        log.error("inbox row %s parked, incident %s: %s", row.id, incident, type(turn.error).__name__)

        def unit(session: Session) -> None:
            inbox.finish(session, row, at=time(), how="parked")
            self._park(session, row.person_id, self._clock.now(), incident)

        await self._store.run(unit)
        self._outgoing.ring()
