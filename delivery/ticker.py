"""Ticks: APScheduler rings once a second, and what is due stands in rows.

With a clock that can be moved, time walks from due instant to due instant and lets the messages of each go out before the
next, so one jump of 30 days and thirty of one day are the same.
"""

import asyncio
import logging
from datetime import datetime, timedelta
from time import monotonic, time
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import func
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from delivery import inbox, outbox
from delivery.bell import Bell
from delivery.clock import Clock, FileClock
from delivery.store import Store
from models import Inbox, Outbox
from services import timing

log = logging.getLogger(__name__)

TICK_SECONDS = 1
DRAIN_SECONDS = 20.0  # how long a walk waits for messages before it goes on
PRUNE_SECONDS = 3600.0


class Ticker:
    """Runs what is due."""

    def __init__(self, store: Store, clock: Clock, outgoing: Bell) -> None:
        self._store = store
        self._clock = clock
        self._outgoing = outgoing
        self._lock = asyncio.Lock()
        self._prune_at = monotonic() + PRUNE_SECONDS / 60
        self._scheduler: Any = AsyncIOScheduler(timezone="UTC")  # type: ignore[no-untyped-call]

    async def start(self) -> None:
        """Begin to tick, first with what became due while nobody ran."""
        if isinstance(self._clock, FileClock) and (first := await self._store.run(timing.next_instant)):
            self._clock.resume_at(first)
        self._scheduler.add_job(
            self._ring, "interval", seconds=TICK_SECONDS, max_instances=1, coalesce=True, misfire_grace_time=None
        )
        self._scheduler.start()

    def stop(self) -> None:
        """No more ticks."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def _ring(self) -> None:
        if self._lock.locked():
            return  # a walk is on its way and will see what is due
        await self.tick()
        if monotonic() >= self._prune_at:
            self._prune_at = monotonic() + PRUNE_SECONDS
            await self._prune()

    async def _prune(self) -> None:
        try:
            await self._store.run(lambda session: (inbox.prune(session, time()), outbox.prune(session, time())))
        except SQLAlchemyError as error:
            log.warning("pruning: %s, next time", type(error).__name__)

    async def tick(self) -> None:
        """Bring business time to where it should be, and run everything due on the way."""
        async with self._lock:
            try:
                await self._walk()
            except SQLAlchemyError as error:
                log.warning("tick: %s, trying again", type(error).__name__)

    async def forward(self, delta: timedelta) -> None:
        """快进: move business time by `delta` and return when everything on the way has happened and been told."""
        assert isinstance(self._clock, FileClock)
        await self.settle()
        self._clock.ask(delta)
        await self.tick()
        await self.settle()

    def now(self) -> datetime:
        """Business time."""
        return self._clock.now()

    async def _walk(self) -> None:
        clock = self._clock
        if not isinstance(clock, FileClock):
            await self._run_due(clock.now())
            return
        target = clock.target()
        while (instant := await self._store.run(timing.next_instant)) is not None and instant <= target:
            clock.step_to(instant)
            await self._run_due(clock.now())
            await self.settle()
        clock.step_to(target)

    async def _run_due(self, now: datetime) -> None:
        ran = False
        while row := await self._store.run(lambda session: timing.run_next(session, now)):
            ran = True
            if row.error is not None:
                log.error("due row %s (%s): %s", row.id, row.kind, row.error)
        if ran:
            self._outgoing.ring()

    async def settle(self) -> None:
        """Wait until nothing that could go now waits in the inbox or outbox, but not for ever."""
        until = time() + DRAIN_SECONDS
        while time() < until and await self._store.run(_busy):
            self._outgoing.ring()
            await asyncio.sleep(0.02)


def _busy(session: Session) -> bool:
    incoming = select(func.count()).select_from(Inbox).where(col(Inbox.done_at).is_(None))
    outgoing = (
        select(func.count()).select_from(Outbox).where(col(Outbox.done_at).is_(None), Outbox.not_before <= time())
    )
    return bool(session.exec(incoming).one() or session.exec(outgoing).one())
