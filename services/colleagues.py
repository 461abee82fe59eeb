"""Colleagues (同伴): who works beside the supporting teacher joins one placement by its code and answers its surveys.

The code is sent to the school as text to pass on; several may use it until the placement ends. The rated never join
their own placement, and whoever rates for the school is asked once, as the school.
"""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from models import Colleague, Consent, Need, Placement, Survey, Teacher
from services import audit, codes, survey_plan
from services.actor import Actor
from services.errors import Refused
from services.post import tell
from services.snapshots import placement_values


def hand_out(session: Session, placement: Placement, person: int, *, bulk: bool = False) -> None:
    """A fresh code as text that the school passes on; one before it is void. Only its hash is kept."""
    code = codes.fresh()
    placement.colleague_hash = codes.hashed(code)
    session.add(placement)
    tell(session, person, "colleague-code", placement_values(session, placement) | {"code": code}, bulk=bulk)


def redeem(session: Session, actor: Actor, now: datetime, code: str) -> bool:
    """/start CODE with a colleague code. False: it is none, its placement is over, or colleagues are not asked any more."""
    placement = session.exec(select(Placement).where(Placement.colleague_hash == codes.hashed(code))).first()
    if placement is None or placement.id is None or placement.status != "active" or not asked(placement):
        return False
    _refuse_insiders(session, actor, placement)
    query = select(Colleague).where(Colleague.placement_id == placement.id, Colleague.person_id == actor.id)
    if session.exec(query).first() is None:
        colleague = Colleague(placement_id=placement.id, person_id=actor.id, joined_at=now)
        session.add(colleague)
        session.flush()
        audit.note(session, colleague, "joined", actor, now)
    return True


def asked(placement: Placement) -> bool:
    """Whether the county asks colleagues at all."""
    return survey_plan.of(placement.plan).asks("colleague")


def _refuse_insiders(session: Session, actor: Actor, placement: Placement) -> None:
    if _is_rated(session, actor.id, placement):
        raise Refused("colleague-rated")
    if _rates(session, actor.id, placement):
        raise Refused("colleague-contact")


def _is_rated(session: Session, person_id: int, placement: Placement) -> bool:
    return session.get_one(Teacher, placement.teacher_id).person_id == person_id


def _rates(session: Session, person_id: int, placement: Placement) -> bool:
    """For the school."""
    return session.get_one(Need, placement.need_id).filer_id == person_id


def of(session: Session, placement: Placement) -> list[int]:
    """Who may be asked: joined, agreed to the notice, and still there."""
    agreed = select(Consent.person_id).where(col(Consent.withdrawn_at).is_(None))
    query = select(Colleague.person_id).where(
        Colleague.placement_id == placement.id, col(Colleague.ended_at).is_(None), col(Colleague.person_id).in_(agreed)
    )
    return list(session.exec(query.order_by(col(Colleague.id))))


def mine(session: Session, person_id: int) -> list[dict[str, Any]]:
    """The placements a person is a colleague of, that are not over and about which colleagues are asked."""
    query = (
        select(Placement)
        .join(Colleague, col(Colleague.placement_id) == Placement.id)
        .where(Colleague.person_id == person_id, col(Colleague.ended_at).is_(None), Placement.status == "active")
        .order_by(col(Placement.id))
    )
    return [placement_values(session, placement) for placement in session.exec(query) if asked(placement)]


def move(session: Session, actor: Actor, now: datetime, empty: int, person: int) -> None:
    """A colleague turned out to be somebody known here (services/moves.py): they stay a colleague, unless they are inside."""
    query = select(Colleague).where(Colleague.person_id == empty, col(Colleague.ended_at).is_(None))
    for colleague in session.exec(query).all():
        placement = session.get_one(Placement, colleague.placement_id)
        already = select(Colleague.id).where(Colleague.placement_id == placement.id, Colleague.person_id == person)
        inside = _is_rated(session, person, placement) or _rates(session, person, placement)
        if inside or session.exec(already).first() is not None:
            colleague.ended_at = now
            audit.note(session, colleague, "ended", actor, now, why="moved")
            continue
        colleague.person_id = person
        audit.note(session, colleague, "moved", actor, now, details={"person": str(person)})
        asked = select(Survey).where(Survey.placement_id == placement.id, Survey.person_id == empty)
        for survey in session.exec(asked):
            survey.person_id = person
    session.flush()


def leave(session: Session, actor: Actor, now: datetime, why: str) -> None:
    """The person is a colleague nowhere any more."""
    query = select(Colleague).where(Colleague.person_id == actor.id, col(Colleague.ended_at).is_(None))
    for colleague in session.exec(query):
        colleague.ended_at = now
        audit.note(session, colleague, "ended", actor, now, why=why)
