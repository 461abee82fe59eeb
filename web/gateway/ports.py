"""What the gateway needs from outside: a place to run its transactions, and the demo's clock."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from sqlmodel import Session

Result = TypeVar("Result")


class Store(Protocol):
    """Runs a unit in one write transaction. It may be rerun after a rollback and must not touch the event loop."""

    async def run(self, unit: Callable[[Session], Result]) -> Result: ...


class DemoClock(Protocol):
    """Business time that can be moved forward."""

    def now(self) -> datetime:
        """The present instant, aware, UTC."""
        ...

    async def forward(self, delta: timedelta) -> None:
        """Walk from due instant to due instant; may take seconds."""
        ...
