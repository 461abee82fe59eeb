"""From a first day to a last one: pairs to tap, pairs in words, and whether they can be meant.

For an offer (services/offer_dates.py) and for help that is agreed on (services/date_moves.py).
"""

from datetime import date, datetime, timedelta

import matching
from services import timing

DAYS_PER_MONTH = 30.4
LONGEST_MONTHS = 36.0
FARTHEST_DAYS = 3 * 366  # from today to the first day
LATER_DAYS = (14, 28)  # tapped when the dates that stand do not suit

Span = tuple[date, date]
Said = tuple[date | None, date | None]


def later(first: date, last: date, now: datetime) -> list[Span]:
    """As long as before, two and four weeks later."""
    start, length = max(first, timing.today(now)), last - first
    return [(start + timedelta(days=days), start + timedelta(days=days) + length) for days in LATER_DAYS]


def tapped(choice: str) -> Span | None:
    """A tapped pair of dates, `YYYYMMDD-YYYYMMDD`."""
    first, _, last = choice.partition("-")
    try:
        return date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return None


def said(text: str, first: date | None, last: date | None, now: datetime, usual: float | None = None) -> Said:
    """First and last day in somebody's words. What is not said is taken from those that stand, or from the `usual` months.

    The last day stays open where the words are not clear.
    """
    today = timing.today(now)
    shift = matching.read_shift(text, today=today)
    if shift is not None and (first or shift.first):
        return shift.moved(first or shift.first or today, last)
    reply = matching.read_reply(text, today=today)
    start = reply.start or first
    if start is None or not (reply.start or reply.months):
        return start, None
    if reply.until and reply.until >= start:
        return start, reply.until
    if not reply.months and first and last:
        return start, start + (last - first)
    months = reply.months or usual
    return start, end(start, min(months, LONGEST_MONTHS)) if months else None


def last_said(text: str, first: date, last: date, now: datetime) -> date | None:
    """The last day in somebody's words, of help that has begun: a single day is the last one."""
    today = timing.today(now)
    shift = matching.read_shift(text, today=today)
    if shift is not None:
        return shift.to[1] if shift.to else shift.moved(first, last)[1]
    reply = matching.read_reply(text, today=today)
    if reply.until or reply.start:
        return reply.until or (reply.window[1] if reply.window else reply.start)
    return end(first, min(reply.months, LONGEST_MONTHS)) if reply.months else None


def end(start: date, months: float) -> date:
    """The last day of a stay."""
    return start + timedelta(days=max(0, round(months * DAYS_PER_MONTH) - 1))


def is_near(start: date, now: datetime) -> bool:
    """Whether a first day is neither past nor years away."""
    return timing.today(now) <= start <= timing.today(now) + timedelta(days=FARTHEST_DAYS)


def can_be_meant(start: date, last: date, now: datetime) -> bool:
    """Whether these dates can stand in an agreement."""
    return is_near(start, now) and start <= last <= end(start, LONGEST_MONTHS)
