"""Business time. One clock gives every `now`; leases, limits and long polls use real time instead.

The demo's 快进 and `run --clock FILE` move business time forward only, and only from due instant to due instant, so that
one jump of 30 days and thirty of one day give the same rows and messages. The file holds the wanted offset in seconds.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

FARTHEST = timedelta(days=36_525)


class Clock(Protocol):
    """What gives the business `now`."""

    def now(self) -> datetime:
        """The present instant, aware, UTC."""
        ...


class SystemClock:
    """The real time."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class FileClock:
    """Real time plus an offset that follows the one in a file, step by step (`step_to`), never backwards."""

    def __init__(self, path: Path, real: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.path = path
        self._real = real
        self._offset = self.wanted()

    def wanted(self) -> timedelta:
        """The offset the file asks for; an absent, empty or odd file asks for none."""
        try:
            asked = timedelta(seconds=float(self.path.read_text(encoding="ascii").strip() or 0))
        except (OSError, ValueError, OverflowError):
            return timedelta(0)
        return asked if abs(asked) <= FARTHEST else timedelta(0)

    def ask(self, delta: timedelta) -> None:
        """Move the wanted offset forward by `delta`."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        draft = self.path.with_suffix(".new")
        draft.write_text(str((max(self.wanted(), self._offset) + delta).total_seconds()), encoding="ascii")
        draft.replace(self.path)

    def now(self) -> datetime:
        return self._real() + self._offset

    def target(self) -> datetime:
        """Where business time should be."""
        return self._real() + max(self.wanted(), self._offset)

    def resume_at(self, instant: datetime) -> None:
        """At start: what is still due before the target is walked from `instant`, so a crash in mid-walk skips nothing."""
        self._offset = min(self._offset, max(timedelta(0), instant - self._real()))

    def step_to(self, instant: datetime) -> None:
        """Let business time be `instant` now, unless that lies in the past."""
        self._offset = max(self._offset, instant - self._real())
