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
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session
from telegram import Update
from telegram.ext import Application

from delivery import inbox
from delivery.bell import Bell
from delivery.clock import Clock
from delivery.store import Store, is_passing
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
        application: "Application[Any, Any, Any, Any, Any, Any]",
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
            except SQLAlchemyError as error:
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
        try:
            await self._store.run(lambda session: inbox.release(session, self._me))
        except SQLAlchemyError as error:
            log.warning("inbox: %s at the end, leases will run out", type(error).__name__)

    async def _claim(self) -> list[inbox.Claimed]:
        free = SIDE_BY_SIDE - len(self._tasks)
        if free <= 0:
            return []
        return await self._store.run(lambda session: inbox.claim(session, n=free, me=self._me, at=time()))

    async def _handle(self, row: inbox.Claimed) -> None:
        until = time() + inbox.LEASE_SECONDS
        turn = Turn(row, self._store, self._clock, self._outgoing)
        begin_turn(turn)
        try:
            if row.attempts > inbox.MAX_CRASHES:
                raise RuntimeError("the process died with it each time")
            async with asyncio.timeout(HANDLER_SECONDS):
                await self._application.process_update(self._parse(row))
        except Exception as error:  # parsing, or the time-out; handlers' errors arrive in turn.error
            turn.error = error
        while time() < until:
            try:
                await self._end(turn)
                break
            except inbox.Fenced:  # the act came to its end after all, or somebody else has the row
                break
            except SQLAlchemyError as error:
                log.warning("inbox row %s: ending it: %s, trying again", row.id, type(error).__name__)
                await asyncio.sleep(1)
        self._incoming.ring()

    def _parse(self, row: inbox.Claimed) -> Update:
        update = Update.de_json(loads(row.raw), self._application.bot)
        if update is None:
            raise ValueError("empty update")
        return update

    async def _end(self, turn: Turn) -> None:
        row, error = turn.row, turn.error
        if turn.committed or isinstance(error, inbox.Fenced):
            if turn.committed and error is not None:
                log.error("inbox row %s: %s after its commit", row.id, type(error).__name__, exc_info=error)
            return
        if error is None:  # no handler wanted it
            await self._store.run(lambda session: inbox.finish(session, row, at=time()))
            return
        blameless = is_passing(error)
        if blameless or row.attempts < inbox.MAX_TRIES:
            log.warning(
                "inbox row %s, try %s: %s",
                row.id,
                row.attempts,
                type(error).__name__,
                exc_info=None if blameless else error,
            )
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

        try:
            await self._store.run(unit)
        except Exception as error:
            if is_passing(error) or isinstance(error, inbox.Fenced):
                raise
            log.error("inbox row %s: nobody could be told: %s", row.id, type(error).__name__, exc_info=error)
            await self._store.run(lambda session: inbox.finish(session, row, at=time(), how="parked"))
        self._outgoing.ring()
