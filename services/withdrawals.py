"""退出: a teacher who accepted cannot come after all.

First the reason, then what will happen; then it happens (services.offers.withdraw).
"""

from datetime import datetime

from sqlmodel import Session

from models import Offer
from services import offers
from services.actor import Actor, access_offer_as_teacher
from services.errors import NotYours
from services.offer_cards import card, stale_teacher, to_teacher
from services.post import Toast, tell, update
from services.snapshots import offer_values


def ask_reason(session: Session, actor: Actor, now: datetime, offer_id: int) -> Toast | None:
    """退出: which reason."""
    offer, _ = access_offer_as_teacher(session, actor, offer_id)
    return _screen(session, actor, offer, "leave-ask")


def ask_once(session: Session, actor: Actor, now: datetime, offer_id: int, reason: str) -> Toast | None:
    """A tapped reason: what will happen is said first."""
    offer, _ = access_offer_as_teacher(session, actor, offer_id)
    if reason not in offers.DECLINE_REASONS:
        raise NotYours
    return _screen(session, actor, offer, "leave-sure", reason)


def _screen(session: Session, actor: Actor, offer: Offer, view: str, reason: str | None = None) -> Toast | None:
    """The question at the end of the chat, wherever 退出 was tapped; the second look in its place."""
    values = offer_values(session, offer)
    if not values["may_leave"]:
        return stale_teacher(session, offer)
    (update if reason else tell)(session, actor.id, view, {**values, "reason": reason}, card=card(offer))
    return None


def leave(session: Session, actor: Actor, now: datetime, offer_id: int, reason: str) -> Toast | None:
    """确定退出: the school and the coordinators are told, and the search for somebody else begins."""
    offer, _ = access_offer_as_teacher(session, actor, offer_id)
    if reason not in offers.DECLINE_REASONS:
        raise NotYours
    if not offer_values(session, offer)["may_leave"]:
        return stale_teacher(session, offer)
    offer.reason = reason
    offers.withdraw(session, offer, actor, now, why=reason)
    to_teacher(session, offer)
    return Toast("left")
