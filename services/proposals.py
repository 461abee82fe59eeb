"""Candidates for a place, and the coordinator's decision. The first decision wins; the others' cards say whose it was."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, func, select

import matching
from matching import Candidate, Pool, TeacherFields
from models import Account, Card, Need, Offer, Placement, Proposal, School, Teacher
from services import audit, needs, offers, people, timing
from services.actor import Actor, access_proposal, actor_of, ask, lock_need
from services.clean import number
from services.errors import NotYours
from services.post import Toast, account_of, tell, tell_all, update
from services.snapshots import HOLDS_PLACE, need_values, places, teacher_values

KEPT = 9  # candidates stored with a proposal
SHOWN = 3
IDLE_DAYS = 3
LOOK_AGAIN = 50  # orders looked at again when somebody joins, the oldest first
DECLINE_REASONS = ("duplicate", "not-here", "no-teacher", "unsaid")


def propose(session: Session, need: Need, now: datetime) -> Proposal | None:
    """The next proposal of a need that still has a free place and none waiting; otherwise nothing."""
    need_id = need.id
    assert need_id is not None
    need = lock_need(session, need_id)
    if need.status != "open" or _waiting(session, need_id) or places(session, need) >= need.headcount:
        return None
    proposal = Proposal(need_id=need_id, created_at=now)
    _rank(session, proposal, need, now)
    proposal_id = audit.begin(session, proposal, None, now)
    timing.schedule(session, "proposal-idle", proposal_id, timing.awake(now + timedelta(days=IDLE_DAYS)))
    school = session.get_one(School, need.school_id)
    deciders, without_own = people.coordinators_of(session, school.county)
    values = card(session, proposal, no_coordinator=without_own)
    if not tell_all(session, deciders, "proposal", values, card=_card(proposal)):
        tell(session, people.speaker(session, need), "no-coordinator", {"county": school.county})
    return proposal


def _rank(session: Session, proposal: Proposal, need: Need, now: datetime) -> None:
    """Rank the pool for `need` and keep the result with its parts: stored, never reconstructed."""
    own = people.people_of_school(
        session, need.school_id
    )  # nobody is sent to their own school, or would rate themselves
    refused = {
        *session.exec(select(Offer.teacher_id).where(Offer.need_id == need.id)),
        *session.exec(select(Teacher.id).where(col(Teacher.person_id).in_(own))),
    }
    ranking = matching.rank(
        needs.fields_of(need), _pool(session), today=timing.today(now), top=KEPT, refused={str(key) for key in refused}
    )
    proposal.candidates = [_stored(candidate) for candidate in ranking.candidates]
    proposal.excluded, proposal.full_match = dict(ranking.excluded), ranking.full_match
    unreachable = session.exec(
        select(func.count()).where(Teacher.status == "active", col(Teacher.person_id).is_(None))
    ).one()
    if unreachable:
        proposal.excluded = {**proposal.excluded, "no-account": unreachable}
    proposal.marked = 0


def _pool(session: Session) -> Pool:
    """Everybody who can be asked: an offer can only go to a teacher who can answer it."""
    reachable = select(Account.person_id).where(col(Account.unreachable_at).is_(None))
    teachers = session.exec(
        select(Teacher).where(col(Teacher.status).in_(("active", "paused")), col(Teacher.person_id).in_(reachable))
    ).all()
    busy = loads(session)
    return Pool(teacher_fields(teacher, busy.get(teacher.id or 0, 0)) for teacher in teachers)


def loads(session: Session) -> dict[int, int]:
    """Places each teacher holds now: offers that wait or are agreed, and placements not ended."""
    over = select(Placement.offer_id).where(col(Placement.status).in_(("ended", "closed", "cancelled")))
    query = (
        select(Offer.teacher_id, func.count())
        .where(col(Offer.status).in_(HOLDS_PLACE), col(Offer.id).not_in(over))
        .group_by(col(Offer.teacher_id))
    )
    return {teacher: int(count) for teacher, count in session.exec(query)}


def teacher_fields(teacher: Teacher, load: int = 0) -> TeacherFields:
    """A teacher as the engine takes them."""
    return TeacherFields(
        id=str(teacher.id),
        name=teacher.name,
        unit=teacher.unit,
        subjects=tuple(teacher.subjects),
        stages=tuple(teacher.stages),
        modes=tuple(teacher.modes),
        topics=tuple(teacher.topics),
        title=teacher.title,
        years=teacher.years,
        bio=teacher.bio,
        available_from=teacher.available_from,
        available_until=teacher.available_until,
        capacity=teacher.capacity,
        origin_city=teacher.origin_city,
        load=load,
        paused=teacher.status == "paused",
    )


def _stored(candidate: Candidate) -> dict[str, Any]:
    return {
        "teacher": int(candidate.teacher_id),
        "score": candidate.score,
        "tier": candidate.tier,
        "relax": list(candidate.relax),
        "parts": [[part.name, part.level, part.points, dict(part.values)] for part in candidate.parts],
    }


def card(
    session: Session, proposal: Proposal, *, no_coordinator: bool = False, opened: bool = False, idle: bool = False
) -> dict[str, Any]:
    """A proposal as its card shows it: the need, the page of candidates with the marked one, who decided."""
    first = proposal.marked // SHOWN * SHOWN
    shown = [
        {**candidate, "teacher": teacher_values(session.get_one(Teacher, candidate["teacher"]))}
        for candidate in proposal.candidates[first : first + SHOWN]
    ]
    need = session.get_one(Need, proposal.need_id)
    decider = actor_of(session, proposal.decided_by).person.name if proposal.decided_by else None
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
        "decider": decider,
        "no_coordinator": no_coordinator,
        "idle": idle,
    }


def mark(session: Session, actor: Actor, now: datetime, proposal_id: int, index: str) -> Toast | None:
    """①②③: mark a candidate and show the parts of the score; 批准 acts on the marked one."""
    proposal, _ = access_proposal(session, actor, proposal_id)
    if proposal.status != "open":
        return _stale(session, actor, proposal)
    marked = number(index, below=len(proposal.candidates))
    if marked is None:
        raise NotYours
    proposal.marked = marked
    session.add(proposal)
    session.flush()
    update(session, actor.id, "proposal", card(session, proposal, opened=True), card=_card(proposal))
    return None


def more(session: Session, actor: Actor, now: datetime, proposal_id: int) -> Toast | None:
    """更多: the next three candidates, then from the beginning."""
    proposal, _ = access_proposal(session, actor, proposal_id)
    if proposal.status != "open":
        return _stale(session, actor, proposal)
    following = (proposal.marked // SHOWN + 1) * SHOWN
    proposal.marked = following if following < len(proposal.candidates) else 0
    session.add(proposal)
    session.flush()
    update(session, actor.id, "proposal", card(session, proposal), card=_card(proposal))
    return None if len(proposal.candidates) > SHOWN else Toast("no-more")


def show(session: Session, actor: Actor, now: datetime, proposal_id: int) -> Toast | None:
    """返回 and the lines of /queue: the card as it stands."""
    proposal, _ = access_proposal(session, actor, proposal_id)
    if actor.person.asked == "return-question" and actor.person.asked_id == proposal.id:
        ask(actor, None)
    update(session, actor.id, "proposal", card(session, proposal), card=_card(proposal))
    return None


def open_card(session: Session, actor: Actor, now: datetime, proposal_id: int) -> Toast | None:
    """A line of /queue: send the card anew, at the end of the chat."""
    proposal, _ = access_proposal(session, actor, proposal_id)
    tell(session, actor.id, "proposal", card(session, proposal), card=_card(proposal))
    return None


def approve(session: Session, actor: Actor, now: datetime, proposal_id: int) -> Toast | None:
    """批准: offer the place to the marked candidate."""
    proposal, need = access_proposal(session, actor, proposal_id)
    if proposal.status not in ("open", "returned") or not proposal.candidates:
        return _stale(session, actor, proposal)
    teacher = session.get_one(Teacher, proposal.candidates[proposal.marked]["teacher"], with_for_update=True)
    if not _can_take(session, teacher, need):
        _rank(session, proposal, need, now)
        _spread(session, proposal)
        return Toast("teacher-taken")
    if need.status == "returned":
        audit.move(session, need, "open", actor, now)
    _decided(session, proposal, "approved", actor, now)
    offers.make(session, proposal, need, teacher, actor, now)
    _spread(session, proposal)
    propose(session, need, now)
    return Toast("approved")


def _can_take(session: Session, teacher: Teacher, need: Need) -> bool:
    tried = session.exec(select(Offer.id).where(Offer.need_id == need.id, Offer.teacher_id == teacher.id)).first()
    free = loads(session).get(teacher.id or 0, 0) < teacher.capacity
    reachable = teacher.person_id is not None and account_of(session, teacher.person_id) is not None
    return tried is None and free and reachable and teacher.status == "active"


def ask_back(session: Session, actor: Actor, now: datetime, proposal_id: int) -> Toast | None:
    """退回: the coordinator types one question for the school."""
    proposal, _ = access_proposal(session, actor, proposal_id)
    if proposal.status != "open":
        return _stale(session, actor, proposal)
    ask(actor, "return-question", proposal.id)
    update(session, actor.id, "return-ask", {"id": proposal.id}, card=_card(proposal))
    return None


def hear_question(session: Session, actor: Actor, now: datetime, proposal_id: int, text: str) -> None:
    """The typed question goes to the school; the order waits for the answer."""
    proposal, need = access_proposal(session, actor, proposal_id)
    ask(actor, None)
    if proposal.status != "open":
        tell(session, actor.id, "proposal", card(session, proposal), card=_card(proposal))
        return
    proposal.question, proposal.answer = text[:1000], None
    audit.move(session, proposal, "returned", actor, now, why="question")
    audit.move(session, need, "returned", actor, now, why="question")
    session.flush()
    school_person = actor_of(session, people.speaker(session, need)).person
    ask(school_person, "return-answer", proposal.id)
    tell(
        session,
        people.speaker(session, need),
        "returned",
        {"need": need_values(session, need), "question": proposal.question},
    )
    tell(session, actor.id, "proposal", card(session, proposal), card=_card(proposal))
    _spread(session, proposal, but=actor.id)


def hear_answer(session: Session, actor: Actor, now: datetime, proposal_id: int, text: str) -> None:
    """The school's answer returns to the same card; what it says about the order is taken over where it was missing."""
    proposal = session.get_one(Proposal, proposal_id)
    need = lock_need(session, proposal.need_id)
    session.refresh(proposal)
    ask(actor, None)
    if need.school_id not in actor.schools or proposal.status != "returned":
        needs.hear(session, actor, now, text)
        return
    proposal.answer = text[:4096]
    missing = [field for field in needs.FIELDS if not _said(need, field)]
    taken = needs.merge(need, matching.read_reply(text, today=timing.today(now)), only=missing, spans=False)
    audit.move(session, proposal, "open", actor, now, why="answered")
    audit.move(session, need, "open", actor, now, why="answered")
    timing.schedule(session, "proposal-idle", proposal_id, timing.awake(now + timedelta(days=IDLE_DAYS)))
    session.flush()
    if taken:
        _rank(session, proposal, need, now)
    tell(session, actor.id, "answer-passed-on", {"need": need_values(session, need)})
    values = card(session, proposal)
    tell_all(session, _deciders(session, need), "proposal", values, card=_card(proposal))


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
        return _stale(session, actor, proposal)
    update(session, actor.id, "decline-ask", {"id": proposal.id}, card=_card(proposal))
    return None


def decline(session: Session, actor: Actor, now: datetime, proposal_id: int, reason: str) -> Toast | None:
    """驳回 with a tapped reason: the order ends, the school is told why."""
    proposal, need = access_proposal(session, actor, proposal_id)
    if reason not in DECLINE_REASONS:
        raise NotYours
    if proposal.status not in ("open", "returned"):
        return _stale(session, actor, proposal)
    _decided(session, proposal, "declined", actor, now, why=reason)
    if places(session, need) == 0:
        need.closed_at = now
        audit.move(session, need, "declined", actor, now, why=reason)
    elif need.status == "returned":
        audit.move(session, need, "open", actor, now, why=reason)
    session.flush()
    _spread(session, proposal)
    tell(
        session, people.speaker(session, need), "need-declined", {"need": need_values(session, need), "reason": reason}
    )
    return Toast("declined")


def escalate(session: Session, proposal_id: int, sequence: int, now: datetime) -> None:
    """Nobody decided for days: the programme's coordinators get the card too."""
    proposal = session.get(Proposal, proposal_id)
    if proposal is None or proposal.status != "open":
        return
    county = session.get_one(School, session.get_one(Need, proposal.need_id).school_id).county
    everybody = set(people.coordinators_of(session, county)[0]) | set(people.coordinators_of(session, None)[0])
    tell_all(session, sorted(everybody), "proposal", card(session, proposal, idle=True), card=_card(proposal))


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
        _rank(session, proposal, need, now)
        if teacher_id in {each["teacher"] for each in proposal.candidates} and (not had or proposal.full_match):
            session.flush()
            tell_all(session, _deciders(session, need), "proposal", card(session, proposal), card=_card(proposal))


def withdraw(session: Session, need: Need, actor: Actor | None, now: datetime, why: str) -> None:
    """What waits for a decision about `need` waits no more."""
    waiting = _waiting(session, need.id or 0)
    if waiting is not None:
        _decided(session, waiting, "withdrawn", actor, now, why=why)
        _spread(session, waiting)


def _decided(session: Session, proposal: Proposal, to: str, actor: Actor | None, now: datetime, why: str = "") -> None:
    proposal.decided_by, proposal.decided_at = actor.id if actor else None, now
    audit.move(session, proposal, to, actor, now, why=why)
    assert proposal.id is not None
    timing.cancel(session, "proposal-idle", proposal.id, now)
    session.flush()


def _waiting(session: Session, need_id: int) -> Proposal | None:
    query = select(Proposal).where(Proposal.need_id == need_id, col(Proposal.status).in_(("open", "returned")))
    return session.exec(query).first()


def _deciders(session: Session, need: Need) -> list[int]:
    return people.coordinators_of(session, session.get_one(School, need.school_id).county)[0]


def _spread(session: Session, proposal: Proposal, but: int | None = None) -> None:
    """Every card of it shows how it stands now, also those the programme's coordinators got when nobody decided."""
    values = card(session, proposal)
    shown = select(Account.person_id).join(Card, col(Card.chat) == Account.external_id)
    holders = session.exec(shown.where(Card.name == _card(proposal), Card.channel == Account.channel)).all()
    for person in sorted({*_deciders(session, session.get_one(Need, proposal.need_id)), *holders}):
        if person != but:
            update(session, person, "proposal", values, card=_card(proposal))


def _stale(session: Session, actor: Actor, proposal: Proposal) -> Toast:
    update(session, actor.id, "proposal", card(session, proposal), card=_card(proposal))
    return Toast("stale")


def _card(proposal: Proposal) -> str:
    return f"proposal:{proposal.id}"
