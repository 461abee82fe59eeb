"""Telegram's sending limits, kept by us: AIORateLimiter does not limit private chats at all (reliability fact 43).

The profile belongs to the far end: Telegram's own servers have limits, a gateway on loopback has none.
"""

from dataclasses import dataclass
from time import monotonic


@dataclass(frozen=True, slots=True)
class Profile:
    """`rate` messages a second overall, `burst` at once; seconds between two messages of a private chat and a group."""

    rate: float
    burst: int
    chat_seconds: float
    group_seconds: float


TELEGRAM = Profile(rate=25, burst=5, chat_seconds=1.0, group_seconds=3.0)  # any second holds at most rate + burst - 1


class Limiter:
    """A token bucket over all chats; the gap within a chat is a `not_before` on its rows."""

    def __init__(self, profile: Profile | None) -> None:
        self.profile = profile
        self._tokens = float(profile.burst) if profile else 0.0
        self._at = monotonic()
        self._closed_until = 0.0

    def free(self, wanted: int) -> int:
        """How many of `wanted` sends may start now."""
        if monotonic() < self._closed_until:
            return 0
        if self.profile is None:
            return wanted
        self._refill(self.profile)
        return min(wanted, int(self._tokens))

    def take(self, n: int) -> None:
        """`n` sends start."""
        if self.profile is not None:
            self._tokens -= n

    def close(self, seconds: float) -> None:
        """The far end asked for silence."""
        self._closed_until = max(self._closed_until, monotonic() + seconds)

    def chat_gap(self, chat: int) -> float:
        """Seconds before the next message of this chat."""
        if self.profile is None:
            return 0.0
        return self.profile.group_seconds if chat < 0 else self.profile.chat_seconds

    def _refill(self, profile: Profile) -> None:
        now = monotonic()
        self._tokens = min(float(profile.burst), self._tokens + (now - self._at) * profile.rate)
        self._at = now
