"""Candidates for a place, on the coordinators' cards until one of them decides (services/decisions.py)."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

import matching
from matching import Candidate
from models import Need, Offer, Proposal, School, Teacher
from services import audit, needs, people, pool, timing, waiting
from services.actor import Actor, access_proposal, actor_of, ask, lock_need
from services.clean import number
from services.errors import NotYours
from services.post import Toast, holders, tell, tell_all, update
from services.snapshots import need_values, places, teacher_values

KEPT = 9  # candidates stored with a proposal
SHOWN = 3
LOOK_AGAIN = 50  # orders looked at again when somebody joins, the oldest first


def propose(session: Session, need: Need, now: datetime) -> Proposal | None:
    """The next proposal of a need that still has a free place and none waiting; otherwise nothing."""
    need_id = need.id
    assert need_id is not None
    need = lock_need(session, need_id)
    if need.status != "open" or pending(session, need_id) or places(session, need) >= need.headcount:
        return None
    proposal = Proposal(need_id=need_id, created_at=now)
    rank_anew(session, proposal, need, now)
    audit.begin(session, proposal, None, now)
    waiting.for_decision(session, proposal, need, now)
    school = session.get_one(School, need.school_id)
    deciders, without_own = people.coordinators_of(session, school.county)
    values = card(session, proposal, no_coordinator=without_own)
    if not tell_all(session, deciders, "proposal", values, card=card_name(proposal)):
        tell(session, people.speaker(session, need), "no-coordinator", {"county": school.county})
    return proposal


def rank_anew(session: Session, proposal: Proposal, need: Need, now: datetime) -> None:
    """Rank the pool for `need` and keep the result with its parts: stored, never reconstructed."""
    own = people.people_of_school(
        session, need.school_id
    )  # nobody is sent to their own school, or would rate themselves
    refused = {
        *session.exec(select(Offer.teacher_id).where(Offer.need_id == need.id)),
        *session.exec(select(Teacher.id).where(col(Teacher.person_id).in_(own))),
    }
    fields, site = needs.fields_of(need), pool.site_of(session, need)
    with pool.current(session) as teachers:
        ranking = matching.rank(
            fields,
            teachers,
            today=timing.today(now),
            top=KEPT,
            site=site,
            refused={str(key) for key in refused},
        )
    proposal.candidates = [_stored(candidate) for candidate in ranking.candidates]
    proposal.excluded, proposal.full_match = dict(ranking.excluded), ranking.full_match
    unreachable = session.exec(
        select(func.count()).where(Teacher.status == "active", col(Teacher.person_id).is_(None))
    ).one()
    if unreachable:
        proposal.excluded = {**proposal.excluded, "no-account": unreachable}
    proposal.marked = 0


def _stored(candidate: Candidate) -> dict[str, Any]:
    return {
        "teacher": int(candidate.teacher_id),
        "score": candidate.score,
        "tier": candidate.tier,
        "relax": list(candidate.relax),
        "parts": [[part.name, part.level, part.points, dict(part.values)] for part in candidate.parts],
    }


def card(
    session: Session,
    proposal: Proposal,
    *,
    no_coordinator: bool = False,
    opened: bool = False,
    reasons: bool = False,
    waited: int | None = None,
) -> dict[str, Any]:
    """A proposal as its card shows it: the need, the page of candidates with the marked one, who decided."""
    first = proposal.marked // SHOWN * SHOWN
    shown = [
        {**candidate, "teacher": teacher_values(session.get_one(Teacher, candidate["teacher"]))}
        for candidate in proposal.candidates[first : first + SHOWN]
    ]
    need = session.get_one(Need, proposal.need_id)
    decider, principal = (
        actor_of(session, person).person.name if person else None
        for person in (proposal.decided_by, proposal.decided_for)
    )
    return {
        "id": proposal.id,
        "status": proposal.status,
        "need": need_values(session, need),
        "taken": places(session, need),
        "candidates": shown,
        "first": first,
        "total": len(proposal.candidates),
        "marked": proposal.marked,
        "opened": opened,
        "excluded": proposal.excluded,
        "full_match": proposal.full_match,
        "question": proposal.question,
        "answer": proposal.answer,
        "relaxed": session.exec(select(Offer.relaxed).where(Offer.proposal_id == proposal.id)).first() or [],
        "changed": need.changed if proposal.status in ("open", "returned") else [],
        "decider": decider,
        "decided_for": principal,
        "no_coordinator": no_coordinator,
        "reasons": reasons or first > 0,
        "waited": waited,
        "escalated": proposal.escalated_at is not None,
        "unanswered": proposal.unanswered_at is not None,
    }


def mark(session: Session, actor: Actor, now: datetime, proposal_id: int, index: str) -> Toast | None:
    """①②③: mark a candidate and show the parts of the score; 批准 acts on the marked one."""
    proposal, _ = access_proposal(session, actor, proposal_id)
    if proposal.status != "open":
        return stale(session, actor, proposal)
    marked = number(index, below=len(proposal.candidates))
    if marked is None:
        raise NotYours
    proposal.marked = marked
    session.add(proposal)
    session.flush()
    update(session, actor.id, "proposal", card(session, proposal, opened=True), card=card_name(proposal))
    return None


def more(session: Session, actor: Actor, now: datetime, proposal_id: int) -> Toast | None:
    """更多: the next three candidates and why others are not among them, then from the beginning."""
    proposal, _ = access_proposal(session, actor, proposal_id)
    if proposal.status != "open":
        return stale(session, actor, proposal)
    following = (proposal.marked // SHOWN + 1) * SHOWN
    proposal.marked = following if following < len(proposal.candidates) else 0
    session.add(proposal)
    session.flush()
    single = len(proposal.candidates) <= SHOWN
    update(session, actor.id, "proposal", card(session, proposal, reasons=single), card=card_name(proposal))
    return Toast("no-more") if single else None


def show(session: Session, actor: Actor, now: datetime, proposal_id: int) -> Toast | None:
    """返回 and the lines of /queue: the card as it stands."""
    proposal, _ = access_proposal(session, actor, proposal_id)
    if actor.person.asked == "return-question" and actor.person.asked_id == proposal.id:
        ask(actor, None)
    update(session, actor.id, "proposal", card(session, proposal), card=card_name(proposal))
    return None


def open_card(session: Session, actor: Actor, now: datetime, proposal_id: int) -> Toast | None:
    """A line of /queue: send the card anew, at the end of the chat."""
    proposal, _ = access_proposal(session, actor, proposal_id)
    tell(session, actor.id, "proposal", card(session, proposal), card=card_name(proposal))
    return None


def look_again(session: Session, teacher_id: int, sequence: int, now: datetime) -> None:
    """Somebody joined the pool: orders for which nobody fitted are ranked anew, and who decides gets the card again."""
    waiting = select(Proposal.id, Proposal.need_id).where(
        Proposal.status == "open", col(Proposal.full_match).is_(False)
    )
    for proposal_id, need_id in session.exec(waiting.order_by(col(Proposal.need_id)).limit(LOOK_AGAIN)).all():
        need = lock_need(session, need_id)
        proposal = session.get_one(Proposal, proposal_id, populate_existing=True)
        had = [candidate["teacher"] for candidate in proposal.candidates]
        if proposal.status != "open":
            continue
        rank_anew(session, proposal, need, now)
        if teacher_id in {each["teacher"] for each in proposal.candidates} and (not had or proposal.full_match):
            session.flush()
            tell_all(session, deciders(session, need), "proposal", card(session, proposal), card=card_name(proposal))


def withdraw(session: Session, need: Need, actor: Actor | None, now: datetime, why: str) -> bool:
    """What waits for a decision about `need` waits no more, and the cards say so. False if nothing waited."""
    found = pending(session, need.id or 0)
    if found is None:
        return False
    decided(session, found, "withdrawn", actor, now, why=why)
    spread(session, found)
    return True


def decided(session: Session, proposal: Proposal, to: str, actor: Actor | None, now: datetime, why: str = "") -> None:
    """Nobody waits for a decision any more: who made it, and when."""
    proposal.decided_by, proposal.decided_at = actor.id if actor else None, now
    need = session.get_one(Need, proposal.need_id)
    proposal.decided_for = actor.stands_for(session.get_one(School, need.school_id).county) if actor else None
    audit.move(session, proposal, to, actor, now, why=why, details=behalf(proposal.decided_for))
    waiting.over(session, proposal, now)
    session.flush()


def behalf(principal: int | None) -> dict[str, str]:
    """For the audit: for whom a deputy decided."""
    return {} if principal is None else {"for": str(principal)}


def pending(session: Session, need_id: int) -> Proposal | None:
    """The proposal of a need about which somebody has to decide."""
    query = select(Proposal).where(Proposal.need_id == need_id, col(Proposal.status).in_(("open", "returned")))
    return session.exec(query).first()


def deciders(session: Session, need: Need) -> list[int]:
    """The coordinators who get the cards of an order."""
    return people.coordinators_of(session, session.get_one(School, need.school_id).county)[0]


def spread(session: Session, proposal: Proposal, but: int | None = None) -> None:
    """Every card of it shows how it stands now, also those the programme's coordinators got when nobody decided."""
    values = card(session, proposal)
    need = session.get_one(Need, proposal.need_id)
    county = session.get_one(School, need.school_id).county
    for person in sorted({*deciders(session, need), *holders(session, card_name(proposal))}):
        if person != but and actor_of(session, person).coordinates(county):  # a deputy's time may be over
            update(session, person, "proposal", values, card=card_name(proposal))


def stale(session: Session, actor: Actor, proposal: Proposal) -> Toast:
    """An old or second tap: the card as it stands."""
    update(session, actor.id, "proposal", card(session, proposal), card=card_name(proposal))
    return Toast("stale")


def card_name(proposal: Proposal) -> str:
    """The card that shows a proposal."""
    return f"proposal:{proposal.id}"


def question_card(proposal: Proposal) -> str:
    """The school's card of a coordinator's question."""
    return f"question:{proposal.id}"
