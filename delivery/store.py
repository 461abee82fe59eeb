"""The one place where transactions are opened.

A unit is a function of a Session that can be run again. On SQLite one thread takes all waiting units into one transaction
(group commit: 181 → 372 updates/s in the prototype); if one of them fails, all are rolled back and each is run alone. On
PostgreSQL a few threads run units side by side, each in its own transaction.
"""

import asyncio
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlmodel import Session

from delivery.database import open_engine

log = logging.getLogger(__name__)
Result = TypeVar("Result")
Unit = Callable[[Session], Result]

GROUP = 64  # units in one SQLite transaction
POSTGRESQL_THREADS = 4
CLASHES = 3  # times a unit is run again after a deadlock or serialization failure
CLASH = ("40001", "40P01")


def is_passing(error: BaseException) -> bool:
    """Whether the database is in trouble (locked, full, gone), so that the same unit may succeed later."""
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    return isinstance(error, OperationalError | InterfaceError | NoConnection)


def _is_clash(error: BaseException) -> bool:
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in CLASH


@dataclass(slots=True)
class Job:
    """A unit that waits, and whom to tell."""

    unit: Unit[Any]
    future: asyncio.Future[Any]
    loop: asyncio.AbstractEventLoop

    def done(self, result: Any, error: BaseException | None) -> None:
        """Runs in the event loop."""
        if self.future.done():
            return
        if error is None:
            self.future.set_result(result)
        else:
            self.future.set_exception(error)

    def report(self, result: Any, error: BaseException | None = None) -> None:
        """Runs in the database thread."""
        try:
            self.loop.call_soon_threadsafe(self.done, result, error)
        except RuntimeError:  # the loop closed while we worked; the row stays and is claimed again
            pass


class Store:
    """Runs units, each exactly in one committed transaction or not at all."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._memory: dict[str, Any] = {}
        self._queue: SimpleQueue[Job | None] = SimpleQueue()
        grouped = engine.dialect.name == "sqlite"
        self._size = GROUP if grouped else 1
        self._threads = [
            threading.Thread(target=self._work, name=f"store-{n}", daemon=True)
            for n in range(1 if grouped else POSTGRESQL_THREADS)
        ]
        for thread in self._threads:
            thread.start()

    @classmethod
    def open(cls, url: str) -> "Store":
        """A store on the database at `url`, whose schema is already there."""
        return cls(open_engine(url))

    async def run(self, unit: Unit[Result]) -> Result:
        """Run `unit` in a transaction and return its result once that is committed. Raises what the unit raises."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Result] = loop.create_future()
        self._queue.put(Job(unit, future, loop))
        return await future

    def run_now(self, unit: Unit[Result]) -> Result:
        """The same for the command line, where there is no event loop."""
        with self.engine.begin() as connection:
            return self._unit(connection, unit)

    def close(self) -> None:
        """Finish what was handed over, then stop the threads."""
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            thread.join(timeout=15)
        self.engine.dispose()

    def _work(self) -> None:
        while True:
            jobs, last = self._take()
            if jobs:
                self._commit(jobs)
            if last:
                return

    def _take(self) -> tuple[list[Job], bool]:
        jobs: list[Job] = []
        try:
            job = self._queue.get()
            while job is not None:
                jobs.append(job)
                if len(jobs) >= self._size:
                    return jobs, False
                job = self._queue.get_nowait()
        except Empty:
            return jobs, False
        return jobs, True

    def _commit(self, jobs: list[Job]) -> None:
        """All jobs in one transaction; each alone if one of them fails."""
        error, begun = self._together(jobs)
        if error is None:
            return
        if begun and len(jobs) > 1:
            self._one_by_one(jobs)
            return
        for job in jobs:
            job.report(None, error)

    def _one_by_one(self, jobs: list[Job]) -> None:
        for number, job in enumerate(jobs):
            error, begun = self._together([job])
            if begun:
                if error is not None:
                    job.report(None, error)
                continue
            for late in jobs[number:]:  # a BEGIN that fails costs its time-out: once is enough
                late.report(None, error)
            return

    def _together(self, jobs: list[Job]) -> tuple[BaseException | None, bool]:
        """Run jobs in one transaction and report success; returns what went wrong, and whether it had begun."""
        for tries in range(CLASHES + 1):
            begun = False
            try:
                with self.engine.begin() as connection:
                    begun = True
                    results = [self._unit(connection, job.unit) for job in jobs]
            except BaseException as error:
                if tries < CLASHES and _is_clash(error):
                    continue
                return error, begun
            break
        for job, result in zip(jobs, results, strict=True):
            job.report(result)
        return None, True

    def _unit(self, connection: Any, unit: Unit[Result]) -> Result:
        """Run `unit`. What units keep for later ones in `session.info` is a copy that may be lost, never the truth."""
        with Session(
            bind=connection,
            expire_on_commit=False,
            join_transaction_mode="rollback_only",
            info={"memory": self._memory},
        ) as session:
            result = unit(session)
            session.flush()
        return result
