"""The coordinator's decision on a proposal: 批准, 退回, 驳回. The first wins; the others' cards say whose it was.

批准 offers the place to the marked candidate. A near one does not fit in everything: what would differ is shown first, and
the offer is made only after 同意放宽. The school confirms in any case and sees the change; who doubts asks it first, by 退回.
"""

from datetime import datetime
from typing import Any

from sqlmodel import Session, select

import matching
from models import Need, Offer, Proposal, School, Teacher
from services import audit, needs, offers, people, pool, proposals, relaxing, timing, waiting
from services.actor import Actor, access_proposal, actor_of, ask, lock_need
from services.clean import number
from services.errors import NotYours
from services.post import Toast, account_of, tell, tell_all, update
from services.proposals import card, card_name, decided, deciders, question_card, spread, stale
from services.snapshots import need_values, places, question_values, teacher_values
from services.terms import name_of

ASK_EVIDENCE = "ready:evidence"  # a ready question; worded by `question-evidence` in the reader's language
DECLINE_REASONS = ("duplicate", "not-here", "no-teacher", "unsaid")


def approve(session: Session, actor: Actor, now: datetime, proposal_id: int) -> Toast | None:
    """批准: offer the place to the marked candidate; for a near one say first what differs, and ask once."""
    proposal, need = access_proposal(session, actor, proposal_id)
    if proposal.status not in ("open", "returned") or not proposal.candidates:
        return stale(session, actor, proposal)
    candidate = proposal.candidates[proposal.marked]
    teacher = session.get_one(Teacher, candidate["teacher"])
    if not relaxing.changes(need, teacher, candidate["relax"], timing.today(now)):
        return offer_place(session, actor, now, proposal, need, [])
    values = _relax_values(session, proposal, need, candidate["relax"], teacher, now)
    update(session, actor.id, "relax-ask", values, card=card_name(proposal))
    return None


def _relax_values(
    session: Session, proposal: Proposal, need: Need, limits: list[str], teacher: Teacher, now: datetime
) -> dict[str, Any]:
    """What the screen names: the teacher, what would differ, and the forms to choose from."""
    changes = relaxing.changes(need, teacher, limits, timing.today(now))
    by_form = any(change["limit"] == "form" for change in changes)
    return {
        "id": proposal.id,
        "status": proposal.status,
        "need": need_values(session, need),
        "teacher": teacher_values(teacher),
        "changes": changes,
        "forms": relaxing.forms_to_choose(need, teacher) if by_form else [],
    }


def relax(session: Session, actor: Actor, now: datetime, proposal_id: int, choice: str) -> Toast | None:
    """同意放宽并发出 (`<teacher>`, `<teacher>.<form>`): the offer names what differs, and so does the school's card."""
    proposal, need = access_proposal(session, actor, proposal_id)
    chosen, _, form = choice.partition(".")
    teacher_id = number(chosen, below=2**63)
    if teacher_id is None:
        raise NotYours
    if proposal.status not in ("open", "returned") or not proposal.candidates:
        return stale(session, actor, proposal)
    candidate = proposal.candidates[proposal.marked]
    if candidate["teacher"] != teacher_id or not candidate["relax"]:
        return stale(session, actor, proposal)  # the mark has moved since
    teacher = session.get_one(Teacher, teacher_id)
    named = name_of("form", form) if form else None
    if named is not None and named not in teacher.modes:
        return stale(session, actor, proposal)
    agreed = relaxing.changes(need, teacher, candidate["relax"], timing.today(now), named)
    return offer_place(session, actor, now, proposal, need, agreed)


def offer_place(
    session: Session,
    actor: Actor,
    now: datetime,
    proposal: Proposal,
    need: Need,
    relaxed: list[dict[str, Any]],
    why: str = "",
) -> Toast:
    """The marked candidate gets the offer, if they can still take it; `why` names the rule where one was followed."""
    teacher = session.get_one(Teacher, proposal.candidates[proposal.marked]["teacher"], with_for_update=True)
    if not _can_take(session, teacher, need):
        proposals.rank_anew(session, proposal, need, now)
        spread(session, proposal)
        return Toast("teacher-taken")
    if need.status == "returned":
        audit.move(session, need, "open", actor, now)
    decided(session, proposal, "approved", actor, now, why=why or relaxing.told(relaxed))
    offers.make(session, proposal, need, teacher, actor, now, relaxed)
    spread(session, proposal)
    proposals.propose(session, need, now)
    return Toast("approved")


def _can_take(session: Session, teacher: Teacher, need: Need) -> bool:
    tried = session.exec(select(Offer.id).where(Offer.need_id == need.id, Offer.teacher_id == teacher.id)).first()
    free = pool.loads(session).get(teacher.id or 0, 0) < teacher.capacity
    reachable = teacher.person_id is not None and account_of(session, teacher.person_id) is not None
    return tried is None and free and reachable and teacher.status == "active"


def ask_back(session: Session, actor: Actor, now: datetime, proposal_id: int) -> Toast | None:
    """退回: the coordinator types one question for the school."""
    proposal, _ = access_proposal(session, actor, proposal_id)
    if proposal.status != "open":
        return stale(session, actor, proposal)
    ask(actor, "return-question", proposal.id)
    update(session, actor.id, "return-ask", {"id": proposal.id}, card=card_name(proposal))
    return None


def ask_evidence(session: Session, actor: Actor, now: datetime, proposal_id: int) -> Toast | None:
    """请补充依据: 退回 with a ready question."""
    proposal, _ = access_proposal(session, actor, proposal_id)
    if proposal.status != "open":
        return stale(session, actor, proposal)
    hear_question(session, actor, now, proposal_id, ASK_EVIDENCE)
    return Toast("done")


def hear_question(session: Session, actor: Actor, now: datetime, proposal_id: int, text: str) -> None:
    """The typed question goes to the school; the order waits for the answer."""
    proposal, need = access_proposal(session, actor, proposal_id)
    ask(actor, None)
    if proposal.status != "open":
        tell(session, actor.id, "proposal", card(session, proposal), card=card_name(proposal))
        return
    proposal.question, proposal.answer = text[:1000], None
    behalf = proposals.behalf(actor.stands_for(session.get_one(School, need.school_id).county))
    audit.move(session, proposal, "returned", actor, now, why="question", details=behalf)
    audit.move(session, need, "returned", actor, now, why="question", details=behalf)
    waiting.for_answer(session, proposal, need, now)
    session.flush()
    school_person = actor_of(session, people.speaker(session, need)).person
    ask(school_person, "return-answer", proposal.id)
    tell(session, school_person.id or 0, "returned", question_values(session, proposal), card=question_card(proposal))
    tell(session, actor.id, "proposal", card(session, proposal), card=card_name(proposal))
    spread(session, proposal, but=actor.id)


def answer_ask(session: Session, actor: Actor, now: datetime, proposal_id: int) -> Toast | None:
    """回答 by the school: the next sentence is the answer, whatever else was asked meanwhile."""
    proposal = session.get(Proposal, proposal_id)
    if proposal is None or session.get_one(Need, proposal.need_id).school_id not in actor.schools:
        raise NotYours
    if proposal.status != "returned":
        update(session, actor.id, "returned", question_values(session, proposal), card=question_card(proposal))
        return Toast("stale")
    ask(actor, "return-answer", proposal.id)
    return Toast("write-answer")


def hear_answer(session: Session, actor: Actor, now: datetime, proposal_id: int, text: str) -> None:
    """The school's answer returns to the same card; what it says about the order is taken over where it was missing."""
    proposal = session.get_one(Proposal, proposal_id)
    need = lock_need(session, proposal.need_id)
    session.refresh(proposal)
    ask(actor, None)
    if need.school_id not in actor.schools or proposal.status != "returned":
        needs.hear(session, actor, now, text)
        return
    answered(session, actor, now, proposal, need, text)
    tell(session, actor.id, "answer-passed-on", {"need": need_values(session, need)})


def answered(session: Session, actor: Actor, now: datetime, proposal: Proposal, need: Need, text: str | None) -> None:
    """The order waits for a decision again; without words, evidence was the answer."""
    proposal.answer = text[:4096] if text else None
    missing = [field for field in needs.FIELDS if not _said(need, field)]
    taken = needs.merge(need, matching.read_reply(text or "", today=timing.today(now)), only=missing, spans=False)
    audit.move(session, proposal, "open", actor, now, why="answered")
    audit.move(session, need, "open", actor, now, why="answered")
    waiting.for_decision(session, proposal, need, now)
    session.flush()
    if taken:
        proposals.rank_anew(session, proposal, need, now)
    update(session, actor.id, "returned", question_values(session, proposal), card=question_card(proposal))
    tell(session, actor.id, "answer-passed-on", {"need": need_values(session, need)})
    values = card(session, proposal)
    tell_all(session, deciders(session, need), "proposal", values, card=card_name(proposal))


def _said(need: Need, field: str) -> bool:
    match field:
        case "what":
            return bool(need.subjects)
        case "form":
            return bool(need.modes)
        case "when":
            return bool(need.start or need.months)
        case "stage":
            return bool(need.stages)
        case "headcount":
            return need.headcount_said
        case _:
            return bool(need.topics)


def decline_ask(session: Session, actor: Actor, now: datetime, proposal_id: int) -> Toast | None:
    """驳回: which reason."""
    proposal, _ = access_proposal(session, actor, proposal_id)
    if proposal.status not in ("open", "returned"):
        return stale(session, actor, proposal)
    update(session, actor.id, "decline-ask", {"id": proposal.id}, card=card_name(proposal))
    return None


def decline(session: Session, actor: Actor, now: datetime, proposal_id: int, reason: str) -> Toast | None:
    """驳回 with a tapped reason: the order ends, the school is told why."""
    proposal, need = access_proposal(session, actor, proposal_id)
    if reason not in DECLINE_REASONS:
        raise NotYours
    if proposal.status not in ("open", "returned"):
        return stale(session, actor, proposal)
    decided(session, proposal, "declined", actor, now, why=reason)
    taken, asked = places(session, need), need.headcount
    if taken == 0:
        need.closed_at = now
        audit.move(session, need, "declined", actor, now, why=reason)
    else:
        _close_rest(session, need, taken, actor, now, reason)
    session.flush()
    spread(session, proposal)
    values = {"need": need_values(session, need), "reason": reason, "rest": asked - taken if taken else 0}
    tell(session, people.speaker(session, need), "need-declined", values)
    return Toast("declined")


def _close_rest(session: Session, need: Need, taken: int, actor: Actor, now: datetime, reason: str) -> None:
    """Some places are taken, the others are not looked for any more: the order is for as many as there are."""
    details = {"field": "headcount", "before": str(need.headcount), "after": str(taken)}
    need.headcount, need.headcount_said = taken, True
    to = "filled" if places(session, need, ("confirmed",)) >= taken else "open"
    audit.move(session, need, to, actor, now, why=f"rest closed: {reason}", details=details)
