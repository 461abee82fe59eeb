"""What a text says of two days that stand already: 推迟两周, 延长到8月底, 早一周结束, 到6月30日, 3月15日来，6月30日走.

A text that only gives new days is left to `read_reply`. By how much is kept in days and in whole months: a month later than
15 March is 15 April.
"""

from __future__ import annotations

from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from matching.reading.moments import moment_at
from matching.reading.scene import Scene, lay_out
from matching.reading.when import TimeMark, length_at
from matching.terms import load_table

WEEK_MONTHS = 0.25  # how long the reader takes a week to be, in months
DAYS_OF_WEEK = 7
DAYS_OF_MONTH = 30
KINDS = ("later", "earlier", "longer", "shorter", "instead")
LAST_DAY = ("longer", "shorter")  # kinds that are about the last day only


@dataclass(frozen=True, slots=True)
class Shift:
    """Which day moves, to where or by how much. With neither, something moves but the text does not say how far."""

    last_only: bool  # the first day stays
    to: tuple[date, date] | None = None  # first and last day the words can mean
    first: date | None = None  # said beside it
    days: int = 0  # later; earlier with a minus
    months: int = 0

    def moved(self, first: date, last: date | None) -> tuple[date, date | None]:
        """The two days after it; no last day where that stays open."""
        if self.to is not None and self.last_only:
            return self.first or first, self.to[1]
        start = self.to[0] if self.to else first
        if last is None or not (self.to or self.days or self.months):
            return start, None
        if self.to is not None:
            return start, start + (last - first)
        return first if self.last_only else self._later(first), self._later(last)

    def _later(self, day: date) -> date:
        year, month = divmod(day.year * 12 + day.month - 1 + self.months, 12)
        within = min(day.day, monthrange(year, month + 1)[1])
        return date(year, month + 1, within) + timedelta(days=self.days)


def read_shift(text: str, *, today: date) -> Shift | None:
    """What of two days moves, or None where the text says nothing of that kind."""
    scene = lay_out(text, today)
    if any(mark.kind == "range" for mark in scene.times):
        return None
    words = list(_words(scene))
    if not words:
        return _ended(scene)
    last_only = any(word in scene.text.chars for word in load_table("calendar")["shift"]["ends"])
    shifts = [_behind(scene, end, kind, last_only or kind in LAST_DAY, today) for end, kind in words]
    return next((shift for shift in shifts if shift is not None), Shift(last_only))


def _words(scene: Scene) -> Iterator[tuple[int, str]]:
    """(end, kind) of every word such as 推迟 that stands as words stand: not 早 in 最早, nor 晚 in 晚上."""
    table, chars = load_table("calendar")["shift"], scene.text.chars
    found = [(chars.find(word), -len(word), kind) for kind in KINDS for word in table[kind] if word in chars]
    for begin, length, kind in sorted(found):
        end = begin - length
        inside = any(token.start < edge < token.end for token in scene.tokens for edge in (begin, end))
        if not inside:
            yield end, kind


def _behind(scene: Scene, position: int, kind: str, last_only: bool, today: date) -> Shift | None:
    """How far, as the words behind it say."""
    between = load_table("calendar")["shift"]["between"]
    at, until = bisect_left(scene.starts, position), kind == "instead"
    while at < len(scene.tokens) and scene.tokens[at].text in between:
        at, until = at + 1, until or scene.has(at, "to")
    if at >= len(scene.tokens):
        return None
    if until:
        moment = moment_at(scene.tokens, at, today)
        return Shift(last_only, to=(moment.first, moment.last)) if moment and moment.grain != "term" else None
    length = length_at(scene.tokens, at)
    return _by(scene, length, kind, last_only) if length else None


def _by(scene: Scene, length: TimeMark, kind: str, last_only: bool) -> Shift:
    sign = -1 if kind in ("earlier", "shorter") else 1
    amount = length.months or 0.0
    if any(scene.has(at, "week") for at in range(length.begin, length.end)):
        return Shift(last_only, days=sign * round(amount / WEEK_MONTHS * DAYS_OF_WEEK))
    whole = int(amount)
    return Shift(last_only, months=sign * whole, days=sign * round((amount - whole) * DAYS_OF_MONTH))


def _ended(scene: Scene) -> Shift | None:
    """到6月30日, 6月30日走: the last day; with another day before it also the first."""
    ends = [mark for mark in scene.times if mark.kind == "end" or _leaves(scene, mark)]
    others = [mark for mark in scene.times if mark.kind == "point" and mark not in ends]
    if len(ends) != 1 or len(others) > 1 or not (ends[0].first and ends[0].last):
        return None
    return Shift(True, to=(ends[0].first, ends[0].last), first=others[0].first if others else None)


def _leaves(scene: Scene, mark: TimeMark) -> bool:
    words = load_table("calendar")["shift"]["ends"]
    behind = scene.tokens[mark.end : mark.end + 2]
    return mark.kind == "point" and any(token.text in words for token in behind)
