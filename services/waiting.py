"""Nobody waits in silence: a proposal nobody decides is reminded once, then goes to the programme level, then weekly.

A question to the school is reminded after 3 and 7 days; without an answer it is the coordinator's again, as 学校没有回答.
"""

from datetime import datetime

from sqlmodel import Session

from models import Introduction, Need, Proposal
from services import audit, counties, introductions, people, proposals, timing
from services.actor import lock_need
from services.post import tell, tell_all
from services.snapshots import question_values

ANSWER_REMINDER_DAYS = (3, 7)
UNANSWERED_DAYS = 10
GAP_DAYS = 3  # between reminders that run late
WEEK = 7


def for_decision(session: Session, proposal: Proposal, need: Need, now: datetime) -> None:
    """From now on the proposal waits for its coordinators."""
    assert proposal.id is not None
    settings = counties.of_need(session, need)
    timing.cancel(session, "answer-reminder", proposal.id, now)
    timing.cancel(session, "proposal-idle", proposal.id, now)
    proposal.unanswered_at = proposal.escalated_at = None
    timing.schedule(session, "proposal-idle", proposal.id, counties.later(settings, now, settings.idle_days))


def for_answer(session: Session, proposal: Proposal, need: Need, now: datetime) -> None:
    """From now on it waits for the school."""
    assert proposal.id is not None
    settings = counties.of_need(session, need)
    timing.cancel(session, "proposal-idle", proposal.id, now)
    proposal.unanswered_at = proposal.escalated_at = None
    for sequence, days in enumerate((*ANSWER_REMINDER_DAYS, UNANSWERED_DAYS), 1):
        timing.schedule(session, "answer-reminder", proposal.id, counties.later(settings, now, days), sequence)


def over(session: Session, proposal: Proposal, now: datetime) -> None:
    """Somebody decided."""
    assert proposal.id is not None
    for kind in ("proposal-idle", "answer-reminder"):
        timing.cancel(session, kind, proposal.id, now)


def remind_deciders(session: Session, proposal_id: int, sequence: int, now: datetime) -> None:
    """Nobody decided: first the county's coordinators hear it, then the programme level too, with the reason."""
    proposal = session.get(Proposal, proposal_id)
    if proposal is None or (proposal.status == "returned" and proposal.unanswered_at is None):
        return
    need = lock_need(session, proposal.need_id)
    session.refresh(proposal)
    settings = counties.of_need(session, need)
    if proposal.status not in ("open", "returned") or timing.put_off(
        session, "proposal-idle", proposal_id, sequence, now, hours=counties.hours(settings)
    ):
        return
    told = set(proposals.deciders(session, need))
    if sequence > 0:
        told |= set(people.coordinators_of(session, None)[0])
        if proposal.escalated_at is None:
            proposal.escalated_at = now
            audit.move(session, proposal, proposal.status, None, now, why="nobody decided, programme level told")
    session.flush()
    values = proposals.card(session, proposal, waited=(now - proposal.created_at).days)
    bulk = sequence == 0  # a reminder can be muted; what goes to the next level cannot
    tell_all(session, sorted(told), "proposal", values, card=proposals.card_name(proposal), bulk=bulk)
    following = settings.idle_days if sequence == 0 else WEEK
    timing.schedule(session, "proposal-idle", proposal_id, counties.later(settings, now, following), sequence + 1)


def for_admission(session: Session, intro: Introduction, now: datetime) -> None:
    """From now on a newcomer waits to be let in."""
    settings = counties.settings_of(session, introductions.county_of(session, intro) or "")
    timing.schedule(session, "intro-idle", intro.id or 0, counties.later(settings, now, settings.idle_days))


def remind_admission(session: Session, intro_id: int, sequence: int, now: datetime) -> None:
    """Nobody let the newcomer in or said no: the same steps as for an order."""
    intro = session.get(Introduction, intro_id, with_for_update=True, populate_existing=True)
    if intro is None or intro.status != "open":
        return
    settings = counties.settings_of(session, introductions.county_of(session, intro) or "")
    if timing.put_off(session, "intro-idle", intro_id, sequence, now, hours=counties.hours(settings)):
        return
    told = set(introductions.deciders(session, intro))
    if sequence > 0:
        told |= set(people.coordinators_of(session, None)[0])
    values = {**introductions.values(session, intro), "waited": (now - intro.created_at).days}
    tell_all(session, sorted(told), "intro-card", values, card=f"intro:{intro_id}", bulk=sequence == 0)
    following = settings.idle_days if sequence == 0 else WEEK
    timing.schedule(session, "intro-idle", intro_id, counties.later(settings, now, following), sequence + 1)


def remind_school(session: Session, proposal_id: int, sequence: int, now: datetime) -> None:
    """The school has not answered the coordinator's question: it is asked again, at last the coordinator is told."""
    proposal = session.get(Proposal, proposal_id)
    if proposal is None:
        return
    need = lock_need(session, proposal.need_id)
    session.refresh(proposal)
    hours = counties.hours(counties.of_need(session, need))
    if proposal.status != "returned" or timing.put_off(
        session, "answer-reminder", proposal_id, sequence, now, days=GAP_DAYS, hours=hours
    ):
        return
    if sequence <= len(ANSWER_REMINDER_DAYS):
        values = {**question_values(session, proposal), "again": True}
        card = proposals.question_card(proposal)
        tell(session, people.speaker(session, need), "returned", values, card=card, bulk=True)
        return
    for_decision(session, proposal, need, now)
    proposal.unanswered_at = now
    audit.move(session, proposal, proposal.status, None, now, why="the school did not answer")
    session.flush()
    told, values = proposals.deciders(session, need), proposals.card(session, proposal)
    tell_all(session, told, "proposal", values, card=proposals.card_name(proposal))
