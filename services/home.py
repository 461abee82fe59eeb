"""The home screen, /mine, /queue and /help: where everybody sees what is theirs, what happens next, and by whom."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

import matching
from models import Introduction, Need, Offer, Placement, Proposal, Question, School, Survey, Teacher
from services import (
    bulk,
    callbacks,
    colleagues,
    date_watch,
    deputies,
    introductions,
    placement_cards,
    proposals,
    results,
    surveys,
    timing,
    unconfirmed,
    unit_consents,
)
from services.actor import Actor, actor_of, ask
from services.errors import Refused
from services.post import Toast, tell
from services.snapshots import RUNS, moment, need_values, offer_values, placement_values

SHOWN = 4  # of a kind in /mine
QUEUE_SHOWN = 8


def show(session: Session, actor: Actor) -> None:
    """The home screen with the buttons of the person's roles."""
    school = session.get(School, min(actor.schools)) if actor.schools else None
    values = {
        "name": actor.person.name,
        "school": school.name if school else None,
        "is_school": bool(actor.schools),
        "is_teacher": actor.is_teacher,
        "is_coordinator": actor.is_coordinator,
        "colleague_of": colleagues.mine(session, actor.id) if actor.is_colleague else [],
    }
    tell(session, actor.id, "home", values, card="home")


def show_or_introduce(session: Session, actor: Actor) -> None:
    """Home for whoever has a role, otherwise the question who this is."""
    if actor.has_role:
        show(session, actor)
    else:
        introductions.begin(session, actor)


def after_joining(session: Session, actor: Actor, now: datetime) -> None:
    """A newcomer was confirmed: home, and what they had said before is taken up."""
    tell(session, actor.id, "joined")
    take_up(session, actor, now)


def take_up(session: Session, actor: Actor, now: datetime) -> None:
    """Now that the person may be heard: the order they had typed before, or else the home screen."""
    from services import needs

    kept, actor.person.kept_text = actor.person.kept_text, None
    if kept and actor.schools and matching.read(kept, today=timing.today(now)).kind == "need":
        needs.hear(session, actor, now, kept)
    else:
        show(session, actor)


def go(session: Session, actor: Actor, now: datetime) -> Toast | None:
    """主页 by button; of a unit's person the home is what they are asked to sign."""
    ask(actor, None)
    if actor.has_role or not unit_consents.greet(session, actor):
        show(session, actor)
    return None


def help_(session: Session, actor: Actor, now: datetime) -> Toast | None:
    """/help for the person's roles."""
    tell(
        session,
        actor.id,
        "help",
        {
            "is_school": bool(actor.schools),
            "is_teacher": actor.is_teacher,
            "is_coordinator": actor.is_coordinator,
            "is_colleague": actor.is_colleague,
        },
    )
    return None


def mine(session: Session, actor: Actor, now: datetime) -> Toast | None:
    """/mine: orders, placements and open questions of this person, newest first."""
    values: dict[str, Any] = {"needs": [], "offers": [], "placements": [], "surveys": [], "more": False}
    values["orders"] = False
    if actor.schools:
        query = (
            select(Need)
            .where(col(Need.school_id).in_(actor.schools), Need.status != "cancelled")
            .order_by(col(Need.id).desc())
            .limit(SHOWN + 1)
        )
        found = list(session.exec(query))
        values["more"] = len(found) > SHOWN
        values["needs"] = [progress(session, need) for need in found[:SHOWN]]
        values["orders"] = any(need.status in ("open", "returned", "filled") for need in found)
    if actor.is_teacher:
        values |= _as_teacher(session, actor)
    values["moves"] = [
        {**placement_cards.values(session, placement), "side": side}
        for placement, side in date_watch.of_person(session, actor)
    ]
    open_surveys = select(Survey).where(Survey.person_id == actor.id, Survey.status == "open").order_by(col(Survey.id))
    values["surveys"] = [surveys.values(session, survey) for survey in session.exec(open_surveys.limit(1))]
    values["colleague_of"] = colleagues.mine(session, actor.id) if actor.is_colleague else []
    values["coordinator"] = _counts(session, actor) if actor.is_coordinator else None
    values["deputies"] = deputies.named(session, actor.id)
    values["is_teacher"], values["is_school"] = actor.is_teacher, bool(actor.schools)
    tell(session, actor.id, "mine", values, card="mine")
    return None


def _as_teacher(session: Session, actor: Actor) -> dict[str, Any]:
    ids = session.exec(select(Teacher.id).where(Teacher.person_id == actor.id)).all()
    offers = (
        select(Offer)
        .where(col(Offer.teacher_id).in_(ids), col(Offer.status).in_(("open", "accepted")))
        .order_by(col(Offer.id).desc())
        .limit(SHOWN)
    )
    placements = (
        select(Placement).where(col(Placement.teacher_id).in_(ids)).order_by(col(Placement.id).desc()).limit(SHOWN)
    )
    return {
        "offers": [offer_values(session, offer) for offer in session.exec(offers)],
        "placements": [placement_values(session, placement) for placement in session.exec(placements)],
    }


def progress(session: Session, need: Need) -> dict[str, Any]:
    """A need with how far it has come: the step that runs now, who has to act, until when."""
    offer = session.exec(select(Offer).where(Offer.need_id == need.id).order_by(col(Offer.id).desc())).first()
    placement = session.exec(
        select(Placement)
        .where(Placement.need_id == need.id, Placement.status != "cancelled")
        .order_by(col(Placement.id).desc())
    ).first()
    step, until, teacher = "approve", None, None
    waiting = session.exec(
        select(Proposal).where(Proposal.need_id == need.id, col(Proposal.status).in_(("open", "returned")))
    ).first()
    if need.status in ("draft", "returned", "declined", "closed"):
        step = need.status
    elif placement is not None:
        step = {"agreed": "agreed", "active": "active", "ended": "survey"}.get(placement.status, "closed")
        until = (placement.start if step == "agreed" else placement.end).isoformat()
    elif offer is not None and offer.status == "open":
        step, until = "offer", moment(offer.deadline)
    elif offer is not None and offer.status == "accepted":
        step = "unit" if unit_consents.waits(session, offer) else "confirm"
    if offer is not None and offer.status in ("open", "accepted", "confirmed"):
        teacher = session.get_one(Teacher, offer.teacher_id).name
    return {
        **need_values(session, need),
        "step": step,
        "until": until,
        "teacher": teacher,
        "asked": _open_question(session, need),
        "owner": _owner(session, need, waiting),
        "question": waiting.id if waiting is not None and waiting.status == "returned" else None,
        "offer": offer.id if offer is not None and offer.status == "accepted" else None,
        "helped": _is_helped(session, need),
    }


def _is_helped(session: Session, need: Need) -> bool:
    """Whether somebody helps, or will."""
    query = select(Placement.id).where(Placement.need_id == need.id, col(Placement.status).in_(RUNS))
    return session.exec(query).first() is not None


def _open_question(session: Session, need: Need) -> int | None:
    """What a teacher asked about this order and the school has yet to answer."""
    query = select(Question.id).join(Offer, col(Offer.id) == Question.offer_id)
    return session.exec(query.where(Offer.need_id == need.id, Question.status == "open")).first()


def _owner(session: Session, need: Need, waiting: Proposal | None) -> str | None:
    """Who has to decide: a coordinator's name; None where the programme level has it, or it waits for nobody's decision."""
    if waiting is None or waiting.escalated_at is not None:
        return None
    deciders = proposals.deciders(session, need)
    return actor_of(session, deciders[0]).person.name if deciders else None


def queue(session: Session, actor: Actor, now: datetime) -> Toast | None:
    """/queue: what waits for this coordinator, oldest first."""
    if not actor.is_coordinator:
        raise Refused("coordinators-only")
    items: list[dict[str, Any]] = []
    for proposal, need, school in session.exec(_waiting(actor)):
        items.append(
            {
                "kind": "proposal",
                "id": proposal.id,
                "need": need_values(session, need),
                "school": school.name,
                "state": _state(proposal),
                "days": (now - proposal.created_at).days,
                "at": proposal.created_at.isoformat(),
            }
        )
    for intro in session.exec(select(Introduction).where(Introduction.status == "open")):
        values = introductions.values(session, intro)
        if actor.is_programme or values["county"] in actor.counties:
            age = (now - intro.created_at).days
            items.append({"kind": "intro", **values, "days": age, "at": intro.created_at.isoformat()})
    for offer, school in session.exec(_unconfirmed(actor, now)):
        teacher = session.get_one(Teacher, offer.teacher_id)
        since = offer.answered_at or offer.created_at
        late = {"id": offer.id, "name": teacher.name, "school": school.name, "days": (now - since).days}
        items.append({"kind": "late", **late, "at": since.isoformat()})
    items += callbacks.queued(session, actor, now) + date_watch.queued(session, actor, now)
    for placement in results.to_close(session, actor):
        need = session.get_one(Need, placement.need_id)
        result = {"kind": "result", "id": placement.id, "need": need_values(session, need)}
        ended = timing.at(placement.end, 0)
        items.append({**result, "days": (now - ended).days, "at": ended.isoformat()})
    items.sort(key=lambda item: (not (actor.is_programme and item.get("state") == "escalated"), item["at"]))
    values = {"items": items[:QUEUE_SHOWN], "total": len(items), "is_programme": actor.is_programme}
    values["clear"] = len(bulk.clear_of(session, actor))
    tell(session, actor.id, "queue", values, card="queue")
    return None


def _state(proposal: Proposal) -> str | None:
    """What a line of /queue says beside how long it waits."""
    if proposal.escalated_at is not None:
        return "escalated"
    if proposal.status == "returned":
        return "unanswered" if proposal.unanswered_at else "returned"
    return None


def _waiting(actor: Actor) -> Any:
    query = (
        select(Proposal, Need, School)
        .join(Need, col(Need.id) == Proposal.need_id)
        .join(School, col(School.id) == Need.school_id)
        .where(col(Proposal.status).in_(("open", "returned")))
        .order_by(col(Proposal.created_at), col(Proposal.id))
    )
    return query if actor.is_programme else query.where(col(School.county).in_(actor.counties))


def _unconfirmed(actor: Actor, now: datetime) -> Any:
    """Teachers who said yes and wait for the school longer than its reminders took."""
    since = now - timedelta(days=unconfirmed.LATE_DAYS[0])
    query = (
        select(Offer, School)
        .join(Need, col(Need.id) == Offer.need_id)
        .join(School, col(School.id) == Need.school_id)
        .where(Offer.status == "accepted", col(Offer.answered_at) <= since)
    )
    return query if actor.is_programme else query.where(col(School.county).in_(actor.counties))


def _counts(session: Session, actor: Actor) -> dict[str, int]:
    waiting = list(session.exec(_waiting(actor)))
    return {
        "open": sum(proposal.status == "open" for proposal, _, _ in waiting),
        "returned": sum(proposal.status == "returned" for proposal, _, _ in waiting),
        "results": len(results.to_close(session, actor)),
    }
