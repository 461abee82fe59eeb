"""Where somebody belongs, for those who are asked to call: a school or unit, and the county whose coordinators know them."""

from sqlmodel import Session, col, select

from models import Colleague, Need, Offer, Placement, School, Teacher, UnitConsent
from services.actor import Actor


def place_of(session: Session, actor: Actor) -> str | None:
    """The person's school or unit; of a colleague the school helped, of a unit's person the unit."""
    if actor.schools:
        return session.get_one(School, min(actor.schools)).name
    unit = select(Teacher.unit).where(Teacher.person_id == actor.id)
    signs = select(Teacher.unit).join(Offer, col(Offer.teacher_id) == Teacher.id)
    signs = signs.join(UnitConsent, col(UnitConsent.offer_id) == Offer.id).where(UnitConsent.person_id == actor.id)
    helped = select(School.name).join(Placement, col(Placement.school_id) == School.id)
    helped = helped.join(Colleague, col(Colleague.placement_id) == Placement.id).where(Colleague.person_id == actor.id)
    helped = helped.order_by(col(Colleague.id).desc())
    return (
        session.exec(unit).first()
        or session.exec(helped).first()
        or session.exec(signs.order_by(col(UnitConsent.id).desc())).first()
    )


def county_of(session: Session, actor: Actor) -> str | None:
    """The county of the person's school; else of the newest order they were invited to, help with, or sign for."""
    if actor.schools:
        return session.get_one(School, min(actor.schools)).county
    offers = select(School.county).join(Need, col(Need.school_id) == School.id)
    offers = offers.join(Offer, col(Offer.need_id) == Need.id).order_by(col(Offer.id).desc())
    invited = offers.join(Teacher, col(Teacher.id) == Offer.teacher_id).where(Teacher.person_id == actor.id)
    signs = offers.join(UnitConsent, col(UnitConsent.offer_id) == Offer.id).where(UnitConsent.person_id == actor.id)
    helped = select(School.county).join(Placement, col(Placement.school_id) == School.id)
    helped = helped.join(Colleague, col(Colleague.placement_id) == Placement.id).where(Colleague.person_id == actor.id)
    helped = helped.order_by(col(Colleague.id).desc())
    return session.exec(invited).first() or session.exec(helped).first() or session.exec(signs).first()
