"""Telegram's sending limits, for those who ask for them: about one message a second in a chat, thirty overall."""

import math
import time

from web.gateway.errors import too_many_requests

CHAT_RATE, CHAT_BURST = 1.0, 3.0
ALL_RATE, ALL_BURST = 30.0, 30.0
MANY_CHATS = 10_000


class Bucket:
    """A token bucket on the monotonic clock."""

    __slots__ = ("burst", "rate", "seen", "tokens")

    def __init__(self, rate: float, burst: float, now: float) -> None:
        self.rate, self.burst, self.tokens, self.seen = rate, burst, burst, now

    def wait(self, now: float) -> float:
        """Seconds until there is a token; 0 if there is one."""
        self.tokens = min(self.burst, self.tokens + (now - self.seen) * self.rate)
        self.seen = now
        return 0.0 if self.tokens >= 1 else (1 - self.tokens) / self.rate


class Limits:
    """Counts sends and edits."""

    def __init__(self) -> None:
        self.overall = Bucket(ALL_RATE, ALL_BURST, time.monotonic())
        self.chats: dict[int, Bucket] = {}

    def spend(self, chat_id: int) -> None:
        """Take a token of the chat and one of the whole, or refuse with 429."""
        now = time.monotonic()
        if len(self.chats) > MANY_CHATS:
            self.chats.clear()
        chat = self.chats.get(chat_id)
        if chat is None:
            chat = self.chats[chat_id] = Bucket(CHAT_RATE, CHAT_BURST, now)
        wait = max(chat.wait(now), self.overall.wait(now))
        if wait > 0:
            raise too_many_requests(math.ceil(wait))
        chat.tokens -= 1
        self.overall.tokens -= 1
