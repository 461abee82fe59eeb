"""When an order may begin, whether a teacher is free for it, and the dates text and teacher fix together.

The rule is the one in tests/matching/eval/README.md: a teacher is available when they can begin at most a week after
the window's last day and stay at least 0.85 of the months asked for. The first and the last day both count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

import numpy as np
from numpy.typing import NDArray

from matching.terms import mode_traits, terms
from matching.types import NeedFields, TeacherFields

Number = NDArray[np.int32]
MONTH_DAYS = 30
GRACE_DAYS = 7  # how late after the window's end a beginning is still good
ENOUGH_STAY = 0.85  # share of the months asked for that must remain
LASTING_DAYS = 30  # what a posting or an apprenticeship needs at least when no months are said
ABOUT_A_YEAR = 400  # an end further away is the teacher's horizon, not the end of this placement


def start_window(need: NeedFields, today: date) -> tuple[date, date]:
    """The first and last day on which the order may begin; without a date: until the next term is under way."""
    if need.window is not None:
        return need.window
    if need.start is not None:
        return need.start, need.start
    return today, _term_under_way(today)


window = start_window


def _term_under_way(today: date) -> date:
    """The end of the next term's first full month: 31 March seen from autumn, 30 September from spring."""
    if today.month >= 8:
        return date(today.year + 1, 3, 31)
    return date(today.year, 3, 31) if today.month == 1 else date(today.year, 9, 30)


@dataclass(frozen=True, slots=True)
class Timing:
    """What an order says about time, as proleptic ordinals."""

    today: int
    opens: int  # the window in which it may begin
    closes: int
    wanted: int  # days that must remain, the first one counted

    def begins(self, from_day: Number) -> Number:
        """The earliest day on which each teacher could begin."""
        return np.maximum(from_day, np.int32(max(self.today, self.opens)))

    def missing(self, from_day: Number, until_day: Number) -> Number:
        """Days too late to begin and days too short to stay, together; 0 for a teacher who is available."""
        begin = self.begins(from_day)
        late = begin - np.int32(self.closes + GRACE_DAYS)
        short = begin + np.int32(self.wanted - 1) - until_day
        missing: Number = np.maximum(late, 0) + np.maximum(short, 0)
        return missing


def timing(need: NeedFields, today: date) -> Timing:
    """The dates of an order; without a date it may begin until the next term is under way."""
    opens, closes = start_window(need, today)
    return Timing(today.toordinal(), opens.toordinal(), closes.toordinal(), days_wanted(need))


def days_wanted(need: NeedFields) -> int:
    """How many days must remain, the first one counted: of a stay between two days said, or of the months."""
    if need.until is not None and need.start is not None and need.until >= need.start:
        return ceil(ENOUGH_STAY * ((need.until - need.start).days + 1))
    if need.months is not None:
        return max(1, ceil(round(ENOUGH_STAY * need.months * MONTH_DAYS, 6)))
    return LASTING_DAYS if bool(need.modes) and lasts(need, all) else 1


def lasts(need: NeedFields, how: Callable[[Iterable[bool]], bool]) -> bool:
    """Whether any or all of the forms asked for are a lasting stay."""
    return how(mode_traits(mode).stays for mode in need.modes if mode in terms().traits)


def placement_dates(need: NeedFields, teacher: TeacherFields, *, today: date) -> tuple[date, date] | None:
    """(first, last) day as text and teacher fix them, or None when they leave either open."""
    begin = need.start
    if teacher.available_from is not None and teacher.available_from > (begin or today):
        begin = teacher.available_from
    if begin is None:
        return None
    a_day = need.months is None and _takes_a_day(need)
    end = begin if a_day else last_day(need, begin, teacher.available_until)
    return (begin, end) if end is not None and end >= begin else None


def last_day(need: NeedFields, begin: date, available_until: date | None) -> date | None:
    """The last day as the text says it or as its months count it; else the teacher's, unless that is their horizon."""
    if need.until is not None:
        return need.until
    if need.months is not None:
        return begin + timedelta(days=max(0, round(need.months * MONTH_DAYS) - 1))
    near = available_until is not None and (available_until - begin).days <= ABOUT_A_YEAR
    return available_until if near else None


def _takes_a_day(need: NeedFields) -> bool:
    known = [mode for mode in need.modes if mode in terms().traits]
    return bool(known) and all(mode_traits(mode).event for mode in known)
