"""Telegram's sending limits, kept by us: AIORateLimiter does not limit private chats at all (reliability fact 43).

The profile belongs to the far end: Telegram's own servers have limits, a gateway on loopback has none. Chats that have to
wait are kept here and left out of the claim: a `not_before` on a chat's rows cannot hold rows that are written later.
"""

from dataclasses import dataclass
from time import monotonic

FLOODED_CHATS = 3  # so many chats refused at a time mean that all are


@dataclass(frozen=True, slots=True)
class Profile:
    """`rate` messages a second overall, `burst` at once; seconds between two messages of a private chat and a group."""

    rate: float
    burst: int
    chat_seconds: float
    group_seconds: float
    unknown_seconds: float = 60.0  # before the one repeat of what may have arrived


TELEGRAM = Profile(rate=25, burst=5, chat_seconds=1.0, group_seconds=3.0)  # any second holds at most rate + burst - 1


class Limiter:
    """A token bucket over all chats, and the instants before which a chat must not hear from us. Answers pass it by."""

    def __init__(self, profile: Profile | None) -> None:
        self.profile = profile
        self._tokens = float(profile.burst) if profile else 0.0
        self._at = monotonic()
        self._closed_until = 0.0
        self._held: dict[int, float] = {}
        self._refused: dict[int, float] = {}

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

    def sent(self, chat: int) -> None:
        """A send to `chat` ended: the next one keeps its distance."""
        if self.profile is not None:
            gap = self.profile.group_seconds if chat < 0 else self.profile.chat_seconds
            self._hold(chat, gap)

    def refused(self, chat: int, seconds: float) -> None:
        """The far end asked for silence in `chat` (429), or in all of them if it asks for several."""
        now = monotonic()
        self._hold(chat, seconds)
        self._refused = {each: until for each, until in self._refused.items() if until > now}
        self._refused[chat] = max(self._refused.get(chat, 0.0), now + seconds)
        if len(self._refused) >= FLOODED_CHATS:
            self._closed_until = max(self._closed_until, now + seconds)

    def held(self) -> list[int]:
        """Chats that must not hear from us now."""
        now = monotonic()
        self._held = {chat: until for chat, until in self._held.items() if until > now}
        return sorted(self._held)

    def wait(self) -> float:
        """Seconds until something that is closed now opens; infinite if nothing is."""
        now = monotonic()
        opens = [until - now for until in self._held.values() if until > now]
        if now < self._closed_until:
            opens.append(self._closed_until - now)
        elif self.profile is not None and self._tokens < 1:
            opens.append((1 - self._tokens) / self.profile.rate)
        return max(0.005, min(opens)) if opens else float("inf")

    def _hold(self, chat: int, seconds: float) -> None:
        self._held[chat] = max(self._held.get(chat, 0.0), monotonic() + seconds)

    def _refill(self, profile: Profile) -> None:
        now = monotonic()
        self._tokens = min(float(profile.burst), self._tokens + (now - self._at) * profile.rate)
        self._at = now
