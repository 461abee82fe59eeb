"""The placement (帮扶安排): agreed → active → ended → closed, by its own dates."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlmodel import Session, select

from models import Need, Offer, Placement, UnitConsent
from services import (
    audit,
    colleagues,
    counties,
    date_watch,
    people,
    placement_cards,
    surveys,
    timing,
    waves,
)
from services.actor import Actor, lock_need
from services.errors import Refused
from services.post import tell, tell_all
from services.snapshots import RUNS, day, placement_values

HOUR = 9  # of the school's day, when beginnings and ends are told


def create(session: Session, offer: Offer, need: Need, actor: Actor, now: datetime) -> Placement:
    """What both sides agreed on, with its beginning and end scheduled."""
    assert offer.id is not None and need.id is not None and offer.start is not None and offer.end is not None
    placement = Placement(
        offer_id=offer.id,
        need_id=need.id,
        teacher_id=offer.teacher_id,
        school_id=need.school_id,
        start=offer.start,
        end=offer.end,
        plan=counties.survey_choices(counties.of_need(session, need)),
        created_at=now,
    )
    audit.begin(session, placement, actor, now)
    _schedule(session, placement, now)
    return placement


def _schedule(session: Session, placement: Placement, now: datetime) -> None:
    """Beginning, end and the waves of the surveys; what has happened stays."""
    assert placement.id is not None
    hours = counties.hours(counties.of_need(session, session.get_one(Need, placement.need_id)))
    begins = timing.awake(max(timing.at(placement.start, HOUR), now + timedelta(hours=1)), hours)
    ends = max(timing.awake(timing.at(placement.end + timedelta(days=1), HOUR), hours), begins + timedelta(days=1))
    if placement.status == "agreed":
        timing.schedule(session, "placement-start", placement.id, begins)
    timing.schedule(session, "placement-end", placement.id, ends)
    waves.schedule(session, placement, now)


def move(
    session: Session,
    placement: Placement,
    start: date,
    end: date,
    actor: Actor | None,
    now: datetime,
    *,
    by: str | None = None,
    also: Collection[int] = (),
    details: dict[str, str] | None = None,
) -> bool:
    """Other dates, agreed on elsewhere (services/date_moves.py): all that hangs on them moves. False if it is over.

    What has begun keeps its first day. Under the new dates the surveys follow what the county has chosen by now. Both sides
    and the coordinators are told once, and `by` whom if that was neither side; `also` others of the sides.
    """
    need = lock_need(session, placement.need_id)
    session.refresh(placement)
    if placement.status not in RUNS:
        return False
    start = placement.start if placement.status == "active" else start
    if end < start:
        raise Refused("dates-in-order")
    before = placement.start, placement.end
    if before == (start, end):
        return True
    placement.start, placement.end = start, end
    placement.plan = counties.survey_choices(counties.of_need(session, need))
    why = f"{start} – {end}"
    audit.note(session, placement, placement.status, actor, now, before=placement.status, why=why, details=details)
    _schedule(session, placement, now)
    if placement.status == "active" and placement.colleague_hash is None:
        _invite_colleagues(session, placement, need)
    session.flush()
    values = {**placement_values(session, placement), "before": [day(each) for each in before], "by": by}
    values["unit"] = _unit_agreed(session, placement)
    school, teacher, coordinators = placement_cards.concerned(session, placement, need)
    told = {school, teacher, *also, *coordinators} - {None, actor.id if actor and by else None}
    tell_all(session, sorted(person for person in told if person is not None), "placement-moved", values)
    return True


def _unit_agreed(session: Session, placement: Placement) -> bool:
    """Whether the teacher's unit was asked for its consent, and agreed to the dates of the offer."""
    query = select(UnitConsent.status).where(UnitConsent.offer_id == placement.offer_id)
    return session.exec(query).first() == "given"


def announce(session: Session, placement: Placement, need: Need) -> None:
    """Tell everybody concerned, once, that it is settled."""
    school, teacher, coordinators = placement_cards.concerned(session, placement, need)
    placement_cards.show(session, school, placement, "school", fresh=True)
    if teacher is not None:
        placement_cards.show(session, teacher, placement, "teacher", fresh=True)
    for coordinator in set(coordinators) - {school, teacher}:
        placement_cards.show(session, coordinator, placement, "coordinator", fresh=True)


def begin(session: Session, placement_id: int, sequence: int, now: datetime) -> None:
    """The first day has come."""
    placement = session.get_one(Placement, placement_id)
    need = lock_need(session, placement.need_id)
    session.refresh(placement)
    if placement.status == "agreed":
        audit.move(session, placement, "active", None, now)
        session.flush()
        _tell_sides(session, placement, "placement-begins")
        date_watch.drop(session, placement, need, None, now, "begun")
        _invite_colleagues(session, placement, need)


def _invite_colleagues(session: Session, placement: Placement, need: Need) -> None:
    """Unless the county asks none."""
    if colleagues.asked(placement):
        colleagues.hand_out(session, placement, people.speaker(session, need), bulk=True)


def end(session: Session, placement_id: int, sequence: int, now: datetime) -> None:
    """The last day has passed: everybody concerned is asked how it went."""
    placement = session.get_one(Placement, placement_id)
    need = lock_need(session, placement.need_id)
    session.refresh(placement)
    if placement.status in RUNS:
        audit.move(session, placement, "ended", None, now)
        session.flush()
        date_watch.drop(session, placement, need, None, now, "ended")
        waves.end(session, placement, now)


def cancel(session: Session, offer: Offer, actor: Actor | None, now: datetime, why: str) -> bool:
    """End what an offer led to before its time. False if it is over already."""
    placement = by_offer(session, offer.id or 0)
    if placement is None:
        return True
    if placement.status not in RUNS or placement.id is None:
        return False
    placement.closed_at = now
    audit.move(session, placement, "cancelled", actor, now, why=why)
    for kind in ("placement-start", "placement-end"):
        timing.cancel(session, kind, placement.id, now)
    waves.cancel(session, placement, now)
    surveys.cancel_of(session, placement, actor, now, why)
    date_watch.drop(session, placement, session.get_one(Need, placement.need_id), actor, now, "cancelled")
    return True


def by_offer(session: Session, offer_id: int) -> Placement | None:
    """The placement an offer led to."""
    return session.exec(select(Placement).where(Placement.offer_id == offer_id)).first()


def _tell_sides(session: Session, placement: Placement, view: str) -> None:
    need = session.get_one(Need, placement.need_id)
    school, teacher, _ = placement_cards.concerned(session, placement, need)
    values = placement_values(session, placement)
    for person in (school, teacher):
        if person is not None:
            tell(session, person, view, values, bulk=True)
