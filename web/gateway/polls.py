"""The long poll: waits for a bell, never for a timer; a second poller ends the first, as Telegram does."""

import asyncio
from collections.abc import Awaitable, Callable

from web.gateway.errors import CONFLICT, ApiError


class Waiter:
    """One getUpdates in progress."""

    __slots__ = ("bell", "ended", "ousted")

    def __init__(self) -> None:
        self.bell = asyncio.Event()
        self.ousted = False
        self.ended = False


class Polls:
    """At most one getUpdates waits."""

    def __init__(self) -> None:
        self.current: Waiter | None = None

    def ring(self) -> None:
        """Updates were committed."""
        if self.current is not None:
            self.current.bell.set()

    def end(self) -> None:
        """Let the waiting poll return with nothing, because the server stops."""
        if self.current is not None:
            self.current.ended = True
            self.current.bell.set()

    async def wait(self, fetch: Callable[[], Awaitable[list[str]]], seconds: float) -> list[str]:
        """What waits now, or what comes within `seconds`."""
        me = self.oust()
        deadline = asyncio.get_running_loop().time() + seconds
        try:
            while True:
                me.bell.clear()
                found = await fetch()
                if me.ousted:
                    raise ApiError(*CONFLICT)
                left = deadline - asyncio.get_running_loop().time()
                if found or left <= 0 or me.ended:
                    return found
                await sleep_until(me.bell, left)
                if me.ousted:
                    raise ApiError(*CONFLICT)
        finally:
            if self.current is me:
                self.current = None

    def oust(self) -> Waiter:
        """Take the place of whoever polls."""
        if self.current is not None:
            self.current.ousted = True
            self.current.bell.set()
        self.current = Waiter()
        return self.current


async def sleep_until(bell: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(bell.wait(), seconds)
    except TimeoutError:
        pass
