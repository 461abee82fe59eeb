"""The cards that show an offer, the teacher's and the school's, and the coordinators' notes about it."""

from typing import Any

from sqlmodel import Session

from models import Need, Offer, School, Teacher
from services import people
from services.post import Toast, tell, tell_all, update
from services.snapshots import offer_values


def card(offer: Offer) -> str:
    """The teacher's card."""
    return f"offer:{offer.id}"


def school_card(offer: Offer) -> str:
    """The school's card."""
    return f"confirm:{offer.id}"


def to_teacher(session: Session, offer: Offer, *, fresh: bool = False, bulk: bool = False) -> None:
    """Show the teacher how the offer stands: on the card they have, or `fresh` at the end of the chat."""
    person = session.get_one(Teacher, offer.teacher_id).person_id
    if person is None:
        return
    values = offer_values(session, offer)
    if fresh:
        tell(session, person, "offer", values, card=card(offer), bulk=bulk)
    else:
        update(session, person, "offer", values, card=card(offer))


def to_school(session: Session, offer: Offer, person: int | None = None, *, fresh: bool = False) -> None:
    """Show a person of the school, or who speaks for it, how the offer stands."""
    person = person or people.speaker(session, session.get_one(Need, offer.need_id))
    (tell if fresh else update)(session, person, "confirm", offer_values(session, offer), card=school_card(offer))


def remind_school(session: Session, offer: Offer) -> None:
    """The school's card once more, saying that somebody waits."""
    person = people.speaker(session, session.get_one(Need, offer.need_id))
    values = {**offer_values(session, offer), "again": True}
    tell(session, person, "confirm", values, card=school_card(offer), bulk=True)


def stale_teacher(session: Session, offer: Offer) -> Toast:
    """An old or second tap of the teacher: the offer as it stands."""
    to_teacher(session, offer)
    return Toast("stale")


def stale_school(session: Session, offer: Offer, person: int) -> Toast:
    """The same for a person of the school."""
    to_school(session, offer, person)
    return Toast("stale")


def to_coordinators(session: Session, need: Need, view: str, values: dict[str, Any]) -> None:
    """Tell those who coordinate the school's county."""
    county = session.get_one(School, need.school_id).county
    tell_all(session, people.coordinators_of(session, county)[0], view, values)
