"""When an invited teacher goes: likely answers to tap, or words; how dates are read is in services/spans.py."""

from datetime import datetime, timedelta

from sqlmodel import Session

import matching
from models import Need, Offer
from services import relaxing, spans, timing
from services.actor import Actor, ask
from services.offer_cards import card
from services.post import tell, update
from services.snapshots import offer_values
from services.spans import LONGEST_MONTHS, Said, Span, is_near

TERM_MONTHS = 5
ONE_DAY = 0.03


def ask_for(session: Session, actor: Actor, offer: Offer, need: Need, now: datetime, *, unclear: bool = False) -> None:
    """When can you come: likely answers to tap, or words."""
    ask(actor, "offer-dates", offer.id)
    likely = spans.later(offer.start, offer.end, now) if offer.start and offer.end else _likely(offer, need, now)
    choices = [[first.isoformat(), last.isoformat()] for first, last in likely]
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
    return [(first, spans.end(first, months)) for first in sorted(firsts) if first >= today][:2]


def said(text: str, offer: Offer, need: Need, now: datetime) -> Said:
    """First and last day in the teacher's words; what is not said is taken from the offer and the order."""
    fields = relaxing.fields_of(need, offer.relaxed)
    usual = fields.months or (ONE_DAY if relaxing.takes_a_day(fields.modes) else None)
    start, end = spans.said(text, offer.start, offer.end, now, usual)
    return (start, end) if start and is_near(start, now) else (None, None)
