"""The offer: a teacher's yes or no by a deadline, then the school's. Both sides must say yes (双向选择)."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

import matching
from models import Need, Offer, Proposal, School, Teacher
from services import audit, counties, index, people, placements, proposals, relaxing, timing
from services.actor import Actor, access_offer_as_school, access_offer_as_teacher, ask, lock_need
from services.errors import NotYours
from services.post import Toast, tell, tell_all, update
from services.snapshots import HOLDS_PLACE, offer_values, places

DECLINE_REASONS = ("time", "travel", "unsaid")
REFUSE_REASONS = ("time", "not-fitting", "unsaid")
TERM_MONTHS = 5
ONE_DAY = 0.03
DAYS_PER_MONTH = 30.4
LONGEST_MONTHS = 36.0
FARTHEST_DAYS = 3 * 366  # from today to the first day


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
    fields = relaxing.fields_of(need, relaxed)
    dates = relaxing.dates_of(relaxed)
    if dates is None and fields.months == need.months:  # else another form takes other days: the teacher proposes them
        dates = matching.placement_dates(fields, index.teacher_fields(teacher), today=timing.today(now))
    settings = counties.of_need(session, need)
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
    tell(session, teacher.person_id, "offer", values, card=_card(offer))
    tell(session, people.speaker(session, need), "asking-teacher", values)
    return offer


def accept(session: Session, actor: Actor, now: datetime, offer_id: int) -> Toast | None:
    """接受: with fixed dates the school is asked; without, the teacher proposes them first."""
    offer, need = access_offer_as_teacher(session, actor, offer_id)
    if offer.status != "open":
        return _stale(session, actor, offer, "offer")
    if offer.start is None or offer.end is None:
        _ask_dates(session, actor, offer, need, now)
        return None
    _accepted(session, actor, offer, need, now)
    update(session, actor.id, "offer", offer_values(session, offer), card=_card(offer))
    return Toast("accepted")


def _ask_dates(
    session: Session, actor: Actor, offer: Offer, need: Need, now: datetime, *, unclear: bool = False
) -> None:
    ask(actor, "offer-dates", offer.id)
    choices = [[first.isoformat(), last.isoformat()] for first, last in _date_choices(offer, need, now)]
    values = {**offer_values(session, offer), "choices": choices, "unclear": unclear}
    (tell if unclear else update)(session, actor.id, "offer-dates", values, card=_card(offer))


def _date_choices(offer: Offer, need: Need, now: datetime) -> list[tuple[date, date]]:
    """Two likely pairs of dates: as soon as possible, and from the window the text means."""
    today = timing.today(now)
    fields = relaxing.fields_of(need, offer.relaxed)
    usual = ONE_DAY if relaxing.takes_a_day(fields.modes) else TERM_MONTHS
    months = min(fields.months, LONGEST_MONTHS) if fields.months else usual
    soon = (
        offer.start
        if offer.start and _is_plausible(offer.start, now)
        else today + timedelta(days=7 - today.weekday() + 7)
    )
    firsts = {soon, matching.window(fields, today)[0]}
    return [(first, _end(first, months)) for first in sorted(firsts) if first >= today][:2]


def _end(start: date, months: float) -> date:
    return start + timedelta(days=max(0, round(months * DAYS_PER_MONTH) - 1))


def propose_dates(session: Session, actor: Actor, now: datetime, offer_id: int, dates: str) -> Toast | None:
    """A tapped pair of dates, `YYYYMMDD-YYYYMMDD`."""
    offer, need = access_offer_as_teacher(session, actor, offer_id)
    if offer.status != "open":
        return _stale(session, actor, offer, "offer")
    first, _, last = dates.partition("-")
    try:
        start, end = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        raise NotYours from None
    return _dates_said(session, actor, offer, need, now, start, end)


def hear_dates(session: Session, actor: Actor, now: datetime, offer_id: int, text: str) -> None:
    """Dates in the teacher's words: a first day, and how long or until when."""
    offer, need = access_offer_as_teacher(session, actor, offer_id)
    if offer.status != "open":
        ask(actor, None)
        tell(session, actor.id, "offer", offer_values(session, offer), card=_card(offer))
        return
    said = matching.read_reply(text, today=timing.today(now))
    fields = relaxing.fields_of(need, offer.relaxed)
    start, months = said.start or offer.start, said.months or fields.months
    if months is None and relaxing.takes_a_day(fields.modes):
        months = ONE_DAY
    if start is None or months is None or not _is_plausible(start, now):
        offer.start = start if start and _is_plausible(start, now) else offer.start
        _ask_dates(session, actor, offer, need, now, unclear=True)
        return
    end = said.until if said.until and said.until >= start else _end(start, min(months, LONGEST_MONTHS))
    _dates_said(session, actor, offer, need, now, start, end, fresh=True)


def _is_plausible(start: date, now: datetime) -> bool:
    return timing.today(now) <= start <= timing.today(now) + timedelta(days=FARTHEST_DAYS)


def _dates_said(
    session: Session,
    actor: Actor,
    offer: Offer,
    need: Need,
    now: datetime,
    start: date,
    end: date,
    *,
    fresh: bool = False,
) -> Toast:
    if not (_is_plausible(start, now) and start <= end <= _end(start, LONGEST_MONTHS)):
        _ask_dates(session, actor, offer, need, now)
        return Toast("stale")
    offer.start, offer.end = start, end
    _accepted(session, actor, offer, need, now)
    (tell if fresh else update)(session, actor.id, "offer", offer_values(session, offer), card=_card(offer))
    return Toast("accepted")


def _accepted(session: Session, actor: Actor, offer: Offer, need: Need, now: datetime) -> None:
    assert offer.id is not None
    ask(actor, None)
    offer.answered_at = now
    audit.move(session, offer, "accepted", actor, now)
    timing.cancel(session, "offer-deadline", offer.id, now)
    settings = counties.of_need(session, need)
    for sequence, days in enumerate(settings.confirm_reminder_days, 1):
        timing.schedule(session, "confirm-reminder", offer.id, counties.later(settings, now, days), sequence)
    session.flush()
    tell(session, people.speaker(session, need), "confirm", offer_values(session, offer), card=_confirm_card(offer))
    _tell_coordinators(session, need, "offer-accepted", offer_values(session, offer))


def decline_ask(session: Session, actor: Actor, now: datetime, offer_id: int) -> Toast | None:
    """婉拒: which reason; 不便说明 is always among them."""
    offer, _ = access_offer_as_teacher(session, actor, offer_id)
    if offer.status != "open":
        return _stale(session, actor, offer, "offer")
    update(session, actor.id, "offer-decline-ask", {"id": offer.id}, card=_card(offer))
    return None


def show(session: Session, actor: Actor, now: datetime, offer_id: int, *, fresh: bool = False) -> Toast | None:
    """返回: the offer as it stands, for the teacher it was made to or for the school."""
    offer = session.get(Offer, offer_id)
    mine = offer is not None and session.get_one(Teacher, offer.teacher_id).person_id == actor.id
    view, name = ("offer", _card) if mine else ("confirm", _confirm_card)
    offer, _ = (access_offer_as_teacher if mine else access_offer_as_school)(session, actor, offer_id)
    if actor.person.asked == "offer-dates":
        ask(actor, None)
    (tell if fresh else update)(session, actor.id, view, offer_values(session, offer), card=name(offer))
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
        return _stale(session, actor, offer, "offer")
    offer.reason, offer.answered_at = reason, now
    _ended(session, offer, need, "declined", actor, now, why=reason)
    ask(actor, None)
    update(session, actor.id, "offer", offer_values(session, offer), card=_card(offer))
    _tell_coordinators(session, need, "offer-declined", offer_values(session, offer))
    return Toast("declined-kindly")


def expire(session: Session, offer_id: int, sequence: int, now: datetime) -> None:
    """The deadline passed without an answer."""
    offer = session.get_one(Offer, offer_id)
    need = lock_need(session, offer.need_id)
    session.refresh(offer)
    if offer.status != "open":
        return
    _ended(session, offer, need, "expired", None, now, why="deadline")
    values = offer_values(session, offer)
    teacher = session.get_one(Teacher, offer.teacher_id)
    if teacher.person_id is not None:
        tell(session, teacher.person_id, "offer", values, card=_card(offer))
    _tell_coordinators(session, need, "offer-expired", values)


def confirm(session: Session, actor: Actor, now: datetime, offer_id: int) -> Toast | None:
    """确认 by the school: the placement exists, with dates."""
    offer, need = access_offer_as_school(session, actor, offer_id)
    if offer.status != "accepted":
        return _stale(session, actor, offer, "confirm")
    audit.move(session, offer, "confirmed", actor, now)
    _no_more_reminders(session, offer, now)
    placement = placements.create(session, offer, need, actor, now)
    if places(session, need, ("confirmed",)) >= need.headcount:
        audit.move(session, need, "filled", actor, now)
    session.flush()
    update(session, actor.id, "confirm", offer_values(session, offer), card=_confirm_card(offer))
    placements.announce(session, placement, need)
    return Toast("confirmed")


def refuse_ask(session: Session, actor: Actor, now: datetime, offer_id: int) -> Toast | None:
    """婉拒 by the school: which reason."""
    offer, _ = access_offer_as_school(session, actor, offer_id)
    if offer.status != "accepted":
        return _stale(session, actor, offer, "confirm")
    update(session, actor.id, "refuse-ask", {"id": offer.id}, card=_confirm_card(offer))
    return None


def refuse(session: Session, actor: Actor, now: datetime, offer_id: int, reason: str) -> Toast | None:
    """The school says no: the teacher is thanked, the next candidates go to the coordinator."""
    offer, need = access_offer_as_school(session, actor, offer_id)
    if reason not in REFUSE_REASONS:
        raise NotYours
    if offer.status != "accepted":
        return _stale(session, actor, offer, "confirm")
    offer.reason = reason
    _no_more_reminders(session, offer, now)
    _ended(session, offer, need, "refused", actor, now, why=reason)
    values = offer_values(session, offer)
    update(session, actor.id, "confirm", values, card=_confirm_card(offer))
    teacher = session.get_one(Teacher, offer.teacher_id)
    if teacher.person_id is not None:
        tell(session, teacher.person_id, "offer-refused", values)
    _tell_coordinators(session, need, "offer-refused-coordinator", values)
    return Toast("done")


def remind_school(session: Session, offer_id: int, sequence: int, now: datetime) -> None:
    """The teacher waits for the school's word."""
    offer = session.get_one(Offer, offer_id)
    need = session.get_one(Need, offer.need_id)
    hours = counties.hours(counties.of_need(session, need))
    if offer.status == "accepted" and not timing.put_off(
        session, "confirm-reminder", offer_id, sequence, now, hours=hours
    ):
        values = {**offer_values(session, offer), "again": True}
        tell(session, people.speaker(session, need), "confirm", values, card=_confirm_card(offer), bulk=True)


def withdraw(session: Session, offer: Offer, actor: Actor | None, now: datetime, why: str) -> None:
    """An offer ends because the teacher left, and with it what was agreed and is not over; the school is told."""
    need = lock_need(session, offer.need_id)
    if offer.status not in HOLDS_PLACE or not placements.cancel(session, offer, actor, now, why):
        return
    school_knows = offer.status != "open"
    if need.status == "filled":
        audit.move(session, need, "open", actor, now, why=why)
    _no_more_reminders(session, offer, now)
    _ended(session, offer, need, "withdrawn", actor, now, why=why)
    if school_knows:
        tell(session, people.speaker(session, need), "confirm", offer_values(session, offer), card=_confirm_card(offer))


def _ended(session: Session, offer: Offer, need: Need, to: str, actor: Actor | None, now: datetime, why: str) -> None:
    """The place is free again, and the next proposal follows by itself."""
    assert offer.id is not None
    audit.move(session, offer, to, actor, now, why=why)
    timing.cancel(session, "offer-deadline", offer.id, now)
    session.flush()
    proposals.propose(session, need, now)


def _no_more_reminders(session: Session, offer: Offer, now: datetime) -> None:
    assert offer.id is not None
    timing.cancel(session, "confirm-reminder", offer.id, now)


def _tell_coordinators(session: Session, need: Need, view: str, values: dict[str, Any]) -> None:
    county = session.get_one(School, need.school_id).county
    tell_all(session, people.coordinators_of(session, county)[0], view, values)


def _stale(session: Session, actor: Actor, offer: Offer, view: str) -> Toast:
    name = _card(offer) if view == "offer" else _confirm_card(offer)
    update(session, actor.id, view, offer_values(session, offer), card=name)
    return Toast("stale")


def _card(offer: Offer) -> str:
    return f"offer:{offer.id}"


def _confirm_card(offer: Offer) -> str:
    return f"confirm:{offer.id}"
