"""单位同意: where the unit a teacher belongs to (派出单位) must agree, the school confirms only after it has.

The unit's person comes with a one-time code that the teacher forwards, and sees this one offer and nothing else; or a
coordinator records the unit's paper in a sentence. Until then reminders go to the teacher, not to the school.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from models import Need, Offer, School, Teacher, UnitConsent
from services import audit, codes, offers, people
from services.actor import (
    Actor,
    access_offer_as_coordinator,
    access_offer_as_teacher,
    access_unit_consent,
    ask,
    lock_need,
)
from services.errors import Refused
from services.offer_cards import stale_teacher, to_school, to_teacher
from services.post import Toast, tell, update
from services.snapshots import offer_values

CODE_DAYS = 14
LONGEST = 200  # characters of the evidence


def ask_for(session: Session, actor: Actor, now: datetime, offer_id: int) -> Toast | None:
    """需要单位同意, by the teacher: the school waits, and the teacher gets a text to forward."""
    offer, need = access_offer_as_teacher(session, actor, offer_id)
    if offer.status != "accepted" or _of(session, offer) is not None:
        return stale_teacher(session, offer)
    _begin(session, offer, need, actor, now)
    _hand_out(session, actor, offer, now)
    return None


def new_code(session: Session, actor: Actor, now: datetime, offer_id: int) -> Toast | None:
    """给单位的话: the text to forward with a fresh code; the one before counts no more."""
    offer, _ = access_offer_as_teacher(session, actor, offer_id)
    if not waits(session, offer):
        return stale_teacher(session, offer)
    _hand_out(session, actor, offer, now)
    return None


def _hand_out(session: Session, actor: Actor, offer: Offer, now: datetime) -> None:
    consent, code = _of(session, offer), codes.fresh()
    assert consent is not None
    consent.code_hash, consent.expires_at, consent.person_id = codes.hashed(code), now + timedelta(days=CODE_DAYS), None
    session.add(consent)
    to_teacher(session, offer)
    tell(session, actor.id, "unit-code", {**offer_values(session, offer), "code": code})


def require(session: Session, actor: Actor, now: datetime, offer_id: int) -> None:
    """需要单位同意, by a coordinator: the teacher is told, and sees to it."""
    offer, need = access_offer_as_coordinator(session, actor, offer_id)
    if offer.status == "accepted" and _of(session, offer) is None:
        _begin(session, offer, need, actor, now)
        to_teacher(session, offer, fresh=True)
    show_note(session, actor, now, offer_id)


def _begin(session: Session, offer: Offer, need: Need, actor: Actor, now: datetime) -> None:
    assert offer.id is not None
    audit.begin(session, UnitConsent(offer_id=offer.id, created_at=now), actor, now)
    offers.wait_anew(session, offer, now)
    to_school(session, offer)
    _note(session, offer, need)


def show_note(session: Session, actor: Actor, now: datetime, offer_id: int) -> None:
    """返回: how it stands, for a coordinator."""
    offer, _ = access_offer_as_coordinator(session, actor, offer_id)
    if actor.person.asked == "unit-evidence":
        ask(actor, None)
    update(session, actor.id, "unit-note", offer_values(session, offer), card=_note_card(offer))


def _note(session: Session, offer: Offer, need: Need) -> None:
    """The note on every coordinator's phone, in its present form."""
    county = session.get_one(School, need.school_id).county
    for person in people.coordinators_of(session, county)[0]:
        update(session, person, "unit-note", offer_values(session, offer), card=_note_card(offer))


def ask_evidence(session: Session, actor: Actor, now: datetime, offer_id: int) -> Toast | None:
    """记下单位同意: the coordinator types what the consent rests on."""
    offer, _ = access_offer_as_coordinator(session, actor, offer_id)
    if not waits(session, offer):
        show_note(session, actor, now, offer_id)
        return Toast("stale")
    ask(actor, "unit-evidence", offer_id)
    update(session, actor.id, "unit-evidence-ask", {"id": offer_id}, card=_note_card(offer))
    return None


def hear_evidence(session: Session, actor: Actor, now: datetime, offer_id: int, text: str) -> None:
    """单位同意书编号 …: the consent is given, and the sentence is kept with it."""
    offer, need = access_offer_as_coordinator(session, actor, offer_id)
    if len(text) > LONGEST:
        tell(session, actor.id, "unit-evidence-ask", {"id": offer_id, "long": True}, card=_note_card(offer))
        return
    ask(actor, None)
    consent = _of(session, offer)
    if consent is not None and consent.status == "open":
        consent.evidence = text
        _given(session, consent, offer, need, actor, now, why="recorded with evidence")
    show_note(session, actor, now, offer_id)


def redeem(session: Session, actor: Actor, now: datetime, code: str) -> bool:
    """/start CODE of the unit's person. Nobody agrees for their own unit, and no school for a teacher's."""
    query = select(UnitConsent).where(UnitConsent.code_hash == codes.hashed(code)).with_for_update()
    consent = session.exec(query).first()
    if consent is None or consent.person_id not in (None, actor.id) or consent.status != "open":
        return False
    assert consent.expires_at is not None
    if consent.person_id is None and consent.expires_at < now:
        return False
    offer = session.get_one(Offer, consent.offer_id)
    own = session.get_one(Teacher, offer.teacher_id).person_id == actor.id
    if own or session.get_one(Need, offer.need_id).school_id in actor.schools:
        raise Refused("own-unit")
    if consent.person_id is None:
        consent.person_id = actor.id
        audit.note(session, consent, "open", actor, now, before="open", why="code redeemed")
    return True


def signs(session: Session, actor: Actor) -> bool:
    """Whether the actor came to speak for a unit."""
    return session.exec(select(UnitConsent.id).where(UnitConsent.person_id == actor.id)).first() is not None


def greet(session: Session, actor: Actor) -> bool:
    """Show what a unit's person has to answer, if anything."""
    query = select(UnitConsent).where(UnitConsent.person_id == actor.id, UnitConsent.status == "open")
    consent = session.exec(query.order_by(col(UnitConsent.id).desc())).first()
    if consent is None:
        return False
    tell(session, actor.id, "unit-card", _values(session, consent), card=_card(consent))
    return True


def show(session: Session, actor: Actor, now: datetime, consent_id: int) -> None:
    """返回: the terms as they stand."""
    consent, _, _ = access_unit_consent(session, actor, consent_id)
    update(session, actor.id, "unit-card", _values(session, consent), card=_card(consent))


def agree(session: Session, actor: Actor, now: datetime, consent_id: int) -> Toast | None:
    """同意 by the unit: now the school can confirm."""
    consent, offer, need = access_unit_consent(session, actor, consent_id)
    if consent.status == "open":
        _given(session, consent, offer, need, actor, now, why="tapped")
        _note(session, offer, need)
    show(session, actor, now, consent_id)
    return Toast("thanks")


def _given(
    session: Session, consent: UnitConsent, offer: Offer, need: Need, actor: Actor, now: datetime, why: str
) -> None:
    consent.decided_by, consent.decided_at = actor.id, now
    audit.move(session, consent, "given", actor, now, why=why)
    session.flush()
    offers.wait_anew(session, offer, now)
    to_school(session, offer, fresh=True)
    to_teacher(session, offer, fresh=True)


def deny_ask(session: Session, actor: Actor, now: datetime, consent_id: int) -> Toast | None:
    """不同意: said once more, because it ends the invitation."""
    consent, _, _ = access_unit_consent(session, actor, consent_id)
    if consent.status != "open":
        show(session, actor, now, consent_id)
        return Toast("stale")
    update(session, actor.id, "unit-deny-ask", _values(session, consent), card=_card(consent))
    return None


def deny(session: Session, actor: Actor, now: datetime, consent_id: int) -> Toast | None:
    """确定不同意: the offer ends, everybody is told, the search goes on."""
    consent, offer, _ = access_unit_consent(session, actor, consent_id)
    if consent.status == "open":
        consent.decided_by, consent.decided_at = actor.id, now
        audit.move(session, consent, "denied", actor, now)
        without(session, offer, actor, now)
    show(session, actor, now, consent_id)
    return Toast("thanks")


def without(session: Session, offer: Offer, actor: Actor | None, now: datetime) -> None:
    """The unit did not agree, or never answered: the offer ends without anybody's fault."""
    lock_need(session, offer.need_id)
    offer.reason = "unit"
    offers.withdraw(session, offer, actor, now, why="unit")
    to_teacher(session, offer, fresh=True)


def waits(session: Session, offer: Offer) -> bool:
    """Whether an offer waits for the teacher's unit."""
    consent = _of(session, offer)
    return consent is not None and consent.status == "open" and offer.status == "accepted"


def drop(session: Session, offer: Offer, actor: Actor | None, now: datetime) -> None:
    """The offer is decided: the unit has nothing to answer any more."""
    consent = _of(session, offer)
    if consent is not None and consent.status == "open":
        audit.move(session, consent, "dropped", actor, now)


def release(session: Session, person_id: int) -> None:
    """A unit's person leaves: somebody else of the unit can be asked."""
    for consent in session.exec(
        select(UnitConsent).where(UnitConsent.person_id == person_id, UnitConsent.status == "open")
    ):
        consent.person_id = consent.code_hash = None


def _of(session: Session, offer: Offer) -> UnitConsent | None:
    return session.exec(select(UnitConsent).where(UnitConsent.offer_id == offer.id)).first()


def _values(session: Session, consent: UnitConsent) -> dict[str, Any]:
    values = offer_values(session, session.get_one(Offer, consent.offer_id))
    return {**values, "id": consent.id}


def _card(consent: UnitConsent) -> str:
    return f"unit:{consent.id}"


def _note_card(offer: Offer) -> str:
    return f"unit-note:{offer.id}"
