"""The offer: a teacher's yes or no by a deadline, then the school's. Both sides must say yes (双向选择)."""

from datetime import date, datetime

from sqlmodel import Session, col, select

import matching
from models import Need, Offer, Proposal, Teacher
from services import (
    audit,
    counties,
    index,
    offer_cards,
    offer_dates,
    people,
    placements,
    proposals,
    questions,
    relaxing,
    spans,
    timing,
    unconfirmed,
    unit_consents,
)
from services.actor import Actor, access_offer_as_school, access_offer_as_teacher, ask, lock_need
from services.errors import NotYours
from services.offer_cards import (
    card,
    school_card,
    stale_school,
    stale_teacher,
    to_coordinators,
    to_school,
    to_teacher,
)
from services.post import Toast, tell, update
from services.snapshots import HOLDS_PLACE, offer_values, places

DECLINE_REASONS = ("time", "travel", "unsaid")
REFUSE_REASONS = ("time", "not-fitting", "unsaid")
NO_LONGER = ("declined", "expired", "withdrawn")  # a teacher who was asked does not come
RELAXED = ("form", "stage", "subject")  # limits of the entry that the order can go beyond
ASKED_ON_CARD = ("offer-dates", "offer-question")  # 返回 drops these


def make(
    session: Session,
    proposal: Proposal,
    need: Need,
    teacher: Teacher,
    actor: Actor,
    now: datetime,
    relaxed: list[relaxing.Change],
) -> Offer:
    """Invite a teacher: dates as far as text, window and relaxed limits fix them, and a deadline."""
    assert proposal.id is not None and need.id is not None and teacher.id is not None
    dates, settings = _fixed_dates(need, teacher, relaxed, now), counties.of_need(session, need)
    offer = Offer(
        proposal_id=proposal.id,
        need_id=need.id,
        teacher_id=teacher.id,
        start=dates[0] if dates else need.start,
        end=dates[1] if dates else None,
        deadline=counties.later(settings, now, settings.answer_days),
        relaxed=relaxed,
        created_at=now,
    )
    offer_id = audit.begin(session, offer, actor, now, why=relaxing.told(relaxed))
    timing.schedule(session, "offer-deadline", offer_id, offer.deadline)
    assert teacher.person_id is not None
    values = offer_values(session, offer)
    tell(session, teacher.person_id, "offer", values, card=card(offer))
    earlier = select(Offer.status).where(Offer.need_id == need.id, Offer.id != offer.id).order_by(col(Offer.id).desc())
    another = session.exec(earlier).first() in NO_LONGER
    tell(session, people.speaker(session, need), "asking-teacher", values | {"another": another})
    return offer


def _fixed_dates(
    need: Need, teacher: Teacher, relaxed: list[relaxing.Change], now: datetime
) -> tuple[date, date] | None:
    fields, dates = relaxing.fields_of(need, relaxed), relaxing.dates_of(relaxed)
    if dates is None and fields.months == need.months:  # else another form takes other days: the teacher proposes them
        dates = matching.placement_dates(fields, index.teacher_fields(teacher), today=timing.today(now))
    return dates


def accept(session: Session, actor: Actor, now: datetime, offer_id: int) -> Toast | None:
    """接受: with fixed dates the school is asked; without, the teacher proposes them first."""
    offer, need = access_offer_as_teacher(session, actor, offer_id)
    if offer.status != "open":
        return stale_teacher(session, offer)
    if offer.start is None or offer.end is None:
        offer_dates.ask_for(session, actor, offer, need, now)
        return None
    _accepted(session, actor, offer, need, now)
    to_teacher(session, offer)
    return Toast("accepted")


def change_dates(session: Session, actor: Actor, now: datetime, offer_id: int) -> Toast | None:
    """换个时间: the teacher would come, but at another time; the school decides."""
    offer, need = access_offer_as_teacher(session, actor, offer_id)
    if offer.status != "open":
        return stale_teacher(session, offer)
    offer_dates.ask_for(session, actor, offer, need, now)
    return None


def propose_dates(session: Session, actor: Actor, now: datetime, offer_id: int, dates: str) -> Toast | None:
    """A tapped pair of dates."""
    offer, need = access_offer_as_teacher(session, actor, offer_id)
    if offer.status != "open":
        return stale_teacher(session, offer)
    span = spans.tapped(dates)
    if span is None:
        raise NotYours
    if not spans.can_be_meant(*span, now):
        offer_dates.ask_for(session, actor, offer, need, now)
        return Toast("stale")
    _accept_with(session, actor, offer, need, now, *span)
    to_teacher(session, offer)
    return Toast("accepted")


def hear_dates(session: Session, actor: Actor, now: datetime, offer_id: int, text: str) -> None:
    """Dates in the teacher's words: a first day, and how long or until when."""
    offer, need = access_offer_as_teacher(session, actor, offer_id)
    if offer.status == "open":
        start, end = offer_dates.said(text, offer, need, now)
        if start is None or end is None or not spans.can_be_meant(start, end, now):
            offer.start = (not offer.end and start) or offer.start  # what was clear is not asked for again
            offer_dates.ask_for(session, actor, offer, need, now, unclear=True)
            return
        _accept_with(session, actor, offer, need, now, start, end)
    ask(actor, None)
    to_teacher(session, offer, fresh=True)


def _accept_with(
    session: Session, actor: Actor, offer: Offer, need: Need, now: datetime, start: date, end: date
) -> None:
    """Accept for these dates; if they are others than those on offer, both stand on the school's card."""
    before = (offer.start, offer.end) if offer.end else (need.start, None)
    if before[0] and (start != before[0] or (before[1] and end != before[1])):
        offer.old_start, offer.old_end = before
    offer.start, offer.end = start, end
    _accepted(session, actor, offer, need, now)


def _accepted(session: Session, actor: Actor, offer: Offer, need: Need, now: datetime) -> None:
    assert offer.id is not None
    ask(actor, None)
    offer.answered_at = now
    audit.move(session, offer, "accepted", actor, now)
    timing.cancel(session, "offer-deadline", offer.id, now)
    wait_anew(session, offer, now)
    session.flush()
    to_school(session, offer, fresh=True)
    to_coordinators(session, need, "offer-accepted", offer_values(session, offer))


def wait_anew(session: Session, offer: Offer, now: datetime) -> None:
    """From now on whoever has the next word is reminded, and the coordinators hear if it does not come."""
    assert offer.id is not None
    settings = counties.of_need(session, session.get_one(Need, offer.need_id))
    for sequence, days in enumerate(settings.confirm_reminder_days, 1):
        timing.schedule(session, "confirm-reminder", offer.id, counties.later(settings, now, days), sequence)
    unconfirmed.watch(session, offer, now)


def decline_ask(session: Session, actor: Actor, now: datetime, offer_id: int) -> Toast | None:
    """婉拒: which reason; 不便说明 is always among them."""
    offer, _ = access_offer_as_teacher(session, actor, offer_id)
    if offer.status != "open":
        return stale_teacher(session, offer)
    update(session, actor.id, "offer-decline-ask", {"id": offer.id}, card=card(offer))
    return None


def show(session: Session, actor: Actor, now: datetime, offer_id: int, *, fresh: bool = False) -> Toast | None:
    """返回: the offer as it stands, for the teacher it was made to or for the school."""
    offer = session.get(Offer, offer_id)
    mine = offer is not None and session.get_one(Teacher, offer.teacher_id).person_id == actor.id
    offer, _ = (access_offer_as_teacher if mine else access_offer_as_school)(session, actor, offer_id)
    if actor.person.asked in ASKED_ON_CARD:
        ask(actor, None)
    if mine:
        to_teacher(session, offer, fresh=fresh)
    else:
        to_school(session, offer, actor.id, fresh=fresh)
    return None


def open_card(session: Session, actor: Actor, now: datetime, offer_id: int) -> Toast | None:
    """A line of /mine: the offer again, at the end of the chat."""
    return show(session, actor, now, offer_id, fresh=True)


def decline(session: Session, actor: Actor, now: datetime, offer_id: int, reason: str) -> Toast | None:
    """婉拒 with a tapped reason: the coordinator gets the next candidates by itself."""
    offer, need = access_offer_as_teacher(session, actor, offer_id)
    if reason not in DECLINE_REASONS:
        raise NotYours
    if offer.status != "open":
        return stale_teacher(session, offer)
    offer.reason, offer.answered_at = reason, now
    ended(session, offer, need, "declined", actor, now, why=reason)
    ask(actor, None)
    to_teacher(session, offer)
    to_coordinators(session, need, "offer-declined", offer_values(session, offer))
    return Toast("declined-kindly")


def expire(session: Session, offer_id: int, sequence: int, now: datetime) -> None:
    """The deadline passed without an answer."""
    offer = session.get_one(Offer, offer_id)
    need = lock_need(session, offer.need_id)
    session.refresh(offer)
    if offer.status != "open":
        return
    if questions.waits(session, offer) and questions.extend(session, offer, questions.LONGEST_WAIT):
        to_teacher(session, offer, fresh=True)
        return
    ended(session, offer, need, "expired", None, now, why="deadline")
    to_teacher(session, offer, fresh=True)
    to_coordinators(session, need, "offer-expired", offer_values(session, offer))


def confirm(session: Session, actor: Actor, now: datetime, offer_id: int) -> Toast | None:
    """确认 by the school: the placement exists, with dates."""
    offer, need = access_offer_as_school(session, actor, offer_id)
    if offer.status != "accepted" or unit_consents.waits(session, offer):
        return stale_school(session, offer, actor.id)
    audit.move(session, offer, "confirmed", actor, now)
    _settled(session, offer, actor, now)
    placement = placements.create(session, offer, need, actor, now)
    if places(session, need, ("confirmed",)) >= need.headcount:
        audit.move(session, need, "filled", actor, now)
    session.flush()
    to_school(session, offer, actor.id)
    to_teacher(session, offer)
    placements.announce(session, placement, need)
    return Toast("confirmed")


def refuse_ask(session: Session, actor: Actor, now: datetime, offer_id: int) -> Toast | None:
    """婉拒 by the school: which reason."""
    offer, _ = access_offer_as_school(session, actor, offer_id)
    if offer.status != "accepted":
        return stale_school(session, offer, actor.id)
    update(session, actor.id, "refuse-ask", {"id": offer.id}, card=school_card(offer))
    return None


def refuse(session: Session, actor: Actor, now: datetime, offer_id: int, reason: str) -> Toast | None:
    """The school says no: the teacher is thanked, the next candidates go to the coordinator."""
    offer, need = access_offer_as_school(session, actor, offer_id)
    if reason not in REFUSE_REASONS:
        raise NotYours
    if offer.status != "accepted":
        return stale_school(session, offer, actor.id)
    offer.reason = reason
    ended(session, offer, need, "refused", actor, now, why=reason)
    values = offer_values(session, offer)
    to_school(session, offer, actor.id)
    to_teacher(session, offer)
    teacher = session.get_one(Teacher, offer.teacher_id)
    if teacher.person_id is not None:
        tell(session, teacher.person_id, "offer-refused", values)
    to_coordinators(session, need, "offer-refused-coordinator", values)
    return Toast("done")


def remind(session: Session, offer_id: int, sequence: int, now: datetime) -> None:
    """The teacher waits for the school's word, or the school for the teacher's unit."""
    offer = session.get_one(Offer, offer_id)
    hours = counties.hours(counties.of_need(session, session.get_one(Need, offer.need_id)))
    if offer.status == "accepted" and not timing.put_off(
        session, "confirm-reminder", offer_id, sequence, now, hours=hours
    ):
        remind_now(session, offer)


def remind_now(session: Session, offer: Offer) -> None:
    """The card once more, for whoever has to see to the next step."""
    if unit_consents.waits(session, offer):
        to_teacher(session, offer, fresh=True, bulk=True)
    else:
        offer_cards.remind_school(session, offer)


def withdraw(session: Session, offer: Offer, actor: Actor | None, now: datetime, why: str) -> None:
    """An offer ends because the teacher left, with what was agreed and is not over; school and coordinators are told."""
    need, school_knows = lock_need(session, offer.need_id), offer.status != "open"
    if not _taken_back(session, offer, actor, now, why):
        return
    if need.status == "filled":
        audit.move(session, need, "open", actor, now, why=why)
    proposals.propose(session, need, now)
    if school_knows:
        to_school(session, offer, fresh=True)
        to_coordinators(session, need, "offer-withdrawn", offer_values(session, offer))


def call_off(session: Session, offer: Offer, need: Need, actor: Actor, now: datetime, why: str) -> None:
    """An offer ends because the school needs nobody any more, or somebody else; the teacher is told once, kindly."""
    teacher = session.get_one(Teacher, offer.teacher_id)
    if not _taken_back(session, offer, actor, now, why) or teacher.person_id is None:
        return
    values = {**offer_values(session, offer), "why": why}
    update(session, teacher.person_id, "offer", values, card=card(offer))
    tell(session, teacher.person_id, "offer-called-off", values)


def _taken_back(session: Session, offer: Offer, actor: Actor | None, now: datetime, why: str) -> bool:
    """The offer is withdrawn with the placement it led to. False if it is over already."""
    if offer.status not in HOLDS_PLACE or not placements.cancel(session, offer, actor, now, why):
        return False
    _finish(session, offer, "withdrawn", actor, now, why=why)
    return True


def unmet(session: Session, offer: Offer, need: Need, now: datetime) -> set[str]:
    """In what the teacher's entry does not meet the order as it stands."""
    teacher = session.get_one(Teacher, offer.teacher_id)
    return {change["limit"] for change in relaxing.changes(need, teacher, RELAXED, timing.today(now))}


def ask_again(session: Session, offer: Offer, need: Need, actor: Actor, now: datetime, *, other_dates: bool) -> None:
    """The school changed the order: the teacher is asked once more, with the new terms and a new deadline."""
    teacher, knew = session.get_one(Teacher, offer.teacher_id), offer.status == "accepted"
    assert offer.id is not None and teacher.person_id is not None
    agreed = [change["limit"] for change in offer.relaxed if change["limit"] in RELAXED]
    on_dates = [change for change in offer.relaxed if change["limit"] == "dates" and not other_dates]
    form = next((change["given"][0] for change in offer.relaxed if change["limit"] == "form" and change["given"]), None)
    offer.relaxed = relaxing.changes(need, teacher, agreed, timing.today(now), form) + on_dates
    if other_dates:
        offer.start, offer.end = _fixed_dates(need, teacher, offer.relaxed, now) or (need.start, None)
    settings = counties.of_need(session, need)
    offer.answered_at, offer.deadline = None, counties.later(settings, now, settings.answer_days)
    offer.old_start, offer.old_end, offer.extended = None, None, False
    audit.move(session, offer, "open", actor, now, why="changed")
    _settled(session, offer, actor, now)
    timing.schedule(session, "offer-deadline", offer.id, offer.deadline)
    session.flush()
    values = offer_values(session, offer)
    update(session, teacher.person_id, "offer-superseded", values, card=card(offer))  # its buttons meant other terms
    tell(session, teacher.person_id, "offer", values, card=card(offer))
    if knew:
        to_school(session, offer)


def ended(session: Session, offer: Offer, need: Need, to: str, actor: Actor | None, now: datetime, why: str) -> None:
    """The place is free again, and the next proposal follows by itself."""
    _finish(session, offer, to, actor, now, why)
    proposals.propose(session, need, now)


def _finish(session: Session, offer: Offer, to: str, actor: Actor | None, now: datetime, why: str) -> None:
    audit.move(session, offer, to, actor, now, why=why)
    _settled(session, offer, actor, now)
    session.flush()


def _settled(session: Session, offer: Offer, actor: Actor | None, now: datetime) -> None:
    """Nothing about it waits for anybody any more."""
    assert offer.id is not None
    for kind in ("offer-deadline", "confirm-reminder", "confirm-late"):
        timing.cancel(session, kind, offer.id, now)
    questions.drop(session, offer, actor, now)
    unit_consents.drop(session, offer, actor, now)
