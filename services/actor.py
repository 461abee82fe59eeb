"""Who is acting: a person with roles, loaded afresh in every transaction, and the one door to every object (access_*)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import bindparam, literal_column, null, union_all
from sqlalchemy import select as sa_select
from sqlmodel import Session

from models import (
    Colleague,
    Consent,
    DateMove,
    Deputy,
    Need,
    Offer,
    Person,
    Placement,
    Proposal,
    Question,
    Role,
    School,
    Survey,
    Teacher,
    UnitConsent,
)
from models.types import table_of
from services.errors import NotYours

Row = TypeVar("Row")

CONSENT_VERSION = "2026-11"


_role, _consent, _colleague = table_of(Role), table_of(Consent), table_of(Colleague)
_deputy = table_of(Deputy)
_ROLES = union_all(
    sa_select(_role.c.kind, _role.c.school_id, _role.c.county, _deputy.c.for_id)
    .outerjoin(_deputy, _deputy.c.id == _role.c.deputy_id)
    .where(_role.c.person_id == bindparam("person"), _role.c.ended_at.is_(None)),
    sa_select(literal_column("'colleague'"), null(), null(), null()).where(
        _colleague.c.person_id == bindparam("person"), _colleague.c.ended_at.is_(None)
    ),
)
_CONSENT = (
    sa_select(_consent.c.id)
    .where(
        _consent.c.person_id == bindparam("person"),
        _consent.c.version == bindparam("wanted"),
        _consent.c.withdrawn_at.is_(None),
    )
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person and what they may do at this moment."""

    person: Person
    schools: frozenset[int]
    counties: frozenset[str]
    is_teacher: bool
    is_programme: bool  # coordinator of all counties
    is_colleague: bool  # of a placement; what that opens is its surveys and nothing else
    own: frozenset[str | None]  # counties (None: all) the actor coordinates in their own right
    standing_in: Mapping[str | None, int]  # and those for somebody who is away
    consented: bool

    @property
    def id(self) -> int:
        """The person's id."""
        assert self.person.id is not None
        return self.person.id

    @property
    def is_coordinator(self) -> bool:
        """Coordinator of a county or of the programme."""
        return self.is_programme or bool(self.counties)

    @property
    def is_admitted(self) -> bool:
        """In a role somebody vetted (docs/decisions/0007); a colleague's code is no such check."""
        return self.is_coordinator or self.is_teacher or bool(self.schools)

    @property
    def has_role(self) -> bool:
        """Known to the programme in any role."""
        return self.is_admitted or self.is_colleague

    def stands_for(self, county: str) -> int | None:
        """The person the actor stands in for when deciding about a county; None when it is their own."""
        if county in self.own or None in self.own:
            return None
        return self.standing_in.get(county, self.standing_in.get(None))

    def coordinates(self, county: str) -> bool:
        """May decide about a county's orders."""
        return self.is_programme or county in self.counties


def actor_of(session: Session, person_id: int) -> Actor:
    """The actor behind a person's id."""
    session.flush()
    person = session.get_one(Person, person_id)
    connection = session.connection()
    roles = connection.execute(_ROLES, {"person": person_id}).all()
    consent = connection.execute(_CONSENT, {"person": person_id, "wanted": CONSENT_VERSION}).first()
    coordinator = [role for role in roles if role.kind == "coordinator"]
    return Actor(
        person=person,
        schools=frozenset(role.school_id for role in roles if role.kind == "school" and role.school_id),
        counties=frozenset(role.county for role in coordinator if role.county),
        is_teacher=any(role.kind == "teacher" for role in roles),
        is_programme=any(role.county is None for role in coordinator),
        is_colleague=any(role.kind == "colleague" for role in roles),
        own=frozenset(role.county for role in coordinator if role.for_id is None),
        standing_in={role.county: role.for_id for role in coordinator if role.for_id is not None},
        consented=consent is not None,
    )


def _found(row: Row | None) -> Row:
    if row is None:
        raise NotYours
    return row


def lock_need(session: Session, need_id: int) -> Need:
    """The need, locked: every change of an order or of anything under it holds this row first."""
    return _found(session.get(Need, need_id, with_for_update=True, populate_existing=True))


def access_need(session: Session, actor: Actor, need_id: int) -> Need:
    """A need of one of the actor's schools, or one the actor typed for a school (代填)."""
    need = lock_need(session, need_id)
    if need.school_id not in actor.schools and not _entered(session, actor, need):
        raise NotYours
    return need


def _entered(session: Session, actor: Actor, need: Need) -> bool:
    """A coordinator's draft for a school; after it was filed only if there was nobody of the school to file it."""
    theirs = need.entered_by == actor.id and (need.status == "draft" or need.filer_id == actor.id)
    return theirs and actor.coordinates(session.get_one(School, need.school_id).county)


def access_order(session: Session, actor: Actor, need_id: int) -> Need:
    """A need of one of the actor's schools or counties."""
    need = lock_need(session, need_id)
    if need.school_id not in actor.schools and not actor.coordinates(session.get_one(School, need.school_id).county):
        raise NotYours
    return need


def must_coordinate(session: Session, actor: Actor, need: Need) -> None:
    """NotYours unless the actor coordinates the county of the order's school."""
    if not actor.coordinates(session.get_one(School, need.school_id).county):
        raise NotYours


def access_proposal(session: Session, actor: Actor, proposal_id: int) -> tuple[Proposal, Need]:
    """A proposal for a school of a county the actor coordinates."""
    proposal = _found(session.get(Proposal, proposal_id))
    need = lock_need(session, proposal.need_id)
    session.refresh(proposal)
    must_coordinate(session, actor, need)
    return proposal, need


def access_offer_as_teacher(session: Session, actor: Actor, offer_id: int) -> tuple[Offer, Need]:
    """An offer made to the actor."""
    offer = _found(session.get(Offer, offer_id))
    need = lock_need(session, offer.need_id)
    session.refresh(offer)
    if session.get_one(Teacher, offer.teacher_id).person_id != actor.id or not actor.is_teacher:
        raise NotYours
    return offer, need


def access_offer_as_school(session: Session, actor: Actor, offer_id: int) -> tuple[Offer, Need]:
    """An offer for a need of one of the actor's schools."""
    offer = _found(session.get(Offer, offer_id))
    need = access_need(session, actor, offer.need_id)
    session.refresh(offer)
    return offer, need


def access_offer_as_coordinator(session: Session, actor: Actor, offer_id: int) -> tuple[Offer, Need]:
    """An offer for a school of a county the actor coordinates."""
    offer = _found(session.get(Offer, offer_id))
    need = lock_need(session, offer.need_id)
    session.refresh(offer)
    must_coordinate(session, actor, need)
    return offer, need


def access_question(session: Session, actor: Actor, question_id: int) -> tuple[Question, Offer, Need]:
    """A teacher's question to one of the actor's schools."""
    question = _found(session.get(Question, question_id))
    offer, need = access_offer_as_school(session, actor, question.offer_id)
    session.refresh(question)
    return question, offer, need


def access_unit_consent(session: Session, actor: Actor, consent_id: int) -> tuple[UnitConsent, Offer, Need]:
    """A consent that the actor was asked for as a unit's person."""
    consent = _found(session.get(UnitConsent, consent_id))
    offer = session.get_one(Offer, consent.offer_id)
    need = lock_need(session, offer.need_id)
    session.refresh(consent)
    session.refresh(offer)
    if consent.person_id != actor.id:
        raise NotYours
    return consent, offer, need


def access_placement(session: Session, actor: Actor, placement_id: int) -> tuple[Placement, Need, str]:
    """A placement, and what the actor is in it: its teacher, of its school, or a coordinator of the school's county."""
    placement = _found(session.get(Placement, placement_id))
    need = lock_need(session, placement.need_id)
    session.refresh(placement)
    return placement, need, _found(side_of(session, actor, placement, need))


def access_date_move(session: Session, actor: Actor, move_id: int) -> tuple[DateMove, Placement, Need, str]:
    """Other dates asked for in a placement, and what the actor is in that."""
    move = _found(session.get(DateMove, move_id))
    placement, need, side = access_placement(session, actor, move.placement_id)
    session.refresh(move)
    return move, placement, need, side


def side_of(session: Session, actor: Actor, placement: Placement, need: Need) -> str | None:
    """Teacher, school or coordinator. Whoever is of a side does not decide about it as a coordinator."""
    if session.get_one(Teacher, placement.teacher_id).person_id == actor.id and actor.is_teacher:
        return "teacher"
    if need.school_id in actor.schools or _entered(session, actor, need):
        return "school"
    return "coordinator" if actor.coordinates(session.get_one(School, need.school_id).county) else None


def access_survey(session: Session, actor: Actor, survey_id: int) -> Survey:
    """A survey that asks the actor."""
    survey = _found(session.get(Survey, survey_id, with_for_update=True, populate_existing=True))
    if survey.person_id != actor.id:
        raise NotYours
    return survey


def ask(actor_or_person: Actor | Person, question: str | None, about: int | None = None) -> None:
    """Remember what was asked, so that a free-text reply answers that question and no newer one."""
    person = actor_or_person.person if isinstance(actor_or_person, Actor) else actor_or_person
    if (person.asked, person.asked_id) != (question, about):
        person.asked, person.asked_id = question, about
