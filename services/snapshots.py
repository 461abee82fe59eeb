"""Rows as plain values for views: what the outbox stores. Codes and numbers, no wording; dates as ISO text."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from models import Attachment, DateMove, Need, Offer, Placement, Proposal, Question, School, Teacher, UnitConsent
from services import timing

MOST_QUESTIONS = 3  # of one offer
HOLDS_PLACE = ("open", "accepted", "confirmed")
RUNS = ("agreed", "active")  # a placement that is not over


def day(value: date | None) -> str | None:
    """A date as ISO text."""
    return value.isoformat() if value else None


def moment(value: datetime) -> str:
    """An instant as local ISO text to the minute."""
    return timing.local(value).strftime("%Y-%m-%dT%H:%M")


def need_values(session: Session, need: Need) -> dict[str, Any]:
    """A need with its school and how many of its places are taken."""
    school = session.get_one(School, need.school_id)
    return {
        "id": need.id,
        "school": school.name,
        "county": school.county,
        "status": need.status,
        "subjects": need.subjects,
        "stages": need.stages,
        "stage_assumed": bool(need.stages) and "stage" not in need.evidence,
        "grade": need.grade,
        "modes": need.modes,
        "headcount": need.headcount,
        "headcount_said": need.headcount_said,
        "start": day(need.start),
        "window": [day(need.window_from), day(need.window_until)] if need.window_from else None,
        "months": need.months,
        "topics": need.topics,
        "urgent": need.urgent,
        "text": need.text,
        "words": words(need),
        "confirmed": places(session, need, ("confirmed",)),
        "amends": need.amends_id,
        "ended_why": need.ended_why,
        "backed": backed(session, need),
    }


def backed(session: Session, need: Need) -> list[str]:
    """Which of 问卷, 访谈, 课堂观察 support a filed order."""
    if need.status == "draft":
        return []
    query = select(Attachment.backs).where(Attachment.need_id == need.id, col(Attachment.backs).is_not(None)).distinct()
    return sorted(each for each in session.exec(query) if each)


def words(need: Need) -> list[str]:
    """The words of the text an order was read from, in their order, overlapping spans joined."""
    spans = sorted((start, end) for found in need.evidence.values() for start, end in found)
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return [need.text[start:end] for start, end in joined]


def question_values(session: Session, proposal: Proposal) -> dict[str, Any]:
    """A coordinator's question as the school sees it."""
    need = session.get_one(Need, proposal.need_id)
    ask = {"id": proposal.id, "status": proposal.status, "question": proposal.question, "again": False}
    return {"need": need_values(session, need), **ask}


def places(session: Session, need: Need, states: tuple[str, ...] = HOLDS_PLACE) -> int:
    """How many places of a need have an offer in one of `states`."""
    if need.status == "draft":
        return 0  # nothing is offered before it is filed
    query = select(Offer.id).where(Offer.need_id == need.id, col(Offer.status).in_(states))
    return len(session.exec(query).all())


def teacher_values(teacher: Teacher) -> dict[str, Any]:
    """A supporting teacher as coordinators and schools see them: no contact details."""
    return {
        "id": teacher.id,
        "name": teacher.name,
        "unit": teacher.unit,
        "subjects": teacher.subjects,
        "stages": teacher.stages,
        "modes": teacher.modes,
        "topics": teacher.topics,
        "title": teacher.title,
        "years": teacher.years,
        "bio": teacher.bio,
        "from": day(teacher.available_from),
        "until": day(teacher.available_until),
        "capacity": teacher.capacity,
        "city": teacher.origin_city,
        "regions": teacher.regions,
        "not_regions": teacher.not_regions,
        "max_altitude": teacher.max_altitude,
        "min_months": teacher.min_months,
        "max_months": teacher.max_months,
        "contact_hours": teacher.contact_hours,
        "status": teacher.status,
    }


def _as_offered(session: Session, offer: Offer) -> dict[str, Any]:
    """The need of an offer, with the form of help that was agreed on where it differs (services/relaxing.py)."""
    values = need_values(session, session.get_one(Need, offer.need_id))
    given = next((change["given"] for change in offer.relaxed if change["limit"] == "form"), None)
    return {**values, "modes": given} if given else values


def offer_values(session: Session, offer: Offer) -> dict[str, Any]:
    """An offer with its need and teacher, and what differs from what the school asked for."""
    need = session.get_one(Need, offer.need_id)
    placement = session.exec(select(Placement).where(Placement.offer_id == offer.id)).first()
    start, end = (placement.start, placement.end) if placement else (offer.start, offer.end)
    moved = (start, end) != (offer.start, offer.end)
    return {
        "id": offer.id,
        "status": offer.status,
        "start": day(start),
        "end": day(end),
        "was": [day(offer.old_start), day(offer.old_end)] if offer.old_start and not moved else None,
        "deadline": moment(offer.deadline),
        "reason": offer.reason,
        "relaxed": offer.relaxed,
        "extended": offer.extended,
        **_questions(session, offer),
        "unit": session.exec(select(UnitConsent.status).where(UnitConsent.offer_id == offer.id)).first(),
        "may_leave": placement.status in RUNS if placement else offer.status == "accepted",
        "placement": placement.id if placement and placement.status in RUNS else None,
        "altitude": session.get_one(School, need.school_id).altitude,
        "conditions": session.get_one(School, need.school_id).conditions,
        "changed": _changed_since(session, offer),
        "need": _as_offered(session, offer),
        "teacher": teacher_values(session.get_one(Teacher, offer.teacher_id)),
    }


def _questions(session: Session, offer: Offer) -> dict[str, Any]:
    """The last question to the school, and whether the teacher may ask one more."""
    query = select(Question).where(Question.offer_id == offer.id).order_by(col(Question.id))
    asked = list(session.exec(query))
    last = {"status": asked[-1].status, "text": asked[-1].text, "answer": asked[-1].answer} if asked else None
    waits = last is not None and last["status"] == "open"
    return {"question": last, "may_ask": offer.status == "open" and not waits and len(asked) < MOST_QUESTIONS}


def _changed_since(session: Session, offer: Offer) -> list[dict[str, Any]]:
    """What the school changed after this teacher was first asked."""
    need = session.get_one(Need, offer.need_id)
    return need.changed if need.changed_at is not None and need.changed_at > offer.created_at else []


def placement_values(session: Session, placement: Placement) -> dict[str, Any]:
    """A placement with its need and teacher."""
    return {
        "id": placement.id,
        "offer": placement.offer_id,
        "status": placement.status,
        "start": day(placement.start),
        "end": day(placement.end),
        "need": _as_offered(session, session.get_one(Offer, placement.offer_id)),
        "teacher": teacher_values(session.get_one(Teacher, placement.teacher_id)),
    }


def date_move_values(move: DateMove) -> dict[str, Any]:
    """The dates one side of a placement asks for, whose they are, and until when the other side is waited for."""
    return {
        "id": move.id,
        "side": move.side,
        "start": day(move.start),
        "end": day(move.end),
        "until": moment(move.deadline),
        "raised": move.raised_at is not None,
    }
