"""An accepted offer the school never confirms: after its reminders it goes to the coordinators, and at last it ends.

No place is held silently: who waits, for whom and how long stands on a card and in /queue, until somebody acts or the
clock does.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from models import Need, Offer, School
from services import offers, people, timing, unit_consents
from services.actor import Actor, access_offer_as_coordinator, lock_need
from services.offer_cards import to_coordinators, to_school, to_teacher
from services.post import Toast, tell, tell_all, update
from services.snapshots import offer_values

LATE_DAYS = (7, 10, 14)  # after 接受: the county's coordinators, the programme's too, the end
AGAIN_DAYS = (3, 6, 10)  # the same after a coordinator had somebody reminded


def watch(session: Session, offer: Offer, now: datetime, days: tuple[int, ...] = LATE_DAYS) -> None:
    """From now on somebody looks whether an accepted offer is confirmed."""
    assert offer.id is not None
    for sequence, after in enumerate(days, 1):
        timing.schedule(session, "confirm-late", offer.id, timing.awake(now + timedelta(days=after)), sequence)


def raise_(session: Session, offer_id: int, sequence: int, now: datetime) -> None:
    """Still not confirmed: a card for those who can act; the third time the teacher need not wait any longer."""
    offer = session.get_one(Offer, offer_id)
    need = lock_need(session, offer.need_id)
    session.refresh(offer)
    if offer.status != "accepted" or timing.put_off(session, "confirm-late", offer_id, sequence, now):
        return
    if sequence == len(LATE_DAYS):
        _release(session, offer, need, None, now)
        to_coordinators(session, need, "unconfirmed", values(session, offer, now))
        return
    county = session.get_one(School, need.school_id).county
    told = set(people.coordinators_of(session, county)[0])
    if sequence > 1:
        told |= set(people.coordinators_of(session, None)[0])
    tell_all(session, sorted(told), "unconfirmed", values(session, offer, now), card=_card(offer))


def values(session: Session, offer: Offer, now: datetime) -> dict[str, Any]:
    """The offer, and for how many days the teacher has waited."""
    return {**offer_values(session, offer), "days": (now - (offer.answered_at or offer.created_at)).days}


def open_card(session: Session, actor: Actor, now: datetime, offer_id: int) -> Toast | None:
    """A line of /queue."""
    offer, _ = access_offer_as_coordinator(session, actor, offer_id)
    tell(session, actor.id, "unconfirmed", values(session, offer, now), card=_card(offer))
    return None


def remind(session: Session, actor: Actor, now: datetime, offer_id: int) -> Toast | None:
    """再提醒: whoever is waited for gets the card again, and the coordinators will hear again."""
    offer, _ = access_offer_as_coordinator(session, actor, offer_id)
    if offer.status != "accepted" or offer.reminded_on == timing.today(now):
        _show(session, actor, offer, now)
        return Toast("stale") if offer.status != "accepted" else Toast("already")
    offer.reminded_on = timing.today(now)
    watch(session, offer, now, AGAIN_DAYS)
    session.flush()
    offers.remind_now(session, offer)
    _show(session, actor, offer, now)
    return Toast("done")


def release(session: Session, actor: Actor, now: datetime, offer_id: int) -> Toast | None:
    """请老师不用等了: the offer ends, kindly, and the next candidates follow."""
    offer, need = access_offer_as_coordinator(session, actor, offer_id)
    if offer.status != "accepted":
        _show(session, actor, offer, now)
        return Toast("stale")
    _release(session, offer, need, actor, now)
    _show(session, actor, offer, now)
    return Toast("done")


def _release(session: Session, offer: Offer, need: Need, actor: Actor | None, now: datetime) -> None:
    if unit_consents.waits(session, offer):
        unit_consents.without(session, offer, actor, now)
        return
    offer.reason = "released"
    offers.ended(session, offer, need, "refused", actor, now, why="not confirmed in time")
    to_teacher(session, offer, fresh=True)
    to_school(session, offer, fresh=True)


def _show(session: Session, actor: Actor, offer: Offer, now: datetime) -> None:
    update(session, actor.id, "unconfirmed", values(session, offer, now), card=_card(offer))


def _card(offer: Offer) -> str:
    return f"unconfirmed:{offer.id}"
