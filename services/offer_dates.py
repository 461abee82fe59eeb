"""When a teacher goes: dates to tap, dates in words, and whether they can be meant."""

from datetime import date, datetime, timedelta

from sqlmodel import Session

import matching
from models import Need, Offer
from services import relaxing, timing
from services.actor import Actor, ask
from services.offer_cards import card
from services.post import tell, update
from services.snapshots import offer_values

TERM_MONTHS = 5
ONE_DAY = 0.03
DAYS_PER_MONTH = 30.4
LONGEST_MONTHS = 36.0
FARTHEST_DAYS = 3 * 366  # from today to the first day
LATER_DAYS = (14, 28)  # tapped when the dates on offer do not suit

Span = tuple[date, date]


def ask_for(session: Session, actor: Actor, offer: Offer, need: Need, now: datetime, *, unclear: bool = False) -> None:
    """When can you come: likely answers to tap, or words."""
    ask(actor, "offer-dates", offer.id)
    spans = _later(offer, now) if offer.end else _likely(offer, need, now)
    choices = [[first.isoformat(), last.isoformat()] for first, last in spans]
    values = {**offer_values(session, offer), "choices": choices, "unclear": unclear}
    (tell if unclear else update)(session, actor.id, "offer-dates", values, card=card(offer))


def _likely(offer: Offer, need: Need, now: datetime) -> list[Span]:
    """Two likely pairs of dates: as soon as possible, and from the window the text means."""
    today = timing.today(now)
    fields = relaxing.fields_of(need, offer.relaxed)
    usual = ONE_DAY if relaxing.takes_a_day(fields.modes) else TERM_MONTHS
    months = min(fields.months, LONGEST_MONTHS) if fields.months else usual
    next_week = today + timedelta(days=7 - today.weekday() + 7)
    soon = offer.start if offer.start and is_near(offer.start, now) else next_week
    firsts = {soon, matching.window(fields, today)[0]}
    return [(first, _end(first, months)) for first in sorted(firsts) if first >= today][:2]


def _later(offer: Offer, now: datetime) -> list[Span]:
    """The dates on offer, two and four weeks later."""
    assert offer.start is not None and offer.end is not None
    first = max(offer.start, timing.today(now))
    length = offer.end - offer.start
    return [(first + timedelta(days=days), first + timedelta(days=days) + length) for days in LATER_DAYS]


def tapped(choice: str) -> Span | None:
    """A tapped pair of dates, `YYYYMMDD-YYYYMMDD`."""
    first, _, last = choice.partition("-")
    try:
        return date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return None


def said(text: str, offer: Offer, need: Need, now: datetime) -> tuple[date | None, date | None]:
    """First and last day in the teacher's words; what is not said is taken from the offer and the order."""
    reply = matching.read_reply(text, today=timing.today(now))
    fields = relaxing.fields_of(need, offer.relaxed)
    start = reply.start or offer.start
    if start is None or not is_near(start, now) or not (reply.start or reply.months or reply.until):
        return (start if start and is_near(start, now) else None), None
    if reply.until and reply.until >= start:
        return start, reply.until
    if not reply.months and offer.start and offer.end:
        return start, start + (offer.end - offer.start)
    months = reply.months or fields.months
    if months is None and relaxing.takes_a_day(fields.modes):
        months = ONE_DAY
    return start, _end(start, min(months, LONGEST_MONTHS)) if months else None


def is_near(start: date, now: datetime) -> bool:
    """Whether a first day is neither past nor years away."""
    return timing.today(now) <= start <= timing.today(now) + timedelta(days=FARTHEST_DAYS)


def can_be_meant(start: date, end: date, now: datetime) -> bool:
    """Whether these dates can stand in an agreement."""
    return is_near(start, now) and start <= end <= _end(start, LONGEST_MONTHS)


def _end(start: date, months: float) -> date:
    return start + timedelta(days=max(0, round(months * DAYS_PER_MONTH) - 1))
