"""One update being handled. A handler commits through its turn, once: fence, effects and outbox in one transaction."""

from collections.abc import Callable
from contextvars import ContextVar
from datetime import datetime
from time import time
from typing import Any, Concatenate, ParamSpec

from sqlmodel import Session

from delivery import inbox
from delivery.bell import Bell
from delivery.clock import Clock
from delivery.store import Store
from services.actor import Actor, actor_of

Args = ParamSpec("Args")
_current: ContextVar["Turn"] = ContextVar("turn")


class Turn:
    """The only way from a handler to the database."""

    def __init__(self, row: inbox.Claimed, store: Store, clock: Clock, outgoing: Bell) -> None:
        self.row = row
        self.error: BaseException | None = None  # set by the error handler, since process_update never raises
        self.committed = False
        self._store = store
        self._clock = clock
        self._outgoing = outgoing

    async def commit(
        self,
        act: Callable[Concatenate[Session, Actor, datetime, Args], Any],
        *args: Args.args,
        **values: Args.kwargs,
    ) -> None:
        """Run `act(session, actor, now, …)` and finish the row. Raises what `act` raises, with nothing committed."""

        def unit(session: Session) -> None:
            inbox.finish(session, self.row, at=time())
            act(session, actor_of(session, self.row.person_id), self._clock.now(), *args, **values)

        await self._store.run(unit)
        self.committed = True
        self._outgoing.ring()


def current_turn() -> Turn:
    """The turn of the update that is being handled."""
    return _current.get()


def begin_turn(turn: Turn) -> None:
    """Make `turn` the current one of this task."""
    _current.set(turn)
