"""The long poll: waits for a bell, never for a timer; a second poller ends the first, as Telegram does."""

import asyncio
from collections.abc import Awaitable, Callable

from web.gateway.errors import CONFLICT, ApiError

ENDING_SECONDS = 0.2  # a bot that still polls while the server stops


class Waiter:
    """One getUpdates in progress."""

    __slots__ = ("bell", "ousted")

    def __init__(self) -> None:
        self.bell = asyncio.Event()
        self.ousted = False


class Polls:
    """At most one getUpdates waits."""

    def __init__(self) -> None:
        self.current: Waiter | None = None
        self.ending = False

    def ring(self) -> None:
        """Updates were committed."""
        if self.current is not None:
            self.current.bell.set()

    def end(self) -> None:
        """Let the waiting poll return with nothing and later ones soon, because the server stops."""
        self.ending = True
        self.ring()

    async def wait(self, fetch: Callable[[], Awaitable[list[str]]], seconds: float) -> list[str]:
        """What waits now, or what comes within `seconds`."""
        me = self.oust()
        seconds = min(seconds, ENDING_SECONDS) if self.ending else seconds
        deadline = asyncio.get_running_loop().time() + seconds
        woken = False
        try:
            while True:
                me.bell.clear()
                found = await fetch()
                if me.ousted:
                    raise ApiError(*CONFLICT)
                left = deadline - asyncio.get_running_loop().time()
                if found or left <= 0 or woken:
                    return found
                await sleep_until(me.bell, left)
                woken = self.ending
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
